// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/escape.h"

#include "core/base/display.h"

namespace tierwise::report {

std::string escapeXml(std::string_view text) {
    std::string out;
    for (const char c : displayText(text)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string escapeMarkdown(std::string_view text) {
    std::string out;
    const std::string safe = displayText(text);
    for (std::size_t i = 0; i < safe.size(); ++i) {
        const char c = safe[i];
        if (c == '\n' || c == '\t') {
            out += ' ';
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '&') {
            out += "&amp;";
        } else if (std::string_view("\\`*_[]|#~>").find(c) != std::string_view::npos) {
            out += '\\';
            out += c;
        } else if ((c == ':' && safe.compare(i, 3, "://") == 0) || (c == '@' && i > 0)) {
            out += '\\';  // no automatic links out of foreign text
            out += c;
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace tierwise::report
