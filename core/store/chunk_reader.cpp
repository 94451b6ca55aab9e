// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/chunk_reader.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

#include "core/store/columns.h"
#include "core/store/connection.h"
#include "core/store/sql.h"

namespace tierwise::store {
namespace {

// Where the rows of a chunk go in the snapshot: one after the other, or through a permutation.
struct Target {
    std::size_t offset = 0;
    const std::vector<std::uint32_t>* places = nullptr;  // snapshot row of each row in chunk order; null = the same
    [[nodiscard]] std::size_t of(std::size_t row) const {
        return places == nullptr ? offset + row : (*places)[offset + row];
    }
};

template <typename F>
void eachValid(const IntegerColumnView& view, const Target& target, const F& visit) {
    const std::size_t rows = view.rows();
    for (std::size_t row = 0; row < rows; ++row) {
        if (view.isValid(row)) {
            visit(target.of(row), view.valueAt(row));
        }
    }
}

// What is known to be zero is known without a write: the values are zero already.
template <typename T>
void put(SparseColumn<T>& column, std::size_t row, T value) {
    column.valid.set(row);
    if (value != T()) {
        column.values[row] = value;
    }
}

Result<void> fillCounts(const IntegerColumnView& view, const Target& target, SparseColumn<std::uint32_t>& column) {
    bool fits = true;
    eachValid(view, target, [&](std::size_t row, std::int64_t value) {
        fits = fits && value >= 0 && value <= std::numeric_limits<std::uint32_t>::max();
        put(column, row, static_cast<std::uint32_t>(value));
    });
    if (!fits) {
        return fail(ErrorCode::overflow, "a request has more than 4,294,967,295 tokens of one kind",
                    "Undo the import that brought it and check the column it came from.");
    }
    return {};
}

void fillReals(const IntegerColumnView& view, const Target& target, SparseColumn<float>& column) {
    eachValid(view, target, [&](std::size_t row, std::int64_t value) {
        put(column, row, std::bit_cast<float>(static_cast<std::uint32_t>(value)));
    });
}

void fillIntegers(const IntegerColumnView& view, const Target& target, SparseColumn<std::int64_t>& column) {
    eachValid(view, target, [&](std::size_t row, std::int64_t value) { put(column, row, value); });
}

// Ids of the string table become codes that count from 1 in each column.
class NameFiller {
public:
    explicit NameFiller(DictionaryColumn& column) : m_column(column) { m_column.names.emplace_back(); }
    void fill(const IntegerColumnView& view, const Target& target) {
        eachValid(view, target, [&](std::size_t row, std::int64_t value) {
            if (const std::int32_t code = codeOf(value); code != 0) {
                m_column.codes[row] = code;
            }
        });
    }
    [[nodiscard]] const std::vector<std::int64_t>& ids() const { return m_ids; }

private:
    std::int32_t codeOf(std::int64_t id) {
        if (id <= 0) {
            return 0;
        }
        const auto index = static_cast<std::size_t>(id);
        if (index >= m_codeOf.size()) {
            m_codeOf.resize(std::max(index + 1, m_codeOf.size() * 2));
        }
        if (m_codeOf[index] == 0) {
            m_ids.push_back(id);
            m_codeOf[index] = static_cast<std::int32_t>(m_ids.size());
        }
        return m_codeOf[index];
    }

    DictionaryColumn& m_column;
    std::vector<std::int32_t> m_codeOf;  // by string id
    std::vector<std::int64_t> m_ids;     // by code - 1
};

class SnapshotLoader {
public:
    SnapshotLoader(Connection& connection, const TaskContext& context) : m_connection(connection), m_context(context) {
        for (DictionaryColumn* column :
             {&m_snapshot.model, &m_snapshot.provider, &m_snapshot.serviceTier, &m_snapshot.region, &m_snapshot.team,
              &m_snapshot.user, &m_snapshot.session, &m_snapshot.tag, &m_snapshot.dataClass, &m_snapshot.domain}) {
            m_names.emplace_back(*column);
            m_columns.push_back(column);
        }
    }

    Result<WorkloadSnapshot> load() {
        const auto chunks = visibleChunks(m_connection);
        if (!chunks) {
            return fail(chunks.error());
        }
        for (const auto& chunk : *chunks) {
            m_snapshot.rows += static_cast<std::size_t>(chunk.rows);
        }
        if (m_snapshot.rows > std::numeric_limits<std::uint32_t>::max()) {
            return fail(ErrorCode::overflow, "the project has more rows than this program can hold at once",
                        "Split it into several projects.");
        }
        if (const auto ordered = order(*chunks); !ordered) {
            return fail(ordered.error());
        }
        resize();
        if (const auto filled = fill(*chunks); !filled) {
            return fail(filled.error());
        }
        return finish();
    }

private:
    Result<void> order(const std::vector<ChunkInfo>& chunks);
    void resize();
    Result<void> fill(const std::vector<ChunkInfo>& chunks);
    Result<void> fillColumn(int number, std::string_view bytes, const Target& target, std::int64_t rows);
    Result<void> fillNumber(NumberColumn column, const IntegerColumnView& view, const Target& target);
    Result<WorkloadSnapshot> finish();

    Connection& m_connection;
    const TaskContext& m_context;
    WorkloadSnapshot m_snapshot;
    std::vector<NameFiller> m_names;
    std::vector<DictionaryColumn*> m_columns;
    std::vector<std::uint32_t> m_places;  // empty = rows are in time order as they are stored
};

// (time, id) order, undated rows last.
Result<void> SnapshotLoader::order(const std::vector<ChunkInfo>& chunks) {
    constexpr std::int64_t kUndated = std::numeric_limits<std::int64_t>::max();
    std::vector<std::int64_t> times(m_snapshot.rows, kUndated);
    std::size_t offset = 0;
    SQLite::Statement query(m_connection.db(), "SELECT data FROM chunk_column WHERE chunk_id = ? AND column = ?");
    for (const auto& chunk : chunks) {
        query.bind(1, chunk.id);
        query.bind(2, columnNumber(NumberColumn::time));
        if (query.executeStep()) {
            const auto view = IntegerColumnView::open(blobOf(query.getColumn(0)));
            if (!view || view->rows() != static_cast<std::size_t>(chunk.rows)) {
                return fail(ErrorCode::badFormat, "a column of the project file is damaged", "Restore it from a copy.");
            }
            eachValid(*view, {offset, nullptr}, [&](std::size_t row, std::int64_t value) { times[row] = value; });
        }
        query.reset();
        offset += static_cast<std::size_t>(chunk.rows);
    }
    if (std::is_sorted(times.begin(), times.end())) {
        return {};
    }
    std::vector<std::uint32_t> sorted(times.size());
    std::iota(sorted.begin(), sorted.end(), 0U);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&times](std::uint32_t a, std::uint32_t b) { return times[a] < times[b]; });
    m_places.resize(sorted.size());
    for (std::size_t place = 0; place < sorted.size(); ++place) {
        m_places[sorted[place]] = static_cast<std::uint32_t>(place);
    }
    return {};
}

void SnapshotLoader::resize() {
    auto& s = m_snapshot;
    s.id.resize(s.rows);
    s.timeNanos.resize(s.rows);
    for (auto* column : {&s.inputUncached, &s.cacheRead, &s.cacheWrite5m, &s.cacheWrite1h, &s.output, &s.reasoning}) {
        column->resize(s.rows);
    }
    s.requests.assign(s.rows, 1);
    s.loggedCostPico.resize(s.rows);
    for (auto* column : {&s.latencySeconds, &s.score, &s.difficulty}) {
        column->resize(s.rows);
    }
    s.signal.resize(s.rows);
    s.promptText.resize(s.rows);
    for (auto* column : m_columns) {
        column->codes.resize(s.rows);
    }
}

Result<void> SnapshotLoader::fillNumber(NumberColumn column, const IntegerColumnView& view, const Target& target) {
    auto& s = m_snapshot;
    switch (column) {
        case NumberColumn::time:
            fillIntegers(view, target, s.timeNanos);
            return {};
        case NumberColumn::inputUncached:
            return fillCounts(view, target, s.inputUncached);
        case NumberColumn::cacheRead:
            return fillCounts(view, target, s.cacheRead);
        case NumberColumn::cacheWrite5m:
            return fillCounts(view, target, s.cacheWrite5m);
        case NumberColumn::cacheWrite1h:
            return fillCounts(view, target, s.cacheWrite1h);
        case NumberColumn::output:
            return fillCounts(view, target, s.output);
        case NumberColumn::reasoning:
            return fillCounts(view, target, s.reasoning);
        case NumberColumn::requests:
            eachValid(view, target, [&](std::size_t row, std::int64_t value) {
                s.requests[row] = static_cast<std::uint32_t>(value);
            });
            return {};
        case NumberColumn::loggedCost:
            fillIntegers(view, target, s.loggedCostPico);
            return {};
        case NumberColumn::latency:
            fillReals(view, target, s.latencySeconds);
            return {};
        case NumberColumn::score:
            fillReals(view, target, s.score);
            return {};
        case NumberColumn::difficulty:
            fillReals(view, target, s.difficulty);
            return {};
        case NumberColumn::promptText:
            fillIntegers(view, target, s.promptText);
            return {};
        case NumberColumn::signal:
            eachValid(view, target,
                      [&](std::size_t row, std::int64_t value) { s.signal[row] = static_cast<std::uint8_t>(value); });
            return {};
        case NumberColumn::responseText:
        case NumberColumn::line:
        case NumberColumn::byteOffset:
            return {};
    }
    return {};
}

Result<void> SnapshotLoader::fillColumn(int number, std::string_view bytes, const Target& target, std::int64_t rows) {
    const auto view = IntegerColumnView::open(bytes);
    if (!view || view->rows() != static_cast<std::size_t>(rows)) {
        return fail(ErrorCode::badFormat, "a column of the project file is damaged", "Restore it from a copy.",
                    m_connection.path());
    }
    if (number < static_cast<int>(kNumberColumns)) {
        return fillNumber(static_cast<NumberColumn>(number), *view, target);
    }
    m_names[static_cast<std::size_t>(number - kFirstName)].fill(*view, target);
    return {};
}

Result<void> SnapshotLoader::fill(const std::vector<ChunkInfo>& chunks) {
    SQLite::Statement query(
        m_connection.db(),
        "SELECT column, data FROM chunk_column WHERE chunk_id = ? AND (column < ? OR column BETWEEN "
        "? AND ?) AND column NOT IN (?, ?, ?)");
    std::size_t offset = 0;
    for (const auto& chunk : chunks) {
        if (m_context.stopRequested()) {
            return TaskContext::cancelled();
        }
        const Target target{offset, m_places.empty() ? nullptr : &m_places};
        for (std::int64_t row = 0; row < chunk.rows; ++row) {
            m_snapshot.id[target.of(static_cast<std::size_t>(row))] = RequestId(chunk.firstRow + row);
        }
        query.bind(1, chunk.id);
        query.bind(2, static_cast<int>(kNumberColumns));
        query.bind(3, kFirstName);
        query.bind(4, kFirstName + static_cast<int>(kNameColumns) - 1);
        query.bind(5, columnNumber(NumberColumn::responseText));
        query.bind(6, columnNumber(NumberColumn::line));
        query.bind(7, columnNumber(NumberColumn::byteOffset));
        while (query.executeStep()) {
            if (const auto filled =
                    fillColumn(query.getColumn(0).getInt(), blobOf(query.getColumn(1)), target, chunk.rows);
                !filled) {
                return fail(filled.error());
            }
        }
        query.reset();
        offset += static_cast<std::size_t>(chunk.rows);
        m_context.report({"Loading", static_cast<std::int64_t>(offset), static_cast<std::int64_t>(m_snapshot.rows),
                          static_cast<std::int64_t>(offset)});
    }
    return {};
}

Result<WorkloadSnapshot> SnapshotLoader::finish() {
    SQLite::Statement query(m_connection.db(), "SELECT text FROM string WHERE id = ?");
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        for (const std::int64_t id : m_names[i].ids()) {
            query.bind(1, id);
            m_columns[i]->names.emplace_back(query.executeStep() ? blobOf(query.getColumn(0)) : std::string_view("?"));
            query.reset();
        }
    }
    return std::move(m_snapshot);
}

}  // namespace

Result<std::vector<ChunkInfo>> visibleChunks(Connection& connection) {
    return guarded(connection.path(), [&]() -> Result<std::vector<ChunkInfo>> {
        SQLite::Statement query(connection.db(),
                                "SELECT c.id, c.import_id, c.first_row, c.rows, c.min_time, c.max_time FROM chunk c"
                                " JOIN import i ON i.id = c.import_id WHERE i.state = 'complete' ORDER BY c.first_row");
        std::vector<ChunkInfo> chunks;
        while (query.executeStep()) {
            ChunkInfo chunk{query.getColumn(0).getInt64(),
                            ImportId(query.getColumn(1).getInt64()),
                            query.getColumn(2).getInt64(),
                            query.getColumn(3).getInt64(),
                            {},
                            {}};
            if (!query.getColumn(4).isNull()) {
                chunk.minTime = query.getColumn(4).getInt64();
                chunk.maxTime = query.getColumn(5).getInt64();
            }
            chunks.push_back(chunk);
        }
        return chunks;
    });
}

Result<std::string> readColumn(Connection& connection, std::int64_t chunk, int column) {
    return guarded(connection.path(), [&]() -> Result<std::string> {
        SQLite::Statement query(connection.db(), "SELECT data FROM chunk_column WHERE chunk_id = ? AND column = ?");
        query.bind(1, chunk);
        query.bind(2, column);
        return query.executeStep() ? std::string(blobOf(query.getColumn(0))) : std::string();
    });
}

Result<std::vector<std::int64_t>> snapshotColumns(Connection& connection) {
    return guarded(connection.path(), [&]() -> Result<std::vector<std::int64_t>> {
        SQLite::Statement query(connection.db(),
                                "SELECT d.id FROM import i JOIN chunk c ON c.import_id = i.id"
                                " JOIN chunk_column d ON d.chunk_id = c.id WHERE i.state = 'complete' ORDER BY d.id");
        std::vector<std::int64_t> ids;
        while (query.executeStep()) {
            ids.push_back(query.getColumn(0).getInt64());
        }
        return ids;
    });
}

Result<WorkloadSnapshot> loadSnapshot(Connection& connection, const TaskContext& context) {
    return guarded(connection.path(), [&]() -> Result<WorkloadSnapshot> {
        SQLite::Transaction transaction(connection.db());  // one view of the project for all the reads
        return SnapshotLoader(connection, context).load();
    });
}

}  // namespace tierwise::store
