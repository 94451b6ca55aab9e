// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/assess/difficulty_model.h"
#include "core/assess/features.h"
#include "core/assess/novelty.h"
#include "core/assess/vocabulary.h"

namespace tierwise::assess {

inline constexpr std::size_t kLatents = 4;             ///< shared heads by part
inline constexpr std::size_t kOutputs = kLatents + 1;  ///< and the log of the answer's length
inline constexpr unsigned kBucketBits = 16;            ///< hashed terms by kind, in the file
inline constexpr std::size_t kBuckets = std::size_t{1} << kBucketBits;

using Outputs = std::array<double, kOutputs>;

/// A model whose answers the part was trained on.
struct PanelModel {
    std::string name;
    float mean = 0.0F;                      ///< mean score on the training prompts
    std::array<float, kLatents> loading{};  ///< its score = mean + sum loading x latent
    std::uint32_t labels = 0;
};

/// One bucket's numbers, side by side because they are read together.
struct BucketRow {
    std::uint8_t idf = 0;                        ///< x Part::idfScale
    std::array<std::int8_t, kOutputs> weight{};  ///< x Part::termScale
    bool operator==(const BucketRow&) const = default;
};

/// The heads learnt from one training set. Parts stay apart so that an evaluation on a set can leave the part out that
/// was trained on it.
struct Part {
    std::string trainedOn;
    std::uint32_t prompts = 0;
    bool hasLength = false;
    std::array<float, kCounters> counterMean{};
    std::array<float, kCounters> counterInverse{};  ///< 1 / sd; 0 for a counter that never moved
    std::array<std::array<float, kOutputs>, kCounters> counterWeight{};
    std::array<float, kOutputs> intercept{};
    std::array<float, kTermKinds> kindWeight{};
    float idfScale = 1.0F;
    std::array<float, kOutputs> termScale{};
    std::vector<BucketRow> buckets;           ///< kTermKinds x kBuckets
    std::array<float, kLatents> explained{};  ///< held-out R^2 by latent
    float difficultySd = 0.0F;                ///< leave-one-out residual sd of the panel's failure share
    float lengthMedianShift = 0.0F;
    float lengthP90Shift = 0.0F;
    std::vector<PanelModel> panel;
    std::vector<std::uint32_t> promptHashes;  ///< sorted; of folded prompts, to know overlap

    /// The linear heads at a prompt. Latents first, log length last.
    [[nodiscard]] Outputs outputs(const Features& features) const;
    /// Expected failure share of the panel, 0..1.
    [[nodiscard]] double panelFailure(const Outputs& outputs) const;
    /// Expected score of a model whose mean on this part's prompts is `mean` (loadings regressed on ability).
    [[nodiscard]] double quality(const Outputs& outputs, double mean) const;
    [[nodiscard]] double panelMean() const;
    [[nodiscard]] bool trainedOnPrompt(std::uint32_t hash) const;
};

struct DifficultyModel::Data {
    std::vector<Part> parts;
    Vocabulary vocabulary;
    Novelty novelty;
    std::string fingerprint;
};

/// Whole model <-> bytes (little endian, versioned). parseModel checks every size and range.
[[nodiscard]] std::string writeModel(const DifficultyModel::Data& data);
[[nodiscard]] Result<DifficultyModel::Data> parseModel(std::string_view bytes);

/// Hash of a prompt for overlap checks: blind to case and spacing.
[[nodiscard]] std::uint32_t promptHash(const Features& features);

}  // namespace tierwise::assess
