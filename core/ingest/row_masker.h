// SPDX-License-Identifier: GPL-3.0-or-later
// What an import does to a row's texts before they are stored; inside core/ingest alone.
#pragma once

#include <optional>

#include "core/base/error.h"
#include "core/ingest/masking.h"
#include "core/store/request_row.h"

namespace tierwise::ingest {

/// Masks or leaves out texts and finds the row's data class. One thread.
class RowMasker {
public:
    /// Error invalidArgument: a pattern of the user's that cannot be compiled.
    [[nodiscard]] static Result<RowMasker> create(const MaskOptions& options, bool storeTexts);

    /// The row as it may be stored; valid until the next call, and as long as the row itself.
    [[nodiscard]] const store::RequestRow& apply(const store::RequestRow& row);

private:
    std::optional<Masker> m_masker;
    bool m_storeTexts = true;
    store::RequestRow m_row;
    Masker::Texts m_texts;
};

}  // namespace tierwise::ingest
