// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/task_context.h"
#include "core/base/timestamp.h"

namespace tierwise::store {

class Connection;
class ColumnCache;

/// How a filter's value is compared. Numbers are compared as numbers, names without regard to ASCII case.
enum class FilterOp : std::uint8_t { equals, notEquals, contains, atLeast, atMost, isMissing, isPresent };

/// column: one of requestColumns(), or "extra:NAME" for a column of the log that is none of ours.
/// value: a number (tokens, dollars, seconds, 0..1), an ISO time, or text. "prompt" and "response" know contains,
/// isMissing and isPresent.
struct RowFilter {
    std::string column;
    FilterOp op = FilterOp::equals;
    std::string value;

    bool operator==(const RowFilter&) const = default;
};

/// Which rows, in which order. Ties are in order of id; missing values come last, whichever the direction.
struct RowQuery {
    std::string sortColumn = "time";
    bool descending = false;
    std::vector<RowFilter> filters;  ///< all must hold
    std::string text;                ///< must be in one of the row's names or its request id; no regard to ASCII case

    bool operator==(const RowQuery&) const = default;
};

enum class ColumnKind : std::uint8_t { time, tokens, count, money, seconds, fraction, name, identifier, text };

/// A column that rows can be sorted, filtered and (names) grouped by.
struct RequestColumn {
    std::string name;  ///< as in queries and --json: "inputUncached", "extra:finish_reason"
    ColumnKind kind = ColumnKind::name;
    bool extra = false;
};

/// One request, whole but for its texts and extras. Missing is nullopt or the empty string.
struct RequestRecord {
    RequestId id;
    ImportId import;
    std::optional<Timestamp> time;
    std::optional<std::int64_t> inputUncached;
    std::optional<std::int64_t> cacheRead;
    std::optional<std::int64_t> cacheWrite5m;
    std::optional<std::int64_t> cacheWrite1h;
    std::optional<std::int64_t> output;
    std::optional<std::int64_t> reasoning;
    std::int64_t requests = 1;
    std::optional<Money> loggedCost;
    std::optional<float> latencySeconds;
    std::optional<float> score;
    std::optional<float> difficulty;
    std::optional<std::int64_t> promptText;  ///< text ids
    std::optional<std::int64_t> responseText;
    std::int64_t line = 0;
    std::int64_t byteOffset = 0;
    std::uint8_t signal = 0;
    std::string model;
    std::string provider;
    std::string serviceTier;
    std::string region;
    std::string team;
    std::string user;
    std::string session;
    std::string tag;
    std::string dataClass;
    std::string domain;
    std::string requestId;

    /// Input tokens of every kind, where the uncached ones are known.
    [[nodiscard]] std::optional<std::int64_t> inputTotal() const {
        if (!inputUncached) {
            return {};
        }
        return *inputUncached + cacheRead.value_or(0) + cacheWrite5m.value_or(0) + cacheWrite1h.value_or(0);
    }
    bool operator==(const RequestRecord&) const = default;
};

struct RequestDetail {
    RequestRecord record;
    std::optional<std::string> prompt;
    std::optional<std::string> response;
    std::string extras;  ///< JSON object of the log's other columns
    std::string source;  ///< file it came from
};

/// Sums over the rows of a group. Tokens of aggregate lines are the line's own.
struct GroupTotal {
    std::string key;  ///< "" = missing; days as "2026-10-01"
    std::int64_t rows = 0;
    std::int64_t requests = 0;
    std::int64_t input = 0;  ///< every kind of input token, of rows that know it
    std::int64_t cacheRead = 0;
    std::int64_t output = 0;
    std::int64_t reasoning = 0;
    std::int64_t rowsWithInput = 0;
    std::int64_t rowsWithOutput = 0;
    std::int64_t rowsWithCacheRead = 0;
    std::int64_t rowsWithReasoning = 0;
    MoneySum loggedCost;
    std::int64_t rowsWithCost = 0;
};

/// The columns of this project, its extras included.
[[nodiscard]] Result<std::vector<RequestColumn>> requestColumns(Connection& connection);

/// The ids of the rows that match, in order. 8 bytes a row: fetch it once a query, then rows by slices of it.
/// Errors: invalidArgument for an unknown column or a value that does not fit it; cancelled; SQLite's.
[[nodiscard]] Result<std::vector<std::int64_t>> rowIds(Connection& connection, ColumnCache& cache,
                                                       const RowQuery& query, const TaskContext& context);

/// These rows, in this order. Error notFound when one is gone.
[[nodiscard]] Result<std::vector<RequestRecord>> fetchRows(Connection& connection, ColumnCache& cache,
                                                           std::span<const std::int64_t> ids);

[[nodiscard]] Result<RequestDetail> fetchDetail(Connection& connection, ColumnCache& cache, RequestId id);

/// One text by its id. Error notFound.
[[nodiscard]] Result<std::string> fetchText(Connection& connection, std::int64_t textId);

/// Totals by a name column, "day" or "extra:NAME", of the rows that match the query, by falling rows.
[[nodiscard]] Result<std::vector<GroupTotal>> groupTotals(Connection& connection, ColumnCache& cache,
                                                          const std::string& column, const RowQuery& query,
                                                          const TaskContext& context);

}  // namespace tierwise::store
