// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/catalog/hardware.h"

namespace tierwise::replay {

/// Low, mid and high of an assumption, with where it comes from.
struct Assumed {
    double low = 1;
    double mid = 1;
    double high = 1;
    std::string source;
    bool operator==(const Assumed&) const = default;
};

/// Per model, where it differs from the defaults. Keys are catalog model ids or families ("deepseek-r1").
struct ModelAssumptions {
    std::optional<Assumed> tokenizer;        ///< its input tokens per logged input token
    std::optional<Assumed> verbosity;        ///< its visible answer's tokens per logged answer token
    std::optional<Assumed> reasoningEasy;    ///< output / answer tokens at difficulty 0, >= 1
    std::optional<Assumed> reasoningHard;    ///< ... at difficulty 1, >= 1
    std::optional<Assumed> tokensPerSecond;  ///< speed of its output, for latency bounds
    /// Tokens a decoding step, >= 1 (public figures: 1.5 to 2.6): divides waiting and own-hardware time, never API
    /// dollars (domain, section 3).
    std::optional<Assumed> multiTokenPrediction;
    bool operator==(const ModelAssumptions&) const = default;
};

/// The machine that local models run on: what their tokens cost, which no price list says (domain, section 7).
struct LocalHardware {
    std::string gpu;  ///< a name of resources/catalog/hardware.json
    catalog::LocalSetup setup;
    std::string source;
    bool operator==(const LocalHardware&) const = default;
};

/// Everything about counterfactual usage that is assumed and not measured (domain, section 3). Editable data:
/// resources/policy/assumptions.json.
struct Assumptions {
    /// Its input tokens per logged token, where the family of its tokenizer or of the log's is in no table of ratios
    /// (resources/tokens/ratios.json).
    Assumed tokenizer{0.85, 1.0, 1.15, {}};
    Assumed verbosity{0.7, 1.0, 1.4, {}};
    /// Reasoning models whose catalog entry has no multipliers of its own.
    Assumed reasoningEasy{1.5, 2.5, 5.0, {}};
    Assumed reasoningHard{5.0, 15.0, 100.0, {}};
    double cacheLifetimeSeconds = 300;  ///< a prefix older than this is gone
    /// A batch queue serves what is not interactive: the share of rows marked batch is billed at batch rates.
    bool honourBatch = true;
    std::map<std::string, ModelAssumptions> models;
    /// Share of right answers (MMLU-Pro scale) of a model for which no benchmark score is known, by its tier; a tier
    /// that is missing here says nothing, and the model gets the widest prior.
    std::map<Tier, double> capabilityByTier;
    std::string capabilitySource;
    std::optional<LocalHardware> localHardware;  ///< missing: tokens of local models are taken as free
    bool operator==(const Assumptions&) const = default;

    /// Errors badFormat or invalidArgument with "source#/json/pointer": not low <= mid <= high, negative, NaN.
    [[nodiscard]] static Result<Assumptions> parse(std::string_view json, const std::string& source);
    [[nodiscard]] std::string toJson() const;
};

}  // namespace tierwise::replay
