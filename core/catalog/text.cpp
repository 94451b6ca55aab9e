// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/text.h"

#include <algorithm>

namespace tierwise::catalog {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string lowered(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n\"'`");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t\r\n\"'`") - first + 1);
}

std::string folded(std::string_view name) {
    std::string result;
    result.reserve(name.size());
    for (const char c : name) {
        const bool dash = c == '-' || c == '.' || c == '_' || c == ' ';
        if (!dash) {
            result += lower(c);
        } else if (!result.empty() && result.back() != '-') {
            result += '-';
        }
    }
    while (!result.empty() && result.back() == '-') {
        result.pop_back();
    }
    return result;
}

std::string wordBag(std::string_view foldedName) {
    std::vector<std::string_view> words;
    std::string numbers;
    for (const auto part : split(foldedName, '-')) {
        if (isDigits(part)) {
            numbers += '-';
            numbers += part;
        } else {
            words.push_back(part);
        }
    }
    std::sort(words.begin(), words.end());
    std::string result;
    for (const auto word : words) {
        result += word;
        result += ' ';
    }
    return result + numbers;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(at + 1);
    }
}

bool isDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool globMatches(std::string_view glob, std::string_view text) {
    const bool open = glob.starts_with('*');
    if (open) {
        glob.remove_prefix(1);
    }
    const bool ends = glob.ends_with('*');
    if (ends) {
        glob.remove_suffix(1);
    }
    const std::string pattern = lowered(glob);
    const std::string subject = lowered(text);
    if (open && ends) {
        return subject.find(pattern) != std::string::npos;
    }
    return open ? subject.ends_with(pattern) : ends ? subject.starts_with(pattern) : subject == pattern;
}

}  // namespace tierwise::catalog
