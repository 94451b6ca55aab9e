// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/text_scores.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace tierwise::project {
namespace {

constexpr std::string_view kKind = "assessment";
constexpr std::string_view kName = "difficulty";

}  // namespace

Result<ScoredBy> scoredBy(const Project& project) {
    const auto kept = project.document(kKind, kName);
    if (!kept) {
        return fail(kept.error());
    }
    const auto json = nlohmann::json::parse(kept->value_or("{}"), nullptr, false);
    ScoredBy by;
    if (json.is_object() && json.contains("model") && json["model"].is_string()) {
        by.model = json["model"].get<std::string>();
        by.refitted = json.contains("refitted") && json["refitted"] == true;
    }
    return by;
}

Result<void> keepScoredBy(const Project& project, const ScoredBy& by) {
    const auto kept =
        project.putDocument(kKind, kName, nlohmann::json{{"model", by.model}, {"refitted", by.refitted}}.dump());
    return kept ? Result<void>() : fail(kept.error());
}

std::vector<TextScore> textsToScore(const store::WorkloadSnapshot& rows, bool again) {
    std::vector<TextScore> texts;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        const auto text = rows.promptText.at(row);
        if (text && (again || rows.signal[row] == static_cast<std::uint8_t>(assess::Signal::notScored))) {
            texts.push_back({*text, assess::Signal::notScored, 0});
        }
    }
    std::sort(texts.begin(), texts.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    texts.erase(std::unique(texts.begin(), texts.end(), [](const auto& a, const auto& b) { return a.id == b.id; }),
                texts.end());
    return texts;
}

std::size_t placeOfText(const std::vector<TextScore>& texts, std::int64_t id) {
    const auto found = std::lower_bound(texts.begin(), texts.end(), id,
                                        [](const TextScore& score, std::int64_t wanted) { return score.id < wanted; });
    return static_cast<std::size_t>(found - texts.begin());
}

Result<AssessReport> keepTextScores(const Project& project, store::WorkloadSnapshot& rows,
                                    const std::vector<TextScore>& texts, bool again, const TaskContext& context) {
    AssessReport report;
    report.rows = static_cast<std::int64_t>(rows.rows);
    bool changed = false;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        auto signal = static_cast<assess::Signal>(rows.signal[row]);
        if (!again && signal != assess::Signal::notScored) {
            ++report.skipped;
            continue;
        }
        signal = assess::Signal::noSignal;
        rows.difficulty.valid.clear(row);
        if (const auto text = rows.promptText.at(row)) {
            const auto& found = texts[placeOfText(texts, *text)];
            signal = found.signal;
            if (signal == assess::Signal::scored) {
                rows.difficulty.set(row, found.difficulty);
            }
        }
        rows.signal[row] = static_cast<std::uint8_t>(signal);
        changed = true;
        ++(signal == assess::Signal::scored               ? report.scored
           : signal == assess::Signal::unlikeAnythingSeen ? report.unlike
                                                          : report.noSignal);
    }
    if (!changed) {
        return report;
    }
    if (auto saved = project.saveAssessment(rows.id, {rows.difficulty, rows.signal, rows.domain}, context); !saved) {
        return fail(saved.error());
    }
    return report;
}

}  // namespace tierwise::project
