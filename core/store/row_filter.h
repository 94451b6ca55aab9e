// SPDX-License-Identifier: GPL-3.0-or-later
// Columns by name and filters made ready; inside core/store alone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/base/error.h"
#include "core/store/chunk_view.h"
#include "core/store/columns.h"
#include "core/store/row_query.h"

namespace tierwise::store {

class Connection;

/// A column by its name in queries.
struct ResolvedColumn {
    enum class Storage : std::uint8_t { id, number, total, name, string, text } storage = Storage::number;
    ColumnKind kind = ColumnKind::count;
    std::vector<int> numbers;  ///< chunk_column.column; two for an extra that is plain in some rows and JSON in others
};

/// Error invalidArgument: no such column.
[[nodiscard]] Result<ResolvedColumn> resolveColumn(Connection& connection, std::string_view name);

/// Input tokens of every kind of one row of a chunk, where the uncached ones are known.
class InputTotal {
public:
    [[nodiscard]] static Result<InputTotal> of(ChunkView& chunk);
    [[nodiscard]] std::optional<std::int64_t> at(std::size_t row) const;

private:
    const IntegerColumnView* m_uncached = nullptr;
    std::vector<const IntegerColumnView*> m_cached;
};

/// A query's filters and text, compiled once, then applied chunk by chunk.
class RowMatcher {
public:
    [[nodiscard]] static Result<RowMatcher> compile(Connection& connection, ColumnCache& cache, const RowQuery& query);
    /// pass[row] = 1 where the row matches.
    [[nodiscard]] Result<void> match(ChunkView& chunk, std::vector<std::uint8_t>& pass) const;
    [[nodiscard]] bool matchesAll() const { return m_filters.empty() && m_needle.empty(); }

private:
    struct Filter {
        ResolvedColumn column;
        FilterOp op = FilterOp::equals;
        std::int64_t number = 0;                                  // for columns of integers
        float real = 0;                                           // for columns of floats
        std::string text;                                         // lower case
        std::vector<std::uint8_t> names;                          // by string id: does it pass?
        std::shared_ptr<std::unordered_set<std::int64_t>> texts;  // ids of prompts and responses that hold the text
    };
    [[nodiscard]] static Result<Filter> compileFilter(Connection& connection, ColumnCache& cache,
                                                      const RowFilter& filter);
    [[nodiscard]] static Result<void> applyFilter(const Filter& filter, ChunkView& chunk,
                                                  std::vector<std::uint8_t>& pass);
    [[nodiscard]] Result<void> applyText(ChunkView& chunk, std::vector<std::uint8_t>& pass) const;

    std::vector<Filter> m_filters;
    std::string m_needle;
    std::vector<std::uint8_t> m_needleNames;  // by string id
};

/// ASCII letters in lower case.
[[nodiscard]] std::string lowered(std::string_view text);

}  // namespace tierwise::store
