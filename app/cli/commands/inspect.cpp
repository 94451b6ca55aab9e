// SPDX-License-Identifier: GPL-3.0-or-later
// inspect: what a log file is and holds, without importing it; or the file as plain CSV.
#include <cstdio>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/project/inspect.h"

namespace tierwise::cli {
namespace {

using nlohmann::json;

struct InspectOptions {
    std::string file;
    bool toCsv = false;
    std::string delimiter;
    std::string quote;
    std::string escape;
    std::string encoding;
    std::string comment;
    std::string format;
    std::string recordPath;
    bool header = false;
    bool noHeader = false;
    std::int64_t skipLines = -1;
};

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

Result<ingest::ReadOptions> readOptions(const InspectOptions& given, const CLI::App& command) {
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

json repairsJson(const ingest::RepairCounts& repairs) {
    json document = json::object();
    for (std::size_t kind = 0; kind < ingest::kRepairKinds; ++kind) {
        if (repairs.counts[kind] > 0) {
            document[ingest::repairName(static_cast<ingest::Repair>(kind))] = repairs.counts[kind];
        }
    }
    return document;
}

json byteOrNull(const std::optional<char>& byte) {
    return byte ? json(std::string(1, *byte)) : json();
}

json dialectJson(const ingest::Dialect& dialect) {
    if (dialect.format != ingest::Format::delimited) {
        return {{"format", ingest::formatName(dialect.format)}, {"recordPath", dialect.recordPath}};
    }
    return {{"format", ingest::formatName(dialect.format)},
            {"delimiter", dialect.delimiter},
            {"quote", byteOrNull(dialect.quote)},
            {"escape", byteOrNull(dialect.escape)},
            {"newline", ingest::newlineName(dialect.newline)},
            {"hasHeader", dialect.hasHeader},
            {"headerLines", dialect.headerLines},
            {"skipLines", dialect.skipLines},
            {"comment", dialect.comment},
            {"spaceAroundQuotes", dialect.spaceAroundQuotes}};
}

json columnJson(const ingest::ColumnGuess& column) {
    json document{{"name", column.name},       {"type", ingest::columnTypeName(column.type)},
                  {"values", column.values},   {"missing", column.missing},
                  {"example", column.example}, {"because", column.because}};
    if (column.type == ingest::ColumnType::integer || column.type == ingest::ColumnType::number) {
        document["numbers"] = ingest::numberStyleName(column.numbers);
        document["currency"] = column.currency;
        document["percent"] = column.percent;
    }
    if (column.type == ingest::ColumnType::time) {
        document["times"] = ingest::timeStyleName(column.times);
        document["hasZone"] = column.hasZone;
    }
    if (column.ambiguous) {
        document["question"] = column.question;
    }
    return document;
}

json inspectionJson(const project::Inspection& found) {
    json columns = json::array();
    for (const auto& column : found.columns) {
        columns.push_back(columnJson(column));
    }
    json presets = json::array();
    for (const auto& preset : found.presets) {
        presets.push_back({{"id", preset.id},
                           {"title", preset.title},
                           {"confidence", preset.confidence},
                           {"because", preset.because}});
    }
    json rejects = json::array();
    for (const auto& reject : found.rejects) {
        rejects.push_back({{"line", reject.line},
                           {"byteOffset", reject.byteOffset},
                           {"byteLength", reject.byteLength},
                           {"column", reject.column ? json(*reject.column) : json()},
                           {"reason", reject.reason},
                           {"fixHint", reject.fixHint},
                           {"raw", reject.raw.substr(0, 4096)}});
    }
    const auto& source = found.source;
    json document{{"file", source.path},
                  {"bytes", source.fileBytes},
                  {"container", ingest::containerName(source.container)},
                  {"encoding", source.dialect.encoding},
                  {"byteOrderMark", source.byteOrderMark},
                  {"dialect", dialectJson(source.dialect)},
                  {"dialectConfidence", source.dialectConfidence},
                  {"header", found.header},
                  {"columns", columns},
                  {"rows", found.rows},
                  {"rowsSampled", found.sample.size()},
                  {"rejected", found.rejected},
                  {"rejects", rejects},
                  {"repairs", repairsJson(found.repairs)},
                  {"notes", source.notes},
                  {"presets", presets}};
    document["preset"] = presets.empty() ? json() : presets.front();
    if (!found.problem.empty()) {
        document["problem"] = found.problem;
    }
    return document;
}

std::string shown(const std::string& delimiter) {
    return delimiter == "\t" ? "tab" : delimiter.empty() ? "none" : "\"" + delimiter + "\"";
}
std::string shown(const std::optional<char>& byte) {
    return byte ? std::string(1, *byte) : "none";
}

std::string typeText(const ingest::ColumnGuess& column) {
    std::string text = ingest::columnTypeName(column.type);
    if (column.type == ingest::ColumnType::time) {
        text += fmt::format(" ({}{})", ingest::timeStyleName(column.times), column.hasZone ? "" : ", no zone");
    } else if (column.numbers != ingest::NumberStyle::plain) {
        text += fmt::format(" ({})", ingest::numberStyleName(column.numbers));
    }
    return text;
}

void printInspection(const project::Inspection& found) {
    const auto& source = found.source;
    const auto& dialect = source.dialect;
    fmt::print("{}\n{} bytes, {}, {}{}, {}\n", source.path, withThousands(source.fileBytes),
               ingest::containerName(source.container), dialect.encoding, source.byteOrderMark ? " with mark" : "",
               ingest::formatName(dialect.format));
    if (dialect.format == ingest::Format::delimited) {
        fmt::print("delimiter {}, quote {}, escape {}, lines end in {}, {}, {} lines skipped; {:.0f} % sure\n",
                   shown(dialect.delimiter), shown(dialect.quote), shown(dialect.escape),
                   ingest::newlineName(dialect.newline), dialect.hasHeader ? "with header" : "without header",
                   dialect.skipLines, 100 * source.dialectConfidence);
    }
    fmt::print("{} rows, {} rejected\n\n", withThousands(found.rows), withThousands(found.rejected));
    Table columns({{"Column", Table::Align::left},
                   {"Type", Table::Align::left},
                   {"Missing", Table::Align::right},
                   {"Example", Table::Align::left}});
    for (const auto& column : found.columns) {
        std::string example = column.example.substr(0, column.example.find_first_of("\r\n"));
        columns.addRow({column.name, typeText(column) + (column.ambiguous ? " ?" : ""), withThousands(column.missing),
                        std::move(example)});
    }
    fmt::print("{}", columns.toText());
    for (const auto& column : found.columns) {
        if (column.ambiguous) {
            fmt::print("? {}: {}\n", column.name, column.question);
        }
    }
    for (const auto& note : source.notes) {
        fmt::print("{}\n", note);
    }
    for (std::size_t kind = 0; kind < ingest::kRepairKinds; ++kind) {
        if (found.repairs.counts[kind] > 0) {
            fmt::print("{} x {}\n", withThousands(found.repairs.counts[kind]),
                       ingest::repairText(static_cast<ingest::Repair>(kind)));
        }
    }
    for (const auto& reject : found.rejects) {
        fmt::print("rejected, line {} (byte {}): {}. {}\n", reject.line, reject.byteOffset, reject.reason,
                   reject.fixHint);
    }
    if (!found.presets.empty()) {
        const auto& best = found.presets.front();
        fmt::print("preset {} ({:.0f} % sure)\n", best.title, 100 * best.confidence);
    }
    if (!found.problem.empty()) {
        fmt::print("reading ended early: {}\n", found.problem);
    }
}

void toCsv(const InspectOptions& given, const ingest::ReadOptions& options, Cli& cli) {
    const auto sink = [](std::string_view text) {
        return std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    };
    const auto done = project::writeCsv(given.file, options, cli.taskContext(), sink);
    if (std::fflush(stdout) != 0 && done) {
        cli.say({ErrorCode::io, "the output could not be written", "Check the space on its disk", {}, {}, {}});
        return;
    }
    if (!done) {
        cli.say(done.error());
        return;
    }
    for (std::size_t kind = 0; kind < ingest::kRepairKinds && !cli.quiet; ++kind) {
        if (done->repairs.counts[kind] > 0) {
            fmt::print(stderr, "{} x {}\n", done->repairs.counts[kind],
                       ingest::repairText(static_cast<ingest::Repair>(kind)));
        }
    }
    if (done->rejected > 0) {
        fmt::print(stderr, "{} records rejected; see tierwise-cli inspect {}\n", done->rejected, given.file);
        cli.exitCode = kCouldNot;
    }
}

void run(const InspectOptions& given, const CLI::App& command, Cli& cli) {
    const auto options = readOptions(given, command);
    if (!options) {
        cli.say(options.error());
        return;
    }
    if (given.toCsv) {
        toCsv(given, *options, cli);
        return;
    }
    const auto found = project::inspectFile(given.file, *options, cli.taskContext());
    if (!found) {
        cli.say(found.error());
        return;
    }
    if (!found->problem.empty()) {
        cli.exitCode = kCouldNot;
    }
    if (cli.json) {
        cli.print(inspectionJson(*found));
    } else {
        printInspection(*found);
    }
}

}  // namespace

void installInspect(CLI::App& app, Cli& cli) {
    auto given = std::make_shared<InspectOptions>();
    CLI::App* command = app.add_subcommand("inspect", "Say what a log file is and holds, or write it as plain CSV");
    addCommonOptions(*command, cli);
    command->add_option("FILE", given->file, "CSV, TSV, JSON Lines or JSON; plain, gzip or zstd")->required();
    command->add_flag("--to-csv", given->toCsv, "Write it to standard output as UTF-8 CSV by RFC 4180");
    command->add_option("--delimiter", given->delimiter, "Between cells: any text, \"tab\", or \"none\"");
    command->add_option("--quote", given->quote, "Around cells: one character, or \"none\"");
    command->add_option("--escape", given->escape, "Before quotes inside quotes: one character, or \"none\"");
    command->add_option("--encoding", given->encoding, "Such as UTF-8, UTF-16LE, windows-1252");
    command->add_option("--comment", given->comment, "Lines that begin with this are left out");
    command->add_option("--format", given->format, "delimited, jsonLines, jsonArray or jsonSequence")
        ->check(CLI::IsMember({"delimited", "jsonLines", "jsonArray", "jsonSequence"}));
    command->add_option("--record-path", given->recordPath, "Dotted path of the array of records in one JSON document");
    auto* header = command->add_flag("--header", given->header, "The first row names the columns");
    command->add_flag("--no-header", given->noHeader, "The first row is data")->excludes(header);
    command->add_option("--skip-lines", given->skipLines, "Lines before the header")->check(CLI::NonNegativeNumber);
    command->callback([given, command, &cli] { run(*given, *command, cli); });
}

}  // namespace tierwise::cli
