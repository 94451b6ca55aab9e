// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace tierwise::project {

/// One kind of request of the sample workload. Text in {braces} is a slot, filled from sampleSlot().
struct SamplePrompt {
    std::string_view domain;  ///< support, code, law, finance, science, summary, extraction, translation, agent, chat
    double difficulty = 0;    ///< 0 easy .. 1 hard, as the author of the prompt judged it
    int answerTokens = 0;     ///< typical length of a good answer
    int contextTokens = 0;    ///< typical length of what is attached beside the words (documents, files, history)
    std::string_view dataClass;  ///< "pii" or "secret" where the words carry (masked) data of that kind
    std::string_view text;
};

[[nodiscard]] std::span<const SamplePrompt> samplePrompts();
/// The fillings of a slot ("product"); empty where there is no such slot.
[[nodiscard]] std::span<const std::string_view> sampleSlot(std::string_view name);

}  // namespace tierwise::project
