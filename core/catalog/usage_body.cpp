// SPDX-License-Identifier: GPL-3.0-or-later
// The usage objects of the providers, as their API references describe them:
//   OpenAI chat, DeepSeek, Groq, Mistral, xAI, OpenRouter ...: prompt_tokens / completion_tokens, details below
//   OpenAI responses: input_tokens / output_tokens with *_details; realtime: input_token_details
//   Anthropic: input_tokens without the cache, cache_creation_input_tokens, cache_read_input_tokens
//   Gemini: promptTokenCount, candidatesTokenCount, thoughtsTokenCount beside it, toolUsePromptTokenCount
//   Bedrock Converse: inputTokens without the cache, cacheReadInputTokens, cacheWriteInputTokens
//   Cohere: billed_units. Ollama: prompt_eval_count, eval_count. LangChain: input_token_details.cache_read inside.
//   Gemini's interactions: total_input_tokens, total_thought_tokens. Vercel's AI SDK: promptTokens, or inputTokens with
//   cachedInputTokens or details. Models of Bedrock and watsonx that report for themselves: *_token_count.
#include "core/catalog/usage_body.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/catalog/text.h"
#include "core/catalog/usage_counts.h"
#include "core/catalog/usage_document.h"

namespace tierwise::catalog {

namespace {

using nlohmann::json;

class BodyReader {
public:
    BodyReader(UsageBody& body, const Offering* offering) : m_body(body), m_offering(offering) {}

    /// False when no key of the object is known.
    bool read(const json& usage) {
        if (has(usage, "promptTokenCount") || has(usage, "candidatesTokenCount") || has(usage, "totalTokenCount")) {
            readGemini(usage);
        } else if (has(usage, "total_input_tokens") || has(usage, "total_output_tokens")) {
            readInteraction(usage);
        } else if (isAiSdk(usage)) {
            readAiSdk(usage);
        } else if (has(usage, "inputTokens") || has(usage, "outputTokens") || has(usage, "inputTokenCount")) {
            readBedrock(usage);
        } else if (readPlain(usage)) {
            return true;
        } else if (has(usage, "billed_units") || has(usage, "tokens")) {
            readCohere(usage);
        } else if (has(usage, "prompt_tokens") || has(usage, "completion_tokens")) {
            readChat(usage);
        } else if (has(usage, "cache_creation") || has(usage, "cache_creation_input_tokens") ||
                   has(usage, "cache_read_input_tokens")) {
            readAnthropic(usage);
        } else if (has(usage, "input_tokens") || has(usage, "output_tokens")) {
            readResponses(usage);
        } else if (has(usage, "total_tokens") && readsOnly()) {
            m_body.dialect = "embeddings";
            m_body.usage.inputUncached = count(usage, "total_tokens");
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

    /// Does the offering charge for nothing but input (embeddings)? Then a total is its input.
    [[nodiscard]] bool readsOnly() const {
        return m_offering == nullptr ||  // not known yet: whoever prices asks again with it
               std::all_of(m_offering->cards.begin(), m_offering->cards.end(), [](const RateCard& card) {
                   return card.rate(Meter::output).value_or(Rate()).picoPerUnit() == 0;
               });
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
        }
        if (orZero(reasoning) > *answer) {
            inside = false;  // more thought than output: it cannot be inside, whatever the total says
        }
        usage.output = inside ? *answer : *answer + orZero(reasoning);
    }

    void readChat(const json& usage) {
        m_body.dialect = "openai.chat";
        const json& in = firstObject(usage, {"prompt_tokens_details", "prompt_token_details", "input_tokens_details"});
        const json& out = firstObject(usage, {"completion_tokens_details", "output_tokens_details"});
        const Count prompt = count(usage, "prompt_tokens");
        const Count hit = count(usage, "prompt_cache_hit_tokens");
        const Count cached =
            firstOf({count(in, "cached_tokens"), hit, count(usage, "cached_tokens"), count(usage, "num_cached_tokens"),
                     count(usage, "cached_prompt_text_tokens"), count(usage, "cache_read_input_tokens")});
        takeInput(prompt, cached, in, usage);
        if (!prompt && hit) {
            m_body.usage.inputUncached = count(usage, "prompt_cache_miss_tokens");
        }
        takeModalities(in, out);
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
        const json& in =
            firstObject(usage, {"input_tokens_details", "input_token_details", "prompt_tokens_details"});  // DashScope
        const json& out =
            firstObject(usage, {"output_tokens_details", "output_token_details", "completion_tokens_details"});
        const Count input = count(usage, "input_tokens");
        const Count cached = firstOf({count(in, "cached_tokens"), count(in, "cache_read"),
                                      count(usage, "cached_input_tokens"), count(usage, "cache_read_tokens")});
        takeInput(input, cached, in, usage);
        takeModalities(in, out);
        const Count reasoning =
            firstOf({count(out, "reasoning_tokens"), count(out, "thinking_tokens"), count(out, "reasoning"),
                     count(usage, "reasoning_output_tokens"), count(usage, "reasoning_tokens")});
        joinOutput(count(usage, "output_tokens"), reasoning, input, count(usage, "total_tokens"));
        readSearches(usage);
    }

    /// Input that includes what was read from and written to the cache; in = its details.
    void takeInput(const Count& input, const Count& cached, const json& in, const json& usage) {
        const json& kinds = firstObject(in, {"cache_creation", "cache_creation_token_details"});
        const Count hour = count(kinds, "ephemeral_1h_input_tokens");
        const Count minutes = count(kinds, "ephemeral_5m_input_tokens");
        const Count written = firstOf({count(in, "cache_write_tokens"), scalarCount(in, "cache_creation"),
                                       count(in, "cache_creation_tokens"), count(in, "cache_creation_input_tokens"),
                                       count(usage, "cache_creation_input_tokens"), count(usage, "cache_write_tokens"),
                                       hour || minutes ? Count(orZero(hour) + orZero(minutes)) : Count()});
        m_body.usage.cacheRead = cached;
        m_body.usage.cacheWrite1h = hour;
        m_body.usage.cacheWrite5m = written ? Count(std::max<std::int64_t>(0, *written - orZero(hour))) : written;
        splitInput(input, orZero(cached) + orZero(written));
    }

    void takeModalities(const json& in, const json& out) {
        const json& parts = child(in, "cached_tokens_details");
        const std::int64_t cachedAudio = orZero(count(parts, "audio_tokens"));
        const std::int64_t cachedImage = orZero(count(parts, "image_tokens"));
        extra(Meter::cacheReadAudio, cachedAudio);
        extra(Meter::cacheReadImage, cachedImage);
        extra(Meter::inputAudio, std::max<std::int64_t>(0, orZero(count(in, "audio_tokens")) - cachedAudio));
        extra(Meter::inputImage, std::max<std::int64_t>(0, orZero(count(in, "image_tokens")) - cachedImage));
        extra(Meter::inputVideo, orZero(count(in, "video_tokens")));
        extra(Meter::outputAudio, orZero(count(out, "audio_tokens")));
        extra(Meter::outputImage, orZero(count(out, "image_tokens")));
    }

    /// With server-side compaction the top level leaves out what the compaction took: the bill is the sum of the
    /// iterations. Those of an advisor are another model's.
    static json withIterations(const json& usage, std::vector<std::string>& warnings) {
        json whole = usage;
        const json& rounds = child(usage, "iterations");
        if (!rounds.is_array() || rounds.empty()) {
            return whole;
        }
        std::map<std::string, std::int64_t> sums;
        std::int64_t hour = 0;
        bool advised = false;
        for (const auto& round : rounds) {
            if (child(round, "type") == "advisor_message") {
                advised = true;
                continue;
            }
            for (const char* key :
                 {"input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"}) {
                if (const Count part = count(round, key)) {
                    sums[key] += *part;
                }
            }
            hour += orZero(count(child(round, "cache_creation"), "ephemeral_1h_input_tokens"));
        }
        for (const auto& [key, sum] : sums) {
            if (sum > orZero(count(usage, key.c_str()))) {
                whole[key] = sum;
            }
        }
        if (const std::int64_t written = sums["cache_creation_input_tokens"]; written > 0) {
            whole["cache_creation"] = {{"ephemeral_5m_input_tokens", std::max<std::int64_t>(0, written - hour)},
                                       {"ephemeral_1h_input_tokens", hour}};
        }
        if (advised) {
            warnings.emplace_back("an advisor answered too: its tokens are another model's and not in this price");
        }
        return whole;
    }

    void readAnthropic(const json& given) {
        m_body.dialect = "anthropic";
        const json usage = withIterations(given, m_body.warnings);
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
        const json& outParts = has(usage, "candidatesTokensDetails") ? child(usage, "candidatesTokensDetails")
                                                                     : child(usage, "responseTokensDetails");
        extra(Meter::outputAudio, modalityCount(outParts, "AUDIO"));
        extra(Meter::outputImage, modalityCount(outParts, "IMAGE"));
        extra(Meter::outputVideo, modalityCount(outParts, "VIDEO"));
        const Count answer = firstOf({count(usage, "candidatesTokenCount"), count(usage, "responseTokenCount")});
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
                const std::string word = name.is_string() ? name.get<std::string>() : std::string();
                if (lowered(word.substr(word.rfind('.') + 1)) == lowered(kind)) {  // "AUDIO", "MediaModality.AUDIO"
                    sum += orZero(firstOf({count(part, "tokenCount"), count(part, "tokens")}));
                }
            }
        }
        return sum;
    }

    void readBedrock(const json& usage) {
        m_body.dialect = "bedrock";
        Usage& mine = m_body.usage;
        mine.inputUncached = firstOf({count(usage, "inputTokens"), count(usage, "inputTokenCount")});
        mine.cacheRead = firstOf({count(usage, "cacheReadInputTokens"), count(usage, "cacheReadInputTokenCount")});
        const Count written = firstOf({count(usage, "cacheWriteInputTokens"), count(usage, "cacheWriteInputTokenCount"),
                                       count(usage, "cacheCreationInputTokens")});
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

    /// Two counts and no more. False when it has neither.
    bool readPlain(const json& usage) {
        struct Names {
            const char* dialect;
            const char* input;
            const char* output;
        };
        constexpr Names kPlain[] = {{"ollama", "prompt_eval_count", "eval_count"},
                                    {"llama.cpp", "tokens_evaluated", "tokens_predicted"},
                                    {"bedrock.llama", "prompt_token_count", "generation_token_count"},
                                    {"bedrock.titan", "inputTextTokenCount", "tokenCount"},
                                    {"watsonx", "input_token_count", "generated_token_count"},
                                    {"replicate", "input_token_count", "output_token_count"}};
        for (const auto& [dialect, input, output] : kPlain) {
            const json& results = child(usage, "results");  // Titan and watsonx keep a count with the answer
            const json& result = results.is_array() && !results.empty() ? results.front() : results;
            const Count in = firstOf({count(usage, input), count(result, input)});
            const Count out = firstOf({count(usage, output), count(result, output)});
            const bool both = std::string_view(dialect) != "watsonx" || out;
            if ((in || out) && both) {
                m_body.dialect = dialect;
                m_body.usage.inputUncached = in;
                m_body.usage.output = out;
                return true;
            }
        }
        return false;
    }

    [[nodiscard]] static bool isAiSdk(const json& usage) {
        return has(usage, "promptTokens") || has(usage, "completionTokens") || has(usage, "cachedInputTokens") ||
               has(usage, "reasoningTokens") || has(usage, "inputTokenDetails") || has(usage, "outputTokenDetails") ||
               child(usage, "inputTokens").is_object() || child(usage, "outputTokens").is_object();
    }

    /// Vercel's AI SDK: promptTokens (4), inputTokens with a flat cachedInputTokens that means what the provider's
    /// means (5), details or an object of parts where the whole includes the cache (6).
    void readAiSdk(const json& usage) {
        m_body.dialect = "ai-sdk";
        const json& in = firstObject(usage, {"inputTokenDetails", "inputTokens"});
        const json& out = firstObject(usage, {"outputTokenDetails", "outputTokens"});
        const Count input = firstOf({scalarCount(usage, "inputTokens"), count(child(usage, "inputTokens"), "total"),
                                     count(usage, "promptTokens")});
        const Count flat = count(usage, "cachedInputTokens");
        const Count cached = firstOf({count(in, "cacheReadTokens"), count(in, "cacheRead"), flat});
        const Count written = firstOf({count(in, "cacheWriteTokens"), count(in, "cacheWrite")});
        m_body.usage.cacheRead = cached;
        m_body.usage.cacheWrite5m = written;
        const bool outside =
            flat && !in.is_object() && m_offering != nullptr && !m_offering->convention.cacheInsideInput;
        splitInput(input, outside ? 0 : orZero(cached) + orZero(written));
        const Count answer = firstOf({scalarCount(usage, "outputTokens"), count(child(usage, "outputTokens"), "total"),
                                      count(usage, "completionTokens")});
        const Count reasoning =
            firstOf({count(usage, "reasoningTokens"), count(out, "reasoningTokens"), count(out, "reasoning")});
        joinOutput(answer, reasoning, input, count(usage, "totalTokens"));
    }

    /// Gemini's interactions: every total apart, thoughts beside the output.
    void readInteraction(const json& usage) {
        m_body.dialect = "gemini.interactions";
        const Count input = count(usage, "total_input_tokens");
        const Count tool = count(usage, "total_tool_use_tokens");
        const Count cached = count(usage, "total_cached_tokens");
        m_body.usage.cacheRead = cached;
        splitInput(input || tool ? Count(orZero(input) + orZero(tool)) : Count(), orZero(cached));
        const json& inParts = child(usage, "input_tokens_by_modality");
        const json& cacheParts = child(usage, "cached_tokens_by_modality");
        const std::int64_t cachedAudio = modalityCount(cacheParts, "audio");
        extra(Meter::cacheReadAudio, cachedAudio);
        extra(Meter::inputAudio, std::max<std::int64_t>(0, modalityCount(inParts, "audio") - cachedAudio));
        extra(Meter::inputImage, modalityCount(inParts, "image"));
        extra(Meter::inputVideo, modalityCount(inParts, "video"));
        const json& outParts = child(usage, "output_tokens_by_modality");
        extra(Meter::outputAudio, modalityCount(outParts, "audio"));
        extra(Meter::outputImage, modalityCount(outParts, "image"));
        const Count answer = count(usage, "total_output_tokens");
        const Count thoughts = firstOf({count(usage, "total_thought_tokens"), count(usage, "total_reasoning_tokens")});
        m_body.usage.reasoning = thoughts;
        if (answer || thoughts) {
            m_body.usage.output = orZero(answer) + orZero(thoughts);
        }
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
