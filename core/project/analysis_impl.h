// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/analyze/intervals.h"
#include "core/analyze/measures.h"
#include "core/base/int128.h"
#include "core/project/analysis.h"
#include "core/replay/counterfactual.h"
#include "core/route/frontier.h"
#include "core/route/router.h"
#include "core/route/threshold_index.h"

namespace tierwise::project {

/// A policy that has been run: what it decided, with lost cache prefixes inside the costs. Internal to core/project.
struct Decided {
    std::string key;  ///< the policy as JSON
    route::Policy policy;
    route::BoundRouter router;
    route::Decisions decisions;
    Int128 cacheLossPico = 0;
};
using DecidedPtr = std::shared_ptr<const Decided>;

/// [cause][low, high] pico-dollars.
using CostShifts = std::array<std::array<double, 2>, std::tuple_size_v<replay::EndCosts>>;

/// What a policy amounts to over all rows that it serves: small, and kept longer than its columns.
struct Summary {
    analyze::Evaluation evaluation;
    CostShifts shifts{};
    std::vector<double> evidence;  ///< evidenceShift() over all rows
};

/// The columns and indexes behind a Workbench. Immutable after build, but for the cache of the last policies.
struct Workbench::Impl {
    WorkbenchInputs in;
    replay::ReplayInputs replay;
    replay::ReplayColumns columns;
    route::ChoiceTable table;           ///< all candidates, as logged last
    std::vector<route::Candidate> who;  ///< likewise
    std::vector<CandidateInfo> infos;
    /// [model] Everything on it; where it cannot serve, on the best that can: points that stand for all usable rows.
    std::vector<analyze::CostQuality> singles;
    std::size_t models = 0;  ///< candidates that are models: who[models] is "as logged"
    analyze::Coverage coverage;
    std::string signal;
    std::vector<float> signalOf;                        ///< [row] NaN = none
    std::vector<std::vector<std::uint8_t>> tierChoice;  ///< [local, commodity, premium][row] candidate that serves it
    std::vector<std::uint8_t> defaultChoice;            ///< [row] where there is no signal
    std::vector<std::uint64_t> modelMask;  ///< [row] candidates with a price and room for it, without "as logged"
    std::optional<replay::UsageModel> usageModel;                           ///< for const questions alone: token counts
    std::map<std::pair<std::size_t, std::size_t>, double> measuredSeconds;  ///< (row, candidate), of outcomes
    std::map<std::pair<std::size_t, std::size_t>, std::string> answers;     ///< likewise, for agreement
    std::optional<route::ThresholdIndex> thresholds;
    std::optional<route::Frontier> frontier;
    analyze::Clusters clusters;  ///< of usable rows
    Baseline baseline = Baseline::asLogged;
    bool hasSessionCache = false;
    std::array<double, 4> loggedTierShares{};
    std::vector<std::string> notes;       ///< of the whole session
    std::vector<std::string> speedNotes;  ///< where latency bounds get their speeds

    mutable std::mutex mutex;
    mutable std::list<std::pair<std::string, DecidedPtr>> cache;              ///< the last policies, most recent first
    mutable std::map<std::string, std::shared_ptr<const Summary>> summaries;  ///< by Decided::key
    /// [baseline][row] who serves it, for dragging; made when first asked for.
    mutable std::array<std::shared_ptr<const std::vector<std::uint8_t>>, 5> baselineChoices;
    struct DragState;  ///< analysis_drag.cpp
    mutable std::mutex dragMutex;
    mutable std::shared_ptr<DragState> dragState;

    // analysis_build.cpp
    /// What a local offering's hardware may cost, with a note of what that rests on; 1 and 1 for all others.
    [[nodiscard]] replay::HardwareRange hardwareOf(const std::string& offering);
    [[nodiscard]] Result<void> resolveCandidates();
    void resolveLogged();
    [[nodiscard]] Result<void> buildColumns(const TaskContext& context);
    void countCoverage();
    void countSingles();
    void buildThresholds();
    void chooseBaseline();

    // analysis_usage.cpp
    /// The reasoning multipliers at difficulty 0 and 1.
    [[nodiscard]] std::pair<replay::Assumed, replay::Assumed> reasoningOf(const catalog::Model& model) const;
    void relateTokenizers(const TaskContext& context);
    void measureSpeeds();
    /// Which candidates each outcome speaks of, and what is looked up by row: seconds and answers.
    void relateOutcomes();
    void noteUnknownNames(const std::vector<std::string>& ofOutcomes);
    /// How long the candidate's answer takes: measured, logged, or its output by its speed. Nothing where no speed is
    /// known.
    [[nodiscard]] std::optional<double> secondsOf(std::size_t row, std::size_t candidate) const;

    // analysis.cpp
    [[nodiscard]] route::RoutingInputs routing() const;
    /// From the cache of the last policies, or settled.
    [[nodiscard]] Result<DecidedPtr> decide(const route::Policy& policy, const TaskContext& context) const;
    [[nodiscard]] Result<Decided> settle(const route::Policy& policy, const TaskContext& context) const;
    [[nodiscard]] Result<Decided> decideOnce(const route::Policy& policy, std::optional<double> aim,
                                             const TaskContext& context) const;
    /// Worked out once a policy.
    [[nodiscard]] std::shared_ptr<const Summary> summary(const Decided& decided) const;
    [[nodiscard]] analyze::Evaluation evaluation(const Decided& decided) const { return summary(decided)->evaluation; }
    [[nodiscard]] Summary summarize(const Decided& decided) const;
    /// `of`: the workbench of the scenario.
    [[nodiscard]] route::Policy baselinePolicy(Baseline baseline, const Impl& of, const Decided& scenario) const;
    [[nodiscard]] std::size_t bestSingle() const;
    /// Tier of candidate j on a row: as logged has that of the logged model.
    [[nodiscard]] Tier tierOn(std::size_t row, std::uint8_t candidate) const;
    [[nodiscard]] double standardErrorOf(std::size_t row, std::uint8_t candidate) const;
    [[nodiscard]] assess::Rung rungOf(std::size_t row, std::uint8_t candidate) const;
    [[nodiscard]] std::string nameOn(std::size_t row, std::uint8_t candidate) const;
    /// Why no candidate can be priced on the row: token counts that it lacks, or prices.
    [[nodiscard]] const char* whyUnusable(std::size_t row) const;
    /// Why a policy leaves the row out.
    [[nodiscard]] std::string whyInfeasible(const Decided& decided, std::size_t row) const;
    /// Changes of the total cost when an assumption is at an end instead of the middle; use: [row], empty = all.
    [[nodiscard]] CostShifts costShifts(const Decided& decided, const std::vector<std::uint8_t>& use) const;
    /// How much one standard error of each model's quality moves the mean quality of the rows in use: [model].
    [[nodiscard]] std::vector<double> evidenceShift(const Decided& decided, const std::vector<std::uint8_t>& use) const;

    // analysis_segments.cpp
    [[nodiscard]] std::optional<analyze::MixDrift> mixDrift(const route::Decisions& out) const;

    // analysis_fit.cpp
    /// The cheapest tier whose quality on the row reaches the bar, and its cheapest candidate that does.
    struct Need {
        std::uint8_t candidate = route::kNoCandidate;
        Tier tier = Tier::unbanded;
    };
    [[nodiscard]] Need needOf(std::size_t row, float bar) const;
    /// A row's part in a tier fit.
    struct Fit {
        std::uint8_t used = route::kNoCandidate;  ///< none: the policy cannot serve the row, and it is not judged
        Tier usedTier = Tier::unbanded;
        Need need;
        double wastedUsd = 0;       ///< > 0: overserved
        double expectedErrors = 0;  ///< > 0: underserved
    };
    [[nodiscard]] Fit fitOf(const route::Decisions& out, std::size_t row, const Need& need) const;

    // analysis_compare.cpp
    /// The baseline is this one's; `other` is the workbench of the scenario, over the same rows.
    [[nodiscard]] analyze::Paired paired(const Impl& other, const Decided& scenario, const Decided& baseline,
                                         const std::string& baselineName) const;
    [[nodiscard]] analyze::Scenario scenario(const Impl& other, const Decided& decided, const Decided& baseline) const;

    // analysis_drag.cpp
    /// What lost prefixes add to the cost of a choice (pico-dollars), and to every row of extra, where it is given.
    [[nodiscard]] double cacheLossOf(std::span<const std::uint8_t> choice, std::span<std::int64_t> extra = {}) const;
    [[nodiscard]] analyze::DragResult drag(const std::vector<std::uint8_t>& choice,
                                           std::optional<Baseline> against) const;
    /// Null for baselines that depend on the scenario, or are no single candidate.
    [[nodiscard]] std::shared_ptr<const std::vector<std::uint8_t>> baselineChoice(Baseline kind) const;
    void tierSharesOf(const std::vector<std::uint8_t>& choice, analyze::TierShares& shares) const;
};

/// Which segment every row belongs to. Internal to core/project.
struct Segmentation {
    std::vector<std::uint32_t> of;  ///< [row] index into keys
    std::vector<std::string> keys;  ///< "" = rows without one
    bool ordered = false;           ///< days, hours, difficulty bands: keep their order
    bool timed = false;             ///< days, hours
};
/// by: see Workbench::segments. Error invalidArgument.
[[nodiscard]] Result<Segmentation> segmentation(const store::WorkloadSnapshot& log, const std::string& by);

/// What rules and constraints leave to choose.
struct Workbench::Bounds {
    std::vector<std::uint64_t> open;  ///< [row] candidates
    route::Frontier frontier;
};

inline constexpr double kPicoDollars = 1e-12;

/// The assumptions that a cost depends on, in the order of replay::EndCosts, with their names in reports.
struct AssumptionCause {
    const char* name;
    const char* why;
};
inline constexpr std::array<AssumptionCause, std::tuple_size_v<replay::EndCosts>> kAssumptionCauses{{
    {"tokenizer", "input tokens of a model with another tokenizer"},
    {"output length", "how long another model's answer to the same request is"},
    {"reasoning overhead", "how much a reasoning model thinks at the request's difficulty"},
    {"hardware", "local models: from the power alone to one request at a time"},
}};

/// Puts the causes in order and the range together (root of summed squares, a side each).
[[nodiscard]] analyze::RangedFigure ranged(double value, std::vector<analyze::CauseRange> causes);

}  // namespace tierwise::project
