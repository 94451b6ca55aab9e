// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/text_reader.h"

#include <cstring>

#include "core/store/column_codec.h"
#include "core/store/connection.h"
#include "core/store/sql.h"

namespace tierwise::store {

Result<void> TextReader::readBlock(std::int64_t textId) {
    return guarded(m_connection.path(), [&]() -> Result<void> {
        SQLite::Statement query(m_connection.db(),
                                "SELECT first_text, texts, raw_bytes, lengths, data FROM text_block"
                                " WHERE first_text <= ? ORDER BY first_text DESC LIMIT 1");
        query.bind(1, textId);
        if (!query.executeStep() || textId >= query.getColumn(0).getInt64() + query.getColumn(1).getInt64()) {
            return fail(ErrorCode::notFound, "there is no text " + std::to_string(textId),
                        "Its import may have been undone: refresh the list.");
        }
        m_first = query.getColumn(0).getInt64();
        const std::string_view lengths = blobOf(query.getColumn(3));
        auto raw = decompress(blobOf(query.getColumn(4)), static_cast<std::size_t>(query.getColumn(2).getInt64()));
        m_begins.assign(1, 0);
        for (std::size_t at = 0; at + sizeof(std::uint32_t) <= lengths.size(); at += sizeof(std::uint32_t)) {
            std::uint32_t length = 0;
            std::memcpy(&length, lengths.data() + at, sizeof length);
            m_begins.push_back(m_begins.back() + length);
        }
        const auto texts = static_cast<std::size_t>(query.getColumn(1).getInt64());
        if (!raw || m_begins.size() != texts + 1 || m_begins.back() > raw->size()) {
            m_begins.clear();
            return fail(ErrorCode::badFormat, "a text of the project file is damaged", "Restore it from a copy.",
                        m_connection.path());
        }
        m_raw = std::move(*raw);
        return {};
    });
}

Result<std::string_view> TextReader::text(std::int64_t textId) {
    const bool here =
        !m_begins.empty() && textId >= m_first && textId < m_first + static_cast<std::int64_t>(m_begins.size()) - 1;
    if (!here) {
        if (auto read = readBlock(textId); !read) {
            return fail(read.error());
        }
    }
    const auto index = static_cast<std::size_t>(textId - m_first);
    return std::string_view(m_raw).substr(m_begins[index], m_begins[index + 1] - m_begins[index]);
}

}  // namespace tierwise::store
