// SPDX-License-Identifier: GPL-3.0-or-later
// outcomes import: measured answers of models to the project's requests.
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/commands/refit.h"
#include "app/cli/table.h"
#include "core/project/outcomes.h"

namespace tierwise::cli {
namespace {

struct Given {
    project::OutcomeImportOptions options;
    std::string source;
    std::string project;
};

nlohmann::json toJson(const project::OutcomeReport& report) {
    nlohmann::json rejects = nlohmann::json::array();
    for (const auto& reject : report.rejects) {
        rejects.push_back({{"file", reject.file}, {"line", reject.line}, {"reason", reject.reason}});
    }
    return {{"read", report.read},
            {"used", report.used},
            {"duplicates", report.duplicates},
            {"stored", report.stored},
            {"repeated", report.repeated},
            {"rejected", report.rejected},
            {"empty", report.empty},
            {"unmatched", report.unmatched},
            {"unmatchedExamples", report.unmatchedExamples},
            {"requestsAdded", report.added},
            {"models", report.models},
            {"sameModel", report.sameModel},
            {"rejects", rejects}};
}

void run(Cli& cli, Given& given) {
    given.options.source = given.source;
    auto opened = given.options.addRequests ? project::Project::openOrCreate(given.project)
                                            : project::Project::open(given.project);
    if (!opened) {
        cli.say(opened.error());
        return;
    }
    const auto report = project::importOutcomes(*opened, given.options, cli.taskContext());
    if (!report) {
        cli.say(report.error());
        return;
    }
    if (cli.json) {
        cli.print(toJson(*report));
        return;
    }
    fmt::print("{} rows read: {} used, {} duplicates, {} of no request here, {} empty, {} rejected\n",
               withThousands(report->read), withThousands(report->used), withThousands(report->duplicates),
               withThousands(report->unmatched), withThousands(report->empty), withThousands(report->rejected));
    std::size_t models = report->models.size();
    for (const auto& names : report->sameModel) {
        models -= names.size() - 1;
    }
    fmt::print("{} outcomes of {} models stored\n", withThousands(report->stored), models);
    if (report->repeated > 0) {
        fmt::print("{} of them are of a request and model that have another: the mean counts\n",
                   withThousands(report->repeated));
    }
    for (const auto& names : report->sameModel) {
        fmt::print("these names are one model: {}\n", fmt::join(names, ", "));
    }
    if (report->added > 0) {
        fmt::print("{} requests added\n", withThousands(report->added));
    }
    for (const auto& reject : report->rejects) {
        fmt::print("  {}{}: {}\n", reject.file, reject.line > 0 ? fmt::format(":{}", reject.line) : "", reject.reason);
    }
    for (const auto& example : report->unmatchedExamples) {
        fmt::print("  no request \"{}\"\n", example);
    }
}

}  // namespace

void installOutcomes(CLI::App& app, Cli& cli) {
    auto given = std::make_shared<Given>();
    auto* group =
        app.add_subcommand("outcomes", "Take in measured answers of models, and refit the difficulty to them");
    group->require_subcommand(1);
    auto* command =
        group->add_subcommand("import", "Read outcomes: a CSV, JSON Lines, a per-instance JSON, or a folder of them");
    command
        ->add_option("SOURCE", given->source,
                     "The file or folder. A table needs request_id and model, and any of: score (0..1, 85%, pass), "
                     "score_pct, pass, stars (1 to 5), thumbs, answer, in_tokens, out_tokens, cost_usd, latency_s; or, "
                     "instead of model, winner with model_a and model_b, or with loser")
        ->required();
    command->add_option("--project,-p", given->project, "The project file")->required();
    command->add_option("--model", given->options.model, "Whose outcomes they are, where the file does not say it");
    command->add_option("--benchmark", given->options.benchmark, "This one alone of a folder");
    command->add_flag("--add-requests", given->options.addRequests,
                      "Add requests that the project does not have (without usage)");
    addCommonOptions(*command, cli);
    command->callback([given, &cli] { run(cli, *given); });
    addRefit(*group, cli);
}

}  // namespace tierwise::cli
