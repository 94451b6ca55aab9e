// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/assess/embedding.h"

namespace tierwise::assess {

/// Outcomes that tell of the scorer and not of the model must not teach difficulty. A model whose answers a scorer
/// could not read scores 0 on a whole task; a task scored by equal strings is won or lost by the wording of its key,
/// whoever answers. Both are known by classical item analysis (Lord and Novick, Statistical Theories of Mental Test
/// Scores, 1968): by the correlation of a model's scores with the rest of the panel's, and by whether abler models
/// score higher.
struct Screened {
    std::vector<std::size_t> rows;  ///< rows of the table that stay, rising
    Matrix scores;  ///< those rows x models. A block set aside holds what row and model lead one to expect, 0..1; a
                    ///< cell that was never known is NaN
    std::vector<std::size_t> labels;  ///< believed outcomes by model

    struct SetAside {
        std::string category;
        std::optional<std::size_t> model;  ///< column; none: the category as a whole was left out
    };
    std::vector<SetAside> setAside;  ///< by category, then by model

    /// Whether outcomes of this task and model are believed: of rows that were not screened, held-out ones say.
    [[nodiscard]] bool believes(const std::string& category, std::size_t model) const;
};

/// `scores` is prompts x models in 0..1, NaN = unknown; `categories` names each row's task. Judged are blocks of at
/// least kFewestScreened rows of one task and at least three models. Deterministic; no text is looked at.
inline constexpr std::size_t kFewestScreened = 100;
[[nodiscard]] Screened screenOutcomes(const Matrix& scores, const std::vector<std::string>& categories);

}  // namespace tierwise::assess
