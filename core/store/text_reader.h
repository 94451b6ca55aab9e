// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace tierwise::store {

class Connection;

/// Reads many texts: keeps the block that the last one was in, so that ids in rising order cost one decompression a
/// block. One thread; the view is good until the next call.
class TextReader {
public:
    explicit TextReader(Connection& connection) : m_connection(connection) {}
    /// Errors: notFound, badFormat (damage), SQLite's.
    [[nodiscard]] Result<std::string_view> text(std::int64_t textId);

private:
    [[nodiscard]] Result<void> readBlock(std::int64_t textId);

    Connection& m_connection;
    std::int64_t m_first = 0;
    std::vector<std::size_t> m_begins;  ///< of each text of the block, and the end
    std::string m_raw;
};

}  // namespace tierwise::store
