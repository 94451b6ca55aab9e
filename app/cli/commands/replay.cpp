// SPDX-License-Identifier: GPL-3.0-or-later
// replay: scenarios side by side on the same rows.
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/cli/commands/analysis_json.h"
#include "app/cli/commands/analysis_options.h"
#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/base/display.h"
#include "core/project/replay.h"

namespace tierwise::cli {
namespace {

using Json = nlohmann::ordered_json;
using project::Baseline;

std::optional<Baseline> baselineOf(const std::string& name) {
    for (const Baseline baseline :
         {Baseline::asLogged, Baseline::bestSingle, Baseline::random, Baseline::oracle, Baseline::dearest}) {
        if (name == project::baselineName(baseline)) {
            return baseline;
        }
    }
    return {};
}

void printComparison(const analyze::Comparison& comparison) {
    Table table({{"scenario"},
                 {"rows", Table::Align::right},
                 {"cost", Table::Align::right},
                 {"range", Table::Align::right},
                 {"quality", Table::Align::right},
                 {"saved", Table::Align::right},
                 {"quality change, points", Table::Align::right},
                 {"verdict"},
                 {"evidence"},
                 {"mix"}});
    for (const auto& scenario : comparison.scenarios) {
        const auto& e = scenario.evaluation;
        const auto& p = scenario.against;
        const bool nothing = e.coverage.used == 0;
        table.addRow({(p ? "" : "baseline: ") + e.name, withThousands(static_cast<Int128>(e.coverage.used)),
                      nothing ? "-" : displayDollars(e.cost), nothing ? "-" : rangeOf(e.costUsd.range),
                      nothing ? "-" : fmt::format("{:.3f}", e.meanQuality.value),
                      p && p->rows > 0 ? displayPercent(p->savingShare) : "-",
                      p && p->rows > 0 ? fmt::format("{} to {}", displayPoints(p->qualityChange.range.low),
                                                     displayPoints(p->qualityChange.range.high))
                                       : "-",
                      p && p->rows > 0
                          ? fmt::format("cost {}, quality {}",
                                        p->costVerdict == analyze::Verdict::decisive ? "decisive" : "open",
                                        p->qualityVerdict == analyze::Verdict::decisive ? "decisive" : "open")
                          : "-",
                      nothing ? "-" : assess::rungName(e.weakestRung), mixOf(e.tiers)});
    }
    fmt::print("{}\n", table.toText());
    std::set<std::string> said;  // what holds for every scenario is said once
    for (const auto& scenario : comparison.scenarios) {
        const auto& e = scenario.evaluation;
        fmt::print("{}: ", e.name);
        if (scenario.against && scenario.against->rows > 0) {
            fmt::print("{}.\n", scenario.against->sentence);
            if (scenario.against->rows != e.coverage.used) {
                fmt::print(
                    "  compared on the {} rows that both can serve, where it costs {}; its cost in the table is of "
                    "{} rows\n",
                    withThousands(static_cast<Int128>(scenario.against->rows)),
                    displayDollars(scenario.against->costUsd), withThousands(static_cast<Int128>(e.coverage.used)));
            }
        } else if (e.coverage.used == 0) {
            fmt::print("no row can be priced.\n");
        } else {
            fmt::print("the baseline.\n");
        }
        if (!e.costUsd.causes.empty()) {
            fmt::print("  cost varies most with {} ({} to {})\n", e.costUsd.causes.front().cause,
                       displayDollars(e.costUsd.causes.front().low), displayDollars(e.costUsd.causes.front().high));
        }
        if (e.cacheLossUsd > 0) {
            fmt::print("  {} of it are cached prefixes billed again after a switch\n", displayDollars(e.cacheLossUsd));
        }
        if (!scenario.pareto) {
            fmt::print("  another scenario here is as cheap and as good, and better in one of the two\n");
        }
        if (e.gapUsd) {
            fmt::print("  at most {} above the least possible cost under the caps (duality gap)\n",
                       displayDollars(*e.gapUsd));
        }
        fmt::print("  ");
        printCoverage(e.coverage);
        for (const auto& note : e.notes) {
            if (said.insert(note).second) {
                fmt::print("  note: {}\n", note);
            }
        }
    }
    fmt::print("Intervals: {} bootstrap replicates by session, seed {}.\n", comparison.replicates, comparison.seed);
}

void printFit(const analyze::TierFit& fit) {
    fmt::print(
        "\nTier fit at a bar of {:.2f}: {} requests overserved ({} wasted), {} underserved ({:.1f} errors expected)\n",
        fit.bar, withThousands(static_cast<Int128>(fit.overservedRequests)), displayDollars(fit.overservedUsd),
        withThousands(static_cast<Int128>(fit.underservedRequests)), fit.underservedErrors);
    Table table({{"request", Table::Align::right},
                 {"used"},
                 {"needed"},
                 {"wasted", Table::Align::right},
                 {"errors", Table::Align::right},
                 {"why"}});
    const auto addRows = [&](const std::vector<analyze::Misfit>& list) {
        for (std::size_t i = 0; i < std::min<std::size_t>(5, list.size()); ++i) {
            const auto& misfit = list[i];
            table.addRow({std::to_string(misfit.id.value()), tierName(misfit.used),
                          misfit.needed ? tierName(*misfit.needed) : "none",
                          misfit.wastedUsd > 0 ? displayDollars(misfit.wastedUsd) : "-",
                          misfit.expectedErrors > 0 ? displayNumber(misfit.expectedErrors) : "-", misfit.reason});
        }
    };
    addRows(fit.overserved);
    addRows(fit.underserved);
    fmt::print("{}", table.toText());
}

void printSegments(const analyze::SegmentTable& segments, const std::string& policy) {
    fmt::print("\n{} by {}:\n", policy, segments.by);
    Table table({{segments.by},
                 {"requests", Table::Align::right},
                 {"cost", Table::Align::right},
                 {"saved", Table::Align::right},
                 {"quality", Table::Align::right},
                 {"change, points", Table::Align::right},
                 {"mix"}});
    for (const auto& line : segments.lines) {
        table.addRow({line.key.empty() ? "(none)" : displayText(line.key, 40),
                      withThousands(static_cast<Int128>(line.requests)), displayDollars(line.costUsd),
                      displayDollars(line.savingUsd), fmt::format("{:.3f}", line.meanQuality),
                      fmt::format("{} to {}", displayPoints(line.qualityChangeRange.low),
                                  displayPoints(line.qualityChangeRange.high)),
                      mixOf(line.tiers)});
    }
    fmt::print("{}", table.toText());
    if (segments.drift) {
        const auto& drift = *segments.drift;
        const auto tier = static_cast<std::size_t>(drift.most);
        fmt::print(
            "Drift of the mix: {} of the requests changed tier from the first half of the time to the second; {} went "
            "from {} to {} ({} to {} points)\n",
            displayPercent(drift.distance), tierName(drift.most), displayPercent(drift.early[tier].share),
            displayPercent(drift.late[tier].share), displayPoints(drift.mostChange.low),
            displayPoints(drift.mostChange.high));
    }
    if (segments.worst) {
        fmt::print("Worst: {}\n", segments.lines[*segments.worst].key);
    }
}

void printConcentration(const std::vector<analyze::Concentration>& list, const std::string& policy) {
    fmt::print("\nHow concentrated the cost of {} is:\n", policy);
    for (const auto& entry : list) {
        fmt::print("  {} {}: Gini {:.3f}; the dearest 10% take {}, the dearest 1% {}\n",
                   withThousands(static_cast<Int128>(entry.count)), entry.by, entry.gini,
                   displayPercent(entry.topTenthShare), displayPercent(entry.topHundredthShare));
    }
}

void printInfeasible(const std::vector<analyze::RoutedRow>& rows, const std::string& policy) {
    fmt::print("\nRequests that {} cannot serve{}\n", policy, rows.empty() ? ": none" : ":");
    for (const auto& row : rows) {
        fmt::print("  {}: {}\n", row.id.value(), row.reason);
    }
}

void printOffPolicy(const std::vector<analyze::OffPolicyEstimate>& estimates) {
    fmt::print("\nFrom the log's own scored routing:\n");
    for (const auto& e : estimates) {
        if (e.identifiable) {
            fmt::print("  {}: mean quality {:.3f} ({:.3f} to {:.3f}), worth {:.0f} independent rows; {}\n", e.method,
                       e.value, e.range.low, e.range.high, e.effectiveSampleSize, e.note);
        } else {
            fmt::print("  {}: {}\n", e.method, e.note);
        }
    }
}

// What --tornado, --tier-fit and the like add to a replay.
Result<Json> extras(const AnalysisOptions& given, const project::Workbench& bench,
                    const std::vector<route::Policy>& policies, std::optional<Baseline> baseline,
                    const TaskContext& context, bool print) {
    Json out = Json::object();
    const auto collect = [&](const char* key, const auto& result, const auto& show) -> Result<void> {
        if (!result) {
            return fail(result.error());
        }
        out[key].push_back(toJson(*result));
        if (print) {
            show(*result);
        }
        return {};
    };
    for (const auto& policy : policies) {
        Result<void> done;
        if (given.tornado) {
            done = collect("tornado", bench.tornado(policy, baseline, context), [&](const analyze::Tornado& tornado) {
                fmt::print("\nWhat moves the saving of {} ({}):\n", policy.name, displayDollars(tornado.savingUsd));
                for (const auto& bar : tornado.bars) {
                    fmt::print("  {:<20} {} to {}\n", bar.cause, displayDollars(bar.low), displayDollars(bar.high));
                }
            });
        }
        if (done && given.bar) {
            done = collect("tierFit", bench.tierFit(*given.bar, policy, 200, context), printFit);
        }
        if (done && !given.segments.empty()) {
            done = collect("segments", bench.segments(policy, given.segments, 50, context),
                           [&](const analyze::SegmentTable& table) { printSegments(table, policy.name); });
        }
        if (done && given.offPolicy) {
            done = collect("offPolicy", bench.offPolicy(policy), printOffPolicy);
        }
        if (done && given.constraints) {
            done = collect("constraintPrices", bench.constraintPrices(policy, context),
                           [&](const std::vector<analyze::ConstraintPrice>& prices) {
                               fmt::print("\nWhat the constraints of {} cost at equal quality:\n", policy.name);
                               for (const auto& price : prices) {
                                   fmt::print("  {}: {} ({})\n", price.constraint, displayDollars(price.costUsd),
                                              price.note);
                               }
                           });
        }
        if (done && given.concentration) {
            done = collect("concentration", bench.concentration(policy),
                           [&](const auto& list) { printConcentration(list, policy.name); });
        }
        if (done && given.infeasible) {
            done = collect("infeasible", bench.infeasible(policy, *given.infeasible),
                           [&](const auto& rows) { printInfeasible(rows, policy.name); });
        }
        if (!done) {
            return fail(done.error());
        }
    }
    return out;
}

void runReplay(Cli& cli, const AnalysisOptions& given) {
    std::optional<Baseline> baseline;
    if (!given.baseline.empty()) {
        baseline = baselineOf(given.baseline);
    }
    const auto analysis = openAnalysis(cli, given);
    if (!analysis) {
        return;
    }
    const auto context = cli.taskContext();
    const auto& bench = analysis->workbench;
    const auto policies = analysis->policies.empty() ? project::firstScenarios(bench) : analysis->policies;
    const auto comparison = bench.compare(policies, baseline, context);
    if (!comparison) {
        cli.say(comparison.error());
        return;
    }
    if (!cli.json) {
        printComparison(*comparison);
    }
    const auto more = extras(given, bench, policies, baseline, context, !cli.json);
    if (!more) {
        cli.say(more.error());
        return;
    }
    if (cli.json) {
        Json out = toJson(*comparison);
        out["signal"] = bench.signal();
        out.update(*more);
        cli.print(out);
    }
}

}  // namespace

void installReplay(CLI::App& app, Cli& cli) {
    auto given = std::make_shared<AnalysisOptions>();
    auto* command = app.add_subcommand("replay",
                                       "Say what the requests would cost, and how good the answers would be, "
                                       "under policies; without one: as logged, on each tier, and a mix");
    addWorkbenchOptions(*command, *given);
    command->add_option("--policy", given->policies, "A policy file; may be given several times");
    command->add_option("--baseline", given->baseline, "What to compare with")
        ->check(CLI::IsMember({"as-logged", "best-single", "random", "oracle", "dearest"}));
    command->add_option("--replicates", given->replicates, "Replicates of the bootstrap")
        ->check(CLI::Range(20, 10'000))
        ->capture_default_str();
    command->add_flag("--tornado", given->tornado, "Which assumption moves the saving most");
    command->add_option("--tier-fit", given->bar, "Requests on a tier that does not fit them, at this bar of quality")
        ->check(CLI::Range(0.0, 1.0));
    command->add_option("--segments", given->segments,
                        "Figures by team, tag, user, session, day, hour, domain, difficulty, model or dataClass");
    command->add_flag("--off-policy", given->offPolicy, "What the log's own scored routing says of the policy");
    command->add_flag("--constraints", given->constraints, "What each constraint costs at equal quality");
    command->add_flag("--concentration", given->concentration, "How much of the cost the dearest few make");
    command->add_option("--infeasible", given->infeasible,
                        "List this many requests that cannot be served, with reasons");
    addCommonOptions(*command, cli);
    command->callback([given, &cli] { runReplay(cli, *given); });
}

}  // namespace tierwise::cli
