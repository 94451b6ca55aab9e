// SPDX-License-Identifier: GPL-3.0-or-later
// import: a log into a project; imports: what was imported, undone, resumed or rolled back.
#include <memory>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/project/import.h"

namespace tierwise::cli {
namespace {

using nlohmann::json;

struct Given {
    std::string file;
    std::string project;
    std::string preset;
    std::string mask = "off";
    bool noText = false;
    bool resume = false;
    bool rollBack = false;
    std::int64_t undo = 0;
};

json toJson(const project::ImportReport& report) {
    json repairs = json::array();
    for (const auto& [what, times] : report.repairs) {
        repairs.push_back({{"what", what}, {"times", times}});
    }
    return {{"import", report.id.value()},
            {"file", report.file},
            {"preset", report.preset},
            {"confidence", report.confidence},
            {"rowsRead", report.rowsRead},
            {"stored", report.stored},
            {"duplicates", report.duplicates},
            {"rejected", report.rejected},
            {"skipped", report.skipped},
            {"merged", report.merged},
            {"bytes", report.bytes},
            {"seconds", report.seconds},
            {"repairs", repairs},
            {"notes", report.notes}};
}

void print(const project::ImportReport& report, const Cli& cli) {
    if (cli.json) {
        cli.print(toJson(report));
        return;
    }
    fmt::print("{}: {} rows read = {} stored + {} duplicates + {} rejected\n", report.file,
               withThousands(report.rowsRead), withThousands(report.stored), withThousands(report.duplicates),
               withThousands(report.rejected));
    if (report.skipped + report.merged > 0) {
        fmt::print("besides: {} records stand for no request, {} went into another row\n",
                   withThousands(report.skipped), withThousands(report.merged));
    }
    const double seconds = report.seconds > 0 ? report.seconds : 1e-9;
    fmt::print("import {}, read as {}; {:.2f} s, {} rows/s, {:.1f} MB/s\n", report.id.value(),
               report.preset.empty() ? "its own columns" : report.preset, report.seconds,
               withThousands(static_cast<std::int64_t>(static_cast<double>(report.rowsRead) / seconds)),
               static_cast<double>(report.bytes) / 1e6 / seconds);
    for (const auto& [what, times] : report.repairs) {
        fmt::print("mended {}x: {}\n", withThousands(times), what);
    }
    for (const auto& note : report.notes) {
        fmt::print("note: {}\n", note);
    }
}

void say(Cli& cli, const Result<project::ImportReport>& report) {
    if (report) {
        print(*report, cli);
    } else {
        cli.say(report.error());
    }
}

void runImport(Cli& cli, const Given& given) {
    auto opened = project::Project::openOrCreate(given.project);
    if (!opened) {
        cli.say(opened.error());
        return;
    }
    project::ImportOptions options;
    options.file = given.file;
    options.wishes.storeTexts = !given.noText;
    options.wishes.masking.mode = given.mask == "replace" ? ingest::MaskMode::replace
                                  : given.mask == "flag"  ? ingest::MaskMode::flag
                                                          : ingest::MaskMode::off;
    if (!given.preset.empty()) {
        options.wishes.preset = given.preset;
    }
    say(cli, project::importLog(*opened, options, cli.taskContext()));
}

json toJson(const project::ImportInfo& import) {
    return {{"import", import.id.value()},
            {"state", import.complete ? "complete" : "unfinished"},
            {"file", import.source.path},
            {"started", import.source.started ? json(import.source.started->toIso()) : json()},
            {"rowsRead", import.counts.rowsRead},
            {"stored", import.counts.stored},
            {"duplicates", import.counts.duplicates},
            {"rejected", import.counts.rejected},
            {"byteOffset", import.counts.byteOffset},
            {"bytes", import.source.bytes},
            {"seconds", static_cast<double>(import.milliseconds) / 1000}};
}

void list(Cli& cli, const std::vector<project::ImportInfo>& imports) {
    if (cli.json) {
        json all = json::array();
        for (const auto& import : imports) {
            all.push_back(toJson(import));
        }
        cli.print({{"imports", all}});
        return;
    }
    Table table({{"import", Table::Align::right},
                 {"state"},
                 {"stored", Table::Align::right},
                 {"duplicates", Table::Align::right},
                 {"rejected", Table::Align::right},
                 {"started"},
                 {"file"}});
    bool unfinished = false;
    for (const auto& import : imports) {
        unfinished = unfinished || !import.complete;
        table.addRow({std::to_string(import.id.value()), import.complete ? "complete" : "unfinished",
                      withThousands(import.counts.stored), withThousands(import.counts.duplicates),
                      withThousands(import.counts.rejected),
                      import.source.started ? import.source.started->toIso() : std::string(), import.source.path});
    }
    fmt::print("{}", table.toText());
    if (unfinished) {
        fmt::print("An import was broken off: go on with `imports --resume` or remove it with `imports --rollback`.\n");
    }
}

void runImports(Cli& cli, const Given& given) {
    auto opened = project::Project::open(given.project);
    if (!opened) {
        cli.say(opened.error());
        return;
    }
    if (given.resume) {
        say(cli, project::resumeImport(*opened, cli.taskContext()));
        return;
    }
    if (given.rollBack || given.undo != 0) {
        const auto open = opened->unfinishedImport();
        const ImportId id = given.undo != 0             ? ImportId(given.undo)
                            : open && open->has_value() ? (*open)->id
                                                        : ImportId(0);
        const auto removed = given.undo != 0 ? opened->undoImport(id) : opened->rollBackImport(id);
        if (!removed) {
            cli.say(removed.error());
            return;
        }
    }
    const auto imports = opened->imports();
    if (!imports) {
        cli.say(imports.error());
        return;
    }
    list(cli, *imports);
}

}  // namespace

void installImport(CLI::App& app, Cli& cli) {
    auto given = std::make_shared<Given>();
    auto* command = app.add_subcommand("import", "read a log into a project, which is made when it is not there");
    command->add_option("FILE", given->file, "the log: CSV, JSON Lines, JSON, plain or as .gz or .zst")->required();
    command->add_option("--project,-p", given->project, "the project file")->required();
    command->add_option("--preset", given->preset, "read it as this known log, or as \"generic\"");
    command->add_option("--mask", given->mask, "personal data and secrets in texts: off, flag (class only) or replace")
        ->check(CLI::IsMember({"off", "flag", "replace"}))
        ->capture_default_str();
    command->add_flag("--no-text", given->noText, "leave prompts and responses out, keep their counts");
    addCommonOptions(*command, cli);
    command->callback([given, &cli] { runImport(cli, *given); });
}

void installImports(CLI::App& app, Cli& cli) {
    auto given = std::make_shared<Given>();
    auto* command = app.add_subcommand("imports", "list what was imported; undo, resume or roll back");
    command->add_option("--project,-p", given->project, "the project file")->required();
    auto* undo =
        command->add_option("--undo", given->undo, "take this import back as a whole")->check(CLI::PositiveNumber);
    auto* resume = command->add_flag("--resume", given->resume, "go on with the import that was broken off");
    auto* rollBack = command->add_flag("--rollback", given->rollBack, "remove the import that was broken off");
    resume->excludes(rollBack)->excludes(undo);
    rollBack->excludes(undo);
    addCommonOptions(*command, cli);
    command->callback([given, &cli] { runImports(cli, *given); });
}

}  // namespace tierwise::cli
