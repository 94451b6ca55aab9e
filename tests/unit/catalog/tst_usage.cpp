// SPDX-License-Identifier: GPL-3.0-or-later
// Usage objects as providers, their streams and their client libraries write them, against figures worked by hand.
#include <QtTest>

#include "core/catalog/catalog.h"
#include "core/catalog/usage_body.h"
#include "tests/support/quoted.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::catalog;
using tierwise::test::quoted;

namespace {

/// One model at four sellers that count differently; $/M: input 2, output 10, reads 0.2, writes 2.5 and 4; above 1,000
/// prompt tokens input 4, output 20; batch halves; audio in 32, out 64; a search 0.01 $.
const Catalog& prices() {
    static const Catalog kPrices = [] {
        const std::string cards =
            "#cards#:[{#rates#:{#input#:#2#,#output#:#10#,#cacheRead#:#0.2#,#cacheWrite5m#:#2.5#,"
            "#cacheWrite1h#:#4#,#inputAudio#:#32#,#outputAudio#:#64#,#webSearch#:#10000#},"
            "#evidence#:0},"
            "{#when#:{#promptAbove#:1000},#rates#:{#input#:#4#,#output#:#20#},#evidence#:0},"
            "{#when#:{#tier#:#batch#},#rates#:{#input#:#1#,#output#:#5#},#evidence#:0},"
            "{#when#:{#tier#:#batch#,#promptAbove#:1000},#rates#:{#input#:#2#,#output#:#10#},"
            "#evidence#:0}]}";
        std::string offerings;
        for (const char* seller : {"inside", "outside", "gemini", "claude"}) {
            offerings += (offerings.empty() ? "" : ",\n") + std::string("{#provider#:#") + seller +
                         "#,#id#:#m#,#model#:#m#," + cards;
        }
        auto catalog = Catalog::parse(
            quoted("{#format#:#tierwise-catalog#,#version#:1,#date#:#2026-09-01#,#evidence#:[{#url#:#u#,#confidence#:"
                   "#official#}],#providers#:[{#id#:#inside#},"
                   "{#id#:#outside#,#convention#:{#cacheInsideInput#:true,#reasoningInsideOutput#:false}},"
                   "{#id#:#gemini#,#convention#:{#cacheInsideInput#:true,#reasoningInsideOutput#:false}},"
                   "{#id#:#claude#,#convention#:{#cacheInsideInput#:false,#reasoningInsideOutput#:true}}],"
                   "#models#:[{#id#:#m#}],\n#offerings#:[" +
                   offerings + "]}"),
            "test.json");
        if (!catalog) {
            qFatal("%s", catalog.error().describe().c_str());
        }
        return *catalog;
    }();
    return kPrices;
}

/// Micro-dollars of the usage at the seller; the error's text where it is none.
QByteArray microDollars(const std::string& seller, const std::string& usage) {
    const auto offering = *prices().findOffering(seller + "/m");
    const auto body = readUsageBody(usage, &prices().offering(offering));
    if (!body) {
        return QByteArray::fromStdString(body.error().what);
    }
    const auto bill = prices().price(offering, body->usage, {{}, body->serviceTier, body->region});
    if (!bill) {
        return QByteArray::fromStdString(bill.error().what);
    }
    return QByteArray::number(static_cast<double>(bill->total.pico()) / 1e6, 'g', 12) +
           (bill->complete() ? "" : " and more");
}

}  // namespace

class TestUsage : public QObject {
    Q_OBJECT

private slots:
    void bodies_data() {
        QTest::addColumn<QByteArray>("seller");
        QTest::addColumn<QByteArray>("usage");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const char* seller, const char* usage, const char* expected) {
            QTest::newRow(name) << QByteArray(seller) << QByteArray(usage) << QByteArray(expected);
        };
        // OpenAI chat: 100 in, 40 of them cached, 50 out: 60 x 2 + 40 x 0.2 + 50 x 10
        row("chat", "inside",
            "{#prompt_tokens#:100,#completion_tokens#:50,#prompt_tokens_details#:{#cached_tokens#:40},"
            "#completion_tokens_details#:{#reasoning_tokens#:30},#total_tokens#:150}",
            "628");
        row("chat without details", "inside", "{#prompt_tokens#:100,#completion_tokens#:50}", "700");
        row("chat with nulls", "inside",
            "{#prompt_tokens#:100,#completion_tokens#:50,#prompt_tokens_details#:null,#total_tokens#:null,"
            "#completion_tokens_details#:{#reasoning_tokens#:null,#audio_tokens#:null}}",
            "700");
        row("chat, counts as text", "inside", "{#prompt_tokens#:#100#,#completion_tokens#:#50#}", "700");
        row("chat in its response", "inside",
            "{#id#:#x#,#model#:#m#,#choices#:[],#usage#:{#prompt_tokens#:100,#completion_tokens#:50}}", "700");
        // Reasoning beside the answer: 50 + 30 out
        row("reasoning outside by the seller", "outside",
            "{#prompt_tokens#:100,#completion_tokens#:50,#completion_tokens_details#:{#reasoning_tokens#:30}}", "1000");
        row("reasoning inside by the total", "outside",
            "{#prompt_tokens#:100,#completion_tokens#:50,#completion_tokens_details#:{#reasoning_tokens#:30},"
            "#total_tokens#:150}",
            "700");
        row("reasoning outside by the total", "inside",
            "{#prompt_tokens#:100,#completion_tokens#:50,#completion_tokens_details#:{#reasoning_tokens#:30},"
            "#total_tokens#:180}",
            "1000");
        row("DeepSeek's cache", "inside",
            "{#prompt_tokens#:100,#completion_tokens#:50,#prompt_cache_hit_tokens#:40,#prompt_cache_miss_tokens#:60}",
            "628");
        row("Mistral's cache", "inside", "{#prompt_tokens#:100,#completion_tokens#:50,#num_cached_tokens#:40}", "628");
        row("OpenRouter's writes", "inside",
            "{#prompt_tokens#:100,#completion_tokens#:50,#prompt_tokens_details#:{#cached_tokens#:40,"
            "#cache_write_tokens#:20},#cost#:0.5}",
            "638");  // 40 x 2 + 40 x 0.2 + 20 x 2.5 + 500
        row("audio", "inside",
            "{#prompt_tokens#:100,#completion_tokens#:50,#prompt_tokens_details#:{#audio_tokens#:10},"
            "#completion_tokens_details#:{#audio_tokens#:5}}",
            "1270");  // 90 x 2 + 10 x 32 + 45 x 10 + 5 x 64
        row("Groq's stream", "inside",
            "[{#choices#:[{}],#usage#:null},{#x_groq#:{#usage#:{#prompt_tokens#:100,#completion_tokens#:50}}}]", "700");
        row("responses", "inside",
            "{#input_tokens#:100,#input_tokens_details#:{#cached_tokens#:40},#output_tokens#:50,"
            "#output_tokens_details#:{#reasoning_tokens#:30},#total_tokens#:150}",
            "628");
        row("responses in its event", "inside",
            "{#type#:#response.completed#,#response#:{#model#:#m#,#usage#:{#input_tokens#:100,#output_tokens#:50}}}",
            "700");
        row("flex has no rate here", "inside", "{#input_tokens#:100,#output_tokens#:50,#service_tier#:#flex#}", "700");
        row("batch", "inside", "{#prompt_tokens#:100,#completion_tokens#:50,#batch#:true}", "350");
        row("batch, long", "inside", "{#usage#:{#prompt_tokens#:1001,#completion_tokens#:50},#service_tier#:#batch#}",
            "2502");
        // Exactly the bound stays low; one more takes the long rate for all of it.
        row("at the bound", "inside", "{#prompt_tokens#:1000,#completion_tokens#:50}", "2500");
        row("above the bound", "inside", "{#prompt_tokens#:1001,#completion_tokens#:50}", "5004");
        row("above it with cache reads", "inside",
            "{#prompt_tokens#:1001,#completion_tokens#:50,#prompt_tokens_details#:{#cached_tokens#:1001}}",
            "1200.2");  // the long card lists no reads: 1001 x 0.2 + 50 x 20
        // Anthropic: input without the cache; writes of 5 minutes and of an hour
        row("Anthropic", "claude",
            "{#input_tokens#:100,#cache_read_input_tokens#:40,#cache_creation_input_tokens#:30,#cache_creation#:"
            "{#ephemeral_5m_input_tokens#:20,#ephemeral_1h_input_tokens#:10},#output_tokens#:50,#service_tier#:"
            "#standard#}",
            "798");  // 200 + 8 + 50 + 40 + 500
        row("Anthropic, writes without their kinds", "claude",
            "{#input_tokens#:100,#cache_creation_input_tokens#:30,#cache_read_input_tokens#:0,#output_tokens#:50}",
            "775");
        row("Anthropic, total of writes disagrees", "claude",
            "{#input_tokens#:0,#cache_creation_input_tokens#:30,#cache_creation#:{#ephemeral_5m_input_tokens#:25,"
            "#ephemeral_1h_input_tokens#:10},#output_tokens#:0}",
            "90");  // (30 - 10) x 2.5 + 10 x 4
        row("Anthropic, cache decides the length", "claude",
            "{#input_tokens#:1,#cache_read_input_tokens#:1000,#output_tokens#:50}", "1204");  // 4 + 200 + 1000
        row("Anthropic's searches", "claude",
            "{#input_tokens#:100,#cache_read_input_tokens#:0,#output_tokens#:50,#server_tool_use#:"
            "{#web_search_requests#:2,#web_fetch_requests#:7}}",
            "20700");
        row("a search that was only declared", "inside",
            "{#input_tokens#:100,#output_tokens#:50,#tools#:[#web_search#],#web_search_calls#:0}", "700");
        row("Anthropic's stream", "claude",
            "data: {#type#:#message_start#,#message#:{#model#:#m#,#usage#:{#input_tokens#:100,"
            "#cache_read_input_tokens#:40,#cache_creation_input_tokens#:0,#output_tokens#:1}}}\n\n"
            "event: ping\ndata: {#type#:#ping#}\n\n"
            "data: {#type#:#message_delta#,#delta#:{},#usage#:{#output_tokens#:50}}\n\ndata: [DONE]\n",
            "708");  // 200 + 8 + 500
        row("Anthropic's stream, cut", "claude",
            "[{#type#:#message_start#,#message#:{#usage#:{#input_tokens#:100,#cache_read_input_tokens#:40,"
            "#output_tokens#:1}}}]",
            "218");
        // Gemini: thoughts beside the candidates
        row("Gemini", "gemini",
            "{#promptTokenCount#:100,#candidatesTokenCount#:20,#thoughtsTokenCount#:30,#totalTokenCount#:150,"
            "#promptTokensDetails#:[{#modality#:#TEXT#,#tokenCount#:100}]}",
            "700");
        row("Gemini, snake case", "gemini",
            "{#usage_metadata#:{#prompt_token_count#:100,#candidates_token_count#:20,#thoughts_token_count#:30,"
            "#cached_content_token_count#:null}}",
            "700");
        row("Gemini, only thoughts", "gemini", "{#promptTokenCount#:100,#thoughtsTokenCount#:50,#totalTokenCount#:150}",
            "700");
        row("Gemini's cache and tools", "gemini",
            "{#promptTokenCount#:100,#cachedContentTokenCount#:40,#toolUsePromptTokenCount#:10,"
            "#candidatesTokenCount#:50}",
            "648");  // 70 x 2 + 8 + 500
        row("Gemini's audio", "gemini",
            "{#promptTokenCount#:100,#promptTokensDetails#:[{#modality#:#TEXT#,#tokenCount#:90},{#modality#:#AUDIO#,"
            "#tokenCount#:10}],#candidatesTokenCount#:50}",
            "1000");  // 90 x 2 + 10 x 32 + 500
        row("Gemini's stream", "gemini",
            "[{#usageMetadata#:{#promptTokenCount#:100,#candidatesTokenCount#:5}},"
            "{#usageMetadata#:{#promptTokenCount#:100,#candidatesTokenCount#:50}}]",
            "700");
        row("Bedrock", "claude",
            "{#usage#:{#inputTokens#:100,#outputTokens#:50,#totalTokens#:150,#cacheReadInputTokens#:40,"
            "#cacheWriteInputTokens#:30,#cacheDetails#:[{#ttl#:#1h#,#inputTokens#:10}],#serverToolUsage#:{}}}",
            "798");
        row("Bedrock's tier", "inside",
            "{#usage#:{#inputTokens#:100,#outputTokens#:50},#serviceTier#:{#type#:#batch#}}", "350");
        row("Bedrock's metrics", "claude",
            "{#generation#:#x#,#amazon-bedrock-invocationMetrics#:{#inputTokenCount#:100,#outputTokenCount#:50}}",
            "700");
        row("Cohere", "inside",
            "{#billed_units#:{#input_tokens#:100,#output_tokens#:50},#tokens#:{#input_tokens#:170}}", "700");
        row("Ollama", "inside", "{#model#:#m#,#prompt_eval_count#:100,#eval_count#:50,#done#:true}", "700");
        row("LangChain", "inside",
            "{#usage_metadata#:{#input_tokens#:100,#output_tokens#:50,#total_tokens#:150,#input_token_details#:"
            "{#cache_read#:40},#output_token_details#:{#reasoning#:30}}}",
            "628");
        row("Vercel's SDK", "inside",
            "{#inputTokens#:100,#cachedInputTokens#:40,#outputTokens#:50,#reasoningTokens#:30,#totalTokens#:150}",
            "628");
        row("OpenTelemetry's span", "claude",  // its input holds the cache, whoever answered
            "{#gen_ai.response.model#:#m#,#gen_ai.usage.input_tokens#:100,#gen_ai.usage.output_tokens#:50,"
            "#gen_ai.usage.cache_read.input_tokens#:40}",
            "628");
        row("LiteLLM's chat form of Anthropic", "claude",
            "{#prompt_tokens#:130,#completion_tokens#:50,#prompt_tokens_details#:{#cached_tokens#:40,"
            "#cache_creation_tokens#:30,#cache_creation_token_details#:{#ephemeral_5m_input_tokens#:20,"
            "#ephemeral_1h_input_tokens#:10}},#cache_read_input_tokens#:40,#cache_creation_input_tokens#:30}",
            "718");  // 60 x 2 + 40 x 0.2 + 20 x 2.5 + 10 x 4 + 500
        row("DashScope", "inside",
            "{#input_tokens#:100,#output_tokens#:50,#prompt_tokens_details#:{#cached_tokens#:40}}", "628");
        row("Codex", "inside",
            "{#payload#:{#type#:#token_count#,#info#:{#last_token_usage#:{#input_tokens#:100,"
            "#cached_input_tokens#:40,#output_tokens#:50,#reasoning_output_tokens#:30,#total_tokens#:150}}}}",
            "628");
        row("a line of OpenAI's batch", "inside",
            "{#custom_id#:#a#,#response#:{#status_code#:200,#body#:{#usage#:{#prompt_tokens#:100,"
            "#completion_tokens#:50}}}}",
            "350");
        row("a line of Anthropic's batch", "claude",
            "{#custom_id#:#a#,#result#:{#type#:#succeeded#,#message#:{#model#:#m#,#usage#:{#input_tokens#:100,"
            "#cache_read_input_tokens#:0,#output_tokens#:50,#service_tier#:#batch#}}}}",
            "350");
        row("Anthropic's compaction is billed", "claude",  // 100 + 200 in, 50 + 10 out
            "{#input_tokens#:100,#output_tokens#:50,#cache_read_input_tokens#:0,#iterations#:[{#type#:#compaction#,"
            "#input_tokens#:200,#output_tokens#:10},{#type#:#message#,#input_tokens#:100,#output_tokens#:50}]}",
            "1200");
        row("Moonshot's stream", "inside",
            "data: {#model#:#m#,#choices#:[{#delta#:{},#usage#:{#prompt_tokens#:100,#completion_tokens#:50,"
            "#cached_tokens#:40}}]}\n\ndata: [DONE]\n",
            "628");
        row("Ollama's stream", "inside",
            "{#model#:#m#,#response#:#a#,#done#:false}\n"
            "{#model#:#m#,#done#:true,#prompt_eval_count#:100,#eval_count#:50}\n",
            "700");
        row("llama.cpp", "inside", "{#content#:#x#,#tokens_evaluated#:100,#tokens_predicted#:50}", "700");
        row("Bedrock's stream", "claude",
            "{#metadata#:{#usage#:{#inputTokens#:100,#outputTokens#:50,#totalTokens#:150},#metrics#:{}}}", "700");
        row("Llama at Bedrock", "inside", "{#generation#:#x#,#prompt_token_count#:100,#generation_token_count#:50}",
            "700");
        row("Titan at Bedrock", "inside", "{#inputTextTokenCount#:100,#results#:[{#tokenCount#:50}]}", "700");
        row("Claude Code's sums", "claude",
            "{#inputTokens#:100,#outputTokens#:50,#cacheReadInputTokens#:40,#cacheCreationInputTokens#:30}", "783");
        row("Gemini's interactions", "gemini",
            "{#usage#:{#total_input_tokens#:100,#total_output_tokens#:20,#total_thought_tokens#:30,"
            "#total_cached_tokens#:0,#total_tokens#:150}}",
            "700");
        row("Gemini live", "gemini", "{#usageMetadata#:{#promptTokenCount#:100,#responseTokenCount#:50}}", "700");
        row("Vertex' flex has no rate here", "gemini",
            "{#promptTokenCount#:100,#candidatesTokenCount#:50,#trafficType#:#ON_DEMAND_FLEX#}", "700");
        row("Vercel's SDK 4", "inside", "{#promptTokens#:100,#completionTokens#:50,#totalTokens#:150}", "700");
        row("Vercel's SDK 5 of Anthropic", "claude",
            "{#inputTokens#:100,#cachedInputTokens#:40,#outputTokens#:50,#totalTokens#:150}", "708");
        row("Vercel's SDK 6", "claude",
            "{#inputTokens#:{#total#:170,#noCache#:100,#cacheRead#:40,#cacheWrite#:30},#outputTokens#:{#total#:50,"
            "#text#:20,#reasoning#:30}}",
            "783");
        row("more thought than output is beside it", "inside",
            "{#prompt_tokens#:100,#completion_tokens#:50,#reasoning_tokens#:80,#total_tokens#:150}", "1500");
        row("counts of one kind alone say nothing", "inside", "{#total_tokens#:150}",
            "no token count of a known provider in the usage");
        row("more cached than there is", "inside",
            "{#prompt_tokens#:10,#completion_tokens#:0,#prompt_tokens_details#:{#cached_tokens#:40}}", "8");
        row("negative", "inside", "{#prompt_tokens#:-1,#completion_tokens#:1}",
            "the usage holds a wrong count: prompt_tokens is not a whole number from 0 on");
        row("a fraction", "inside", "{#prompt_tokens#:1.5,#completion_tokens#:1}",
            "the usage holds a wrong count: prompt_tokens is not a whole number from 0 on");
        row("words", "inside", "{#prompt_tokens#:#many#}",
            "the usage holds a wrong count: prompt_tokens is not a whole number from 0 on");
        row("nothing known", "inside", "{#tokens_used#:7}", "no token count of a known provider in the usage");
        row("no JSON", "inside", "<html>", "the usage is not valid JSON");
    }
    void bodies() {
        QFETCH(QByteArray, seller);
        QFETCH(QByteArray, usage);
        QFETCH(QByteArray, expected);
        QCOMPARE(microDollars(seller.toStdString(), quoted(usage.toStdString())), expected);
    }

    void aTotalIsInputWhereNothingElseIsSold() {
        const auto catalog = Catalog::parse(
            quoted("{#format#:#tierwise-catalog#,#version#:1,#date#:#2026-09-01#,#evidence#:[{#url#:#u#,#confidence#:"
                   "#official#}],#providers#:[{#id#:#lab#}],#models#:[{#id#:#e#}],#offerings#:[{#provider#:#lab#,#id#:"
                   "#e#,#model#:#e#,#cards#:[{#rates#:{#input#:#0.1#},#evidence#:0}]}]}"),
            "test.json");
        TIERWISE_VERIFY_OK(catalog);
        const auto body = readUsageBody(quoted("{#usage#:{#total_tokens#:150}}"), &catalog->offerings()[0]);
        TIERWISE_VERIFY_OK(body);
        QCOMPARE(body->usage.inputUncached.value_or(-1), std::int64_t{150});
    }

    void whatIsNotSaidIsNotZero() {
        const auto body = readUsageBody(quoted("{#prompt_tokens#:100,#completion_tokens#:null}"), nullptr);
        TIERWISE_VERIFY_OK(body);
        QVERIFY(!body->usage.output);
        const auto bill = prices().price(*prices().findOffering("inside/m"), body->usage, {});
        TIERWISE_VERIFY_OK(bill);
        QCOMPARE(bill->warnings.size(), std::size_t{1});
        QVERIFY(bill->warnings[0].find("does not say its output") != std::string::npos);
    }

    void theModelIsFoundWhereverItIs() {
        for (const char* text : {"{#model#:#m-1#,#usage#:{#prompt_tokens#:1}}",
                                 "{#modelVersion#:#m-1#,#usageMetadata#:{#promptTokenCount#:1}}",
                                 "{#response#:{#model#:#m-1#,#usage#:{#input_tokens#:1}}}",
                                 "data: {#message#:{#model#:#m-1#,#usage#:{#input_tokens#:1}}}\n"}) {
            const auto body = readUsageBody(quoted(text), nullptr);
            TIERWISE_VERIFY_OK(body);
            QCOMPARE(body->model, std::string("m-1"));
        }
    }
};

QTEST_APPLESS_MAIN(TestUsage)
#include "tst_usage.moc"
