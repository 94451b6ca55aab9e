// SPDX-License-Identifier: GPL-3.0-or-later
// tierwise-cli gate: does a policy keep its limits on this log? For CI, by exit code.
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/base/display.h"
#include "core/project/gate.h"
#include "core/project/project.h"
#include "core/project/replay.h"

namespace tierwise::cli {
namespace {

struct Options {
    std::string project;
    std::string policy;
    std::optional<double> maxCost;
    std::optional<double> minQuality;
    double minCoverage = 0.95;
};

int exitCodeOf(project::GateVerdict verdict) {
    switch (verdict) {
        case project::GateVerdict::keeps:
            return kDone;
        case project::GateVerdict::breaks:
            return kGateBroken;
        case project::GateVerdict::notDecisive:
            break;
    }
    return kNotDecisive;
}

void show(const project::GateResult& result, Cli& cli) {
    if (cli.json) {
        nlohmann::ordered_json checks = nlohmann::ordered_json::array();
        for (const auto& check : result.checks) {
            checks.push_back({{"name", check.name},
                              {"limit", check.limit},
                              {"value", check.value},
                              {"low", check.low},
                              {"high", check.high},
                              {"verdict", project::gateVerdictName(check.verdict)}});
        }
        cli.print(
            {{"verdict", project::gateVerdictName(result.verdict)}, {"policy", result.policy}, {"checks", checks}});
        return;
    }
    Table table({{"check", Table::Align::left},
                 {"limit", Table::Align::right},
                 {"value", Table::Align::right},
                 {"95% range", Table::Align::right},
                 {"verdict", Table::Align::left}});
    for (const auto& check : result.checks) {
        const auto words = [&](double value) { return check.isMoney ? displayDollars(value) : displayPercent(value); };
        table.addRow({check.name, words(check.limit), words(check.value), words(check.low) + " to " + words(check.high),
                      project::gateVerdictName(check.verdict)});
    }
    fmt::print("{}\n{}: {}\n", table.toText(), result.policy, project::gateVerdictName(result.verdict));
}

Result<project::GateResult> run(const Options& options, Cli& cli) {
    if (!options.maxCost && !options.minQuality) {
        return fail(ErrorCode::invalidArgument, "a gate needs a limit", "Give --max-cost, --min-quality or both.",
                    "gate");
    }
    auto policy = route::Policy::load(options.policy);
    if (!policy) {
        return fail(policy.error());
    }
    auto project = project::Project::open(options.project);
    if (!project) {
        return fail(project.error());
    }
    const TaskContext context = cli.taskContext();
    project::ReplayRequest request;
    request.policies.push_back(std::move(*policy));
    auto replay = project::openReplay(*project, request, context);
    if (!replay) {
        return fail(replay.error());
    }
    return project::gate(replay->workbench, replay->policies.front(),
                         {options.maxCost, options.minQuality, options.minCoverage}, context);
}

}  // namespace

void installGate(CLI::App& app, Cli& cli) {
    auto* command =
        app.add_subcommand("gate", "Check a policy against limits: exit 3 when it breaks them, 4 when not decisive");
    addCommonOptions(*command, cli);
    auto options = std::make_shared<Options>();
    command->add_option("--project,-p", options->project, "The project file")->required();
    command->add_option("--policy", options->policy, "The policy file")->required();
    command->add_option("--max-cost", options->maxCost, "Dollars that these requests may cost")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--min-quality", options->minQuality, "Expected quality, 0 to 1")->check(CLI::Range(0.0, 1.0));
    command
        ->add_option("--min-coverage", options->minCoverage,
                     "Share of the requests that must be priced and judged, 0 to 1; below it the gate is not decisive")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->callback([options, &cli] {
        const auto result = run(*options, cli);
        if (!result) {
            cli.say(result.error());
            return;
        }
        show(*result, cli);
        cli.exitCode = exitCodeOf(result->verdict);
    });
}

}  // namespace tierwise::cli
