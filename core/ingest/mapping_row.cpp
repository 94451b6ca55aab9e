// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/mapping_row.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/catalog/usage_body.h"

namespace tierwise::ingest {
namespace {

constexpr std::size_t kShownValue = 40;

std::string shown(std::string_view value) {
    return value.size() <= kShownValue ? std::string(value) : std::string(value.substr(0, kShownValue)) + "...";
}

// Words that stand in a cost column for "not billed apart".
bool isNoCharge(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void setOnce(std::string_view& target, std::string_view value) {
    if (target.empty()) {
        target = value;
    }
}

}  // namespace

std::string_view RowArena::keep(std::string_view text) {
    if (text.empty()) {
        return {};
    }
    while (m_block < m_blocks.size() && m_used + text.size() > m_blocks[m_block].second) {
        ++m_block;
        m_used = 0;
    }
    if (m_block == m_blocks.size()) {
        const std::size_t size = std::max<std::size_t>(std::size_t{1} << 14U, text.size());
        m_blocks.emplace_back(std::make_unique<char[]>(size), size);
        m_used = 0;
    }
    char* at = m_blocks[m_block].first.get() + m_used;
    std::memcpy(at, text.data(), text.size());
    m_used += text.size();
    return {at, text.size()};
}

void RowMapper::Impl::start(store::RequestRow& row) {
    row = {};
    extras.clear();
    usage = {};
    inputCost.reset();
    outputCost.reset();
    endTime.reset();
    prompt.clear();
    response.clear();
    requestId.clear();
    tag.clear();
    hasPrompt = hasResponse = false;
    arena.reset();
}

bool RowMapper::Impl::takeCount(const MapStep& step, std::string_view value, std::optional<std::int64_t>& target,
                                MapReject& reject) {
    if (target) {
        return true;
    }
    target = parseCount(value, mapping.conventions.numbers, step.unit);
    if (!target) {
        reject = {step.column, fmt::format("\"{}\" is not a count", shown(value)),
                  "Counts are whole numbers from 0; choose another column, or correct the value."};
    }
    return target.has_value();
}

bool RowMapper::Impl::takeMoney(const MapStep& step, std::string_view value, std::optional<Money>& target,
                                MapReject& reject) {
    if (target || isNoCharge(value)) {
        return true;
    }
    target = parseCost(value, mapping.conventions.numbers, step.unit);
    if (!target) {
        reject = {step.column, fmt::format("\"{}\" is not an amount of money", shown(value)),
                  "Amounts are decimal dollars (or cents, by the column's unit); correct the value."};
    }
    return target.has_value();
}

bool RowMapper::Impl::takeTime(const MapStep& step, std::string_view value, std::optional<Timestamp>& target,
                               MapReject& reject) {
    if (target) {
        return true;
    }
    const char* hint = nullptr;
    target = times.parse(value, step.unit, &hint);
    if (!target) {
        reject = {step.column,
                  fmt::format("\"{}\" is {}", shown(value),
                              hint == TimeReader::kDayOrMonth ? "either of two days" : "not a time"),
                  hint};
    }
    return target.has_value();
}

bool RowMapper::Impl::takeMeasure(const MapStep& step, std::string_view value, store::RequestRow& row,
                                  MapReject& reject) {
    if (step.field == Field::latency) {
        const auto number = parseNumber(value, mapping.conventions.numbers);
        const double scale = step.unit == Unit::milliseconds   ? 1e-3
                             : step.unit == Unit::microseconds ? 1e-6
                             : step.unit == Unit::nanoseconds  ? 1e-9
                                                               : 1;
        if (!number || *number < 0) {
            reject = {step.column, fmt::format("\"{}\" is not a duration", shown(value)),
                      "Durations are numbers from 0, in the column's unit."};
            return false;
        }
        if (!row.latencySeconds) {
            row.latencySeconds = static_cast<float>(*number * scale);
        }
        return true;
    }
    const auto score = parseScore(value, mapping.conventions.numbers, step.unit);
    if (!score) {
        reject = {step.column, fmt::format("the score \"{}\" is not between 0 and 1", shown(value)),
                  "If scores go to 10 or 100, or are stars or thumbs, choose that unit for the column."};
        return false;
    }
    if (!row.score) {
        row.score = static_cast<float>(*score);
    }
    return true;
}

void RowMapper::Impl::takeText(std::string_view value, std::string& target, bool& has) {
    if (value == "{}" || value == "[]") {
        return;
    }
    const std::string_view text = cellText(value, cellParser, scratch);
    if (has && text == target) {
        return;
    }
    if (has && !target.empty()) {
        target += "\n\n";
    }
    has = true;
    target += text;
}

void RowMapper::Impl::takeJoined(std::string_view value, char separator, std::string& target) {
    if (!target.empty()) {
        target += separator;
    }
    target += value;
}

void RowMapper::Impl::takeTag(std::string_view value) {
    simdjson::dom::element list;
    simdjson::dom::array words;
    if (value.front() == '[' && parseJsonCell(value, cellParser, scratch, list) &&
        list.get(words) == simdjson::SUCCESS) {
        for (const simdjson::dom::element entry : words) {
            std::string_view word;
            if (entry.get(word) == simdjson::SUCCESS && !word.empty()) {
                takeJoined(word, ',', tag);
            }
        }
        return;
    }
    takeJoined(value, ',', tag);
}

bool RowMapper::Impl::takeUsage(const MapStep& step, std::string_view value, store::RequestRow& row,
                                MapReject& reject) {
    if (row.inputUncached || row.output || value == "{}") {
        return true;
    }
    // The body's dialect knows its own conventions: the result is normalized already and goes straight to the row.
    const auto body = catalog::readUsageBody(value, nullptr);
    if (!body) {
        reject = {step.column, body.error().what, body.error().fixHint};
        return false;
    }
    const auto& counts = body->usage;
    const auto set = [](std::optional<TokenCount>& target, const std::optional<std::int64_t>& count) {
        if (count) {
            target = TokenCount(*count);
        }
    };
    set(row.inputUncached, counts.inputUncached);
    set(row.cacheRead, counts.cacheRead);
    set(row.cacheWrite5m, counts.cacheWrite5m);
    set(row.cacheWrite1h, counts.cacheWrite1h);
    set(row.output, counts.output);
    set(row.reasoning, counts.reasoning);
    if (!body->serviceTier.empty()) {
        setOnce(row.serviceTier, arena.keep(body->serviceTier));
    }
    if (!body->region.empty()) {
        setOnce(row.region, arena.keep(body->region));
    }
    if (!body->model.empty()) {
        setOnce(row.model, arena.keep(body->model));
    }
    return true;
}

bool RowMapper::Impl::take(const MapStep& step, std::string_view value, store::RequestRow& row, MapReject& reject) {
    switch (step.field) {
        case Field::time:
            return takeTime(step, value, row.time, reject);
        case Field::endTime:
            return takeTime(step, value, endTime, reject);
        case Field::inputTokens:
            return takeCount(step, value, usage.input, reject);
        case Field::inputUncached:
            return takeCount(step, value, usage.inputUncached, reject);
        case Field::cacheRead:
            return takeCount(step, value, usage.cacheRead, reject);
        case Field::cacheWrite:
            return takeCount(step, value, usage.cacheWrite, reject);
        case Field::cacheWrite5m:
            return takeCount(step, value, usage.cacheWrite5m, reject);
        case Field::cacheWrite1h:
            return takeCount(step, value, usage.cacheWrite1h, reject);
        case Field::outputTokens:
            return takeCount(step, value, usage.output, reject);
        case Field::reasoningTokens:
            return takeCount(step, value, usage.reasoning, reject);
        case Field::totalTokens:
            return takeCount(step, value, usage.total, reject);
        case Field::requests:
            return takeCount(step, value, usage.requests, reject);
        case Field::usage:
            return takeUsage(step, value, row, reject);
        case Field::cost:
            return takeMoney(step, value, row.loggedCost, reject);
        case Field::inputCost:
            return takeMoney(step, value, inputCost, reject);
        case Field::outputCost:
            return takeMoney(step, value, outputCost, reject);
        case Field::latency:
        case Field::score:
            return takeMeasure(step, value, row, reject);
        case Field::model:
            setOnce(row.model, value);
            return true;
        case Field::provider:
            setOnce(row.provider, value);
            return true;
        case Field::session:
            setOnce(row.session, value);
            return true;
        case Field::user:
            setOnce(row.user, value);
            return true;
        case Field::team:
            setOnce(row.team, value);
            return true;
        case Field::serviceTier:
            // A column called "batch" holds true or false.
            if (foldedName(value) == "true") {
                setOnce(row.serviceTier, "batch");
            } else if (foldedName(value) != "false") {
                setOnce(row.serviceTier, value);
            }
            return true;
        case Field::region:
            setOnce(row.region, value);
            return true;
        case Field::domain:
            setOnce(row.domain, value);
            return true;
        case Field::dataClass:
            setOnce(row.dataClass, value);
            return true;
        case Field::requestId:
            takeJoined(value, ':', requestId);
            return true;
        case Field::tag:
            takeTag(value);
            return true;
        case Field::prompt:
            takeText(value, prompt, hasPrompt);
            return true;
        case Field::response:
            takeText(value, response, hasResponse);
            return true;
        case Field::status:
        case Field::metric:
        case Field::amount:
        case Field::sequence:
            extras.push_back({step.column, value, false});
            return true;
        case Field::extra:
        case Field::ignore:
            return true;
    }
    return true;
}

bool RowMapper::Impl::passesFilters(std::span<const std::string_view> record) const {
    return std::all_of(filters.begin(), filters.end(), [&](const FilterStep& filter) {
        const std::string_view value = filter.cell < record.size() ? trimmed(record[filter.cell]) : std::string_view();
        return isMissing(value) ||
               std::find(filter.values.begin(), filter.values.end(), foldedName(value)) != filter.values.end();
    });
}

MapStatus RowMapper::Impl::mapSteps(std::span<const std::string_view> record, store::RequestRow& row,
                                    MapReject& reject) {
    if (!passesFilters(record)) {
        return MapStatus::notARequest;
    }
    std::size_t parsed = static_cast<std::size_t>(-1);
    simdjson::dom::element root;
    bool isJson = false;
    for (const MapStep& step : steps) {
        if (step.cell >= record.size()) {
            continue;
        }
        std::string_view value = record[step.cell];
        if (!step.path.empty()) {
            if (step.cell != parsed) {
                parsed = step.cell;
                isJson = !value.empty() && parseJsonCell(value, stepParser, stepScratch, root);
            }
            value = isJson ? jsonAt(root, step.path) : std::string_view();
        }
        if (step.field != Field::prompt && step.field != Field::response) {
            value = trimmed(value);
        }
        if (!isMissing(value) && !take(step, value, row, reject)) {
            return MapStatus::rejected;
        }
    }
    return finishRow(row, reject);
}

MapStatus RowMapper::Impl::finishRow(store::RequestRow& row, MapReject& reject) {
    if (usage.requests && *usage.requests == 0 && usage.input.value_or(0) == 0 && usage.output.value_or(0) == 0 &&
        usage.inputUncached.value_or(0) == 0) {
        return MapStatus::notARequest;
    }
    if (usage.requests && (*usage.requests == 0 || *usage.requests > 0xFFFFFFFFLL)) {
        reject = {{},
                  fmt::format("{} requests cannot have used these tokens", *usage.requests),
                  "Correct the number of requests, or leave its column out of the mapping."};
        return MapStatus::rejected;
    }
    row.requests = static_cast<std::uint32_t>(usage.requests.value_or(1));
    if (mapping.conventions.zeroIsUnknown && usage.input.value_or(0) == 0 && usage.output.value_or(0) == 0 &&
        usage.total.value_or(0) == 0 && usage.cacheRead.value_or(0) == 0) {
        usage = {};
        row.loggedCost = row.loggedCost && row.loggedCost->pico() == 0 ? std::nullopt : row.loggedCost;
    }
    if (!row.inputUncached && !row.output && !normalizeUsage(usage, mapping.conventions, row, reject)) {
        return MapStatus::rejected;
    }
    if (!row.loggedCost && (inputCost || outputCost)) {
        const auto sum = inputCost.value_or(Money()).plus(outputCost.value_or(Money()));
        if (!sum) {
            reject = {{}, sum.error().what, sum.error().fixHint};
            return MapStatus::rejected;
        }
        row.loggedCost = *sum;
    }
    if (endTime && row.time && !row.latencySeconds && *endTime >= *row.time) {
        row.latencySeconds = static_cast<float>(static_cast<double>(endTime->nanos() - row.time->nanos()) * 1e-9);
    }
    setOnce(row.provider, mapping.conventions.provider);
    setOnce(row.serviceTier, mapping.conventions.serviceTier);
    row.requestId = requestId;
    row.dedupKey = mapping.conventions.uniqueIds ? row.requestId : std::string_view();
    row.tag = tag;
    if (hasPrompt) {
        row.prompt = prompt;
    }
    if (hasResponse) {
        row.response = response;
    }
    row.extras = extras;
    const bool counts = row.inputUncached || row.output || row.cacheRead || row.cacheWrite5m || row.cacheWrite1h;
    if (!counts && !row.prompt && !row.response && !row.loggedCost) {
        if (row.model.empty() && !usage.total) {
            return MapStatus::notARequest;
        }
        reject = {{},
                  "the record has no token counts, no text and no cost",
                  "Map the columns that hold them; a total alone cannot be priced."};
        return MapStatus::rejected;
    }
    return MapStatus::row;
}

MapStatus RowMapper::map(std::span<const std::string_view> cells, store::RequestRow& row, MapReject& reject) {
    m_impl->start(row);
    for (const std::size_t cell : m_impl->extraCells) {
        if (cell < cells.size() && !cells[cell].empty()) {
            m_impl->extras.push_back({m_impl->header[cell], cells[cell], false});
        }
    }
    return m_impl->mapSteps(cells, row, reject);
}

}  // namespace tierwise::ingest
