// SPDX-License-Identifier: GPL-3.0-or-later
// Bands of a signal: by its own values, or by shares of the workload's requests.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/assess/signal.h"
#include "core/route/router_run.h"
#include "core/route/threshold_index.h"

namespace tierwise::route {

namespace {

// A bound as people read it: difficulties to three digits, tokens without fractions.
std::string boundText(double bound, bool byDifficulty) {
    return byDifficulty ? fmt::format("{:.3f}", bound) : fmt::format("{:.0f}", std::ceil(bound));
}

// Which requests a band serves, in words.
std::string valueWords(const Router& router, std::size_t band, const std::string& figure) {
    const auto& below = router.below;
    return band == 0              ? fmt::format("{} is below {:g}", figure, below[0])
           : band == below.size() ? fmt::format("{} is {:g} or more", figure, below[band - 1])
                                  : fmt::format("{} lies between {:g} and {:g}", figure, below[band - 1], below[band]);
}

std::string shareWords(const Router& router, std::size_t band, const std::string& figure) {
    const bool byDifficulty = router.signal == "difficulty";
    const std::size_t last = router.below.size();
    const double low = 100 * router.belowShare[band == 0 ? 0 : band - 1];
    const double high = 100 * (1 - router.belowShare[std::min(band, last - 1)]);
    const std::string bound = boundText(router.below[band == 0 ? 0 : band - 1], byDifficulty);
    if (byDifficulty) {
        return band == 0 ? fmt::format("{} is among the easiest {:.4g}% of the workload (below {})", figure, low, bound)
               : band == last
                   ? fmt::format("{} is among the hardest {:.4g}% of the workload ({} or more)", figure, high, bound)
                   : fmt::format("{} lies between the easiest {:.4g}% and the hardest {:.4g}% of the workload", figure,
                                 low, high);
    }
    return band == 0 ? fmt::format("{} is among the shortest {:.4g}% of the workload (below {})", figure, low, bound)
           : band == last
               ? fmt::format("{} is among the longest {:.4g}% of the workload ({} or more)", figure, high, bound)
               : fmt::format("{} lies between the shortest {:.4g}% and the longest {:.4g}% of the workload", figure,
                             low, high);
}

}  // namespace

// The share of requests counts those that have the signal and that some candidate could serve, whatever the policy's
// own rules and constraints leave: the same bounds everywhere in a policy, and in every policy over the same rows.
void BoundRouter::placeShares(Router& router, ThresholdIndexes& indexes) {
    if (!router.belowShare.empty() && router.below.empty()) {
        auto known = indexes.find(router.signal);
        if (known == indexes.end()) {
            std::vector<float> values(m_inputs.table->rows);
            for (std::size_t row = 0; row < values.size(); ++row) {
                const bool served = (m_inputs.table->mask(row) & ~m_loggedBit) != 0;
                values[row] = served ? static_cast<float>(signalOf(router, row)) : NAN;
            }
            known = indexes.emplace(router.signal, ThresholdIndex::build(*m_inputs.table, values, {})).first;
        }
        const ThresholdIndex& index = known->second;
        for (const double share : router.belowShare) {
            const float found = index.boundForShare(share);
            // Nobody to compare with: no request is easy or hard.
            router.below.push_back(index.rowsWithSignal() == 0 ? NAN : static_cast<double>(found));
            if (index.rowsWithSignal() > 0) {
                note(router, share, index.shareBelow(found));
            }
        }
    }
    for (auto* children : {&router.bands, &router.noSignal, &router.steps}) {
        for (auto& child : *children) {
            placeShares(child, indexes);
        }
    }
}

void BoundRouter::note(const Router& router, double share, double really) {
    if (!std::isfinite(router.below.back())) {
        return;  // all of them
    }
    const bool byDifficulty = router.signal == "difficulty";
    const double percent = std::round(1e4 * really) / 100;
    const std::string bound = boundText(router.below.back(), byDifficulty);
    std::string text =
        byDifficulty
            ? fmt::format("{:.4g}% of the requests with a difficulty are below {}: the share asked for is {:.4g}%",
                          percent, bound, 100 * share)
            : fmt::format(
                  "{:.4g}% of the requests whose length is known are below {} input tokens: the share asked "
                  "for is {:.4g}%",
                  percent, bound, 100 * share);
    if (std::find(m_notes.begin(), m_notes.end(), text) == m_notes.end()) {
        m_notes.push_back(std::move(text));
    }
}

double BoundRouter::signalOf(const Router& router, std::size_t row) const {
    const auto& log = *m_inputs.rows;
    if (router.signal == "difficulty") {
        return log.difficulty.valid.test(row) ? static_cast<double>(log.difficulty.values[row]) : NAN;
    }
    const auto tokens = log.inputTotal(row);
    return tokens ? static_cast<double>(*tokens) / log.requests[row] : NAN;
}

Result<void> BoundRouter::byThreshold(const Router& router, std::vector<std::uint32_t> rows, const std::string& lead,
                                      Run& run) const {
    const auto& log = *m_inputs.rows;
    const bool byDifficulty = router.signal == "difficulty";
    std::vector<std::vector<std::uint32_t>> bands(router.bands.size());
    std::map<std::string, std::vector<std::uint32_t>> without;
    for (const auto row : rows) {
        const double exact = signalOf(router, row);
        // Bounds by share are values of the index, which holds floats.
        const double value = router.belowShare.empty() ? exact : static_cast<double>(static_cast<float>(exact));
        if (std::isnan(value) || std::isnan(router.below.front())) {
            without[!std::isnan(value) ? "no request of the workload has a difficulty to compare with"
                    : byDifficulty
                        ? assess::signalName(static_cast<assess::Signal>(log.signal.empty() ? 0 : log.signal[row]))
                        : "input tokens not known"]
                .push_back(row);
            continue;
        }
        std::size_t band = 0;
        while (band < router.below.size() && value >= router.below[band]) {
            ++band;
        }
        bands[band].push_back(row);
    }
    rows = {};
    const auto say = [&](const std::string& what) { return lead.empty() ? what : lead + ", " + what; };
    const std::string figure =
        byDifficulty ? std::string("difficulty ") + kMarkDifficulty : std::string(kMarkTokens) + " input tokens";
    for (std::size_t band = 0; band < bands.size(); ++band) {
        const std::string words =
            router.belowShare.empty() ? valueWords(router, band, figure) : shareWords(router, band, figure);
        if (auto done = route(router.bands[band], std::move(bands[band]), say(words), run); !done) {
            return done;
        }
    }
    // Without a signal a request goes to the default, never to "simple": the commodity tier where there is one.
    Router fallback;
    fallback.use = m_own.count("commodity") != 0 ? Target("commodity") : Target();
    const Router& standard = !router.noSignal.empty() ? router.noSignal.front()
                             : !fallback.use.empty()  ? fallback
                                                      : router.bands.back();
    for (auto& [why, list] : without) {
        if (auto done =
                route(standard, std::move(list),
                      say(fmt::format("{}, so the default", byDifficulty ? "no difficulty (" + why + ")" : why)), run);
            !done) {
            return done;
        }
    }
    return {};
}

}  // namespace tierwise::route
