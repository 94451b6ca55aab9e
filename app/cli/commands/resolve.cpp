// SPDX-License-Identifier: GPL-3.0-or-later
// resolve and price: what a logged name means, and what a usage object costs.
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/project/catalog_queries.h"

namespace tierwise::cli {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
    std::string name;
    std::string provider;
    std::string at;
    std::string tier;
    std::string region;
    std::string usage;
    std::string catalog;
};

std::optional<project::ResolveQuestion> questionOf(const Options& options, Cli& cli) {
    project::ResolveQuestion question;
    question.name = options.name;
    question.provider = options.provider;
    question.dayOnly = options.at.find_first_of("Tt :") == std::string::npos;
    if (!options.at.empty()) {
        question.at = Timestamp::parseIso(options.at);
        if (!question.at) {
            cli.say(Error{ErrorCode::invalidArgument,
                          fmt::format("\"{}\" is not a date", options.at),
                          "Write 2026-08-01 or 2026-08-01T12:00:00Z",
                          "--at",
                          {},
                          {}});
            return {};
        }
    }
    return question;
}

void printRates(const Json& rates) {
    Table table({{"Meter"}, {"$ per million", Table::Align::right}});
    for (const auto& [meter, rate] : rates.items()) {
        table.addRow({meter, rate.get<std::string>()});
    }
    fmt::print("{}", table.toText());
}

void printUnpriced(const Json& document) {
    fmt::print("unpriced: {}\n", document["unpriced"].get<std::string>());
    for (const auto& candidate : document["candidates"]) {
        fmt::print("  perhaps {}\n", candidate.get<std::string>());
    }
}

void printOffering(const Json& document) {
    fmt::print("{}  (model {}, {} tier)\nby {}, confidence {:.2f}\n", document["offering"].get<std::string>(),
               document["model"].get<std::string>(), document["tier"].get<std::string>(),
               document["rule"].get<std::string>(), document["confidence"].get<double>());
}

void runResolve(const Options& options, Cli& cli) {
    const auto question = questionOf(options, cli);
    const auto catalog = project::openCatalog(options.catalog);
    if (!catalog) {
        cli.say(catalog.error());
    }
    if (!question || !catalog) {
        return;
    }
    const Json document = project::resolveDocument(*catalog, *question);
    if (cli.json) {
        cli.print(document);
    } else if (document.contains("unpriced")) {
        printUnpriced(document);
    } else {
        printOffering(document);
        printRates(document["rates"]);
    }
}

std::optional<std::string> readUsage(const std::string& from, Cli& cli) {
    if (from == "-") {
        return std::string(std::istreambuf_iterator<char>(std::cin), {});
    }
    std::ifstream file(from, std::ios::binary);
    if (!file) {
        cli.say(Error{
            ErrorCode::io, "cannot read the usage", "Check the file, or give - for standard input", from, {}, {}});
        return {};
    }
    return std::string(std::istreambuf_iterator<char>(file), {});
}

void printBill(const Json& document) {
    printOffering(document);
    Table table({{"Meter"},
                 {"Quantity", Table::Align::right},
                 {fmt::format("{} per million", document["currency"].get<std::string>()), Table::Align::right}});
    for (const auto& line : document["lines"]) {
        table.addRow({line["meter"].get<std::string>(), withThousands(line["quantity"].get<std::int64_t>()),
                      line["ratePerMillion"].get<std::string>()});
    }
    fmt::print("{}{} {}\n", table.toText(), document["currency"].get<std::string>(),
               document["cost"].get<std::string>());
    for (const auto& warning : document["warnings"]) {
        fmt::print("note: {}\n", warning.get<std::string>());
    }
}

void runPrice(const Options& options, Cli& cli) {
    const auto question = questionOf(options, cli);
    const auto usage = question ? readUsage(options.usage, cli) : std::nullopt;
    if (!usage) {
        return;
    }
    const auto catalog = project::openCatalog(options.catalog);
    if (!catalog) {
        cli.say(catalog.error());
        return;
    }
    const auto document = project::priceDocument(*catalog, {*question, options.tier, options.region, *usage});
    if (!document) {
        cli.say(document.error());
    } else if (cli.json) {
        cli.print(*document);
    } else if (document->contains("unpriced")) {
        printUnpriced(*document);
    } else {
        printBill(*document);
    }
}

}  // namespace

void installResolve(CLI::App& app, Cli& cli) {
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand("resolve", "Say which offering a logged model name means, and its rates");
    command->add_option("name", options->name, "The model name as logged")->required();
    command->add_option("--provider", options->provider, "Provider hint: an id, an SDK's name, a host or an URL");
    command->add_option("--at", options->at, "Date or time of the request (UTC); default: the catalog's date");
    command->add_option("--catalog", options->catalog, "Another catalog file");
    addCommonOptions(*command, cli);
    command->callback([options, &cli] { runResolve(*options, cli); });
}

void installPrice(CLI::App& app, Cli& cli) {
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand("price", "Bill a provider's own usage object, exactly");
    command->add_option("--model", options->name, "The model name as logged; default: the one in the usage");
    command->add_option("--provider", options->provider, "Provider hint: an id, an SDK's name, a host or an URL");
    command->add_option("--at", options->at, "Date or time of the request (UTC); default: the catalog's date");
    command->add_option("--tier", options->tier, "Service tier: standard, batch, flex, priority or fast");
    command->add_option("--region", options->region, "Region of the request");
    command
        ->add_option("--usage", options->usage,
                     "File with the usage object or the whole response; - for standard input")
        ->required();
    command->add_option("--catalog", options->catalog, "Another catalog file");
    addCommonOptions(*command, cli);
    command->callback([options, &cli] { runPrice(*options, cli); });
}

}  // namespace tierwise::cli
