// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/model_naming.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/catalog/name_parts.h"
#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array kAuthors = {
    Pair{"claude", "anthropic"},
    Pair{"gpt", "openai"},
    Pair{"chatgpt", "openai"},
    Pair{"o1", "openai"},
    Pair{"o3", "openai"},
    Pair{"o4", "openai"},
    Pair{"codex", "openai"},
    Pair{"davinci", "openai"},
    Pair{"babbage", "openai"},
    Pair{"text-embedding", "openai"},
    Pair{"whisper", "openai"},
    Pair{"omni-moderation", "openai"},
    Pair{"computer-use-preview", "openai"},
    Pair{"ft:", "openai"},
    Pair{"gemini", "google"},
    Pair{"gemma", "google"},
    Pair{"learnlm", "google"},
    Pair{"medlm", "google"},
    Pair{"llama", "meta"},
    Pair{"meta-llama", "meta"},
    Pair{"muse", "meta"},
    Pair{"codellama", "meta"},
    Pair{"mistral", "mistral"},
    Pair{"mixtral", "mistral"},
    Pair{"codestral", "mistral"},
    Pair{"ministral", "mistral"},
    Pair{"pixtral", "mistral"},
    Pair{"magistral", "mistral"},
    Pair{"devstral", "mistral"},
    Pair{"voxtral", "mistral"},
    Pair{"open-mistral", "mistral"},
    Pair{"open-mixtral", "mistral"},
    Pair{"qwen", "alibaba"},
    Pair{"qwq", "alibaba"},
    Pair{"qvq", "alibaba"},
    Pair{"tongyi", "alibaba"},
    Pair{"deepseek", "deepseek"},
    Pair{"grok", "x-ai"},
    Pair{"kimi", "moonshotai"},
    Pair{"moonshot", "moonshotai"},
    Pair{"glm", "zai"},
    Pair{"chatglm", "zai"},
    Pair{"minimax", "minimax"},
    Pair{"abab", "minimax"},
    Pair{"nova", "amazon"},
    Pair{"titan", "amazon"},
    Pair{"command", "cohere"},
    Pair{"embed-", "cohere"},
    Pair{"c4ai", "cohere"},
    Pair{"aya", "cohere"},
    Pair{"jamba", "ai21"},
    Pair{"j2-", "ai21"},
    Pair{"phi", "microsoft"},
    Pair{"wizardlm", "microsoft"},
    Pair{"mai-", "microsoft"},
    Pair{"nemotron", "nvidia"},
    Pair{"llama-3-1-nemotron", "nvidia"},
    Pair{"mimo", "xiaomi"},
    Pair{"sonar", "perplexity"},
    Pair{"r1-1776", "perplexity"},
    Pair{"granite", "ibm"},
    Pair{"ernie", "baidu"},
    Pair{"hunyuan", "tencent"},
    Pair{"doubao", "bytedance"},
    Pair{"seed-", "bytedance"},
    Pair{"step", "stepfun"},
    Pair{"palmyra", "writer"},
    Pair{"solar", "upstage"},
    Pair{"mercury", "inception"},
    Pair{"voyage", "voyageai"},
    Pair{"hermes", "nousresearch"},
    Pair{"yi-", "01-ai"},
    Pair{"olmo", "allenai"},
    Pair{"dbrx", "databricks"},
    Pair{"reka", "rekaai"},
    Pair{"lfm", "liquid"},
};

constexpr std::array kTokenizers = {
    Pair{"gpt-4o", "o200k"},    Pair{"chatgpt-4o", "o200k"},  Pair{"gpt-4-1", "o200k"},
    Pair{"gpt-4-5", "o200k"},   Pair{"gpt-5", "o200k"},       Pair{"gpt-oss", "o200k"},
    Pair{"o1", "o200k"},        Pair{"o3", "o200k"},          Pair{"o4", "o200k"},
    Pair{"gpt-4", "cl100k"},    Pair{"gpt-3-5", "cl100k"},    Pair{"text-embedding", "cl100k"},
    Pair{"claude", "claude"},   Pair{"gemini", "gemini"},     Pair{"gemma", "gemma"},
    Pair{"llama-3", "llama3"},  Pair{"llama-4", "llama4"},    Pair{"qwen", "qwen"},
    Pair{"qwq", "qwen"},        Pair{"deepseek", "deepseek"}, Pair{"mistral", "mistral"},
    Pair{"grok", "grok"},       Pair{"kimi", "kimi"},         Pair{"glm", "glm"},
    Pair{"minimax", "minimax"}, Pair{"command", "cohere"},    Pair{"nemotron", "nemotron"},
    Pair{"mimo", "mimo"},
};

template <typename List>
std::string byPrefix(const List& list, std::string_view bareName) {
    const std::string name = folded(bareName);
    std::string_view best;
    std::string_view bestPrefix;
    for (const auto& [prefix, value] : list) {
        if (name.starts_with(prefix) && prefix.size() > bestPrefix.size()) {
            best = value;
            bestPrefix = prefix;
        }
    }
    return std::string(best);
}

/// "llama-v3p1-8b" -> "llama-3.1-8b": Fireworks writes the dot as a p.
std::string withoutPDots(std::string name) {
    for (std::size_t i = 1; i + 1 < name.size(); ++i) {
        const auto digit = [&](std::size_t k) { return name[k] >= '0' && name[k] <= '9'; };
        if (name[i] == 'p' && digit(i - 1) && digit(i + 1)) {
            name[i] = '.';
        }
    }
    for (const std::string_view mark : {"-v3", "-v4", "-v2"}) {
        if (const auto at = name.find(mark); at != std::string::npos && name.starts_with("llama")) {
            name.erase(at + 1, 1);
        }
    }
    return name;
}

/// "llama3-1-70b-instruct" -> "llama-3-1-70b-instruct": Bedrock and Ollama write no hyphen.
std::string withHyphenedLlama(std::string name) {
    if (name.size() > 5 && name.starts_with("llama") && name[5] >= '2' && name[5] <= '9') {
        name.insert(5, "-");
    }
    return name;
}

/// "databricks-claude-opus-4" -> "claude-opus-4": a host's or author's word before a name that says its author itself.
std::string withoutHouse(std::string name) {
    constexpr std::array<std::string_view, 15> kHouses = {
        "meta-",       "zai-",

        "databricks-", "openai-",    "anthropic-", "google-",     "nvidia-",    "ibm-",        "xai-",
        "amazon-",     "microsoft-", "alibaba-",   "moonshotai-", "mistralai-", "deepseek-ai-"};
    for (std::size_t i = 0; i < kHouses.size();) {
        const auto house = kHouses[i];
        const std::string_view rest = std::string_view(name).substr(std::min(name.size(), house.size()));
        if (name.starts_with(house) && !byPrefix(kAuthors, rest).empty()) {
            name = std::string(rest);
            i = 0;  // "databricks-meta-llama"
        } else {
            ++i;
        }
    }
    return name;
}

}  // namespace

std::string bareModelName(std::string_view offeringId) {
    std::string name = lowered(unwrapName(offeringId).name);
    if (const auto slash = name.rfind('/'); slash != std::string::npos) {
        name = name.substr(slash + 1);
    }
    if (name.starts_with('~')) {
        name.erase(0, 1);
    }
    if (const auto region = peelRegion(name)) {
        name = region->rest;
    }
    if (const auto vendor = peelVendor(name)) {
        // "deepseek.r1" is a model whose vendor is a part of its name.
        const bool ownName = vendor->prefix == "deepseek" && !vendor->rest.starts_with("deepseek");
        name = ownName ? "deepseek-" + vendor->rest : vendor->rest;
    }
    if (const auto variant = peelVariant(name)) {
        name = variant->prefix;
    }
    if (const auto plain = withoutQuantization(name)) {
        name = *plain;
    }
    name = withHyphenedLlama(withoutPDots(withoutHouse(std::move(name))));
    const auto tails = versionTails(name);
    for (auto cut = tails.rbegin(); cut != tails.rend(); ++cut) {  // the longest tail of dates and versions alone
        if (cut->dateOnly || name.substr(cut->at) == "-latest" || name.substr(cut->at) == "@default") {
            name.resize(cut->at);
            break;
        }
    }
    // "claude-sonnet-4-0" is "claude-sonnet-4".
    if (name.size() > 3 && (name.ends_with("-0") || name.ends_with(".0")) && name[name.size() - 3] >= '1' &&
        name[name.size() - 3] <= '9') {
        name.resize(name.size() - 2);
    }
    return name;
}

std::string modelKey(std::string_view bareName) {
    return wordBag(folded(bareName));
}

std::string authorOfName(std::string_view bareName) {
    return byPrefix(kAuthors, bareName);
}

std::string tokenizerOfName(std::string_view bareName) {
    return byPrefix(kTokenizers, bareName);
}

}  // namespace tierwise::catalog
