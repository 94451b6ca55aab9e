// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/refit.h"

#include <unordered_map>
#include <utility>

#include "core/assess/difficulty_model.h"
#include "core/project/outcomes.h"
#include "core/project/overrides.h"
#include "core/project/resources.h"
#include "core/store/text_reader.h"

namespace tierwise::project {
namespace {

Result<void> readPrompts(const Project& project, const assess::DifficultyModel& shipped,
                         const std::vector<TextScore>& texts, assess::RefitInput& input, const TaskContext& context) {
    auto lease = project.lease();
    if (!lease) {
        return fail(lease.error());
    }
    store::TextReader reader(**lease);
    assess::FeatureExtractor extractor;
    input.prompts.reserve(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (i % 256 == 0) {
            if (context.stopRequested()) {
                return TaskContext::cancelled();
            }
            const auto done = static_cast<std::int64_t>(i);
            context.report({"Reading prompts", done, static_cast<std::int64_t>(texts.size()), done});
        }
        const auto text = reader.text(texts[i].id);
        if (!text) {
            return fail(text.error());
        }
        input.prompts.push_back(shipped.read(extractor, *text));
    }
    return {};
}

// The log's own scores, the imported ones, and what overrides say of the tiers, each taken for a model.
void addAnswers(const store::WorkloadSnapshot& rows, const std::vector<replay::Outcome>& outcomes,
                const TierOverrides& overrides, const std::vector<TextScore>& texts, assess::RefitInput& input) {
    const auto add = [&](std::size_t row, const std::string& model, float score) {
        if (const auto text = rows.promptText.at(row)) {
            input.answers.push_back({placeOfText(texts, *text), model, static_cast<double>(score)});
        }
    };
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (const auto score = rows.score.at(row); score && rows.model.codes[row] != 0) {
            add(row, std::string(rows.model.at(row)), *score);
        }
    }
    for (const auto& outcome : outcomes) {
        if (outcome.score) {
            add(outcome.row, outcome.model, *outcome.score);
        }
    }
    for (const auto& own : overriddenRows(overrides, rows)) {
        for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local}) {
            if (static_cast<int>(tier) >= static_cast<int>(own.needed)) {
                add(own.row, std::string("tier ") + tierName(tier), tier == own.needed ? 1.0F : 0.0F);
            }
        }
    }
}

Result<RowScores> scoresOf(const Project& project, const store::WorkloadSnapshot& rows) {
    auto by = scoredBy(project);
    if (!by) {
        return fail(by.error());
    }
    return RowScores{rows.id, rows.difficulty, rows.signal, std::move(*by)};
}

}  // namespace

Result<RefitReport> refitRows(const Project& project, std::uint64_t seed, const TaskContext& context) {
    const auto path = resourcePath("assess/difficulty.twdm");
    if (!path) {
        return fail(path.error());
    }
    const auto shipped = assess::DifficultyModel::load(*path);
    if (!shipped) {
        return fail(shipped.error());
    }
    auto rows = project.loadSnapshot(context);
    if (!rows) {
        return fail(rows.error());
    }
    const auto outcomes = loadOutcomes(project, *rows);
    if (!outcomes) {
        return fail(outcomes.error());
    }
    const auto overrides = loadOverrides(project);
    if (!overrides) {
        return fail(overrides.error());
    }
    auto texts = textsToScore(*rows, true);
    assess::RefitInput input;
    input.seed = seed;
    if (const auto read = readPrompts(project, *shipped, texts, input, context); !read) {
        return fail(read.error());
    }
    addAnswers(*rows, *outcomes, *overrides, texts, input);
    RefitReport report;
    report.answers = static_cast<std::int64_t>(input.answers.size());
    auto refit = assess::refitDifficulty(*shipped, input, context);
    if (!refit) {
        return fail(refit.error());
    }
    if (refit->adopted) {
        auto before = scoresOf(project, *rows);
        if (!before) {
            return fail(before.error());
        }
        report.before = std::make_shared<const RowScores>(std::move(*before));
        for (std::size_t i = 0; i < texts.size(); ++i) {
            texts[i].signal = refit->signal[i];
            texts[i].difficulty = refit->difficulty[i];
        }
        const auto kept = keepTextScores(project, *rows, texts, true, context);
        if (!kept) {
            return fail(kept.error());
        }
        report.rows = *kept;
        if (const auto noted = keepScoredBy(project, {shipped->fingerprint(), true}); !noted) {
            return fail(noted.error());
        }
    }
    refit->difficulty.clear();
    refit->signal.clear();
    report.refit = std::move(*refit);
    return report;
}

Result<std::shared_ptr<const RowScores>> swapRowScores(const Project& project, const RowScores& scores,
                                                       const TaskContext& context) {
    auto rows = project.loadSnapshot(context);
    if (!rows) {
        return fail(rows.error());
    }
    auto before = scoresOf(project, *rows);
    if (!before) {
        return fail(before.error());
    }
    std::unordered_map<std::int64_t, std::size_t> placeOf;
    placeOf.reserve(scores.rows.size());
    for (std::size_t i = 0; i < scores.rows.size(); ++i) {
        placeOf.emplace(scores.rows[i].value(), i);
    }
    for (std::size_t row = 0; row < rows->rows; ++row) {
        const auto place = placeOf.find(rows->id[row].value());
        if (place == placeOf.end()) {
            continue;
        }
        rows->signal[row] = scores.signal[place->second];
        rows->difficulty.valid.clear(row);
        if (const auto difficulty = scores.difficulty.at(place->second)) {
            rows->difficulty.set(row, *difficulty);
        }
    }
    if (auto saved = project.saveAssessment(rows->id, {rows->difficulty, rows->signal, rows->domain}, context);
        !saved) {
        return fail(saved.error());
    }
    if (auto noted = keepScoredBy(project, scores.by); !noted) {
        return fail(noted.error());
    }
    return std::make_shared<const RowScores>(std::move(*before));
}

}  // namespace tierwise::project
