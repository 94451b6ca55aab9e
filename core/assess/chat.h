// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tierwise::assess {

/// What a prompt boils down to before features are taken.
struct PromptText {
    std::string text;              ///< the words to judge: UTF-8, capped at kTextCap bytes
    std::size_t turns = 1;         ///< messages of the user; 1 for plain text
    std::size_t contextBytes = 0;  ///< bytes of earlier turns and system prompts that were set aside
    bool fromContext = false;      ///< the last turn said too little, so earlier turns were judged with it
};

/// Longest text that is looked at, in bytes: beyond it the first quarter and the last three quarters are kept (the
/// question mostly stands at the end). Scoring is linear in min(length, cap).
inline constexpr std::size_t kTextCap = 16384;

/// Reads a prompt: plain text, or a chat as JSON (an array of {"role", "content"}, or an object with "messages",
/// "contents" or "prompt"; content may be a string or an array of {"text"}). Of a chat, the last user turn is judged;
/// when it says little ("yes", "go on": under 4 words), the turns before it are judged with it, back to the first that
/// says enough. Anything that is not such JSON is plain text. Never fails, whatever the bytes. Linear.
/// `out` is reused: its string keeps its capacity.
void readPrompt(std::string_view prompt, PromptText& out);

}  // namespace tierwise::assess
