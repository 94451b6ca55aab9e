// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/workload_view.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace tierwise::project {

namespace {

constexpr std::int64_t kNanosPerMinute = 60'000'000'000;
constexpr std::int64_t kNanosPerHour = 60 * kNanosPerMinute;
constexpr std::size_t kCheckEvery = 16'384;
constexpr std::size_t kChunk = 2'000;
constexpr std::int64_t kMostPeriods = 4'000;  // with quiet ones between; a longer log shows those with rows

std::int64_t floorDiv(std::int64_t value, std::int64_t by) {
    return value >= 0 ? value / by : -((-value + by - 1) / by);
}

void add(CostSum& sum, const std::optional<MoneySum>& cost, std::int64_t requests) {
    if (cost) {
        sum.cost += *cost;
        ++sum.rows;
        sum.requests += requests;
    } else {
        ++sum.unpriced;
    }
}

// What a logged name is and costs, looked up once for each name, hint, condition and hour; each minute where the rates
// depend on the time of day.
class Pricer {
public:
    struct Priced {
        Tier tier = Tier::unbanded;
        bool resolved = false;
        bool windows = false;  ///< its rates depend on the time of day
        catalog::EffectiveRates rates;
    };

    Pricer(const store::WorkloadSnapshot& rows, const catalog::Catalog& catalog,
           std::span<const catalog::UserAlias> aliases)
        : m_rows(rows), m_catalog(catalog), m_aliases(aliases) {}

    const Priced& at(std::size_t row) {
        const auto time = m_rows.timeNanos.at(row);
        const Key key{m_rows.model.codes[row], m_rows.provider.codes[row], m_rows.serviceTier.codes[row],
                      m_rows.region.codes[row], time ? floorDiv(*time, kNanosPerHour) : INT64_MIN};
        if (m_last == nullptr || key != m_lastKey) {
            m_last = &found(m_byHour, key, row, time);
            m_lastKey = key;
        }
        if (!m_last->windows || !time) {
            return *m_last;
        }
        Key ofMinute = key;
        std::get<4>(ofMinute) = floorDiv(*time, kNanosPerMinute);
        return found(m_byMinute, ofMinute, row, time);
    }

private:
    using Key = std::tuple<std::int32_t, std::int32_t, std::int32_t, std::int32_t, std::int64_t>;

    const Priced& found(std::map<Key, Priced>& known, const Key& key, std::size_t row,
                        std::optional<std::int64_t> nanos) const {
        const auto at = known.find(key);
        return at == known.end() ? known.emplace(key, look(row, nanos)).first->second : at->second;
    }

    Priced look(std::size_t row, std::optional<std::int64_t> nanos) const {
        const auto time = nanos ? std::optional(Timestamp::fromNanos(*nanos)) : std::nullopt;
        const catalog::Resolution found =
            m_catalog.resolve({m_rows.model.at(row), m_rows.provider.at(row), time, m_aliases});
        if (!found.offering) {
            return {};
        }
        const std::string_view logged = m_rows.serviceTier.at(row);
        const std::string_view region = m_rows.region.at(row);
        Priced priced;
        priced.resolved = true;
        priced.tier = m_catalog.tierOf(*found.offering);
        const auto& cards = m_catalog.offering(*found.offering).cards;
        priced.windows =
            std::any_of(cards.begin(), cards.end(), [](const auto& card) { return card.when.window.has_value(); });
        priced.rates =
            m_catalog.ratesAt(*found.offering, {time, logged.empty() ? std::string_view(found.serviceTier) : logged,
                                                region.empty() ? std::string_view(found.region) : region});
        return priced;
    }

    const store::WorkloadSnapshot& m_rows;
    const catalog::Catalog& m_catalog;
    std::span<const catalog::UserAlias> m_aliases;
    std::map<Key, Priced> m_byHour;
    std::map<Key, Priced> m_byMinute;
    Key m_lastKey;
    const Priced* m_last = nullptr;
};

std::optional<MoneySum> costOf(const store::WorkloadSnapshot& rows, std::size_t row, const Pricer::Priced& priced,
                               CostBasis basis) {
    if (basis == CostBasis::logged) {
        const auto logged = rows.loggedCostPico.at(row);
        return logged ? std::optional<MoneySum>(Money::fromPico(*logged)) : std::nullopt;
    }
    if (!priced.resolved || !rows.inputUncached.valid.test(row) || !rows.output.valid.test(row)) {
        return {};
    }
    return priced.rates.price(rows.inputUncached.values[row], rows.cacheRead.values[row], rows.cacheWrite5m.values[row],
                              rows.cacheWrite1h.values[row], rows.output.values[row], rows.requests[row]);
}

bool hasLoggedCost(const store::WorkloadSnapshot& rows) {
    const auto& words = rows.loggedCostPico.valid.words();
    return std::any_of(words.begin(), words.end(), [](std::uint64_t word) { return word != 0; });
}

std::vector<NamedCost> dearestFirst(std::vector<NamedCost> costs) {
    std::erase_if(costs, [](const NamedCost& cost) { return cost.sum.rows == 0 && cost.sum.unpriced == 0; });
    std::stable_sort(costs.begin(), costs.end(), [](const NamedCost& a, const NamedCost& b) {
        return std::tuple(a.sum.cost, a.sum.unpriced) > std::tuple(b.sum.cost, b.sum.unpriced);
    });
    return costs;
}

std::vector<NamedCost> namedCosts(const store::DictionaryColumn& names) {
    std::vector<NamedCost> costs(names.names.size());
    for (std::size_t i = 0; i < costs.size(); ++i) {
        costs[i].name = names.names[i];
    }
    return costs;
}

// Lorenz curve from the dear end: costs in pico-dollars as doubles are exact enough for a picture of 101 points.
std::vector<ConcentrationPoint> concentrationOf(std::vector<double> costs) {
    const double total = std::accumulate(costs.begin(), costs.end(), 0.0);
    if (costs.empty() || total <= 0) {
        return {};
    }
    std::sort(costs.begin(), costs.end(), std::greater<>());
    std::vector<ConcentrationPoint> points{{0, 0}};
    double sum = 0;
    std::size_t taken = 0;
    for (int percent = 1; percent <= 100; ++percent) {
        const std::size_t until = costs.size() * static_cast<std::size_t>(percent) / 100;
        if (until == taken && percent != 100) {
            continue;
        }
        for (; taken < until; ++taken) {
            sum += costs[taken];
        }
        points.push_back({static_cast<double>(taken) / static_cast<double>(costs.size()), std::min(1.0, sum / total)});
    }
    return points;
}

const store::DictionaryColumn* columnOf(const store::WorkloadSnapshot& rows, const std::string& column) {
    const std::pair<const char*, const store::DictionaryColumn*> columns[] = {
        {"model", &rows.model},     {"provider", &rows.provider}, {"serviceTier", &rows.serviceTier},
        {"region", &rows.region},   {"team", &rows.team},         {"user", &rows.user},
        {"session", &rows.session}, {"tag", &rows.tag},           {"dataClass", &rows.dataClass},
        {"domain", &rows.domain}};
    for (const auto& [name, values] : columns) {
        if (column == name) {
            return values;
        }
    }
    return nullptr;
}

class Overview {
public:
    Overview(const store::WorkloadSnapshot& rows, const catalog::Catalog& catalog,
             std::span<const catalog::UserAlias> aliases, CostBasis basis)
        : m_rows(rows),
          m_pricer(rows, catalog, aliases),
          m_models(namedCosts(rows.model)),
          m_teams(namedCosts(rows.team)),
          m_unresolved(rows.model.names.size(), 0) {
        m_result.basis = hasLoggedCost(rows) ? basis : CostBasis::catalog;
    }

    Result<WorkloadOverview> run(const TaskContext& context) {
        m_costs.reserve(m_rows.rows);
        findPeriods();
        for (std::size_t row = 0; row < m_rows.rows; ++row) {
            if (row % kCheckEvery == 0 && context.stopRequested()) {
                return TaskContext::cancelled();
            }
            countTokens(row);
            countCost(row);
        }
        m_result.models = dearestFirst(std::move(m_models));
        m_result.teams = dearestFirst(std::move(m_teams));
        m_result.concentration = concentrationOf(std::move(m_costs));
        for (std::size_t i = 0; i < m_unresolved.size(); ++i) {
            if (m_unresolved[i] > 0) {
                m_result.unresolved.emplace_back(m_rows.model.names[i], m_unresolved[i]);
            }
        }
        std::stable_sort(m_result.unresolved.begin(), m_result.unresolved.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
        return std::move(m_result);
    }

private:
    // Hours for a log of a few days, which by the day would be a line between two points.
    void findPeriods() {
        for (std::size_t row = 0; row < m_rows.rows; ++row) {
            if (const auto nanos = m_rows.timeNanos.at(row)) {  // rows are in order of time
                m_result.first = m_result.first ? m_result.first : Timestamp::fromNanos(*nanos);
                m_result.last = Timestamp::fromNanos(*nanos);
            }
        }
        if (!m_result.first) {
            return;
        }
        const bool brief = m_result.last->nanos() - m_result.first->nanos() <= 72 * kNanosPerHour;
        m_result.periodHours = brief ? 1 : 24;
        const std::int64_t from = periodOf(*m_result.first);
        const std::int64_t count = periodOf(*m_result.last) - from + 1;
        if (count <= kMostPeriods) {
            m_result.periods.resize(static_cast<std::size_t>(count));
            for (std::int64_t i = 0; i < count; ++i) {
                m_result.periods[static_cast<std::size_t>(i)].number = from + i;
            }
        }
    }

    [[nodiscard]] std::int64_t periodOf(Timestamp time) const {
        return floorDiv(time.nanos(), m_result.periodHours * kNanosPerHour);
    }

    void countTokens(std::size_t row) {
        ++m_result.rows;
        m_result.requests += m_rows.requests[row];
        if (const auto input = m_rows.inputTotal(row)) {
            m_result.input += *input;
        } else {
            ++m_result.rowsWithoutInput;
        }
        if (const auto output = m_rows.output.at(row)) {
            m_result.output += *output;
        } else {
            ++m_result.rowsWithoutOutput;
        }
        m_result.cacheRead += m_rows.cacheRead.at(row).value_or(0);
        m_result.reasoning += m_rows.reasoning.at(row).value_or(0);
    }

    void countCost(std::size_t row) {
        const auto& priced = m_pricer.at(row);
        const auto cost = costOf(m_rows, row, priced, m_result.basis);
        const std::int64_t requests = m_rows.requests[row];
        const auto tier = static_cast<std::size_t>(priced.tier);
        const auto model = static_cast<std::size_t>(m_rows.model.codes[row]);
        add(m_result.total, cost, requests);
        add(m_result.tiers[tier], cost, requests);
        add(m_models[model].sum, cost, requests);
        m_models[model].tier = priced.tier;
        add(m_teams[static_cast<std::size_t>(m_rows.team.codes[row])].sum, cost, requests);
        if (!priced.resolved) {
            ++m_unresolved[model];
        }
        if (cost) {
            m_costs.push_back(cost->toDouble());
        }
        if (const auto nanos = m_rows.timeNanos.at(row)) {
            auto& periods = m_result.periods;
            const std::int64_t number = periodOf(Timestamp::fromNanos(*nanos));
            while (m_period < periods.size() && periods[m_period].number < number) {
                ++m_period;
            }
            if (m_period == periods.size()) {
                periods.push_back({number, {}});
            }
            add(periods[m_period].tiers[tier], cost, requests);
        }
    }

    const store::WorkloadSnapshot& m_rows;
    Pricer m_pricer;
    WorkloadOverview m_result;
    std::vector<NamedCost> m_models;
    std::vector<NamedCost> m_teams;
    std::vector<std::int64_t> m_unresolved;
    std::vector<double> m_costs;
    std::size_t m_period = 0;  // of the row before
};

}  // namespace

Result<WorkloadOverview> workloadOverview(const store::WorkloadSnapshot& rows, const catalog::Catalog& catalog,
                                          std::span<const catalog::UserAlias> aliases, CostBasis basis,
                                          const TaskContext& context) {
    return Overview(rows, catalog, aliases, basis).run(context);
}

Result<RowTotals> totalsOf(const Project& project, std::span<const std::int64_t> ids, const TaskContext& context) {
    RowTotals totals;
    for (std::size_t from = 0; from < ids.size(); from += kChunk) {
        if (context.stopRequested()) {
            return TaskContext::cancelled();
        }
        const auto rows = project.rows(ids.subspan(from, std::min(kChunk, ids.size() - from)));
        if (!rows) {
            return fail(rows.error());
        }
        for (const RequestRecord& row : *rows) {
            ++totals.rows;
            totals.requests += row.requests;
            const auto input = row.inputTotal();
            totals.input += input.value_or(0);
            totals.output += row.output.value_or(0);
            totals.rowsWithoutTokens += input && row.output ? 0 : 1;
            add(totals.logged, row.loggedCost ? std::optional<MoneySum>(*row.loggedCost) : std::nullopt, row.requests);
        }
    }
    return totals;
}

GroupTotal totalOf(std::span<const GroupTotal> groups) {
    GroupTotal all;
    for (const GroupTotal& group : groups) {
        all.rows += group.rows;
        all.requests += group.requests;
        all.input += group.input;
        all.cacheRead += group.cacheRead;
        all.output += group.output;
        all.reasoning += group.reasoning;
        all.rowsWithInput += group.rowsWithInput;
        all.rowsWithOutput += group.rowsWithOutput;
        all.loggedCost += group.loggedCost;
        all.rowsWithCost += group.rowsWithCost;
    }
    return all;
}

Result<std::unordered_map<std::string, CostSum>> catalogCostsBy(
    const store::WorkloadSnapshot& rows, const catalog::Catalog& catalog, std::span<const catalog::UserAlias> aliases,
    const std::string& column, std::span<const std::int64_t> ids, const TaskContext& context) {
    const store::DictionaryColumn* names = columnOf(rows, column);
    if (names == nullptr && column != "day") {
        return std::unordered_map<std::string, CostSum>();
    }
    std::vector<bool> wanted;
    for (const std::int64_t id : ids) {
        if (id >= 0 && static_cast<std::size_t>(id) >= wanted.size()) {
            wanted.resize(static_cast<std::size_t>(id) + 1);
        }
        wanted[static_cast<std::size_t>(id)] = true;
    }
    Pricer pricer(rows, catalog, aliases);
    std::vector<CostSum> byCode(names != nullptr ? names->names.size() : 0);
    std::map<std::int64_t, CostSum> byDay;
    CostSum undated;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (row % kCheckEvery == 0 && context.stopRequested()) {
            return TaskContext::cancelled();
        }
        const auto id = static_cast<std::size_t>(rows.id[row].value());
        if (id >= wanted.size() || !wanted[id]) {
            continue;
        }
        const auto nanos = rows.timeNanos.at(row);
        CostSum& sum = names != nullptr ? byCode[static_cast<std::size_t>(names->codes[row])]
                       : nanos          ? byDay[Timestamp::fromNanos(*nanos).day()]
                                        : undated;
        add(sum, costOf(rows, row, pricer.at(row), CostBasis::catalog), rows.requests[row]);
    }
    std::unordered_map<std::string, CostSum> costs;
    for (std::size_t code = 0; names != nullptr && code < byCode.size(); ++code) {
        costs.emplace(names->names[code], byCode[code]);
    }
    for (const auto& [day, sum] : byDay) {
        costs.emplace(Timestamp::fromNanos(day * 24 * kNanosPerHour).toIso().substr(0, 10), sum);
    }
    if (names == nullptr) {
        costs.emplace(std::string(), undated);
    }
    return costs;
}

RowPrice priceRow(const catalog::Catalog& catalog, std::span<const catalog::UserAlias> aliases,
                  const RequestRecord& row) {
    RowPrice price;
    price.resolution = catalog.resolve({row.model, row.provider, row.time, aliases});
    for (const OfferingIndex candidate : price.resolution.candidates) {
        price.candidates.push_back(catalog.offering(candidate).key());
    }
    if (!price.resolution.offering) {
        return price;
    }
    const auto& offering = catalog.offering(*price.resolution.offering);
    price.offering = offering.key();
    const ModelIndex model = offering.modelAt(row.time);
    if (model.value() >= 0) {
        price.modelName = catalog.model(model).name;
    }
    price.tier = catalog.tierOf(*price.resolution.offering);
    catalog::Usage usage;
    usage.inputUncached = row.inputUncached;
    usage.cacheRead = row.cacheRead;
    usage.cacheWrite5m = row.cacheWrite5m;
    usage.cacheWrite1h = row.cacheWrite1h;
    usage.output = row.output;
    usage.reasoning = row.reasoning;
    usage.requests = row.requests;
    const std::string& tier = row.serviceTier.empty() ? price.resolution.serviceTier : row.serviceTier;
    const std::string& region = row.region.empty() ? price.resolution.region : row.region;
    if (auto bill = catalog.price(*price.resolution.offering, usage, {row.time, tier, region})) {
        price.bill = std::move(*bill);
    }
    for (const catalog::RateCard& card : offering.cards) {
        const bool starts = !card.from || !row.time || *card.from <= *row.time;
        const bool ends = card.to && row.time && *card.to <= *row.time;
        if (starts && !ends && card.evidence >= 0) {
            const auto& evidence = catalog.evidence()[static_cast<std::size_t>(card.evidence)];
            price.evidenceUrl = evidence.url;
            price.evidenceDate = evidence.dateChecked;
        }
    }
    return price;
}

}  // namespace tierwise::project
