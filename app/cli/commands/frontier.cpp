// SPDX-License-Identifier: GPL-3.0-or-later
// frontier: the exact cost-quality curve; why: one request explained.
#include <cmath>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "app/cli/commands/analysis_json.h"
#include "app/cli/commands/analysis_options.h"
#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/base/display.h"

namespace tierwise::cli {
namespace {

// One point of the frontier, with everything that its figures depend on.
void printPoint(Cli& cli, const AnalysisOptions& given, const project::Workbench& bench) {
    route::Policy policy;
    policy.router.kind = given.budget ? route::RouterKind::budget : route::RouterKind::floor;
    policy.router.budgetUsd = given.budget.value_or(0);
    policy.router.meanQuality = given.quality.value_or(0);
    policy.name = given.budget ? fmt::format("most quality for {}", displayDollars(*given.budget))
                               : fmt::format("least cost for a quality of {:.4f}", *given.quality);
    const auto comparison = bench.compare({&policy, 1}, {}, cli.taskContext());
    if (!comparison) {
        cli.say(comparison.error());
        return;
    }
    const auto& scenario = comparison->scenarios.back();
    const auto* whole = &scenario.evaluation;
    if (cli.json) {
        cli.print(toJson(scenario));
        return;
    }
    if (whole->coverage.used == 0) {
        fmt::print("No row can be priced: there is no frontier.\n");
        printCoverage(whole->coverage);
        return;
    }
    fmt::print("{}: cost {} ({}), mean quality {:.4f} ({:.4f} to {:.4f}; evidence: {}); {}\n{}\n", policy.name,
               displayDollars(whole->costUsd.value), rangeOf(whole->costUsd.range), whole->meanQuality.value,
               whole->meanQuality.range.low, whole->meanQuality.range.high, assess::rungName(whole->weakestRung),
               mixOf(whole->tiers), scenario.against ? scenario.against->sentence + "." : std::string());
    if (whole->shadowPrice > 0) {
        fmt::print("The next dollar buys {} more right answers.\n", displayNumber(whole->shadowPrice));
    }
    printCoverage(whole->coverage);
}

void runFrontier(Cli& cli, const AnalysisOptions& given) {
    const auto analysis = openAnalysis(cli, given);
    if (!analysis) {
        return;
    }
    const auto& bench = analysis->workbench;
    if (given.budget || given.quality) {
        printPoint(cli, given, bench);
        return;
    }
    const auto tradeoff = bench.tradeoff(given.points);
    if (cli.json) {
        cli.print(toJson(tradeoff));
        return;
    }
    if (tradeoff.coverage.used == 0) {
        fmt::print("No row can be priced: there is no frontier.\n");
        printCoverage(tradeoff.coverage);
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
        const bool serves = single.infeasibleRows < tradeoff.coverage.used;
        singles.addRow({single.name, tierName(single.tier), serves ? displayDollars(single.costUsd) : "-",
                        serves ? fmt::format("{:.4f}", single.meanQuality) : "-",
                        withThousands(static_cast<Int128>(single.infeasibleRows))});
    }
    fmt::print("{}\nAIQ {:.4f} (zero router {:.4f}); thresholds on {}: APGR {}\n", singles.toText(), tradeoff.aiq,
               tradeoff.aiqZero, tradeoff.signal, tradeoff.cpt80 ? fmt::format("{:.3f}", tradeoff.apgr) : "-");
    printCoverage(tradeoff.coverage);
}

void runWhy(Cli& cli, const AnalysisOptions& given) {
    const auto analysis = openAnalysis(cli, given);
    if (!analysis) {
        return;
    }
    const auto row = project::findRequest(analysis->project, analysis->workbench, given.request);
    if (!row) {
        cli.say(row.error());
        return;
    }
    const auto why = analysis->workbench.why(*row, analysis->policies.front());
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

void installFrontier(CLI::App& app, Cli& cli) {
    auto given = std::make_shared<AnalysisOptions>();
    auto* command = app.add_subcommand(
        "frontier", "Trace the exact frontier of cost and quality, or find its point for a budget or floor");
    addWorkbenchOptions(*command, *given);
    command->add_option("--points", given->points, "Points of the curve")
        ->check(CLI::Range(2, 10'000))
        ->capture_default_str();
    auto* budget = command->add_option("--budget", given->budget, "The most quality for these dollars")
                       ->check([](const std::string& text) {
                           double usd = 0;
                           const bool good = CLI::detail::lexical_cast(text, usd) && usd >= 0 && std::isfinite(usd);
                           return good ? std::string() : "'" + text + "' is no sum of dollars";
                       });
    command->add_option("--quality", given->quality, "The least cost for this mean quality")
        ->check(CLI::Range(0.0, 1.0) & CLI::Validator(
                                           [](const std::string& text) {
                                               return text.find("nan") == std::string::npos ? std::string()
                                                                                            : "a number is expected";
                                           },
                                           ""))
        ->excludes(budget);
    addCommonOptions(*command, cli);
    command->callback([given, &cli] { runFrontier(cli, *given); });
}

void installWhy(CLI::App& app, Cli& cli) {
    auto given = std::make_shared<AnalysisOptions>();
    auto* command = app.add_subcommand("why", "Say why a request goes where it goes under a policy");
    command->add_option("REQUEST", given->request, "The log's own request id, or the request's number")->required();
    addWorkbenchOptions(*command, *given);
    command->add_option("--policy", given->policies, "The policy file")->required()->expected(1);
    addCommonOptions(*command, cli);
    command->callback([given, &cli] { runWhy(cli, *given); });
}

}  // namespace tierwise::cli
