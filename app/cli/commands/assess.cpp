// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/assess/difficulty_model.h"
#include "core/assess/features.h"
#include "core/project/resources.h"

namespace tierwise::cli {
namespace {

struct Arguments {
    std::string prompt;
    std::string file;
    std::string weights;
};

Result<std::string> promptOf(const Arguments& arguments) {
    if (arguments.prompt.empty() == arguments.file.empty()) {
        return fail(ErrorCode::invalidArgument, "say --prompt TEXT, or a file, or - for standard input");
    }
    if (!arguments.prompt.empty()) {
        return arguments.prompt;
    }
    std::ostringstream text;
    if (arguments.file == "-") {
        text << std::cin.rdbuf();
        return std::move(text).str();
    }
    std::ifstream in(arguments.file, std::ios::binary);
    if (!in) {
        return fail(ErrorCode::notFound, "cannot open the prompt", "", arguments.file);
    }
    text << in.rdbuf();
    return std::move(text).str();
}

void run(Cli& cli, const Arguments& arguments) {
    const auto prompt = promptOf(arguments);
    if (!prompt) {
        cli.say(prompt.error());
        return;
    }
    const auto file = arguments.weights.empty() ? project::resourcePath("assess/difficulty.twdm")
                                                : Result<std::filesystem::path>(arguments.weights);
    const auto model =
        file ? assess::DifficultyModel::load(*file) : Result<assess::DifficultyModel>(fail(file.error()));
    if (!model) {
        cli.say(model.error());
        return;
    }
    const auto found = model->assess(*prompt);
    assess::FeatureExtractor extractor;
    const auto& features = extractor.extract(*prompt);
    if (cli.json) {
        nlohmann::json document{{"signal", assess::signalName(found.signal)},
                                {"difficulty", found.difficulty ? nlohmann::json(*found.difficulty) : nlohmann::json()},
                                {"uncertainty", found.uncertainty},
                                {"familiarity", found.familiarity},
                                {"words", features.words},
                                {"turns", extractor.prompt().turns},
                                {"fromContext", extractor.prompt().fromContext},
                                {"model", model->fingerprint()}};
        if (found.length) {
            document["outputTokens"] = {{"p50", found.length->p50}, {"p90", found.length->p90}};
        }
        document["reasons"] = nlohmann::json::array();
        for (const auto& reason : found.reasons) {
            document["reasons"].push_back(
                {{"feature", reason.feature}, {"text", reason.text}, {"contribution", reason.contribution}});
        }
        for (std::size_t counter = 0; counter < assess::kCounters; ++counter) {
            document["features"][std::string(assess::counterKey(counter))] = features.counters[counter];
        }
        cli.print(document);
        return;
    }
    if (found.difficulty) {
        fmt::print("difficulty {:.2f} +- {:.2f} (0 easy, 1 hard)\n", *found.difficulty, found.uncertainty);
    } else {
        fmt::print("{}\n", assess::signalName(found.signal));
    }
    if (found.length) {
        fmt::print("answer of about {:.0f} tokens, 9 in 10 below {:.0f}\n", found.length->p50, found.length->p90);
    }
    Table reasons({{"reason"}, {"log-odds", Table::Align::right}});
    for (const auto& reason : found.reasons) {
        reasons.addRow({reason.text, fmt::format("{:+.2f}", reason.contribution)});
    }
    fmt::print("{}\n", reasons.toText());
}

}  // namespace

void installAssess(CLI::App& app, Cli& cli) {
    auto* command = app.add_subcommand("assess", "Say how hard a prompt is, and why");
    addCommonOptions(*command, cli);
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("--prompt", arguments->prompt, "The prompt: text, or a chat as JSON");
    command->add_option("file", arguments->file, "A file with the prompt, or - for standard input");
    command->add_option("--weights", arguments->weights, "Another difficulty model than the shipped one");
    command->callback([&cli, arguments] { run(cli, *arguments); });
}

}  // namespace tierwise::cli
