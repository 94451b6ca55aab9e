// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/row_masker.h"

#include <utility>

namespace tierwise::ingest {
namespace {

constexpr std::size_t kMostKnown = 65536;  // marks that are remembered; logs repeat their users
constexpr std::size_t kLongestRemembered = 64;
constexpr std::size_t kLongestWithoutTexts = 200;  // bytes of an own column's value where texts are left out
constexpr std::string_view kLeftOut = "[text left out]";

}  // namespace

Result<RowMasker> RowMasker::create(const MaskOptions& options, bool storeTexts) {
    RowMasker made;
    made.m_storeTexts = storeTexts && options.mode != MaskMode::noText;
    made.m_replace = options.mode == MaskMode::replace || options.mode == MaskMode::noText;
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
    const bool texts = hasText && (!m_storeTexts || m_masker);
    const bool columns = m_replace || (!m_storeTexts && !row.extras.empty());
    if (!texts && !columns) {
        return row;
    }
    m_row = row;
    if (texts) {
        applyToTexts();
    }
    if (columns) {
        applyToColumns();
    }
    return m_row;
}

void RowMasker::applyToTexts() {
    if (m_masker) {
        m_texts.prompt = m_row.prompt;
        m_texts.response = m_row.response;
        m_texts.dataClass = m_row.dataClass;
        m_masker->apply(m_texts);
        m_row.prompt = m_texts.prompt;
        m_row.response = m_texts.response;
        m_row.dataClass = m_texts.dataClass;
    }
    if (!m_storeTexts) {
        m_row.prompt.reset();
        m_row.response.reset();
    }
}

void RowMasker::applyToColumns() {
    if (m_known.size() > kMostKnown) {
        m_known.clear();
    }
    if (m_replace) {
        for (auto* const name : {&m_row.user, &m_row.team, &m_row.session, &m_row.tag}) {
            *name = maskedColumn(*name);
        }
    }
    m_extras.assign(m_row.extras.begin(), m_row.extras.end());
    for (auto& extra : m_extras) {
        if (!m_storeTexts && extra.value.size() > kLongestWithoutTexts) {
            extra.value = kLeftOut;
            extra.json = false;
        } else if (m_replace) {
            const std::string_view masked = maskedColumn(extra.value);
            // A number that was masked is no JSON any more; inside strings, objects and arrays a mark does no harm.
            const bool isNumber = extra.json && masked.data() != extra.value.data() && masked.front() != extra.value[0];
            extra.value = masked;
            extra.json = extra.json && !isNumber;
        }
    }
    m_row.extras = m_extras;
}

// Short values repeat; long ones are looked at anew, their masked copies kept until the row has been taken.
std::string_view RowMasker::maskedColumn(std::string_view value) {
    if (value.size() < Masker::kShortestFinding || !m_masker->mayFind(value)) {
        return value;
    }
    const auto known = m_known.find(std::string(value));
    if (known != m_known.end()) {
        return known->second ? std::string_view(*known->second) : value;
    }
    auto masked = m_masker->maskColumn(value);
    if (!masked && value.size() > kLongestRemembered) {
        return value;
    }
    const auto added = m_known.emplace(value, std::move(masked)).first;
    return added->second ? std::string_view(*added->second) : value;
}

store::RejectedRecord RowMasker::apply(const store::RejectedRecord& record) {
    store::RejectedRecord kept = record;
    if (m_replace && m_masker) {
        if (auto reason = m_masker->maskColumn(record.reason)) {
            m_reject[0] = std::move(*reason);
            kept.reason = m_reject[0];
        }
    }
    if (!m_storeTexts) {
        m_reject[1] = std::string(record.fixHint) +
                      (record.fixHint.empty()         ? ""
                       : record.fixHint.back() == '.' ? " "
                                                      : ". ") +
                      "The record is not kept, because no texts are: mend it in the log and import that again.";
        kept.fixHint = m_reject[1];
        kept.raw = {};
    } else if (m_replace && m_masker) {
        if (const auto found = m_masker->find(record.raw); !found.findings.empty()) {
            m_reject[2] = Masker::replace(record.raw, found.findings);
            kept.raw = m_reject[2];
        }
    }
    return kept;
}

}  // namespace tierwise::ingest
