// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/store/columns.h"
#include "core/store/request_row.h"
#include "core/store/workload_snapshot.h"

namespace tierwise::store {

/// A piece of a batch's arena. Missing is told apart from empty.
struct Slice {
    static constexpr std::uint32_t kMissing = ~std::uint32_t{0};
    std::uint32_t offset = kMissing;
    std::uint32_t length = 0;
    [[nodiscard]] bool present() const { return offset != kMissing; }
};

struct RejectedCopy {
    SourcePlace place;
    std::string column;
    std::string reason;
    std::string fixHint;
    std::string raw;
};

/// Rows on their way from the reading thread to the writing one: columns, with their strings copied into one arena.
/// One full batch becomes one chunk and one commit. Plain data; one thread at a time.
class RowBatch {
public:
    static constexpr std::size_t kMaxRows = 32768;
    static constexpr std::size_t kArenaGoal = std::size_t{8} << 20U;  ///< a batch is full beyond it

    struct Extra {
        std::uint32_t row = 0;
        std::uint32_t key = 0;  ///< index into extraKeys
        Slice value;
    };
    using ExtraKey = std::pair<std::string, bool>;  ///< name, and whether the values are JSON

    RowBatch();

    /// Copies the row. Error overflow: its texts do not fit (over 1 GiB in one batch).
    [[nodiscard]] bool add(const RequestRow& row, const SourcePlace& place);
    void reject(const RejectedRecord& record);
    /// As new, but for its memory, which is kept: fresh pages are dear at the rate of an import.
    void clear();

    [[nodiscard]] bool full() const {
        return rows >= kMaxRows || arena.size() >= kArenaGoal || rejects.size() >= kMaxRows;
    }
    [[nodiscard]] bool empty() const { return rows == 0 && rejects.empty(); }
    [[nodiscard]] std::string_view textOf(Slice slice) const {
        return slice.present() ? std::string_view(arena).substr(slice.offset, slice.length) : std::string_view();
    }
    [[nodiscard]] bool isUsed(NumberColumn column) const { return numberUsed[static_cast<std::size_t>(column)]; }

    std::size_t rows = 0;
    std::array<Column<std::int64_t>, kNumberColumns> numbers;  ///< prompt and response text are left to the writer
    std::array<bool, kNumberColumns> numberUsed{};             ///< some row has a value
    std::array<std::vector<Slice>, kNameColumns> names;
    std::array<bool, kNameColumns> nameUsed{};
    std::vector<Slice> requestIds;
    std::vector<Slice> dedupKeys;
    std::vector<Slice> prompts;
    std::vector<Slice> responses;
    std::vector<Extra> extras;  ///< in order of their rows
    std::vector<ExtraKey> extraKeys;
    std::vector<RejectedCopy> rejects;
    std::string arena;
    std::int64_t byteOffset = 0;  ///< how far the source was read when the batch was closed

private:
    void setNumber(NumberColumn column, std::int64_t value);
    void setName(NameColumn column, std::string_view text);
    [[nodiscard]] Slice copy(std::string_view text);
    [[nodiscard]] std::uint32_t keyIndex(std::string_view name, bool json);

    std::array<Slice, kNameColumns> m_lastName;                                // logs repeat themselves from row to row
    std::array<std::unordered_map<std::string, std::uint32_t>, 2> m_keyIndex;  // plain, JSON
    std::vector<std::uint32_t> m_lastKeys;  // keys of the row before, which recur in order
};

}  // namespace tierwise::store
