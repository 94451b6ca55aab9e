// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <algorithm>

#include "core/assess/model_file.h"
#include "core/assess/refit.h"
#include "core/base/rng.h"
#include "tests/support/support.h"

using namespace tierwise;
using assess::DifficultyModel;
using assess::RefitInput;

namespace {

Result<DifficultyModel> shipped() {
    return DifficultyModel::load(test::sourcePath("resources/assess/difficulty.twdm"));
}

// 240 prompts of made-up trades; those about "welding" are hard. The first 160 have answers of two models.
RefitInput workload(bool meaningful) {
    static constexpr const char* kTopics[] = {"welding", "baking", "sailing", "painting"};
    static constexpr const char* kThings[] = {"a gate", "a boat", "a bench", "an oven", "a bridge", "a sign"};
    RefitInput input;
    assess::FeatureExtractor extractor;
    Rng rng(5);
    for (std::size_t i = 0; i < 240; ++i) {
        const std::string topic = kTopics[rng.below(4)];
        input.prompts.push_back(extractor.extract("Describe which steps of " + topic + " matter for " +
                                                  kThings[rng.below(6)] + " number " + std::to_string(i)));
        if (i >= 160) {
            continue;
        }
        const bool hard = topic == "welding";
        for (const auto& [model, base] : {std::pair{"big", 0.95}, {"small", 0.8}}) {
            const double chance = meaningful ? (hard ? base - 0.7 : base) : 0.6;
            input.answers.push_back({i, model, rng.uniform() < chance ? 1.0 : 0.0});
        }
    }
    return input;
}

}  // namespace

class TestRefit : public QObject {
    Q_OBJECT

private slots:
    void wordsThatFailBecomeHard() {
        const auto model = shipped();
        TIERWISE_VERIFY_OK(model);
        const auto input = workload(true);
        const auto refit = assess::refitDifficulty(*model, input, {});
        TIERWISE_VERIFY_OK(refit);
        QVERIFY(refit->adopted);
        QCOMPARE(refit->labelled, std::size_t{160});
        QVERIFY2(refit->explainedRefitted > 0.25, qPrintable(QString::number(refit->explainedRefitted)));
        // Of the 80 prompts without any answer, told apart by the same words.
        assess::FeatureExtractor extractor;
        const auto welding = extractor.extract("welding").terms.front().hash;
        double hard = 1.0;
        double easy = 0.0;
        for (std::size_t i = 160; i < 240; ++i) {
            const auto& terms = input.prompts[i].terms;
            const bool isHard = std::any_of(terms.begin(), terms.end(), [&](const assess::Term& term) {
                return term.kind == assess::TermKind::word && term.hash == welding;
            });
            const auto d = static_cast<double>(refit->difficulty[i]);
            hard = isHard ? std::min(hard, d) : hard;
            easy = isHard ? easy : std::max(easy, d);
        }
        QVERIFY2(hard > easy + 0.2, qPrintable(QString::number(hard) + " " + QString::number(easy)));
        const auto again = assess::refitDifficulty(*model, input, {});
        QVERIFY(again->difficulty == refit->difficulty);
    }

    void noiseChangesNothing() {
        const auto model = shipped();
        const auto refit = assess::refitDifficulty(*model, workload(false), {});
        TIERWISE_VERIFY_OK(refit);
        QVERIFY(!refit->adopted);
        QVERIFY(refit->difficulty.empty());
    }

    void tooFewLabelsAreRefused() {
        const auto model = shipped();
        auto input = workload(true);
        input.answers.resize(20);
        const auto refit = assess::refitDifficulty(*model, input, {});
        QVERIFY(!refit.has_value());
        QVERIFY(refit.error().what.find("10 prompts") != std::string::npos);
    }

    // Training on prompts of one build: others of that build pass, another build and unknown words do not.
    void noveltyKnowsItsOwn() {
        assess::FeatureExtractor extractor;
        std::vector<assess::Features> prompts;
        Rng rng(9);
        const auto prompt = [&] {
            std::string text = "What is the capital of country " + std::to_string(rng.below(90)) + " and how many";
            for (std::size_t i = rng.below(6); i > 0; --i) {
                text += " large towns";
            }
            return extractor.extract(text + " are there?");
        };
        for (int i = 0; i < 400; ++i) {
            prompts.push_back(prompt());
        }
        std::vector<const assess::Features*> all;
        for (const auto& features : prompts) {
            all.push_back(&features);
        }
        const auto novelty = assess::Novelty::fit(all);
        const auto signalOf = [&](const assess::Features& features) {
            return novelty.signalOf(features, novelty.coverageOf(features));
        };
        int fired = 0;
        for (int i = 0; i < 400; ++i) {
            fired += signalOf(prompt()) == assess::Signal::unlikeAnythingSeen ? 1 : 0;
        }
        QVERIFY2(fired <= 40, qPrintable(QString::number(fired)));  // 5 % was asked for
        QCOMPARE(signalOf(extractor.extract("def f(x): return [y ** 2 for y in x if y != 3]; assert f([1]) == ??")),
                 assess::Signal::unlikeAnythingSeen);
        QCOMPARE(signalOf(extractor.extract("yes")), assess::Signal::noSignal);
        const auto coverage = novelty.coverageOf(prompts.front());
        QCOMPARE(coverage.words, 1.0);
        QCOMPARE(coverage.pairs, 1.0);
    }
};

QTEST_APPLESS_MAIN(TestRefit)
#include "tst_refit.moc"
