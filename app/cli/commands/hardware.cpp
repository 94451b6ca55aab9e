// SPDX-License-Identifier: GPL-3.0-or-later
// hardware: what a local model costs on a GPU of one's own.
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/base/display.h"
#include "core/project/catalog_queries.h"
#include "core/project/catalog_update.h"

namespace tierwise::cli {
namespace {

using Json = nlohmann::ordered_json;
using namespace tierwise::catalog;

struct Options {
    std::string model;
    std::string gpu;
    std::string catalog;
    LocalSetup setup;
};

template <typename T>
Json orNull(const std::optional<T>& value) {
    return value ? Json(*value) : Json();
}

std::string orMissing(const std::optional<double>& value, const char* unit) {
    return value ? displayNumber(*value) + unit : std::string(kMissing);
}

void listGpus(const HardwareTable& table, Cli& cli) {
    Json list = Json::array();
    Table rows({{"GPU"},
                {"Name"},
                {"GB", Table::Align::right},
                {"GB/s", Table::Align::right},
                {"W", Table::Align::right},
                {"Price $", Table::Align::right}});
    for (const auto& gpu : table.gpus) {
        list.push_back({{"id", gpu.id},
                        {"name", gpu.name},
                        {"memoryGb", gpu.memoryGb},
                        {"bandwidthGbps", gpu.bandwidthGbps},
                        {"powerWatts", gpu.powerWatts},
                        {"priceUsd", orNull(gpu.priceUsd)},
                        {"tflops16", orNull(gpu.tflops16)},
                        {"source", gpu.source}});
        rows.addRow({gpu.id, gpu.name, displayNumber(gpu.memoryGb), displayNumber(gpu.bandwidthGbps),
                     displayNumber(gpu.powerWatts), orMissing(gpu.priceUsd, "")});
    }
    if (cli.json) {
        cli.print({{"gpus", list}});
    } else {
        fmt::print("{}", rows.toText());
    }
}

void print(const Model& model, const Gpu& gpu, const DecodeFit& fit, const LocalEconomics& found, const Cli& cli) {
    if (cli.json) {
        cli.print(Json{{"model", model.id},
                       {"gpu", gpu.id},
                       {"weightGb", found.weightGb},
                       {"kvBytesPerToken", orNull(found.kvBytesPerToken)},
                       {"memoryNeededGb", found.memoryNeededGb},
                       {"memoryGb", found.memoryGb},
                       {"fits", found.fits},
                       {"secondsPerToken", found.secondsPerToken},
                       {"tokensPerSecond", found.tokensPerSecond},
                       {"meanErrorOfSpeed", fit.meanError},
                       {"prefillTokensPerSecond", orNull(found.prefillTokensPerSecond)},
                       {"marginalPerMillionOutput", found.marginalPerMillion},
                       {"fullPerMillionOutput", orNull(found.fullPerMillion)},
                       {"marginalPerMillionInput", orNull(found.prefillMarginalPerMillion)},
                       {"warnings", found.warnings}});
        return;
    }
    Table table({{"What"}, {"Value", Table::Align::right}});
    table.addRow({"Weights", displayNumber(found.weightGb) + " GB"});
    table.addRow({"KV cache a token",
                  found.kvBytesPerToken ? displayCount(*found.kvBytesPerToken) + " bytes" : std::string(kMissing)});
    table.addRow({"Memory needed", displayNumber(found.memoryNeededGb) + " of " + displayNumber(found.memoryGb) +
                                       " GB" + (found.fits ? "" : ": does not fit")});
    table.addRow({"Output", displayNumber(found.tokensPerSecond) + " tokens/s (mean error " +
                                displayPercent(fit.meanError) + ")"});
    table.addRow({"Input", orMissing(found.prefillTokensPerSecond, " tokens/s")});
    table.addRow({"Output, power alone", displayDollars(found.marginalPerMillion) + " /M"});
    table.addRow({"Output, in full",
                  found.fullPerMillion ? displayDollars(*found.fullPerMillion) + " /M" : std::string(kMissing)});
    fmt::print("{} on {}\n{}", model.id, gpu.name, table.toText());
    for (const auto& warning : found.warnings) {
        fmt::print("Note: {}\n", warning);
    }
}

void run(const Options& options, Cli& cli) {
    const auto table = project::loadHardware();
    if (!table) {
        cli.say(table.error());
        return;
    }
    if (options.model.empty() && options.gpu.empty()) {
        listGpus(*table, cli);
        return;
    }
    const auto wrong = [&cli](std::string what, std::string hint) {
        cli.say({ErrorCode::invalidArgument, std::move(what), std::move(hint), {}, {}, {}});
    };
    const Gpu* gpu = table->gpu(options.gpu);
    if (gpu == nullptr) {
        wrong("there is no GPU '" + options.gpu + "' in the table", "List them with: tierwise-cli hardware");
        return;
    }
    const auto catalog = project::openCatalog(options.catalog);
    if (!catalog) {
        cli.say(catalog.error());
        return;
    }
    auto model = catalog->findModel(options.model);
    if (!model) {
        const auto found = catalog->resolve({options.model, "local", {}, {}});
        if (!found.offering) {
            wrong("the catalog has no model '" + options.model + "'", "List them with: tierwise-cli catalog show");
            return;
        }
        model = catalog->offering(*found.offering).model;
    }
    const DecodeFit& fit = *table->fit(gpu->memory);
    const auto economics = localEconomics(catalog->model(*model), *gpu, fit, options.setup);
    if (economics) {
        print(catalog->model(*model), *gpu, fit, *economics, cli);
    } else {
        cli.say(economics.error());
    }
}

}  // namespace

void installHardware(CLI::App& app, Cli& cli) {
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand("hardware", "Say what a local model needs and costs on a GPU of your own");
    LocalSetup& setup = options->setup;
    command->add_option("--model", options->model, "Model of the catalog; without model and GPU: list the GPUs");
    command->add_option("--gpu", options->gpu, "GPU of the table");
    command->add_option("--catalog", options->catalog, "Another catalog file");
    command->add_option("--bits", setup.bitsPerWeight, "Bits a weight")->capture_default_str();
    command->add_option("--kv-bytes", setup.kvBytesPerValue, "Bytes a KV value")->capture_default_str();
    command->add_option("--context", setup.contextTokens, "Tokens held for each stream")->capture_default_str();
    command->add_option("--streams", setup.streams, "Requests decoded together")->capture_default_str();
    command->add_option("--gpus", setup.gpus, "How many, alike")->capture_default_str();
    command->add_option("--overhead", setup.overheadGb, "GB beside weights and cache")->capture_default_str();
    command->add_option("--utilization", setup.utilization, "Share of the time it works")->capture_default_str();
    command->add_option("--years", setup.yearsOfUse, "Years of use")->capture_default_str();
    command->add_option("--pue", setup.pue, "Facility power / machine power")->capture_default_str();
    command->add_option("--tariff", setup.tariffPerKwh, "Dollars a kWh")->capture_default_str();
    command->add_option("--operations", setup.operationsPerYear, "Dollars a year beside power")->capture_default_str();
    command->add_option("--price", setup.priceUsd, "Dollars for one GPU with its share of the machine; 0: the table's")
        ->capture_default_str();
    addCommonOptions(*command, cli);
    command->callback([options, &cli] { run(*options, cli); });
}

}  // namespace tierwise::cli
