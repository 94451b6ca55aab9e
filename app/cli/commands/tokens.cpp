// SPDX-License-Identifier: GPL-3.0-or-later
// tierwise-cli tokens count|pack
#include <iostream>
#include <iterator>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "core/base/display.h"
#include "core/base/files.h"
#include "core/project/tokens.h"

namespace tierwise::cli {
namespace {

constexpr std::int64_t kLargestText = (std::int64_t{1} << 31) - 1;

struct CountOptions {
    std::string family = "o200k";
    std::string file = "-";
};

Result<std::string> readInput(const std::string& file) {
    if (file != "-") {
        return readFile(file, kLargestText);
    }
    return std::string(std::istreambuf_iterator<char>(std::cin), {});
}

void count(const CountOptions& options, Cli& cli) {
    const auto family = tokens::familyOf(options.family);
    if (!family) {
        cli.say({ErrorCode::invalidArgument,
                 "no exact vocabulary is known for '" + options.family + "'",
                 "Exact: o200k, cl100k. Other families are estimated by ratio",
                 {},
                 {},
                 {}});
        return;
    }
    const auto text = readInput(options.file);
    if (!text) {
        cli.say(text.error());
        return;
    }
    const auto tokenizer = project::loadTokenizer(*family);
    if (!tokenizer) {
        cli.say(tokenizer.error());
        return;
    }
    const auto tally = tokenizer->tally(*text);
    if (cli.json) {
        cli.print({{"family", tokens::familyName(*family)},
                   {"tokens", tally.tokens},
                   {"bytes", text->size()},
                   {"replacedBytes", tally.replaced}});
        return;
    }
    fmt::print("{} tokens ({}, exact) in {} bytes\n", displayCount(tally.tokens), tokens::familyName(*family),
               displayCount(static_cast<Int128>(text->size())));
    if (tally.replaced > 0) {
        fmt::print("{} places are not UTF-8 and were counted as U+FFFD\n", displayCount(tally.replaced));
    }
}

void pack(const std::string& ranks, const std::string& out, Cli& cli) {
    const auto packed = project::packVocabulary(ranks, out);
    if (!packed) {
        cli.say(packed.error());
        return;
    }
    if (cli.json) {
        cli.print({{"name", packed->name}, {"tokens", packed->tokens}, {"bytes", packed->bytes}});
        return;
    }
    fmt::print("{}: {} tokens in {} bytes\n", packed->name, displayCount(packed->tokens), displayCount(packed->bytes));
}

}  // namespace

void installTokens(CLI::App& app, Cli& cli) {
    auto* command = app.add_subcommand("tokens", "Count tokens exactly, or pack a vocabulary");
    command->require_subcommand(1);

    auto* counter = command->add_subcommand("count", "Count the tokens of a text in a vocabulary");
    auto options = std::make_shared<CountOptions>();
    counter->add_option("--family", options->family, "Vocabulary: o200k or cl100k")->capture_default_str();
    counter->add_option("file", options->file, "Text file, or - for standard input")->capture_default_str();
    addCommonOptions(*counter, cli);
    counter->callback([options, &cli] { count(*options, cli); });

    auto* packer = command->add_subcommand("pack", "Make a shipped vocabulary from a published rank file");
    auto files = std::make_shared<std::pair<std::string, std::string>>();
    packer->add_option("--ranks", files->first, "A tiktoken rank file, or an encoder JSON of the npm package tiktoken")
        ->required();
    packer->add_option("--out", files->second, "Where to write it; the file's name names the vocabulary")->required();
    addCommonOptions(*packer, cli);
    packer->callback([files, &cli] { pack(files->first, files->second, cli); });
}

}  // namespace tierwise::cli
