// SPDX-License-Identifier: GPL-3.0-or-later
// presets: the logs that are known, and mappings that the user saved.
#include <memory>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/project/own_presets.h"

namespace tierwise::cli {
namespace {

using nlohmann::json;

struct Given {
    std::string remove;
    std::string show;
};

json summaryOf(const ingest::Preset& preset) {
    return {{"id", preset.id},
            {"title", preset.title},
            {"kind", preset.kind},
            {"own", preset.user},
            {"notes", preset.notes}};
}

void show(Cli& cli, const std::string& id, const std::vector<ingest::Preset>& own) {
    const auto* found = ingest::findPreset(id);
    for (const auto& preset : own) {
        found = preset.id == id ? &preset : found;
    }
    if (found == nullptr) {
        cli.say({ErrorCode::notFound, "there is no preset \"" + id + "\"", "`presets` lists them.", {}, {}, {}});
        return;
    }
    cli.print(ingest::toJson(*found));
}

void run(Cli& cli, const Given& given) {
    if (!given.remove.empty()) {
        if (const auto removed = project::deleteOwnPreset(given.remove); !removed) {
            cli.say(removed.error());
            return;
        }
    }
    const auto own = project::loadOwnPresets();
    for (const auto& problem : own.problems) {
        fmt::print(stderr, "tierwise-cli: {}\n", problem);
    }
    if (!given.show.empty()) {
        show(cli, given.show, own.presets);
        return;
    }
    json all = json::array();
    Table table({{"preset"}, {"log"}, {"kind"}, {"whose"}});
    const auto add = [&](const ingest::Preset& preset) {
        all.push_back(summaryOf(preset));
        table.addRow({preset.id, preset.title, preset.kind, preset.user ? "yours" : "ships"});
    };
    for (const auto& preset : own.presets) {
        add(preset);
    }
    for (const auto& preset : ingest::builtInPresets()) {
        add(preset);
    }
    if (cli.json) {
        cli.print({{"presets", all}});
    } else {
        fmt::print("{}", table.toText());
    }
}

}  // namespace

void installPresets(CLI::App& app, Cli& cli) {
    auto given = std::make_shared<Given>();
    auto* command =
        app.add_subcommand("presets", "List the logs that are known, and mappings kept with import --save-preset");
    auto* remove = command->add_option("--delete", given->remove, "Forget one of your own");
    command->add_option("--show", given->show, "One of them whole, as JSON")->excludes(remove);
    addCommonOptions(*command, cli);
    command->callback([given, &cli] { run(cli, *given); });
}

}  // namespace tierwise::cli
