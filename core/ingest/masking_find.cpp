// SPDX-License-Identifier: GPL-3.0-or-later
// Personal data: detectors that look at windows around digits and '@' only.
#include "core/ingest/masking_find.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include <re2/re2.h>

#include "core/ingest/masking_ids.h"

namespace tierwise::ingest {
namespace {

constexpr std::uint8_t kDigit = 1;
constexpr std::uint8_t kAlnum = 4;      // letters and digits
constexpr std::uint8_t kSeparator = 8;  // between the groups of a number
constexpr std::uint8_t kHexOrColon = 16;

constexpr std::array<std::uint8_t, 256> classTable() {
    std::array<std::uint8_t, 256> table{};
    for (unsigned c = 0; c < 256; ++c) {
        const bool digit = c >= '0' && c <= '9';
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool hex = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        table[c] = static_cast<std::uint8_t>(
            (digit ? kDigit : 0U) | (digit || letter ? kAlnum : 0U) |
            (c == ' ' || c == '.' || c == '-' || c == '/' || c == '(' || c == ')' ? kSeparator : 0U) |
            (hex || c == ':' ? kHexOrColon : 0U));
    }
    return table;
}
constexpr auto kClass = classTable();

std::uint8_t classOf(char c) {
    return kClass[static_cast<unsigned char>(c)];
}

constexpr std::size_t kWindow = kNumberWindow;
constexpr std::size_t kKeywordReach = 40;  // how far before a number its name may stand

struct Detector {
    const char* kind;
    std::unique_ptr<RE2> pattern;
    bool (*check)(std::string_view bare);
    std::unique_ptr<RE2> keyword;  ///< must stand before the number where it alone says too little; or null
    std::size_t digits;            ///< fewest digits it has: cheaper to tell than a pattern
    char first;                    ///< 'A' begins with a letter, '9' a digit, '+' or '(' also, '*' either
};

bool always(std::string_view /*bare*/) {
    return true;
}

bool phoneDigits(std::string_view bare) {
    const auto digits = std::count_if(bare.begin(), bare.end(), [](char c) { return (classOf(c) & kDigit) != 0; });
    return digits >= 8 && digits <= 15;
}

// In this order: the first that fits takes the place. Patterns are anchored by the window's walk, not searched.
const std::vector<Detector>& detectors() {
    static const auto* const kDetectors = [] {
        auto* list = new std::vector<Detector>();  // never destroyed: threads may still mask at exit
        const auto add = [&](const char* kind, const char* pattern, bool (*check)(std::string_view), std::size_t digits,
                             char first, const char* keyword = nullptr) {
            list->push_back({kind, std::make_unique<RE2>(pattern, RE2::Quiet), check,
                             keyword != nullptr ? std::make_unique<RE2>(keyword, RE2::Quiet) : nullptr, digits, first});
        };
        add("IBAN", "([A-Z]{2}\\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?)\\b", isIban, 9, 'A');
        add("IT_FISCAL_CODE", "([A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z])\\b", isItalianFiscalCode, 7, 'A');
        add("CH_AHV", "(756[. ]?\\d{4}[. ]?\\d{4}[. ]?\\d{2})\\b", isSwissAhv, 13, '9');
        add("FR_NIR", "([12] ?\\d{2} ?\\d{2} ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?\\d{2})\\b", isFrenchNir, 14, '9');
        add("CARD", "(\\d{4}(?:[ -]?\\d{4}){2}[ -]?\\d{1,7}|\\d{4}[ -]?\\d{6}[ -]?\\d{5}|\\d{13,19})\\b", isCardNumber,
            13, '9');
        add("BR_CPF", "(\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2})\\b", isBrazilianCpf, 11, '9');
        add("US_SSN", "(\\d{3}-\\d{2}-\\d{4})\\b", isUsSsn, 9, '9');
        add("US_SSN", "(\\d{9})\\b", isUsSsn, 9, '9', "(?i)(ssn|social security)");
        add("DE_TAX_ID", "(\\d{11}|\\d{2} \\d{3} \\d{3} \\d{3})\\b", isGermanTaxId, 11, '9');
        add("PL_PESEL", "(\\d{11})\\b", isPolishPesel, 11, '9');
        add("UK_NHS", "(\\d{3}[ -]\\d{3}[ -]\\d{4})\\b", isBritishNhs, 10, '9');
        add("UK_NHS", "(\\d{10})\\b", isBritishNhs, 10, '9', "(?i)nhs");
        add("ES_ID", "([XYZ]-?\\d{7}-?[A-Z]|\\d{8}-?[A-Z])\\b", isSpanishId, 7, '*');
        add("NL_BSN", "(\\d{9}|\\d{4}[. ]\\d{2}[. ]\\d{3})\\b", isDutchBsn, 9, '9', "(?i)(bsn|burgerservice|sofi)");
        add("PHONE", "(\\+\\d{1,3}(?:[ ./-]?\\(?\\d{1,5}\\)?){2,7})\\b", phoneDigits, 8, '+');
        add("PHONE", "(\\(?[2-9]\\d{2}\\)?[ .-]\\d{3}[ .-]\\d{4})\\b", always, 10, '(');
        add("PHONE",
            "(0[1-9]\\d{0,3}(?:[ /-]\\d{2,4}){1,2}[ /-]?\\d{3,8}|0[1-9](?:[ .]\\d{2}){4}|0[1-9]\\d{1,3}[ "
            "/-]\\d{5,9})\\b",
            phoneDigits, 9, '9');
        add("PHONE", "(\\d[\\d ./-]{5,18}\\d)\\b", phoneDigits, 8, '+',
            "(?i)(phone|telefon|tel\\b|mobile|handy|call me)");
        return list;
    }();
    return *kDetectors;
}

// Dates and times are the most common long numbers that are nobody's.
bool looksLikeDate(std::string_view text) {
    static const RE2 kDate("(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{4})");
    const re2::StringPiece piece(text.data(), text.size());
    return kDate.Match(piece, 0, text.size(), RE2::ANCHOR_START, nullptr, 0);
}

bool keywordBefore(std::string_view text, std::size_t begin, const RE2& keyword) {
    const std::size_t from = begin > kKeywordReach ? begin - kKeywordReach : 0;
    return RE2::PartialMatch(re2::StringPiece(text.data() + from, begin - from), keyword);
}

std::size_t numberAt(std::string_view text, std::size_t begin, std::size_t end, std::vector<MaskFinding>& findings) {
    const re2::StringPiece window(text.data() + begin, end - begin);
    std::array<char, kWindow + 1> bare;
    const std::uint8_t first = classOf(text[begin]);
    const bool letter = (first & kAlnum) != 0 && (first & kDigit) == 0;
    std::size_t digits = 0;
    for (const char c : text.substr(begin, end - begin)) {
        digits += classOf(c) & kDigit;
    }
    for (const Detector& detector : detectors()) {
        const bool fits = detector.first == '*' || (detector.first == 'A') == letter;
        if (!fits || digits < detector.digits || (detector.first == '9' && (first & kDigit) == 0)) {
            continue;
        }
        std::array<re2::StringPiece, 2> groups;
        if (!detector.pattern->Match(window, 0, window.size(), RE2::ANCHOR_START, groups.data(), 2)) {
            continue;
        }
        // A '-' or '.' with a digit behind it goes on: this is a longer number of another kind.
        const std::size_t size = groups[1].size();
        if (begin + size + 1 < text.size() && (text[begin + size] == '-' || text[begin + size] == '.') &&
            (classOf(text[begin + size + 1]) & kDigit) != 0) {
            continue;
        }
        std::size_t used = 0;
        for (const char c : groups[1]) {
            if ((classOf(c) & kAlnum) != 0) {
                bare[used++] = c;
            }
        }
        if (!detector.check({bare.data(), used}) ||
            (detector.keyword != nullptr && !keywordBefore(text, begin, *detector.keyword))) {
            continue;
        }
        // A group in the middle of a longer number is no phone.
        const bool inNumber =
            begin >= 2 && (classOf(text[begin - 1]) & kSeparator) != 0 && (classOf(text[begin - 2]) & kDigit) != 0;
        if (std::string_view(detector.kind) == "PHONE" && (inNumber || looksLikeDate(text.substr(begin, size)))) {
            continue;
        }
        findings.push_back({detector.kind, begin, begin + size});
        return begin + size;
    }
    return begin;
}

// The first digit at or after a place; the text's size where there is none.
std::size_t nextDigit(std::string_view text, std::size_t at) {
    constexpr std::uint64_t kZeros = ~std::uint64_t{0} / 255 * '0';
    while (at + 8 <= text.size() && !anyBelow(eightBytes(text, at) ^ kZeros, 10)) {
        at += 8;
    }
    while (at < text.size() && (classOf(text[at]) & kDigit) == 0) {
        ++at;
    }
    return at;
}

// Starts of numbers: a digit, or letters or '+' or '(' before it, that no letter or digit precedes.
void findNumbers(std::string_view text, std::vector<MaskFinding>& findings) {
    std::size_t i = 0;
    while (i < text.size()) {
        i = nextDigit(text, i);
        if (i == text.size()) {
            break;
        }
        std::size_t begin = i;
        while (begin > 0 && i - begin < 8 && (classOf(text[begin - 1]) & kAlnum) != 0) {
            --begin;
        }
        const bool inWord = begin > 0 && (classOf(text[begin - 1]) & kAlnum) != 0;
        // The stretch of digits and separators from here; letters only join where they touch digits.
        std::size_t end = i;
        std::size_t digits = 0;
        std::size_t last = i;
        while (end < text.size() && end - begin < kWindow) {
            const std::uint8_t c = classOf(text[end]);
            if ((c & kDigit) != 0) {
                ++digits;
                last = end + 1;
            } else if ((c & kAlnum) == 0 && ((c & kSeparator) == 0 || end - last >= 2)) {
                break;
            }
            ++end;
        }
        std::size_t next = last;
        if (digits >= kFewestDigits && !inWord) {
            const std::size_t before =
                begin > 0 && (text[begin - 1] == '+' || text[begin - 1] == '(') ? begin - 1 : begin;
            const std::size_t found = numberAt(text, before, end, findings);
            if (found > before) {
                next = found;
            } else {
                // Not this number: the next group of the stretch may start another one.
                next = i;
                while (next < last && (classOf(text[next]) & kAlnum) != 0) {
                    ++next;
                }
            }
        } else if (inWord || digits < kFewestDigits) {
            next = i;
            while (next < text.size() && (classOf(text[next]) & kAlnum) != 0) {
                ++next;
            }
        }
        i = std::max(next, i + 1);
    }
}

void findEmails(std::string_view text, std::vector<MaskFinding>& findings) {
    static const RE2 kDomain("@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,24})");
    const auto isLocal = [](char c) {
        return (classOf(c) & kAlnum) != 0 || std::string_view("._%+-'!#$&*=?^`{|}~").find(c) != std::string_view::npos;
    };
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        std::size_t begin = at;
        while (begin > 0 && at - begin < 64 && isLocal(text[begin - 1])) {
            --begin;
        }
        while (begin < at && (classOf(text[begin]) & kAlnum) == 0) {
            ++begin;
        }
        const std::string_view rest = text.substr(at, 256);
        re2::StringPiece groups[1];
        if (begin == at || text[at - 1] == '.' ||
            !kDomain.Match(re2::StringPiece(rest.data(), rest.size()), 0, rest.size(), RE2::ANCHOR_START, groups, 1)) {
            continue;
        }
        findings.push_back({"EMAIL", begin, at + groups[0].size()});
    }
}

void findIpv4(std::string_view text, std::vector<MaskFinding>& findings) {
    static const RE2 kVersion("(?i)version\\W*$");
    for (std::size_t dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.', dot + 1)) {
        std::size_t begin = dot;
        while (begin > 0 && dot - begin < 3 && (classOf(text[begin - 1]) & kDigit) != 0) {
            --begin;
        }
        const char before = begin > 0 ? text[begin - 1] : ' ';
        if (begin == dot || (classOf(before) & kAlnum) != 0 || before == '.' || before == '-') {
            continue;
        }
        std::size_t end = dot;
        while (end < text.size() && end - begin < 15 && ((classOf(text[end]) & kDigit) != 0 || text[end] == '.')) {
            ++end;
        }
        while (end > begin && text[end - 1] == '.') {
            --end;
        }
        const bool goesOn = end < text.size() && (classOf(text[end]) & kAlnum) != 0;
        if (!goesOn && isIpv4(text.substr(begin, end - begin)) && !keywordBefore(text, begin, kVersion)) {
            findings.push_back({"IP", begin, end});
            dot = end - 1;
        }
    }
}

void findIpv6(std::string_view text, std::vector<MaskFinding>& findings) {
    for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
        std::size_t begin = colon;
        while (begin > 0 && (classOf(text[begin - 1]) & kHexOrColon) != 0) {
            --begin;
        }
        std::size_t end = colon;
        while (end < text.size() && (classOf(text[end]) & kHexOrColon) != 0) {
            ++end;
        }
        const bool inWord = (begin > 0 && (classOf(text[begin - 1]) & kAlnum) != 0) ||
                            (end < text.size() && ((classOf(text[end]) & kAlnum) != 0 || text[end] == '_'));
        if (end - begin >= 4 && !inWord) {
            const std::size_t size = text[end - 1] == ':' && text[end - 2] != ':' ? end - begin - 1 : end - begin;
            if (isIpv6(text.substr(begin, size))) {
                findings.push_back({"IP", begin, begin + size});
            }
        }
        colon = std::max(colon, end - 1);
    }
}

}  // namespace

void findPersonal(std::string_view text, const TextMarks& marks, std::vector<MaskFinding>& findings) {
    if (marks.at) {
        findEmails(text, findings);
    }
    if (marks.numbers) {
        findNumbers(text, findings);
    }
    if (marks.addresses) {
        findIpv4(text, findings);
    }
    if (marks.colons) {
        findIpv6(text, findings);
    }
}

}  // namespace tierwise::ingest
