// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/evaluate.h"

#include <cstdint>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/project/resources.h"

namespace tierwise::cli {
namespace {

using assess::EvaluateMode;
using assess::EvaluateReport;
using assess::Figure;

struct Arguments {
    assess::EvaluateOptions options;
    std::string folder;
    std::string prices;
    std::string weights;
    std::size_t labels = 0;
    std::size_t folds = 0;
    bool prior = false;
    bool noPrior = false;
};

nlohmann::json number(const std::optional<double>& value) {
    return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

nlohmann::json interval(const Figure& figure) {
    return figure.value ? nlohmann::json::array({figure.low, figure.high}) : nlohmann::json(nullptr);
}

struct Key {
    const char* name;
    Figure assess::RouterFigures::*figure;
};
constexpr Key kKeys[] = {
    {"apgr", &assess::RouterFigures::apgr},           {"cpt50", &assess::RouterFigures::cpt50},
    {"cpt80", &assess::RouterFigures::cpt80},         {"aiq", &assess::RouterFigures::aiq},
    {"saveAt100", &assess::RouterFigures::saveAt100}, {"saveAt99", &assess::RouterFigures::saveAt99},
    {"saveAt95", &assess::RouterFigures::saveAt95},
};

nlohmann::json toJson(const EvaluateReport& report, const Arguments& arguments) {
    nlohmann::json document;
    auto& intervals = document["intervals"];
    const auto put = [&](const std::string& name, const Figure& figure) {
        document[name] = number(figure.value);
        intervals[name] = interval(figure);
    };
    nlohmann::json table = nlohmann::json::array();
    for (const auto& router : report.routers) {
        nlohmann::json row{{"router", router.name}};
        for (const auto& key : kKeys) {
            const Figure& figure = router.*key.figure;
            row[key.name] = number(figure.value);
            row["intervals"][key.name] = interval(figure);
            if (router.name == "tierwise") {
                put(key.name, figure);
            }
        }
        if (router.name == "zero") {
            put("aiqZero", router.aiq);
        }
        if (router.name == "oracle") {
            put("aiqOracle", router.aiq);
        }
        table.push_back(std::move(row));
    }
    put("skill", report.skill);
    put("gapClosed", report.gapClosed);
    document["table"] = std::move(table);
    for (const auto& model : report.models) {
        document["ece"][model.name] = number(model.ece.value);
        document["eceByMass"][model.name] = number(model.eceByMass.value);
        document["eceChance"][model.name] = {{"mean", model.eceChance.mean}, {"high", model.eceChance.high}};
        document["eceByMassChance"][model.name] = {{"mean", model.eceByMassChance.mean},
                                                   {"high", model.eceByMassChance.high}};
        document["brier"][model.name] = number(model.brier.value);
        document["brierSkill"][model.name] = number(model.brierSkill.value);
        intervals["ece"][model.name] = interval(model.ece);
        intervals["eceByMass"][model.name] = interval(model.eceByMass);
        intervals["brier"][model.name] = interval(model.brier);
        intervals["brierSkill"][model.name] = interval(model.brierSkill);
        document["models"].push_back(
            {{"name", model.name}, {"meanScore", model.meanScore}, {"meanCostUsd", number(model.meanCost)}});
    }
    document["set"] = report.set;
    document["prompts"] = report.prompts;
    document["judged"] = report.judged;
    document["labels"] = report.labels;
    document["draws"] = arguments.options.mode == EvaluateMode::labels ? arguments.options.draws : 1;
    document["mode"] = arguments.options.mode == EvaluateMode::prior    ? "prior"
                       : arguments.options.mode == EvaluateMode::labels ? "labels"
                                                                        : "folds";
    document["seed"] = arguments.options.seed;
    document["replicates"] = arguments.options.replicates;
    document["bestSingle"] = report.best;
    document["priorParts"] = report.priorParts;
    document["overlap"] = report.overlap;
    document["signals"] = {{"noSignal", report.notScored}, {"unlikeAnythingSeen", report.unlike}};
    document["target80"] = {{"predicted", number(report.target80Predicted)},
                            {"reached", number(report.target80Reached)}};
    document["notes"] = {
        {"units",
         "apgr, aiq, skill, gapClosed, ece, brier: 0..1; cpt: percent of strong calls; saveAt: percent of the best "
         "single model's cost"},
        {"eceChance",
         "what a perfectly calibrated prediction would show on as many rows: on average, and in 19 of 20 cases at "
         "most"},
        {"thresholds", "saveAt and cpt are read off the routed curve of the judged rows themselves"},
        {"labels", "fits use the outcomes of every model of the folder on the training rows"},
        {"intervals", "2.5 and 97.5 % of a Poisson bootstrap over prompts, predictions held fixed"}};
    return document;
}

std::string shown(const Figure& figure, int decimals) {
    return figure.value ? fmt::format("{:.{}f} [{:.{}f}, {:.{}f}]", *figure.value, decimals, figure.low, decimals,
                                      figure.high, decimals)
                        : std::string("-");
}

std::string byChance(const assess::Calibration::Chance& chance) {
    return fmt::format("{:.3f}, < {:.3f}", chance.mean, chance.high);
}

void printTables(const EvaluateReport& report) {
    fmt::print("{}: {} prompts, {} judged, {} labelled; best single model: {}\n", report.set,
               withThousands(static_cast<std::int64_t>(report.prompts)),
               withThousands(static_cast<std::int64_t>(report.judged)),
               withThousands(static_cast<std::int64_t>(report.labels)), report.best);
    using Align = Table::Align;
    Table routers({{"router"},
                   {"APGR", Align::right},
                   {"CPT50 %", Align::right},
                   {"CPT80 %", Align::right},
                   {"AIQ", Align::right},
                   {"saved at 100 %", Align::right},
                   {"at 99 %", Align::right},
                   {"at 95 %", Align::right}});
    for (const auto& router : report.routers) {
        routers.addRow({router.name, shown(router.apgr, 3), shown(router.cpt50, 1), shown(router.cpt80, 1),
                        shown(router.aiq, 4), shown(router.saveAt100, 1), shown(router.saveAt99, 1),
                        shown(router.saveAt95, 1)});
    }
    fmt::print("{}\n", routers.toText());
    Table models({{"model"},
                  {"mean score", Align::right},
                  {"$ a prompt", Align::right},
                  {"ECE, bins of equal width", Align::right},
                  {"by chance", Align::right},
                  {"of equal mass", Align::right},
                  {"by chance", Align::right},
                  {"Brier", Align::right},
                  {"Brier skill", Align::right}});
    for (const auto& model : report.models) {
        models.addRow({model.name, fmt::format("{:.4f}", model.meanScore),
                       model.meanCost ? fmt::format("{:.3g}", *model.meanCost) : std::string("-"), shown(model.ece, 3),
                       byChance(model.eceChance), shown(model.eceByMass, 3), byChance(model.eceByMassChance),
                       shown(model.brier, 3), shown(model.brierSkill, 3)});
    }
    fmt::print("{}\n", models.toText());
    fmt::print("skill {}; gap closed {}\n", shown(report.skill, 3), shown(report.gapClosed, 3));
    if (report.target80Predicted && report.target80Reached) {
        fmt::print("least cost with success of at least 80 %: promised {:.1f} %, reached {:.1f} %\n",
                   100.0 * *report.target80Predicted, 100.0 * *report.target80Reached);
    }
    fmt::print("no signal: {}; unlike anything seen: {}; prompts the shipped weights know: {}\n", report.notScored,
               report.unlike, report.overlap);
    fmt::print("By chance: the ECE of a perfect calibration on as many rows, on average and in 19 of 20 cases.\n");
    fmt::print("Savings and CPT are read off the judged rows' own curve; brackets: 95 % bootstrap over prompts.\n");
}

Result<void> settle(Arguments& arguments) {
    const int modes = (arguments.prior ? 1 : 0) + (arguments.labels > 0 ? 1 : 0) + (arguments.folds > 0 ? 1 : 0);
    if (modes != 1) {
        return fail(ErrorCode::invalidArgument, "say exactly one of --prior, --labels N, --folds K");
    }
    auto& options = arguments.options;
    options.mode = arguments.prior        ? EvaluateMode::prior
                   : arguments.labels > 0 ? EvaluateMode::labels
                                          : EvaluateMode::folds;
    options.count = arguments.labels > 0 ? arguments.labels : arguments.folds;
    options.folder = arguments.folder;
    options.prices = arguments.prices;
    return {};
}

void run(Cli& cli, Arguments& arguments) {
    if (const auto settled = settle(arguments); !settled) {
        cli.say(settled.error());
        return;
    }
    std::unique_ptr<assess::DifficultyModel> prior;
    if (!arguments.noPrior) {
        const auto file = arguments.weights.empty() ? project::resourcePath("assess/difficulty.twdm")
                                                    : Result<std::filesystem::path>(arguments.weights);
        auto loaded = file ? assess::DifficultyModel::load(*file) : Result<assess::DifficultyModel>(fail(file.error()));
        if (!loaded) {
            cli.say(loaded.error());
            return;
        }
        prior = std::make_unique<assess::DifficultyModel>(std::move(*loaded));
    }
    assess::AbilityTable abilities;
    if (const auto file = project::resourcePath("assess/abilities.json")) {
        auto loaded = assess::AbilityTable::load(*file);
        if (!loaded) {
            cli.say(loaded.error());
            return;
        }
        abilities = std::move(*loaded);
    }
    const auto report = assess::evaluate(arguments.options, prior.get(), abilities, cli.taskContext());
    if (!report) {
        cli.say(report.error());
        return;
    }
    if (cli.json) {
        cli.print(toJson(*report, arguments));
    } else {
        printTables(*report);
    }
}

}  // namespace

void installEvaluate(CLI::App& app, Cli& cli) {
    auto* command = app.add_subcommand("evaluate", "Judge routing by predicted success on prompts with known outcomes");
    addCommonOptions(*command, cli);
    const auto arguments = std::make_shared<Arguments>();
    constexpr std::int64_t kFewest = 1;  // signed, so that -3 is seen for what it is
    constexpr std::int64_t kMost = 1'000'000'000;
    command->add_option("--data", arguments->folder, "Folder with prompts.jsonl and outcomes.csv")->required();
    command->add_option("--strong", arguments->options.strong, "The strong model of a pair");
    command->add_option("--weak", arguments->options.weak, "The weak model of a pair");
    command->add_option("--models", arguments->options.models, "Models to choose from (default: all of the folder)")
        ->delimiter(',');
    command->add_option("--prices", arguments->prices, "CSV: model, usd_in_per_M, usd_out_per_M [, set]");
    command->add_flag("--prior", arguments->prior, "Shipped weights alone; no label of the folder is used");
    command->add_option("--labels", arguments->labels, "Fit to N prompts drawn at random, judge on the rest")
        ->check(CLI::Range(kFewest, kMost));
    command->add_option("--draws", arguments->options.draws, "How many draws of labels to average")
        ->check(CLI::Range(kFewest, kMost))
        ->capture_default_str();
    command->add_option("--folds", arguments->folds, "K-fold cross-validation")->check(CLI::Range(kFewest, kMost));
    command->add_option("--seed", arguments->options.seed, "Seed of folds, draws and bootstrap")->capture_default_str();
    command->add_option("--replicates", arguments->options.replicates, "Replicates of the bootstrap")
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{100'000}))
        ->capture_default_str();
    command->add_option("--weights", arguments->weights, "Another difficulty model than the shipped one");
    command->add_flag("--no-prior", arguments->noPrior, "Fit without the shipped weights' predictions as columns");
    command->callback([&cli, arguments] { run(cli, *arguments); });
}

}  // namespace tierwise::cli
