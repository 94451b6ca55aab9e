// SPDX-License-Identifier: GPL-3.0-or-later
// doctor: what is odd in a project's rows, and mending it.
#include <memory>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/project/catalog_queries.h"
#include "core/project/doctor.h"
#include "core/project/import_preview.h"
#include "core/project/own_presets.h"

namespace tierwise::cli {
namespace {

using nlohmann::json;

struct Given {
    std::string project;
    std::string file;
    std::string preset;
    std::string catalog;
    std::string mend;
    std::string candidate;
    std::string undo;
    bool undoLast = false;
};

json toJson(const project::AppliedMend& mend) {
    return {{"id", mend.id}, {"finding", mend.finding}, {"mend", mend.mend}, {"rows", mend.rows}};
}

json toJson(const project::Finding& finding) {
    json examples = json::array();
    for (const auto id : finding.examples) {
        examples.push_back(id.value());
    }
    return {{"id", finding.id},
            {"kind", finding.kind},
            {"severity", severityName(finding.severity)},
            {"title", finding.title},
            {"explanation", finding.explanation},
            {"rows", finding.rows},
            {"examples", examples},
            {"mend", finding.mend},
            {"candidates", finding.candidates}};
}

void print(const project::Diagnosis& diagnosis, const Cli& cli) {
    if (cli.json) {
        json findings = json::array();
        for (const auto& finding : diagnosis.findings) {
            findings.push_back(toJson(finding));
        }
        json applied = json::array();
        for (const auto& mend : diagnosis.applied) {
            applied.push_back(toJson(mend));
        }
        cli.print({{"rows", diagnosis.rows},
                   {"checkedCosts", diagnosis.checkedCosts},
                   {"agreeing", diagnosis.agreeing},
                   {"findings", findings},
                   {"mends", applied}});
        return;
    }
    fmt::print("{} rows; {} of {} logged costs agree with the catalog\n", withThousands(diagnosis.rows),
               withThousands(diagnosis.agreeing), withThousands(diagnosis.checkedCosts));
    for (const auto& finding : diagnosis.findings) {
        fmt::print("\n{}: {} ({} rows)\n  {}\n", severityName(finding.severity), finding.title,
                   withThousands(finding.rows), finding.explanation);
        if (finding.candidates.size() > 1) {
            fmt::print("  candidates (--as): {}\n", fmt::join(finding.candidates, ", "));
        }
        if (!finding.mend.empty()) {
            const bool asks = finding.kind == "unresolved-name" && finding.candidates.empty();
            fmt::print("  {}: --mend \"{}\"{}\n", finding.mend, finding.id, asks ? " --as PROVIDER/MODEL" : "");
        }
    }
    for (const auto& mend : diagnosis.applied) {
        fmt::print("\ndone: {} ({} rows), undone by --undo {}\n", mend.mend, withThousands(mend.rows), mend.id);
    }
}

void say(const project::AppliedMend& mend, const char* verb, const Cli& cli) {
    if (cli.json) {
        cli.print({{verb, toJson(mend)}});
    } else {
        fmt::print("{}: {} ({} rows)\n", verb, mend.mend, withThousands(mend.rows));
    }
}

// The findings of a file that is not imported yet.
Result<void> runBefore(const Given& given, Cli& cli) {
    const auto catalog = project::openCatalog(given.catalog);
    if (!catalog) {
        return fail(catalog.error());
    }
    ingest::ImportWishes wishes;
    if (!given.preset.empty()) {
        wishes.preset = given.preset;
    }
    const auto context = cli.taskContext();
    const auto planned = ingest::planImport(given.file, wishes, project::loadOwnPresets().presets, context);
    if (!planned) {
        return fail(planned.error());
    }
    const auto diagnosis = project::diagnoseBefore(planned->plan, 0, *catalog, {}, context);
    if (!diagnosis) {
        return fail(diagnosis.error());
    }
    print(*diagnosis, cli);
    return {};
}

Result<void> run(const Given& given, Cli& cli) {
    if (!given.file.empty()) {
        return runBefore(given, cli);
    }
    const auto opened = project::Project::open(given.project);
    if (!opened) {
        return fail(opened.error());
    }
    const auto context = cli.taskContext();
    if (given.undoLast || !given.undo.empty()) {
        const auto undone = undoMend(*opened, given.undo, context);
        if (!undone) {
            return fail(undone.error());
        }
        say(*undone, "undone", cli);
        return {};
    }
    const auto catalog = project::openCatalog(given.catalog);
    if (!catalog) {
        return fail(catalog.error());
    }
    if (!given.mend.empty()) {
        const auto mended = applyMend(*opened, *catalog, given.mend, context, given.candidate);
        if (!mended) {
            return fail(mended.error());
        }
        say(*mended, "mended", cli);
        return {};
    }
    const auto diagnosis = diagnose(*opened, *catalog, context);
    if (!diagnosis) {
        return fail(diagnosis.error());
    }
    print(*diagnosis, cli);
    return {};
}

}  // namespace

void installDoctor(CLI::App& app, Cli& cli) {
    auto* command = app.add_subcommand("doctor", "Say what is odd in a project's rows, and mend it");
    addCommonOptions(*command, cli);
    auto given = std::make_shared<Given>();
    auto* of = command->add_option_group("what");
    of->add_option("--project,-p", given->project, "Project file");
    auto* file = of->add_option("--file", given->file, "A log before it is imported: the findings alone");
    of->require_option(1);
    command->add_option("--preset", given->preset, "With --file: read it as this known log")->needs(file);
    command->add_option("--catalog", given->catalog, "Catalog file instead of the shipped one");
    auto* mend = command->add_option("--mend", given->mend, "Id of the finding to mend")->excludes(file);
    command
        ->add_option("--as", given->candidate,
                     "With --mend of an unknown name: the offering that it is, one of its candidates or any other of "
                     "the catalog (openai/gpt-4o)")
        ->needs(mend);
    auto* undo = command->add_option("--undo", given->undo, "Id of the mend to undo; none: the last one")
                     ->expected(0, 1)
                     ->excludes(mend)
                     ->excludes(file);
    command->callback([&cli, given, undo] {
        given->undoLast = undo->count() > 0;
        if (const auto done = run(*given, cli); !done) {
            cli.say(done.error());
        }
    });
}

}  // namespace tierwise::cli
