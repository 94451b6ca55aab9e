// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace tierwise::store {

class Connection;

/// Reads many texts: keeps the blocks that the last ones were in, so that ids in rising order, with some that come up
/// again and again between them, cost one decompression a block. One thread; the view is good until the next call.
class TextReader {
public:
    explicit TextReader(Connection& connection) : m_connection(connection) {}
    /// Errors: notFound, badFormat (damage), SQLite's.
    [[nodiscard]] Result<std::string_view> text(std::int64_t textId);

private:
    static constexpr std::size_t kKept = 4;
    struct Block {
        std::int64_t first = 0;
        std::vector<std::size_t> begins;  ///< of each text of the block, and the end; empty: no block
        std::string raw;
        [[nodiscard]] bool holds(std::int64_t textId) const {
            return !begins.empty() && textId >= first && textId < first + static_cast<std::int64_t>(begins.size()) - 1;
        }
    };
    [[nodiscard]] Result<Block> readBlock(std::int64_t textId) const;

    Connection& m_connection;
    std::array<Block, kKept> m_blocks;  ///< the last used first
};

}  // namespace tierwise::store
