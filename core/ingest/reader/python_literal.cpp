// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/python_literal.h"

#include <array>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "core/ingest/reader/utf8.h"

namespace tierwise::ingest {
namespace {

constexpr int kDeepest = 200;

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isNameLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '.';
}

// datetime.datetime(2025, 3, 1, 10, 0, 5, 250000, tzinfo=...): only UTC is understood as a zone.
std::optional<std::string> isoOf(std::string_view arguments) {
    std::array<int, 7> parts{};
    std::size_t count = 0;
    bool utc = false;
    while (!arguments.empty()) {
        const auto comma = arguments.find(',');
        std::string_view part = arguments.substr(0, comma);
        arguments = comma == std::string_view::npos ? std::string_view() : arguments.substr(comma + 1);
        part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
        if (part == "tzinfo=datetime.timezone.utc" || part == "tzinfo=TzInfo(UTC)" || part == "tzinfo=<UTC>") {
            utc = true;
            continue;
        }
        if (count == parts.size()) {
            return {};
        }
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), parts[count]);
        if (error != std::errc() || end != part.data() + part.size()) {
            return {};
        }
        ++count;
    }
    if (count < 3) {
        return {};
    }
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}{}", parts[0], parts[1], parts[2], parts[3], parts[4],
                       parts[5], parts[6], utc ? "Z" : "");
}

/// One pass over the text; every function leaves m_at behind what it has read and says whether it could.
class Converter {
public:
    explicit Converter(std::string_view text) : m_text(text) {}

    std::optional<std::string> run() {
        m_out.reserve(m_text.size() + m_text.size() / 8);
        skipSpace();
        if (peek() != '{' || !value(0)) {
            return {};
        }
        skipSpace();
        return m_at == m_text.size() ? std::optional(std::move(m_out)) : std::nullopt;
    }

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    void skipSpace() {
        while (m_at < m_text.size() && isSpace(m_text[m_at])) {
            ++m_at;
        }
    }
    bool take(char c) {
        skipSpace();
        const bool there = peek() == c && m_at < m_text.size();
        m_at += there ? 1 : 0;
        return there;
    }

    bool value(int depth) {
        skipSpace();
        if (depth > kDeepest || m_at >= m_text.size()) {
            return false;
        }
        const char c = peek();
        if (c == '{') {
            return dictionary(depth);
        }
        if (c == '[' || c == '(') {
            return list(c == '[' ? ']' : ')', depth);
        }
        std::string text;
        if (string(text)) {
            appendJsonString(m_out, text);
            return true;
        }
        return isDigit(c) || c == '-' ? number() : word();
    }

    bool dictionary(int depth) {
        ++m_at;
        m_out += '{';
        for (bool first = true; !take('}'); first = false) {
            if (!first && !take(',')) {
                return false;
            }
            if (!first && take('}')) {
                break;
            }
            m_out += first ? "" : ", ";
            if (!key() || !take(':')) {
                return false;
            }
            m_out += ": ";
            if (!value(depth + 1)) {
                return false;
            }
        }
        m_out += '}';
        return true;
    }

    // JSON's keys are strings: others become what Python would print.
    bool key() {
        skipSpace();
        std::string text;
        if (!string(text)) {
            const std::size_t begin = m_at;
            while (isNameLetter(peek()) || peek() == '-') {
                ++m_at;
            }
            text = m_text.substr(begin, m_at - begin);
        }
        appendJsonString(m_out, text);
        return !text.empty() || m_text[m_at - 1] == '\'' || m_text[m_at - 1] == '"';
    }

    bool list(char end, int depth) {
        ++m_at;
        m_out += '[';
        for (bool first = true; !take(end); first = false) {
            if (!first && !take(',')) {
                return false;
            }
            if (!first && take(end)) {
                break;
            }
            m_out += first ? "" : ", ";
            if (!value(depth + 1)) {
                return false;
            }
        }
        m_out += ']';
        return true;
    }

    bool number() {
        const std::size_t begin = m_at;
        m_at += peek() == '-' ? 1 : 0;
        if (!isDigit(peek())) {
            return peek() == 'i' && word();  // -inf
        }
        while (isDigit(peek()) || ((peek() == '.' || peek() == 'e' || peek() == 'E') && isDigit(peek(1))) ||
               ((peek() == 'e' || peek() == 'E') && (peek(1) == '-' || peek(1) == '+')) ||
               ((peek() == '-' || peek() == '+') && (m_text[m_at - 1] == 'e' || m_text[m_at - 1] == 'E'))) {
            ++m_at;
        }
        m_out += m_text.substr(begin, m_at - begin);
        return true;
    }

    bool word() {
        const std::size_t begin = m_at;
        while (isNameLetter(peek())) {
            ++m_at;
        }
        const std::string_view name = m_text.substr(begin, m_at - begin);
        if (name == "None" || name == "nan" || name == "inf") {
            m_out += "null";
        } else if (name == "True" || name == "False") {
            m_out += name == "True" ? "true" : "false";
        } else {
            return !name.empty() && peek() == '(' && call(begin, name);
        }
        return true;
    }

    bool call(std::size_t begin, std::string_view name) {
        const std::size_t inside = ++m_at;
        std::string argument;
        if (name == "Decimal" || name == "UUID") {
            if (!string(argument) || !take(')')) {
                return false;
            }
            const bool plain = name == "Decimal" && !argument.empty() &&
                               argument.find_first_not_of("0123456789.-") == std::string::npos;
            if (plain && isDigit(argument.back()) && isDigit(argument[argument.front() == '-' ? 1 : 0])) {
                m_out += argument;
            } else {
                appendJsonString(m_out, argument);
            }
            return true;
        }
        for (int open = 1; open > 0; ++m_at) {
            if (m_at >= m_text.size()) {
                return false;
            }
            if (string(argument)) {
                --m_at;
                continue;
            }
            open += peek() == '(' ? 1 : peek() == ')' ? -1 : 0;
        }
        const auto time = name == "datetime.datetime" ? isoOf(m_text.substr(inside, m_at - 1 - inside)) : std::nullopt;
        appendJsonString(m_out, time ? *time : m_text.substr(begin, m_at - begin));
        return true;
    }

    // One string or several in a row, which Python joins. False where none begins here; nothing is read then.
    bool string(std::string& text) {
        text.clear();
        bool any = false;
        for (;;) {
            const std::size_t before = m_at;
            skipSpace();
            bool raw = false;
            bool bytes = false;
            for (; peek() == 'b' || peek() == 'u' || peek() == 'r'; ++m_at) {
                raw = raw || peek() == 'r';
                bytes = bytes || peek() == 'b';
            }
            if ((peek() != '\'' && peek() != '"') || !quoted(raw, bytes, text)) {
                m_at = before;
                return any;
            }
            any = true;
        }
    }

    bool quoted(bool raw, bool bytes, std::string& text) {
        const char quote = peek();
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const char c = peek();
            if (c == quote) {
                ++m_at;
                return true;
            }
            if (c == '\\' && !raw) {
                ++m_at;
                escape(bytes, text);
            } else {
                text += c;
            }
        }
        return false;
    }

    void escape(bool bytes, std::string& text) {
        constexpr std::string_view kLetters = "ntrabfv0";
        constexpr std::string_view kMeant("\n\t\r\a\b\f\v\0", 8);
        const char c = peek();
        if (const auto at = kLetters.find(c); at != std::string_view::npos) {
            text += kMeant[at];
            return;
        }
        const std::size_t digits = c == 'x' ? 2 : c == 'u' && !bytes ? 4 : c == 'U' && !bytes ? 8 : 0;
        std::uint32_t code = 0;
        const char* const from = m_text.data() + m_at + 1;
        if (digits > 0 && m_at + digits < m_text.size()) {
            const auto [end, error] = std::from_chars(from, from + digits, code, 16);
            if (error == std::errc() && end == from + digits) {
                appendUtf8(text, code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ? 0xFFFD : code);
                m_at += digits;
                return;
            }
        }
        if (c != '\\' && c != '\'' && c != '"') {
            text += '\\';
        }
        text += c;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_out;
};

}  // namespace

void appendJsonString(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
            out += c;
        }
    }
    out += '"';
}

bool beginsPython(std::string_view text) {
    std::size_t at = text.find_first_not_of(" \t\r\n");
    if (at != std::string_view::npos && text[at] == '[') {
        at = text.find_first_not_of(" \t\r\n", at + 1);
    }
    if (at == std::string_view::npos || text[at] != '{') {
        return false;
    }
    at = text.find_first_not_of(" \t\r\n", at + 1);
    if (at == std::string_view::npos || text[at] != '\'') {
        return false;
    }
    const auto end = text.find('\'', at + 1);
    return end != std::string_view::npos && text.substr(end + 1, 1) == ":";
}

std::optional<std::string> pythonToJson(std::string_view text) {
    return Converter(text).run();
}

}  // namespace tierwise::ingest
