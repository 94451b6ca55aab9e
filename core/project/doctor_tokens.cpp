// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/doctor_tokens.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include <nlohmann/json.hpp>

#include "core/assess/difficulty_model.h"
#include "core/project/resources.h"
#include "core/project/tokens.h"
#include "core/store/text_reader.h"

namespace tierwise::project {
namespace {

using nlohmann::json;
using store::NumberColumn;

constexpr std::size_t kSlice = 4096;  ///< rows whose answers are looked up at once

bool lacksCounts(const store::WorkloadSnapshot& rows, std::size_t row) {
    return !rows.inputUncached.valid.test(row) || !rows.output.valid.test(row);
}

void addContent(const json& content, std::string& words) {
    if (content.is_string()) {
        words += words.empty() ? "" : "\n";
        words += content.get_ref<const std::string&>();
    } else if (content.is_array()) {
        for (const json& part : content) {
            addContent(part.is_object() ? part.value("text", json()) : part, words);
        }
    }
}

// Counts texts in the vocabulary of a model's family.
class Counter {
public:
    [[nodiscard]] static Result<Counter> load() {
        auto ratios = loadTokenRatios();
        auto usual = loadTokenizer(tokens::Family::o200k);
        auto older = loadTokenizer(tokens::Family::cl100k);
        if (!ratios || !usual || !older) {
            return fail(!ratios ? ratios.error() : !usual ? usual.error() : older.error());
        }
        return Counter(std::move(*ratios), std::move(*usual), std::move(*older));
    }

    [[nodiscard]] std::int64_t count(std::string_view text, std::string_view family) const {
        const auto exact = tokens::familyOf(family);
        if (exact == tokens::Family::cl100k) {
            return m_older.count(text);
        }
        const std::int64_t usual = m_usual.count(text);
        return exact || family.empty() ? usual : m_ratios.estimate(family, usual).mid;
    }

private:
    Counter(tokens::FamilyRatios ratios, tokens::Tokenizer usual, tokens::Tokenizer older)
        : m_ratios(std::move(ratios)), m_usual(std::move(usual)), m_older(std::move(older)) {}

    tokens::FamilyRatios m_ratios;
    tokens::Tokenizer m_usual;
    tokens::Tokenizer m_older;
};

std::string_view familyOfRow(RowPricer& pricer, const store::WorkloadSnapshot& rows, std::size_t row) {
    const auto& resolution = pricer.resolve(row);
    if (!resolution.offering) {
        return {};
    }
    const auto nanos = rows.timeNanos.at(row);
    const auto model = pricer.catalog()
                           .offering(*resolution.offering)
                           .modelAt(nanos ? std::optional(Timestamp::fromNanos(*nanos)) : std::nullopt);
    return model.value() >= 0 ? std::string_view(pricer.catalog().model(model).tokenizerFamily) : std::string_view();
}

// The text ids of the answers of some rows; missing where a row has none.
Result<std::vector<std::optional<std::int64_t>>> answersOf(const Project& project, const store::WorkloadSnapshot& rows,
                                                           std::span<const std::size_t> order) {
    std::vector<std::int64_t> ids;
    for (const std::size_t row : order) {
        ids.push_back(rows.id[row].value());
    }
    const auto records = project.rows(ids);
    if (!records) {
        return fail(records.error());
    }
    std::vector<std::optional<std::int64_t>> answers;
    for (const auto& record : *records) {
        answers.push_back(record.responseText);
    }
    answers.resize(order.size());
    return answers;
}

}  // namespace

std::string wordsOf(std::string_view prompt) {
    const auto start = prompt.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || (prompt[start] != '[' && prompt[start] != '{')) {
        return std::string(prompt);
    }
    const json document = json::parse(prompt, nullptr, false);
    const json turns = document.is_object() ? document.value("messages", json()) : document;
    std::string words;
    for (const json& turn : turns.is_array() ? turns : json::array()) {
        if (turn.is_object() && turn.contains("role")) {
            addContent(turn.value("content", json()), words);
        }
    }
    return words.empty() ? std::string(prompt) : words;
}

void textsWithoutCounts(Examination& examination) {
    const auto& rows = *examination.snapshot;
    FoundRows found;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (rows.promptText.valid.test(row) && lacksCounts(rows, row)) {
            found.rows.push_back(row);
        }
    }
    if (found.rows.empty()) {
        return;
    }
    found.finding.kind = "texts-without-counts";
    found.finding.id = "texts-without-counts:all";
    found.finding.title = "Requests with their texts but without token counts: they have no price";
    found.finding.explanation =
        "Their prompts and answers can be counted here, exactly for the o200k and cl100k vocabularies, by a ratio for "
        "others. An answer that is not in the log gets the length that is predicted for its prompt. Where the log "
        "keeps "
        "only a part of a text, the counts are too low.";
    found.finding.mend = "Count the tokens of their texts";
    found.act = MendAct::countTexts;
    describeRows(rows, found);
    examination.found.push_back(std::move(found));
}

Result<std::vector<store::ColumnEdit>> countTexts(const Project& project, const FoundRows& found,
                                                  const store::WorkloadSnapshot& rows, RowPricer& pricer,
                                                  const TaskContext& context) {
    const auto counter = Counter::load();
    if (!counter) {
        return fail(counter.error());
    }
    const auto path = resourcePath("assess/difficulty.twdm");
    const auto model = path ? assess::DifficultyModel::load(*path) : fail(path.error());
    if (!model) {
        return fail(model.error());
    }
    const auto lease = project.lease();
    if (!lease) {
        return fail(lease.error());
    }
    store::TextReader prompts(**lease);
    store::TextReader answers(**lease);
    std::vector<std::size_t> order = found.rows;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rows.id[a] < rows.id[b]; });
    store::ColumnEdit input{NumberColumn::inputUncached, {}};
    store::ColumnEdit output{NumberColumn::output, {}};
    for (std::size_t begin = 0; begin < order.size(); begin += kSlice) {
        const auto slice = std::span(order).subspan(begin, std::min(kSlice, order.size() - begin));
        const auto answerIds = answersOf(project, rows, slice);
        if (!answerIds) {
            return fail(answerIds.error());
        }
        for (std::size_t i = 0; i < slice.size(); ++i) {
            if (context.stopRequested()) {
                return TaskContext::cancelled();
            }
            const std::size_t row = slice[i];
            const auto prompt = prompts.text(rows.promptText.values[row]);
            if (!prompt) {
                return fail(prompt.error());
            }
            const auto family = familyOfRow(pricer, rows, row);
            if (!rows.inputUncached.valid.test(row)) {
                input.edits.push_back({rows.id[row].value(), counter->count(wordsOf(*prompt), family)});
            }
            if (rows.output.valid.test(row)) {
                continue;
            }
            if (const auto id = (*answerIds)[i]) {
                const auto answer = answers.text(*id);
                if (!answer) {
                    return fail(answer.error());
                }
                output.edits.push_back({rows.id[row].value(), counter->count(wordsOf(*answer), family)});
            } else if (const auto score = model->score(*prompt); score.length.p50 > 0) {
                output.edits.push_back({rows.id[row].value(), std::llround(score.length.p50)});
            }
        }
        context.report({"Counting tokens", static_cast<std::int64_t>(begin + slice.size()),
                        static_cast<std::int64_t>(order.size()), static_cast<std::int64_t>(begin + slice.size())});
    }
    return std::vector<store::ColumnEdit>{std::move(input), std::move(output)};
}

}  // namespace tierwise::project
