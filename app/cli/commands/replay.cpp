// SPDX-License-Identifier: GPL-3.0-or-later
// replay: scenarios side by side; frontier: the exact cost-quality curve; why: one request explained.
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/cli/commands/analysis_json.h"
#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/base/display.h"
#include "core/project/replay.h"

namespace tierwise::cli {
namespace {

using Json = nlohmann::ordered_json;
using project::Baseline;

struct Given {
    std::string project;
    std::vector<std::string> policies;
    std::vector<std::string> models;
    std::string baseline;
    std::string catalog;
    std::string assumptions;
    std::string segments;
    std::string request;
    std::optional<double> bar;
    std::optional<double> budget;
    std::optional<double> quality;
    std::size_t points = 21;
    std::uint64_t seed = 1;
    int replicates = 200;
    bool tornado = false;
    bool offPolicy = false;
    bool whenLogged = false;
    bool constraints = false;
};

void addWorkbenchOptions(CLI::App& command, Given& given) {
    command.add_option("--project,-p", given.project, "the project file")->required();
    command.add_option("--models", given.models, "candidate models by catalog id or provider/id (default: one a tier)")
        ->delimiter(',');
    command.add_option("--catalog", given.catalog, "another catalog file");
    command.add_option("--assumptions", given.assumptions, "another file of assumptions");
    command.add_flag("--when-logged", given.whenLogged, "price each request at its own date, not at the catalog's");
    command.add_option("--seed", given.seed, "of everything random")->capture_default_str();
}

Result<project::Replay> open(const Given& given, const project::Project& from, const TaskContext& context) {
    project::ReplayRequest request;
    for (const auto& file : given.policies) {
        auto policy = route::Policy::load(file);
        if (!policy) {
            return fail(policy.error());
        }
        request.policies.push_back(std::move(*policy));
    }
    request.options.candidates = given.models;
    request.options.seed = given.seed;
    request.options.replicates = given.replicates;
    request.options.priceDate = given.whenLogged ? project::PriceDate::whenLogged : project::PriceDate::catalog;
    request.catalog = given.catalog;
    request.assumptions = given.assumptions;
    return project::openReplay(from, request, context);
}

std::optional<Baseline> baselineOf(const std::string& name) {
    for (const Baseline baseline :
         {Baseline::asLogged, Baseline::bestSingle, Baseline::random, Baseline::oracle, Baseline::dearest}) {
        if (name == project::baselineName(baseline)) {
            return baseline;
        }
    }
    return {};
}

std::string rangeOf(const analyze::Interval& range) {
    return fmt::format("{} to {}", displayDollars(std::max(0.0, range.low)), displayDollars(range.high));
}

std::string mixOf(const analyze::Evaluation& evaluation) {
    std::string text;
    for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded}) {
        const auto& share = evaluation.tiers[static_cast<std::size_t>(tier)];
        if (share.requests > 0) {
            text += fmt::format("{}{} {:.0f}%", text.empty() ? "" : ", ", tierName(tier), 100 * share.share);
        }
    }
    return text;
}

void printCoverage(const analyze::Coverage& coverage) {
    fmt::print("{} of {} rows are in the figures", withThousands(static_cast<Int128>(coverage.used)),
               withThousands(static_cast<Int128>(coverage.rows)));
    fmt::print("{}", coverage.exclusions.empty() ? ".\n" : "; left out (never counted as $0):\n");
    std::size_t shown = 0;
    for (const auto& entry : coverage.exclusions) {
        if (++shown > 10) {
            fmt::print("  and {} more reasons\n", coverage.exclusions.size() - 10);
            break;
        }
        fmt::print("  {} rows: {}{}\n", withThousands(static_cast<Int128>(entry.rows)), entry.reason,
                   entry.what.empty() ? "" : fmt::format(" ({})", displayText(entry.what, 60)));
    }
}

void printComparison(const analyze::Comparison& comparison) {
    Table table({{"scenario"},
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
        table.addRow(
            {(p ? "" : "baseline: ") + e.name, nothing ? "-" : displayDollars(e.cost),
             nothing ? "-" : rangeOf(e.costUsd.range), nothing ? "-" : fmt::format("{:.3f}", e.meanQuality.value),
             p && p->rows > 0 ? displayPercent(p->savingShare) : "-",
             p && p->rows > 0 ? fmt::format("{} to {}", displayPoints(p->qualityChange.range.low),
                                            displayPoints(p->qualityChange.range.high))
                              : "-",
             p && p->rows > 0 ? fmt::format("cost {}, quality {}",
                                            p->costVerdict == analyze::Verdict::decisive ? "decisive" : "open",
                                            p->qualityVerdict == analyze::Verdict::decisive ? "decisive" : "open")
                              : "-",
             nothing ? "-" : assess::rungName(e.weakestRung), mixOf(e)});
    }
    fmt::print("{}\n", table.toText());
    for (const auto& scenario : comparison.scenarios) {
        const auto& e = scenario.evaluation;
        fmt::print("{}: ", e.name);
        if (scenario.against && scenario.against->rows > 0) {
            fmt::print("{}.\n", scenario.against->sentence);
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
        fmt::print("  ");
        printCoverage(e.coverage);
        for (const auto& note : e.notes) {
            fmt::print("  note: {}\n", note);
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
                 {"change, points", Table::Align::right}});
    for (const auto& line : segments.lines) {
        table.addRow({line.key.empty() ? "(none)" : displayText(line.key, 40),
                      withThousands(static_cast<Int128>(line.requests)), displayDollars(line.costUsd),
                      displayDollars(line.savingUsd), fmt::format("{:.3f}", line.meanQuality),
                      fmt::format("{} to {}", displayPoints(line.qualityChangeRange.low),
                                  displayPoints(line.qualityChangeRange.high))});
    }
    fmt::print("{}", table.toText());
    if (segments.worst) {
        fmt::print("Worst: {}\n", segments.lines[*segments.worst].key);
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

// What --tornado, --tier-fit, --segments, --off-policy and --constraints add to a replay.
Result<Json> extras(const Given& given, const project::Workbench& bench, const std::vector<route::Policy>& policies,
                    std::optional<Baseline> baseline, const TaskContext& context, bool print) {
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
        if (!done) {
            return fail(done.error());
        }
    }
    return out;
}

void runReplay(Cli& cli, const Given& given) {
    std::optional<Baseline> baseline;
    if (!given.baseline.empty()) {
        baseline = baselineOf(given.baseline);
    }
    const auto from = project::Project::open(given.project);
    if (!from) {
        cli.say(from.error());
        return;
    }
    const auto context = cli.taskContext();
    const auto replay = open(given, *from, context);
    if (!replay) {
        cli.say(replay.error());
        return;
    }
    const auto policies = replay->policies.empty() ? project::firstScenarios(replay->workbench) : replay->policies;
    const auto comparison = replay->workbench.compare(policies, baseline, context);
    if (!comparison) {
        cli.say(comparison.error());
        return;
    }
    if (!cli.json) {
        printComparison(*comparison);
    }
    const auto more = extras(given, replay->workbench, policies, baseline, context, !cli.json);
    if (!more) {
        cli.say(more.error());
        return;
    }
    if (cli.json) {
        Json out = toJson(*comparison);
        out["signal"] = replay->workbench.signal();
        out.update(*more);
        cli.print(out);
    }
}

void runFrontier(Cli& cli, const Given& given) {
    const auto from = project::Project::open(given.project);
    if (!from) {
        cli.say(from.error());
        return;
    }
    const auto replay = open(given, *from, cli.taskContext());
    if (!replay) {
        cli.say(replay.error());
        return;
    }
    const auto& bench = replay->workbench;
    if (given.budget || given.quality) {
        const auto at = given.budget ? bench.dragBudget(*given.budget) : bench.dragQuality(*given.quality);
        if (!at) {
            cli.say(at.error());
            return;
        }
        if (cli.json) {
            cli.print(toJson(*at));
            return;
        }
        fmt::print("cost {} ({}), mean quality {:.4f} ({:.4f} to {:.4f}; sampling alone)\n{}\n",
                   displayDollars(at->costUsd), rangeOf(at->costRange), at->meanQuality, at->qualityRange.low,
                   at->qualityRange.high, at->sentence);
        return;
    }
    const auto tradeoff = bench.tradeoff(given.points);
    if (cli.json) {
        cli.print(toJson(tradeoff));
        return;
    }
    Table table({{"cost", Table::Align::right},
                 {"quality", Table::Align::right},
                 {"right answers per $", Table::Align::right},
                 {"premium", Table::Align::right},
                 {"commodity", Table::Align::right},
                 {"local", Table::Align::right}});
    for (const auto& point : tradeoff.frontier) {
        const auto share = [&](Tier tier) { return displayPercent(point.tiers[static_cast<std::size_t>(tier)].share); };
        table.addRow({displayDollars(point.costUsd), fmt::format("{:.4f}", point.meanQuality),
                      displayNumber(point.qualityPerDollar), share(Tier::premium), share(Tier::commodity),
                      share(Tier::local)});
    }
    fmt::print("The exact frontier: no choice of models for the requests is both cheaper and better.\n{}\n",
               table.toText());
    Table singles({{"everything on"},
                   {"tier"},
                   {"cost", Table::Align::right},
                   {"quality", Table::Align::right},
                   {"rows that it cannot serve", Table::Align::right}});
    for (const auto& single : tradeoff.singles) {
        singles.addRow({single.name, tierName(single.tier), displayDollars(single.costUsd),
                        fmt::format("{:.4f}", single.meanQuality),
                        withThousands(static_cast<Int128>(single.infeasibleRows))});
    }
    fmt::print("{}\nAIQ {:.4f} (zero router {:.4f}); thresholds on {}: APGR {:.3f}\n", singles.toText(), tradeoff.aiq,
               tradeoff.aiqZero, tradeoff.signal, tradeoff.apgr);
    printCoverage(tradeoff.coverage);
}

void runWhy(Cli& cli, const Given& given) {
    const auto from = project::Project::open(given.project);
    if (!from) {
        cli.say(from.error());
        return;
    }
    const auto replay = open(given, *from, cli.taskContext());
    if (!replay) {
        cli.say(replay.error());
        return;
    }
    const auto row = project::findRequest(*from, replay->workbench, given.request);
    if (!row) {
        cli.say(row.error());
        return;
    }
    const auto why = replay->workbench.why(*row, replay->policies.front());
    if (!why) {
        cli.say(why.error());
        return;
    }
    if (cli.json) {
        cli.print(toJson(*why));
        return;
    }
    fmt::print("request {}: {}\nbecause: {}\n", why->id.value(),
               why->chosen ? fmt::format("{} ({} tier)", *why->chosen, tierName(why->tier)) : "no model may serve it",
               why->reason);
    fmt::print("difficulty {} ({})\n\n", why->difficulty ? fmt::format("{:.2f}", *why->difficulty) : "-",
               assess::signalName(why->signal));
    Table table({{""},
                 {"model"},
                 {"tier"},
                 {"cost", Table::Align::right},
                 {"range", Table::Align::right},
                 {"quality", Table::Align::right},
                 {"evidence"},
                 {"may not, because"}});
    for (const auto& other : why->alternatives) {
        table.addRow({other.chosen ? "*" : "", other.name, tierName(other.tier),
                      other.costUsd ? displayDollars(other.costUsd->value) : "-",
                      other.costUsd ? rangeOf(other.costUsd->range) : "-",
                      other.quality ? fmt::format("{:.3f}", *other.quality) : "-",
                      other.quality ? assess::rungName(other.rung) : "-", other.infeasibleReason});
    }
    fmt::print("{}", table.toText());
}

}  // namespace

void installReplay(CLI::App& app, Cli& cli) {
    auto given = std::make_shared<Given>();
    auto* command = app.add_subcommand("replay",
                                       "what the requests would have cost, and how good the answers would be, "
                                       "under policies; without one: as logged, on each tier, and a mix");
    addWorkbenchOptions(*command, *given);
    command->add_option("--policy", given->policies, "a policy file; may be given several times");
    command->add_option("--baseline", given->baseline, "what to compare with")
        ->check(CLI::IsMember({"as-logged", "best-single", "random", "oracle", "dearest"}));
    command->add_option("--replicates", given->replicates, "of the bootstrap")
        ->check(CLI::Range(20, 10'000))
        ->capture_default_str();
    command->add_flag("--tornado", given->tornado, "which assumption moves the saving most");
    command->add_option("--tier-fit", given->bar, "requests on a tier that does not fit them, at this bar of quality")
        ->check(CLI::Range(0.0, 1.0));
    command->add_option("--segments", given->segments,
                        "by team, tag, user, day, domain, difficulty, model or dataClass");
    command->add_flag("--off-policy", given->offPolicy, "what the log's own scored routing says of the policy");
    command->add_flag("--constraints", given->constraints, "what each constraint costs at equal quality");
    addCommonOptions(*command, cli);
    command->callback([given, &cli] { runReplay(cli, *given); });
}

void installFrontier(CLI::App& app, Cli& cli) {
    auto given = std::make_shared<Given>();
    auto* command =
        app.add_subcommand("frontier", "the exact frontier of cost and quality, or its point for a budget or floor");
    addWorkbenchOptions(*command, *given);
    command->add_option("--points", given->points, "of the curve")->check(CLI::Range(2, 10'000))->capture_default_str();
    auto* budget = command->add_option("--budget", given->budget, "the most quality for these dollars");
    command->add_option("--quality", given->quality, "the least cost for this mean quality")
        ->check(CLI::Range(0.0, 1.0))
        ->excludes(budget);
    addCommonOptions(*command, cli);
    command->callback([given, &cli] { runFrontier(cli, *given); });
}

void installWhy(CLI::App& app, Cli& cli) {
    auto given = std::make_shared<Given>();
    auto* command = app.add_subcommand("why", "why a request goes where it goes under a policy");
    command->add_option("REQUEST", given->request, "the log's own request id, or the request's number")->required();
    addWorkbenchOptions(*command, *given);
    command->add_option("--policy", given->policies, "the policy file")->required()->expected(1);
    addCommonOptions(*command, cli);
    command->callback([given, &cli] { runWhy(cli, *given); });
}

}  // namespace tierwise::cli
