// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/row_batch.h"

#include <algorithm>
#include <bit>

namespace tierwise::store {
namespace {

constexpr std::size_t kArenaLimit = std::size_t{1} << 30U;

std::size_t bytesOf(const RequestRow& row) {
    std::size_t bytes = row.model.size() + row.provider.size() + row.serviceTier.size() + row.region.size() +
                        row.team.size() + row.user.size() + row.session.size() + row.tag.size() + row.dataClass.size() +
                        row.domain.size() + row.requestId.size() + row.dedupKey.size();
    bytes += row.prompt ? row.prompt->size() : 0;
    bytes += row.response ? row.response->size() : 0;
    for (const auto& extra : row.extras) {
        bytes += extra.value.size();
    }
    return bytes;
}

std::int64_t bitsOf(float value) {
    return std::int64_t{std::bit_cast<std::uint32_t>(value)};
}

}  // namespace

RowBatch::RowBatch() {
    for (auto& column : numbers) {
        column.resize(kMaxRows);
    }
    for (auto& column : names) {
        column.resize(kMaxRows);
    }
    requestIds.resize(kMaxRows);
    dedupKeys.resize(kMaxRows);
    prompts.resize(kMaxRows);
    responses.resize(kMaxRows);
}

void RowBatch::setNumber(NumberColumn column, std::int64_t value) {
    numbers[static_cast<std::size_t>(column)].set(rows, value);
    numberUsed[static_cast<std::size_t>(column)] = true;
}

Slice RowBatch::copy(std::string_view text) {
    const Slice slice{static_cast<std::uint32_t>(arena.size()), static_cast<std::uint32_t>(text.size())};
    arena.append(text);
    return slice;
}

void RowBatch::setName(NameColumn column, std::string_view text) {
    if (text.empty()) {
        return;
    }
    const auto index = static_cast<std::size_t>(column);
    Slice& last = m_lastName[index];
    if (!last.present() || textOf(last) != text) {
        last = copy(text);
    }
    names[index][rows] = last;
    nameUsed[index] = true;
}

std::uint32_t RowBatch::keyIndex(std::string_view name, bool json) {
    const auto [found, added] =
        m_keyIndex[json ? 1 : 0].try_emplace(std::string(name), static_cast<std::uint32_t>(extraKeys.size()));
    if (added) {
        extraKeys.emplace_back(std::string(name), json);
    }
    return found->second;
}

bool RowBatch::add(const RequestRow& row, const SourcePlace& place) {
    if (bytesOf(row) > kArenaLimit - arena.size()) {
        return false;
    }
    const auto count = [this](NumberColumn column, const std::optional<TokenCount>& tokens) {
        if (tokens) {
            setNumber(column, tokens->value());
        }
    };
    const auto real = [this](NumberColumn column, const std::optional<float>& value) {
        if (value) {
            setNumber(column, bitsOf(*value));
        }
    };
    if (row.time) {
        setNumber(NumberColumn::time, row.time->nanos());
    }
    count(NumberColumn::inputUncached, row.inputUncached);
    count(NumberColumn::cacheRead, row.cacheRead);
    count(NumberColumn::cacheWrite5m, row.cacheWrite5m);
    count(NumberColumn::cacheWrite1h, row.cacheWrite1h);
    count(NumberColumn::output, row.output);
    count(NumberColumn::reasoning, row.reasoning);
    setNumber(NumberColumn::requests, row.requests);
    if (row.loggedCost) {
        setNumber(NumberColumn::loggedCost, row.loggedCost->pico());
    }
    real(NumberColumn::latency, row.latencySeconds);
    real(NumberColumn::score, row.score);
    real(NumberColumn::difficulty, row.difficulty);
    setNumber(NumberColumn::line, place.line);
    setNumber(NumberColumn::byteOffset, place.byteOffset);

    setName(NameColumn::model, row.model);
    setName(NameColumn::provider, row.provider);
    setName(NameColumn::serviceTier, row.serviceTier);
    setName(NameColumn::region, row.region);
    setName(NameColumn::team, row.team);
    setName(NameColumn::user, row.user);
    setName(NameColumn::session, row.session);
    setName(NameColumn::tag, row.tag);
    setName(NameColumn::dataClass, row.dataClass);
    setName(NameColumn::domain, row.domain);

    if (!row.requestId.empty()) {
        requestIds[rows] = copy(row.requestId);
    }
    if (!row.dedupKey.empty()) {
        dedupKeys[rows] = copy(row.dedupKey);
    }
    if (row.prompt) {
        prompts[rows] = copy(*row.prompt);
    }
    if (row.response) {
        responses[rows] = copy(*row.response);
    }
    for (std::size_t i = 0; i < row.extras.size(); ++i) {
        const auto& extra = row.extras[i];
        if (i >= m_lastKeys.size()) {
            m_lastKeys.push_back(keyIndex(extra.key, extra.json));
        } else if (extraKeys[m_lastKeys[i]].first != extra.key || extraKeys[m_lastKeys[i]].second != extra.json) {
            m_lastKeys[i] = keyIndex(extra.key, extra.json);
        }
        extras.push_back({static_cast<std::uint32_t>(rows), m_lastKeys[i], copy(extra.value)});
    }
    ++rows;
    return true;
}

void RowBatch::clear() {
    const auto used = static_cast<std::ptrdiff_t>(rows);
    for (std::size_t i = 0; i < kNumberColumns; ++i) {
        if (numberUsed[i]) {
            std::fill_n(numbers[i].values.begin(), used, 0);
            numbers[i].valid = {};
            numbers[i].valid.resize(kMaxRows);
        }
    }
    for (std::size_t i = 0; i < kNameColumns; ++i) {
        if (nameUsed[i]) {
            std::fill_n(names[i].begin(), used, Slice());
        }
    }
    for (auto* slices : {&requestIds, &dedupKeys, &prompts, &responses}) {
        std::fill_n(slices->begin(), used, Slice());
    }
    numberUsed = {};
    nameUsed = {};
    extras.clear();
    extraKeys.clear();
    rejects.clear();
    arena.clear();
    rows = 0;
    byteOffset = 0;
    m_lastName = {};
    m_keyIndex = {};
    m_lastKeys.clear();
}

void RowBatch::reject(const RejectedRecord& record) {
    rejects.push_back({record.place, std::string(record.column), std::string(record.reason),
                       std::string(record.fixHint), std::string(record.raw)});
}

}  // namespace tierwise::store
