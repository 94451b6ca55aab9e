// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/doctor_rows.h"

#include <algorithm>

#include <fmt/format.h>

namespace tierwise::project {
namespace {

constexpr std::int64_t kHour = 3'600'000'000'000;
constexpr std::size_t kExamples = 5;
// Beyond any context window or answer on offer, with room; per request.
constexpr std::int64_t kMostInput = 20'000'000;
constexpr std::int64_t kMostOutput = 2'000'000;
constexpr std::int64_t kManyLines = 1'000;
constexpr std::size_t kMostRowsForLines = 200'000;  // beyond, looking at every row's line takes too long

void unresolvedNames(RowPricer& pricer, Examination& examination) {
    const auto& rows = examination.rows;
    std::map<std::pair<std::string, std::string>, FoundRows> byName;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        const auto& resolution = pricer.resolve(row);
        if (resolution.offering || rows.model.at(row).empty()) {
            continue;
        }
        auto& found = byName[{std::string(rows.model.at(row)), std::string(rows.provider.at(row))}];
        found.rows.push_back(row);
        if (found.finding.explanation.empty()) {
            found.finding.explanation = resolution.unpricedReason;
            for (const OfferingIndex candidate : resolution.candidates) {
                found.finding.candidates.push_back(pricer.catalog().offering(candidate).key());
            }
        }
    }
    for (auto& [name, found] : byName) {
        found.finding.kind = "unresolved-name";
        found.finding.id = "unresolved-name:" + name.first + (name.second.empty() ? "" : "@" + name.second);
        found.finding.title = fmt::format("\"{}\" is no model that the catalog knows", name.first);
        if (!found.finding.candidates.empty()) {
            found.act = MendAct::addAlias;
            found.alias = {name.first, name.second, found.finding.candidates.front()};
            found.finding.mend = "Read it as " + found.finding.candidates.front();
        }
        describeRows(rows, found);
        examination.found.push_back(std::move(found));
    }
}

void impossibleCounts(Examination& examination) {
    const auto& rows = examination.rows;
    FoundRows found;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        const std::int64_t requests = rows.requests[row];
        const bool input = rows.inputTotal(row).value_or(0) > kMostInput * requests;
        const bool output = std::int64_t{rows.output.at(row).value_or(0)} > kMostOutput * requests;
        const bool reasoning = rows.reasoning.at(row).value_or(0) > rows.output.at(row).value_or(0xFFFFFFFFU);
        if (input || output || reasoning) {
            found.rows.push_back(row);
        }
    }
    if (found.rows.empty()) {
        return;
    }
    found.act = MendAct::forgetTokens;
    found.finding.kind = "impossible-tokens";
    found.finding.id = "impossible-tokens:all";
    found.finding.severity = FindingSeverity::error;
    found.finding.title = "Token counts that no model could have";
    found.finding.explanation = fmt::format(
        "More than {} million input or {} million output tokens in one request, or more reasoning than output: a wrong "
        "column, a unit, or a cumulative count.",
        kMostInput / 1'000'000, kMostOutput / 1'000'000);
    found.finding.mend = "Treat these counts as unknown";
    describeRows(rows, found);
    examination.found.push_back(std::move(found));
}

// In the file's order times mostly rise. Where they fall back by close to whole hours once and go on rising, what
// follows was logged in another zone.
void timeJumps(Examination& examination) {
    const auto& rows = examination.rows;
    std::vector<std::size_t> byId;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (rows.timeNanos.valid.test(row)) {
            byId.push_back(row);
        }
    }
    std::sort(byId.begin(), byId.end(), [&](std::size_t a, std::size_t b) { return rows.id[a] < rows.id[b]; });
    std::vector<std::size_t> backward;
    for (std::size_t i = 1; i < byId.size(); ++i) {
        if (rows.timeNanos.values[byId[i]] < rows.timeNanos.values[byId[i - 1]]) {
            backward.push_back(i);
        }
    }
    // A file in no order at all says nothing.
    if (backward.empty() || backward.size() > 4 || byId.size() < 20) {
        return;
    }
    for (const std::size_t at : backward) {
        const std::int64_t gap = rows.timeNanos.values[byId[at - 1]] - rows.timeNanos.values[byId[at]];
        const std::int64_t hours = (gap + kHour / 2) / kHour;
        if (hours < 1 || hours > 14 || std::abs(gap - hours * kHour) > kHour / 6) {
            continue;
        }
        FoundRows found;
        const auto next = std::find_if(backward.begin(), backward.end(), [&](std::size_t other) { return other > at; });
        found.rows.assign(byId.begin() + static_cast<std::ptrdiff_t>(at),
                          next == backward.end() ? byId.end() : byId.begin() + static_cast<std::ptrdiff_t>(*next));
        found.act = MendAct::shiftTime;
        found.shiftNanos = hours * kHour;
        found.finding.kind = "time-jump";
        found.finding.id = fmt::format("time-jump:{}", rows.id[byId[at]].value());
        found.finding.title = fmt::format("Times fall back by {} h in the middle of the file", hours);
        found.finding.explanation =
            fmt::format("After {} comes {}: what follows seems to be logged in another time zone.",
                        Timestamp::fromNanos(rows.timeNanos.values[byId[at - 1]]).toIso(),
                        Timestamp::fromNanos(rows.timeNanos.values[byId[at]]).toIso());
        found.finding.mend = fmt::format("Move these rows {} h later", hours);
        describeRows(rows, found);
        examination.found.push_back(std::move(found));
    }
}

// A quote that never closed swallows lines: one record then spans a great part of the file. Rows know the line where
// they start; the last one's text is looked at.
Result<void> strayQuotes(const Project& project, Examination& examination, const TaskContext& context) {
    const auto& rows = examination.rows;
    std::vector<std::int64_t> ids;
    bool anyText = false;
    for (std::size_t row = 0; row < rows.rows && rows.rows <= kMostRowsForLines; ++row) {
        ids.push_back(rows.id[row].value());
        anyText = anyText || rows.promptText.valid.test(row);
    }
    if (!anyText || context.stopRequested()) {
        return {};
    }
    std::sort(ids.begin(), ids.end());
    const auto records = project.rows(ids);
    if (!records) {
        return fail(records.error());
    }
    for (std::size_t i = 0; i < records->size(); ++i) {
        const RequestRecord& record = (*records)[i];
        const bool last = i + 1 == records->size() || (*records)[i + 1].import != record.import;
        std::int64_t lines = last ? 0 : (*records)[i + 1].line - record.line;
        if (last && record.promptText) {
            const auto text = project.text(*record.promptText);
            lines = text ? std::count(text->begin(), text->end(), '\n') : 0;
        }
        if (lines < kManyLines || lines < record.line / 4) {
            continue;
        }
        FoundRows found;
        found.finding.rows = 1;
        found.finding.examples = {record.id};
        found.finding.kind = "stray-quote";
        found.finding.id = fmt::format("stray-quote:{}", record.id.value());
        found.finding.severity = FindingSeverity::error;
        found.finding.title = "One record holds a great part of the file's lines";
        found.finding.explanation = fmt::format(
            "It starts at line {} and spans {} lines: a quote in it was probably never closed. Undo the import, and "
            "import the file again with another quote character or with none.",
            record.line, lines);
        examination.found.push_back(std::move(found));
    }
    return {};
}

}  // namespace

RowPricer::Known& RowPricer::known(std::size_t row) {
    const auto time = m_rows.timeNanos.at(row);
    const std::string key =
        fmt::format("{}/{}/{}/{}/{}", m_rows.model.codes[row], m_rows.provider.codes[row],
                    m_rows.serviceTier.codes[row], m_rows.region.codes[row], time ? *time / kHour : -1);
    const auto [found, isNew] = m_known.try_emplace(key);
    if (isNew) {
        const auto at = time ? std::optional(Timestamp::fromNanos(*time)) : std::nullopt;
        Known& known = found->second;
        known.resolution = m_catalog.resolve({m_rows.model.at(row), m_rows.provider.at(row), at, m_aliases});
        if (known.resolution.offering) {
            const auto tier = m_rows.serviceTier.at(row);
            const auto region = m_rows.region.at(row);
            known.rates = m_catalog.ratesAt(*known.resolution.offering,
                                            {at, tier.empty() ? std::string_view(known.resolution.serviceTier) : tier,
                                             region.empty() ? std::string_view(known.resolution.region) : region});
            known.dollars = m_catalog.offering(*known.resolution.offering).currency == "USD";
        }
    }
    return found->second;
}

const catalog::Resolution& RowPricer::resolve(std::size_t row) {
    return known(row).resolution;
}

namespace {

std::optional<std::int64_t> priceBy(const catalog::EffectiveRates& rates, const store::WorkloadSnapshot& rows,
                                    std::size_t row, std::int64_t uncached, std::int64_t cacheRead) {
    const std::int64_t write5m = rows.cacheWrite5m.at(row).value_or(0);
    const std::int64_t write1h = rows.cacheWrite1h.at(row).value_or(0);
    catalog::EffectiveRates at;
    at.rates =
        rates.forPrompt((uncached + cacheRead + write5m + write1h) / std::max<std::int64_t>(1, rows.requests[row]));
    const auto sum =
        at.price(uncached, cacheRead, write5m, write1h, rows.output.at(row).value_or(0), rows.requests[row]);
    const auto money = sum ? sum->toMoney() : Result<Money>(Money());
    return sum && money ? std::optional(money->pico()) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> RowPricer::price(std::size_t row) {
    const Known& found = known(row);
    if (!found.resolution.offering || !found.dollars || !m_rows.inputUncached.valid.test(row) ||
        !m_rows.output.valid.test(row)) {
        return {};
    }
    return priceBy(found.rates, m_rows, row, m_rows.inputUncached.values[row], m_rows.cacheRead.at(row).value_or(0));
}

std::optional<std::int64_t> RowPricer::priceAs(std::size_t row, OfferingIndex offering, std::optional<Timestamp> at,
                                               std::int64_t uncached, std::int64_t cacheRead) {
    if (m_catalog.offering(offering).currency != "USD") {
        return {};
    }
    const auto own = m_rows.timeNanos.at(row);
    const auto time = at ? at : own ? std::optional(Timestamp::fromNanos(*own)) : std::nullopt;
    const auto rates = m_catalog.ratesAt(offering, {time, m_rows.serviceTier.at(row), m_rows.region.at(row)});
    return priceBy(rates, m_rows, row, uncached, cacheRead);
}

void describeRows(const store::WorkloadSnapshot& rows, FoundRows& found) {
    found.finding.rows = static_cast<std::int64_t>(found.rows.size());
    for (std::size_t i = 0; i < std::min(kExamples, found.rows.size()); ++i) {
        found.finding.examples.push_back(rows.id[found.rows[i]]);
    }
}

Result<Examination> examine(const Project& project, const catalog::Catalog& catalog,
                            std::span<const catalog::UserAlias> aliases, const TaskContext& context) {
    auto rows = project.loadSnapshot(context);
    if (!rows) {
        return fail(rows.error());
    }
    Examination examination;
    examination.rows = std::move(*rows);
    RowPricer pricer(catalog, examination.rows, aliases);
    examineCosts(pricer, examination);
    if (context.stopRequested()) {
        return TaskContext::cancelled();
    }
    unresolvedNames(pricer, examination);
    impossibleCounts(examination);
    timeJumps(examination);
    if (const auto read = strayQuotes(project, examination, context); !read) {
        return fail(read.error());
    }
    std::stable_sort(examination.found.begin(), examination.found.end(), [](const FoundRows& a, const FoundRows& b) {
        return a.finding.severity != b.finding.severity ? a.finding.severity > b.finding.severity
                                                        : a.finding.rows > b.finding.rows;
    });
    return examination;
}

}  // namespace tierwise::project
