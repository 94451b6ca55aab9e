// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/chat.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/assess/code_points.h"

namespace tierwise::assess {
namespace {

constexpr int kDeepest = 32;
constexpr std::size_t kWordsThatSayEnough = 4;

struct Turn {
    std::string role;
    std::string text;
};

// A scanner for the little JSON that chats are made of: no allocation besides the texts, no exceptions, bounded depth.
class Scanner {
public:
    explicit Scanner(std::string_view bytes) : m_bytes(bytes) {}

    bool readChat(std::vector<Turn>& turns) {
        skipSpace();
        const bool good = peek() == '[' ? readTurns(turns) : readEnvelope(turns);
        skipSpace();
        return good && m_at == m_bytes.size() && !turns.empty();
    }

private:
    [[nodiscard]] char peek() const { return m_at < m_bytes.size() ? m_bytes[m_at] : '\0'; }

    void skipSpace() {
        while (m_at < m_bytes.size() &&
               (m_bytes[m_at] == ' ' || m_bytes[m_at] == '\n' || m_bytes[m_at] == '\t' || m_bytes[m_at] == '\r')) {
            ++m_at;
        }
    }

    bool take(char wanted) {
        skipSpace();
        if (peek() != wanted) {
            return false;
        }
        ++m_at;
        return true;
    }

    std::optional<std::uint32_t> readHex4() {
        if (m_at + 4 > m_bytes.size()) {
            return {};
        }
        std::uint32_t value = 0;
        for (int i = 0; i < 4; ++i) {
            const char c = m_bytes[m_at++];
            const int digit = c >= '0' && c <= '9'   ? c - '0'
                              : c >= 'a' && c <= 'f' ? c - 'a' + 10
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;
            if (digit < 0) {
                return {};
            }
            value = value * 16 + static_cast<std::uint32_t>(digit);
        }
        return value;
    }

    bool readEscape(std::string& out) {
        const char c = peek();
        ++m_at;
        switch (c) {
            case 'n':
                out.push_back('\n');
                return true;
            case 't':
                out.push_back('\t');
                return true;
            case 'r':
            case 'b':
            case 'f':
                out.push_back(' ');
                return true;
            case 'u':
                break;
            case '"':
            case '\\':
            case '/':
                out.push_back(c);
                return true;
            default:
                return false;
        }
        const auto high = readHex4();
        if (!high) {
            return false;
        }
        std::uint32_t point = *high;
        if (point >= 0xD800 && point < 0xDC00 && m_bytes.substr(m_at, 2) == "\\u") {
            m_at += 2;
            const auto low = readHex4();
            if (!low) {
                return false;
            }
            point = *low >= 0xDC00 && *low < 0xE000 ? 0x10000 + ((point - 0xD800) << 10) + (*low - 0xDC00) : 0xFFFD;
        }
        encode(point >= 0xD800 && point < 0xE000 ? 0xFFFD : point, out);
        return true;
    }

    bool readString(std::string& out) {
        if (!take('"')) {
            return false;
        }
        while (m_at < m_bytes.size()) {
            const auto stop = m_bytes.find_first_of("\"\\", m_at);
            if (stop == std::string_view::npos) {
                return false;
            }
            out.append(m_bytes.substr(m_at, stop - m_at));
            m_at = stop + 1;
            if (m_bytes[stop] == '"') {
                return true;
            }
            if (!readEscape(out)) {
                return false;
            }
        }
        return false;
    }

    bool skipValue(int depth) {
        skipSpace();
        std::string ignored;
        switch (peek()) {
            case '"':
                return readString(ignored);
            case '{':
            case '[':
                return skipContainer(depth);
            default:
                break;
        }
        const auto start = m_at;
        while (m_at < m_bytes.size() && std::string_view(",]} \n\r\t").find(m_bytes[m_at]) == std::string_view::npos) {
            ++m_at;
        }
        return m_at > start;
    }

    bool skipContainer(int depth) {
        if (depth >= kDeepest) {
            return false;
        }
        const bool object = peek() == '{';
        const char end = object ? '}' : ']';
        ++m_at;
        if (take(end)) {
            return true;
        }
        std::string key;
        do {
            key.clear();
            if (object && (!readString(key) || !take(':'))) {
                return false;
            }
            if (!skipValue(depth + 1)) {
                return false;
            }
        } while (take(','));
        return take(end);
    }

    // Content: a string, or an array of parts whose "text" is kept.
    bool readContent(std::string& text, int depth) {
        skipSpace();
        if (peek() == '"') {
            if (!text.empty()) {
                text.push_back('\n');
            }
            return readString(text);
        }
        if (depth >= kDeepest) {
            return false;
        }
        if (peek() == '[') {
            ++m_at;
            if (take(']')) {
                return true;
            }
            do {
                if (!readContent(text, depth + 1)) {
                    return false;
                }
            } while (take(','));
            return take(']');
        }
        if (peek() == '{') {
            return readObject([&](const std::string& key) {
                return key == "text" || key == "content" || key == "parts" ? readContent(text, depth + 1)
                                                                           : skipValue(depth + 1);
            });
        }
        return skipValue(depth);
    }

    template <typename OnKey>
    bool readObject(const OnKey& onKey) {
        if (!take('{')) {
            return false;
        }
        if (take('}')) {
            return true;
        }
        do {
            std::string key;
            if (!readString(key) || !take(':') || !onKey(key)) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    bool readTurns(std::vector<Turn>& turns) {
        if (!take('[')) {
            return false;
        }
        if (take(']')) {
            return true;
        }
        do {
            Turn turn;
            bool isTurn = false;
            skipSpace();
            if (peek() != '{') {
                return false;
            }
            const bool good = readObject([&](const std::string& key) {
                if (key == "role") {
                    isTurn = true;
                    skipSpace();
                    return peek() == '"' ? readString(turn.role) : skipValue(1);
                }
                if (key == "content" || key == "parts" || key == "text") {
                    return readContent(turn.text, 1);
                }
                return skipValue(1);
            });
            if (!good || !isTurn) {
                return false;
            }
            turns.push_back(std::move(turn));
        } while (take(','));
        return take(']');
    }

    bool readEnvelope(std::vector<Turn>& turns) {
        bool found = false;
        return readObject([&](const std::string& key) {
                   skipSpace();
                   if (!found && (key == "messages" || key == "contents" || key == "prompt") && peek() == '[') {
                       found = true;
                       return readTurns(turns);
                   }
                   if (!found && key == "prompt" && peek() == '"') {
                       found = true;
                       turns.push_back({"user", {}});
                       return readString(turns.back().text);
                   }
                   return skipValue(1);
               }) &&
               found;
    }

    std::string_view m_bytes;
    std::size_t m_at = 0;
};

// Words, where a character of a script without spaces counts as one.
std::size_t countWords(std::string_view text) {
    std::size_t words = 0;
    bool inside = false;
    for (std::size_t i = 0; i < text.size() && words < 1000; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0xE3 && byte <= 0xED) {  // the leads of kana, han and hangul
            ++words;
            inside = false;
            continue;
        }
        const bool letter =
            byte >= 0x80 || (byte >= '0' && byte <= '9') || ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z');
        words += letter && !inside ? 1 : 0;
        inside = letter;
    }
    return words;
}

bool isUser(const Turn& turn) {
    return turn.role == "user" || turn.role == "human";
}

void appendCapped(std::string_view text, std::string& out) {
    if (text.size() <= kTextCap) {
        out.append(text);
        return;
    }
    out.append(text.substr(0, kTextCap / 4));
    out.push_back(' ');
    out.append(text.substr(text.size() - (kTextCap - kTextCap / 4 - 1)));
}

void fromTurns(const std::vector<Turn>& turns, PromptText& out) {
    std::size_t last = turns.size();
    std::size_t total = 0;
    out.turns = 0;
    for (std::size_t i = 0; i < turns.size(); ++i) {
        total += turns[i].text.size();
        if (isUser(turns[i])) {
            last = i;
            ++out.turns;
        }
    }
    if (last == turns.size()) {
        last = turns.size() - 1;
        out.turns = 1;
    }
    std::size_t first = last;
    std::size_t words = countWords(turns[last].text);
    while (words < kWordsThatSayEnough && first > 0) {
        --first;
        if (turns[first].role != "system" && turns[first].role != "developer") {
            // The user's own words weigh; an assistant's question in between comes along.
            words += isUser(turns[first]) ? countWords(turns[first].text) : 0;
        }
    }
    std::string joined;
    for (std::size_t i = first; i <= last; ++i) {
        if (i != last && (turns[i].role == "system" || turns[i].role == "developer")) {
            continue;
        }
        if (!joined.empty()) {
            joined.push_back('\n');
        }
        joined += turns[i].text;
    }
    out.fromContext = first != last;
    out.contextBytes = total - std::min(total, joined.size());
    appendCapped(joined, out.text);
}

}  // namespace

void readPrompt(std::string_view prompt, PromptText& out) {
    out.text.clear();
    out.turns = 1;
    out.contextBytes = 0;
    out.fromContext = false;
    const auto start = prompt.find_first_not_of(" \n\r\t");
    const char opening = start == std::string_view::npos ? '\0' : prompt[start];
    if (opening == '[' || opening == '{') {
        std::vector<Turn> turns;
        if (Scanner(prompt).readChat(turns)) {
            fromTurns(turns, out);
            return;
        }
    }
    appendCapped(prompt, out.text);
}

}  // namespace tierwise::assess
