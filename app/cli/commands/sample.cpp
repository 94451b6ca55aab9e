// SPDX-License-Identifier: GPL-3.0-or-later
// tierwise-cli sample: the synthetic sample workload, made anew.
#include <fstream>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "core/project/sample.h"

namespace tierwise::cli {
namespace {

struct Arguments {
    project::SampleOptions options;
    std::string out;
};

void run(Cli& cli, const Arguments& arguments) {
    const auto sample = project::makeSample(arguments.options);
    if (!sample) {
        cli.say(sample.error());
        return;
    }
    std::ofstream file(arguments.out, std::ios::binary | std::ios::trunc);
    file << sample->csv;
    file.close();
    if (!file) {
        cli.say(Error{ErrorCode::io,
                      "the sample cannot be written",
                      "Check the folder's rights and free space.",
                      arguments.out,
                      {},
                      {}});
        return;
    }
    if (cli.json) {
        cli.print({{"file", arguments.out},
                   {"seed", arguments.options.seed},
                   {"rows", sample->rows},
                   {"unreadable", sample->unreadable},
                   {"repeated", sample->repeated},
                   {"bytes", sample->csv.size()},
                   {"synthetic", true}});
        return;
    }
    fmt::print("{}: {} synthetic rows, {} of them unreadable and {} repeated on purpose\n", arguments.out, sample->rows,
               sample->unreadable, sample->repeated);
}

}  // namespace

void installSample(CLI::App& app, Cli& cli) {
    auto* command = app.add_subcommand("sample", "Write the synthetic sample workload as CSV");
    addCommonOptions(*command, cli);
    auto arguments = std::make_shared<Arguments>();
    command->add_option("--seed", arguments->options.seed, "Seed; the shipped sample has 7")->capture_default_str();
    command->add_option("--rows", arguments->options.rows, "Lines without the header")->capture_default_str();
    command->add_option("-o,--out", arguments->out, "File to write")->required();
    command->callback([&cli, arguments] { run(cli, *arguments); });
}

}  // namespace tierwise::cli
