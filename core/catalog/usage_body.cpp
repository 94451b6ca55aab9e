// SPDX-License-Identifier: GPL-3.0-or-later
// The usage objects of the providers, as their API references describe them:
//   OpenAI chat, DeepSeek, Groq, Mistral, xAI, OpenRouter ...: prompt_tokens / completion_tokens, details below
//   OpenAI responses: input_tokens / output_tokens with *_details; realtime: input_token_details
//   Anthropic: input_tokens without the cache, cache_creation_input_tokens, cache_read_input_tokens
//   Gemini: promptTokenCount, candidatesTokenCount, thoughtsTokenCount beside it, toolUsePromptTokenCount
//   Bedrock Converse: inputTokens without the cache, cacheReadInputTokens, cacheWriteInputTokens
//   Cohere: billed_units. Ollama: prompt_eval_count, eval_count. LangChain: input_token_details.cache_read inside.
#include "core/catalog/usage_body.h"

#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/catalog/text.h"
#include "core/catalog/usage_document.h"

namespace tierwise::catalog {

namespace {

using nlohmann::json;
using Count = std::optional<std::int64_t>;

struct BadCount {
    std::string what;
};

bool has(const json& object, const char* key) {
    return !child(object, key).is_null();
}

Count count(const json& object, const char* key) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / 16;
    const json& value = child(object, key);
    if (value.is_null()) {
        return {};
    }
    if (value.is_number_unsigned() && value.get<std::uint64_t>() <= static_cast<std::uint64_t>(kMost)) {
        return value.get<std::int64_t>();
    }
    if (value.is_string() && isDigits(value.get<std::string>()) && value.get<std::string>().size() < 16) {
        return std::stoll(value.get<std::string>());  // 64-bit counts of protobuf travel as text
    }
    if (value.is_number_float()) {
        const double number = value.get<double>();
        if (number >= 0 && number <= 9e15 && static_cast<double>(static_cast<std::int64_t>(number)) == number) {
            return static_cast<std::int64_t>(number);
        }
    }
    throw BadCount{fmt::format("{} is not a whole number from 0 on", key)};
}

Count firstOf(std::initializer_list<Count> counts) {
    for (const auto& each : counts) {
        if (each) {
            return each;
        }
    }
    return {};
}

std::int64_t orZero(const Count& value) {
    return value.value_or(0);
}

class BodyReader {
public:
    BodyReader(UsageBody& body, const Offering* offering) : m_body(body), m_offering(offering) {}

    /// False when no key of the object is known.
    bool read(const json& usage) {
        if (has(usage, "promptTokenCount") || has(usage, "candidatesTokenCount") || has(usage, "totalTokenCount")) {
            readGemini(usage);
        } else if (has(usage, "inputTokens") || has(usage, "outputTokens") || has(usage, "inputTokenCount")) {
            readBedrock(usage);
        } else if (has(usage, "prompt_eval_count") || has(usage, "eval_count")) {
            readOllama(usage);
        } else if (has(usage, "billed_units") || has(usage, "tokens")) {
            readCohere(usage);
        } else if (has(usage, "prompt_tokens") || has(usage, "completion_tokens")) {
            readChat(usage);
        } else if (has(usage, "cache_creation") || has(usage, "cache_creation_input_tokens") ||
                   has(usage, "cache_read_input_tokens")) {
            readAnthropic(usage);
        } else if (has(usage, "input_tokens") || has(usage, "output_tokens")) {
            readResponses(usage);
        } else {
            return false;
        }
        readTier(usage);
        return true;
    }

private:
    void extra(Meter meter, std::int64_t amount) {
        if (amount > 0) {
            m_body.usage.extra[std::string(meterName(meter))] += amount;
        }
    }

    /// The uncached rest of an input that includes cache reads and writes.
    void splitInput(const Count& input, std::int64_t cachedInside) {
        if (!input) {
            return;
        }
        if (cachedInside > *input) {
            m_body.warnings.push_back(fmt::format("{} cached tokens in an input of {}: the uncached rest is taken as 0",
                                                  cachedInside, *input));
        }
        m_body.usage.inputUncached = std::max<std::int64_t>(0, *input - cachedInside);
    }

    /// Output with the reasoning in it. Where the body's total says whether it is inside, that decides; else the
    /// offering's convention.
    void joinOutput(const Count& answer, const Count& reasoning, const Count& input, const Count& total) {
        Usage& usage = m_body.usage;
        usage.reasoning = reasoning;
        if (!answer) {
            usage.output = reasoning;
            return;
        }
        bool inside = m_offering == nullptr || m_offering->convention.reasoningInsideOutput;
        if (total && input && orZero(reasoning) > 0) {
            if (*total == *input + *answer) {
                inside = true;
            } else if (*total == *input + *answer + *reasoning) {
                inside = false;
            }
        } else if (m_offering == nullptr && orZero(reasoning) > *answer) {
            inside = false;  // more thought than output: it cannot be inside
        }
        if (inside && m_offering == nullptr && orZero(reasoning) > *answer) {
            m_body.warnings.push_back("more reasoning than output tokens");
        }
        usage.output = inside ? *answer : *answer + orZero(reasoning);
    }

    void readChat(const json& usage) {
        m_body.dialect = "openai.chat";
        const json& in = child(usage, "prompt_tokens_details");
        const json& out = child(usage, "completion_tokens_details");
        const Count prompt = count(usage, "prompt_tokens");
        const Count hit = count(usage, "prompt_cache_hit_tokens");
        const Count cached =
            firstOf({count(in, "cached_tokens"), hit, count(usage, "cached_tokens"), count(usage, "num_cached_tokens"),
                     count(usage, "cached_prompt_text_tokens"), count(usage, "cache_read_input_tokens")});
        const Count written = firstOf({count(in, "cache_write_tokens"), count(usage, "cache_creation_input_tokens")});
        m_body.usage.cacheRead = cached;
        m_body.usage.cacheWrite5m = written;
        splitInput(prompt, orZero(cached) + orZero(written));
        if (!prompt && hit) {
            m_body.usage.inputUncached = count(usage, "prompt_cache_miss_tokens");
        }
        const std::int64_t cachedAudio = orZero(count(child(in, "cached_tokens_details"), "audio_tokens"));
        extra(Meter::cacheReadAudio, cachedAudio);
        extra(Meter::inputAudio, std::max<std::int64_t>(0, orZero(count(in, "audio_tokens")) - cachedAudio));
        extra(Meter::outputAudio, orZero(count(out, "audio_tokens")));
        const Count reasoning = firstOf({count(out, "reasoning_tokens"), count(usage, "reasoning_tokens")});
        const Count citation = count(usage, "citation_tokens");
        joinOutput(count(usage, "completion_tokens"), reasoning, prompt, count(usage, "total_tokens"));
        if (citation) {
            m_body.dialect = "perplexity";
            m_body.usage.output = orZero(m_body.usage.output) + *citation;
            extra(Meter::citation, *citation);
        }
        extra(Meter::webSearch, orZero(count(usage, "num_search_queries")));
        readSearches(usage);
    }

    void readResponses(const json& usage) {
        m_body.dialect = "openai.responses";
        const json& in = has(usage, "input_tokens_details") ? child(usage, "input_tokens_details")
                                                            : child(usage, "input_token_details");
        const json& out = has(usage, "output_tokens_details") ? child(usage, "output_tokens_details")
                                                              : child(usage, "output_token_details");
        const Count input = count(usage, "input_tokens");
        const Count cached = firstOf({count(in, "cached_tokens"), count(in, "cache_read")});
        const Count written = firstOf({count(in, "cache_write_tokens"), count(in, "cache_creation")});
        m_body.usage.cacheRead = cached;
        m_body.usage.cacheWrite5m = written;
        splitInput(input, orZero(cached) + orZero(written));
        const json& parts = child(in, "cached_tokens_details");
        const std::int64_t cachedAudio = orZero(count(parts, "audio_tokens"));
        const std::int64_t cachedImage = orZero(count(parts, "image_tokens"));
        extra(Meter::cacheReadAudio, cachedAudio);
        extra(Meter::cacheReadImage, cachedImage);
        extra(Meter::inputAudio, std::max<std::int64_t>(0, orZero(count(in, "audio_tokens")) - cachedAudio));
        extra(Meter::inputImage, std::max<std::int64_t>(0, orZero(count(in, "image_tokens")) - cachedImage));
        extra(Meter::outputAudio, orZero(count(out, "audio_tokens")));
        extra(Meter::outputImage, orZero(count(out, "image_tokens")));
        const Count reasoning =
            firstOf({count(out, "reasoning_tokens"), count(out, "thinking_tokens"), count(out, "reasoning")});
        joinOutput(count(usage, "output_tokens"), reasoning, input, count(usage, "total_tokens"));
        readSearches(usage);
    }

    void readAnthropic(const json& usage) {
        m_body.dialect = "anthropic";
        const json& creation = child(usage, "cache_creation");
        const Count hour = count(creation, "ephemeral_1h_input_tokens");
        const Count minutes = count(creation, "ephemeral_5m_input_tokens");
        const Count written = count(usage, "cache_creation_input_tokens");
        Usage& mine = m_body.usage;
        mine.inputUncached = count(usage, "input_tokens");
        mine.cacheRead = count(usage, "cache_read_input_tokens");
        mine.cacheWrite1h = hour;
        mine.cacheWrite5m = minutes;
        if (written) {
            if (creation.is_object() && *written != orZero(hour) + orZero(minutes)) {
                m_body.warnings.push_back(
                    fmt::format("cache writes disagree: {} in all, but {} for 5 minutes and {} for 1 hour; the total "
                                "less the 1-hour writes is billed for 5 minutes",
                                *written, orZero(minutes), orZero(hour)));
            }
            mine.cacheWrite5m = std::max<std::int64_t>(0, *written - orZero(hour));
        }
        mine.output = count(usage, "output_tokens");
        mine.reasoning = count(child(usage, "output_tokens_details"), "thinking_tokens");
        readSearches(usage);
        const json& geo = child(usage, "inference_geo");
        if (geo.is_string() && geo.get<std::string>() != "global" && geo.get<std::string>() != "not_available") {
            m_body.region = lowered(geo.get<std::string>());
        }
    }

    void readGemini(const json& usage) {
        m_body.dialect = "gemini";
        const json& promptParts = has(usage, "promptTokensDetails") ? child(usage, "promptTokensDetails")
                                                                    : child(usage, "promptTokenDetails");
        const Count prompt = count(usage, "promptTokenCount");
        const Count tool = count(usage, "toolUsePromptTokenCount");
        const Count cached = count(usage, "cachedContentTokenCount");
        m_body.usage.cacheRead = cached;
        splitInput(prompt || tool ? Count(orZero(prompt) + orZero(tool)) : Count(), orZero(cached));
        const json& toolParts = child(usage, "toolUsePromptTokensDetails");
        const json& cacheParts = child(usage, "cacheTokensDetails");
        const auto modality = [&](const char* kind, Meter fresh, std::optional<Meter> fromCache) {
            const std::int64_t inCache = modalityCount(cacheParts, kind);
            extra(fresh, std::max<std::int64_t>(
                             0, modalityCount(promptParts, kind) + modalityCount(toolParts, kind) - inCache));
            if (fromCache) {
                extra(*fromCache, inCache);
            }
        };
        modality("AUDIO", Meter::inputAudio, Meter::cacheReadAudio);
        modality("IMAGE", Meter::inputImage, Meter::cacheReadImage);
        modality("VIDEO", Meter::inputVideo, {});
        const json& outParts = child(usage, "candidatesTokensDetails");
        extra(Meter::outputAudio, modalityCount(outParts, "AUDIO"));
        extra(Meter::outputImage, modalityCount(outParts, "IMAGE"));
        extra(Meter::outputVideo, modalityCount(outParts, "VIDEO"));
        const Count answer = count(usage, "candidatesTokenCount");
        const Count thoughts = count(usage, "thoughtsTokenCount");
        m_body.usage.reasoning = thoughts;
        if (answer || thoughts) {
            m_body.usage.output = orZero(answer) + orZero(thoughts);  // thoughts are outside of the candidates
        }
    }

    [[nodiscard]] static std::int64_t modalityCount(const json& list, std::string_view kind) {
        std::int64_t sum = 0;
        if (list.is_array()) {
            for (const auto& part : list) {
                const json& name = child(part, "modality");
                if (name.is_string() && name.get<std::string>() == kind) {
                    sum += orZero(count(part, "tokenCount"));
                }
            }
        }
        return sum;
    }

    void readBedrock(const json& usage) {
        m_body.dialect = "bedrock";
        Usage& mine = m_body.usage;
        mine.inputUncached = firstOf({count(usage, "inputTokens"), count(usage, "inputTokenCount")});
        if (const Count inside = count(usage, "cachedInputTokens")) {  // Vercel's AI SDK: a part of the input
            m_body.dialect = "ai-sdk";
            mine.cacheRead = inside;
            splitInput(mine.inputUncached, *inside);
            joinOutput(count(usage, "outputTokens"), count(usage, "reasoningTokens"), count(usage, "inputTokens"),
                       count(usage, "totalTokens"));
            return;
        }
        mine.cacheRead = firstOf({count(usage, "cacheReadInputTokens"), count(usage, "cacheReadInputTokenCount")});
        const Count written =
            firstOf({count(usage, "cacheWriteInputTokens"), count(usage, "cacheWriteInputTokenCount")});
        std::int64_t hour = 0;
        if (const json& details = child(usage, "cacheDetails"); details.is_array()) {
            for (const auto& part : details) {
                const json& ttl = child(part, "ttl");
                if (ttl.is_string() && ttl.get<std::string>() == "1h") {
                    hour += orZero(count(part, "inputTokens"));
                }
            }
        }
        if (hour > 0) {
            mine.cacheWrite1h = hour;
        }
        if (written) {
            mine.cacheWrite5m = std::max<std::int64_t>(0, *written - hour);
        }
        mine.output = firstOf({count(usage, "outputTokens"), count(usage, "outputTokenCount")});
    }

    void readOllama(const json& usage) {
        m_body.dialect = "ollama";
        m_body.usage.inputUncached = count(usage, "prompt_eval_count");
        m_body.usage.output = count(usage, "eval_count");
    }

    void readCohere(const json& usage) {
        m_body.dialect = "cohere";
        const json& billed = has(usage, "billed_units") ? child(usage, "billed_units") : child(usage, "tokens");
        m_body.usage.inputUncached = count(billed, "input_tokens");
        m_body.usage.output = count(billed, "output_tokens");
        m_body.usage.cacheRead = {};
    }

    /// Searches that ran; a tool that was only declared costs nothing.
    void readSearches(const json& usage) {
        extra(Meter::webSearch, orZero(firstOf({count(child(usage, "server_tool_use"), "web_search_requests"),
                                                count(usage, "web_search_calls"), count(usage, "num_sources_used")})));
    }

    void readTier(const json& usage) {
        const std::string said = serviceTierOf(usage);
        if (!said.empty()) {
            m_body.serviceTier = said;
        }
        const json& speed = child(usage, "speed");
        if (speed.is_string() && speed.get<std::string>() == "fast") {
            m_body.serviceTier = "fast";
        }
    }

    UsageBody& m_body;
    const Offering* m_offering;
};

}  // namespace

Result<UsageBody> readUsageBody(std::string_view text, const Offering* offering) {
    auto document = readUsageDocument(text);
    if (!document) {
        return fail(document.error());
    }
    UsageBody body;
    body.model = std::move(document->model);
    body.serviceTier = std::move(document->serviceTier);
    try {
        BodyReader reader(body, offering);
        if (!reader.read(document->usage)) {
            return fail(ErrorCode::badFormat, "no token count of a known provider in the usage",
                        "Give the usage object of the response (\"usage\" or \"usageMetadata\")");
        }
    } catch (const BadCount& bad) {
        return fail(ErrorCode::badFormat, "the usage holds a wrong count: " + bad.what,
                    "Counts are whole numbers of tokens; null and missing ones are unknown");
    } catch (const json::exception& error) {
        return fail(ErrorCode::badFormat, std::string("the usage cannot be read: ") + error.what());
    }
    return body;
}

}  // namespace tierwise::catalog
