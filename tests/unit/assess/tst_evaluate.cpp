// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <fstream>

#include "core/assess/design.h"
#include "core/assess/evaluate.h"
#include "core/base/rng.h"

using namespace tierwise;
using assess::evaluate;
using assess::EvaluateMode;
using assess::EvaluateOptions;
using assess::EvaluateReport;

namespace {

constexpr std::size_t kKinds = 6;
constexpr std::size_t kPrompts = 600;

// Prompts of six kinds, each with words of its own. The strong model is better on kinds 0 and 3 only.
void writeFolder(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    std::ofstream prompts(folder / "prompts.jsonl");
    std::ofstream outcomes(folder / "outcomes.csv");
    std::ofstream(folder / "notes.txt") << "another file";
    outcomes << "id,judge,model,score,remark\n";
    Rng rng(3);
    for (std::size_t i = 0; i < kPrompts; ++i) {
        const std::size_t kind = i % kKinds;
        prompts << R"({"id": )" << i << R"(, "extra": [1], "prompt": ")";
        for (int word = 0; word < 12; ++word) {
            prompts << static_cast<char>('a' + kind) << "word" << static_cast<char>('a' + rng.below(20)) << ' ';
        }
        prompts << "\"}\n";
        const bool better = kind % 3 == 0;
        outcomes << i << ",x,strong," << (rng.uniform() < 0.9 ? "True" : "False") << ",\n";
        outcomes << i << ",x,weak," << (rng.uniform() < (better ? 0.1 : 0.9) ? "1" : "0") << ",\"a, b\"\n";
    }
    outcomes << "0,x,rare,1,\n1,x,rare,,\n";
}

}  // namespace

class TestEvaluate : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        m_options.folder = std::filesystem::path(m_dir.path().toStdString()) / "kinds";
        writeFolder(m_options.folder);
        m_options.strong = "strong";
        m_options.weak = "weak";
        m_options.mode = EvaluateMode::labels;
        m_options.count = 200;
        m_options.draws = 2;
        m_options.replicates = 20;
    }

    // A third of the prompts hold all the gain: sent first, half of it is there at 1/6 of the calls and all at a third,
    // so the area is 1/3 x 1/2 + 2/3 x 1 = 5/6 (the threshold at 1/3 lies between two of the eleven: a little less).
    void fewLabelsFindTheKindsThatGain() {
        const auto report = run(m_options);
        QVERIFY(report);
        QCOMPARE(report->prompts, kPrompts);
        QCOMPARE(report->labels, std::size_t{200});
        const auto& routed = report->routers.front();
        QVERIFY2(*routed.apgr.value > 0.78, qPrintable(QString::number(*routed.apgr.value)));
        QVERIFY2(*routed.cpt50.value < 22.0, qPrintable(QString::number(*routed.cpt50.value)));
        QVERIFY2(*routed.cpt80.value < 33.0, qPrintable(QString::number(*routed.cpt80.value)));
        QVERIFY(routed.apgr.low <= *routed.apgr.value && *routed.apgr.value <= routed.apgr.high);
        QCOMPARE(*report->routers[1].apgr.value, 0.5);
        for (const auto& model : report->models) {
            QVERIFY2(*model.brierSkill.value > (model.name == "weak" ? 0.4 : -0.05), model.name.c_str());
        }
    }

    // Values are noise around +-1 by kind: averaged over like prompts, the noise goes and the kinds stay.
    void smoothingKeepsTheKinds() {
        assess::FeatureExtractor extractor;
        std::vector<assess::Features> features;
        assess::Matrix values(240, 1);
        std::vector<double> truth;
        Rng rng(5);
        for (Eigen::Index i = 0; i < values.rows(); ++i) {
            std::string text;
            for (int word = 0; word < 12; ++word) {
                text += std::string(1, static_cast<char>('a' + i % 4)) + "word" +
                        std::string(1, static_cast<char>('a' + static_cast<int>(rng.below(20)))) + ' ';
            }
            features.push_back(extractor.extract(text));
            truth.push_back(i % 4 < 2 ? 1.0 : -1.0);
            values(i, 0) = 3.0 + truth.back() + 2.0 * rng.normal();
        }
        assess::DesignOptions options;
        const assess::Matrix smooth = assess::makeDesign(features, {}, options).smoothed(values);
        std::size_t right = 0;
        for (Eigen::Index i = 0; i < values.rows(); ++i) {
            right += (smooth(i, 0) > smooth.mean()) == (truth[static_cast<std::size_t>(i)] > 0.0) ? 1 : 0;
        }
        QVERIFY2(right > 225, qPrintable(QString::number(right)));
        QVERIFY(std::abs(smooth.mean() - values.mean()) < 1e-6);
        options.landmarks = 0;
        QVERIFY(assess::makeDesign(features, {}, options).smoothed(values) == values);
    }

    void theSameSeedSaysTheSame() {
        const auto a = run(m_options);
        const auto b = run(m_options);
        QVERIFY(a && b);
        for (std::size_t i = 0; i < a->routers.size(); ++i) {
            QCOMPARE(*a->routers[i].apgr.value, *b->routers[i].apgr.value);
            QCOMPARE(a->routers[i].apgr.high, b->routers[i].apgr.high);
        }
    }

    void whatMakesNoSenseIsSaid() {
        auto options = m_options;
        options.weak = "Weak";
        QCOMPARE(errorOf(options), ErrorCode::invalidArgument);
        options = m_options;
        options.weak = "strong";
        QCOMPARE(errorOf(options), ErrorCode::invalidArgument);
        options = m_options;
        options.weak = "rare";  // one prompt is known
        QCOMPARE(errorOf(options), ErrorCode::invalidArgument);
        options = m_options;
        options.count = 590;  // leaves 10 to judge
        QCOMPARE(errorOf(options), ErrorCode::invalidArgument);
        options = m_options;
        options.mode = EvaluateMode::prior;  // and no weights were given
        QCOMPARE(errorOf(options), ErrorCode::invalidArgument);
        options = m_options;
        options.folder /= "nowhere";
        QCOMPARE(errorOf(options), ErrorCode::notFound);
    }

    void wrongFilesNameTheirLine() {
        const std::filesystem::path folder = std::filesystem::path(m_dir.path().toStdString()) / "wrong";
        writeFolder(folder);
        auto options = m_options;
        options.folder = folder;
        std::ofstream(folder / "outcomes.csv", std::ios::app) << "5,x,other,1.5,\n";
        const auto score = run(options);
        QVERIFY(!score);
        QCOMPARE(score.error().code, ErrorCode::badFormat);
        QCOMPARE(*score.error().line, static_cast<std::int64_t>(2 * kPrompts + 4));
        writeFolder(folder);
        std::ofstream(folder / "prompts.jsonl", std::ios::app) << "{\"id\": true}\n";
        const auto prompt = run(options);
        QVERIFY(!prompt);
        QCOMPARE(*prompt.error().line, static_cast<std::int64_t>(kPrompts + 1));
    }

private:
    static Result<EvaluateReport> run(const EvaluateOptions& options) {
        return evaluate(options, nullptr, assess::AbilityTable(), TaskContext());
    }
    static ErrorCode errorOf(const EvaluateOptions& options) {
        const auto report = run(options);
        return report ? ErrorCode::internal : report.error().code;
    }

    QTemporaryDir m_dir;
    EvaluateOptions m_options;
};

QTEST_APPLESS_MAIN(TestEvaluate)
#include "tst_evaluate.moc"
