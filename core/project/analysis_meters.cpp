// SPDX-License-Identifier: GPL-3.0-or-later
// What a policy would put on the bill, meter by meter.
#include <array>
#include <map>
#include <tuple>

#include "core/project/analysis_impl.h"

namespace tierwise::project {
namespace {

using catalog::Meter;

// Rates of offerings under the contexts that a log meets, looked up once each.
class RateCache {
public:
    RateCache(const catalog::Catalog& catalog, const store::WorkloadSnapshot& log, std::optional<Timestamp> priceDate)
        : m_catalog(catalog), m_log(log), m_priceDate(priceDate) {}

    const catalog::EffectiveRates& at(OfferingIndex offering, std::size_t row) {
        const auto nanos = m_log.timeNanos.at(row);
        const auto time = m_priceDate ? m_priceDate
                          : nanos     ? std::optional<Timestamp>(Timestamp::fromNanos(*nanos))
                                      : std::nullopt;
        // A rate may depend on the time of day, so the key is the minute.
        const std::int64_t minute = time ? time->nanos() / 60'000'000'000 : -1;
        const std::tuple key(offering, m_log.serviceTier.codes[row], m_log.region.codes[row], minute);
        auto found = m_rates.find(key);
        if (found == m_rates.end()) {
            const catalog::PriceContext context{time, m_log.serviceTier.at(row), m_log.region.at(row)};
            found = m_rates.emplace(key, m_catalog.ratesAt(offering, context)).first;
        }
        return found->second;
    }

private:
    const catalog::Catalog& m_catalog;
    const store::WorkloadSnapshot& m_log;
    std::optional<Timestamp> m_priceDate;
    std::map<std::tuple<OfferingIndex, std::int32_t, std::int32_t, std::int64_t>, catalog::EffectiveRates> m_rates;
};

// A cache meter without a rate of its own is billed as the next dearer kind (EffectiveRates::price).
std::optional<Rate> rateOf(const catalog::EffectiveRates::PerMeter& rates, Meter meter) {
    constexpr std::array<std::pair<Meter, Meter>, 3> kFallbacks{{{Meter::cacheWrite1h, Meter::cacheWrite5m},
                                                                 {Meter::cacheWrite5m, Meter::input},
                                                                 {Meter::cacheRead, Meter::input}}};
    for (const auto& [from, to] : kFallbacks) {
        if (meter == from && !rates[static_cast<std::size_t>(meter)]) {
            meter = to;
        }
    }
    return rates[static_cast<std::size_t>(meter)];
}

}  // namespace

Result<void> Workbench::meters(const route::Policy& policy, const std::function<void(const MeterUse&)>& each,
                               const TaskContext& context) const {
    const auto decided = m_impl->decide(policy, context);
    if (!decided) {
        return fail(decided.error());
    }
    const route::Decisions& decisions = (*decided)->decisions;
    if (decisions.severalAttempts()) {
        return fail(ErrorCode::invalidArgument, "a cascade has no exact bill: its second attempts are expectations",
                    "Export a policy without a cascade.", "policy " + policy.name);
    }
    const replay::UsageModel usage(m_impl->replay);
    RateCache rates(m_impl->in.catalog, *m_impl->in.rows, m_impl->replay.priceDate);
    for (std::size_t row = 0; row < decisions.first.size(); ++row) {
        if (row % 4096 == 0 && context.stopRequested()) {
            return TaskContext::cancelled();
        }
        const std::uint8_t chosen = decisions.first[row];
        if (chosen == route::kNoCandidate) {
            continue;
        }
        const auto offering = m_impl->who[chosen].asLogged
                                  ? m_impl->replay.logged[m_impl->replay.loggedOf[row]].offering
                                  : m_impl->replay.candidates[chosen].offering;
        if (!offering || !usage.hasUsage(row)) {
            continue;
        }
        const auto tokens = usage.tokens(row, chosen);
        const auto& perMeter = rates.at(*offering, row).forPrompt(tokens.prompt());
        for (const auto& [meter, quantity] :
             {std::pair(Meter::input, tokens.inputUncached), std::pair(Meter::cacheRead, tokens.cacheRead),
              std::pair(Meter::cacheWrite5m, tokens.cacheWrite5m), std::pair(Meter::cacheWrite1h, tokens.cacheWrite1h),
              std::pair(Meter::output, tokens.output), std::pair(Meter::request, tokens.requests)}) {
            const auto rate = rateOf(perMeter, meter);
            if (quantity > 0 && rate) {
                each({row, *offering, m_impl->tierOn(row, chosen), meter, quantity, *rate});
            }
        }
    }
    return {};
}

}  // namespace tierwise::project
