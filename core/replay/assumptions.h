// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/error.h"

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
    Assumed tokenizer;                     ///< its input tokens per logged input token
    Assumed verbosity;                     ///< its visible answer's tokens per logged answer token
    Assumed reasoningEasy;                 ///< output / answer tokens at difficulty 0, >= 1
    Assumed reasoningHard;                 ///< ... at difficulty 1, >= 1
    Assumed tokensPerSecond{0, 0, 0, {}};  ///< 0 = not known
    bool operator==(const ModelAssumptions&) const = default;
};

/// Everything about counterfactual usage that is assumed and not measured (domain, section 3). Editable data:
/// resources/policy/assumptions.json.
struct Assumptions {
    /// Its input tokens per logged token, for a model of another tokenizer family.
    Assumed tokenizer{0.85, 1.0, 1.15, {}};
    Assumed verbosity{0.7, 1.0, 1.4, {}};
    /// Reasoning models whose catalog entry has no multipliers of its own.
    Assumed reasoningEasy{1.5, 2.5, 5.0, {}};
    Assumed reasoningHard{5.0, 15.0, 100.0, {}};
    double cacheLifetimeSeconds = 300;  ///< a prefix older than this is gone
    /// A batch queue serves what is not interactive: the share of rows marked batch is billed at batch rates.
    bool honourBatch = true;
    std::map<std::string, ModelAssumptions> models;
    bool operator==(const Assumptions&) const = default;

    /// Errors badFormat or invalidArgument with "source#/json/pointer": not low <= mid <= high, negative, NaN.
    [[nodiscard]] static Result<Assumptions> parse(std::string_view json, const std::string& source);
    [[nodiscard]] std::string toJson() const;
};

}  // namespace tierwise::replay
