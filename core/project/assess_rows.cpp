// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/assess_rows.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/assess/difficulty_model.h"
#include "core/project/resources.h"
#include "core/project/text_scores.h"
#include "core/route/parallel.h"
#include "core/store/text_reader.h"

namespace tierwise::project {
namespace {

constexpr std::size_t kStopEvery = 64;  // texts between looks at the stop token: a few milliseconds

class Scoring {
public:
    Scoring(const Project& project, const assess::DifficultyModel& model, std::vector<TextScore>& texts,
            const TaskContext& context)
        : m_project(project), m_model(model), m_texts(texts), m_context(context) {}

    Result<void> run() {
        const std::size_t parts = route::threadCount();
        const std::size_t share = (m_texts.size() + parts - 1) / parts;
        {
            std::vector<std::jthread> threads;
            for (std::size_t i = 1; i < parts; ++i) {
                threads.emplace_back([this, share, i] { score(share * i, share * (i + 1), false); });
            }
            score(0, share, true);
            waitAndReport();
        }
        if (m_context.stopRequested()) {
            return TaskContext::cancelled();
        }
        return m_error ? Result<void>(fail(*m_error)) : Result<void>();
    }

private:
    void score(std::size_t from, std::size_t to, bool reports) {
        auto lease = m_project.lease();
        if (!lease) {
            return note(lease.error());
        }
        store::TextReader reader(**lease);
        to = std::min(to, m_texts.size());
        for (std::size_t i = std::min(from, to); i < to; ++i) {
            if (i % kStopEvery == 0) {
                if (m_context.stopRequested() || m_failed) {
                    return;
                }
                if (reports) {
                    report();
                }
            }
            const auto text = reader.text(m_texts[i].id);
            if (!text) {
                return note(text.error());
            }
            const auto score = m_model.score(*text);
            m_texts[i].signal = score.signal;
            m_texts[i].difficulty = score.difficulty;
            ++m_done;
        }
    }

    void waitAndReport() {
        while (m_done < m_texts.size() && !m_failed && !m_context.stopRequested()) {
            report();
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }

    void report() const {
        m_context.report({"Scoring prompts", static_cast<std::int64_t>(m_done.load()),
                          static_cast<std::int64_t>(m_texts.size()), static_cast<std::int64_t>(m_done.load())});
    }

    void note(const Error& error) {
        const std::lock_guard lock(m_mutex);
        if (!m_error) {
            m_error = error;
        }
        m_failed = true;
    }

    const Project& m_project;
    const assess::DifficultyModel& m_model;
    std::vector<TextScore>& m_texts;
    const TaskContext& m_context;
    std::atomic<std::size_t> m_done{0};
    std::atomic<bool> m_failed{false};
    std::mutex m_mutex;
    std::optional<Error> m_error;
};

Result<assess::DifficultyModel> shippedModel() {
    const auto path = resourcePath("assess/difficulty.twdm");
    return path ? assess::DifficultyModel::load(*path) : fail(path.error());
}

// The rows that nobody has looked at yet; all of them where another model than the shipped one looked, unless the
// project's own scores had their say since. rows: those with their scores in the end, as good as they could be had.
Result<AssessReport> scoreRows(const Project& project, std::shared_ptr<const store::WorkloadSnapshot>& rows,
                               const TaskContext& context) {
    AssessReport report;
    report.rows = report.skipped = static_cast<std::int64_t>(rows->rows);
    std::size_t row = 0;
    while (row < rows->rows && !rows->promptText.at(row)) {
        ++row;
    }
    if (row == rows->rows) {
        return report;  // no texts
    }
    const auto model = shippedModel();
    if (!model) {
        return fail(model.error());
    }
    const auto before = scoredBy(project);
    if (!before) {
        return fail(before.error());
    }
    const bool again = before->model != model->fingerprint() && !before->refitted;
    auto texts = textsToScore(*rows, again);
    if (texts.empty()) {
        return report;
    }
    if (auto scored = Scoring(project, *model, texts, context).run(); !scored) {
        return fail(scored.error());
    }
    auto own = std::make_shared<store::WorkloadSnapshot>(*rows);
    rows.reset();
    auto kept = keepTextScores(project, *own, texts, again, context);
    if (!kept) {
        rows = std::move(own);
        return kept;
    }
    own.reset();
    auto scored = project.snapshot(context);  // the same with its scores, for all who ask after us
    if (!scored) {
        return fail(scored.error());
    }
    rows = std::move(*scored);
    if (again) {
        if (auto noted = keepScoredBy(project, {model->fingerprint(), false}); !noted) {
            return fail(noted.error());
        }
    }
    return kept;
}

}  // namespace

Result<AssessedRows> assessedRows(const Project& project, const TaskContext& context) {
    auto rows = project.snapshot(context);
    if (!rows) {
        return fail(rows.error());
    }
    AssessedRows assessed{std::move(*rows), {}, {}};
    if (auto scored = scoreRows(project, assessed.rows, context)) {
        assessed.report = *scored;
    } else if (scored.error().code == ErrorCode::cancelled || !assessed.rows) {
        return fail(scored.error());
    } else {
        assessed.report.rows = assessed.report.skipped = static_cast<std::int64_t>(assessed.rows->rows);
        assessed.problem = scored.error();
    }
    return assessed;
}

}  // namespace tierwise::project
