// SPDX-License-Identifier: GPL-3.0-or-later
// inspect: what a log file is and holds, without importing it; or the file as plain CSV.
#include <cstdio>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/commands/read_options.h"
#include "app/cli/table.h"
#include "core/project/inspect.h"
#include "core/project/own_presets.h"

namespace tierwise::cli {
namespace {

using nlohmann::json;

struct InspectOptions {
    std::string file;
    bool toCsv = false;
    ReadGiven reading;
};

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
    const auto options = readOptionsOf(given.reading, command);
    if (!options) {
        cli.say(options.error());
        return;
    }
    if (given.toCsv) {
        toCsv(given, *options, cli);
        return;
    }
    const auto found = project::inspectFile(given.file, *options, cli.taskContext(), project::loadOwnPresets().presets);
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
    addReadOptions(*command, given->reading);
    command->callback([given, command, &cli] { run(*given, *command, cli); });
}

}  // namespace tierwise::cli
