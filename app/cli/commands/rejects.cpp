// SPDX-License-Identifier: GPL-3.0-or-later
// rejects: the records that did not become rows: listed, exported for mending, retried.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/project/rejects.h"

namespace tierwise::cli {
namespace {

using nlohmann::json;

struct Given {
    std::string project;
    std::int64_t import = 0;
    std::int64_t limit = 50;
    std::string exportTo;
    std::string retryFile;
    bool retry = false;
};

constexpr std::size_t kRawShown = 60;

std::string shown(std::string raw) {
    for (char& c : raw) {
        c = static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    if (raw.size() <= kRawShown) {
        return raw;
    }
    std::size_t end = kRawShown;
    while (end > 0 && (static_cast<unsigned char>(raw[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return raw.substr(0, end) + "...";
}

void list(Cli& cli, const Given& given, const project::Project& opened) {
    const auto import = given.import > 0 ? std::optional<ImportId>(given.import) : std::nullopt;
    const auto total = opened.rejectCount(import);
    const auto rejects = opened.rejects(import, 0, given.limit);
    if (!total || !rejects) {
        cli.say(total ? rejects.error() : total.error());
        return;
    }
    if (cli.json) {
        json all = json::array();
        for (const auto& reject : *rejects) {
            all.push_back({{"reject", reject.id},
                           {"import", reject.import.value()},
                           {"line", reject.line},
                           {"byteOffset", reject.byteOffset},
                           {"column", reject.column},
                           {"reason", reject.reason},
                           {"fixHint", reject.fixHint},
                           {"raw", reject.raw}});
        }
        cli.print({{"rejects", all}, {"total", *total}});
        return;
    }
    Table table({{"reject", Table::Align::right},
                 {"import", Table::Align::right},
                 {"line", Table::Align::right},
                 {"byte", Table::Align::right},
                 {"column"},
                 {"reason"},
                 {"hint"},
                 {"record"}});
    for (const auto& reject : *rejects) {
        table.addRow({std::to_string(reject.id), std::to_string(reject.import.value()), withThousands(reject.line),
                      withThousands(reject.byteOffset), reject.column, reject.reason, reject.fixHint,
                      shown(reject.raw)});
    }
    fmt::print("{}{} of {} rejects\n", table.toText(), withThousands(static_cast<std::int64_t>(rejects->size())),
               withThousands(*total));
}

void retry(Cli& cli, const Given& given, const project::Project& opened) {
    const auto file = given.retryFile.empty() ? std::nullopt : std::optional<std::filesystem::path>(given.retryFile);
    const auto outcome = project::retryRejects(opened, ImportId(given.import), file, cli.taskContext());
    if (!outcome) {
        cli.say(outcome.error());
        return;
    }
    if (cli.json) {
        cli.print({{"tried", outcome->tried},
                   {"stored", outcome->stored},
                   {"duplicates", outcome->duplicates},
                   {"failed", outcome->failed},
                   {"import", outcome->id.value()},
                   {"stillWrong", outcome->stillWrong}});
        return;
    }
    fmt::print("{} tried = {} stored + {} duplicates + {} still rejected\n", withThousands(outcome->tried),
               withThousands(outcome->stored), withThousands(outcome->duplicates), withThousands(outcome->failed));
    for (const auto& line : outcome->stillWrong) {
        fmt::print("{}\n", line);
    }
}

// The import that is meant: the one that was named, or the only one that has rejects.
Result<std::int64_t> importOf(const Given& given, const project::Project& opened) {
    const auto imports = opened.imports();
    if (!imports) {
        return fail(imports.error());
    }
    const auto is = [&](const project::ImportInfo& import) { return import.id.value() == given.import; };
    if (given.import != 0) {
        if (std::none_of(imports->begin(), imports->end(), is)) {
            return fail(ErrorCode::notFound, "there is no import " + std::to_string(given.import),
                        "`imports` lists the numbers.", given.project);
        }
        return given.import;
    }
    std::vector<std::int64_t> withRejects;
    for (const auto& import : *imports) {
        if (import.complete && import.counts.rejected > 0) {
            withRejects.push_back(import.id.value());
        }
    }
    if (withRejects.size() == 1) {
        return withRejects.front();
    }
    if (withRejects.empty()) {
        return fail(ErrorCode::notFound, "there are no rejects", "Every record of every import became a row.",
                    given.project);
    }
    return fail(ErrorCode::invalidArgument, "say whose rejects: --import N", "`imports` lists the numbers.");
}

void run(Cli& cli, Given given) {
    const auto opened = project::Project::open(given.project);
    if (!opened) {
        cli.say(opened.error());
        return;
    }
    const bool wantsRetry = given.retry || !given.retryFile.empty();
    if (wantsRetry || !given.exportTo.empty() || given.import != 0) {
        const auto import = importOf(given, *opened);
        if (!import) {
            cli.say(import.error());
            return;
        }
        given.import = *import;
    }
    if (wantsRetry) {
        retry(cli, given, *opened);
        return;
    }
    if (given.exportTo.empty()) {
        list(cli, given, *opened);
        return;
    }
    const auto written = project::exportRejects(*opened, ImportId(given.import), given.exportTo);
    if (!written) {
        cli.say(written.error());
    } else if (cli.json) {
        cli.print({{"file", given.exportTo}, {"rejects", *written}});
    } else {
        fmt::print("{} rejects written to {}: mend the cells, leave the first column, then `rejects --retry-file`\n",
                   withThousands(*written), given.exportTo);
    }
}

}  // namespace

void installRejects(CLI::App& app, Cli& cli) {
    auto given = std::make_shared<Given>();
    auto* command = app.add_subcommand("rejects", "List, export, mend and retry records that did not become rows");
    command->add_option("--project,-p", given->project, "The project file")->required();
    command->add_option("--import", given->import, "Those of this import alone")->check(CLI::PositiveNumber);
    command->add_option("--limit", given->limit, "At most so many")->check(CLI::PositiveNumber)->capture_default_str();
    auto* out = command->add_option("--export", given->exportTo, "Write them as a CSV that can be mended");
    auto* retryFile = command->add_option("--retry-file", given->retryFile, "Take the mended CSV in");
    auto* again = command->add_flag("--retry", given->retry, "Try them again as they are");
    out->excludes(retryFile)->excludes(again);
    retryFile->excludes(again);
    addCommonOptions(*command, cli);
    command->callback([given, &cli] { run(cli, *given); });
}

}  // namespace tierwise::cli
