// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/assess/signal.h"
#include "core/base/error.h"

namespace tierwise::assess {

/// The probability that an answer is acceptable, and how far to trust it.
struct Quality {
    double q = 0.0;              ///< in [0, 1]
    double standardError = 0.0;  ///< of q, same unit; >= 0
    Rung rung = Rung::prior;

    bool operator==(const Quality&) const = default;
};

/// One scored answer of the user's log: what the refit learns from.
struct ScoredRow {
    std::string model;
    std::optional<double> difficulty;  ///< Assessment::difficulty of its prompt; missing where there is none
    double score = 0.0;                ///< 0..1
};

/// What is known of a model before any of its answers are seen.
struct AbilityPrior {
    double logit = 0.0;          ///< success log-odds on a request of difficulty 0.5
    double standardError = 1.0;  ///< of logit
};

/// A compact handle of one model inside one QualityModel.
using ModelHandle = std::int32_t;

/// Success probability by model and difficulty: an item-response curve per model,
///   q = c + (1 - c) sigmoid(theta_j - a_j logit(d)),   d = difficulty in (0, 1), a_j > 0,
/// (Birnbaum's three-parameter model; Lord, "Applications of Item Response Theory", 1980; the guess rate c is 0 here
/// because d is itself a failure share of a panel of models). theta_j and a_j have Gaussian priors: theta's comes from
/// benchmark scores, and its mean is pulled to the user's own level by the hierarchical fit; with n scored answers the
/// posterior is the MAP estimate with its Laplace covariance, so a model with few scores stays near its prior.
/// A row without difficulty (no text, no signal, unlike anything seen) gets the mean of the curve over the training
/// mix of difficulties, with the spread of the curve inside its standard error.
/// Const methods are thread-safe; they do not allocate.
class QualityModel {
public:
    QualityModel();

    /// Adds a model, or finds it by exact name. `capability` is a published accuracy in (0, 1) on a hard knowledge
    /// benchmark (MMLU-Pro scale); missing means an average model with a wide prior.
    ModelHandle addModel(std::string_view name, std::optional<double> capability = {});

    /// Nothing when the model was never added.
    [[nodiscard]] std::optional<ModelHandle> find(std::string_view name) const;
    [[nodiscard]] std::size_t models() const { return m_curves.size(); }
    [[nodiscard]] const std::string& nameOf(ModelHandle model) const;

    /// Scored answers the model was fitted to.
    [[nodiscard]] std::size_t labels(ModelHandle model) const;

    /// The quality of the model's answer to a request of this difficulty (0 easy .. 1 hard). ~10 ns.
    [[nodiscard]] Quality quality(ModelHandle model, std::optional<double> difficulty) const;

    /// Refits every model's curve to scored answers; models that are new get a prior without capability.
    /// Deterministic; linear in rows; 100,000 rows take well under a second.
    /// Errors: invalidArgument for a score outside 0..1, a difficulty outside 0..1 or NaN (line = 1-based row).
    [[nodiscard]] Result<void> fit(std::span<const ScoredRow> rows);

private:
    static constexpr std::size_t kKnots = 129;  ///< of the table over difficulty 0..1
    struct Curve {
        std::string name;
        AbilityPrior prior;
        bool hasCapability = false;
        double theta = 0.0;
        double slope = 1.0;
        double varTheta = 1.0;
        double varSlope = 0.04;
        double covariance = 0.0;
        std::size_t labels = 0;
        std::vector<float> q;   ///< by knot
        std::vector<float> se;  ///< by knot
        float meanQ = 0.0F;
        float meanSe = 0.0F;
    };

    void tabulate(Curve& curve) const;

    std::vector<Curve> m_curves;
    std::map<std::string, ModelHandle, std::less<>> m_byName;
};

}  // namespace tierwise::assess
