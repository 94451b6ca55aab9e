// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/doctor_rows.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/project/doctor_tokens.h"

namespace tierwise::project {
namespace {

constexpr std::int64_t kHour = 3'600'000'000'000;
constexpr std::size_t kExamples = 5;
// Beyond any context window or answer on offer, with room; per request.
constexpr std::int64_t kMostInput = 20'000'000;
constexpr std::int64_t kMostOutput = 2'000'000;
constexpr std::int64_t kManyLines = 1'000;
constexpr std::int64_t kHalfLines = 50;  // where they are half of all
constexpr std::size_t kMostJumps = 4;

void unresolvedNames(RowPricer& pricer, Examination& examination) {
    const auto& rows = *examination.snapshot;
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
        found.act = MendAct::addAlias;
        found.alias = {name.first, name.second, {}};
        found.finding.mend = "Say which model it is";
        if (!found.finding.candidates.empty()) {
            found.alias.offering = found.finding.candidates.front();
            found.finding.mend = "Read it as " + found.alias.offering;
        }
        describeRows(rows, found);
        examination.found.push_back(std::move(found));
    }
}

void impossibleCounts(Examination& examination) {
    const auto& rows = *examination.snapshot;
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

// In a file's order times mostly rise. Where they fall back by close to whole hours and go on rising, what follows was
// logged in another zone. rows of one import, in its order.
void timeJumpsOf(const std::vector<std::size_t>& order, Examination& examination) {
    const auto& rows = *examination.snapshot;
    const auto timeAt = [&](std::size_t i) { return rows.timeNanos.values[order[i]]; };
    std::vector<std::size_t> jumps;
    std::size_t backward = 0;
    for (std::size_t i = 1; i < order.size(); ++i) {
        const std::int64_t gap = timeAt(i - 1) - timeAt(i);
        backward += gap > 0 ? 1 : 0;
        if (gap >= kHour * 3 / 4) {
            jumps.push_back(i);
        }
    }
    // A file in no order at all says nothing; requests that end in another order than they began are usual.
    if (jumps.empty() || jumps.size() > kMostJumps || backward * 3 > order.size() || order.size() < 20) {
        return;
    }
    for (const std::size_t at : jumps) {
        const std::int64_t gap = timeAt(at - 1) - timeAt(at);
        const std::int64_t hours = (gap + kHour / 2) / kHour;
        if (hours < 1 || hours > 14 || std::abs(gap - hours * kHour) > kHour / 6) {
            continue;
        }
        FoundRows found;
        const auto next = std::find_if(jumps.begin(), jumps.end(), [&](std::size_t other) { return other > at; });
        found.rows.assign(order.begin() + static_cast<std::ptrdiff_t>(at),
                          next == jumps.end() ? order.end() : order.begin() + static_cast<std::ptrdiff_t>(*next));
        found.act = MendAct::shiftTime;
        found.shiftNanos = hours * kHour;
        found.finding.kind = "time-jump";
        found.finding.id = fmt::format("time-jump:{}", rows.id[order[at]].value());
        found.finding.title = fmt::format("Times fall back by {} h in the middle of the file", hours);
        found.finding.explanation =
            fmt::format("After {} comes {}: what follows seems to be logged in another time zone.",
                        Timestamp::fromNanos(timeAt(at - 1)).toIso(), Timestamp::fromNanos(timeAt(at)).toIso());
        found.finding.mend = fmt::format("Move these rows {} h later", hours);
        describeRows(rows, found);
        examination.found.push_back(std::move(found));
    }
}

// firstRows: the ids with which imports begin.
void timeJumps(const std::vector<std::int64_t>& firstRows, Examination& examination) {
    const auto& rows = *examination.snapshot;
    std::vector<std::size_t> byId;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (rows.timeNanos.valid.test(row)) {
            byId.push_back(row);
        }
    }
    std::sort(byId.begin(), byId.end(), [&](std::size_t a, std::size_t b) { return rows.id[a] < rows.id[b]; });
    auto begin = byId.begin();
    for (std::size_t i = 1; i <= firstRows.size(); ++i) {
        const auto end = i == firstRows.size()
                             ? byId.end()
                             : std::lower_bound(begin, byId.end(), firstRows[i], [&](std::size_t row, std::int64_t id) {
                                   return rows.id[row].value() < id;
                               });
        timeJumpsOf({begin, end}, examination);
        begin = end;
    }
}

// A quote that never closed swallows lines: one record then holds a great part of the file's. Imports say which of
// their records has the most lines.
void strayQuotes(const std::vector<ImportInfo>& imports, Examination& examination) {
    for (const auto& import : imports) {
        const auto report = nlohmann::json::parse(import.report, nullptr, false);
        const auto longest = report.is_object() ? report.value("longest", nlohmann::json()) : nlohmann::json();
        if (!import.complete || !longest.is_object()) {
            continue;
        }
        const auto line = longest.value("line", std::int64_t{0});
        const auto lines = longest.value("lines", std::int64_t{0});
        const auto all = longest.value("of", std::int64_t{0});
        if (!(lines >= kManyLines && lines * 10 >= all) && !(lines >= kHalfLines && lines * 2 >= all)) {
            continue;
        }
        FoundRows found;
        found.act = MendAct::rereadPlain;
        found.import = import.id;
        found.finding.rows = 1;
        found.finding.kind = "stray-quote";
        found.finding.id = fmt::format("stray-quote:{}", import.id.value());
        found.finding.severity = FindingSeverity::error;
        found.finding.title = "One record holds a great part of the file's lines";
        found.finding.explanation = fmt::format(
            "In {} the record at line {} spans {} of {} lines: a quote in it was probably never closed, and what "
            "follows was taken for text.",
            import.source.path, line, lines, all);
        found.finding.mend = "Import the file again with quotes taken as plain text";
        examination.found.push_back(std::move(found));
    }
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
    auto rows = project.snapshot(context);
    if (!rows) {
        return fail(rows.error());
    }
    Examination examination;
    examination.snapshot = std::move(*rows);
    RowPricer pricer(catalog, *examination.snapshot, aliases);
    examineCosts(pricer, examination);
    if (context.stopRequested()) {
        return TaskContext::cancelled();
    }
    unresolvedNames(pricer, examination);
    impossibleCounts(examination);
    textsWithoutCounts(examination);
    const auto imports = project.imports();
    const auto firstRows = project.importFirstRows();
    if (!imports || !firstRows) {
        return fail(imports ? firstRows.error() : imports.error());
    }
    timeJumps(*firstRows, examination);
    strayQuotes(*imports, examination);
    std::stable_sort(examination.found.begin(), examination.found.end(), [](const FoundRows& a, const FoundRows& b) {
        return a.finding.severity != b.finding.severity ? a.finding.severity > b.finding.severity
                                                        : a.finding.rows > b.finding.rows;
    });
    return examination;
}

}  // namespace tierwise::project
