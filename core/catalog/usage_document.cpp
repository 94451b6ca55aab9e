// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/usage_document.h"

#include <array>

#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

using nlohmann::json;

constexpr int kDeepest = 4;
constexpr std::array kWrappers = {"response", "message", "body", "data", "x_groq", "amazon-bedrock-invocationMetrics"};

std::string textOf(const json& object, const char* key) {
    const json& value = child(object, key);
    return value.is_string() ? value.get<std::string>() : std::string();
}

/// The usage object of a response that wraps it; null when there is none.
const json* findUsage(const json& document, int depth = 0) {
    if (!document.is_object() || depth > kDeepest) {
        return nullptr;
    }
    for (const char* key : {"usageMetadata", "usage_metadata", "usage"}) {
        if (child(document, key).is_object()) {
            return &child(document, key);
        }
    }
    for (const char* key : kWrappers) {
        if (std::string_view(key).starts_with("amazon") && child(document, key).is_object()) {
            return &child(document, key);
        }
        if (const json* found = findUsage(child(document, key), depth + 1); found != nullptr) {
            return found;
        }
    }
    const json& meta = child(document, "meta");
    return child(meta, "billed_units").is_null() ? nullptr : &meta;
}

std::string modelOf(const json& document, int depth = 0) {
    for (const char* key : {"model", "modelVersion", "model_version"}) {
        if (std::string name = textOf(document, key); !name.empty()) {
            return name;
        }
    }
    if (depth < kDeepest && document.is_object()) {
        for (const char* key : kWrappers) {
            if (std::string name = modelOf(child(document, key), depth + 1); !name.empty()) {
                return name;
            }
        }
    }
    return {};
}

/// "prompt_token_count" -> "promptTokenCount": Gemini's client libraries write its keys both ways.
json withCamelKeys(const json& usage) {
    json renamed = json::object();
    for (const auto& [key, value] : usage.items()) {
        std::string name;
        for (std::size_t i = 0; i < key.size(); ++i) {
            const bool dash = key[i] == '_' && i + 1 < key.size() && key[i + 1] >= 'a' && key[i + 1] <= 'z';
            name += dash ? static_cast<char>(key[++i] - 'a' + 'A') : key[i];
        }
        json inner = value;
        if (value.is_array()) {
            inner = json::array();
            for (const auto& item : value) {
                inner.push_back(item.is_object() ? withCamelKeys(item) : item);
            }
        }
        renamed[name] = std::move(inner);
    }
    return renamed;
}

bool isSnakeGemini(const json& usage) {
    return usage.is_object() && (usage.contains("prompt_token_count") || usage.contains("candidates_token_count") ||
                                 usage.contains("total_token_count"));
}

/// Lays what a later chunk knows over an earlier one.
void lay(json& under, const json& over) {
    for (const auto& [key, value] : over.items()) {
        if (value.is_object() && child(under, key.c_str()).is_object()) {
            lay(under[key], value);
        } else if (!value.is_null()) {
            under[key] = value;
        }
    }
}

void take(UsageDocument& found, const json& document) {
    if (const json* usage = findUsage(document); usage != nullptr) {
        lay(found.usage, *usage);
    } else if (document.is_object() && found.usage.empty()) {
        found.usage = document;
    }
    found.model = found.model.empty() ? modelOf(document) : found.model;
    if (const std::string said = serviceTierOf(document); !said.empty()) {
        found.serviceTier = said;
    }
}

/// The JSON of each "data:" line of a stream of server-sent events.
std::vector<json> eventsOf(std::string_view text) {
    std::vector<json> events;
    for (auto line : split(text, '\n')) {
        if (line.starts_with("data:")) {
            json event = json::parse(trimmed(line.substr(5)), nullptr, false);
            if (!event.is_discarded()) {
                events.push_back(std::move(event));
            }
        }
    }
    return events;
}

}  // namespace

const json& child(const json& object, const char* key) {
    static const json kNothing;
    if (!object.is_object()) {
        return kNothing;
    }
    const auto found = object.find(key);
    return found == object.end() ? kNothing : *found;
}

std::string serviceTierOf(const json& object) {
    for (const char* key : {"service_tier", "serviceTier"}) {
        const json& said = child(object, key);
        const json& tier = said.is_object() ? child(said, "type") : said;
        if (tier.is_string()) {
            const std::string word = lowered(tier.get<std::string>());
            if (word == "batch" || word == "flex" || word == "priority") {
                return word;
            }
        }
    }
    const json& batch = child(object, "batch");
    return batch.is_boolean() && batch.get<bool>() ? "batch" : "";
}

Result<UsageDocument> readUsageDocument(std::string_view text) {
    UsageDocument found;
    found.usage = json::object();
    const json document = json::parse(text, nullptr, false);
    if (document.is_array()) {
        for (const auto& chunk : document) {
            take(found, chunk);
        }
    } else if (!document.is_discarded()) {
        take(found, document);
    } else {
        const auto events = eventsOf(text);
        if (events.empty()) {
            return fail(ErrorCode::badFormat, "the usage is not valid JSON",
                        "Give the provider's usage object, its whole response, or its stream as it came");
        }
        for (const auto& event : events) {
            take(found, event);
        }
    }
    if (isSnakeGemini(found.usage)) {
        found.usage = withCamelKeys(found.usage);
    }
    return found;
}

}  // namespace tierwise::catalog
