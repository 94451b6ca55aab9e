// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analyze/measures.h"

#include <algorithm>
#include <cmath>

namespace tierwise::analyze {

std::optional<TwoModelMeasures> twoModelMeasures(const route::ChoiceTable& table, std::size_t weak, std::size_t strong,
                                                 std::span<const std::uint32_t> hardestFirst) {
    double total = 0;
    double weakQuality = 0;
    double strongQuality = 0;
    double cost = 0;
    for (const auto row : hardestFirst) {
        const double weight = table.weightOf(row);
        total += weight;
        weakQuality += weight * static_cast<double>(table.quality[weak][row]);
        strongQuality += weight * static_cast<double>(table.quality[strong][row]);
        cost += static_cast<double>(table.cost[weak][row]);
    }
    const double gap = strongQuality - weakQuality;
    if (!(total > 0) || !(std::abs(gap) > 1e-9 * total)) {
        return {};
    }
    TwoModelMeasures measures;
    const auto pgr = [&](double quality) { return (quality - weakQuality) / gap; };
    std::vector<double> atShare{0};
    measures.curve.push_back({cost, weakQuality / total});
    double quality = weakQuality;
    double sent = 0;
    for (const auto row : hardestFirst) {
        const double weight = table.weightOf(row);
        const double before = sent / total;
        sent += weight;
        quality += weight * static_cast<double>(table.quality[strong][row] - table.quality[weak][row]);
        cost += static_cast<double>(table.cost[strong][row] - table.cost[weak][row]);
        const double share = sent / total;
        if (!measures.cpt50 && pgr(quality) >= 0.5 - 1e-12) {
            measures.cpt50 = share;
        }
        if (!measures.cpt80 && pgr(quality) >= 0.8 - 1e-12) {
            measures.cpt80 = share;
        }
        for (std::size_t step = atShare.size(); step <= 10; ++step) {
            const double wanted = static_cast<double>(step) / 10;
            if (wanted > share + 1e-12 || wanted <= before) {
                break;
            }
            atShare.push_back(pgr(quality));
            measures.curve.push_back({cost, quality / total});
        }
    }
    while (atShare.size() < 11) {
        atShare.push_back(pgr(quality));
    }
    for (std::size_t i = 1; i < atShare.size(); ++i) {
        measures.apgr += (atShare[i - 1] + atShare[i]) / 2 * 0.1;
    }
    return measures;
}

Inequality inequality(std::vector<double> amounts) {
    Inequality result;
    std::sort(amounts.begin(), amounts.end());
    double total = 0;
    double weighted = 0;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        total += amounts[i];
        weighted += static_cast<double>(i + 1) * amounts[i];
    }
    const auto n = static_cast<double>(amounts.size());
    if (total <= 0 || amounts.empty()) {
        return result;
    }
    result.gini = (2 * weighted / total - (n + 1)) / n;
    const auto top = [&](double share) {
        const auto count = static_cast<std::size_t>(std::ceil(share * n));
        double sum = 0;
        for (std::size_t i = amounts.size() - count; i < amounts.size(); ++i) {
            sum += amounts[i];
        }
        return sum / total;
    };
    result.topTenth = top(0.1);
    result.topHundredth = top(0.01);
    return result;
}

}  // namespace tierwise::analyze
