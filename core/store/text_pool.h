// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/ids.h"
#include "core/store/fingerprint.h"

namespace SQLite {
class Database;
}

namespace tierwise::store {

/// The project's prompts and responses while it is written to: each text once, in blocks that are compressed as one,
/// so that texts which resemble each other share. Ids count up over all blocks, from 1.
class TextPool {
public:
    /// Bytes of text in a block. Requests of a session repeat what was said before; they lie within this of each other.
    static constexpr std::size_t kBlockGoal = std::size_t{8} << 20U;

    void load(SQLite::Database& db);
    [[nodiscard]] std::int64_t idOf(std::string_view text, Fingerprint fingerprint);
    /// Writes what is new since the last call; inside the caller's transaction.
    void flush(SQLite::Database& db, ImportId import);

private:
    struct Block {
        std::int64_t firstId = 0;
        std::size_t rawBytes = 0;
        std::vector<Fingerprint> fingerprints;
        std::vector<std::uint32_t> lengths;
        std::string packed;
    };
    void closeBlock();

    std::unordered_map<Fingerprint, std::int64_t, FingerprintHash> m_idOf;
    std::string m_raw;  // of the open block
    Block m_open;
    std::vector<Block> m_closed;
    std::int64_t m_nextId = 1;
};

}  // namespace tierwise::store
