// SPDX-License-Identifier: GPL-3.0-or-later
// Outcome files of every accepted shape, read into one kind of record.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/base/decimal.h"
#include "core/ingest/reader/record_reader.h"
#include "core/project/outcomes.h"

namespace tierwise::project {

namespace {

namespace fs = std::filesystem;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

std::optional<double> number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
        return {};
    }
    return value;
}

enum class ScoreKind { fraction, pass, stars, thumbs, winner };

// The score of one cell, or nothing where it is not of the kind.
std::optional<float> scoreOf(ScoreKind kind, std::string_view text) {
    const std::string word = lower(text);
    const auto value = number(text);
    switch (kind) {
        case ScoreKind::fraction: {
            if (!text.empty() && text.back() == '%') {
                const auto percent = number(trimmed(text.substr(0, text.size() - 1)));
                return percent && *percent >= 0 && *percent <= 100
                           ? std::optional<float>(static_cast<float>(*percent / 100))
                           : std::nullopt;
            }
            if (!value) {
                return scoreOf(ScoreKind::pass, text);
            }
            return *value >= 0 && *value <= 1 ? std::optional<float>(static_cast<float>(*value)) : std::nullopt;
        }
        case ScoreKind::stars:
            return value && *value >= 1 && *value <= 5 ? std::optional<float>(static_cast<float>((*value - 1) / 4))
                                                       : std::nullopt;
        case ScoreKind::pass:
        case ScoreKind::thumbs: {
            static const std::set<std::string> kGood = {"1",      "true", "yes",     "pass",
                                                        "passed", "ok",   "correct", "resolved",
                                                        "up",     "+1",   "good",    "\xf0\x9f\x91\x8d"};
            static const std::set<std::string> kBad = {"0",      "false", "no",        "fail",
                                                       "failed", "wrong", "incorrect", "unresolved",
                                                       "down",   "-1",    "bad",       "\xf0\x9f\x91\x8e"};
            return kGood.count(word) != 0 ? std::optional<float>(1.0F)
                                          : (kBad.count(word) != 0 ? std::optional<float>(0.0F) : std::nullopt);
        }
        case ScoreKind::winner:
            break;
    }
    return {};
}

// Where each field stands in a delimited file.
struct Columns {
    std::map<std::string, std::size_t> at;
    std::optional<ScoreKind> kind;
    std::size_t score = 0;

    template <typename Names>
    [[nodiscard]] std::optional<std::size_t> find(const Names& names) const {
        for (const char* name : names) {
            if (const auto found = at.find(name); found != at.end()) {
                return found->second;
            }
        }
        return {};
    }
};

Columns columnsOf(const std::vector<std::string>& names) {
    Columns columns;
    for (std::size_t i = 0; i < names.size(); ++i) {
        columns.at.emplace(lower(trimmed(names[i])), i);
    }
    const std::pair<ScoreKind, std::vector<const char*>> kinds[] = {
        {ScoreKind::winner, {"winner"}},
        {ScoreKind::fraction, {"score"}},
        {ScoreKind::pass, {"pass", "passed", "resolved", "correct", "success"}},
        {ScoreKind::stars, {"stars", "rating"}},
        {ScoreKind::thumbs, {"thumbs", "feedback"}}};
    for (const auto& [kind, words] : kinds) {
        if (const auto found = columns.find(words); found && !columns.kind) {
            columns.kind = kind;
            columns.score = *found;
        }
    }
    return columns;
}

class DelimitedOutcomes {
public:
    DelimitedOutcomes(const Columns& columns, std::string file, OutcomeFiles& out)
        : m_columns(columns), m_file(std::move(file)), m_out(out) {}

    void take(const ingest::RecordBatch& batch) {
        for (std::size_t row = 0; row < batch.records.size(); ++row) {
            ++m_out.read;
            const auto reason = takeRow(batch, row);
            if (!reason.empty()) {
                m_out.rejects.push_back({m_file, batch.records[row].line, reason});
            }
        }
        for (const auto& reject : batch.rejects) {
            ++m_out.read;
            m_out.rejects.push_back({m_file, reject.line, reject.reason});
        }
    }

private:
    [[nodiscard]] std::string_view cell(const ingest::RecordBatch& batch, std::size_t row,
                                        std::initializer_list<const char*> names) const {
        const auto column = m_columns.find(names);
        return column ? trimmed(batch.text(row, *column)) : std::string_view();
    }

    // Why the row cannot be used; empty where it was.
    [[nodiscard]] std::string takeRow(const ingest::RecordBatch& batch, std::size_t row) {
        OutcomeRecord record;
        record.requestId = cell(batch, row, {"request_id", "requestid", "id", "instance_id"});
        record.group = cell(batch, row, {"benchmark", "set"});
        record.answer = cell(batch, row, {"answer"});
        if (record.requestId.empty()) {
            return "it names no request";
        }
        const auto tokens = [&](std::initializer_list<const char*> names, std::optional<std::int64_t>& into) {
            const auto text = cell(batch, row, names);
            const auto value = number(text);
            if (!text.empty() && (!value || *value < 0 || *value > 1e15)) {
                return false;
            }
            into = value ? std::optional<std::int64_t>(std::llround(*value)) : std::nullopt;
            return true;
        };
        if (!tokens({"in_tokens", "input_tokens", "prompt_tokens"}, record.inputTokens) ||
            !tokens({"out_tokens", "output_tokens", "completion_tokens"}, record.outputTokens)) {
            return "a token count is not a number of at least 0";
        }
        if (const auto text = cell(batch, row, {"cost_usd", "cost"}); !text.empty()) {
            bool rounded = false;
            record.costPico = parseScaledDecimalRounded(text, Money::kScale, &rounded);
            if (!record.costPico || *record.costPico < 0) {
                return fmt::format("\"{}\" is not a cost in dollars of at least 0", text);
            }
        }
        if (const auto text = cell(batch, row, {"latency_s", "latency", "latency_seconds"}); !text.empty()) {
            const auto value = number(text);
            if (!value || *value < 0) {
                return "a latency is not a number of seconds of at least 0";
            }
            record.latencySeconds = static_cast<float>(*value);
        }
        if (m_columns.kind == ScoreKind::winner) {
            return takePair(batch, row, record);
        }
        record.model = cell(batch, row, {"model"});
        if (record.model.empty()) {
            return "it names no model";
        }
        if (m_columns.kind) {
            const auto text = trimmed(batch.text(row, m_columns.score));
            record.score = scoreOf(*m_columns.kind, text);
            if (!text.empty() && !record.score) {
                return fmt::format("\"{}\" is not a score of the kind that its column's name promises", text);
            }
        }
        if (!record.score && !record.costPico) {
            ++m_out.empty;
            return {};
        }
        m_out.records.push_back(std::move(record));
        return {};
    }

    [[nodiscard]] std::string takePair(const ingest::RecordBatch& batch, std::size_t row, OutcomeRecord& record) {
        // Either model_a, model_b and which of them won, or the two in the columns winner and loser.
        const bool named = m_columns.find(std::array{"loser"}) && !m_columns.find(std::array{"model_a"});
        const std::string a(named ? cell(batch, row, {"winner"}) : cell(batch, row, {"model_a"}));
        const std::string b(named ? cell(batch, row, {"loser"}) : cell(batch, row, {"model_b"}));
        const std::string winner = lower(trimmed(batch.text(row, m_columns.score)));
        if (a.empty() || b.empty()) {
            return "a pairwise preference needs model_a and model_b, or winner and loser";
        }
        if (lower(a) == lower(b)) {
            return "a model cannot win against itself";
        }
        const bool tie = winner.rfind("tie", 0) == 0 || winner == "both";
        const bool first = winner == "a" || winner == "model_a" || winner == lower(a);
        const bool second = winner == "b" || winner == "model_b" || winner == lower(b);
        if (!tie && !first && !second) {
            return fmt::format("\"{}\" is no winner (a, b, tie, or a model's name)", winner);
        }
        record.model = a;
        record.score = tie ? 0.5F : (first ? 1.0F : 0.0F);
        m_out.records.push_back(record);
        record.model = b;
        record.score = 1.0F - *record.score;
        m_out.records.push_back(record);
        return {};
    }

    const Columns& m_columns;
    std::string m_file;
    OutcomeFiles& m_out;
};

Result<void> readDelimited(const fs::path& file, OutcomeFiles& out, const TaskContext& context) {
    const auto reader = ingest::RecordReader::open(file.string(), {}, context);
    if (!reader) {
        return fail(reader.error());
    }
    const auto columns = columnsOf((*reader)->info().columns);
    const bool pair = columns.kind == ScoreKind::winner;
    if (!columns.find(std::array{"request_id", "requestid", "id", "instance_id"}) ||
        (!pair && !columns.find(std::array{"model"})) ||
        (!columns.kind && !columns.find(std::array{"cost_usd", "cost"}))) {
        return fail(ErrorCode::badFormat, "this file has no columns of outcomes",
                    "It needs request_id, model, and one of score, pass, stars, thumbs, winner or cost_usd.",
                    file.string());
    }
    DelimitedOutcomes outcomes(columns, file.string(), out);
    ingest::RecordBatch batch;
    for (;;) {
        const auto more = (*reader)->next(batch);
        if (!more) {
            return fail(more.error());
        }
        if (!*more) {
            return {};
        }
        outcomes.take(batch);
        if (context.stopRequested()) {
            return TaskContext::cancelled();
        }
    }
}

// {"instance": {"resolved": true, "cost": 0.35}}
Result<void> readInstances(const fs::path& file, const std::string& model, const std::string& group,
                           const std::string& prefix, OutcomeFiles& out) {
    std::ifstream stream(file);
    const auto document = nlohmann::json::parse(stream, nullptr, false);
    if (!document.is_object()) {
        return fail(ErrorCode::badFormat, "this is no object of instances and their outcomes",
                    "Expected is {\"instance\": {\"resolved\": true, \"cost\": 0.35}, ...}.", file.string());
    }
    for (const auto& [id, entry] : document.items()) {
        ++out.read;
        OutcomeRecord record;
        record.requestId = prefix + id;
        record.model = model;
        record.group = group;
        const auto resolved = entry.is_object() && entry.contains("resolved") ? entry["resolved"] : nlohmann::json();
        const auto cost = entry.is_object() && entry.contains("cost") ? entry["cost"] : nlohmann::json();
        if (!entry.is_object() || (!resolved.is_null() && !resolved.is_boolean()) ||
            (!cost.is_null() && (!cost.is_number() || cost.get<double>() < 0 || cost.get<double>() > 9e6))) {
            out.rejects.push_back({file.string(), 0,
                                   fmt::format("\"{}\": resolved must be true, false or null, and cost "
                                               "dollars of at least 0 or null",
                                               id)});
            continue;
        }
        if (resolved.is_boolean()) {
            record.score = resolved.get<bool>() ? 1.0F : 0.0F;
        }
        if (cost.is_number()) {
            record.costPico = std::llround(cost.get<double>() * 1e12);
        }
        if (!record.score && !record.costPico) {
            ++out.empty;
            continue;
        }
        out.records.push_back(std::move(record));
    }
    return {};
}

// MODEL/instance_results/BENCHMARK.json, anywhere below the folder, in the order of their names.
Result<void> readFolder(const OutcomeImportOptions& options, OutcomeFiles& out, const TaskContext& context) {
    std::vector<fs::path> files;
    std::set<std::string> benchmarks;
    std::error_code error;
    for (auto it = fs::recursive_directory_iterator(options.source, error);
         !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
        const auto& path = it->path();
        if (path.extension() == ".json" && path.parent_path().filename() == "instance_results" &&
            (options.benchmark.empty() || path.stem() == options.benchmark)) {
            files.push_back(path);
            benchmarks.insert(path.stem().string());
        }
    }
    if (error) {
        return fail(ErrorCode::io, "cannot read the folder: " + error.message(), "Check the path.",
                    options.source.string());
    }
    if (files.empty()) {
        return fail(ErrorCode::notFound,
                    options.benchmark.empty()
                        ? std::string("there are no outcomes in this folder")
                        : fmt::format("there are no outcomes of \"{}\" in this folder", options.benchmark),
                    "Expected are files MODEL/instance_results/BENCHMARK.json.", options.source.string());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        if (context.stopRequested()) {
            return TaskContext::cancelled();
        }
        const std::string group = file.stem().string();
        const std::string prefix = benchmarks.size() > 1 ? group + "/" : std::string();
        const auto model = file.parent_path().parent_path().filename().string();
        if (auto done = readInstances(file, model, group, prefix, out); !done) {
            return done;
        }
    }
    return {};
}

}  // namespace

Result<OutcomeFiles> readOutcomes(const OutcomeImportOptions& options, const TaskContext& context) {
    OutcomeFiles out;
    std::error_code error;
    if (!fs::exists(options.source, error)) {
        return fail(ErrorCode::notFound, "there is no such file or folder", "Check the path.", options.source.string());
    }
    Result<void> done;
    if (fs::is_directory(options.source, error)) {
        done = readFolder(options, out, context);
    } else if (options.source.extension() == ".json") {
        if (options.model.empty()) {
            return fail(ErrorCode::invalidArgument, "this file does not say whose outcomes it holds", "Name the model.",
                        options.source.string());
        }
        done = readInstances(options.source, options.model, options.source.stem().string(), {}, out);
    } else {
        done = readDelimited(options.source, out, context);
    }
    if (!done) {
        return fail(done.error());
    }
    return out;
}

}  // namespace tierwise::project
