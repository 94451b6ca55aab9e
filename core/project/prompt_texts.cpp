// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/prompt_texts.h"

#include <algorithm>

#include "core/project/tokens.h"
#include "core/route/parallel.h"

namespace tierwise::project {

PromptTexts::PromptTexts(Project project, std::shared_ptr<const store::WorkloadSnapshot> rows)
    : m_project(std::move(project)), m_rows(std::move(rows)) {
    const auto& words = m_rows->promptText.valid.words();
    m_any = std::any_of(words.begin(), words.end(), [](std::uint64_t word) { return word != 0; });
}

std::optional<std::string> PromptTexts::of(std::size_t row) const {
    const auto id = m_rows->promptText.at(row);
    if (!id) {
        return {};
    }
    const std::lock_guard lock(m_mutex);
    if (!m_reader) {
        auto lease = m_project.lease();
        if (!lease) {
            return {};
        }
        m_reader = std::make_unique<Reader>(std::move(*lease));
    }
    const auto text = m_reader->texts.text(*id);
    return text ? std::optional<std::string>(*text) : std::nullopt;
}

std::vector<std::uint32_t> PromptTexts::tokens(const std::string& family, const TaskContext& context) const {
    const auto known = tokens::familyOf(family);
    if (!known || !m_any) {
        return {};
    }
    const std::lock_guard lock(m_mutex);
    const auto found =
        std::find_if(m_counted.begin(), m_counted.end(), [&](const auto& counted) { return counted.first == family; });
    if (found != m_counted.end()) {
        return found->second;
    }
    const auto tokenizer = loadTokenizer(*known);
    if (!tokenizer) {
        return {};
    }
    std::vector<std::uint32_t> tokens(m_rows->rows, 0);
    // Always two halves, so that what is counted does not depend on the machine.
    route::parallelRanges(tokens.size(), 2, [&](unsigned, std::size_t begin, std::size_t end) {
        auto lease = m_project.lease();
        if (!lease) {
            return;
        }
        store::TextReader reader(**lease);
        std::size_t bytes = 0;
        for (std::size_t row = begin; row < end && bytes < kCounted / 2; ++row) {
            if ((row & 0x3fU) == 0 && context.stopRequested()) {
                return;
            }
            const auto id = m_rows->promptText.at(row);
            const auto text = id ? reader.text(*id) : Result<std::string_view>(std::string_view());
            if (text) {
                bytes += text->size();
                tokens[row] = static_cast<std::uint32_t>(tokenizer->count(*text));
            }
        }
    });
    if (!context.stopRequested()) {
        m_counted.emplace_back(family, tokens);
    }
    return tokens;
}

}  // namespace tierwise::project
