// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/analyze/results.h"
#include "core/assess/quality_model.h"
#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/catalog/catalog.h"
#include "core/project/default_models.h"
#include "core/replay/assumptions.h"
#include "core/replay/outcome.h"
#include "core/route/policy.h"
#include "core/store/workload_snapshot.h"
#include "core/tokens/family_ratio.h"

namespace tierwise::project {

/// Which prices count.
enum class PriceDate : std::uint8_t {
    catalog,     ///< everything at the catalog's date, as logged included: the choice that is open today
    whenLogged,  ///< each request at its own date
};

enum class Baseline : std::uint8_t { asLogged, bestSingle, random, oracle, dearest };
[[nodiscard]] const char* baselineName(Baseline baseline);

struct WorkbenchOptions {
    /// Candidate model ids or offering keys. Empty: one default of each tier (resources/policy/defaults.json).
    std::vector<std::string> candidates;
    PriceDate priceDate = PriceDate::catalog;
    Baseline baseline =
        Baseline::asLogged;  ///< falls back to bestSingle where no logged row can be priced, and says so
    std::uint64_t seed = 1;
    int replicates = 200;
};

/// Everything that a workbench is built of; shared, read-only.
struct WorkbenchInputs {
    std::shared_ptr<const store::WorkloadSnapshot> rows;
    catalog::Catalog catalog;
    std::vector<catalog::UserAlias> aliases;
    assess::QualityModel quality;           ///< already fitted to the project's scored rows, if there are any
    std::vector<replay::Outcome> outcomes;  ///< measured answers of models on rows
    replay::Assumptions assumptions;
    std::vector<LocalCost> localCosts;  ///< of the catalog's local offerings (withLocalModels); may be empty
    /// Prompt text of a snapshot row, for rules that look at it; may be empty where no rule does. Any thread.
    std::function<std::optional<std::string>(std::size_t row)> promptOf;
    tokens::FamilyRatios tokenRatios;  ///< may be empty: the assumptions' ratio for every other tokenizer
    /// [row] exact tokens of the prompts by a family's vocabulary (0 = not counted), empty where none ships; may be
    /// missing.
    std::function<std::vector<std::uint32_t>(const std::string& family, const TaskContext& context)> promptTokens;
    /// The user's word on requests, as it went into quality (overrideLabels); empty = none did.
    std::map<RequestId, Tier> overrides;
    WorkbenchOptions options;
};

/// A candidate as front ends show it.
struct CandidateInfo {
    std::string id;  ///< what policies name
    std::string name;
    std::string offering;  ///< "provider/id"
    Tier tier = Tier::unbanded;
    bool asLogged = false;  ///< the log's own routing, as one more candidate
    double costUsd = 0;     ///< of everything on it
    double meanQuality = 0;
    assess::Rung rung = assess::Rung::prior;
    std::size_t infeasibleRows = 0;  ///< without a price, or beyond its context window
};

/// The analysis session over one project: the columns of cost and quality of every candidate on every row, the exact
/// frontier and the threshold index, built once (about 1 s for a million rows); after that every question is cheap.
/// Copies share the columns. All const members are safe from any thread.
class Workbench {
public:
    /// Errors: invalidArgument (unknown model, a tier without candidates), cancelled. A project without usable rows is
    /// not an error: coverage() says why.
    [[nodiscard]] static Result<Workbench> build(WorkbenchInputs inputs, const TaskContext& context);

    /// The quality model with the prior of every model that the workbench would know, for a fit to scores to start
    /// from, and the candidates by their names in it. Errors: those of build.
    struct Priors {
        assess::QualityModel quality;
        std::vector<std::pair<std::string, Tier>> candidates;
    };
    [[nodiscard]] static Result<Priors> priors(WorkbenchInputs inputs);

    [[nodiscard]] const store::WorkloadSnapshot& rows() const;
    [[nodiscard]] const WorkbenchOptions& options() const;
    /// The one asked for, or what stands in for it (WorkbenchOptions::baseline).
    [[nodiscard]] Baseline baseline() const;
    /// What it was built of: prices, assumptions, fitted quality.
    [[nodiscard]] const WorkbenchInputs& inputs() const;
    [[nodiscard]] std::span<const CandidateInfo> candidates() const;
    /// Rows that no scenario can use, and why.
    [[nodiscard]] const analyze::Coverage& coverage() const;
    /// "difficulty", or "inputTokens" while no row has one: the signal of thresholds, to be labelled as such.
    [[nodiscard]] const std::string& signal() const;
    /// Least, median and greatest value of the signal: the ends of a slider.
    struct SignalRange {
        double least = 0;
        double median = 0;
        double greatest = 1;
        std::size_t rowsWithSignal = 0;
    };
    [[nodiscard]] SignalRange signalRange() const;

    /// Final figures of one policy, with assumption ranges and sampling. ~0.3 s per million rows.
    [[nodiscard]] Result<analyze::Evaluation> evaluate(const route::Policy& policy,
                                                       const TaskContext& context = {}) const;
    /// Scenarios side by side on the same rows, paired with a baseline (bootstrap).
    [[nodiscard]] Result<analyze::Comparison> compare(std::span<const route::Policy> policies,
                                                      std::optional<Baseline> baseline,
                                                      const TaskContext& context = {}) const;
    /// A scenario with prices or assumptions of its own: the workbench that has them (over the same rows; its quality
    /// model must be a copy of this one's, see inWorld()).
    struct Contender {
        route::Policy policy;
        const Workbench* on = nullptr;  ///< null = this one
    };
    /// The same; the baseline, the best single model and the oracle are this workbench's. Errors: those of the other;
    /// invalidArgument (other rows).
    [[nodiscard]] Result<analyze::Comparison> compare(std::span<const Contender> contenders,
                                                      std::optional<Baseline> baseline,
                                                      const TaskContext& context = {}) const;

    struct Bounds;
    /// The trade-off page. ~points look-ups.
    [[nodiscard]] analyze::Tradeoff tradeoff(std::size_t points = 101) const;
    /// local below low, commodity below high, premium above. Cheap enough for every mouse move (<= 16 ms a million
    /// rows).
    /// against: unset = the workbench's own baseline. Random and oracle are compared by compare() alone.
    /// under: rules and constraints that hold while dragging; null = none.
    [[nodiscard]] analyze::DragResult dragThresholds(double low, double high, std::optional<Baseline> against = {},
                                                     const Bounds* under = nullptr) const;
    /// The frontier's point for a budget, or for a mean quality. Errors: infeasible.
    [[nodiscard]] Result<analyze::DragResult> dragBudget(double usd, std::optional<Baseline> against = {},
                                                         const Bounds* under = nullptr) const;
    [[nodiscard]] Result<analyze::DragResult> dragQuality(double meanQuality, std::optional<Baseline> against = {},
                                                          const Bounds* under = nullptr) const;
    /// What a policy's rules, constraints and models leave to choose, with its own frontier: so that dragging is within
    /// them. Caps and sticky sessions are not in it. About as long as the first frontier. Errors: those of evaluate.
    [[nodiscard]] Result<std::shared_ptr<const Bounds>> boundsOf(const route::Policy& policy,
                                                                 const TaskContext& context = {}) const;
    [[nodiscard]] static std::vector<analyze::CurvePoint> curveOf(const Bounds& bounds, std::size_t points = 101);
    /// Shares of the requests with a signal for local, commodity, premium (they sum to 1): the thresholds that come
    /// nearest to them. Look-ups, as is its inverse.
    [[nodiscard]] std::pair<double, double> thresholdsForShares(double local, double commodity) const;
    [[nodiscard]] double shareBelow(double signal) const;
    /// The policy with what it takes from the workload as figures: see route::BoundRouter::policy().
    /// Errors: those of evaluate.
    [[nodiscard]] Result<route::Policy> withBounds(const route::Policy& policy) const;

    /// Used x needed for a policy (unset: as logged). At most `limit` rows on each side of the list.
    [[nodiscard]] Result<analyze::TierFit> tierFit(double bar, const std::optional<route::Policy>& policy = {},
                                                   std::size_t limit = 200, const TaskContext& context = {},
                                                   const analyze::FitScope& scope = {}) const;
    /// The same by segment; by: as in segments().
    [[nodiscard]] Result<analyze::FitTable> fitBySegment(double bar, const std::optional<route::Policy>& policy,
                                                         const std::string& by, std::size_t limit = 50,
                                                         const TaskContext& context = {}) const;
    /// Every request that the lists of a tier fit would hold without their limit, in row order.
    [[nodiscard]] Result<std::vector<RequestId>> fitRows(double bar, const std::optional<route::Policy>& policy,
                                                         const analyze::FitScope& scope,
                                                         const TaskContext& context = {}) const;
    /// The tier fit's totals with the user's word in place of the tier needed.
    [[nodiscard]] Result<analyze::OverrideEffect> overrideEffect(double bar, const std::optional<route::Policy>& policy,
                                                                 const std::map<RequestId, Tier>& overrides,
                                                                 const TaskContext& context = {}) const;
    /// on: the workbench of the policy (null = this one); the baseline is this one's.
    [[nodiscard]] Result<analyze::Tornado> tornado(const route::Policy& policy, std::optional<Baseline> baseline,
                                                   const TaskContext& context = {},
                                                   const Workbench* on = nullptr) const;
    /// by: "team", "tag", "user", "session", "day", "hour" (UTC), "domain", "difficulty", "model", "dataClass".
    [[nodiscard]] Result<analyze::SegmentTable> segments(const route::Policy& policy, const std::string& by,
                                                         std::size_t limit = 50, const TaskContext& context = {}) const;
    /// toOn: the workbench of `to` (null = this one).
    [[nodiscard]] Result<analyze::RowFlow> flow(const route::Policy& from, const route::Policy& to,
                                                const TaskContext& context = {}, const Workbench* toOn = nullptr) const;
    [[nodiscard]] Result<std::vector<analyze::ConstraintPrice>> constraintPrices(const route::Policy& policy,
                                                                                 const TaskContext& context = {}) const;
    [[nodiscard]] Result<std::vector<analyze::Concentration>> concentration(const route::Policy& policy) const;
    /// Mean quality of a policy from the log's own scored rows alone.
    [[nodiscard]] Result<std::vector<analyze::OffPolicyEstimate>> offPolicy(const route::Policy& policy) const;

    /// One meter of one request, as a policy would bill it.
    struct MeterUse {
        std::size_t row = 0;
        OfferingIndex offering{-1};
        Tier tier = Tier::unbanded;
        catalog::Meter meter = catalog::Meter::input;
        std::int64_t quantity = 0;  ///< > 0
        Rate rate;
    };
    /// Every meter of every request that the policy can serve, in row order, at the workbench's price date. Prefixes
    /// that a switch of models bills again are not in it (Evaluation::cacheLossUsd). Errors: those of evaluate;
    /// invalidArgument for a cascade, whose second attempts are expectations.
    [[nodiscard]] Result<void> meters(const route::Policy& policy, const std::function<void(const MeterUse&)>& each,
                                      const TaskContext& context = {}) const;

    [[nodiscard]] Result<analyze::Explanation> why(std::size_t row, const route::Policy& policy) const;
    /// Rows of a policy, filtered by tier and/or candidate, from `offset` on: the list behind a bar. An index column,
    /// so that a model can page it: rowsOf gives all row numbers, describe gives one line.
    [[nodiscard]] Result<std::vector<std::uint32_t>> rowsOf(const route::Policy& policy, std::optional<Tier> tier,
                                                            const std::string& candidate = {}) const;
    /// The rows that cost most under a policy, dearest first, of equals the earlier; at most `limit`.
    [[nodiscard]] Result<std::vector<std::uint32_t>> dearest(const route::Policy& policy, std::size_t limit,
                                                             const TaskContext& context = {}) const;
    [[nodiscard]] Result<std::vector<analyze::RoutedRow>> describe(const route::Policy& policy,
                                                                   std::span<const std::uint32_t> rows) const;
    /// The rows that the policy cannot serve, each with its reason (no token counts, no price, a constraint): the first
    /// `limit` from `offset` on, in row order.
    [[nodiscard]] Result<std::vector<analyze::RoutedRow>> infeasible(const route::Policy& policy,
                                                                     std::size_t limit = 100,
                                                                     std::size_t offset = 0) const;

private:
    struct Impl;
    std::shared_ptr<const Impl> m_impl;
};

}  // namespace tierwise::project
