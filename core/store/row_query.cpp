// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/row_query.h"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>

#include <nlohmann/json.hpp>

#include "core/store/chunk_view.h"
#include "core/store/connection.h"
#include "core/store/row_filter.h"
#include "core/store/sql.h"
#include "core/store/text_reader.h"

namespace tierwise::store {
namespace {

using Storage = ResolvedColumn::Storage;

// What a row is sorted by: numbers as they are, strings by their rank among all that occur.
struct SortKey {
    std::int64_t key = 0;
    std::int64_t id = 0;
};

class RowSorter {
public:
    RowSorter(const ResolvedColumn& column, bool descending) : m_column(column), m_descending(descending) {}

    Result<void> take(ChunkView& chunk, const std::vector<std::uint8_t>& pass);
    std::vector<std::int64_t> finish(const std::vector<std::string>& names);

private:
    template <typename At>
    void takeWhere(const ChunkView& chunk, const std::vector<std::uint8_t>& pass, const At& at) {
        for (std::size_t row = 0; row < pass.size(); ++row) {
            if (pass[row] == 0) {
                continue;
            }
            const std::int64_t id = chunk.info().firstRow + static_cast<std::int64_t>(row);
            if (const std::optional<std::int64_t> key = at(row)) {
                m_keys.push_back({*key, id});
            } else {
                m_missing.push_back(id);
            }
        }
    }
    void rankStrings(const std::vector<std::string>& names);

    const ResolvedColumn& m_column;
    bool m_descending;
    std::vector<SortKey> m_keys;
    std::vector<std::int64_t> m_missing;
    std::vector<std::string> m_strings;  // by provisional key, of string columns
};

Result<void> RowSorter::take(ChunkView& chunk, const std::vector<std::uint8_t>& pass) {
    switch (m_column.storage) {
        case Storage::id:
            takeWhere(chunk, pass, [](std::size_t) { return std::optional<std::int64_t>(0); });
            return {};
        case Storage::total: {
            const auto total = InputTotal::of(chunk);
            if (!total) {
                return fail(total.error());
            }
            takeWhere(chunk, pass, [&](std::size_t row) { return total->at(row); });
            return {};
        }
        case Storage::number:
        case Storage::name:
        case Storage::text: {
            const auto view = chunk.integers(m_column.numbers[0]);
            if (!view) {
                return fail(view.error());
            }
            takeWhere(chunk, pass, [&](std::size_t row) {
                const auto value = *view == nullptr ? std::nullopt : (*view)->at(row);
                return m_column.storage == Storage::name && value == 0 ? std::nullopt : value;
            });
            return {};
        }
        case Storage::string: {
            std::vector<const StringColumnView*> views;
            for (const int column : m_column.numbers) {
                const auto view = chunk.strings(column);
                if (!view) {
                    return fail(view.error());
                }
                if (*view != nullptr) {
                    views.push_back(*view);
                }
            }
            takeWhere(chunk, pass, [&](std::size_t row) -> std::optional<std::int64_t> {
                for (const auto* view : views) {
                    if (auto value = view->at(row)) {
                        m_strings.push_back(std::move(*value));
                        return static_cast<std::int64_t>(m_strings.size()) - 1;
                    }
                }
                return {};
            });
            return {};
        }
    }
    return {};
}

// Counting ids sort as the numbers they are: shorter ones first, where both begin with a digit.
bool identifierLess(const std::string& a, const std::string& b) {
    const auto allDigits = [](const std::string& text) {
        return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (a.size() != b.size() && allDigits(a) && allDigits(b)) {
        return a.size() < b.size();
    }
    return a < b;
}

void RowSorter::rankStrings(const std::vector<std::string>& names) {
    std::vector<std::uint32_t> order(names.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&names](std::uint32_t a, std::uint32_t b) { return identifierLess(names[a], names[b]); });
    std::vector<std::int64_t> rank(names.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool same = i > 0 && names[order[i]] == names[order[i - 1]];
        rank[order[i]] = same ? rank[order[i - 1]] : static_cast<std::int64_t>(i);
    }
    for (auto& entry : m_keys) {
        entry.key = rank[static_cast<std::size_t>(entry.key)];
    }
}

std::vector<std::int64_t> RowSorter::finish(const std::vector<std::string>& names) {
    if (m_column.storage == Storage::name) {
        rankStrings(names);
    } else if (m_column.storage == Storage::string) {
        rankStrings(m_strings);
    }
    const bool byId = m_column.storage == Storage::id;
    const auto less = [&](const SortKey& a, const SortKey& b) {
        if (a.key != b.key) {
            return m_descending ? a.key > b.key : a.key < b.key;
        }
        return byId && m_descending ? a.id > b.id : a.id < b.id;
    };
    if (!std::is_sorted(m_keys.begin(), m_keys.end(), less)) {
        std::sort(m_keys.begin(), m_keys.end(), less);
    }
    std::vector<std::int64_t> ids;
    ids.reserve(m_keys.size() + m_missing.size());
    for (const auto& entry : m_keys) {
        ids.push_back(entry.id);
    }
    ids.insert(ids.end(), m_missing.begin(), m_missing.end());
    return ids;
}

tl::unexpected<Error> noSuchRow(std::int64_t id) {
    return fail(ErrorCode::notFound, "there is no request " + std::to_string(id) + " any more",
                "Its import may have been undone: refresh the list.");
}

const ChunkInfo* chunkOf(const std::vector<ChunkInfo>& chunks, std::int64_t id) {
    const auto after = std::upper_bound(chunks.begin(), chunks.end(), id,
                                        [](std::int64_t value, const ChunkInfo& c) { return value < c.firstRow; });
    if (after == chunks.begin() || id >= std::prev(after)->firstRow + std::prev(after)->rows) {
        return nullptr;
    }
    return &*std::prev(after);
}

// Fills records from one chunk.
class RecordFiller {
public:
    RecordFiller(ChunkView& chunk, const std::vector<std::string>& strings) : m_chunk(chunk), m_strings(strings) {}

    Result<RequestRecord> fill(std::size_t row) {
        RequestRecord record;
        record.id = RequestId(m_chunk.info().firstRow + static_cast<std::int64_t>(row));
        record.import = m_chunk.info().import;
        if (const auto time = number(NumberColumn::time, row)) {
            record.time = Timestamp::fromNanos(*time);
        }
        record.inputUncached = number(NumberColumn::inputUncached, row);
        record.cacheRead = number(NumberColumn::cacheRead, row);
        record.cacheWrite5m = number(NumberColumn::cacheWrite5m, row);
        record.cacheWrite1h = number(NumberColumn::cacheWrite1h, row);
        record.output = number(NumberColumn::output, row);
        record.reasoning = number(NumberColumn::reasoning, row);
        record.requests = number(NumberColumn::requests, row).value_or(1);
        if (const auto cost = number(NumberColumn::loggedCost, row)) {
            record.loggedCost = Money::fromPico(*cost);
        }
        record.latencySeconds = real(NumberColumn::latency, row);
        record.score = real(NumberColumn::score, row);
        record.difficulty = real(NumberColumn::difficulty, row);
        record.promptText = number(NumberColumn::promptText, row);
        record.responseText = number(NumberColumn::responseText, row);
        record.line = number(NumberColumn::line, row).value_or(0);
        record.byteOffset = number(NumberColumn::byteOffset, row).value_or(0);
        record.signal = static_cast<std::uint8_t>(number(NumberColumn::signal, row).value_or(0));
        record.model = name(NameColumn::model, row);
        record.provider = name(NameColumn::provider, row);
        record.serviceTier = name(NameColumn::serviceTier, row);
        record.region = name(NameColumn::region, row);
        record.team = name(NameColumn::team, row);
        record.user = name(NameColumn::user, row);
        record.session = name(NameColumn::session, row);
        record.tag = name(NameColumn::tag, row);
        record.dataClass = name(NameColumn::dataClass, row);
        record.domain = name(NameColumn::domain, row);
        const auto ids = m_chunk.strings(kRequestIdColumn);
        if (!ids) {
            m_error = ids.error();
        } else if (*ids != nullptr) {
            record.requestId = (*ids)->at(row).value_or(std::string());
        }
        return m_error ? Result<RequestRecord>(fail(*m_error)) : Result<RequestRecord>(std::move(record));
    }

private:
    std::optional<std::int64_t> integer(int column, std::size_t row) {
        const auto view = m_chunk.integers(column);
        if (!view) {
            m_error = view.error();
            return {};
        }
        return *view == nullptr ? std::nullopt : (*view)->at(row);
    }
    std::optional<std::int64_t> number(NumberColumn column, std::size_t row) {
        return integer(columnNumber(column), row);
    }
    std::optional<float> real(NumberColumn column, std::size_t row) {
        const auto bits = number(column, row);
        return bits ? std::optional(std::bit_cast<float>(static_cast<std::uint32_t>(*bits))) : std::nullopt;
    }
    std::string name(NameColumn column, std::size_t row) {
        const auto id = static_cast<std::size_t>(integer(columnNumber(column), row).value_or(0));
        return id < m_strings.size() ? m_strings[id] : std::string();
    }

    ChunkView& m_chunk;
    const std::vector<std::string>& m_strings;
    std::optional<Error> m_error;
};

struct ExtraName {
    int column = 0;
    std::string name;
    bool json = false;
};

std::vector<ExtraName> extraNames(Connection& connection) {
    std::vector<ExtraName> names;
    SQLite::Statement query(connection.db(), "SELECT id, name, json FROM extra_column ORDER BY id");
    while (query.executeStep()) {
        names.push_back({kFirstExtra + query.getColumn(0).getInt(), query.getColumn(1).getString(),
                         query.getColumn(2).getInt() != 0});
    }
    return names;
}

Result<std::string> extrasOf(Connection& connection, ChunkView& chunk, std::size_t row) {
    nlohmann::ordered_json extras = nlohmann::ordered_json::object();
    for (const auto& extra : extraNames(connection)) {
        const auto view = chunk.strings(extra.column);
        if (!view) {
            return fail(view.error());
        }
        const auto value = *view == nullptr ? std::nullopt : (*view)->at(row);
        if (!value) {
            continue;
        }
        auto parsed = extra.json ? nlohmann::ordered_json::parse(*value, nullptr, false) : nlohmann::ordered_json();
        extras[extra.name] = !extra.json || parsed.is_discarded() ? nlohmann::ordered_json(*value) : std::move(parsed);
    }
    return extras.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Result<std::optional<std::string>> textOf(Connection& connection, const std::optional<std::int64_t>& id) {
    if (!id) {
        return std::optional<std::string>();
    }
    auto text = fetchText(connection, *id);
    return text ? Result<std::optional<std::string>>(std::move(*text)) : fail(text.error());
}

}  // namespace

Result<std::vector<RequestColumn>> requestColumns(Connection& connection) {
    return guarded(connection.path(), [&]() -> Result<std::vector<RequestColumn>> {
        std::vector<RequestColumn> columns{{"id", ColumnKind::count, false}};
        const auto add = [&](const std::string& name, bool extra) {
            if (const auto column = resolveColumn(connection, name)) {
                columns.push_back({name, column->kind, extra});
            }
        };
        for (const char* name :
             {"time",         "model",  "provider",  "input",      "inputUncached", "cacheRead", "cacheWrite5m",
              "cacheWrite1h", "output", "reasoning", "loggedCost", "latency",       "requests",  "score",
              "difficulty",   "domain", "dataClass", "session",    "user",          "team",      "tag",
              "serviceTier",  "region", "requestId", "prompt",     "response",      "line",      "byteOffset"}) {
            add(name, false);
        }
        std::string last;
        for (const auto& extra : extraNames(connection)) {
            const std::string name = "extra:" + extra.name;
            const bool there = std::any_of(columns.begin(), columns.end(),
                                           [&name](const RequestColumn& column) { return column.name == name; });
            if (!there) {
                add(name, true);
            }
        }
        return columns;
    });
}

Result<std::vector<std::int64_t>> rowIds(Connection& connection, ColumnCache& cache, const RowQuery& query,
                                         const TaskContext& context) {
    return guarded(connection.path(), [&]() -> Result<std::vector<std::int64_t>> {
        SQLite::Transaction transaction(connection.db());
        const auto column = resolveColumn(connection, query.sortColumn);
        if (!column) {
            return fail(column.error());
        }
        const auto matcher = RowMatcher::compile(connection, cache, query);
        if (!matcher) {
            return fail(matcher.error());
        }
        const auto chunks = visibleChunks(connection);
        if (!chunks) {
            return fail(chunks.error());
        }
        RowSorter sorter(*column, query.descending);
        std::vector<std::uint8_t> pass;
        for (const auto& info : *chunks) {
            if (context.stopRequested()) {
                return TaskContext::cancelled();
            }
            ChunkView chunk(connection, cache, info);
            if (const auto matched = matcher->match(chunk, pass); !matched) {
                return fail(matched.error());
            }
            if (const auto taken = sorter.take(chunk, pass); !taken) {
                return fail(taken.error());
            }
        }
        return sorter.finish(*cache.strings(connection.db()));
    });
}

Result<std::vector<RequestRecord>> fetchRows(Connection& connection, ColumnCache& cache,
                                             std::span<const std::int64_t> ids) {
    return guarded(connection.path(), [&]() -> Result<std::vector<RequestRecord>> {
        SQLite::Transaction transaction(connection.db());
        const auto chunks = visibleChunks(connection);
        if (!chunks) {
            return fail(chunks.error());
        }
        const auto strings = cache.strings(connection.db());
        std::map<std::int64_t, ChunkView> views;
        std::vector<RequestRecord> records;
        records.reserve(ids.size());
        for (const std::int64_t id : ids) {
            const ChunkInfo* const info = chunkOf(*chunks, id);
            if (info == nullptr) {
                return noSuchRow(id);
            }
            auto& view = views.try_emplace(info->id, connection, cache, *info).first->second;
            auto record = RecordFiller(view, *strings).fill(static_cast<std::size_t>(id - info->firstRow));
            if (!record) {
                return fail(record.error());
            }
            records.push_back(std::move(*record));
        }
        return records;
    });
}

Result<std::string> fetchText(Connection& connection, std::int64_t textId) {
    TextReader reader(connection);
    const auto text = reader.text(textId);
    return text ? Result<std::string>(*text) : fail(text.error());
}

Result<RequestDetail> fetchDetail(Connection& connection, ColumnCache& cache, RequestId id) {
    return guarded(connection.path(), [&]() -> Result<RequestDetail> {
        const std::int64_t wanted[] = {id.value()};
        auto records = fetchRows(connection, cache, wanted);
        const auto chunks = visibleChunks(connection);
        if (!records || !chunks) {
            return fail(records ? chunks.error() : records.error());
        }
        const ChunkInfo* const info = chunkOf(*chunks, id.value());
        if (info == nullptr) {
            return noSuchRow(id.value());
        }
        RequestDetail detail;
        detail.record = std::move(records->front());
        auto prompt = textOf(connection, detail.record.promptText);
        auto response = textOf(connection, detail.record.responseText);
        ChunkView chunk(connection, cache, *info);
        auto extras = extrasOf(connection, chunk, static_cast<std::size_t>(id.value() - info->firstRow));
        if (!prompt || !response || !extras) {
            return fail(!prompt ? prompt.error() : !response ? response.error() : extras.error());
        }
        detail.prompt = std::move(*prompt);
        detail.response = std::move(*response);
        detail.extras = std::move(*extras);
        SQLite::Statement source(connection.db(), "SELECT source FROM import WHERE id = ?");
        source.bind(1, info->import.value());
        detail.source = source.executeStep() ? source.getColumn(0).getString() : std::string();
        return detail;
    });
}

}  // namespace tierwise::store
