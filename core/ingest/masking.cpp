// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/masking.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <re2/re2.h>

#include "core/ingest/masking_find.h"
#include "core/store/fingerprint.h"

namespace tierwise::ingest {
namespace {

constexpr std::size_t kShortestSecret = 11;  // that no ':' or '=' betrays

RE2::Options caseless() {
    RE2::Options options(RE2::Quiet);
    options.set_case_sensitive(false);
    options.set_max_mem(std::int64_t{16} << 20U);
    return options;
}

struct OwnClass {
    std::string name;
    std::unique_ptr<RE2> pattern;
};

// Sorted by place, the longer of two that start together first; what overlaps an earlier one goes.
void dropOverlaps(std::vector<MaskFinding>& findings) {
    std::stable_sort(findings.begin(), findings.end(), [](const MaskFinding& a, const MaskFinding& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    std::size_t end = 0;
    std::erase_if(findings, [&](const MaskFinding& finding) {
        const bool overlaps = finding.begin < end;
        end = overlaps ? end : finding.end;
        return overlaps;
    });
}

bool isSecretKind(const std::string& kind) {
    return kind == "SECRET" || kind == "PRIVATE_KEY" || kind == "JWT" || kind == "HEADER";
}

class Placeholders {
public:
    void replace(std::string_view text, const std::vector<MaskFinding>& findings, std::string& out) {
        out.clear();
        std::size_t at = 0;
        for (const MaskFinding& finding : findings) {
            out += text.substr(at, finding.begin - at);
            auto& known = m_numbers[finding.kind];
            const auto value = text.substr(finding.begin, finding.end - finding.begin);
            const auto number = known.emplace(std::string(value), known.size() + 1).first->second;
            out += fmt::format("[{}_{}]", finding.kind, number);
            at = finding.end;
        }
        out += text.substr(at);
    }

private:
    std::map<std::string, std::map<std::string, std::size_t>> m_numbers;
};

}  // namespace

struct Masker::Impl {
    MaskOptions options;
    std::unique_ptr<RE2> headers;
    std::vector<OwnClass> own;
};

Masker::Masker(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Masker::Masker(Masker&&) noexcept = default;
Masker& Masker::operator=(Masker&&) noexcept = default;
Masker::~Masker() = default;

Result<Masker> Masker::create(const MaskOptions& options) {
    auto impl = std::make_unique<Impl>();
    impl->options = options;
    std::string names;
    for (const auto& name : options.headerNames) {
        if (!name.empty()) {
            names += (names.empty() ? "" : "|") + RE2::QuoteMeta(name);
        }
    }
    if (!names.empty()) {
        impl->headers = std::make_unique<RE2>(
            "(?:^|[^A-Za-z0-9_-])(?:" + names + ")[\"']?[ \\t]*[:=][ \\t]*[\"']?([^\\r\\n\"',;}]+)", caseless());
    }
    for (const auto& [pattern, name] : options.ownClasses) {
        auto compiled = std::make_unique<RE2>(pattern, caseless());
        if (!compiled->ok() || name.empty()) {
            return fail(ErrorCode::invalidArgument,
                        name.empty() ? std::string("a data class needs a name")
                                     : "the pattern \"" + pattern + "\" is not right: " + compiled->error(),
                        "Correct it; plain words work as they are.");
        }
        impl->own.push_back({name, std::move(compiled)});
    }
    return Masker(std::move(impl));
}

MaskMode Masker::mode() const {
    return m_impl->options.mode;
}

MaskResult Masker::find(std::string_view text) const {
    MaskResult result;
    const TextMarks marks = marksOf(text);
    if (m_impl->options.secrets) {
        findSecrets(text, marks, result.findings);
    }
    if (m_impl->headers != nullptr && marks.assigns) {
        re2::StringPiece rest(text.data(), text.size());
        re2::StringPiece value;
        while (RE2::FindAndConsume(&rest, *m_impl->headers, &value)) {
            const auto begin = static_cast<std::size_t>(value.data() - text.data());
            result.findings.push_back({"HEADER", begin, begin + value.size()});
        }
    }
    dropOverlaps(result.findings);
    if (m_impl->options.personal) {
        // "user:password@host" is a secret before it is an address.
        const std::vector<MaskFinding> secrets = result.findings;
        std::vector<MaskFinding> personal;
        findPersonal(text, marks, personal);
        std::erase_if(personal, [&](const MaskFinding& finding) {
            return std::any_of(secrets.begin(), secrets.end(), [&](const MaskFinding& secret) {
                return finding.begin < secret.end && secret.begin < finding.end;
            });
        });
        result.findings.insert(result.findings.end(), personal.begin(), personal.end());
        dropOverlaps(result.findings);
    }
    if (std::any_of(result.findings.begin(), result.findings.end(),
                    [](const MaskFinding& finding) { return isSecretKind(finding.kind); })) {
        result.dataClass = "secret";
    } else if (!result.findings.empty()) {
        result.dataClass = "pii";
    } else {
        for (const auto& [name, pattern] : m_impl->own) {
            if (RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *pattern)) {
                result.dataClass = name;
                break;
            }
        }
    }
    return result;
}

bool Masker::mayFind(std::string_view text) const {
    if (text.size() >= kShortestSecret) {
        return true;
    }
    std::size_t digits = 0;
    bool mark = false;
    bool point = false;
    for (const char c : text) {
        digits += c >= '0' && c <= '9' ? 1 : 0;
        mark = mark || c == '@' || c == ':' || c == '=';
        point = point || c == '.';
    }
    return mark || digits >= 7 || (point && digits >= 4);
}

std::optional<std::string> Masker::maskColumn(std::string_view text) const {
    const MaskResult result = find(text);
    if (result.findings.empty()) {
        return {};
    }
    std::string out;
    std::size_t at = 0;
    for (const MaskFinding& finding : result.findings) {
        const auto value = text.substr(finding.begin, finding.end - finding.begin);
        out += text.substr(at, finding.begin - at);
        out += fmt::format("[{}_{:08x}]", finding.kind, store::fingerprintOf(value).low & 0xFFFFFFFFU);
        at = finding.end;
    }
    out += text.substr(at);
    return out;
}

std::string Masker::replace(std::string_view text, const std::vector<MaskFinding>& findings) {
    std::string out;
    Placeholders().replace(text, findings, out);
    return out;
}

void Masker::apply(Texts& texts) const {
    if (m_impl->options.mode == MaskMode::off) {
        return;
    }
    Placeholders placeholders;
    const auto rank = [](std::string_view name) {
        return name == "secret" ? 3 : name == "pii" ? 2 : name.empty() ? 0 : 1;
    };
    const auto one = [&](std::optional<std::string_view>& text, std::string& buffer) {
        if (!text) {
            return;
        }
        const MaskResult result = find(*text);
        if (rank(result.dataClass) > rank(texts.dataClass)) {
            texts.dataClass = result.dataClass;
        }
        if (m_impl->options.mode == MaskMode::replace && !result.findings.empty()) {
            placeholders.replace(*text, result.findings, buffer);
            text = buffer;
        }
    };
    one(texts.prompt, texts.promptBuffer);
    one(texts.response, texts.responseBuffer);
    if (m_impl->options.mode == MaskMode::noText) {
        texts.prompt.reset();
        texts.response.reset();
    }
}

}  // namespace tierwise::ingest
