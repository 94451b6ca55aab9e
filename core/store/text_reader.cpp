// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/text_reader.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "core/store/column_codec.h"
#include "core/store/connection.h"
#include "core/store/sql.h"

namespace tierwise::store {

Result<TextReader::Block> TextReader::readBlock(std::int64_t textId) const {
    return guarded(m_connection.path(), [&]() -> Result<Block> {
        SQLite::Statement query(m_connection.db(),
                                "SELECT first_text, texts, raw_bytes, lengths, data FROM text_block"
                                " WHERE first_text <= ? ORDER BY first_text DESC LIMIT 1");
        query.bind(1, textId);
        if (!query.executeStep() || textId >= query.getColumn(0).getInt64() + query.getColumn(1).getInt64()) {
            return fail(ErrorCode::notFound, "there is no text " + std::to_string(textId),
                        "Its import may have been undone: refresh the list.");
        }
        Block block;
        block.first = query.getColumn(0).getInt64();
        const std::string_view lengths = blobOf(query.getColumn(3));
        auto raw = decompress(blobOf(query.getColumn(4)), static_cast<std::size_t>(query.getColumn(2).getInt64()));
        block.begins.assign(1, 0);
        for (std::size_t at = 0; at + sizeof(std::uint32_t) <= lengths.size(); at += sizeof(std::uint32_t)) {
            std::uint32_t length = 0;
            std::memcpy(&length, lengths.data() + at, sizeof length);
            block.begins.push_back(block.begins.back() + length);
        }
        const auto texts = static_cast<std::size_t>(query.getColumn(1).getInt64());
        if (!raw || block.begins.size() != texts + 1 || block.begins.back() > raw->size()) {
            return fail(ErrorCode::badFormat, "a text of the project file is damaged", "Restore it from a copy.",
                        m_connection.path());
        }
        block.raw = std::move(*raw);
        return block;
    });
}

Result<std::string_view> TextReader::text(std::int64_t textId) {
    auto found =
        std::find_if(m_blocks.begin(), m_blocks.end(), [&](const Block& block) { return block.holds(textId); });
    if (found == m_blocks.end()) {
        auto read = readBlock(textId);
        if (!read) {
            return fail(read.error());
        }
        found = std::prev(m_blocks.end());
        *found = std::move(*read);
    }
    std::rotate(m_blocks.begin(), found, std::next(found));
    const Block& block = m_blocks.front();
    const auto index = static_cast<std::size_t>(textId - block.first);
    return std::string_view(block.raw).substr(block.begins[index], block.begins[index + 1] - block.begins[index]);
}

}  // namespace tierwise::store
