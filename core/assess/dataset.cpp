// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/dataset.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>
#include <unordered_map>

#include <nlohmann/json.hpp>

namespace tierwise::assess {
namespace {

namespace fs = std::filesystem;
constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

Result<std::string> readFile(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        return fail(ErrorCode::notFound, "cannot open the file", "Check the folder and its permissions.",
                    file.string());
    }
    std::ostringstream text;
    text << in.rdbuf();
    if (in.bad()) {
        return fail(ErrorCode::io, "cannot read the file", "", file.string());
    }
    return std::move(text).str();
}

// Records of a CSV with quotes (RFC 4180), one call a record.
class CsvReader {
public:
    explicit CsvReader(std::string_view text) : m_text(text) {
        if (m_text.substr(0, 3) == "\xEF\xBB\xBF") {
            m_at = 3;
        }
    }

    bool next(std::vector<std::string>& fields) {
        fields.clear();
        if (m_at >= m_text.size()) {
            return false;
        }
        ++m_line;
        while (true) {
            fields.emplace_back();
            readField(fields.back());
            if (m_at < m_text.size() && m_text[m_at] == ',') {
                ++m_at;
                continue;
            }
            break;
        }
        if (m_at < m_text.size() && m_text[m_at] == '\r') {
            ++m_at;
        }
        if (m_at < m_text.size() && m_text[m_at] == '\n') {
            ++m_at;
        }
        return true;
    }

    [[nodiscard]] std::int64_t record() const { return m_line; }

private:
    void readField(std::string& field) {
        if (m_at < m_text.size() && m_text[m_at] == '"') {
            ++m_at;
            while (m_at < m_text.size()) {
                const char c = m_text[m_at++];
                if (c != '"') {
                    field.push_back(c);
                } else if (m_at < m_text.size() && m_text[m_at] == '"') {
                    field.push_back('"');
                    ++m_at;
                } else {
                    break;
                }
            }
        }
        while (m_at < m_text.size() && m_text[m_at] != ',' && m_text[m_at] != '\n' && m_text[m_at] != '\r') {
            field.push_back(m_text[m_at++]);
        }
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::int64_t m_line = 0;
};

std::optional<double> numberOf(const std::string& text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
        return {};
    }
    return value;
}

// 0..1, or the word that some tools write for pass and fail.
std::optional<double> scoreOf(const std::string& text) {
    for (const auto& [word, score] : {std::pair{"true", 1.0}, {"false", 0.0}}) {
        if (std::equal(text.begin(), text.end(), word, word + std::char_traits<char>::length(word),
                       [](char a, char b) { return (a | 0x20) == b; })) {
            return score;
        }
    }
    const auto score = numberOf(text);
    return score && *score >= 0.0 && *score <= 1.0 ? score : std::nullopt;
}

std::map<std::string, std::size_t> headerOf(const std::vector<std::string>& fields) {
    std::map<std::string, std::size_t> columns;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        columns.emplace(fields[i], i);
    }
    return columns;
}

Result<void> readPrompts(const fs::path& file, Dataset& data) {
    const auto text = readFile(file);
    if (!text) {
        return fail(text.error());
    }
    std::size_t at = 0;
    std::int64_t line = 0;
    while (at < text->size()) {
        ++line;
        auto end = text->find('\n', at);
        end = end == std::string::npos ? text->size() : end;
        const auto row = std::string_view(*text).substr(at, end - at);
        at = end + 1;
        if (row.find_first_not_of(" \r\t") == std::string_view::npos) {
            continue;
        }
        const auto object = nlohmann::json::parse(row, nullptr, false);
        const bool hasId = object.is_object() && object.contains("id") &&
                           (object["id"].is_string() || object["id"].is_number_integer());
        if (!hasId || !object.contains("prompt")) {
            return fail(ErrorCode::badFormat, "not a JSON object with \"id\" and \"prompt\"",
                        "Each line is one object; the id is a string or a whole number.", file.string(), line);
        }
        DatasetPrompt prompt;
        prompt.id = object["id"].is_string() ? object["id"].get<std::string>() : object["id"].dump();
        // A chat is kept as its JSON: the features read its turns.
        prompt.text = object["prompt"].is_string() ? object["prompt"].get<std::string>() : object["prompt"].dump();
        const auto textField = [&](const char* key) {
            return object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : std::string();
        };
        prompt.split = textField("split");
        prompt.category = textField("category");
        for (const char* key : {"prompt_tokens_o200k", "prompt_tokens"}) {
            if (!prompt.promptTokens && object.contains(key) && object[key].is_number()) {
                prompt.promptTokens = object[key].get<std::int64_t>();
            }
        }
        data.prompts.push_back(std::move(prompt));
    }
    return {};
}

struct Cell {
    std::size_t prompt;
    std::size_t model;
    float score;
    float tokens;
    float cost;
};

Result<std::vector<Cell>> readCells(const fs::path& file, Dataset& data) {
    const auto text = readFile(file);
    if (!text) {
        return fail(text.error());
    }
    std::unordered_map<std::string, std::size_t> promptIndex;
    for (std::size_t i = 0; i < data.prompts.size(); ++i) {
        if (!promptIndex.emplace(data.prompts[i].id, i).second) {
            return fail(ErrorCode::badFormat, "the id '" + data.prompts[i].id + "' stands twice in prompts.jsonl", "",
                        file.string());
        }
    }
    CsvReader reader(*text);
    std::vector<std::string> fields;
    if (!reader.next(fields)) {
        return fail(ErrorCode::badFormat, "the file is empty", "", file.string());
    }
    const auto columns = headerOf(fields);
    for (const char* needed : {"id", "model", "score"}) {
        if (columns.count(needed) == 0) {
            return fail(ErrorCode::badFormat, std::string("the header lacks the column '") + needed + "'",
                        "It needs id, model and score; out_tokens and cost_usd may follow.", file.string(), 1);
        }
    }
    const auto columnOr = [&](const char* first, const char* second) -> std::optional<std::size_t> {
        const auto at = columns.count(first) != 0 ? columns.find(first) : columns.find(second);
        return at == columns.end() ? std::nullopt : std::optional<std::size_t>(at->second);
    };
    const auto tokenColumn = columnOr("out_tokens_o200k", "out_tokens");
    const auto costColumn = columnOr("cost_usd", "cost_usd");
    std::map<std::string, std::size_t> modelIndex;
    std::vector<Cell> cells;
    while (reader.next(fields)) {
        if (fields.size() < columns.size()) {
            if (fields.size() == 1 && fields[0].empty()) {
                continue;
            }
            return fail(ErrorCode::badFormat, "the record has too few fields", "", file.string(), reader.record());
        }
        const auto prompt = promptIndex.find(fields[columns.at("id")]);
        if (prompt == promptIndex.end()) {
            return fail(ErrorCode::badFormat, "the id '" + fields[columns.at("id")] + "' is not in prompts.jsonl", "",
                        file.string(), reader.record());
        }
        const auto& model = fields[columns.at("model")];
        const auto [place, isNew] = modelIndex.emplace(model, data.models.size());
        if (isNew) {
            data.models.push_back(model);
        }
        const auto optionalNumber = [&](std::optional<std::size_t> column) {
            const auto number = column ? numberOf(fields[*column]) : std::nullopt;
            return number && *number >= 0.0 ? static_cast<float>(*number) : kMissing;
        };
        Cell cell{prompt->second, place->second, kMissing, optionalNumber(tokenColumn), optionalNumber(costColumn)};
        if (const auto& scoreText = fields[columns.at("score")]; !scoreText.empty()) {
            const auto score = scoreOf(scoreText);
            if (!score) {
                return fail(ErrorCode::badFormat, "the score '" + scoreText + "' is not a number from 0 to 1",
                            "Leave a score empty where it is not known.", file.string(), reader.record());
            }
            cell.score = static_cast<float>(*score);
        }
        cells.push_back(cell);
    }
    return cells;
}

}  // namespace

std::optional<std::size_t> Dataset::modelIndex(std::string_view model) const {
    for (std::size_t i = 0; i < models.size(); ++i) {
        if (models[i] == model) {
            return i;
        }
    }
    return {};
}

Result<Dataset> readDataset(const fs::path& folder) {
    Dataset data;
    const auto clean = folder.has_filename() ? folder : folder.parent_path();
    data.name = clean.filename().string();
    if (const auto done = readPrompts(folder / "prompts.jsonl", data); !done) {
        return fail(done.error());
    }
    const auto cells = readCells(folder / "outcomes.csv", data);
    if (!cells) {
        return fail(cells.error());
    }
    const std::size_t size = data.prompts.size() * data.models.size();
    data.score.assign(size, kMissing);
    data.outTokens.assign(size, kMissing);
    data.costUsd.assign(size, kMissing);
    std::vector<bool> given(size);
    for (const auto& cell : *cells) {
        const auto at = data.cell(cell.prompt, cell.model);
        if (given[at]) {
            return fail(ErrorCode::badFormat,
                        "'" + data.models[cell.model] + "' has two outcomes on '" + data.prompts[cell.prompt].id + "'",
                        "Keep one of them.", (folder / "outcomes.csv").string());
        }
        given[at] = true;
        data.score[at] = cell.score;
        data.outTokens[at] = cell.tokens;
        data.costUsd[at] = cell.cost;
    }
    return data;
}

Result<std::map<std::string, TokenPrice>> readPrices(const fs::path& file, std::string_view set) {
    const auto text = readFile(file);
    if (!text) {
        return fail(text.error());
    }
    CsvReader reader(*text);
    std::vector<std::string> fields;
    if (!reader.next(fields)) {
        return fail(ErrorCode::badFormat, "the file is empty", "", file.string());
    }
    const auto columns = headerOf(fields);
    for (const char* needed : {"model", "usd_in_per_M", "usd_out_per_M"}) {
        if (columns.count(needed) == 0) {
            return fail(ErrorCode::badFormat, std::string("the header lacks the column '") + needed + "'",
                        "A price list has the columns model, usd_in_per_M, usd_out_per_M.", file.string(), 1);
        }
    }
    std::map<std::string, TokenPrice> prices;
    while (reader.next(fields)) {
        if (fields.size() < columns.size()) {
            continue;
        }
        if (const auto setColumn = columns.find("set"); setColumn != columns.end()) {
            const std::string_view pattern = fields[setColumn->second];
            const bool prefix = !pattern.empty() && pattern.back() == '*';
            const auto stem = prefix ? pattern.substr(0, pattern.size() - 1) : pattern;
            if (!set.empty() && !(prefix ? set.substr(0, stem.size()) == stem : set == stem)) {
                continue;
            }
        }
        const auto& in = fields[columns.at("usd_in_per_M")];
        const auto& out = fields[columns.at("usd_out_per_M")];
        if (in.empty() || out.empty()) {
            continue;
        }
        const auto inPrice = numberOf(in);
        const auto outPrice = numberOf(out);
        if (!inPrice || !outPrice || *inPrice < 0.0 || *outPrice < 0.0) {
            return fail(ErrorCode::badFormat, "a price is not a number of dollars of at least 0", "", file.string(),
                        reader.record());
        }
        prices[fields[columns.at("model")]] = {*inPrice, *outPrice};
    }
    return prices;
}

}  // namespace tierwise::assess
