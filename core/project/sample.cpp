// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/sample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "core/base/money.h"
#include "core/base/rng.h"
#include "core/base/timestamp.h"
#include "core/ingest/reader/csv_writer.h"
#include "core/project/sample_prompts.h"

namespace tierwise::project {
namespace {

constexpr std::int64_t kMinRows = 100;
constexpr std::int64_t kMaxRows = 1'000'000;
constexpr int kScoredOneIn = 5;
constexpr int kNoCostOneIn = 33;
constexpr int kRepeatedOneIn = 520;
constexpr int kUnreadableOneIn = 290;
constexpr std::int64_t kLongContext = 200'000;
constexpr std::int64_t kCacheBlock = 128;

/// Pico-dollars a token: $1 per million tokens is 1,000,000.
struct Rates {
    std::int64_t input = 0, output = 0, cacheRead = 0, cacheWrite = 0;
};

// A model of the sample. Rates are the list prices of September 2026 as in the catalog; ability is the author's guess,
// which only makes the scores plausible.
struct Model {
    std::string_view name;  ///< as this company's gateways log it
    std::string_view provider;
    Rates rates;
    bool priced = true;
    double ability = 0;
    double thinking = 0;  ///< reasoning tokens per answer token at difficulty 1
    enum class Cache { none, writes, blocks } cache = Cache::none;
    double tokensPerSecond = 60;
};

constexpr std::array<Model, 10> kModels = {{
    {"claude-opus-4-6",
     "anthropic",
     {5'000'000, 25'000'000, 500'000, 6'250'000},
     true,
     0.94,
     6,
     Model::Cache::writes,
     55},
    {"openai/o3", "openai", {2'000'000, 8'000'000, 500'000, 0}, true, 0.90, 14, Model::Cache::blocks, 80},
    {"gemini-3.1-pro-preview", "google", {2'000'000, 12'000'000, 200'000, 0}, true, 0.91, 9, Model::Cache::blocks, 95},
    {"claude-sonnet-4-6",
     "anthropic",
     {3'000'000, 15'000'000, 300'000, 3'750'000},
     true,
     0.84,
     3,
     Model::Cache::writes,
     70},
    {"qwen3.5-397b-a17b", "alibaba", {600'000, 3'600'000, 0, 0}, true, 0.76, 0, Model::Cache::none, 75},
    {"mimo-v2-pro", "xiaomi", {435'000, 870'000, 3'600, 0}, true, 0.73, 0, Model::Cache::blocks, 90},
    {"nvidia/nemotron-3-super-120b-a12b",
     "openrouter",
     {85'000, 400'000, 0, 0},
     true,
     0.66,
     0,
     Model::Cache::none,
     140},
    {"qwen3:14b", "ollama", {0, 0, 0, 0}, true, 0.48, 0, Model::Cache::none, 42},
    {"support-bot-v3", "azure", {1'000'000, 3'000'000, 0, 0}, true, 0.62, 0, Model::Cache::none, 65},
    {"my-deployment-7", "", {0, 0, 0, 0}, false, 0.60, 0, Model::Cache::none, 60},
}};
constexpr std::size_t kO3 = 1;
constexpr std::size_t kGemini = 2;
constexpr Rates kGeminiLong = {4'000'000, 18'000'000, 400'000, 0};
constexpr Rates kO3Flex = {1'000'000, 4'000'000, 250'000, 0};
/// What o3 cost until June 2025: the finance team's gateway was never told.
constexpr Rates kO3Stale = {10'000'000, 40'000'000, 2'500'000, 0};

struct Weighted {
    std::string_view name;
    int weight;
};

struct Team {
    std::string_view name;
    int share;  ///< of 100 sessions
    int users;
    int systemTokens;
    int maxTurns;
    std::array<Weighted, 3> domains;
    std::array<int, kModels.size()> models;  ///< weights
    std::string_view tag;
};

constexpr std::array<Team, 8> kTeams = {{
    {"support",
     38,
     9,
     420,
     3,
     {{{"support", 8}, {"extraction", 1}, {"translation", 1}}},
     {18, 4, 6, 38, 4, 8, 4, 10, 8, 0},
     "helpdesk"},
    {"engineering",
     19,
     8,
     650,
     3,
     {{{"code", 9}, {"science", 1}, {"chat", 1}}},
     {52, 16, 8, 14, 3, 2, 2, 3, 0, 0},
     "ide"},
    {"operations",
     6,
     3,
     900,
     11,
     {{{"agent", 10}, {"agent", 1}, {"extraction", 1}}},
     {34, 6, 8, 40, 4, 8, 0, 0, 0, 0},
     "agents"},
    {"legal",
     6,
     3,
     300,
     2,
     {{{"law", 8}, {"translation", 1}, {"summary", 1}}},
     {66, 10, 20, 4, 0, 0, 0, 0, 0, 0},
     "contracts"},
    {"finance",
     8,
     4,
     350,
     2,
     {{{"finance", 8}, {"extraction", 2}, {"science", 1}}},
     {30, 42, 10, 10, 2, 4, 0, 2, 0, 0},
     "controlling"},
    {"research",
     5,
     3,
     250,
     2,
     {{{"science", 8}, {"summary", 2}, {"code", 1}}},
     {20, 34, 28, 4, 8, 4, 2, 0, 0, 0},
     "lab"},
    {"marketing",
     12,
     6,
     280,
     2,
     {{{"chat", 6}, {"translation", 4}, {"summary", 2}}},
     {28, 4, 18, 24, 6, 6, 4, 6, 0, 4},
     "campaigns"},
    {"back-office",
     6,
     3,
     220,
     1,
     {{{"extraction", 6}, {"summary", 4}, {"translation", 1}}},
     {10, 4, 10, 30, 14, 14, 6, 8, 0, 4},
     "legacy-importer"},
}};

struct Row {
    Timestamp time;
    std::size_t model = 0;
    const Team* team = nullptr;
    const SamplePrompt* prompt = nullptr;
    std::string text, user, session, serviceTier, cost, score;
    std::int64_t uncached = 0, cacheRead = 0, cacheWrite = 0, output = 0, reasoning = 0;
    double latency = 0;
};

class Generator {
public:
    explicit Generator(std::uint64_t seed) : m_rng(seed) {}

    void session(std::vector<Row>& rows);
    [[nodiscard]] std::int64_t below(std::int64_t bound) {
        return static_cast<std::int64_t>(m_rng.below(static_cast<std::uint64_t>(bound)));
    }
    [[nodiscard]] bool oneIn(int n) { return below(n) == 0; }

private:
    [[nodiscard]] std::size_t pick(std::span<const int> weights) {
        std::int64_t total = 0;
        for (const int weight : weights) {
            total += weight;
        }
        std::int64_t at = below(total);
        std::size_t index = 0;
        while (at >= weights[index]) {
            at -= weights[index++];
        }
        return index;
    }
    /// Around a typical size, between a third and three times it; the sum of uniforms keeps it the same everywhere.
    [[nodiscard]] std::int64_t around(double typical) {
        const double spread = (m_rng.uniform() + m_rng.uniform() + m_rng.uniform()) * 2 - 3;
        return std::max<std::int64_t>(1, std::llround(typical * std::pow(3.0, spread / 3 * 1.2)));
    }
    [[nodiscard]] const SamplePrompt& choosePrompt(const Team& team);
    [[nodiscard]] std::string fill(std::string_view text);
    [[nodiscard]] Timestamp sessionStart();
    void usage(Row& row, std::int64_t& prefix, std::int64_t systemTokens);
    void money(Row& row);
    void judge(Row& row);

    Rng m_rng;
    std::int64_t m_sessions = 0;
};

const SamplePrompt& Generator::choosePrompt(const Team& team) {
    const std::array<int, 3> weights = {team.domains[0].weight, team.domains[1].weight, team.domains[2].weight};
    const std::string_view domain = team.domains[pick(weights)].name;
    std::vector<const SamplePrompt*> fitting;
    for (const SamplePrompt& prompt : samplePrompts()) {
        if (prompt.domain == domain) {
            fitting.push_back(&prompt);
        }
    }
    // Easy work is more common than hard work: of two draws the easier one, two times out of three.
    const auto* first = fitting[static_cast<std::size_t>(below(static_cast<std::int64_t>(fitting.size())))];
    const auto* second = fitting[static_cast<std::size_t>(below(static_cast<std::int64_t>(fitting.size())))];
    const bool easier = below(3) != 0;
    return (first->difficulty < second->difficulty) == easier ? *first : *second;
}

std::string Generator::fill(std::string_view text) {
    std::string filled;
    while (true) {
        const std::size_t open = text.find('{');
        filled += text.substr(0, open);
        if (open == std::string_view::npos) {
            return filled;
        }
        const std::size_t close = text.find('}', open);
        const std::string_view name = text.substr(open + 1, close - open - 1);
        const auto fillings = sampleSlot(name);
        if (name == "order") {
            filled += fmt::format("BF-{:05}", below(90'000) + 10'000);
        } else {
            filled += fillings[static_cast<std::size_t>(below(static_cast<std::int64_t>(fillings.size())))];
        }
        text.remove_prefix(close + 1);
    }
}

// Office hours of a working month: weekends are quiet, mornings and early afternoons busy. 2026-09-01 is a Tuesday.
Timestamp Generator::sessionStart() {
    while (true) {
        const std::int64_t day = below(30);
        const std::int64_t weekday = (day + 1) % 7;  // 0 Monday
        if (weekday >= 5 && !oneIn(6)) {
            continue;
        }
        const double hour = 6.5 + 11.5 * (m_rng.uniform() + m_rng.uniform()) / 2 + (oneIn(12) ? 5 : 0);
        const auto millis = static_cast<std::int64_t>(std::llround(hour * 3'600'000));
        return Timestamp::fromNanos(Timestamp::fromCivil(2026, 9, 1).nanos() +
                                    (day * 86'400'000 + millis + below(1000)) * 1'000'000);
    }
}

void Generator::usage(Row& row, std::int64_t& prefix, std::int64_t systemTokens) {
    const Model& model = kModels[row.model];
    const SamplePrompt& prompt = *row.prompt;
    // About four bytes a token in these languages; the exact count is the tokenizer's business.
    const auto words = static_cast<std::int64_t>(row.text.size() / 4 + 1);
    const std::int64_t fresh =
        words + (prefix == 0 ? systemTokens : 0) + around(prompt.contextTokens * (prefix == 0 ? 1.0 : 0.25));
    std::int64_t total = prefix + fresh;
    if (model.cache == Model::Cache::writes && total > 1024) {
        row.cacheRead = prefix;
        row.cacheWrite = total - prefix - words;
        row.uncached = words;
    } else if (model.cache == Model::Cache::blocks && prefix >= 8 * kCacheBlock) {
        row.cacheRead = prefix / kCacheBlock * kCacheBlock;
        row.uncached = total - row.cacheRead;
    } else {
        row.uncached = total;
    }
    const std::int64_t answer = around(prompt.answerTokens);
    const double effort = model.thinking * (0.15 + prompt.difficulty * prompt.difficulty);
    row.reasoning = effort > 0 ? around(static_cast<double>(answer) * effort) : 0;
    row.output = answer + row.reasoning;
    prefix = total + answer;
    row.latency = 0.4 + static_cast<double>(total) / 30'000 + static_cast<double>(row.output) / model.tokensPerSecond;
}

void Generator::money(Row& row) {
    const Model& model = kModels[row.model];
    Rates rates = model.rates;
    if (row.model == kGemini && row.uncached + row.cacheRead + row.cacheWrite > kLongContext) {
        rates = kGeminiLong;
    } else if (row.model == kO3 && row.team->name == "research" && oneIn(3)) {
        rates = kO3Flex;
        row.serviceTier = "flex";
    } else if (row.model == kO3 && row.team->name == "finance") {
        rates = kO3Stale;
    }
    std::int64_t pico = row.uncached * rates.input + row.cacheRead * rates.cacheRead +
                        row.cacheWrite * rates.cacheWrite + row.output * rates.output;
    const bool cents = row.team->name == "back-office" && row.prompt->domain == "translation";
    if (!model.priced || oneIn(kNoCostOneIn)) {
        return;
    }
    row.cost = Money::fromPico(cents ? pico * 100 : pico).toString();
}

void Generator::judge(Row& row) {
    if (!oneIn(kScoredOneIn)) {
        return;
    }
    const double margin = kModels[row.model].ability - row.prompt->difficulty;
    const double good = 0.97 / (1 + std::exp(-(5 * margin - 0.4)));
    row.score = m_rng.uniform() < good ? "1" : oneIn(4) ? "0.5" : "0";
}

void Generator::session(std::vector<Row>& rows) {
    std::array<int, kTeams.size()> shares{};
    for (std::size_t i = 0; i < kTeams.size(); ++i) {
        shares[i] = kTeams[i].share;
    }
    const Team& team = kTeams[pick(shares)];
    const std::size_t model = pick(team.models);
    const std::string user = fmt::format("{}-{:02}", team.name, below(team.users) + 1);
    const std::string session = fmt::format("s-{:05}", ++m_sessions);
    std::int64_t turns = 1 + below(team.maxTurns);
    if (team.maxTurns > 4) {
        turns = 3 + below(team.maxTurns - 2);
    }
    std::int64_t time = sessionStart().nanos();
    std::int64_t prefix = 0;
    for (std::int64_t turn = 0; turn < turns; ++turn) {
        Row row;
        row.model = model;
        row.team = &team;
        row.prompt = &choosePrompt(team);
        row.text = fill(row.prompt->text);
        row.user = user;
        row.session = session;
        row.time = Timestamp::fromNanos(time);
        usage(row, prefix, team.systemTokens);
        money(row);
        judge(row);
        time += (static_cast<std::int64_t>(row.latency) + 15 + below(team.maxTurns > 4 ? 40 : 200)) * 1'000'000'000 +
                below(1000) * 1'000'000;
        rows.push_back(std::move(row));
    }
}

constexpr std::array<std::string_view, 22> kHeader = {"time",
                                                      "request_id",
                                                      "model",
                                                      "provider",
                                                      "service_tier",
                                                      "team",
                                                      "user",
                                                      "session",
                                                      "tag",
                                                      "domain",
                                                      "input_uncached_tokens",
                                                      "cache_read_tokens",
                                                      "cache_write_5m_tokens",
                                                      "output_tokens",
                                                      "reasoning_tokens",
                                                      "cost_usd",
                                                      "latency_seconds",
                                                      "score",
                                                      "data_class",
                                                      "prompt",
                                                      "synthetic",
                                                      "difficulty_by_author"};

std::vector<std::string> cellsOf(const Row& row, std::int64_t number) {
    const Model& model = kModels[row.model];
    const bool caches = model.cache != Model::Cache::none;
    return {row.time.toIso(),
            fmt::format("req-{:06}", number),
            std::string(model.name),
            std::string(model.provider),
            row.serviceTier,
            std::string(row.team->name),
            row.user,
            row.session,
            std::string(row.team->tag),
            std::string(row.prompt->domain),
            fmt::format("{}", row.uncached),
            caches ? fmt::format("{}", row.cacheRead) : std::string(),
            model.cache == Model::Cache::writes ? fmt::format("{}", row.cacheWrite) : std::string(),
            fmt::format("{}", row.output),
            model.thinking > 0 ? fmt::format("{}", row.reasoning) : std::string(),
            row.cost,
            fmt::format("{:.2f}", row.latency),
            row.score,
            std::string(row.prompt->dataClass),
            row.text,
            "synthetic sample",
            fmt::format("{:.2f}", row.prompt->difficulty)};
}

// What goes wrong in real logs, one kind after the other.
void spoil(std::vector<std::string>& cells, std::int64_t kind) {
    static constexpr std::array<std::pair<std::size_t, std::string_view>, 7> kDamage = {{{10, "n/a tokens"},
                                                                                         {13, "-12"},
                                                                                         {0, "yesterday"},
                                                                                         {17, "7.5"},
                                                                                         {15, "0.1.2"},
                                                                                         {0, "2026-09-31T10:00:00Z"},
                                                                                         {13, "1200 (truncated)"}}};
    const auto& [column, value] = kDamage[static_cast<std::size_t>(kind) % kDamage.size()];
    cells[column] = value;
}

void append(std::string& csv, const std::vector<std::string>& cells) {
    const std::vector<std::string_view> views(cells.begin(), cells.end());
    ingest::appendCsvRow(csv, views);
}

}  // namespace

Result<SampleFile> makeSample(const SampleOptions& options) {
    if (options.rows < kMinRows || options.rows > kMaxRows) {
        return fail(ErrorCode::invalidArgument, "a sample has 100 to 1,000,000 rows", "Choose another number of rows.");
    }
    Generator generator(options.seed);
    SampleFile file;
    file.rows = options.rows;
    file.repeated = options.rows / kRepeatedOneIn;
    file.unreadable = options.rows / kUnreadableOneIn;
    const auto wanted = static_cast<std::size_t>(options.rows - file.repeated);
    std::vector<Row> rows;
    while (rows.size() < wanted) {
        generator.session(rows);
    }
    rows.resize(wanted);
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.time < b.time; });
    ingest::appendCsvRow(file.csv, kHeader);
    std::int64_t repeated = 0;
    std::int64_t spoiled = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto number = static_cast<std::int64_t>(i) + 1;
        auto cells = cellsOf(rows[i], number);
        const bool bad = spoiled < file.unreadable && number % kUnreadableOneIn == 0;
        if (bad) {
            spoil(cells, spoiled++);
        }
        append(file.csv, cells);
        if (!bad && repeated < file.repeated && number % kRepeatedOneIn == kRepeatedOneIn / 2) {
            append(file.csv, cells);
            ++repeated;
        }
    }
    file.rows = static_cast<std::int64_t>(rows.size()) + repeated;
    file.repeated = repeated;
    file.unreadable = spoiled;
    return file;
}

}  // namespace tierwise::project
