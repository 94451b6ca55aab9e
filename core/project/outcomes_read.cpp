// SPDX-License-Identifier: GPL-3.0-or-later
// Outcome files of every accepted shape, read into one kind of record.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <set>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/ingest/mapping_values.h"
#include "core/ingest/reader/record_reader.h"
#include "core/project/outcome_columns.h"
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

// Rows of a table, or JSON objects, one after the other.
class OutcomeRows {
public:
    OutcomeRows(const OutcomeImportOptions& options, OutcomeFiles& out)
        : m_file(options.source.string()), m_model(options.model), m_out(out) {}

    void setColumns(std::vector<std::string> names) {
        if (m_names != names || m_columns.count == 0) {
            m_columns = outcomeColumns(names);
            m_names = std::move(names);
        }
    }
    [[nodiscard]] bool canUse() const {
        return m_columns.has(OutcomeField::request) && m_columns.saysSomething() &&
               (m_columns.pairwise() || m_columns.has(OutcomeField::model) || !m_model.empty());
    }

    void take(const ingest::RecordBatch& batch, bool json) {
        for (std::size_t row = 0; row < batch.records.size(); ++row) {
            ++m_out.read;
            const auto reason = json ? takeObject(batch.text(row, 0)) : takeCells(batch, row);
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
    using Cells = std::vector<std::string>;

    [[nodiscard]] std::string takeCells(const ingest::RecordBatch& batch, std::size_t row) {
        m_cells.resize(m_columns.count);
        for (std::size_t column = 0; column < m_columns.count; ++column) {
            m_cells[column] = batch.text(row, column);
        }
        return takeOnce(m_cells);
    }

    // An object's plain values are its cells; a value inside another object is known by its own name.
    [[nodiscard]] std::string takeObject(std::string_view text) {
        const auto document = nlohmann::json::parse(text, nullptr, false);
        if (!document.is_object()) {
            return "it is no JSON object";
        }
        std::vector<std::string> names;
        m_cells.clear();
        const auto put = [&](const std::string& name, const nlohmann::json& value) {
            names.push_back(name);
            m_cells.push_back(value.is_string() ? value.get<std::string>() : value.is_null() ? "" : value.dump());
        };
        for (const auto& [name, value] : document.items()) {
            if (!value.is_object()) {
                put(name, value);
            }
        }
        for (const auto& [name, value] : document.items()) {
            for (auto inner = value.begin(); value.is_object() && inner != value.end(); ++inner) {
                put(inner.key(), *inner);
            }
        }
        setColumns(std::move(names));
        return takeOnce(m_cells);
    }

    // A row that is the same as an earlier one in every cell says nothing new.
    [[nodiscard]] std::string takeOnce(const Cells& cells) {
        m_whole.clear();
        for (std::size_t column = 0; column < cells.size(); ++column) {
            m_whole += m_names[column];
            m_whole += '\x1e';
            m_whole += cells[column];
            m_whole += '\x1f';
        }
        if (!m_seen.insert(std::hash<std::string>{}(m_whole)).second) {
            ++m_out.duplicates;
            return {};
        }
        return takeRow(cells);
    }

    // What a cell says; empty where it says that nothing is known.
    [[nodiscard]] static std::string_view known(std::string_view text) {
        text = ingest::trimmed(text);
        return ingest::isMissing(text) ? std::string_view() : text;
    }
    [[nodiscard]] std::string_view cell(const Cells& cells, OutcomeField field) const {
        const auto column = m_columns.find(field);
        return column ? known(cells[*column]) : std::string_view();
    }

    // Why the row cannot be used; empty where it was.
    [[nodiscard]] std::string takeRow(const Cells& cells) {
        if (cells == m_names) {
            return "the header stands here again";
        }
        OutcomeRecord record;
        record.source = m_out.read;
        record.requestId = cell(cells, OutcomeField::request);
        record.group = cell(cells, OutcomeField::benchmark);
        if (record.requestId.empty()) {
            return "it names no request";
        }
        if (m_columns.pairwise()) {
            return takePair(cells, record);
        }
        record.model = m_columns.has(OutcomeField::model) ? cell(cells, OutcomeField::model) : m_model;
        if (record.model.empty()) {
            return "it names no model";
        }
        if (auto reason = takeMeasures(cells, record); !reason.empty()) {
            return reason;
        }
        for (const auto& score : m_columns.scores) {
            const auto text = known(cells[score.column]);
            if (text.empty() || record.score) {
                continue;
            }
            const auto value = scoreOf(text, score.unit);
            if (!value) {
                return fmt::format(
                    "\"{}\" is not a score of the kind that its column's name promises: score is 0 to 1 or with %, "
                    "score_pct 0 to 100, stars 1 to 5, pass and thumbs words",
                    text);
            }
            record.score = static_cast<float>(*value);
        }
        if (!record.score && !record.costPico && !record.inputTokens && !record.outputTokens &&
            !record.latencySeconds && record.answer.empty()) {
            ++m_out.empty;
            return {};
        }
        m_out.records.push_back(std::move(record));
        return {};
    }

    // 0.85, or 0,85 as it is written elsewhere: a comma groups no thousands between 0 and 1.
    [[nodiscard]] static std::optional<double> scoreOf(std::string_view text, ingest::Unit unit) {
        const auto plain = ingest::parseScore(text, ingest::NumberForm::plain, unit);
        return plain ? plain : ingest::parseScore(text, ingest::NumberForm::commaDecimal, unit);
    }

    [[nodiscard]] std::string takeMeasures(const Cells& cells, OutcomeRecord& record) const {
        record.answer = cell(cells, OutcomeField::answer);
        for (const auto& [field, into] : {std::pair{OutcomeField::inputTokens, &record.inputTokens},
                                          std::pair{OutcomeField::outputTokens, &record.outputTokens}}) {
            if (const auto text = cell(cells, field); !text.empty()) {
                *into = ingest::parseCount(text, ingest::NumberForm::plain);
                if (!*into) {
                    return "a token count is not a number of at least 0";
                }
            }
        }
        if (const auto text = cell(cells, OutcomeField::cost); !text.empty()) {
            const auto cost = ingest::parseCost(text, ingest::NumberForm::plain, ingest::Unit::dollars);
            if (!cost || cost->pico() < 0) {
                return fmt::format("\"{}\" is not a cost in dollars of at least 0", text);
            }
            record.costPico = cost->pico();
        }
        for (const auto& [field, scale] : {std::pair{OutcomeField::latency, 1.0}, {OutcomeField::latencyMs, 1e-3}}) {
            if (const auto text = cell(cells, field); !text.empty() && !record.latencySeconds) {
                const auto value = ingest::parseNumber(text, ingest::NumberForm::plain);
                if (!value || *value < 0) {
                    return "a latency is not a number of seconds of at least 0";
                }
                record.latencySeconds = static_cast<float>(*value * scale);
            }
        }
        return {};
    }

    // Either model_a, model_b and which of them won, or the two in the columns winner and loser. Costs and tokens of
    // such a row are nobody's: it does not say of which of the two.
    [[nodiscard]] std::string takePair(const Cells& cells, OutcomeRecord& record) {
        const bool named = m_columns.has(OutcomeField::loser) && !m_columns.has(OutcomeField::modelA);
        const std::string a(cell(cells, named ? OutcomeField::winner : OutcomeField::modelA));
        const std::string b(cell(cells, named ? OutcomeField::loser : OutcomeField::modelB));
        const std::string winner = lower(cell(cells, OutcomeField::winner));
        if (a.empty() || b.empty()) {
            return "a pairwise preference needs model_a and model_b, or winner and loser";
        }
        if (lower(a) == lower(b)) {
            return "a model cannot win against itself";
        }
        if (winner.empty()) {
            ++m_out.empty;
            return {};
        }
        const bool tie = winner.rfind("tie", 0) == 0 || winner == "both" || winner == "draw" || winner == "equal";
        const bool first = winner == "a" || winner == "model_a" || winner == "1" || winner == lower(a);
        const bool second = winner == "b" || winner == "model_b" || winner == "2" || winner == lower(b);
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

    OutcomeColumns m_columns;
    std::vector<std::string> m_names;
    Cells m_cells;
    std::string m_file;
    std::string m_model;
    OutcomeFiles& m_out;
    std::string m_whole;
    std::unordered_set<std::size_t> m_seen;
};

Result<void> readRows(const OutcomeImportOptions& options, OutcomeFiles& out, const TaskContext& context) {
    auto reader = ingest::RecordReader::open(options.source.string(), {}, context);
    if (!reader) {
        return fail(reader.error());
    }
    const bool json = (*reader)->info().columns.empty();
    const auto usable = [&] {
        OutcomeRows rows(options, out);
        rows.setColumns((*reader)->info().columns);
        return rows.canUse();
    };
    if (!json && !usable()) {
        // A table of outcomes has a header, also where its first row looks like the others.
        ingest::ReadOptions withHeader;
        withHeader.hasHeader = true;
        if (auto again = ingest::RecordReader::open(options.source.string(), withHeader, context)) {
            reader = std::move(again);
        }
    }
    const auto noColumns = [&] {
        return fail(ErrorCode::badFormat, "this file has no columns of outcomes",
                    "It needs request_id, model, and one of score, score_pct, pass, stars, thumbs, winner, cost_usd, "
                    "out_tokens, latency_s or answer.",
                    options.source.string());
    };
    OutcomeRows rows(options, out);
    if (!json) {
        rows.setColumns((*reader)->info().columns);
        if (!rows.canUse()) {
            return noColumns();
        }
    }
    ingest::RecordBatch batch;
    for (;;) {
        const auto more = (*reader)->next(batch);
        if (!more) {
            return fail(more.error());
        }
        if (!*more) {
            return json && out.records.empty() && !rows.canUse() ? noColumns() : Result<void>();
        }
        rows.take(batch, json);
        if (context.stopRequested()) {
            return TaskContext::cancelled();
        }
    }
}

// A JSON file that is a list of rows, not an object of instances.
bool isListOfRows(const fs::path& file) {
    std::ifstream stream(file);
    char first = 0;
    return (stream >> first) && first == '[';
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
        record.source = out.read;
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
    } else if (options.source.extension() == ".json" && !isListOfRows(options.source)) {
        const auto folder = options.source.parent_path();
        const auto model = !options.model.empty()                    ? options.model
                           : folder.filename() == "instance_results" ? folder.parent_path().filename().string()
                                                                     : std::string();
        if (model.empty()) {
            return fail(ErrorCode::invalidArgument, "this file does not say whose outcomes it holds",
                        "Name the model with --model, or put the file into MODEL/instance_results.",
                        options.source.string());
        }
        done = readInstances(options.source, model, options.source.stem().string(), {}, out);
    } else {
        done = readRows(options, out, context);
    }
    if (!done) {
        return fail(done.error());
    }
    return out;
}

}  // namespace tierwise::project
