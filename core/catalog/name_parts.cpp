// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/name_parts.h"

#include <algorithm>
#include <array>

#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

using namespace std::string_view_literals;

constexpr std::array kRegions = {"us"sv, "eu"sv, "apac"sv, "jp"sv, "au"sv, "ca"sv, "global"sv,  "us-gov"sv,
                                 "sa"sv, "me"sv, "af"sv,   "uk"sv, "in"sv, "kr"sv, "regional"sv};
constexpr std::array kVendors = {"anthropic"sv, "meta"sv,       "amazon"sv, "mistral"sv, "cohere"sv,
                                 "ai21"sv,      "deepseek"sv,   "openai"sv, "qwen"sv,    "writer"sv,
                                 "stability"sv, "twelvelabs"sv, "google"sv, "nvidia"sv,  "minimax"sv,
                                 "moonshot"sv,  "moonshotai"sv, "zai"sv,    "luma"sv,    "xai"sv};
/// Words of a tail that do not change the price of a model. A word that names another model (mini, image, nano) is not
/// here on purpose: unknown beats wrong.
constexpr std::array kTailWords = {"latest"sv,  "preview"sv,  "exp"sv,      "experimental"sv, "beta"sv,
                                   "alpha"sv,   "stable"sv,   "default"sv,  "ga"sv,           "rc"sv,
                                   "low"sv,     "medium"sv,   "high"sv,     "xhigh"sv,        "max"sv,
                                   "minimal"sv, "thinking"sv, "snapshot"sv, "release"sv};
constexpr std::array kVariants = {"free"sv,     "thinking"sv, "nitro"sv,  "floor"sv, "online"sv,
                                  "extended"sv, "beta"sv,     "exacto"sv, "fast"sv};

constexpr std::array kRegionFolders = {"global-standard"sv,   "datazone"sv,           "data-zone"sv,
                                       "datazone-standard"sv, "data-zone-standard"sv, "standard"sv};

template <typename List>
bool contains(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::string_view lastSegment(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// arn:partition:service:region:account:resource-type/resource
void unwrapArn(NameReading& reading) {
    const auto parts = split(reading.name, ':');
    if (parts.size() < 6) {
        return;
    }
    const std::string region(parts[3]);
    std::size_t start = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        start += parts[i].size() + 1;
    }
    const std::string resource = reading.name.substr(start);
    reading.provider = parts[2] == "sagemaker" ? "sagemaker" : "aws";
    reading.region = region;
    const auto slash = resource.find('/');
    const std::string kind = resource.substr(0, slash);
    reading.name = slash == std::string::npos ? resource : resource.substr(slash + 1);
    reading.opaque = kind != "foundation-model" && kind != "inference-profile";
    reading.note = "ARN of a " + kind;
}

/// .../publishers/X/models/Y, models/Y, accounts/X/models/Y
void unwrapResourcePath(NameReading& reading) {
    const std::string lower = lowered(reading.name);
    if (const auto at = lower.find("locations/"); at != std::string::npos) {
        const auto rest = std::string_view(reading.name).substr(at + 10);
        reading.region = std::string(rest.substr(0, rest.find('/')));
    }
    if (const auto at = lower.find("publishers/"); at != std::string::npos) {
        const auto models = lower.find("/models/", at);
        if (models != std::string::npos) {
            reading.author = lower.substr(at + 11, models - at - 11);
            reading.provider = "google";
            reading.name = reading.name.substr(models + 8);
            reading.note = "publisher path";
        }
    } else if (lower.starts_with("models/")) {
        reading.name = reading.name.substr(7);
        reading.note = "models/ path";
    } else if (lower.find("tunedmodels/") != std::string::npos || lower.find("/endpoints/") != std::string::npos) {
        reading.opaque = true;
        reading.note = "tuned model or endpoint";
    }
}

void unwrapUrl(NameReading& reading) {
    const std::string lower = lowered(reading.name);
    reading.seller = lower.substr(0, lower.find_first_of("?#"));
    for (const auto mark : {"/deployments/"sv, "/models/"sv, "/model/"sv}) {
        if (const auto at = lower.find(mark); at != std::string::npos) {
            auto rest = std::string_view(reading.name).substr(at + mark.size());
            rest = rest.substr(0, rest.find_first_of(mark == "/deployments/"sv ? "/?:#" : "?:#"));
            reading.author.clear();
            reading.note = "URL";
            reading.name = std::string(rest);
            return;
        }
    }
    reading.name = std::string(lastSegment(reading.name));
    reading.note = "URL";
}

void unwrapSuffixes(NameReading& reading) {
    std::string lower = lowered(reading.name);
    if (const auto open = reading.name.rfind('['); open != std::string::npos && reading.name.ends_with(']')) {
        reading.name.resize(open);
        reading.note = "context suffix";
    } else if (const auto paren = reading.name.rfind(" ("); paren != std::string::npos && reading.name.ends_with(')')) {
        const std::string inside = lower.substr(paren + 2);
        for (const auto code : {"cny"sv, "usd"sv, "eur"sv}) {
            if (inside.find(code) != std::string::npos) {
                reading.currency = code == "cny"sv ? "CNY" : code == "usd"sv ? "USD" : "EUR";
            }
        }
        for (const auto tier : {"batch"sv, "flex"sv, "priority"sv}) {
            if (inside.find(tier) != std::string::npos) {
                reading.serviceTier = tier;
            }
        }
        const std::string remark = inside.substr(0, inside.size() - 1);
        reading.seller = reading.seller.empty() ? remark : reading.seller;
        reading.name.resize(paren);
        if (contains(kVariants, remark)) {
            reading.name += ":" + remark;  // "Llama 3.3 70B Instruct (free)"
        }
        reading.note = "remark in parentheses";
    }
    lower = lowered(reading.name);
    for (const auto tier : {" batch"sv, " flex"sv, " priority"sv, "/batch"sv, ":batch"sv, ":flex"sv, ":priority"sv}) {
        if (lower.ends_with(tier)) {
            reading.name.resize(reading.name.size() - tier.size());
            reading.serviceTier = tier.substr(1);
            break;
        }
    }
    reading.name = std::string(trimmed(reading.name));
}

/// Is [-@:._]-separated text a date or a version number, and how many words does it take?
std::size_t dateWords(const std::vector<std::string_view>& words, std::size_t i) {
    const auto number = [&](std::size_t k, std::size_t digits) {
        return k < words.size() && words[k].size() == digits && isDigits(words[k]);
    };
    if (number(i, 4) && number(i + 1, 2) && number(i + 2, 2)) {
        return 3;  // 2025-05-14
    }
    if (number(i, 2) && number(i + 1, 4)) {
        return 2;  // 08-2024
    }
    if (number(i, 2) && number(i + 1, 2)) {
        return 2;  // 05-20
    }
    if (number(i, 8) || number(i, 6) || number(i, 4) || number(i, 3)) {
        return 1;  // 20250514, 250514, 0613, 2411, 001
    }
    return 0;
}

bool isVersionWord(std::string_view word) {
    return word.size() >= 2 && (word[0] == 'v' || word[0] == 'V') && isDigits(word.substr(1));
}

/// "eu-west-1", "us-gov-east-1", "ap-southeast-2": two to four words, the first of two letters, the last a digit.
bool isCloudRegion(std::string_view word) {
    const auto parts = split(word, '-');
    return parts.size() >= 3 && parts.size() <= 4 && parts.front().size() == 2 && parts.back().size() == 1 &&
           isDigits(parts.back()) && !isDigits(parts.front()) && parts[1].size() >= 3;
}

/// The "200k" behind a version: a provisioned size of the window.
bool isWindowSize(std::string_view word) {
    return word.size() >= 2 && (word.back() == 'k' || word.back() == 'K') && isDigits(word.substr(0, word.size() - 1));
}

struct TailKind {
    bool ok = false;
    bool dateOnly = true;
};

TailKind classifyTail(std::string_view tail) {
    std::vector<std::string_view> words;
    std::size_t begin = 1;  // after the first separator
    for (std::size_t i = 1; i <= tail.size(); ++i) {
        if (i == tail.size() || std::string_view("-@:._ ").find(tail[i]) != std::string_view::npos) {
            words.push_back(tail.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    TailKind kind;
    std::size_t i = 0;
    bool versionBefore = false;
    while (i < words.size()) {
        if (const std::size_t taken = dateWords(words, i); taken > 0) {
            i += taken;
            versionBefore = false;
        } else if (isVersionWord(words[i]) || (words[i].size() == 1 && isDigits(words[i]) && i + 1 < words.size() &&
                                               tail.ends_with(std::string(words[i]) + ":0"))) {
            versionBefore = true;  // "-v1", or the "-1" of "-1:0"
            ++i;
        } else if (words[i] == "0" && (versionBefore || (words.size() == 1 && tail[0] == ':'))) {
            ++i;  // the ":0" of Bedrock
            if (i + 1 == words.size() && isWindowSize(words[i])) {
                ++i;
            }
        } else if (contains(kTailWords, lowered(words[i]))) {
            kind.dateOnly = false;
            ++i;
        } else {
            return {};
        }
    }
    kind.ok = !words.empty();
    return kind;
}

}  // namespace

NameReading unwrapName(std::string_view logged) {
    NameReading reading;
    reading.name = std::string(trimmed(logged));
    if (reading.name.size() > 2000) {
        reading.opaque = true;
        return reading;
    }
    const std::string lower = lowered(reading.name);
    if (lower.starts_with("arn:")) {
        unwrapArn(reading);
    } else if (lower.find("://") != std::string::npos) {
        unwrapUrl(reading);
    } else {
        // A wrapper of a gateway may stand before a resource path or an ARN: "bedrock/arn:aws:..."
        if (const auto arn = lower.find("/arn:"); arn != std::string::npos) {
            reading.name = reading.name.substr(arn + 1);
            unwrapArn(reading);
        } else {
            unwrapResourcePath(reading);
        }
    }
    unwrapSuffixes(reading);
    return reading;
}

std::optional<PrefixPeel> peelRegion(std::string_view name) {
    const auto dot = name.find('.');
    if (dot == std::string_view::npos || !contains(kRegions, lowered(name.substr(0, dot)))) {
        return {};
    }
    const auto rest = name.substr(dot + 1);
    if (!peelVendor(rest)) {
        return {};
    }
    return PrefixPeel{lowered(name.substr(0, dot)), std::string(rest)};
}

std::optional<PrefixPeel> peelRegionFolder(std::string_view name) {
    const auto slash = name.find('/');
    if (slash == std::string_view::npos || slash + 1 == name.size()) {
        return {};
    }
    const std::string word = lowered(name.substr(0, slash));
    if (!contains(kRegions, word) && !contains(kRegionFolders, word) && !isCloudRegion(word)) {
        return {};
    }
    return PrefixPeel{word, std::string(name.substr(slash + 1))};
}

std::optional<PrefixPeel> peelAnyRegion(std::string_view name) {
    auto folder = peelRegionFolder(name);
    return folder ? folder : peelRegion(name);
}

std::optional<PrefixPeel> peelVendor(std::string_view name) {
    const auto dot = name.find('.');
    if (dot == std::string_view::npos || !contains(kVendors, lowered(name.substr(0, dot)))) {
        return {};
    }
    return PrefixPeel{lowered(name.substr(0, dot)), std::string(name.substr(dot + 1))};
}

std::vector<TailCut> versionTails(std::string_view name) {
    std::vector<TailCut> cuts;
    for (std::size_t at = name.size(); at-- > 1;) {
        if (std::string_view("-@:._ ").find(name[at]) == std::string_view::npos) {
            continue;
        }
        if (const auto kind = classifyTail(name.substr(at)); kind.ok) {
            cuts.push_back({at, kind.dateOnly});
        }
    }
    return cuts;
}

bool versionsDiffer(std::string_view a, std::string_view b) {
    const auto versionsOf = [](std::string_view name) {
        std::vector<std::string> versions;
        const std::string fold = folded(name);
        for (const auto word : split(fold, '-')) {
            const auto digits = word.substr(0, word.find(':')).substr(word.empty() ? 0 : 1);
            if (word.starts_with('v') && isDigits(digits)) {
                versions.emplace_back(digits);
            }
        }
        return versions;
    };
    const auto mine = versionsOf(a);
    const auto others = versionsOf(b);
    return !mine.empty() && !others.empty() && mine != others;
}

std::optional<std::string> withoutQuantization(std::string_view name) {
    static constexpr std::array kMarks = {
        "gguf"sv, "fp16"sv,  "f16"sv,     "bf16"sv, "fp8"sv,  "fp4"sv,       "nvfp4"sv,   "mxfp4"sv, "int4"sv,
        "int8"sv, "awq"sv,   "gptq"sv,    "mlx"sv,  "4bit"sv, "8bit"sv,      "exl2"sv,    "bnb"sv,   "6bit"sv,
        "3bit"sv, "w4a16"sv, "imatrix"sv, "qat"sv,  "dwq"sv,  "quantized"sv, "dynamic"sv, "w8a8"sv,  "w8a16"sv};
    std::string rest = lowered(name);
    bool changed = false;
    while (true) {
        const auto at = rest.find_last_of("-.:@");
        if (at == std::string::npos || at == 0) {
            break;
        }
        const std::string word = rest.substr(at + 1);
        const std::string body = word.starts_with("iq") ? word.substr(1) : word;
        const bool quantized = body.size() >= 2 && body[0] == 'q' && body[1] >= '1' && body[1] <= '8' &&
                               (body.size() == 2 || body[2] == '_');
        const bool dynamic = word == "ud";
        if (!quantized && !dynamic && !contains(kMarks, word)) {
            break;
        }
        rest.resize(at);
        changed = true;
    }
    return changed ? std::optional<std::string>(rest) : std::nullopt;
}

std::optional<std::string> withoutInstruct(std::string_view name) {
    const std::string lower = lowered(name);
    const auto colon = lower.rfind(':');
    const auto cut = colon == std::string::npos ? colon : lower.find('-', colon);
    if (cut == std::string::npos || cut == colon + 1) {
        return {};
    }
    static constexpr std::array kWords = {"instruct"sv, "chat"sv, "it"sv, "text"sv, "base"sv, "latest"sv};
    const std::string_view rest = std::string_view(lower).substr(cut + 1);
    for (const auto word : split(rest, '-')) {
        const bool version = word.starts_with('v') && isDigits(word.substr(1, word.find('.') - 1));
        if (!contains(kWords, word) && !version && !isWindowSize(word)) {
            return {};
        }
    }
    return lower.substr(0, cut);
}

bool looksLocal(std::string_view name) {
    const std::string lower = lowered(name);
    for (const auto folder : {"hf.co/"sv, "huggingface.co/"sv, "mlx-community/"sv, "lmstudio-community/"sv}) {
        if (lower.starts_with(folder)) {
            return true;
        }
    }
    if (lower.ends_with(".gguf") || lower.ends_with("-gguf") || lower.find("-gguf:") != std::string::npos ||
        lower.find("-gguf/") != std::string::npos || lower.ends_with(".safetensors")) {
        return true;
    }
    const auto colon = lower.rfind(':');
    if (colon == std::string::npos || lower.starts_with("ft:")) {
        return false;
    }
    // A tag that begins with a size: "14b", "8b-instruct-q4_K_M", "0.6b", "e4b"
    std::string_view tag = std::string_view(lower).substr(colon + 1);
    if (tag.starts_with('e')) {
        tag.remove_prefix(1);
    }
    const auto digits = tag.find_first_not_of("0123456789.");
    return digits != std::string_view::npos && digits > 0 &&
           (tag[digits] == 'b' || tag[digits] == 'm' || tag[digits] == 'x') &&
           (digits + 1 == tag.size() || tag[digits + 1] == '-' || tag[digits] == 'x');
}

std::optional<std::string> fineTuneBase(std::string_view name) {
    if (!lowered(name).starts_with("ft:")) {
        return {};
    }
    const auto rest = name.substr(3);
    return std::string(rest.substr(0, rest.find(':')));
}

std::optional<PrefixPeel> peelVariant(std::string_view name) {
    const auto colon = name.rfind(':');
    if (colon == std::string_view::npos || !contains(kVariants, lowered(name.substr(colon + 1)))) {
        return {};
    }
    return PrefixPeel{std::string(name.substr(0, colon)), lowered(name.substr(colon + 1))};
}

}  // namespace tierwise::catalog
