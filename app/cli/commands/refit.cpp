// SPDX-License-Identifier: GPL-3.0-or-later
// outcomes refit: the difficulty's text heads fitted to the project's own scored answers. calibration: how well the
// predicted quality matches them, out of fold.
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/refit.h"
#include "app/cli/table.h"
#include "core/project/assess_rows.h"
#include "core/project/calibration.h"
#include "core/project/outcomes.h"
#include "core/project/refit.h"

namespace tierwise::cli {
namespace {

struct Given {
    std::string project;
    std::uint64_t seed = 1;
};

void runRefit(Cli& cli, const Given& given) {
    const auto project = project::Project::open(given.project);
    if (!project) {
        cli.say(project.error());
        return;
    }
    const auto report = project::refitRows(*project, given.seed, cli.taskContext());
    if (!report) {
        cli.say(report.error());
        return;
    }
    const auto& refit = report->refit;
    if (cli.json) {
        cli.print({{"adopted", refit.adopted},
                   {"answers", report->answers},
                   {"labelledPrompts", refit.labelled},
                   {"explainedShipped", refit.explainedShipped},
                   {"explainedRefitted", refit.explainedRefitted},
                   {"seed", given.seed},
                   {"rows",
                    {{"scored", report->rows.scored},
                     {"noSignal", report->rows.noSignal},
                     {"unlikeAnythingSeen", report->rows.unlike}}}});
        return;
    }
    fmt::print(
        "{} scored answers to {} prompts; explained variance of the scores, out of fold: shipped difficulty "
        "{:.3f}, with text heads of these prompts {:.3f}\n",
        withThousands(report->answers), withThousands(static_cast<std::int64_t>(refit.labelled)),
        refit.explainedShipped, refit.explainedRefitted);
    if (refit.adopted) {
        fmt::print("Refitted: {} rows have a difficulty, {} are unlike anything seen, {} say too little.\n",
                   withThousands(report->rows.scored), withThousands(report->rows.unlike),
                   withThousands(report->rows.noSignal));
    } else {
        fmt::print("Not better than the shipped difficulty: nothing was changed.\n");
    }
}

void runCalibration(Cli& cli, const Given& given) {
    const auto project = project::Project::open(given.project);
    if (!project) {
        cli.say(project.error());
        return;
    }
    const auto assessed = project::assessedRows(*project, cli.taskContext());
    if (!assessed) {
        cli.say(assessed.error());
        return;
    }
    const auto outcomes = project::loadOutcomes(*project, *assessed->rows);
    if (!outcomes) {
        cli.say(outcomes.error());
        return;
    }
    const auto report = project::calibrationReport(*assessed->rows, *outcomes, given.seed, cli.taskContext());
    if (!report) {
        cli.say(report.error());
        return;
    }
    if (cli.json) {
        const bool known = !report->bins.empty();
        nlohmann::json document{{"scoredRows", report->scoredRows},
                                {"ece", known ? nlohmann::json(report->expectedCalibrationError) : nlohmann::json()},
                                {"brier", known ? nlohmann::json(report->brier) : nlohmann::json()},
                                {"bins", nlohmann::json::array()},
                                {"models", nlohmann::json::array()}};
        for (const auto& bin : report->bins) {
            document["bins"].push_back({{"from", bin.from},
                                        {"to", bin.to},
                                        {"rows", bin.rows},
                                        {"predicted", bin.predicted},
                                        {"observed", bin.observed},
                                        {"interval", {bin.low, bin.high}}});
        }
        for (const auto& model : report->models) {
            document["models"].push_back({{"model", model.model},
                                          {"rows", model.rows},
                                          {"meanScore", model.meanScore},
                                          {"meanPredicted", model.meanPredicted},
                                          {"brier", model.brier}});
        }
        cli.print(document);
        return;
    }
    if (report->bins.empty()) {
        fmt::print("{} scored answers: too few to check predictions against. Import outcomes, or logs with scores.\n",
                   report->scoredRows);
        return;
    }
    fmt::print(
        "{} scored answers; expected calibration error {:.3f}, Brier {:.3f}, each row predicted by a fit that did "
        "not see its session\n",
        withThousands(static_cast<std::int64_t>(report->scoredRows)), report->expectedCalibrationError, report->brier);
    using Align = Table::Align;
    Table bins(
        {{"predicted between"}, {"rows", Align::right}, {"predicted", Align::right}, {"observed", Align::right}});
    for (const auto& bin : report->bins) {
        bins.addRow({fmt::format("{:.1f} and {:.1f}", bin.from, bin.to), std::to_string(bin.rows),
                     fmt::format("{:.3f}", bin.predicted),
                     fmt::format("{:.3f} [{:.3f}, {:.3f}]", bin.observed, bin.low, bin.high)});
    }
    fmt::print("{}\n", bins.toText());
}

}  // namespace

void addRefit(CLI::App& group, Cli& cli) {
    const auto install = [&](const char* name, const char* help, void (*run)(Cli&, const Given&)) {
        const auto given = std::make_shared<Given>();
        auto* command = group.add_subcommand(name, help);
        addCommonOptions(*command, cli);
        command->add_option("--project,-p", given->project, "The project file")->required();
        command->add_option("--seed", given->seed, "Seed of the folds")->capture_default_str();
        command->callback([&cli, given, run] { run(cli, *given); });
    };
    install("refit", "Fit the difficulty to the project's own scored answers", runRefit);
    install("calibration", "How well predicted quality matches measured scores, out of fold", runCalibration);
}

}  // namespace tierwise::cli
