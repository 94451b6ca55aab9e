// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/row_filter.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

#include "core/base/timestamp.h"
#include "core/store/connection.h"
#include "core/store/sql.h"

namespace tierwise::store {
namespace {

using Storage = ResolvedColumn::Storage;

constexpr std::string_view kExtraPrefix = "extra:";

ColumnKind kindOf(NumberColumn column) {
    switch (column) {
        case NumberColumn::time:
            return ColumnKind::time;
        case NumberColumn::inputUncached:
        case NumberColumn::cacheRead:
        case NumberColumn::cacheWrite5m:
        case NumberColumn::cacheWrite1h:
        case NumberColumn::output:
        case NumberColumn::reasoning:
            return ColumnKind::tokens;
        case NumberColumn::loggedCost:
            return ColumnKind::money;
        case NumberColumn::latency:
            return ColumnKind::seconds;
        case NumberColumn::score:
        case NumberColumn::difficulty:
            return ColumnKind::fraction;
        case NumberColumn::promptText:
        case NumberColumn::responseText:
            return ColumnKind::text;
        case NumberColumn::requests:
        case NumberColumn::line:
        case NumberColumn::byteOffset:
        case NumberColumn::signal:
            break;
    }
    return ColumnKind::count;
}

bool isReal(ColumnKind kind) {
    return kind == ColumnKind::seconds || kind == ColumnKind::fraction;
}

tl::unexpected<Error> badValue(const RowFilter& filter, const char* wanted) {
    return fail(ErrorCode::invalidArgument, "'" + filter.value + "' is no value for the column " + filter.column,
                std::string("Give ") + wanted + ".");
}

template <typename T>
bool passes(FilterOp op, const T& value, const T& wanted) {
    switch (op) {
        case FilterOp::equals:
            return value == wanted;
        case FilterOp::notEquals:
            return value != wanted;
        case FilterOp::atLeast:
            return value >= wanted;
        case FilterOp::atMost:
            return value <= wanted;
        case FilterOp::contains:
        case FilterOp::isMissing:
        case FilterOp::isPresent:
            break;
    }
    return false;
}

bool passesText(FilterOp op, const std::string& value, const std::string& wanted) {
    return op == FilterOp::contains ? value.find(wanted) != std::string::npos : passes(op, value, wanted);
}

bool asksPresence(FilterOp op) {
    return op == FilterOp::isMissing || op == FilterOp::isPresent;
}

// A row passes by its value, or, where it has none, when missing ones were asked for (or anything else than a value).
template <typename At, typename Test>
void keepWhere(std::vector<std::uint8_t>& pass, FilterOp op, const At& at, const Test& test) {
    for (std::size_t row = 0; row < pass.size(); ++row) {
        if (pass[row] == 0) {
            continue;
        }
        const auto value = at(row);
        const bool keep = !value             ? op == FilterOp::isMissing || op == FilterOp::notEquals
                          : asksPresence(op) ? op == FilterOp::isPresent
                                             : test(*value);
        pass[row] = keep ? 1 : 0;
    }
}

Result<std::unordered_set<std::int64_t>> textsWith(Connection& connection, const std::string& needle) {
    std::unordered_set<std::int64_t> found;
    SQLite::Statement query(connection.db(), "SELECT first_text, raw_bytes, lengths, data FROM text_block");
    while (query.executeStep()) {
        const auto raw =
            decompress(blobOf(query.getColumn(3)), static_cast<std::size_t>(query.getColumn(1).getInt64()));
        if (!raw) {
            return fail(raw.error());
        }
        const std::string text = lowered(*raw);
        const std::string_view lengths = blobOf(query.getColumn(2));
        std::size_t begin = 0;
        for (std::size_t i = 0; (i + 1) * 4 <= lengths.size(); ++i) {
            std::uint32_t length = 0;
            std::memcpy(&length, lengths.data() + i * 4, 4);
            if (std::string_view(text).substr(begin, length).find(needle) != std::string_view::npos) {
                found.insert(query.getColumn(0).getInt64() + static_cast<std::int64_t>(i));
            }
            begin += length;
        }
    }
    return found;
}

}  // namespace

std::string lowered(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return lower;
}

Result<ResolvedColumn> resolveColumn(Connection& connection, std::string_view name) {
    if (name == "id") {
        return ResolvedColumn{Storage::id, ColumnKind::count, {}};
    }
    if (name == "input") {
        return ResolvedColumn{Storage::total, ColumnKind::tokens, {}};
    }
    if (name == "requestId") {
        return ResolvedColumn{Storage::string, ColumnKind::identifier, {kRequestIdColumn}};
    }
    if (name == "prompt" || name == "response") {
        return ResolvedColumn{Storage::text,
                              ColumnKind::text,
                              {columnNumber(name == "prompt" ? NumberColumn::promptText : NumberColumn::responseText)}};
    }
    for (std::size_t i = 0; i < kNumberColumns; ++i) {
        if (kNumberColumnNames[i] == name) {
            return ResolvedColumn{Storage::number, kindOf(static_cast<NumberColumn>(i)), {static_cast<int>(i)}};
        }
    }
    for (std::size_t i = 0; i < kNameColumns; ++i) {
        if (kNameColumnNames[i] == name) {
            return ResolvedColumn{Storage::name, ColumnKind::name, {kFirstName + static_cast<int>(i)}};
        }
    }
    if (name.substr(0, kExtraPrefix.size()) == kExtraPrefix) {
        ResolvedColumn column{Storage::string, ColumnKind::name, {}};
        SQLite::Statement query(connection.db(), "SELECT id FROM extra_column WHERE name = ? ORDER BY json");
        bindText(query, 1, name.substr(kExtraPrefix.size()));
        while (query.executeStep()) {
            column.numbers.push_back(kFirstExtra + query.getColumn(0).getInt());
        }
        if (!column.numbers.empty()) {
            return column;
        }
    }
    return fail(ErrorCode::invalidArgument, "requests have no column '" + std::string(name) + "'",
                "Use a column of the request table, or extra:NAME for another column of the log.");
}

Result<InputTotal> InputTotal::of(ChunkView& chunk) {
    InputTotal total;
    const auto uncached = chunk.integers(columnNumber(NumberColumn::inputUncached));
    if (!uncached) {
        return fail(uncached.error());
    }
    total.m_uncached = *uncached;
    for (const auto column : {NumberColumn::cacheRead, NumberColumn::cacheWrite5m, NumberColumn::cacheWrite1h}) {
        const auto cached = chunk.integers(columnNumber(column));
        if (!cached) {
            return fail(cached.error());
        }
        if (*cached != nullptr) {
            total.m_cached.push_back(*cached);
        }
    }
    return total;
}

std::optional<std::int64_t> InputTotal::at(std::size_t row) const {
    if (m_uncached == nullptr || !m_uncached->isValid(row)) {
        return {};
    }
    std::int64_t sum = m_uncached->valueAt(row);
    for (const auto* cached : m_cached) {
        sum += cached->at(row).value_or(0);
    }
    return sum;
}

Result<RowMatcher::Filter> RowMatcher::compileFilter(Connection& connection, ColumnCache& cache,
                                                     const RowFilter& filter) {
    const auto column = resolveColumn(connection, filter.column);
    if (!column) {
        return fail(column.error());
    }
    Filter made;
    made.column = *column;
    made.op = filter.op;
    made.text = lowered(filter.value);
    const bool isNumber =
        column->storage == Storage::number || column->storage == Storage::total || column->storage == Storage::id;
    if (isNumber && filter.op == FilterOp::contains) {
        return fail(ErrorCode::invalidArgument, "numbers and times contain no text", "Compare with =, >= or <=.");
    }
    if (column->storage == Storage::text && filter.op != FilterOp::contains && !asksPresence(filter.op)) {
        return fail(ErrorCode::invalidArgument, "texts can only be searched", "Use contains.");
    }
    if (column->storage == Storage::name) {
        const auto strings = cache.strings(connection.db());
        made.names.resize(strings->size());
        for (std::size_t id = 1; id < strings->size(); ++id) {
            made.names[id] = passesText(filter.op, lowered((*strings)[id]), made.text) ? 1 : 0;
        }
    }
    if (asksPresence(filter.op)) {
        return made;
    }
    if (column->storage == Storage::text) {
        auto texts = textsWith(connection, made.text);
        if (!texts) {
            return fail(texts.error());
        }
        made.texts = std::make_shared<std::unordered_set<std::int64_t>>(std::move(*texts));
    }
    if (!isNumber) {
        return made;
    }
    if (column->kind == ColumnKind::time) {
        const auto time = Timestamp::parseIso(filter.value);
        if (!time) {
            return badValue(filter, "a time as 2026-10-01 or 2026-10-01T08:00:00Z");
        }
        made.number = time->nanos();
    } else if (column->kind == ColumnKind::money) {
        const auto money = Money::parse(filter.value);
        if (!money) {
            return badValue(filter, "dollars as 0.25");
        }
        made.number = money->pico();
    } else {
        const char* const end = filter.value.data() + filter.value.size();
        const auto [at, error] = isReal(column->kind) ? std::from_chars(filter.value.data(), end, made.real)
                                                      : std::from_chars(filter.value.data(), end, made.number);
        if (error != std::errc() || at != end) {
            return badValue(filter, isReal(column->kind) ? "a number as 0.5" : "a whole number");
        }
    }
    return made;
}

Result<RowMatcher> RowMatcher::compile(Connection& connection, ColumnCache& cache, const RowQuery& query) {
    RowMatcher matcher;
    for (const auto& filter : query.filters) {
        auto made = compileFilter(connection, cache, filter);
        if (!made) {
            return fail(made.error());
        }
        matcher.m_filters.push_back(std::move(*made));
    }
    matcher.m_needle = lowered(query.text);
    if (!matcher.m_needle.empty()) {
        const auto strings = cache.strings(connection.db());
        matcher.m_needleNames.resize(strings->size());
        for (std::size_t id = 1; id < strings->size(); ++id) {
            matcher.m_needleNames[id] = lowered((*strings)[id]).find(matcher.m_needle) != std::string::npos ? 1 : 0;
        }
    }
    return matcher;
}

Result<void> RowMatcher::applyFilter(const Filter& filter, ChunkView& chunk, std::vector<std::uint8_t>& pass) {
    const FilterOp op = filter.op;
    const auto number = [&](std::int64_t value) { return passes(op, value, filter.number); };
    switch (filter.column.storage) {
        case Storage::id:
            keepWhere(
                pass, op,
                [&](std::size_t row) { return std::optional(chunk.info().firstRow + static_cast<std::int64_t>(row)); },
                number);
            return {};
        case Storage::total: {
            const auto total = InputTotal::of(chunk);
            if (!total) {
                return fail(total.error());
            }
            keepWhere(
                pass, op, [&](std::size_t row) { return total->at(row); }, number);
            return {};
        }
        case Storage::number:
        case Storage::name:
        case Storage::text: {
            const auto view = chunk.integers(filter.column.numbers[0]);
            if (!view) {
                return fail(view.error());
            }
            const auto at = [&](std::size_t row) {
                auto value = *view == nullptr ? std::nullopt : (*view)->at(row);
                return filter.column.storage == Storage::name && value == 0 ? std::nullopt : value;
            };
            if (filter.column.storage == Storage::name) {
                keepWhere(pass, op, at, [&](std::int64_t id) {
                    return static_cast<std::size_t>(id) < filter.names.size() &&
                           filter.names[static_cast<std::size_t>(id)] != 0;
                });
            } else if (filter.column.storage == Storage::text) {
                keepWhere(pass, op, at, [&](std::int64_t id) { return filter.texts->count(id) != 0; });
            } else if (isReal(filter.column.kind)) {
                keepWhere(pass, op, at, [&](std::int64_t bits) {
                    return passes(op, std::bit_cast<float>(static_cast<std::uint32_t>(bits)), filter.real);
                });
            } else {
                keepWhere(pass, op, at, number);
            }
            return {};
        }
        case Storage::string: {
            std::vector<const StringColumnView*> views;
            for (const int column : filter.column.numbers) {
                const auto view = chunk.strings(column);
                if (!view) {
                    return fail(view.error());
                }
                if (*view != nullptr) {
                    views.push_back(*view);
                }
            }
            keepWhere(
                pass, op,
                [&](std::size_t row) {
                    std::optional<std::string> value;
                    for (const auto* view : views) {
                        value = value ? value : view->at(row);
                    }
                    return value;
                },
                [&](const std::string& value) { return passesText(op, lowered(value), filter.text); });
            return {};
        }
    }
    return {};
}

Result<void> RowMatcher::applyText(ChunkView& chunk, std::vector<std::uint8_t>& pass) const {
    std::vector<std::uint8_t> found(pass.size(), 0);
    for (std::size_t i = 0; i < kNameColumns; ++i) {
        const auto view = chunk.integers(kFirstName + static_cast<int>(i));
        if (!view) {
            return fail(view.error());
        }
        for (std::size_t row = 0; *view != nullptr && row < found.size(); ++row) {
            const auto id = static_cast<std::size_t>((*view)->at(row).value_or(0));
            found[row] |= id < m_needleNames.size() ? m_needleNames[id] : std::uint8_t{0};
        }
    }
    const auto ids = chunk.strings(kRequestIdColumn);
    if (!ids) {
        return fail(ids.error());
    }
    for (std::size_t row = 0; *ids != nullptr && row < found.size(); ++row) {
        if (found[row] == 0 && pass[row] != 0) {
            const auto id = (*ids)->at(row);
            found[row] = id && lowered(*id).find(m_needle) != std::string::npos ? 1 : 0;
        }
    }
    for (std::size_t row = 0; row < pass.size(); ++row) {
        pass[row] = pass[row] & found[row];
    }
    return {};
}

Result<void> RowMatcher::match(ChunkView& chunk, std::vector<std::uint8_t>& pass) const {
    pass.assign(chunk.rows(), 1);
    for (const auto& filter : m_filters) {
        if (const auto applied = applyFilter(filter, chunk, pass); !applied) {
            return fail(applied.error());
        }
    }
    return m_needle.empty() ? Result<void>() : applyText(chunk, pass);
}

}  // namespace tierwise::store
