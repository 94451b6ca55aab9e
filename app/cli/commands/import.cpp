// SPDX-License-Identifier: GPL-3.0-or-later
// import: a log into a project; imports: what was imported, undone, resumed or rolled back.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/commands/read_options.h"
#include "app/cli/table.h"
#include "core/project/import.h"
#include "core/project/own_presets.h"

namespace tierwise::cli {
namespace {

using nlohmann::json;

struct Given {
    std::vector<std::string> files;
    std::string project;
    std::string preset;
    std::string savePreset;
    std::vector<std::string> map;
    std::vector<std::string> set;
    std::string mask = "off";
    std::vector<std::string> maskHeaders;
    std::vector<std::string> dataClasses;
    std::string ragged = "keep";
    bool noText = false;
    ReadGiven reading;
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

// Of JSON the header is that of a sample: a path beyond it may yet come.
bool hasColumn(const ingest::ImportPlan& plan, const std::string& name) {
    return plan.dialect.format != ingest::Format::delimited ||
           std::find(plan.header.begin(), plan.header.end(), name) != plan.header.end();
}

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t kMost = 30;
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < kMost; ++i) {
        text += (i == 0 ? "" : ", ") + names[i];
    }
    return names.size() > kMost ? text + ", ..." : text;
}

// "column=field" and "column=field:unit", into the mapping; the column's own entry or a new one that wins.
Result<void> applyMap(const std::string& text, const ingest::ImportPlan& plan, ingest::Mapping& mapping) {
    const auto wrong = [&](const std::string& why) {
        return fail(ErrorCode::invalidArgument, "--map " + text + ": " + why,
                    "Write it as column=field or column=field:unit, as in --map tokens_in=inputTokens or "
                    "--map took=latency:milliseconds");
    };
    const auto equals = text.rfind('=');
    if (equals == std::string::npos || equals == 0) {
        return wrong("there is no \"=\" between a column and a field");
    }
    std::string name = text.substr(equals + 1);
    if (!hasColumn(plan, text.substr(0, equals))) {
        return wrong("\"" + text.substr(0, equals) + "\" is no column of the file; there are " + listed(plan.header));
    }
    ingest::ColumnMapping column{text.substr(0, equals), ingest::Field::extra, ingest::Unit::automatic};
    if (const auto colon = name.find(':'); colon != std::string::npos) {
        const auto unit = ingest::unitFromName(name.substr(colon + 1));
        if (!unit) {
            return wrong("\"" + name.substr(colon + 1) + "\" is no unit");
        }
        column.unit = *unit;
        name.resize(colon);
    }
    const auto field = ingest::fieldFromName(name);
    if (!field) {
        std::string known;
        for (const auto each : ingest::allFields()) {
            known += (known.empty() ? "" : ", ") + std::string(ingest::fieldName(each));
        }
        return wrong("\"" + name + "\" is no field; there are " + known);
    }
    column.field = *field;
    std::erase_if(mapping.columns, [&](const auto& other) { return other.column == column.column; });
    mapping.columns.insert(mapping.columns.begin(), std::move(column));
    return {};
}

// "cache=additional" and the other conventions, by their names in saved presets.
Result<void> applySet(const std::vector<std::string>& settings, ingest::Mapping& mapping) {
    json document = ingest::toJson(mapping);
    for (const auto& setting : settings) {
        const auto equals = setting.find('=');
        if (equals == std::string::npos) {
            return fail(ErrorCode::invalidArgument, "--set " + setting + ": there is no \"=\"",
                        "As in --set cache=additional or --set timeZone=Europe/Berlin");
        }
        const std::string name = setting.substr(0, equals);
        const std::string value = setting.substr(equals + 1);
        const auto wrong = [&](const std::string& why) {
            return fail(ErrorCode::invalidArgument, fmt::format("--set {}: {}", setting, why),
                        "As in --set cache=additional or --set timeZone=Europe/Berlin");
        };
        const auto& known = ingest::conventionNames();
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            return wrong("\"" + name + "\" is no convention; there are " + listed(known));
        }
        const bool number = name == "timeShiftSeconds" && json::accept(value);
        document["conventions"][name] =
            value == "true" || value == "false" || number ? json::parse(value) : json(value);
        if (const auto checked = ingest::mappingFromJson(document); !checked) {
            return wrong(checked.error().what);
        }
    }
    auto changed = ingest::mappingFromJson(document);
    if (!changed) {
        return fail(changed.error());
    }
    mapping = std::move(*changed);
    return {};
}

Result<ingest::ImportWishes> wishesOf(const Given& given, const CLI::App& command) {
    ingest::ImportWishes wishes;
    auto reading = readOptionsOf(given.reading, command);
    if (!reading) {
        return fail(reading.error());
    }
    wishes.reading = std::move(*reading);
    wishes.reading.raggedRows = given.ragged == "reject"        ? ingest::RaggedRows::reject
                                : given.ragged == "reject-long" ? ingest::RaggedRows::rejectLong
                                                                : ingest::RaggedRows::keep;
    wishes.storeTexts = !given.noText;
    wishes.masking.mode = given.mask == "replace" ? ingest::MaskMode::replace
                          : given.mask == "flag"  ? ingest::MaskMode::flag
                                                  : ingest::MaskMode::off;
    if (given.mask == "off" && (!given.maskHeaders.empty() || !given.dataClasses.empty())) {
        return fail(ErrorCode::invalidArgument, "--mask-header and --data-class do nothing while masking is off",
                    "Add --mask flag (texts stay, rows get their class) or --mask replace.");
    }
    wishes.masking.headerNames = given.maskHeaders;
    for (const auto& text : given.dataClasses) {
        const auto equals = text.rfind('=');
        if (equals == std::string::npos || equals == 0) {
            return fail(ErrorCode::invalidArgument, "--data-class " + text + ": there is no \"=\"",
                        "Write it as pattern=class, as in --data-class \"project x=confidential\"");
        }
        wishes.masking.ownClasses.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    if (!given.preset.empty()) {
        wishes.preset = given.preset;
    }
    return wishes;
}

// The wishes with the mapping that --map and --set make of what is found in the file; keeps it under a name.
Result<ingest::ImportWishes> mapped(const Given& given, const std::string& file, ingest::ImportWishes wishes,
                                    const std::vector<ingest::Preset>& own, Cli& cli) {
    if (given.map.empty() && given.set.empty() && given.savePreset.empty()) {
        return wishes;
    }
    auto planned = ingest::planImport(file, wishes, own, cli.taskContext());
    if (!planned) {
        return fail(planned.error());
    }
    wishes.mapping = planned->plan.mapping;
    for (const auto& text : given.map) {
        if (auto applied = applyMap(text, planned->plan, *wishes.mapping); !applied) {
            return fail(applied.error());
        }
    }
    if (auto applied = applySet(given.set, *wishes.mapping); !applied) {
        return fail(applied.error());
    }
    planned = ingest::planImport(file, wishes, own, cli.taskContext());
    if (!planned) {
        return fail(planned.error());
    }
    if (!given.savePreset.empty()) {
        const auto saved = project::saveOwnPreset(given.savePreset, planned->plan);
        if (!saved) {
            return fail(saved.error());
        }
        wishes.mapping->preset = saved->id;
    }
    return wishes;
}

// A project that was made for an import which came to nothing, not even to something to resume, is taken away again.
void removeIfEmpty(project::Project&& made) {
    const auto imports = made.imports();
    const std::filesystem::path path = made.path();
    { const project::Project closed = std::move(made); }
    if (imports && imports->empty()) {
        std::error_code ignored;
        for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
            std::filesystem::remove(path.string() + suffix, ignored);
        }
    }
}

void runImport(Cli& cli, const Given& given, const CLI::App& command) {
    const auto wishes = wishesOf(given, command);
    if (!wishes) {
        cli.say(wishes.error());
        cli.exitCode = kWrongUse;
        return;
    }
    const auto own = project::loadOwnPresets();
    for (const auto& problem : own.problems) {
        fmt::print(stderr, "tierwise-cli: {}\n", problem);
    }
    std::error_code ignored;
    const bool isNew = !std::filesystem::exists(given.project, ignored);
    auto opened = project::Project::openOrCreate(given.project);
    if (!opened) {
        cli.say(opened.error());
        return;
    }
    for (const auto& file : given.files) {
        auto mine = mapped(given, file, *wishes, own.presets, cli);
        if (!mine) {
            cli.say(mine.error());
            continue;
        }
        say(cli, project::importLog(*opened, {file, std::move(*mine), own.presets}, cli.taskContext()));
    }
    if (isNew) {
        removeIfEmpty(std::move(*opened));
    }
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
    auto* command = app.add_subcommand("import", "Read a log into a project, which is made when it is not there");
    command->add_option("FILE", given->files, "The logs: CSV, JSON Lines, JSON, plain or as .gz or .zst")->required();
    command->add_option("--project,-p", given->project, "The project file")->required();
    command->add_option("--preset", given->preset, "Read it as this known log (see presets), or as \"generic\"");
    command
        ->add_option("--map", given->map,
                     "What a column holds, where it was read wrongly: column=field or column=field:unit")
        ->allow_extra_args(false);
    command->add_option("--set", given->set, "A convention: cache=included, reasoning=outside, dates=dayFirst, ...")
        ->allow_extra_args(false);
    command->add_option("--save-preset", given->savePreset,
                        "Keep the mapping under this name, for files like this one");
    command
        ->add_option("--ragged", given->ragged,
                     "Rows with other than the header's number of cells: keep, reject-long, reject")
        ->check(CLI::IsMember({"keep", "reject-long", "reject"}))
        ->capture_default_str();
    command->add_option("--mask", given->mask, "Personal data and secrets in texts: off, flag (class only) or replace")
        ->check(CLI::IsMember({"off", "flag", "replace"}))
        ->capture_default_str();
    command->add_option("--mask-header", given->maskHeaders, "The value after this name is secret, as X-Api-Key: ...")
        ->allow_extra_args(false);
    command
        ->add_option("--data-class", given->dataClasses,
                     "Rows whose texts fit a pattern get this data class: pattern=class")
        ->allow_extra_args(false);
    command->add_flag("--no-text", given->noText, "Leave prompts and responses out, keep their counts");
    addReadOptions(*command, given->reading);
    addCommonOptions(*command, cli);
    command->callback([given, command, &cli] { runImport(cli, *given, *command); });
}

void installImports(CLI::App& app, Cli& cli) {
    auto given = std::make_shared<Given>();
    auto* command = app.add_subcommand("imports", "List what was imported; undo, resume or roll back");
    command->add_option("--project,-p", given->project, "The project file")->required();
    auto* undo =
        command->add_option("--undo", given->undo, "Take this import back as a whole")->check(CLI::PositiveNumber);
    auto* resume = command->add_flag("--resume", given->resume, "Go on with the import that was broken off");
    auto* rollBack = command->add_flag("--rollback", given->rollBack, "Remove the import that was broken off");
    resume->excludes(rollBack)->excludes(undo);
    rollBack->excludes(undo);
    addCommonOptions(*command, cli);
    command->callback([given, &cli] { runImports(cli, *given); });
}

}  // namespace tierwise::cli
