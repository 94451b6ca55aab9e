// SPDX-License-Identifier: GPL-3.0-or-later
// catalog compile, validate, show: price lists made into a catalog, and what is in it.
#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/project/catalog_compile.h"
#include "core/project/catalog_queries.h"

namespace tierwise::cli {

namespace {

using Json = nlohmann::ordered_json;
using namespace tierwise::catalog;

struct CompileOptions {
    std::string facts, liteLlm, genai, genaiDate, modelsDev, modelsDevFacts, openRouter, history, date, title, out;
};

struct ShowOptions {
    std::string file;
    std::string filter;
    bool offerings = false;
};

std::optional<std::optional<Timestamp>> dateOf(const std::string& text, const char* option, Cli& cli) {
    if (text.empty()) {
        return std::optional<Timestamp>();
    }
    const auto date = Timestamp::parseIso(text);
    if (!date) {
        cli.say(Error{
            ErrorCode::invalidArgument, fmt::format("\"{}\" is not a date", text), "Write 2026-08-21", option, {}, {}});
        return {};
    }
    return date;
}

Json quarantineJson(const std::vector<Quarantined>& rows) {
    Json list = Json::array();
    for (const auto& row : rows) {
        list.push_back({{"source", row.source}, {"entry", row.entry}, {"reason", row.reason}});
    }
    return list;
}

void runCompile(const CompileOptions& options, Cli& cli) {
    const auto date = dateOf(options.date, "--date", cli);
    const auto genaiDate = dateOf(options.genaiDate, "--genai-date", cli);
    if (!date || !genaiDate) {
        return;
    }
    project::CompileFiles files;
    files.facts = options.facts;
    files.liteLlm = options.liteLlm;
    files.genai = options.genai;
    files.modelsDev = options.modelsDev;
    files.modelsDevFacts = options.modelsDevFacts;
    files.openRouter = options.openRouter;
    files.history = options.history;
    files.genaiDate = *genaiDate;
    files.date = *date;
    files.title = options.title;
    TaskContext context = cli.taskContext();
    const auto compiled = project::compileFiles(files, context);
    if (!compiled) {
        cli.say(compiled.error());
        return;
    }
    if (const auto written = project::writeCatalogFile(compiled->data, options.out); !written) {
        cli.say(written.error());
        return;
    }
    Json document;
    document["out"] = options.out;
    document["date"] = compiled->data.date.toIsoDate();
    document["providers"] = compiled->data.providers.size();
    document["models"] = compiled->data.models.size();
    document["offerings"] = compiled->data.offerings.size();
    document["priced"] = compiled->priced;
    document["withHistory"] = compiled->withHistory;
    document["disagreements"] = compiled->disagreements;
    document["quarantined"] = quarantineJson(compiled->quarantined);
    if (cli.json) {
        cli.print(document);
        return;
    }
    fmt::print("{}: {} models, {} offerings ({} priced, {} with price changes), {} rows quarantined\n", options.out,
               withThousands(compiled->data.models.size()), withThousands(compiled->data.offerings.size()),
               withThousands(compiled->priced), withThousands(compiled->withHistory),
               withThousands(compiled->quarantined.size()));
    Table table({{"Source"}, {"Entry"}, {"Why it was left out"}});
    for (const auto& row : compiled->quarantined) {
        table.addRow({row.source, row.entry, row.reason});
    }
    fmt::print("{}", table.toText());
}

void runValidate(const ShowOptions& options, Cli& cli) {
    const auto catalog = Catalog::load(options.file);
    if (!catalog) {
        cli.say(catalog.error());
        return;
    }
    const Json document{{"file", options.file},
                        {"valid", true},
                        {"date", catalog->date().toIsoDate()},
                        {"hash", catalog->hash()},
                        {"models", catalog->models().size()},
                        {"offerings", catalog->offerings().size()}};
    if (cli.json) {
        cli.print(document);
    } else {
        fmt::print("{}: valid, {} models, {} offerings, as of {}, {}\n", options.file, catalog->models().size(),
                   catalog->offerings().size(), catalog->date().toIsoDate(), catalog->hash());
    }
}

std::string rateText(const std::optional<Rate>& rate) {
    return rate ? rate->perMillion() : "-";
}

Json modelJson(const Catalog& catalog, ModelIndex index) {
    const Model& model = catalog.model(index);
    Json item{{"model", model.id}, {"tier", tierName(catalog.tierOf(index))}, {"why", catalog.tierReason(index)}};
    for (const auto& [key, text] :
         {std::pair{"author", model.author}, {"origin", model.origin}, {"licence", model.licence}}) {
        if (!text.empty()) {
            item[key] = text;
        }
    }
    if (const auto main = catalog.mainOffering(index)) {
        const auto rates = catalog.ratesAt(*main, {});
        item["offering"] = catalog.offering(*main).key();
        if (rates.input()) {
            item["input"] = rates.input()->perMillion();
        }
        if (rates.output()) {
            item["output"] = rates.output()->perMillion();
        }
    }
    item["offerings"] = catalog.offeringsOf(index).size();
    return item;
}

void runShow(const ShowOptions& options, Cli& cli) {
    const auto catalog = project::openCatalog(options.file);
    if (!catalog) {
        cli.say(catalog.error());
        return;
    }
    Json document{{"title", catalog->title()},
                  {"date", catalog->date().toIsoDate()},
                  {"hash", catalog->hash()},
                  {"models", Json::array()}};
    Table table({{"Model"},
                 {"Author"},
                 {"Tier"},
                 {"Input $/M", Table::Align::right},
                 {"Output $/M", Table::Align::right},
                 {"Offerings", Table::Align::right}});
    for (std::size_t i = 0; i < catalog->models().size(); ++i) {
        const ModelIndex index(static_cast<std::int32_t>(i));
        const Model& model = catalog->model(index);
        if (model.id.find(options.filter) == std::string::npos && model.author != options.filter) {
            continue;
        }
        document["models"].push_back(modelJson(*catalog, index));
        const auto main = catalog->mainOffering(index);
        const auto rates = main ? catalog->ratesAt(*main, {}) : EffectiveRates{};
        table.addRow({model.id, model.author, tierName(catalog->tierOf(index)), rateText(rates.input()),
                      rateText(rates.output()), std::to_string(catalog->offeringsOf(index).size())});
    }
    if (cli.json) {
        cli.print(document);
    } else {
        fmt::print("{}, as of {}\n{}", catalog->title(), catalog->date().toIsoDate(), table.toText());
    }
}

}  // namespace

CLI::App* catalogCommand(CLI::App& app) {
    const auto there = app.get_subcommands([](const CLI::App* each) { return each->get_name() == "catalog"; });
    if (!there.empty()) {
        return there.front();
    }
    auto* command = app.add_subcommand("catalog", "Say what models cost; compile, check and update the catalog");
    command->require_subcommand(1);
    return command;
}

void installCatalog(CLI::App& app, Cli& cli) {
    auto* parent = catalogCommand(app);
    auto compile = std::make_shared<CompileOptions>();
    auto* command = parent->add_subcommand("compile", "Make a catalog from public price lists and curated facts");
    command->add_option("--facts", compile->facts, "Curated facts, in our format; default: the shipped ones");
    command->add_option("--litellm", compile->liteLlm, "LiteLLM's model_prices_and_context_window.json");
    command->add_option("--genai", compile->genai, "Genai-prices' data.json (version 2)");
    command->add_option("--genai-date", compile->genaiDate, "Its date, where the file's name has none");
    command->add_option("--modelsdev", compile->modelsDev, "Models.dev's api.json");
    command->add_option("--modelsdev-meta", compile->modelsDevFacts, "Models.dev's provider-neutral facts");
    command->add_option("--openrouter", compile->openRouter, "OpenRouter's /api/v1/models");
    command->add_option("--history", compile->history, "CSV of dated prices");
    command->add_option("--date", compile->date, "The catalog's date; default: the newest list's");
    command->add_option("--title", compile->title, "The catalog's title")->default_val("Tierwise catalog");
    command->add_option("--out", compile->out, "Where to write it")->required();
    addCommonOptions(*command, cli);
    command->callback([compile, &cli] { runCompile(*compile, cli); });

    auto validate = std::make_shared<ShowOptions>();
    command = parent->add_subcommand("validate", "Check a catalog file; an error names the line");
    command->add_option("file", validate->file, "Catalog file")->required();
    addCommonOptions(*command, cli);
    command->callback([validate, &cli] { runValidate(*validate, cli); });

    auto show = std::make_shared<ShowOptions>();
    command = parent->add_subcommand("show", "List models with tier and price");
    command->add_option("filter", show->filter, "Part of a model's name, or an author");
    command->add_option("--catalog", show->file, "Another catalog file");
    addCommonOptions(*command, cli);
    command->callback([show, &cli] { runShow(*show, cli); });
}

}  // namespace tierwise::cli
