// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets: keys by their issuers' forms, private keys, and values beside a name that says what they are.
#include <algorithm>
#include <array>
#include <cmath>

#include <re2/re2.h>

#include "core/ingest/masking_find.h"

namespace tierwise::ingest {
namespace {

constexpr std::size_t kLongestName = 96;  // of a secret, with blanks and quotes before its ':' or '='
constexpr double kRandomBits = 3.0;       // entropy a character; words have less, random keys more

struct KeyForm {
    std::string_view prefix;
    const char* rest;  ///< RE2 of what follows the prefix
};

// Forms as the issuers document them, or as their keys plainly look.
constexpr KeyForm kForms[] = {
    {"sk-ant-", "[A-Za-z0-9_-]{20,}"},
    {"sk-proj-", "[A-Za-z0-9_-]{20,}"},
    {"sk-or-", "[A-Za-z0-9_-]{20,}"},
    {"sk-svcacct-", "[A-Za-z0-9_-]{20,}"},
    {"sk-lf-", "[0-9a-f-]{30,}"},
    {"sk-", "[A-Za-z0-9]{20,}"},
    {"gsk_", "[A-Za-z0-9]{20,}"},
    {"xai-", "[A-Za-z0-9]{20,}"},
    {"pplx-", "[A-Za-z0-9]{20,}"},
    {"nvapi-", "[A-Za-z0-9_-]{20,}"},
    {"hf_", "[A-Za-z0-9]{20,}"},
    {"r8_", "[A-Za-z0-9]{20,}"},
    {"tvly-", "[A-Za-z0-9-]{20,}"},
    {"lsv2_", "(?:pt|sk)_[0-9a-f_]{30,}"},
    {"ghp_", "[A-Za-z0-9]{36}"},
    {"gho_", "[A-Za-z0-9]{36}"},
    {"ghu_", "[A-Za-z0-9]{36}"},
    {"ghs_", "[A-Za-z0-9]{36}"},
    {"ghr_", "[A-Za-z0-9]{36}"},
    {"github_pat_", "[A-Za-z0-9_]{22,}"},
    {"glpat-", "[A-Za-z0-9_-]{20,}"},
    {"AKIA", "[A-Z0-9]{16}"},
    {"ASIA", "[A-Z0-9]{16}"},
    {"AIza", "[A-Za-z0-9_-]{35}"},
    {"ya29.", "[A-Za-z0-9_-]{20,}"},
    {"GOCSPX-", "[A-Za-z0-9_-]{28}"},
    {"xoxb-", "[A-Za-z0-9-]{10,}"},
    {"xoxp-", "[A-Za-z0-9-]{10,}"},
    {"xoxa-", "[A-Za-z0-9-]{10,}"},
    {"xoxr-", "[A-Za-z0-9-]{10,}"},
    {"xapp-", "[A-Za-z0-9-]{10,}"},
    {"sk_live_", "[A-Za-z0-9]{16,}"},
    {"sk_test_", "[A-Za-z0-9]{16,}"},
    {"rk_live_", "[A-Za-z0-9]{16,}"},
    {"whsec_", "[A-Za-z0-9+/]{24,}"},
    {"SG.", "[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}"},
    {"npm_", "[A-Za-z0-9]{36}"},
    {"pypi-", "[A-Za-z0-9_-]{40,}"},
    {"dop_v1_", "[0-9a-f]{64}"},
    {"shpat_", "[0-9a-fA-F]{32}"},
    {"sq0atp-", "[A-Za-z0-9_-]{22}"},
    {"lin_api_", "[A-Za-z0-9]{32,}"},
    {"dckr_pat_", "[A-Za-z0-9_-]{20,}"},
    {"hvs.", "[A-Za-z0-9_-]{20,}"},
    {"glsa_", "[A-Za-z0-9]{32}_[0-9a-f]{8}"},
    {"ATATT3", "[A-Za-z0-9_=-]{30,}"},
    {"secret_", "[A-Za-z0-9]{32,}"},
    {"ntn_", "[A-Za-z0-9]{30,}"},
    {"key-", "[0-9a-f]{32}"},
    {"dapi", "[0-9a-f]{32}"},
    {"AGE-SECRET-KEY-1", "[A-Z0-9]{58}"},
    {"pk-lf-", "[0-9a-f-]{30,}"},
};

const std::vector<RE2*>& formPatterns() {
    static const auto* const kPatterns = [] {
        auto* list = new std::vector<RE2*>();  // never destroyed: threads may still mask at exit
        for (const KeyForm& form : kForms) {
            list->push_back(new RE2(form.rest, RE2::Quiet));
        }
        return list;
    }();
    return *kPatterns;
}

double bitsPerByte(std::string_view text) {
    std::array<int, 256> counts{};
    for (const char c : text) {
        ++counts[static_cast<unsigned char>(c)];
    }
    double bits = 0;
    for (const int count : counts) {
        if (count > 0) {
            const double share = count / static_cast<double>(text.size());
            bits -= share * std::log2(share);
        }
    }
    return bits;
}

// The end of the key at begin, or begin.
std::size_t keyEnd(std::string_view text, std::size_t begin) {
    const std::string_view rest = text.substr(begin);
    for (std::size_t i = 0; i < std::size(kForms); ++i) {
        const std::string_view prefix = kForms[i].prefix;
        if (rest.substr(0, prefix.size()) != prefix) {
            continue;
        }
        const std::string_view body = rest.substr(prefix.size(), 512);
        re2::StringPiece match;
        if (formPatterns()[i]->Match(re2::StringPiece(body.data(), body.size()), 0, body.size(), RE2::ANCHOR_START,
                                     &match, 1)) {
            return begin + prefix.size() + match.size();
        }
    }
    return begin;
}

// Runs of key characters that are long enough, each tried from its start and after '/', '=' and the like.
void findKeys(std::string_view text, std::vector<MaskFinding>& findings) {
    static const RE2 kJwt("eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}");
    for (std::size_t i = nextKeyRun(text, 0); i != std::string_view::npos;) {
        std::size_t end = i + kShortestKey;
        while (end < text.size() && isKeyByte(text[end])) {
            ++end;
        }
        const std::string_view run = text.substr(i, end - i);
        re2::StringPiece jwt;
        if (kJwt.Match(re2::StringPiece(run.data(), run.size()), 0, run.size(), RE2::ANCHOR_START, &jwt, 1)) {
            findings.push_back({"JWT", i, i + jwt.size()});
        } else if (const std::size_t found = keyEnd(text, i); found > i) {
            findings.push_back({"SECRET", i, found});
        } else if (const std::size_t slash = run.rfind('/'); slash != std::string_view::npos) {
            const std::size_t begin = i + slash + 1;
            const std::size_t last = keyEnd(text, begin);
            if (last > begin) {
                findings.push_back({"SECRET", begin, last});
            }
        }
        i = nextKeyRun(text, end);
    }
}

void findPrivateKeys(std::string_view text, std::vector<MaskFinding>& findings) {
    static constexpr std::string_view kBegin = "-----BEGIN ";
    for (std::size_t at = 0;; ++at) {
        // memmem: a text has many a '-', which a search by first bytes would stop at.
        const void* found =
            at < text.size() ? ::memmem(text.data() + at, text.size() - at, kBegin.data(), kBegin.size()) : nullptr;
        if (found == nullptr) {
            return;
        }
        at = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
        const std::string_view label = text.substr(at + kBegin.size(), 64);
        const std::size_t close = label.find("-----");
        if (close == std::string_view::npos || label.substr(0, close).find("PRIVATE KEY") == std::string_view::npos) {
            continue;
        }
        const std::size_t last = text.find("-----END ", at);
        std::size_t end = last == std::string_view::npos ? text.size() : text.find("-----", last + 9);
        end = end == std::string_view::npos ? text.size()
                                            : std::min(text.size(), end + (last == std::string_view::npos ? 0 : 5));
        findings.push_back({"PRIVATE_KEY", at, end});
        at = end > at ? end - 1 : at;
    }
}

// Is it a stand-in rather than a secret: <token>, ${TOKEN}, ****, your_key, [SECRET_1], a type, a word of prose?
bool isStandIn(std::string_view value) {
    static const RE2 kStandIn(
        "(?i)(?:[<\\[{$%(*].*|x{3,}|\\.{3,}|.*(?:your|example|change.?me|placeholder|redacted|dummy|sample).*|"
        "null|none|true|false|string|required|optional|undefined|process\\.env.*|os\\.environ.*|getenv.*|env\\..*)");
    return RE2::FullMatch(re2::StringPiece(value.data(), value.size()), kStandIn);
}

bool mixesKinds(std::string_view value) {
    bool letter = false;
    bool other = false;
    for (const char c : value) {
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        letter = letter || isLetter;
        other = other || (c >= '0' && c <= '9') || c == '!' || c == '#' || c == '$' || c == '@' || c == '*';
    }
    return letter && other;
}

bool startsWith(std::string_view text, std::string_view lower) {
    return text.size() >= lower.size() && std::equal(lower.begin(), lower.end(), text.begin(), [](char l, char c) {
               return l == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
           });
}

constexpr std::uint32_t letter(char c) {
    return std::uint32_t{1} << static_cast<unsigned>(c - 'a');
}

// The second letters that isSecretName()'s words have, by the first: hardly any other word begins like them.
constexpr std::array<std::uint32_t, 32> secondLetters() {
    std::array<std::uint32_t, 32> table{};
    table['s' - 'a'] = letter('e');
    table['t' - 'a'] = letter('o');
    table['p' - 'a'] = letter('a') | letter('w');
    table['a' - 'a'] = letter('c') | letter('p') | letter('u');
    table['c' - 'a'] = letter('r');
    return table;
}

bool mayBeSecretName(char first, char second) {
    static constexpr auto kSecond = secondLetters();
    const auto number = [](char c) { return static_cast<unsigned>(static_cast<unsigned char>(c | 0x20) - 'a') & 31U; };
    return (kSecond[number(first)] >> number(second) & 1U) != 0;
}

// A word that says that a secret follows: secret, token, password, API key ...
bool isSecretName(std::string_view text) {
    const auto key = [&](std::string_view first) {
        return startsWith(text, first) &&
               (startsWith(text.substr(first.size()), "key") ||
                (text.size() > first.size() && startsWith(text.substr(first.size() + 1), "key")));
    };
    switch (text[0] | 0x20) {
        case 's':
            return startsWith(text, "secret");
        case 't':
            return startsWith(text, "token");
        case 'p':
            return startsWith(text, "passw") || startsWith(text, "passphrase") || startsWith(text, "pwd");
        case 'a':
            return startsWith(text, "authoriz") || key("api") || key("access") || key("account");
        case 'c':
            return startsWith(text, "credential");
        default:
            return false;
    }
}

// Is there a ':' or '=' with such a word before it? Most have none, and the pattern need not be tried.
bool namesSecret(std::string_view text) {
    const auto isBlank = [](char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '"' || c == '\'';
    };
    const auto isNameByte = [](char c) { return isKeyByte(c) && c != '.' && c != '+' && c != '/'; };
    for (const char mark : {':', '='}) {
        for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
            std::size_t begin = at;
            while (begin > 0 && at - begin < kLongestName && isBlank(text[begin - 1])) {
                --begin;
            }
            // One name, which may have one blank inside: "API key".
            const std::size_t end = begin;
            for (bool blank = false; begin > 0 && end - begin < kLongestName; --begin) {
                const char c = text[begin - 1];
                if (!isNameByte(c)) {
                    if (blank || c != ' ') {
                        break;
                    }
                    blank = true;
                } else if (begin < end && mayBeSecretName(c, text[begin]) &&
                           isSecretName(text.substr(begin - 1, end - begin + 1))) {
                    return true;
                }
            }
        }
    }
    return false;
}

void findNamed(std::string_view text, std::vector<MaskFinding>& findings) {
    static const RE2 kNamed(
        "(?i)((?:passw(?:or)?d|passphrase|pwd)|(?:[a-z0-9_-]*(?:secret|token|api[_ -]?key|access[_ -]?key|account[_ "
        "-]?key|credential)[a-z0-9_-]*)|authorization)[\"']?\\s*(?:[:=]|=>)\\s*[\"'`]?(?:bearer\\s+|basic\\s+)?"
        "([^\\s\"'`,;<>]{6,512})");
    if (!namesSecret(text)) {
        return;
    }
    re2::StringPiece rest(text.data(), text.size());
    re2::StringPiece name;
    re2::StringPiece found;
    while (RE2::FindAndConsume(&rest, kNamed, &name, &found)) {
        std::string_view value(found.data(), found.size());
        while (!value.empty() && (value.back() == ')' || value.back() == '}' || value.back() == '.')) {
            value.remove_suffix(1);
        }
        const bool password = (name[0] == 'p' || name[0] == 'P');
        const bool random = value.size() >= kShortestKey && bitsPerByte(value) >= kRandomBits;
        if (value.size() >= 6 && !isStandIn(value) && mixesKinds(value) && (password || random)) {
            const auto begin = static_cast<std::size_t>(value.data() - text.data());
            findings.push_back({"SECRET", begin, begin + value.size()});
        }
    }
}

// scheme://user:password@host
void findUrlPasswords(std::string_view text, std::vector<MaskFinding>& findings) {
    static const RE2 kUrl("://[^\\s:/@]{1,128}:([^\\s/@]{3,256})@");
    re2::StringPiece rest(text.data(), text.size());
    re2::StringPiece found;
    while (RE2::FindAndConsume(&rest, kUrl, &found)) {
        const std::string_view value(found.data(), found.size());
        if (!isStandIn(value)) {
            const auto begin = static_cast<std::size_t>(value.data() - text.data());
            findings.push_back({"SECRET", begin, begin + value.size()});
        }
    }
}

}  // namespace

void findSecrets(std::string_view text, const TextMarks& marks, std::vector<MaskFinding>& findings) {
    if (marks.keys) {
        findKeys(text, findings);
    }
    if (marks.fences) {
        findPrivateKeys(text, findings);
    }
    if (marks.assigns) {
        findNamed(text, findings);
        if (marks.at) {
            findUrlPasswords(text, findings);
        }
    }
}

}  // namespace tierwise::ingest
