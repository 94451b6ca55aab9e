// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/base/error.h"
#include "core/store/fingerprint.h"
#include "core/store/row_batch.h"

namespace SQLite {
class Database;
}

namespace tierwise::store {

/// Tells a request that the project has already from a new one.
/// - A row with a dedupKey is that key.
/// - A row with a request id is its whole content, the id included: short counting ids of two logs never clash.
/// - Any other row is its content and how many equal rows stand before it in its file: equal rows of one file are
///   several requests, and the same file again adds none.
/// Where a row stands in its file is no part of its content.
class RowIdentity {
public:
    /// Takes the rows of all complete imports.
    void load(SQLite::Database& db);
    /// The row's fingerprint; nothing when it is a duplicate. codes: the batch's names as ids of the string table.
    /// texts: fingerprints of prompt and response, where present.
    [[nodiscard]] std::optional<Fingerprint> admit(const RowBatch& batch, std::size_t row,
                                                   const std::vector<std::vector<std::int64_t>>& codes,
                                                   const std::optional<Fingerprint>& prompt,
                                                   const std::optional<Fingerprint>& response, std::size_t firstExtra);

private:
    FingerprintSet m_known;  // of earlier imports
    FingerprintSet m_mine;   // first occurrences in this file
    std::unordered_map<Fingerprint, std::uint64_t, FingerprintHash> m_repeats;
};

}  // namespace tierwise::store
