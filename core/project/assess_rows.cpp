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

}  // namespace

namespace {

Result<AssessReport> scoreNew(const Project& project, store::WorkloadSnapshot& rows, std::vector<TextScore>& texts,
                              const TaskContext& context) {
    const auto path = resourcePath("assess/difficulty.twdm");
    if (!path) {
        return fail(path.error());
    }
    const auto model = assess::DifficultyModel::load(*path);
    if (!model) {
        return fail(model.error());
    }
    if (auto scored = Scoring(project, *model, texts, context).run(); !scored) {
        return fail(scored.error());
    }
    return keepTextScores(project, rows, texts, false, context);
}

}  // namespace

Result<AssessedRows> assessedRows(const Project& project, const TaskContext& context) {
    auto rows = project.loadSnapshot(context);
    if (!rows) {
        return fail(rows.error());
    }
    AssessedRows assessed{std::move(*rows), {}, {}};
    auto& report = assessed.report;
    report.rows = report.skipped = static_cast<std::int64_t>(assessed.rows.rows);
    std::vector<TextScore> texts = textsToScore(assessed.rows, false);
    if (texts.empty()) {
        return assessed;
    }
    if (auto scored = scoreNew(project, assessed.rows, texts, context)) {
        report = *scored;
    } else if (scored.error().code == ErrorCode::cancelled) {
        return fail(scored.error());
    } else {
        assessed.problem = scored.error();
    }
    return assessed;
}

}  // namespace tierwise::project
