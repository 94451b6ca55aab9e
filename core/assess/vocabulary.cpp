// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/vocabulary.h"

#include <algorithm>
#include <array>
#include <set>

namespace tierwise::assess {
namespace {

constexpr std::size_t kLeastSwapped = 3;
constexpr std::size_t kLeastMeant = 5;
constexpr std::uint8_t kLeastPrompts = 5;  // a rare word is more often another word than a slip of the keyboard
constexpr unsigned kMaybeBits = 20;
constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15ULL;

// A word is a polynomial in kBase, so that the sum of a word one slip away takes a few operations, not a new pass.
std::uint64_t letter(char c) {
    return static_cast<std::uint64_t>(c - 'a') + 1;
}

std::uint32_t keyOf(std::uint64_t sum) {
    sum ^= sum >> 29U;
    return static_cast<std::uint32_t>((sum * 0xBF58476D1CE4E5B9ULL) >> 32U);
}

const std::array<std::uint64_t, Vocabulary::kLongest + 2>& powers() {
    static const auto kPowers = [] {
        std::array<std::uint64_t, Vocabulary::kLongest + 2> table{1};
        for (std::size_t i = 1; i < table.size(); ++i) {
            table[i] = table[i - 1] * kBase;
        }
        return table;
    }();
    return kPowers;
}

bool isPlain(std::string_view word) {
    return !word.empty() && word.size() <= Vocabulary::kLongest &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::uint64_t sumOf(std::string_view word) {
    std::uint64_t sum = 0;
    for (const char c : word) {
        sum = sum * kBase + letter(c);
    }
    return sum;
}

}  // namespace

Vocabulary::Vocabulary(const std::vector<std::vector<std::string>>& wordsOfPrompts) {
    std::map<std::uint32_t, std::uint8_t> found;
    for (const auto& words : wordsOfPrompts) {
        std::set<std::uint32_t> inPrompt;
        for (const auto& word : words) {
            if (isPlain(word)) {
                inPrompt.insert(keyOf(sumOf(word)));
            }
        }
        for (const auto key : inPrompt) {
            auto& prompts = found[key];
            prompts = static_cast<std::uint8_t>(std::min(prompts + 1, 255));
        }
    }
    for (const auto& [key, prompts] : found) {
        m_keys.push_back(key);
        m_prompts.push_back(prompts);
    }
    index();
}

std::optional<Vocabulary> Vocabulary::of(std::vector<std::uint32_t> keys, std::vector<std::uint8_t> prompts) {
    if (keys.size() != prompts.size() ||
        std::adjacent_find(keys.begin(), keys.end(), std::greater_equal<>()) != keys.end() ||
        std::find(prompts.begin(), prompts.end(), 0) != prompts.end()) {
        return {};
    }
    Vocabulary vocabulary;
    vocabulary.m_keys = std::move(keys);
    vocabulary.m_prompts = std::move(prompts);
    vocabulary.index();
    return vocabulary;
}

void Vocabulary::index() {
    m_maybe.assign((std::size_t{1} << kMaybeBits) / 64, 0);
    for (const auto key : m_keys) {
        const auto bit = key >> (32U - kMaybeBits);
        m_maybe[bit / 64] |= std::uint64_t{1} << (bit % 64);
    }
}

std::uint8_t Vocabulary::promptsOf(std::uint64_t sum) const {
    const auto key = keyOf(sum);
    const auto bit = key >> (32U - kMaybeBits);
    if (((m_maybe[bit / 64] >> (bit % 64)) & 1U) == 0) {
        return 0;
    }
    const auto at = std::lower_bound(m_keys.begin(), m_keys.end(), key);
    return at == m_keys.end() || *at != key ? std::uint8_t{0}
                                            : m_prompts[static_cast<std::size_t>(at - m_keys.begin())];
}

bool Vocabulary::knows(std::string_view word) const {
    return !empty() && isPlain(word) && promptsOf(sumOf(word)) > 0;
}

std::optional<std::string> Vocabulary::repair(std::string_view word) const {
    const std::size_t n = word.size();
    if (empty() || n < kLeastSwapped || n >= kLongest || !isPlain(word)) {
        return {};
    }
    const auto& power = powers();
    const std::uint64_t sum = sumOf(word);
    if (promptsOf(sum) > 0) {
        return {};
    }
    std::uint8_t most = kLeastPrompts - 1;
    std::string meant;
    // The first of equally common ones stays, so that the order of the searches is one of likelihood.
    const auto offer = [&](std::uint64_t candidate, auto spell) {
        const auto prompts = promptsOf(candidate);
        if (prompts > most) {
            most = prompts;
            meant = spell();
        }
    };
    for (std::size_t i = 0; i + 1 < n; ++i) {
        const std::uint64_t moved = (letter(word[i + 1]) - letter(word[i])) * (power[n - 1 - i] - power[n - 2 - i]);
        offer(sum + moved, [&] {
            std::string other(word);
            std::swap(other[i], other[i + 1]);
            return other;
        });
    }
    std::uint64_t before = 0;  // sum of the letters before place i, as a word of its own
    for (std::size_t i = 0; i <= n; ++i) {
        const std::uint64_t after = sum - before * power[n - i];  // of the letters from place i on
        const bool has = i < n;
        const std::uint64_t rest = has ? after - letter(word[i]) * power[n - 1 - i] : 0;
        for (char c = 'a'; c <= 'z'; ++c) {
            if (n + 1 >= kLeastMeant) {
                offer((before * kBase + letter(c)) * power[n - i] + after,
                      [&] { return std::string(word).insert(i, 1, c); });
            }
            if (has && n >= kLeastMeant) {
                offer((before * kBase + letter(c)) * power[n - 1 - i] + rest, [&] {
                    std::string other(word);
                    other[i] = c;
                    return other;
                });
            }
        }
        if (has && n > kLeastMeant) {
            offer(before * power[n - 1 - i] + rest, [&] { return std::string(word).erase(i, 1); });
        }
        before = has ? before * kBase + letter(word[i]) : before;
    }
    return most >= kLeastPrompts ? std::optional<std::string>(std::move(meant)) : std::nullopt;
}

}  // namespace tierwise::assess
