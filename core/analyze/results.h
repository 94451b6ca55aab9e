// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/assess/signal.h"
#include "core/base/ids.h"
#include "core/base/money.h"

// What the analysis says, as plain values: front ends and reports show them and compute nothing.
// Money is US dollars (double, for showing) beside an exact MoneySum where a total is exact. Quality is 0..1.
// Every range is 95%.

namespace tierwise::analyze {

struct Interval {
    double low = 0;
    double high = 0;
    bool operator==(const Interval&) const = default;
    [[nodiscard]] bool holds(double value) const { return low <= value && value <= high; }
};

/// One cause of uncertainty of a figure: what the figure becomes when that cause alone is at its low or its high end.
struct CauseRange {
    std::string cause;  ///< "sampling", "output length", "tokenizer", "reasoning overhead", "quality evidence", "cache"
    double low = 0;     ///< the figure, not a difference; low <= value <= high
    double high = 0;
    std::string why;  ///< what is assumed, and where it comes from
    bool operator==(const CauseRange&) const = default;
};

/// A figure, its range from all causes together (independent causes: root of summed squares a side), and the causes,
/// widest first.
struct RangedFigure {
    double value = 0;
    Interval range;
    std::vector<CauseRange> causes;
    [[nodiscard]] std::string dominantCause() const { return causes.empty() ? std::string() : causes.front().cause; }
    bool operator==(const RangedFigure&) const = default;
};

/// One candidate's part in a scenario.
struct MixEntry {
    std::string id;    ///< candidate id
    std::string name;  ///< for people
    Tier tier = Tier::unbanded;
    double requests = 0;  ///< calls; a cascade's escalation is a second call
    double share = 0;     ///< of all requests (shares of a cascade sum to more than 1)
    double costUsd = 0;
    double meanQuality = 0;                   ///< of its answers
    assess::Rung rung = assess::Rung::prior;  ///< weakest evidence used for it here
    bool operator==(const MixEntry&) const = default;
};

/// The same by tier; index = static_cast<size_t>(Tier).
struct TierShare {
    double requests = 0;
    double share = 0;
    double costUsd = 0;
    bool operator==(const TierShare&) const = default;
};
using TierShares = std::array<TierShare, 4>;

/// Rows that a figure leaves out, and why. Never counted as $0.
struct Exclusion {
    std::string reason;  ///< "unpriced model", "no token counts", "infeasible" ...
    std::string what;    ///< the model name, the constraint ...
    std::size_t rows = 0;
    double requests = 0;
    bool operator==(const Exclusion&) const = default;
};

struct Coverage {
    std::size_t rows = 0;  ///< in the project
    std::size_t used = 0;  ///< in the figure
    double requests = 0;
    double requestsUsed = 0;
    std::vector<Exclusion> exclusions;  ///< most rows first
    bool operator==(const Coverage&) const = default;
};

/// What one policy would cost and achieve on the rows that it can be judged on.
struct Evaluation {
    std::string name;
    std::string description;
    Coverage coverage;
    MoneySum cost;              ///< exact sum of the mid costs (session cache included)
    RangedFigure costUsd;       ///< causes: assumptions
    RangedFigure meanQuality;   ///< causes: sampling, quality evidence
    double expectedErrors = 0;  ///< requests x (1 - quality)
    double costPerSuccessUsd = 0;
    double cacheLossUsd = 0;       ///< inside cost: prefixes billed again after a switch
    double shadowPrice = 0;        ///< expected right answers per further dollar at this point; 0 where not defined
    std::optional<double> gapUsd;  ///< caps: cost above the proven bound
    std::vector<MixEntry> mix;     ///< dearest tier first
    TierShares tiers{};
    assess::Rung weakestRung = assess::Rung::prior;
    std::vector<std::string> notes;  ///< what a reader must know ("signal is prompt length: no difficulty yet")
    bool operator==(const Evaluation&) const = default;
};

enum class Verdict : std::uint8_t { decisive, notDecisive };

/// A scenario against a baseline on the rows that both can judge: paired by request, clustered by session.
struct Paired {
    std::string baseline;
    std::size_t rows = 0;
    std::size_t clusters = 0;      ///< sessions, and requests without one
    std::size_t loneRequests = 0;  ///< of the clusters
    double baselineCostUsd = 0;    ///< on the paired rows
    double costUsd = 0;
    double baselineQuality = 0;
    double quality = 0;
    RangedFigure savingUsd;      ///< > 0: the scenario is cheaper
    double savingShare = 0;      ///< of the baseline's cost
    RangedFigure qualityChange;  ///< > 0: the scenario is better; 0..1 scale (0.01 = one point)
    Verdict costVerdict = Verdict::notDecisive;
    Verdict qualityVerdict = Verdict::notDecisive;
    /// Scored rows that would decide the quality question at the present difference: n = (1.96 s / delta)^2 (domain,
    /// section 6). Missing where it is decided, or where the difference is zero (no number of labels decides).
    std::optional<double> labelsNeeded;
    std::string sentence;  ///< the finding in one sentence
    bool operator==(const Paired&) const = default;
};

struct Scenario {
    Evaluation evaluation;
    std::optional<Paired> against;    ///< missing for the baseline itself
    bool pareto = true;               ///< no other scenario is both cheaper and better
    std::optional<double> gapClosed;  ///< share of the oracle's gap over the best single model
    /// Cost saved at this scenario's quality against the best single model of at least that quality; missing when none.
    std::optional<double> savingAtMatchedQuality;
    bool operator==(const Scenario&) const = default;
};

struct Comparison {
    std::vector<Scenario> scenarios;  ///< the baseline first
    std::string baseline;
    std::string bestSingle;  ///< id of the candidate with the best mean quality (cheapest among equals)
    std::uint64_t seed = 0;  ///< of the bootstrap
    int replicates = 0;
    bool operator==(const Comparison&) const = default;
};

/// A point of the cost-quality curve.
struct CurvePoint {
    double costUsd = 0;
    double meanQuality = 0;
    std::size_t step = 0;         ///< of the exact frontier; 0 for other curves
    double parameter = 0;         ///< threshold for a threshold curve
    double qualityPerDollar = 0;  ///< shadow price
    TierShares tiers{};
    bool operator==(const CurvePoint&) const = default;
};

struct SinglePoint {
    std::string id;
    std::string name;
    Tier tier = Tier::unbanded;
    double costUsd = 0;
    double meanQuality = 0;
    std::size_t infeasibleRows = 0;
    bool operator==(const SinglePoint&) const = default;
};

/// The trade-off page: what is possible, what single models do, and the field's measures.
struct Tradeoff {
    std::vector<CurvePoint> frontier;   ///< exact, by rising cost
    std::vector<CurvePoint> threshold;  ///< the best thresholds on the signal between the cheapest and best candidate
    std::vector<SinglePoint> singles;
    std::optional<SinglePoint> asLogged;
    std::string signal;           ///< "difficulty", or "inputTokens" where no row has a difficulty
    double aiq = 0;               ///< RouterBench: area under the frontier / (c_max - c_min)
    double aiqZero = 0;           ///< of the zero router (hull of the single models)
    double apgr = 0;              ///< RouteLLM, for the threshold curve between weakest and strongest
    std::optional<double> cpt50;  ///< share of strong calls for half of the gap
    std::optional<double> cpt80;
    Coverage coverage;
    bool operator==(const Tradeoff&) const = default;
};

/// What dragging shows: totals by look-up, intervals by the delta method.
struct DragResult {
    double costUsd = 0;
    double meanQuality = 0;
    Interval costRange;     ///< sampling
    Interval qualityRange;  ///< sampling
    /// Whether the baseline can be compared while dragging; the differences below are 0 where it cannot.
    bool compared = false;
    double baselineCostUsd = 0;  ///< on the rows that both can serve
    double pairedCostUsd = 0;    ///< likewise
    double savingUsd = 0;        ///< against the baseline asked for
    Interval savingRange;
    double qualityChange = 0;
    Interval qualityChangeRange;
    bool decisive = false;  ///< quality change
    TierShares tiers{};
    std::string sentence;
    bool operator==(const DragResult&) const = default;
};

/// A row whose tier does not fit.
struct Misfit {
    std::size_t row = 0;  ///< index into the snapshot
    RequestId id;
    Tier used = Tier::unbanded;
    std::optional<Tier> needed;  ///< missing: no tier reaches the bar
    double wastedUsd = 0;        ///< overserved: cost above the needed tier's
    double expectedErrors = 0;   ///< underserved: errors that the needed tier would avoid
    std::string reason;
    bool operator==(const Misfit&) const = default;
};

struct TierFitCell {
    std::size_t rows = 0;
    double requests = 0;
    double costUsd = 0;
    double wastedUsd = 0;
    double expectedErrors = 0;
    bool operator==(const TierFitCell&) const = default;
};

/// Tier used x tier needed. needed = the cheapest tier whose quality reaches the bar (domain, section 6).
struct TierFit {
    double bar = 0;
    /// [used][needed]; used: static_cast<size_t>(Tier); needed: likewise, and 0 = no tier reaches the bar.
    std::array<std::array<TierFitCell, 4>, 4> cells{};
    double overservedUsd = 0;
    double overservedRequests = 0;
    double underservedErrors = 0;
    double underservedRequests = 0;
    std::vector<Misfit> overserved;   ///< most dollars first
    std::vector<Misfit> underserved;  ///< most errors first
    Coverage coverage;
    assess::Rung weakestRung = assess::Rung::prior;
    bool operator==(const TierFit&) const = default;
};

/// Which rows a tier fit is about, and which of them its lists hold.
struct FitScope {
    std::string by;              ///< a kind of segment ("team", "tag", "session" ...); "" = all rows
    std::string key;             ///< the segment; "" with `by`: rows without one
    std::optional<Tier> used;    ///< the lists hold rows of this tier alone
    std::optional<Tier> needed;  ///< likewise; unbanded = rows that no tier serves well enough
    enum class Side : std::uint8_t { both, overserved, underserved };
    Side side = Side::both;  ///< of fitRows
    bool operator==(const FitScope&) const = default;
};

/// Tier fit of one segment.
struct FitLine {
    std::string key;  ///< "" = rows without one
    std::size_t rows = 0;
    double requests = 0;
    double costUsd = 0;
    double overservedUsd = 0;
    double overservedRequests = 0;
    double underservedErrors = 0;
    double underservedRequests = 0;
    bool operator==(const FitLine&) const = default;
};
struct FitTable {
    std::string by;
    std::vector<FitLine> lines;  ///< most dollars wasted first, then most errors
    FitLine total;
    std::size_t folded = 0;  ///< segments beyond the limit, in one line "(others)" at the end
    bool operator==(const FitTable&) const = default;
};

/// What the user's word on single requests changes in a tier fit, over all rows.
struct OverrideEffect {
    std::size_t overrides = 0;  ///< in all
    std::size_t judged = 0;     ///< of rows that the fit can judge
    double wastedBeforeUsd = 0;
    double wastedAfterUsd = 0;
    double errorsBefore = 0;
    double errorsAfter = 0;
    bool operator==(const OverrideEffect&) const = default;
};

struct TornadoBar {
    std::string cause;
    double low = 0;  ///< the saving, in dollars, with this cause at the end that makes it least
    double high = 0;
    std::string why;
    bool operator==(const TornadoBar&) const = default;
};
struct Tornado {
    double savingUsd = 0;
    std::vector<TornadoBar> bars;  ///< widest first
    double qualityChange = 0;
    std::vector<TornadoBar> qualityBars;  ///< the same for the change of quality
    bool operator==(const Tornado&) const = default;
};

struct SegmentLine {
    std::string key;  ///< the team, tag, day ...; "" = rows without one
    std::size_t rows = 0;
    double requests = 0;
    double costUsd = 0;
    double baselineCostUsd = 0;
    double meanQuality = 0;
    double qualityChange = 0;
    Interval qualityChangeRange;  ///< delta method, clustered by session
    double savingUsd = 0;
    Interval savingRange;
    TierShares tiers{};
    bool operator==(const SegmentLine&) const = default;
};
/// How the mix of tiers moved between the first and the second half of the dated requests, in time order.
struct MixDrift {
    TierShares early{};
    TierShares late{};
    double distance = 0;  ///< half the sum of the shares' absolute changes, 0..1 (total variation)
    Tier most = Tier::unbanded;
    Interval mostChange;  ///< change of that tier's share: delta method, clustered by session
    bool operator==(const MixDrift&) const = default;
};
struct SegmentTable {
    /// "team", "tag", "user", "session", "day", "hour", "domain", "difficulty", "model", "dataClass"
    std::string by;
    std::vector<SegmentLine> lines;    ///< most cost first (day, hour and difficulty: in order)
    std::optional<std::size_t> worst;  ///< the line that loses most quality among those with enough rows
    std::size_t folded = 0;            ///< keys beyond the limit, in one line "(others)"
    std::optional<MixDrift> drift;     ///< by day and by hour, where both halves have requests
    bool operator==(const SegmentTable&) const = default;
};

/// Requests and dollars that move between tiers from one scenario to another; [from][to].
struct RowFlow {
    std::array<std::array<TierFitCell, 4>, 4> cells{};
    bool operator==(const RowFlow&) const = default;
};

/// The price of a constraint: least cost with it - least cost without it, at equal quality.
struct ConstraintPrice {
    std::string constraint;
    double costUsd = 0;
    std::optional<double> gapUsd;  ///< what the bound leaves open
    std::string note;
    bool operator==(const ConstraintPrice&) const = default;
};

/// How concentrated cost is.
struct Concentration {
    std::string by;  ///< "requests", "users", "sessions", "teams"
    std::size_t count = 0;
    double gini = 0;
    double topTenthShare = 0;  ///< of cost, by the dearest 10%
    double topHundredthShare = 0;
    bool operator==(const Concentration&) const = default;
};

/// Why one request goes where it goes.
struct Alternative {
    std::string id;
    std::string name;
    Tier tier = Tier::unbanded;
    bool feasible = true;
    std::string infeasibleReason;
    std::optional<RangedFigure> costUsd;
    std::optional<double> quality;
    double qualityError = 0;  ///< standard error
    assess::Rung rung = assess::Rung::prior;
    bool chosen = false;
    bool operator==(const Alternative&) const = default;
};
struct Explanation {
    std::size_t row = 0;
    RequestId id;
    std::string policy;
    std::optional<std::string> chosen;  ///< candidate id; missing: infeasible
    Tier tier = Tier::unbanded;
    std::string reason;  ///< in words
    std::optional<float> difficulty;
    assess::Signal signal = assess::Signal::notScored;
    double costUsd = 0;
    double quality = 0;
    std::vector<Alternative> alternatives;
    bool operator==(const Explanation&) const = default;
};

/// A row with the tier and reason that a policy gives it, for lists behind a bar or a point.
struct RoutedRow {
    std::size_t row = 0;
    RequestId id;
    std::string candidate;  ///< id; "" = infeasible
    Tier tier = Tier::unbanded;
    double costUsd = 0;
    double quality = 0;
    std::string reason;
    bool operator==(const RoutedRow&) const = default;
};

/// An estimate from the log's own routing alone.
struct OffPolicyEstimate {
    std::string method;  ///< "SNIPS", "doubly robust"
    bool identifiable = false;
    double value = 0;  ///< mean quality of the policy
    Interval range;
    double effectiveSampleSize = 0;
    double coverage = 0;  ///< share of the policy's requests whose choice the log also tried
    std::size_t scoredRows = 0;
    std::string note;  ///< why not, or what it rests on
    bool operator==(const OffPolicyEstimate&) const = default;
};

}  // namespace tierwise::analyze
