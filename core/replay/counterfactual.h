// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/assess/quality_model.h"
#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/catalog/catalog.h"
#include "core/replay/assumptions.h"
#include "core/replay/outcome.h"
#include "core/replay/rate_table.h"
#include "core/route/choice_table.h"
#include "core/route/router.h"
#include "core/store/workload_snapshot.h"

namespace tierwise::replay {

/// A local model's cost at the ends of what its hardware may cost, as factors on its rates.
struct HardwareRange {
    double low = 1;
    double high = 1;
    bool operator==(const HardwareRange&) const = default;
    [[nodiscard]] bool isKnown() const { return low == 1 && high == 1; }
};

/// A model that requests could go to, with everything that is known and assumed about it.
struct CandidateModel {
    route::Candidate who;
    std::optional<OfferingIndex> offering;  ///< missing for "as logged", and for models known by their outcomes alone
    std::optional<ModelIndex> model;
    assess::ModelHandle quality = -1;
    bool reasons = false;
    std::string tokenizerFamily;
    Assumed verbosity;
    Assumed reasoningEasy{1, 1, 1, {}};
    Assumed reasoningHard{1, 1, 1, {}};
    HardwareRange hardware;
    std::string capabilitySource;  ///< where its quality comes from while nothing was measured
};

/// What a logged model name turned out to be.
struct LoggedModel {
    std::string name;
    std::optional<OfferingIndex> offering;
    std::optional<ModelIndex> model;
    Tier tier = Tier::unbanded;
    bool reasons = false;
    std::string tokenizerFamily;
    double reasoningEasy = 1;
    double reasoningHard = 1;
    assess::ModelHandle quality = -1;
    std::string unpricedReason;  ///< "" = priced
    std::string serviceTier;     ///< said by the name
    /// At the price date the name means another model: what was logged cannot be bought any more and keeps the prices
    /// of its own time.
    bool ownPrices = false;
    HardwareRange hardware;
};

/// Which end of each assumption counts.
enum class End : std::uint8_t { low = 0, mid = 1, high = 2 };

/// A row's cost with one assumption at its low or high end and all others in the middle, in pico-dollars: [tokenizer,
/// verbosity, reasoning, hardware][low, high].
using EndCosts = std::array<std::array<std::int64_t, 2>, 4>;

/// Tokens of the rows' prompt texts by a vocabulary that ships: exact counts.
struct CountedPrompts {
    std::string family;                 ///< "o200k", "cl100k", as Model::tokenizerFamily has it
    std::vector<std::uint32_t> tokens;  ///< [row]; 0 = no text, or not counted
};

/// Whom a measured answer speaks of.
struct OutcomeTarget {
    std::size_t candidate = 0;
    bool sameOffering = true;  ///< else of the same model elsewhere: its score and tokens count, its cost does not
};

/// What everything is computed from; borrowed.
struct ReplayInputs {
    const store::WorkloadSnapshot* log = nullptr;
    const catalog::Catalog* catalog = nullptr;
    const assess::QualityModel* quality = nullptr;
    const Assumptions* assumptions = nullptr;
    std::vector<CandidateModel> candidates;  ///< the last may be asLogged
    std::vector<LoggedModel> logged;         ///< [0] = the log names no model
    std::vector<std::uint16_t> loggedOf;     ///< [row] index into logged
    /// [candidate][logged] input tokens of the candidate per token of the logged model; "as logged" has none.
    std::vector<std::vector<Assumed>> tokenizer;
    std::vector<CountedPrompts> counted;                               ///< may be empty
    std::map<std::string, std::vector<OutcomeTarget>> outcomeTargets;  ///< by Outcome::model
    std::optional<Timestamp> priceDate;                                ///< missing = each row's own date
};

/// The columns of cost and quality of every candidate on every row.
struct ReplayColumns {
    std::vector<std::vector<std::int64_t>> cost;  ///< [candidate][row] pico-dollars
    std::vector<std::vector<float>> quality;      ///< [candidate][row]
    std::vector<std::uint64_t> feasible;          ///< [row] candidates with a price
    std::vector<std::uint64_t> fits;              ///< [row] candidates whose context window holds it
    std::vector<store::Bitmap> measured;          ///< [candidate] quality is a score of this very answer
    std::vector<store::Bitmap> measuredCost;      ///< [candidate] cost is what that answer cost

    [[nodiscard]] route::ChoiceTable table(const store::WorkloadSnapshot& log) const;
};

/// Counterfactual usage and cost of rows on candidates (domain, section 3). One a thread: it keeps rate tables.
class UsageModel {
public:
    explicit UsageModel(const ReplayInputs& inputs);

    /// The row has the token counts that a price needs.
    [[nodiscard]] bool hasUsage(std::size_t row) const {
        return m_inputs->log->inputUncached.valid.test(row) && m_inputs->log->output.valid.test(row);
    }
    /// What the row would have used on the candidate: exactly the log's usage where it is the logged model. Else, of
    /// input: the exact count where the whole prompt's text is there and the candidate's vocabulary ships, or the
    /// logged count by the ratio of the tokenizers; of output: answer x (verbosity + k(d) - 1), where answer is what
    /// the log's model said without its thinking.
    [[nodiscard]] BilledTokens tokens(std::size_t row, std::size_t candidate) const;
    /// Prompt and answer of one request on the candidate, which its context window must hold. Thinking is left out
    /// where it is assumed: models cut it short before the window is full.
    [[nodiscard]] double windowTokens(std::size_t row, std::size_t candidate) const;
    /// The price of these tokens on the row; the candidate has an offering.
    [[nodiscard]] std::optional<std::int64_t> priceOf(std::size_t row, std::size_t candidate,
                                                      const BilledTokens& tokens);
    /// The rates that cost() takes for these tokens; the row has a price on the candidate. Valid until the next call.
    [[nodiscard]] const FlatRates& ratesOf(std::size_t row, std::size_t candidate, const BilledTokens& tokens);
    /// Its price in pico-dollars; nothing where it cannot be priced.
    [[nodiscard]] std::optional<std::int64_t> cost(std::size_t row, std::size_t candidate);
    /// Its cost at all ends; an end that cannot be priced has the middle's. Nothing where cost() gives nothing.
    [[nodiscard]] std::optional<EndCosts> endCosts(std::size_t row, std::size_t candidate);
    /// The row as it was logged, at the logged model's list price.
    [[nodiscard]] std::optional<std::int64_t> loggedCost(std::size_t row);
    /// How much more it costs to bill the row's cached prefix again on the candidate than to read it, >= 0.
    [[nodiscard]] std::int64_t rebillExtra(std::size_t row, std::size_t candidate, bool switched);
    /// The reasoning multiplier k(d) of a candidate at a row's difficulty (0.5 where it has none).
    [[nodiscard]] double reasoningMultiplier(std::size_t row, std::size_t candidate, End end) const;
    [[nodiscard]] bool sameModel(std::size_t row, std::size_t candidate) const;

private:
    struct Multiplier {
        double easy = 1;
        double logRatio = 0;
    };
    [[nodiscard]] RateTable& loggedRates(std::size_t row, const BilledTokens& tokens);
    [[nodiscard]] BilledTokens loggedTokens(std::size_t row) const;
    [[nodiscard]] double difficulty(std::size_t row) const;
    [[nodiscard]] double inputRatio(std::size_t row, std::size_t candidate, std::int64_t prompt, End end) const;
    [[nodiscard]] double answer(std::size_t row) const;

    const ReplayInputs* m_inputs;
    std::vector<RateTable> m_rates;                        ///< [candidate] (unused ones are of offering 0)
    std::vector<RateTable> m_loggedRates;                  ///< [logged], at the price date
    std::vector<RateTable> m_datedRates;                   ///< [logged], at the row's own date
    std::vector<std::array<Multiplier, 3>> m_multipliers;  ///< [candidate][end]
    std::vector<const CountedPrompts*> m_counted;          ///< [candidate], null = its vocabulary does not ship
    std::vector<const CountedPrompts*> m_countedLogged;    ///< [logged]
};

/// Builds all columns, on two threads, deterministic. Outcomes overrule. Errors: cancelled.
[[nodiscard]] Result<ReplayColumns> buildColumns(const ReplayInputs& inputs, const std::vector<Outcome>& outcomes,
                                                 const TaskContext& context);

}  // namespace tierwise::replay
