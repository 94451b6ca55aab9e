// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/assess/embedding.h"
#include "core/assess/evaluate.h"
#include "core/assess/metrics.h"

namespace tierwise::assess {

/// What is true of the evaluated rows. Rows x models of the choice.
struct Truth {
    std::vector<std::string> names;
    Matrix score;
    Matrix cost;  ///< dollars; no columns where costs are not known
    Vector length;
    bool pair = false;  ///< column 0 is the strong model, 1 the weak one
};

/// What a fit said of some rows.
struct Predictions {
    std::vector<std::size_t> rows;  ///< of Truth
    Matrix quality;                 ///< rows x models, 0..1
    Matrix cost;                    ///< dollars; as Truth::cost
    Vector gain;                    ///< of a pair: what the strong model adds, to rank by; any scale
};

/// Fills everything in the report that is counted from truth and predictions.
void fillFigures(const Truth& truth, const std::vector<Predictions>& draws, const EvaluateOptions& options,
                 EvaluateReport& report);

}  // namespace tierwise::assess
