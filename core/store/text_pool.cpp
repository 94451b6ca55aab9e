// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/text_pool.h"

#include <utility>

#include "core/store/column_codec.h"
#include "core/store/sql.h"

namespace tierwise::store {
namespace {

template <typename T>
std::string_view bytesOf(const std::vector<T>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

}  // namespace

void TextPool::load(SQLite::Database& db) {
    SQLite::Statement query(db, "SELECT first_text, texts, hashes FROM text_block ORDER BY first_text");
    while (query.executeStep()) {
        const std::int64_t first = query.getColumn(0).getInt64();
        const std::string_view hashes = blobOf(query.getColumn(2));
        for (std::size_t i = 0; (i + 1) * sizeof(Fingerprint) <= hashes.size(); ++i) {
            Fingerprint fingerprint;
            std::memcpy(&fingerprint, hashes.data() + i * sizeof fingerprint, sizeof fingerprint);
            m_idOf.emplace(fingerprint, first + static_cast<std::int64_t>(i));
        }
        m_nextId = first + query.getColumn(1).getInt64();
    }
}

std::int64_t TextPool::idOf(std::string_view text, Fingerprint fingerprint) {
    const auto [found, added] = m_idOf.try_emplace(fingerprint, m_nextId);
    if (!added) {
        return found->second;
    }
    if (m_open.lengths.empty()) {
        m_open.firstId = m_nextId;
    }
    m_raw.append(text);
    m_open.fingerprints.push_back(fingerprint);
    m_open.lengths.push_back(static_cast<std::uint32_t>(text.size()));
    if (m_raw.size() >= kBlockGoal) {
        closeBlock();
    }
    return m_nextId++;
}

void TextPool::closeBlock() {
    if (m_open.lengths.empty()) {
        return;
    }
    m_open.rawBytes = m_raw.size();
    m_open.packed = compressTexts(m_raw);
    m_raw.clear();
    m_closed.push_back(std::exchange(m_open, {}));
}

void TextPool::flush(SQLite::Database& db, ImportId import) {
    closeBlock();
    if (m_closed.empty()) {
        return;
    }
    SQLite::Statement insert(db,
                             "INSERT INTO text_block (import_id, first_text, texts, raw_bytes, hashes, lengths, data)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const auto& block : m_closed) {
        insert.bind(1, import.value());
        insert.bind(2, block.firstId);
        insert.bind(3, static_cast<std::int64_t>(block.lengths.size()));
        insert.bind(4, static_cast<std::int64_t>(block.rawBytes));
        bindBlob(insert, 5, bytesOf(block.fingerprints));
        bindBlob(insert, 6, bytesOf(block.lengths));
        bindBlob(insert, 7, block.packed);
        insert.exec();
        insert.reset();
    }
    m_closed.clear();
}

}  // namespace tierwise::store
