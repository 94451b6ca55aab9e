// SPDX-License-Identifier: GPL-3.0-or-later
// catalog update, diff, accept, rollback, history: the catalog kept up to date on the user's word alone.
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/base/clock.h"
#include "core/project/catalog_update.h"

namespace tierwise::cli {
namespace {

using Json = nlohmann::ordered_json;
using namespace tierwise::catalog;

struct Options {
    std::string store;
    project::UpdateChoice choice;
    Acceptance acceptance;
    std::string hash;
};

Json jsonOf(const SnapshotEntry& entry) {
    return {
        {"hash", entry.hash}, {"installed", entry.installed.toIso()}, {"how", entry.how},        {"title", entry.title},
        {"date", entry.date}, {"offerings", entry.offerings},         {"changes", entry.changes}};
}

Json jsonOf(const OfferingChange& change) {
    Json rates = Json::array();
    for (const auto& rate : change.rates) {
        Json item{{"meter", meterName(rate.meter)}};
        if (!rate.conditions.empty()) {
            item["conditions"] = rate.conditions;
        }
        item["before"] = rate.before ? Json(rate.before->perMillion()) : Json();
        item["after"] = rate.after ? Json(rate.after->perMillion()) : Json();
        rates.push_back(std::move(item));
    }
    return {{"offering", change.offering},
            {"change", changeKindName(change.kind)},
            {"rates", rates},
            {"quarantined", change.suspicions}};
}

std::string rateText(const std::optional<Rate>& rate) {
    return rate ? rate->perMillion() : std::string("-");
}

void printTable(const CatalogDiff& diff) {
    Table table({{"Offering"},
                 {"Change"},
                 {"Rate"},
                 {"Before $/M", Table::Align::right},
                 {"After $/M", Table::Align::right},
                 {"Quarantined because"}});
    for (const auto& change : diff.changes) {
        const std::string why = change.quarantined() ? change.suspicions.front() : std::string();
        if (change.rates.empty() && change.kind != ChangeKind::changed) {
            table.addRow({change.offering, std::string(changeKindName(change.kind)), "", "", "", why});
        }
        for (const auto& rate : change.rates) {
            table.addRow(
                {change.offering, std::string(changeKindName(change.kind)),
                 std::string(meterName(rate.meter)) + (rate.conditions.empty() ? "" : " (" + rate.conditions + ")"),
                 rateText(rate.before), rateText(rate.after), why});
        }
    }
    fmt::print("{}", table.toText());
}

void printWaiting(const project::WaitingUpdate& waiting, const Cli& cli) {
    const auto& diff = waiting.diff;
    if (cli.json) {
        Json changes = Json::array();
        for (const auto& change : diff.changes) {
            changes.push_back(jsonOf(change));
        }
        cli.print(Json{{"fetched", waiting.update.fetched.toIso()},
                       {"before", diff.beforeHash},
                       {"offerings", diff.offeringsBefore},
                       {"added", diff.added},
                       {"changed", diff.changed},
                       {"gone", diff.gone},
                       {"quarantined", diff.quarantined},
                       {"tooManyAtOnce", diff.tooManyAtOnce},
                       {"notes", waiting.update.notes},
                       {"changes", changes}});
        return;
    }
    for (const auto& note : waiting.update.notes) {
        fmt::print("{}\n", note);
    }
    printTable(diff);
    fmt::print("{} added, {} changed, {} gone (kept), {} quarantined, of {} offerings\n", diff.added, diff.changed,
               diff.gone, diff.quarantined, diff.offeringsBefore);
    if (diff.tooManyAtOnce) {
        fmt::print("More than {:.0f} % change price at once: changes are taken by name or with --all only.\n",
                   kLargestShare * 100);
    }
    fmt::print("Nothing is in use yet: tierwise-cli catalog accept\n");
}

void printEntry(const Result<SnapshotEntry>& entry, const char* what, Cli& cli) {
    if (!entry) {
        cli.say(entry.error());
    } else if (cli.json) {
        cli.print(jsonOf(*entry));
    } else {
        fmt::print("{} {}: {} of {}, {} offerings, {} changes\n", what, entry->hash, entry->title, entry->date,
                   entry->offerings, entry->changes);
    }
}

void update(const Options& options, Cli& cli) {
    TaskContext context = cli.taskContext();
    const auto waiting = project::updateCatalog(options.choice, options.store, SystemClock(), context);
    if (waiting) {
        printWaiting(*waiting, cli);
    } else {
        cli.say(waiting.error());
    }
}

void showDifference(const Options& options, Cli& cli) {
    const auto waiting = project::waitingUpdate(options.store, SystemClock());
    if (waiting) {
        printWaiting(*waiting, cli);
    } else {
        cli.say(waiting.error());
    }
}

void history(const Options& options, Cli& cli) {
    const auto past = project::catalogHistory(options.store);
    if (!past) {
        cli.say(past.error());
        return;
    }
    Json list = Json::array();
    Table table({{"In use"},
                 {"Hash"},
                 {"Installed"},
                 {"How"},
                 {"Date"},
                 {"Offerings", Table::Align::right},
                 {"Changes", Table::Align::right}});
    for (const auto& entry : past->entries) {
        const bool inUse = past->current == entry.hash;
        list.push_back(jsonOf(entry));
        list.back()["inUse"] = inUse;
        table.addRow({inUse ? "*" : "", entry.hash, entry.installed.toIso(), entry.how, entry.date,
                      std::to_string(entry.offerings), std::to_string(entry.changes)});
    }
    if (cli.json) {
        cli.print(Json{{"current", past->current ? Json(*past->current) : Json()}, {"history", list}});
    } else if (past->entries.empty()) {
        fmt::print("The shipped catalog is in use; there was no update yet.\n");
    } else {
        fmt::print("{}", table.toText());
    }
}

}  // namespace

void installCatalogUpdate(CLI::App& app, Cli& cli) {
    auto* parent = catalogCommand(app);
    const auto add = [&](const char* name, const char* help, void (*run)(const Options&, Cli&)) {
        auto options = std::make_shared<Options>();
        auto* command = parent->add_subcommand(name, help);
        command->add_option("--store", options->store, "Folder of the snapshots; default: the user's own");
        addCommonOptions(*command, cli);
        command->callback([options, run, &cli] { run(*options, cli); });
        return std::pair(command, options);
    };
    const auto [fetch, fetched] = add("update", "Fetch price lists and show what they would change", update);
    fetch->add_option("--source", fetched->choice.sources,
                      "One of the public lists: litellm, genai-prices, models.dev, openrouter; default: all");
    fetch->add_option("--url", fetched->choice.url, "A list in Tierwise's own format instead (https)");
    fetch->add_option("--ca-file", fetched->choice.caFile, "Authorities to trust instead of the system's (PEM)");

    add("diff", "Show what the waiting update would change", showDifference);
    add("reject", "Throw the waiting update away", [](const Options& options, Cli& shared) {
        if (const auto done = project::discardWaiting(options.store); !done) {
            shared.say(done.error());
        } else if (shared.json) {
            shared.print(Json{{"waiting", false}});
        } else {
            fmt::print("No update is waiting any more; the catalog in use stays.\n");
        }
    });

    const auto [accept, accepted] =
        add("accept", "Put the waiting update in use", [](const Options& options, Cli& shared) {
            printEntry(project::acceptWaiting(options.acceptance, options.store, SystemClock()), "In use now:", shared);
        });
    accept->add_flag("--all", accepted->acceptance.quarantinedToo, "The quarantined changes too");
    accept->add_option("--offering", accepted->acceptance.offerings,
                       "A quarantined offering to take too (provider/id)");

    const auto [back, backOptions] =
        add("rollback", "Return to an older catalog", [](const Options& options, Cli& shared) {
            printEntry(project::rollbackCatalog(options.hash, options.store), "In use again:", shared);
        });
    back->add_option("hash", backOptions->hash, "Which one (a beginning of its hash); default: the one before");

    add("history", "List the kept catalogs", history);
}

}  // namespace tierwise::cli
