// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <limits>
#include <unordered_map>

#include "core/store/chunk_view.h"
#include "core/store/connection.h"
#include "core/store/row_filter.h"
#include "core/store/row_query.h"
#include "core/store/sql.h"

namespace tierwise::store {
namespace {

using Storage = ResolvedColumn::Storage;

constexpr std::int64_t kNanosPerDay = 86'400'000'000'000;

// The groups of one query, found by a number that stands for the key (string id, day) or by the key itself.
class Groups {
public:
    GroupTotal& of(std::int64_t code, const auto& keyOf) {
        const auto [found, added] = m_byCode.try_emplace(code, m_totals.size());
        if (added) {
            found->second = indexOf(keyOf());
        }
        return m_totals[found->second];
    }
    /// Codes of the next chunk stand for other keys.
    void forgetCodes() { m_byCode.clear(); }
    std::vector<GroupTotal> finish() {
        std::stable_sort(m_totals.begin(), m_totals.end(), [](const GroupTotal& a, const GroupTotal& b) {
            return a.rows != b.rows ? a.rows > b.rows : a.key < b.key;
        });
        return std::move(m_totals);
    }

private:
    std::size_t indexOf(std::string key) {
        const auto [found, added] = m_byKey.try_emplace(key, m_totals.size());
        if (added) {
            m_totals.emplace_back().key = std::move(key);
        }
        return found->second;
    }
    std::unordered_map<std::int64_t, std::size_t> m_byCode;
    std::unordered_map<std::string, std::size_t> m_byKey;
    std::vector<GroupTotal> m_totals;
};

// The columns that are summed, of one chunk.
class Summands {
public:
    static Result<Summands> of(ChunkView& chunk) {
        Summands made;
        auto input = InputTotal::of(chunk);
        if (!input) {
            return fail(input.error());
        }
        made.m_input = *input;
        const std::pair<NumberColumn, const IntegerColumnView**> wanted[] = {
            {NumberColumn::cacheRead, &made.m_cacheRead},
            {NumberColumn::output, &made.m_output},
            {NumberColumn::reasoning, &made.m_reasoning},
            {NumberColumn::requests, &made.m_requests},
            {NumberColumn::loggedCost, &made.m_cost}};
        for (const auto& [column, slot] : wanted) {
            const auto view = chunk.integers(columnNumber(column));
            if (!view) {
                return fail(view.error());
            }
            *slot = *view;
        }
        return made;
    }

    void addTo(GroupTotal& total, std::size_t row) const {
        const auto at = [row](const IntegerColumnView* view) { return view == nullptr ? std::nullopt : view->at(row); };
        ++total.rows;
        total.requests += at(m_requests).value_or(1);
        if (const auto input = m_input.at(row)) {
            total.input += *input;
            ++total.rowsWithInput;
        }
        if (const auto cacheRead = at(m_cacheRead)) {
            total.cacheRead += *cacheRead;
            ++total.rowsWithCacheRead;
        }
        if (const auto output = at(m_output)) {
            total.output += *output;
            ++total.rowsWithOutput;
        }
        if (const auto reasoning = at(m_reasoning)) {
            total.reasoning += *reasoning;
            ++total.rowsWithReasoning;
        }
        if (const auto cost = at(m_cost)) {
            total.loggedCost += Money::fromPico(*cost);
            ++total.rowsWithCost;
        }
    }

private:
    InputTotal m_input;
    const IntegerColumnView* m_cacheRead = nullptr;
    const IntegerColumnView* m_output = nullptr;
    const IntegerColumnView* m_reasoning = nullptr;
    const IntegerColumnView* m_requests = nullptr;
    const IntegerColumnView* m_cost = nullptr;
};

std::int64_t dayOf(std::int64_t nanos) {
    const std::int64_t day = nanos / kNanosPerDay;
    return nanos % kNanosPerDay < 0 ? day - 1 : day;
}

// An extra that is JSON in some rows and plain in others has two columns; a row has a value in one of them at most.
Result<void> addByStrings(ChunkView& chunk, const ResolvedColumn& column, const Summands& summands,
                          const std::vector<std::uint8_t>& pass, Groups& groups) {
    std::vector<const StringColumnView*> views;
    for (const int number : column.numbers) {
        const auto view = chunk.strings(number);
        if (!view) {
            return fail(view.error());
        }
        if (*view != nullptr) {
            views.push_back(*view);
        }
    }
    groups.forgetCodes();
    for (std::size_t row = 0; row < pass.size(); ++row) {
        if (pass[row] == 0) {
            continue;
        }
        std::size_t from = 0;
        std::size_t code = 0;
        for (std::size_t i = 0; i < views.size() && code == 0; ++i) {
            code = views[i]->codeAt(row);
            from = i;
        }
        const auto key = [&] { return code == 0 ? std::string() : views[from]->nameOf(code); };
        summands.addTo(groups.of(static_cast<std::int64_t>(code == 0 ? 0 : code * 2 + from), key), row);
    }
    return {};
}

Result<void> addChunk(ChunkView& chunk, const ResolvedColumn& column, const std::vector<std::string>& strings,
                      const std::vector<std::uint8_t>& pass, Groups& groups) {
    const auto summands = Summands::of(chunk);
    if (!summands) {
        return fail(summands.error());
    }
    if (column.storage == Storage::string) {
        return addByStrings(chunk, column, *summands, pass, groups);
    }
    const auto view = chunk.integers(column.numbers[0]);
    if (!view) {
        return fail(view.error());
    }
    constexpr std::int64_t kMissing = std::numeric_limits<std::int64_t>::min();
    const bool byDay = column.storage == Storage::number;
    for (std::size_t row = 0; row < pass.size(); ++row) {
        if (pass[row] == 0) {
            continue;
        }
        auto value = *view == nullptr ? std::nullopt : (*view)->at(row);
        if (!byDay && value == 0) {
            value.reset();
        }
        const std::int64_t code = !value ? kMissing : byDay ? dayOf(*value) : *value;
        summands->addTo(groups.of(code,
                                  [&] {
                                      if (code == kMissing) {
                                          return std::string();
                                      }
                                      return byDay ? Timestamp::fromNanos(code * kNanosPerDay).toIsoDate()
                                                   : strings.at(static_cast<std::size_t>(code));
                                  }),
                        row);
    }
    return {};
}

}  // namespace

Result<std::vector<GroupTotal>> groupTotals(Connection& connection, ColumnCache& cache, const std::string& column,
                                            const RowQuery& query, const TaskContext& context) {
    return guarded(connection.path(), [&]() -> Result<std::vector<GroupTotal>> {
        SQLite::Transaction transaction(connection.db());
        const auto resolved = resolveColumn(connection, column == "day" ? "time" : column);
        if (!resolved) {
            return fail(resolved.error());
        }
        const bool groupable = column == "day" || resolved->storage == Storage::name ||
                               (resolved->storage == Storage::string && resolved->kind == ColumnKind::name);
        if (!groupable) {
            return fail(ErrorCode::invalidArgument, "requests cannot be grouped by " + column,
                        "Group by model, provider, team, user, session, tag, domain, dataClass, region, serviceTier, "
                        "day or extra:NAME.");
        }
        const auto matcher = RowMatcher::compile(connection, cache, query);
        const auto chunks = visibleChunks(connection);
        if (!matcher || !chunks) {
            return fail(matcher ? chunks.error() : matcher.error());
        }
        const auto strings = cache.strings(connection.db());
        Groups groups;
        std::vector<std::uint8_t> pass;
        for (const auto& info : *chunks) {
            if (context.stopRequested()) {
                return TaskContext::cancelled();
            }
            ChunkView chunk(connection, cache, info);
            if (const auto matched = matcher->match(chunk, pass); !matched) {
                return fail(matched.error());
            }
            if (const auto added = addChunk(chunk, *resolved, *strings, pass, groups); !added) {
                return fail(added.error());
            }
        }
        return groups.finish();
    });
}

}  // namespace tierwise::store
