// SPDX-License-Identifier: GPL-3.0-or-later
// Every preset: its fixture is recognized, and its rows have the figures worked out by hand in expected.json.
#include <cmath>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/ingest/preset.h"
#include "core/ingest/reader/json_flatten.h"
#include "core/ingest/reader/record_reader.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::ingest;
using nlohmann::json;

namespace {

struct Loaded {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> sample;
    std::vector<std::vector<std::string>> cells;  ///< of tables
    std::vector<std::string> objects;             ///< of JSON
};

Loaded load(const std::filesystem::path& path, std::size_t sampleRows = 50) {
    Loaded loaded;
    auto reader = RecordReader::open(path.string(), {}, {});
    if (!reader) {
        qFatal("%s", reader.error().describe().c_str());
    }
    const bool isJson = (*reader)->info().dialect.format != Format::delimited;
    loaded.header = (*reader)->info().columns;
    RecordBatch batch;
    JsonFlattener flattener;
    while ((*reader)->next(batch).value_or(false)) {
        for (std::size_t row = 0; row < batch.records.size(); ++row) {
            std::vector<std::string> cells;
            for (const Cell& cell : batch.row(row)) {
                cells.emplace_back(cell.view());
            }
            if (isJson) {
                loaded.objects.push_back(cells.at(0));
                if (loaded.objects.size() <= sampleRows) {
                    collectJsonPaths(loaded.objects.back(), loaded.header);
                }
            } else {
                loaded.cells.push_back(cells);
            }
        }
    }
    for (const auto& object : loaded.objects) {
        if (loaded.sample.size() == sampleRows) {
            break;
        }
        std::vector<std::string> row(loaded.header.size());
        const auto leaves = flattener.flatten(object);
        for (const JsonLeaf& leaf : leaves.value()) {
            const auto at = std::find(loaded.header.begin(), loaded.header.end(), leaf.path);
            if (at != loaded.header.end() && leaf.kind != JsonKind::null) {
                row[static_cast<std::size_t>(at - loaded.header.begin())] = leaf.text;
            }
        }
        loaded.sample.push_back(row);
    }
    for (std::size_t i = 0; i < std::min(sampleRows, loaded.cells.size()); ++i) {
        loaded.sample.push_back(loaded.cells[i]);
    }
    return loaded;
}

// Rows as JSON, so that a difference prints well.
struct Collector final : RowSink {
    json rows = json::array();
    std::vector<MapReject> rejects;
    int skipped = 0;
    int mergedLines = 0;
    std::int64_t output = 0, input = 0, reasoning = 0;
    bool keep = true;

    void row(const store::RequestRow& row, const store::SourcePlace& /*place*/) override {
        input += row.inputUncached ? row.inputUncached->value() : 0;
        output += row.output ? row.output->value() : 0;
        reasoning += row.reasoning ? row.reasoning->value() : 0;
        if (!keep) {
            return;
        }
        json out;
        const auto count = [&](const char* key, const std::optional<TokenCount>& value) {
            out[key] = value ? json(value->value()) : json();
        };
        count("inputUncached", row.inputUncached);
        count("cacheRead", row.cacheRead);
        count("cacheWrite5m", row.cacheWrite5m);
        count("cacheWrite1h", row.cacheWrite1h);
        count("output", row.output);
        count("reasoning", row.reasoning);
        out["requests"] = row.requests;
        out["time"] = row.time ? json(row.time->toIso()) : json();
        out["cost"] = row.loggedCost ? json(row.loggedCost->toString()) : json();
        out["latency"] = row.latencySeconds ? json(*row.latencySeconds) : json();
        out["score"] = row.score ? json(*row.score) : json();
        out["prompt"] = row.prompt ? json(*row.prompt) : json();
        out["response"] = row.response ? json(*row.response) : json();
        for (const auto& [key, text] : {std::pair("model", row.model),
                                        {"provider", row.provider},
                                        {"serviceTier", row.serviceTier},
                                        {"region", row.region},
                                        {"team", row.team},
                                        {"user", row.user},
                                        {"session", row.session},
                                        {"tag", row.tag},
                                        {"domain", row.domain},
                                        {"dataClass", row.dataClass},
                                        {"requestId", row.requestId},
                                        {"dedupKey", row.dedupKey}}) {
            out[key] = text;
        }
        out["extras"] = json::object();
        for (const auto& extra : row.extras) {
            out["extras"][std::string(extra.key)] = extra.value;
        }
        rows.push_back(out);
    }
    void reject(const MapReject& reject, const store::SourcePlace& /*place*/) override { rejects.push_back(reject); }
    void notARequest(const store::SourcePlace& /*place*/) override { ++skipped; }
    void merged(const store::SourcePlace& /*place*/) override { ++mergedLines; }
};

void assemble(const Mapping& mapping, const Loaded& loaded, Collector& sink) {
    auto assembler = makeAssembler(mapping, loaded.header);
    if (!assembler) {
        qFatal("%s", assembler.error().describe().c_str());
    }
    std::int64_t line = 1;
    std::vector<std::string_view> views;
    for (const auto& cells : loaded.cells) {
        views.assign(cells.begin(), cells.end());
        (*assembler)->pushCells(views, {++line, 0}, sink);
    }
    for (const auto& object : loaded.objects) {
        (*assembler)->pushJson(object, {++line, 0}, sink);
    }
    (*assembler)->finish(sink);
}

json readJson(const std::filesystem::path& path) {
    std::ifstream stream(path);
    std::ostringstream text;
    text << stream.rdbuf();
    return json::parse(text.str());
}

// Figures that the expectation does not name must be missing: nothing is made up.
constexpr const char* kFigures[] = {"inputUncached", "cacheRead", "cacheWrite5m", "cacheWrite1h",
                                    "output",        "reasoning", "cost"};

bool same(const json& got, const json& wanted) {
    if (wanted.is_number_float() || got.is_number_float()) {
        return got.is_number() && wanted.is_number() && std::abs(got.get<double>() - wanted.get<double>()) < 1e-6;
    }
    return got == wanted;
}

std::string differences(const json& got, const json& wanted) {
    std::string text;
    const auto note = [&](const std::string& key, const json& has, const json& wants) {
        text += "\n  " + key + ": got " + has.dump() + ", wanted " + wants.dump();
    };
    for (const auto& [key, value] : wanted.items()) {
        if (key == "extras") {
            for (const auto& [name, extra] : value.items()) {
                if (got["extras"].value(name, json()) != extra) {
                    note("extra " + name, got["extras"].value(name, json()), extra);
                }
            }
        } else if (!same(got.at(key), value)) {
            note(key, got.at(key), value);
        }
    }
    for (const char* key : kFigures) {
        if (!wanted.contains(key) && !got.at(key).is_null()) {
            note(key, got.at(key), json());
        }
    }
    return text;
}

}  // namespace

class TestPresets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPresetHasAFixture();
    void fixture_data();
    void fixture();
    void unknownLogIsGuessed();
    void guessFindsConventions();
    void guessFindsForms();
    void guessFindsScores_data();
    void guessFindsScores();
    void savedPresetRoundTrip();
    void brokenPresetFiles();
    void realLogs_data();
    void realLogs();
    void realSessions();
    void serveGenTotals();
};

void TestPresets::everyPresetHasAFixture() {
    const json expected = readJson(test::sourcePath("tests/data/presets/expected.json"));
    for (const Preset& preset : builtInPresets()) {
        QVERIFY2(expected.contains(preset.id), preset.id.c_str());
        QVERIFY2(!preset.title.empty() && !preset.kind.empty(), preset.id.c_str());
    }
    QCOMPARE(expected.size(), builtInPresets().size());
}

void TestPresets::fixture_data() {
    QTest::addColumn<QString>("id");
    for (const Preset& preset : builtInPresets()) {
        QTest::newRow(preset.id.c_str()) << QString::fromStdString(preset.id);
    }
}

void TestPresets::fixture() {
    QFETCH(QString, id);
    const std::string name = id.toStdString();
    const json wanted = readJson(test::sourcePath("tests/data/presets/expected.json"))[name];
    const Loaded loaded = load(test::sourcePath("tests/data/presets/" + wanted["file"].get<std::string>()));
    const auto matches = detectPresets(loaded.header, loaded.sample);
    QCOMPARE(QString::fromStdString(matches.front().id), id);
    QVERIFY2(matches.front().confidence >= 0.8, std::to_string(matches.front().confidence).c_str());
    QVERIFY(!matches.front().because.empty());
    // No other preset may come near.
    QVERIFY2(matches.size() == 2 || matches[1].confidence < matches[0].confidence, matches[1].id.c_str());

    Collector sink;
    assemble(matches.front().mapping, loaded, sink);
    const std::string why =
        sink.rejects.empty() ? "" : sink.rejects.front().column + ": " + sink.rejects.front().reason;
    QVERIFY2(sink.rejects.size() == wanted.value("rejected", 0U), why.c_str());
    for (const MapReject& reject : sink.rejects) {
        QVERIFY(!reject.reason.empty() && !reject.hint.empty());
    }
    QCOMPARE(sink.skipped, wanted.value("notARequest", 0));
    QCOMPARE(sink.mergedLines, wanted.value("merged", 0));
    QCOMPARE(sink.rows.size(), wanted["rows"].size());
    for (std::size_t i = 0; i < sink.rows.size(); ++i) {
        const std::string text = differences(sink.rows[i], wanted["rows"][i]);
        QVERIFY2(text.empty(), ("row " + std::to_string(i + 1) + text).c_str());
    }
}

void TestPresets::unknownLogIsGuessed() {
    const std::vector<std::string> header = {"Zeit",       "Modell",     "Prompt Tokens", "Completion Tokens",
                                             "latency_ms", "cost_cents", "Abteilung",     "rating"};
    const std::vector<std::vector<std::string>> rows = {
        {"2026-09-01 08:00:00", "gpt-5", "100", "20", "1500", "2.5", "Einkauf", "8"}};
    const auto matches = detectPresets(header, rows);
    QCOMPARE(matches.size(), std::size_t{1});
    QCOMPARE(matches[0].id, std::string("generic"));
    QVERIFY(matches[0].confidence <= 0.6);
    auto mapper = RowMapper::compile(matches[0].mapping, header);
    TIERWISE_VERIFY_OK(mapper);
    std::vector<std::string_view> cells(rows[0].begin(), rows[0].end());
    store::RequestRow row;
    MapReject reject;
    QCOMPARE(mapper->map(cells, row, reject), MapStatus::row);
    QCOMPARE(row.inputUncached->value(), 100);
    QCOMPARE(row.output->value(), 20);
    QCOMPARE(*row.latencySeconds, 1.5F);
    QCOMPARE(row.loggedCost->toString(), std::string("0.025"));
    QCOMPARE(*row.score, 0.8F);
    QCOMPARE(row.extras.size(), std::size_t{1});
    QCOMPARE(row.extras[0].key, std::string_view("Abteilung"));
    QCOMPARE(row.extras[0].value, std::string_view("Einkauf"));
}

void TestPresets::guessFindsConventions() {
    const std::vector<std::string> header = {
        "timestamp", "model", "input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "total_tokens"};
    // 100 + 900 + 50 = 1050: cached tokens are apart, reasoning (30) is inside 50.
    const std::vector<std::vector<std::string>> apart = {{"1756684800", "m", "100", "900", "50", "30", "1050"}};
    auto mapping = guessMapping(header, apart);
    QCOMPARE(mapping.conventions.cache, CacheConvention::additional);
    QCOMPARE(mapping.conventions.reasoning, ReasoningConvention::inside);
    // 1000 + 50 + 30 = 1080: reasoning is outside, cached tokens inside 1000.
    const std::vector<std::vector<std::string>> outside = {{"1756684800", "m", "1000", "900", "50", "30", "1080"}};
    mapping = guessMapping(header, outside);
    QCOMPARE(mapping.conventions.cache, CacheConvention::included);
    QCOMPARE(mapping.conventions.reasoning, ReasoningConvention::outside);
}

void TestPresets::guessFindsForms() {
    const std::vector<std::string> header = {"date", "model", "input tokens", "output tokens", "cost"};
    const std::vector<std::vector<std::string>> rows = {{"25.12.2025 10:00", "m", "1.234", "5", "0,25"},
                                                        {"03.04.2026 10:00", "m", "2.500", "5", "1.000,25"}};
    const Mapping mapping = guessMapping(header, rows);
    QCOMPARE(mapping.conventions.numbers, NumberForm::commaDecimal);
    QCOMPARE(mapping.conventions.dates, DateOrder::dayFirst);
    auto mapper = RowMapper::compile(mapping, header);
    TIERWISE_VERIFY_OK(mapper);
    std::vector<std::string_view> cells(rows[1].begin(), rows[1].end());
    store::RequestRow row;
    MapReject reject;
    QCOMPARE(mapper->map(cells, row, reject), MapStatus::row);
    QCOMPARE(row.time->toIso(), std::string("2026-04-03T10:00:00Z"));
    QCOMPARE(row.inputUncached->value(), 2500);
    QCOMPARE(row.loggedCost->toString(), std::string("1000.25"));
}

// What people and judges say of an answer, in the log itself: each kind on its own scale, nothing where nobody said it.
void TestPresets::guessFindsScores_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<QList<double>>("scores");  // -1: unknown
    const auto row = [](const char* name, const QStringList& values, const QList<double>& scores) {
        QTest::newRow(name) << QString::fromUtf8(name) << values << scores;
    };
    row("score", {QStringLiteral("0.25"), QStringLiteral("1"), QString()}, {0.25, 1, -1});
    row("rating", {QStringLiteral("5"), QStringLiteral("1"), QStringLiteral("3"), QStringLiteral("N/A")},
        {1, 0, 0.5, -1});
    row("stars", {QStringLiteral("4/5"), QStringLiteral("1/5")}, {0.75, 0});
    row("User Rating", {QString::fromUtf8("\u2605\u2605\u2605"), QString::fromUtf8("\u2605\u2606\u2606\u2606\u2606")},
        {0.5, 0});
    row("grade", {QStringLiteral("8"), QStringLiteral("10"), QStringLiteral("0")}, {0.8, 1, 0});
    row("quality", {QStringLiteral("85"), QStringLiteral("40")}, {0.85, 0.4});
    row("accuracy", {QStringLiteral("50%"), QStringLiteral("1%")}, {0.5, 0.01});
    row("thumbs", {QStringLiteral("up"), QStringLiteral("thumbs_down"), QString::fromUtf8("\U0001F44D\U0001F3FD")},
        {1, 0, 1});
    row("feedback", {QStringLiteral("1"), QStringLiteral("-1"), QStringLiteral("+1")}, {1, 0, 1});
    row("passed", {QStringLiteral("True"), QStringLiteral("false"), QStringLiteral("PASS"), QStringLiteral("1.0")},
        {1, 0, 1, 1});
    row("feedback in words",
        {QStringLiteral("nice, thank you"), QStringLiteral("not what I asked"), QStringLiteral("ok")}, {-1, -1, -1});
}

void TestPresets::guessFindsScores() {
    QFETCH(QString, name);
    QFETCH(QStringList, values);
    QFETCH(QList<double>, scores);
    const std::vector<std::string> header = {"time", "model", "prompt_tokens", "completion_tokens",
                                             name.section(QStringLiteral(" in "), 0, 0).toStdString()};
    std::vector<std::vector<std::string>> rows;
    for (const QString& value : values) {
        rows.push_back({"2026-09-01 08:00:00", "m", "100", "20", value.toStdString()});
    }
    auto mapper = RowMapper::compile(guessMapping(header, rows), header);
    TIERWISE_VERIFY_OK(mapper);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::vector<std::string_view> cells(rows[i].begin(), rows[i].end());
        store::RequestRow row;
        MapReject reject;
        QCOMPARE(mapper->map(cells, row, reject), MapStatus::row);
        const double found = row.score ? static_cast<double>(*row.score) : -1;
        QVERIFY2(std::abs(found - scores[static_cast<qsizetype>(i)]) < 1e-6, qPrintable(QString::number(found)));
    }
}

void TestPresets::savedPresetRoundTrip() {
    QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString() + "/presets";
    QVERIFY(loadUserPresets(path).value().empty());
    const std::vector<std::string> header = {"when", "engine x", "tin", "tout"};
    Mapping mapping;
    mapping.columns = {{"when", Field::time, Unit::milliseconds},
                       {"engine x", Field::model, Unit::automatic},
                       {"tin", Field::inputTokens, Unit::thousands},
                       {"tout", Field::outputTokens, Unit::automatic}};
    mapping.conventions.timeZone = "Europe/Berlin";
    mapping.conventions.cache = CacheConvention::additional;
    mapping.only = {{"kind", {"llm"}}};
    mapping.pivot = {{"hits", Field::cacheRead}};
    auto preset = presetFromMapping(" Our gateway! ", mapping, header);
    TIERWISE_VERIFY_OK(preset);
    QCOMPARE(preset->id, std::string("my-our-gateway"));
    TIERWISE_VERIFY_OK(saveUserPreset(*preset, path));
    const auto loaded = loadUserPresets(path);
    TIERWISE_VERIFY_OK(loaded);
    QCOMPARE(loaded->size(), std::size_t{1});
    QVERIFY(loaded->front() == *preset);
    const auto matches = detectPresets(header, {}, *loaded);
    QCOMPARE(matches.front().id, preset->id);
    QVERIFY(matches.front().confidence >= 0.8);
    QVERIFY(!presetFromMapping("  ", mapping, header));
    TIERWISE_VERIFY_OK(deleteUserPreset(preset->id, path));
    QVERIFY(!deleteUserPreset(preset->id, path));
    QVERIFY(!deleteUserPreset("../etc/passwd", path));
    for (const Preset& builtIn : builtInPresets()) {
        const auto back = presetFromJson(toJson(builtIn));
        TIERWISE_VERIFY_OK(back);
        QVERIFY2(*back == builtIn, builtIn.id.c_str());
    }
}

void TestPresets::brokenPresetFiles() {
    for (const char* text :
         {"{}", "[]", "{\"id\":\"a\",\"title\":\"b\",\"signature\":{\"all\":[1]},\"columns\":[]}",
          "{\"id\":\"a\",\"title\":\"b\",\"signature\":{},\"columns\":[{\"field\":\"time\"}]}",
          "{\"id\":\"a\",\"title\":\"b\",\"signature\":{},\"columns\":[{\"column\":\"x\",\"field\":\"nope\"}]}",
          "{\"id\":\"a\",\"title\":\"b\",\"signature\":{},\"columns\":[],\"conventions\":{\"cache\":1}}"}) {
        const auto preset = presetFromJson(json::parse(text));
        QVERIFY2(!preset, text);
        QCOMPARE(preset.error().code, ErrorCode::badFormat);
    }
}

void TestPresets::realLogs_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("preset");
    QTest::addColumn<int>("rows");
    QTest::newRow("azure code") << "logs/AzureLLMInferenceTrace_code.csv"
                                << "azure-llm-trace" << 8819;
    QTest::newRow("azure conversation") << "logs/AzureLLMInferenceTrace_conv.csv"
                                        << "azure-llm-trace" << 19366;
    QTest::newRow("prompts") << "logs/awesome_chatgpt_prompts.csv"
                             << "awesome-chatgpt-prompts" << 1529;
    QTest::newRow("mooncake") << "logs/mooncake_conversation_trace.jsonl"
                              << "mooncake" << 12031;
    QTest::newRow("mt-bench") << "logs/mt_bench_question.jsonl"
                              << "mt-bench" << 160;
    QTest::newRow("arena-hard") << "logs/arena_hard_v0.1_question.jsonl"
                                << "arena-hard" << 500;
}

void TestPresets::realLogs() {
    TIERWISE_NEEDS_SHARED_DATA();
    QFETCH(QString, file);
    QFETCH(QString, preset);
    QFETCH(int, rows);
    const Loaded loaded = load(test::sharedData() / file.toStdString());
    const auto matches = detectPresets(loaded.header, loaded.sample);
    QCOMPARE(QString::fromStdString(matches.front().id), preset);
    Collector sink;
    assemble(matches.front().mapping, loaded, sink);
    const std::string why = sink.rejects.empty() ? "" : sink.rejects.front().reason;
    QVERIFY2(sink.rejects.empty(), why.c_str());
    QCOMPARE(sink.rows.size(), static_cast<std::size_t>(rows));
}

void TestPresets::realSessions() {
    TIERWISE_NEEDS_SHARED_DATA();
    const auto run = [](const char* file, const char* preset, Collector& sink) {
        const Loaded loaded = load(test::sharedData() / "logs" / file);
        const auto matches = detectPresets(loaded.header, loaded.sample);
        QCOMPARE(matches.front().id, std::string(preset));
        assemble(matches.front().mapping, loaded, sink);
        QVERIFY(sink.rejects.empty());
    };
    Collector claude;
    run("sessions/ccusage_claude.jsonl", "claude-code", claude);
    QCOMPARE(claude.rows.size(), std::size_t{3});
    QCOMPARE(claude.rows[1]["inputUncached"], 200);
    QCOMPARE(claude.rows[1]["cacheWrite5m"], 50);
    QCOMPARE(claude.rows[1]["cacheRead"], 20);
    QCOMPARE(claude.rows[1]["cost"], "0.34");
    Collector codex;
    run("sessions/ccusage_codex.jsonl", "codex-cli", codex);
    QCOMPARE(codex.rows.size(), std::size_t{2});
    QCOMPARE(codex.rows[0]["inputUncached"], 750);
    QCOMPARE(codex.rows[1]["model"], "gpt-5.3-codex");
    QCOMPARE(codex.rows[1]["inputUncached"], 2000);
    for (const char* file : {"claude_code_edge_cases", "claude_code_representative_messages", "claude_code_session_b",
                             "claude_code_todowrite_examples"}) {
        Collector sink;
        run((std::string("sessions/") + file + ".jsonl").c_str(), "claude-code", sink);
        QVERIFY2(!sink.rows.empty(), file);
    }
    for (const char* file :
         {"beeai-2025-08-01", "google-adk-2025-08-28", "langgraph-2025-08-22", "pydantic-ai-tools-2025-12-04"}) {
        Collector sink;
        const Loaded loaded = load(test::sharedData() / "logs" / "otel" / (std::string(file) + ".json"));
        const auto matches = detectPresets(loaded.header, loaded.sample);
        QVERIFY2(matches.front().id.rfind("langfuse", 0) == 0, matches.front().id.c_str());
        assemble(matches.front().mapping, loaded, sink);
        for (const MapReject& reject : sink.rejects) {
            // Model calls whose span says neither tokens nor text.
            QVERIFY2(reject.reason.find("no token counts, no text") != std::string::npos, reject.reason.c_str());
        }
        QVERIFY2(!sink.rows.empty(), file);
        for (const auto& row : sink.rows) {
            // One of the frameworks logs no counts: they are unknown then, and never 0.
            QVERIFY2(row["inputUncached"].is_null() || row["inputUncached"].get<int>() > 0, row.dump().c_str());
            QVERIFY2(!row["model"].get<std::string>().empty(), row.dump().c_str());
        }
    }
}

void TestPresets::serveGenTotals() {
    TIERWISE_NEEDS_SHARED_DATA();
    if (qEnvironmentVariableIsEmpty("TIERWISE_LONG_TESTS")) {
        QSKIP("set TIERWISE_LONG_TESTS for the 1.38 million rows");
    }
    auto reader = RecordReader::open((test::sharedData() / "logs/servegen_deepseek_r1_24h.csv.zst").string(), {}, {});
    TIERWISE_VERIFY_OK(reader);
    const auto header = (*reader)->info().columns;
    const auto matches = detectPresets(header, {});
    QCOMPARE(matches.front().id, std::string("servegen"));
    auto mapper = RowMapper::compile(matches.front().mapping, header);
    Collector sink;
    sink.keep = false;
    std::int64_t rows = 0;
    qint64 mapping = 0;
    RecordBatch batch;
    std::vector<std::string_view> cells;
    store::RequestRow row;
    MapReject reject;
    QElapsedTimer clock;
    while ((*reader)->next(batch).value_or(false)) {
        clock.start();
        for (std::size_t i = 0; i < batch.records.size(); ++i) {
            cells.clear();
            for (const Cell& cell : batch.row(i)) {
                cells.push_back(cell.view());
            }
            QCOMPARE(mapper->map(cells, row, reject), MapStatus::row);
            sink.row(row, {});
            ++rows;
        }
        mapping += clock.nsecsElapsed();
    }
    qInfo("mapped %lld rows in %.3f s", static_cast<long long>(rows), static_cast<double>(mapping) * 1e-9);
    QCOMPARE(rows, std::int64_t{1383669});
    // Totals as the data's own description gives them.
    QCOMPARE(sink.input, std::int64_t{1757629039});
    QCOMPARE(sink.output, std::int64_t{2117037580});
    QCOMPARE(sink.reasoning, std::int64_t{1573385679});
}

QTEST_APPLESS_MAIN(TestPresets)
#include "tst_presets.moc"
