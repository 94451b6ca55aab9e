// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/row_masker.h"

#include <utility>

namespace tierwise::ingest {

Result<RowMasker> RowMasker::create(const MaskOptions& options, bool storeTexts) {
    RowMasker made;
    made.m_storeTexts = storeTexts && options.mode != MaskMode::noText;
    if (options.mode != MaskMode::off) {
        auto masker = Masker::create(options);
        if (!masker) {
            return fail(masker.error());
        }
        made.m_masker = std::move(*masker);
    }
    return made;
}

const store::RequestRow& RowMasker::apply(const store::RequestRow& row) {
    const bool hasText = row.prompt.has_value() || row.response.has_value();
    if (!hasText || (m_storeTexts && !m_masker)) {
        return row;
    }
    m_row = row;
    if (m_masker) {
        m_texts.prompt = row.prompt;
        m_texts.response = row.response;
        m_texts.dataClass = row.dataClass;
        m_masker->apply(m_texts);
        m_row.prompt = m_texts.prompt;
        m_row.response = m_texts.response;
        m_row.dataClass = m_texts.dataClass;
    }
    if (!m_storeTexts) {
        m_row.prompt.reset();
        m_row.response.reset();
    }
    return m_row;
}

}  // namespace tierwise::ingest
