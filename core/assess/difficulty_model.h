// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/assess/features.h"
#include "core/assess/signal.h"
#include "core/base/error.h"

namespace tierwise::assess {

/// One thing about the prompt that moved its difficulty, in words.
struct Reason {
    std::string feature;     ///< stable key: "numbers", "options", "word:integral"
    std::string text;        ///< for people: "many numbers (14)"
    float contribution = 0;  ///< in log-odds of difficulty; positive = harder
};

/// Answer length in output tokens (visible answer, o200k-like tokens).
struct LengthPrediction {
    float p50 = 0;
    float p90 = 0;
};

/// What the numbers say, without words: what the import pipeline stores.
struct Score {
    Signal signal = Signal::notScored;
    float difficulty = 0;            ///< 0 easy .. 1 hard; meaningful only where signal == scored
    float uncertainty = 0;           ///< standard error of difficulty, same unit
    float familiarity = 0;           ///< 0 nothing of it was seen in training .. 1 all of it
    std::array<float, 8> latents{};  ///< the shared heads, for PromptQuality; zeros without signal
    LengthPrediction length;
};

/// The whole answer about one prompt.
struct Assessment {
    Signal signal = Signal::notScored;
    std::optional<float> difficulty;  ///< missing unless signal == scored
    float uncertainty = 0;
    float familiarity = 0;
    std::optional<LengthPrediction> length;
    std::vector<Reason> reasons;  ///< strongest first, at most 6; for the other signals, why there is no difficulty
};

/// The shipped (or refitted) difficulty model: numbers in a file, made by `tierwise-cli train`.
/// Difficulty d of a prompt = the expected share of a panel of training models that fail on it.
/// Const methods are thread-safe. Cost is linear in the prompt's length up to kTextCap bytes (features.h).
class DifficultyModel {
public:
    /// Errors: notFound, io; badFormat with the byte offset where the file stops making sense.
    [[nodiscard]] static Result<DifficultyModel> load(const std::filesystem::path& file);
    [[nodiscard]] static Result<DifficultyModel> parse(std::string_view bytes);

    /// `prompt` is plain text or a JSON chat (an array of {role, content}, or an object with "messages"): UTF-8, any
    /// bytes are accepted.
    [[nodiscard]] Score score(std::string_view prompt) const;
    [[nodiscard]] Assessment assess(std::string_view prompt) const;

    /// What score() sees of a prompt: misspelt words count as what they were meant to be. Valid until the extractor's
    /// next call.
    [[nodiscard]] const Features& read(FeatureExtractor& extractor, std::string_view prompt) const;
    /// The same as score() for features that were read already.
    [[nodiscard]] Score scoreOf(const Features& features) const;

    /// 16-hex-digit fingerprint of the file, for run provenance.
    [[nodiscard]] const std::string& fingerprint() const;

    struct Data;  ///< the numbers, for the trainer (model_file.h)
    explicit DifficultyModel(std::shared_ptr<const Data> data);
    [[nodiscard]] const Data& data() const { return *m_data; }

private:
    std::shared_ptr<const Data> m_data;
};

}  // namespace tierwise::assess
