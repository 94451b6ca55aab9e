// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/usage_document.h"

#include <array>

#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

using nlohmann::json;

constexpr int kDeepest = 4;
constexpr std::array kWrappers = {
    "response", "message",  "body",    "data", "x_groq", "amazon-bedrock-invocationMetrics",
    "result",   "metadata", "payload", "info"};

std::string textOf(const json& object, const char* key) {
    const json& value = child(object, key);
    return value.is_string() ? value.get<std::string>() : std::string();
}

/// The usage object of a response that wraps it; null when there is none.
const json* findUsage(const json& document, int depth = 0) {
    if (!document.is_object() || depth > kDeepest) {
        return nullptr;
    }
    for (const char* key : {"usageMetadata", "usage_metadata", "usage", "last_token_usage"}) {
        if (child(document, key).is_object()) {
            return &child(document, key);
        }
    }
    // Moonshot's stream puts the usage into the last choice.
    if (const json& choices = child(document, "choices"); choices.is_array() && !choices.empty()) {
        if (const json& usage = child(choices.back(), "usage"); usage.is_object()) {
            return &usage;
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
    for (const char* key :
         {"model", "modelVersion", "model_version", "gen_ai.response.model", "gen_ai.request.model"}) {
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
    return usage.is_object() && !usage.contains("generation_token_count") &&  // that is Llama's body at Bedrock
           (usage.contains("prompt_token_count") || usage.contains("candidates_token_count") ||
            usage.contains("total_token_count"));
}

/// "gen_ai.usage.input_tokens" -> "input_tokens": the attributes of a span of OpenTelemetry.
json withoutSpanPrefix(const json& attributes) {
    constexpr std::string_view kPrefix = "gen_ai.usage.";
    json usage = json::object();
    for (const auto& [key, value] : attributes.items()) {
        if (key.starts_with(kPrefix)) {
            std::string name = key.substr(kPrefix.size());  // its input holds what the cache gave, its output thought
            name = name == "cache_read.input_tokens"       ? "cache_read_tokens"
                   : name == "cache_creation.input_tokens" ? "cache_write_tokens"
                   : name == "reasoning.output_tokens"     ? "reasoning_tokens"
                                                           : name;
            usage[name] = value;
        }
    }
    return usage;
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

/// A line of a batch's results says so by its custom id beside the response.
bool isBatchLine(const json& document) {
    return !child(document, "custom_id").is_null() && child(child(document, "response"), "body").is_object();
}

/// bare: what the document holds itself, where no part of it is called usage.
void take(UsageDocument& found, json& bare, const json& document) {
    if (const json* usage = findUsage(document); usage != nullptr) {
        lay(found.usage, *usage);
    } else if (document.is_object()) {
        lay(bare, document);
    }
    found.model = found.model.empty() ? modelOf(document) : found.model;
    for (const json* said : {&document, &child(document, "response"), &child(document, "message")}) {
        if (const std::string tier = serviceTierOf(*said); !tier.empty()) {
            found.serviceTier = tier;
        }
    }
    if (isBatchLine(document)) {
        found.serviceTier = "batch";
    }
}

/// The JSON of each line of a stream: server-sent events ("data: {...}") or an object a line (Ollama).
std::vector<json> eventsOf(std::string_view text) {
    std::vector<json> events;
    for (auto line : split(text, '\n')) {
        line = trimmed(line);
        line.remove_prefix(line.starts_with("data:") ? 5 : 0);
        line = trimmed(line);
        if (line.starts_with('{')) {
            json event = json::parse(line, nullptr, false);
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
    for (const char* key : {"service_tier", "serviceTier", "trafficType"}) {
        const json& said = child(object, key);
        const json& tier = said.is_object() ? child(said, "type") : said;
        if (tier.is_string()) {
            const std::string word = lowered(tier.get<std::string>());  // "flex", Gemini's "ON_DEMAND_FLEX"
            for (const char* known : {"batch", "flex", "priority"}) {
                if (word == known || word.ends_with(std::string("_") + known)) {
                    return known;
                }
            }
        }
    }
    const json& batch = child(object, "batch");
    return batch.is_boolean() && batch.get<bool>() ? "batch" : "";
}

Result<UsageDocument> readUsageDocument(std::string_view text) {
    UsageDocument found;
    found.usage = json::object();
    json bare = json::object();
    const json document = json::parse(text, nullptr, false);
    if (document.is_array()) {
        for (const auto& chunk : document) {
            take(found, bare, chunk);
        }
    } else if (!document.is_discarded()) {
        take(found, bare, document);
    } else {
        const auto events = eventsOf(text);
        if (events.empty()) {
            return fail(ErrorCode::badFormat, "the usage is not valid JSON",
                        "Give the provider's usage object, its whole response, or its stream as it came");
        }
        for (const auto& event : events) {
            take(found, bare, event);
        }
    }
    if (found.usage.empty()) {
        found.usage = std::move(bare);
    }
    if (json span = withoutSpanPrefix(found.usage); !span.empty()) {
        found.usage = std::move(span);
    }
    if (isSnakeGemini(found.usage)) {
        found.usage = withCamelKeys(found.usage);
    }
    return found;
}

}  // namespace tierwise::catalog
