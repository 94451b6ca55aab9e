// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/row_identity.h"

#include "core/store/sql.h"

namespace tierwise::store {
namespace {

// Kept in project files through the fingerprints: never renumber.
constexpr std::uint64_t kKeyTag = 0x6b65790000000001;
constexpr std::uint64_t kRepeatTag = 0x7265706561740001;
constexpr std::uint64_t kFieldStep = 0xa0761d6478bd642fULL;  // odd: fields with one value differ

void addField(FingerprintBuilder& builder, std::size_t field, std::int64_t value) {
    builder.add(static_cast<std::uint64_t>(value) + (field + 1) * kFieldStep);
}

void addText(FingerprintBuilder& builder, std::size_t field, const Fingerprint& text) {
    addField(builder, field, static_cast<std::int64_t>(text.low));
    builder.add(text.high);
}

Fingerprint contentOf(const RowBatch& batch, std::size_t row, const std::vector<std::vector<std::int64_t>>& codes,
                      const std::optional<Fingerprint>& prompt, const std::optional<Fingerprint>& response,
                      std::size_t firstExtra) {
    FingerprintBuilder builder;
    for (std::size_t i = 0; i < kContentNumbers; ++i) {
        if (batch.numberUsed[i] && batch.numbers[i].valid.test(row)) {
            addField(builder, i, batch.numbers[i].values[row]);
        }
    }
    for (std::size_t i = 0; i < kNameColumns; ++i) {
        if (!codes[i].empty() && codes[i][row] != 0) {
            addField(builder, 32 + i, codes[i][row]);
        }
    }
    if (prompt) {
        addText(builder, 64, *prompt);
    }
    if (response) {
        addText(builder, 65, *response);
    }
    if (batch.requestIds[row].present()) {
        builder.add(batch.textOf(batch.requestIds[row]));
    }
    for (std::size_t i = firstExtra; i < batch.extras.size() && batch.extras[i].row == row; ++i) {
        builder.add(batch.extraKeys[batch.extras[i].key].first);
        builder.add(batch.textOf(batch.extras[i].value));
    }
    return builder.finish();
}

}  // namespace

void RowIdentity::load(SQLite::Database& db) {
    SQLite::Statement count(db, "SELECT total(stored) FROM import WHERE state = 'complete'");
    if (count.executeStep()) {
        m_known.reserve(static_cast<std::size_t>(count.getColumn(0).getDouble()));
    }
    SQLite::Statement query(db,
                            "SELECT cc.data FROM chunk_column cc JOIN chunk c ON c.id = cc.chunk_id JOIN import i ON "
                            "i.id = c.import_id WHERE i.state = 'complete' AND cc.column = ?");
    query.bind(1, kFingerprintColumn);
    while (query.executeStep()) {
        const std::string_view bytes = blobOf(query.getColumn(0));
        for (std::size_t at = 0; at + sizeof(Fingerprint) <= bytes.size(); at += sizeof(Fingerprint)) {
            Fingerprint key;
            std::memcpy(&key, bytes.data() + at, sizeof key);
            m_known.insert(key);
        }
    }
}

std::optional<Fingerprint> RowIdentity::admit(const RowBatch& batch, std::size_t row,
                                              const std::vector<std::vector<std::int64_t>>& codes,
                                              const std::optional<Fingerprint>& prompt,
                                              const std::optional<Fingerprint>& response, std::size_t firstExtra) {
    Fingerprint key;
    if (batch.dedupKeys[row].present()) {
        FingerprintBuilder builder;
        builder.add(kKeyTag);
        builder.add(batch.textOf(batch.dedupKeys[row]));
        key = builder.finish();
    } else {
        key = contentOf(batch, row, codes, prompt, response, firstExtra);
    }
    const bool repeated = !m_mine.insert(key);
    if (repeated) {
        if (batch.dedupKeys[row].present() || batch.requestIds[row].present()) {
            return {};
        }
        FingerprintBuilder builder;
        builder.add(kRepeatTag);
        builder.add(key.low);
        builder.add(key.high);
        builder.add(++m_repeats[key]);
        key = builder.finish();
    }
    return m_known.contains(key) ? std::nullopt : std::optional<Fingerprint>(key);
}

}  // namespace tierwise::store
