// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/assess/ability.h"
#include "core/assess/difficulty_model.h"
#include "core/assess/metrics.h"
#include "core/base/error.h"
#include "core/base/task_context.h"

namespace tierwise::assess {

/// Where the success predictions come from.
enum class EvaluateMode {
    prior,   ///< the shipped weights and the models' published abilities alone; no outcome of the folder is used
    labels,  ///< fitted to N prompts drawn at random, judged on all others; averaged over K draws
    folds,   ///< K-fold cross-validation; every prompt is judged by a fit that did not see it
};

struct EvaluateOptions {
    std::filesystem::path folder;
    std::string strong;  ///< with weak: a pair, and RouteLLM's measures
    std::string weak;
    std::vector<std::string> models;  ///< else these models, and RouterBench's measures; empty = all of the folder
    std::filesystem::path prices;     ///< CSV; else cost_usd of the outcomes
    EvaluateMode mode = EvaluateMode::folds;
    std::size_t count = 5;   ///< N labels, or K folds
    std::size_t draws = 10;  ///< of labels
    std::uint64_t seed = 1;
    std::size_t replicates = 200;  ///< of the bootstrap
};

/// A figure with the 2.5 and 97.5 % points of a Poisson bootstrap over prompts (predictions held fixed; with several
/// draws, the draws' average is bootstrapped). Missing where it is not defined (no costs, no pair, out of reach).
struct Figure {
    std::optional<double> value;
    double low = 0.0;
    double high = 0.0;
};

/// One router's line of the table. APGR 0..1; CPT in percent of strong calls; AIQ 0..1; saveAtX in percent of the best
/// single model's cost saved while mean score >= X % of its, read off the sweep on the evaluated rows themselves.
struct RouterFigures {
    std::string name;  ///< tierwise, random, lengthOnly, zero, oracle
    Figure apgr, cpt50, cpt80, aiq, saveAt100, saveAt99, saveAt95;
};

struct ModelFigures {
    std::string name;
    double meanScore = 0.0;
    std::optional<double> meanCost;  ///< dollars a prompt
    Figure ece;                      ///< metrics.h
    Figure eceByMass;
    Calibration::Chance eceChance;  ///< what a perfect calibration would show on as many rows
    Calibration::Chance eceByMassChance;
    Figure brier;
    Figure brierSkill;  ///< 1 - brier / brier of the model's own mean
};

struct EvaluateReport {
    std::string set;
    std::size_t prompts = 0;              ///< rows that all chosen models answered
    std::size_t judged = 0;               ///< rows judged, by draw
    std::size_t labels = 0;               ///< rows fitted to, by draw or fold
    std::size_t overlap = 0;              ///< prompts that the shipped weights were trained on
    std::vector<std::string> priorParts;  ///< parts of the shipped weights that were used
    std::size_t notScored = 0;            ///< no signal
    std::size_t unlike = 0;               ///< unlike anything seen
    std::string best;                     ///< best single model
    /// tierwise first. skill = (APGR - 1/2) / (APGR of the oracle - 1/2) for a pair, else gapClosed.
    /// gapClosed = (AIQ - AIQ of the zero router) / (AIQ of the oracle - AIQ of the zero router).
    std::vector<RouterFigures> routers;
    Figure skill;
    Figure gapClosed;
    std::vector<ModelFigures> models;
    /// "Least cost with success of at least 80 %": chosen by predictions alone, what it came to on judged rows.
    std::optional<double> target80Predicted;
    std::optional<double> target80Reached;
};

/// Runs the evaluation. `prior` may be null (then --prior is an error, and fits start from nothing). Deterministic for
/// a seed. Errors: as readDataset; invalidArgument for unknown models, too few rows, or a mode that does not fit.
[[nodiscard]] Result<EvaluateReport> evaluate(const EvaluateOptions& options, const DifficultyModel* prior,
                                              const AbilityTable& abilities, const TaskContext& task);

}  // namespace tierwise::assess
