// SPDX-License-Identifier: GPL-3.0-or-later
// What an import does to a row's texts before they are stored; inside core/ingest alone.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/error.h"
#include "core/ingest/masking.h"
#include "core/store/request_row.h"

namespace tierwise::ingest {

/// Masks or leaves out texts and finds the row's data class. Where texts are replaced, the columns that say who asked
/// (user, team, session, tag) and the log's own columns are masked too, by marks that keep them groupable; where texts
/// are left out, so are long values of the log's own columns. One thread.
class RowMasker {
public:
    /// Error invalidArgument: a pattern of the user's that cannot be compiled.
    [[nodiscard]] static Result<RowMasker> create(const MaskOptions& options, bool storeTexts);

    /// The row as it may be stored; valid until the next call, and as long as the row itself.
    [[nodiscard]] const store::RequestRow& apply(const store::RequestRow& row);

    /// A rejected record as it may be kept: masked; without its bytes where no texts are stored, because nobody can say
    /// what in a broken record is text. Valid until the next call.
    [[nodiscard]] store::RejectedRecord apply(const store::RejectedRecord& record);

private:
    /// Marks found so far, by value; the views of a row point into it.
    using Known = std::unordered_map<std::string, std::optional<std::string>>;

    void applyToTexts();
    void applyToColumns();
    [[nodiscard]] std::string_view maskedColumn(std::string_view value);

    std::optional<Masker> m_masker;
    bool m_storeTexts = true;
    bool m_replace = false;
    store::RequestRow m_row;
    Masker::Texts m_texts;
    Known m_known;
    std::vector<store::ExtraField> m_extras;
    std::array<std::string, 3> m_reject;  // reason, hint and raw
};

}  // namespace tierwise::ingest
