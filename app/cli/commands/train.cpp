// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/trainer.h"

#include <cstdio>
#include <fstream>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"

namespace tierwise::cli {
namespace {

struct Arguments {
    std::vector<std::string> folders;
    std::string out;
    std::uint64_t seed = 1;
};

// Whole or not at all: written beside, then renamed.
Result<void> save(const std::string& bytes, const std::string& file) {
    const std::string draft = file + ".part";
    std::ofstream out(draft, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out || std::rename(draft.c_str(), file.c_str()) != 0) {
        std::remove(draft.c_str());
        return fail(ErrorCode::io, "cannot write the difficulty model", "Check the folder, its rights and its space.",
                    file);
    }
    return {};
}

void run(Cli& cli, const Arguments& arguments) {
    assess::TrainOptions options;
    options.folders.assign(arguments.folders.begin(), arguments.folders.end());
    options.seed = arguments.seed;
    assess::TrainReport report;
    const auto data = assess::train(options, report, cli.taskContext());
    if (!data) {
        cli.say(data.error());
        return;
    }
    const std::string bytes = assess::writeModel(*data);
    const auto checked = assess::DifficultyModel::parse(bytes);
    if (!checked) {
        cli.say(checked.error());
        return;
    }
    if (const auto saved = save(bytes, arguments.out); !saved) {
        cli.say(saved.error());
        return;
    }
    if (cli.json) {
        nlohmann::json document{{"out", arguments.out},
                                {"bytes", bytes.size()},
                                {"fingerprint", checked->fingerprint()},
                                {"seed", arguments.seed},
                                {"leastFamiliar", report.leastFamiliar},
                                {"mostStrange", report.mostStrange}};
        for (std::size_t i = 0; i < data->parts.size(); ++i) {
            const auto& part = data->parts[i];
            document["parts"].push_back({{"trainedOn", part.trainedOn},
                                         {"prompts", part.prompts},
                                         {"models", part.panel.size()},
                                         {"explained", part.explained},
                                         {"difficultySd", part.difficultySd},
                                         {"heldOut", report.testPrompts[i]},
                                         {"unlikeHeldOut", report.unlikeHeldOut[i]}});
        }
        for (const auto& held : report.heldOut) {
            document["heldOut"].push_back({{"part", held.part},
                                           {"judged", held.judged},
                                           {"prompts", held.prompts},
                                           {"correlation", held.correlation},
                                           {"brierSkill", held.brierSkill}});
        }
        for (const auto& block : report.notBelieved) {
            document["notBelieved"].push_back(
                {{"part", block.part}, {"category", block.category}, {"models", block.models}});
        }
        cli.print(document);
        return;
    }
    for (const auto& block : report.notBelieved) {
        fmt::print("{}: not believed in {}: {}\n", block.part, block.category,
                   block.models.empty() ? "the whole task" : fmt::format("{}", fmt::join(block.models, ", ")));
    }
    using Align = Table::Align;
    Table table({{"trained on"},
                 {"judged on held-out rows of"},
                 {"prompts", Align::right},
                 {"correlation", Align::right},
                 {"Brier skill", Align::right}});
    for (const auto& held : report.heldOut) {
        table.addRow({held.part, held.judged, std::to_string(held.prompts), fmt::format("{:.3f}", held.correlation),
                      held.part == held.judged ? fmt::format("{:.3f}", held.brierSkill) : std::string("-")});
    }
    for (std::size_t i = 0; i < data->parts.size(); ++i) {
        fmt::print("{}: {} of {} held-out prompts are called unlike anything seen\n", data->parts[i].trainedOn,
                   report.unlikeHeldOut[i], report.testPrompts[i]);
    }
    fmt::print("{}\nWrote {} ({} bytes, fingerprint {}).\n", table.toText(), arguments.out, bytes.size(),
               checked->fingerprint());
}

}  // namespace

void installTrain(CLI::App& app, Cli& cli) {
    auto* command = app.add_subcommand("train", "Train the difficulty model on prompts with known outcomes");
    addCommonOptions(*command, cli);
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("--data", arguments->folders, "Folders with prompts.jsonl and outcomes.csv; one part each")
        ->required();
    command->add_option("--out", arguments->out, "The file to write")->required();
    command->add_option("--seed", arguments->seed, "Same data and seed, same bytes")->capture_default_str();
    command->callback([&cli, arguments] { run(cli, *arguments); });
}

}  // namespace tierwise::cli
