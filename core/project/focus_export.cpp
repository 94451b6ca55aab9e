// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/focus_export.h"

#include <map>
#include <tuple>

#include "core/project/export.h"
#include "core/report/focus.h"

namespace tierwise::project {
namespace {

using catalog::Meter;

const char* focusMeter(Meter meter) {
    switch (meter) {
        case Meter::cacheRead:
            return "Cached Input Tokens";
        case Meter::cacheWrite5m:
            return "Cache Write Tokens (5 minutes)";
        case Meter::cacheWrite1h:
            return "Cache Write Tokens (1 hour)";
        case Meter::output:
            return "Output Tokens";
        case Meter::request:
            return "Requests";
        default:
            return "Input Tokens";
    }
}

// One line of the export: day, offering, tier of service, team, meter, rate.
using Key = std::tuple<std::int64_t, OfferingIndex, std::int32_t, std::int32_t, Meter, Rate, Tier>;

}  // namespace

Result<void> exportFocus(const Workbench& workbench, const route::Policy& policy, const std::filesystem::path& file,
                         const TaskContext& context) {
    const auto& rows = workbench.rows();
    const auto& prices = workbench.inputs().catalog;
    std::map<Key, std::int64_t> lines;
    auto collected = workbench.meters(
        policy,
        [&](const Workbench::MeterUse& use) {
            const auto nanos = rows.timeNanos.at(use.row);
            const std::int64_t day = nanos ? Timestamp::fromNanos(*nanos).day() : prices.date().day();
            lines[{day, use.offering, rows.serviceTier.codes[use.row], rows.team.codes[use.row], use.meter, use.rate,
                   use.tier}] += use.quantity;
        },
        context);
    if (!collected) {
        return collected;
    }
    std::string csv = report::focusHeader();
    for (const auto& [key, quantity] : lines) {
        const auto& [day, offeringIndex, serviceTier, team, meter, rate, tier] = key;
        const auto& offering = prices.offering(offeringIndex);
        const auto& model = prices.model(offering.model);
        report::FocusLine line;
        line.day = Timestamp::fromSeconds(day * 86400);
        line.provider = offering.provider;
        if (const auto* provider = prices.provider(offering.provider)) {
            line.provider = provider->name;
        }
        line.publisher = model.author;
        line.model = offering.key();
        line.modelFamily = model.family;
        line.serviceTier =
            serviceTier == 0 ? "standard" : rows.serviceTier.names[static_cast<std::size_t>(serviceTier)];
        line.team = rows.team.names[static_cast<std::size_t>(team)];
        line.meter = focusMeter(meter);
        line.quantity = quantity;
        line.listRate = rate;
        line.contractedRate = rate;
        line.scenario = policy.name;
        line.tier = tierName(tier);
        line.priceSnapshot = prices.date().toIsoDate();
        csv += report::focusRow(line);
    }
    return writeFileAtomically(file, csv);
}

}  // namespace tierwise::project
