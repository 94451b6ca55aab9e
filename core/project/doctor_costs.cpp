// SPDX-License-Identifier: GPL-3.0-or-later
// Logged against catalog cost, row by row, and the reason that explains the difference.
#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>

#include "core/project/doctor_rows.h"

namespace tierwise::project {
namespace {

constexpr std::size_t kFewestRows = 3;
constexpr std::size_t kSampleRows = 12;  // of a name, for looking through the whole catalog
constexpr std::size_t kMostLeads = 3;
constexpr int kPerMilleAgreeing = 5;  // half a percent covers the rounding of logs

bool agrees(std::int64_t logged, std::optional<std::int64_t> price) {
    return price && std::abs(logged - *price) <= std::max<std::int64_t>(std::abs(*price) / 1000 * kPerMilleAgreeing, 1);
}

enum class Reason : std::uint8_t { cents, doubleCount, cacheAsNew, stalePrice, wrongModel, other };

struct Explained {
    Reason reason = Reason::other;
    std::string detail;  ///< the date of the price, or the other model
    bool operator<(const Explained& other) const {
        return reason != other.reason ? reason < other.reason : detail < other.detail;
    }
};

std::int64_t orZero(const store::SparseColumn<std::uint32_t>& column, std::size_t row) {
    return column.at(row).value_or(0);
}

// What may have priced the rows of a name instead: its own offering at another date, or another offering.
struct Lead {
    OfferingIndex offering;
    std::optional<Timestamp> at;
    Explained explained;
};

bool explains(const Lead& lead, RowPricer& pricer, const store::WorkloadSnapshot& rows, std::size_t row) {
    return agrees(
        rows.loggedCostPico.values[row],
        pricer.priceAs(row, lead.offering, lead.at, orZero(rows.inputUncached, row), orZero(rows.cacheRead, row)));
}

// Prices that held at another date come first: each change of the offering's rates, from the day before and after.
std::vector<Lead> leadsOf(RowPricer& pricer, OfferingIndex own) {
    std::vector<Lead> leads;
    for (const auto& card : pricer.catalog().offering(own).cards) {
        for (const auto& bound : {card.from, card.to}) {
            for (const std::int64_t seconds : {-86'400, 86'400}) {
                if (bound) {
                    leads.push_back({own,
                                     Timestamp::fromNanos(bound->nanos() + seconds * 1'000'000'000),
                                     {Reason::stalePrice, bound->toIsoDate()}});
                }
            }
        }
    }
    const auto offerings = pricer.catalog().offerings();
    for (std::size_t i = 0; i < offerings.size(); ++i) {
        const OfferingIndex index(static_cast<std::int32_t>(i));
        if (index != own && offerings[i].provider != "local") {
            leads.push_back({index, {}, {Reason::wrongModel, offerings[i].key()}});
        }
    }
    return leads;
}

// The leads that explain most of a sample of the rows, so that a price that fits one row by chance explains nothing;
// at most kMostLeads, each for what the ones before leave open.
std::vector<Lead> bestLeads(RowPricer& pricer, const store::WorkloadSnapshot& rows,
                            const std::vector<std::size_t>& differing) {
    std::vector<std::size_t> sample;
    for (std::size_t i = 0; i < std::min(kSampleRows, differing.size()); ++i) {
        sample.push_back(differing[i * differing.size() / std::min(kSampleRows, differing.size())]);
    }
    std::vector<Lead> best;
    const auto leads = leadsOf(pricer, *pricer.resolve(sample.front()).offering);
    while (best.size() < kMostLeads && sample.size() >= kFewestRows) {
        const Lead* found = nullptr;
        std::size_t most = 0;
        for (const Lead& lead : leads) {
            const auto fitting = static_cast<std::size_t>(std::count_if(
                sample.begin(), sample.end(), [&](std::size_t row) { return explains(lead, pricer, rows, row); }));
            if (fitting > most) {
                most = fitting;
                found = &lead;
            }
        }
        if (found == nullptr || most < kFewestRows || most * 3 < sample.size()) {
            break;
        }
        best.push_back(*found);
        std::erase_if(sample, [&](std::size_t row) { return explains(*found, pricer, rows, row); });
    }
    return best;
}

Explained explain(RowPricer& pricer, const store::WorkloadSnapshot& rows, std::size_t row, std::int64_t price,
                  std::int64_t logged) {
    if (agrees(logged, price * 100)) {
        return {Reason::cents, {}};
    }
    const auto offering = *pricer.resolve(row).offering;
    const std::int64_t uncached = orZero(rows.inputUncached, row);
    const std::int64_t read = orZero(rows.cacheRead, row);
    const std::int64_t cached = read + orZero(rows.cacheWrite5m, row) + orZero(rows.cacheWrite1h, row);
    if (cached > 0) {
        if (uncached >= cached && agrees(logged, pricer.priceAs(row, offering, {}, uncached - cached, read))) {
            return {Reason::doubleCount, {}};
        }
        if (read > 0 && agrees(logged, pricer.priceAs(row, offering, {}, uncached + read, 0))) {
            return {Reason::cacheAsNew, {}};
        }
    }
    return {};
}

struct Words {
    const char* kind;
    FindingSeverity severity;
    const char* title;
    const char* explanation;
    const char* mend;
    MendAct act;
};

const Words& wordsOf(Reason reason) {
    static const std::array<Words, 6> kWords = {{
        {"cost-in-cents", FindingSeverity::error, "{model}: costs look like cents, not dollars",
         "The logged costs are a hundred times what the catalog gives for the logged tokens.",
         "Divide these costs by 100", MendAct::divideCost},
        {"cache-counted-twice", FindingSeverity::error, "{model}: cached tokens are counted twice",
         "The logged costs fit only when the cached tokens are taken out of the input: the log's input holds them.",
         "Take the cached tokens out of the input", MendAct::subtractCached},
        {"cache-billed-as-new", FindingSeverity::warning, "{model}: cached tokens are billed as new ones",
         "The logged costs fit only when cached tokens cost as much as new input: whoever computed them does not know "
         "the cache's price.",
         "Use the catalog's costs for these rows", MendAct::catalogCost},
        {"stale-price", FindingSeverity::warning, "{model}: priced as of another date",
         "The logged costs fit the prices that changed on {detail}: the price list behind the log is out of date, or "
         "ahead.",
         "Use the catalog's costs for these rows", MendAct::catalogCost},
        {"wrong-model", FindingSeverity::error, "{model}: priced as {detail}",
         "The logged costs fit another model's prices.", "Use the catalog's costs for these rows",
         MendAct::catalogCost},
        {"cost-differs", FindingSeverity::info, "{model}: logged costs differ from the catalog's",
         "No single reason explains them: a negotiated price, a fee, tokens that the log does not show, or a wrong "
         "catalog entry.",
         "Use the catalog's costs for these rows", MendAct::catalogCost},
    }};
    return kWords[static_cast<std::size_t>(reason)];
}

std::string filled(std::string text, const std::string& model, const std::string& detail) {
    for (const auto& [slot, value] :
         {std::pair<std::string, const std::string&>("{model}", model), {"{detail}", detail}}) {
        if (const auto at = text.find(slot); at != std::string::npos) {
            text.replace(at, slot.size(), value);
        }
    }
    return text;
}

// Local models at zero dollars: nothing was billed, which is not the same as nothing was spent.
void zeroPricedLocal(RowPricer& pricer, Examination& examination) {
    const auto& rows = *examination.snapshot;
    FoundRows found;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        const auto logged = rows.loggedCostPico.at(row);
        if (!logged || *logged != 0) {
            continue;
        }
        const auto& resolution = pricer.resolve(row);
        if (resolution.offering && pricer.catalog().offering(*resolution.offering).provider == "local") {
            found.rows.push_back(row);
        }
    }
    if (found.rows.empty()) {
        return;
    }
    found.act = MendAct::forgetCost;
    found.finding.kind = "local-at-zero";
    found.finding.id = "local-at-zero:all";
    found.finding.severity = FindingSeverity::info;
    found.finding.title = "Local models are logged at zero dollars";
    found.finding.explanation =
        "The hardware behind them costs money for every token; the local tier's own price says how much.";
    found.finding.mend = "Treat these costs as unknown instead of zero";
    describeRows(rows, found);
    examination.found.push_back(std::move(found));
}

}  // namespace

void examineCosts(RowPricer& pricer, Examination& examination) {
    const auto& rows = *examination.snapshot;
    std::map<std::pair<std::string, Explained>, std::vector<std::size_t>> groups;
    std::map<std::string, std::vector<std::size_t>> unexplained;
    std::map<std::string, std::int64_t> checked;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        const auto logged = rows.loggedCostPico.at(row);
        const auto price = logged && *logged != 0 ? pricer.price(row) : std::nullopt;
        if (!price || *price == 0) {
            continue;
        }
        ++examination.checkedCosts;
        const std::string model(rows.model.at(row));
        ++checked[model];
        if (agrees(*logged, price)) {
            ++examination.agreeing;
            continue;
        }
        const Explained explained = explain(pricer, rows, row, *price, *logged);
        auto& list = explained.reason == Reason::other ? unexplained[model] : groups[{model, explained}];
        list.push_back(row);
    }
    for (const auto& [model, list] : unexplained) {
        const auto leads = list.size() < kFewestRows ? std::vector<Lead>() : bestLeads(pricer, rows, list);
        for (const std::size_t row : list) {
            const auto lead = std::find_if(leads.begin(), leads.end(),
                                           [&](const Lead& each) { return explains(each, pricer, rows, row); });
            groups[{model, lead == leads.end() ? Explained() : lead->explained}].push_back(row);
        }
    }
    for (auto& [key, list] : groups) {
        const auto& [model, explained] = key;
        if (list.size() < kFewestRows) {
            continue;
        }
        const Words& words = wordsOf(explained.reason);
        FoundRows found;
        found.act = words.act;
        found.rows = std::move(list);
        found.finding.kind = words.kind;
        found.finding.id =
            fmt::format("{}:{}{}{}", words.kind, model, explained.detail.empty() ? "" : ":", explained.detail);
        found.finding.severity = words.severity;
        found.finding.title = filled(words.title, model, explained.detail);
        describeRows(rows, found);
        found.finding.explanation = filled(words.explanation, model, explained.detail) +
                                    fmt::format(" {} of the {} rows of this name whose cost could be checked.",
                                                found.finding.rows, checked[model]);
        found.finding.mend = words.mend;
        examination.found.push_back(std::move(found));
    }
    zeroPricedLocal(pricer, examination);
}

}  // namespace tierwise::project
