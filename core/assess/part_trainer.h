// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/assess/embedding.h"
#include "core/assess/model_file.h"

namespace tierwise::assess {

/// What a part is trained on.
struct PartCorpus {
    std::string name;
    std::vector<std::string> models;
    std::vector<Features> prompts;
    Matrix scores;  ///< prompts x models; NaN = unknown
    std::vector<std::size_t>
        labels;      ///< measured scores by model, where some of `scores` are expected ones; empty: all are measured
    Vector lengths;  ///< output tokens by prompt; NaN = unknown; no entries = none known
};

/// The heads of one corpus, with their numbers as they will be stored. Deterministic for a seed; at least 50 prompts.
[[nodiscard]] Part trainPart(const PartCorpus& corpus, std::uint64_t seed);

}  // namespace tierwise::assess
