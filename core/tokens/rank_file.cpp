// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokens/rank_file.h"

#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

namespace tierwise::tokens {
namespace {

constexpr std::size_t kMostTokens = std::size_t{1} << 22;

int sextet(char c) {
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }
    return c == '+' ? 62 : (c == '/' ? 63 : -1);
}

std::optional<std::string> fromBase64(std::string_view text) {
    while (!text.empty() && text.back() == '=') {
        text.remove_suffix(1);
    }
    std::string bytes;
    unsigned bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const int value = sextet(c);
        if (value < 0) {
            return {};
        }
        bits = ((bits << 6U) | static_cast<unsigned>(value)) & 0xFFFFU;
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>((bits >> held) & 0xFFU);
        }
    }
    return bytes;
}

std::optional<std::size_t> number(std::string_view text) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto at = std::min(text.find(separator), text.size());
        if (at > 0) {
            parts.push_back(text.substr(0, at));
        }
        text.remove_prefix(std::min(at + 1, text.size()));
    }
    return parts;
}

/// Collects tokens by rank; each rank once.
class Ranks {
public:
    bool put(std::size_t rank, std::string_view base64) {
        auto bytes = fromBase64(base64);
        if (!bytes || bytes->empty() || rank >= kMostTokens) {
            return false;
        }
        if (rank >= m_tokens.size()) {
            m_tokens.resize(rank + 1);
        }
        if (!m_tokens[rank].empty()) {
            return false;
        }
        m_tokens[rank] = std::move(*bytes);
        return true;
    }
    [[nodiscard]] const std::vector<std::string>& tokens() const { return m_tokens; }

private:
    std::vector<std::string> m_tokens;
};

tl::unexpected<Error> wrongLine(const std::string& source, std::size_t line) {
    return fail(ErrorCode::badFormat, "this is not a token with its rank, or the rank was given before",
                "Give the rank file of a tiktoken vocabulary", source, static_cast<std::int64_t>(line));
}

Result<Ranks> readLines(std::string_view bytes, const std::string& source) {
    Ranks ranks;
    std::size_t line = 0;
    for (const std::string_view text : split(bytes, '\n')) {
        ++line;
        const auto words = split(text, ' ');
        const auto rank = words.size() == 2 ? number(words[1]) : std::nullopt;
        if (!rank || !ranks.put(*rank, words[0])) {
            return wrongLine(source, line);
        }
    }
    return ranks;
}

// "! 0 IQ== Ig== ...": after the mark, the rank of the first token, then the tokens in order.
Result<Ranks> readRuns(std::string_view bytes, const std::string& source) {
    Ranks ranks;
    for (const std::string_view run : split(bytes, '\n')) {
        const auto words = split(run, ' ');
        const auto first = words.size() > 2 && words[0] == "!" ? number(words[1]) : std::nullopt;
        if (!first) {
            return wrongLine(source, 1);
        }
        for (std::size_t i = 2; i < words.size(); ++i) {
            if (!ranks.put(*first + i - 2, words[i])) {
                return wrongLine(source, i);
            }
        }
    }
    return ranks;
}

}  // namespace

Result<Vocabulary> readRankFile(std::string_view bytes, const std::string& name, const std::string& source) {
    Result<Ranks> ranks;
    const auto start = bytes.find_first_not_of(" \t\r\n");
    if (start != std::string_view::npos && bytes[start] == '{') {
        const auto document = nlohmann::json::parse(bytes, nullptr, false);
        if (!document.is_object() || !document.contains("bpe_ranks") || !document["bpe_ranks"].is_string()) {
            return fail(ErrorCode::badFormat, "this JSON document holds no \"bpe_ranks\"",
                        "Give an encoder file of the npm package tiktoken", source);
        }
        ranks = readRuns(document["bpe_ranks"].get_ref<const std::string&>(), source);
    } else {
        ranks = readLines(bytes, source);
    }
    if (!ranks) {
        return fail(std::move(ranks.error()));
    }
    auto made = Vocabulary::make(name, ranks->tokens());
    if (!made) {
        made.error().source = source;
    }
    return made;
}

}  // namespace tierwise::tokens
