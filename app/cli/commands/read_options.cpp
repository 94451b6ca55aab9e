// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/read_options.h"

#include <fmt/format.h>

namespace tierwise::cli {
namespace {

std::string unescaped(const std::string& text) {
    return text == "tab" || text == "\\t" ? "\t" : text;
}

Result<std::optional<char>> oneByte(const std::string& text, const char* option) {
    if (text == "none") {
        return std::optional<char>();
    }
    if (text.size() != 1) {
        return fail(ErrorCode::invalidArgument, fmt::format("{} takes one character, or \"none\"", option));
    }
    return std::optional<char>(text[0]);
}

}  // namespace

void addReadOptions(CLI::App& command, ReadGiven& given) {
    command.add_option("--delimiter", given.delimiter, "Between cells: any text, \"tab\", or \"none\"");
    command.add_option("--quote", given.quote, "Around cells: one character, or \"none\"");
    command.add_option("--escape", given.escape, "Before quotes inside quotes: one character, or \"none\"");
    command.add_option("--encoding", given.encoding, "Such as UTF-8, UTF-16LE, windows-1252");
    command.add_option("--comment", given.comment, "Lines that begin with this are left out");
    command.add_option("--format", given.format, "What it is: delimited, jsonLines, jsonArray or jsonSequence")
        ->check(CLI::IsMember({"delimited", "jsonLines", "jsonArray", "jsonSequence"}));
    command.add_option("--record-path", given.recordPath, "Dotted path of the array of records in one JSON document");
    auto* header = command.add_flag("--header", given.header, "The first row names the columns");
    command.add_flag("--no-header", given.noHeader, "The first row is data")->excludes(header);
    command.add_option("--skip-lines", given.skipLines, "Lines before the header")->check(CLI::Range(0, 1'000'000));
}

Result<ingest::ReadOptions> readOptionsOf(const ReadGiven& given, const CLI::App& command) {
    ingest::ReadOptions options;
    const auto has = [&](const char* name) { return command.count(name) > 0; };
    if (has("--delimiter")) {
        options.delimiter = given.delimiter == "none" ? std::string() : unescaped(given.delimiter);
    }
    if (has("--quote")) {
        auto quote = oneByte(given.quote, "--quote");
        if (!quote) {
            return fail(quote.error());
        }
        options.quote = *quote;
    }
    if (has("--escape")) {
        auto escape = oneByte(given.escape, "--escape");
        if (!escape) {
            return fail(escape.error());
        }
        options.escape = *escape;
    }
    if (has("--encoding")) {
        options.encoding = given.encoding;
    }
    if (has("--comment")) {
        options.comment = given.comment;
    }
    if (has("--record-path")) {
        options.recordPath = given.recordPath;
        options.format = ingest::Format::jsonArray;
    }
    if (given.header || given.noHeader) {
        options.hasHeader = given.header;
    }
    if (given.skipLines >= 0) {
        options.skipLines = given.skipLines;
    }
    for (const auto format : {ingest::Format::delimited, ingest::Format::jsonLines, ingest::Format::jsonArray,
                              ingest::Format::jsonSequence}) {
        if (given.format == ingest::formatName(format)) {
            options.format = format;
        }
    }
    return options;
}

}  // namespace tierwise::cli
