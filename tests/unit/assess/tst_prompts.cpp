// SPDX-License-Identifier: GPL-3.0-or-later
// What is seen of a prompt, and what the shipped weights say of it.
#include <algorithm>
#include <cctype>
#include <fstream>
#include <sstream>

#include "core/assess/difficulty_model.h"
#include "core/assess/features.h"
#include "core/assess/model_file.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::assess;

namespace {

std::string shippedBytes() {
    std::ostringstream bytes;
    bytes << std::ifstream(test::sourcePath("resources/assess/difficulty.twdm"), std::ios::binary).rdbuf();
    return bytes.str();
}

float counterOf(const Features& features, Counter counter) {
    return features.counters[static_cast<std::size_t>(counter)];
}

const char kQuestion[] =
    "A block of mass 3 kg slides down a 30 degree incline without friction. What is its acceleration?\n"
    "A) 4.9 m/s^2\nB) 9.8 m/s^2\nC) 2.5 m/s^2\nD) None of the above";

}  // namespace

class TestPrompts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aShortAnswerTakesItsContext() {
        PromptText text;
        readPrompt(
            "[{\"role\":\"system\",\"content\":\"Be brief.\"},"
            "{\"role\":\"user\",\"content\":\"Prove that the square root of two is irrational\"},"
            "{\"role\":\"assistant\",\"content\":\"In full?\"},{\"role\":\"user\",\"content\":\"yes\"}]",
            text);
        QVERIFY(text.fromContext);
        QCOMPARE(text.turns, std::size_t{2});
        QVERIFY(text.text.find("irrational") != std::string::npos);
        QVERIFY(text.text.find("Be brief") == std::string::npos);
        readPrompt(
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"caf\\u00e9 or tea this "
            "morning?\"}]}]}",
            text);
        QVERIFY(!text.fromContext);
        QCOMPARE(text.text, std::string("caf\xC3\xA9 or tea this morning?"));
    }

    void notAChatIsPlainText() {
        PromptText text;
        for (const std::string prompt : {"[1, 2, 3] is a list", "{\"role\": ", "[]", "{\"a\": [[[[1]]]]}"}) {
            readPrompt(prompt, text);
            QCOMPARE(text.text, prompt);
        }
        readPrompt(std::string(100000, 'x'), text);
        QCOMPARE(text.text.size(), kTextCap);
        readPrompt(std::string(200, '['), text);
        QCOMPARE(text.text.size(), std::size_t{200});
    }

    void countersOfAQuestion() {
        FeatureExtractor extractor;
        const auto& features = extractor.extract(kQuestion);
        QCOMPARE(counterOf(features, Counter::options), std::log1p(4.0F));
        QCOMPARE(counterOf(features, Counter::numericOptions), 0.75F);
        QCOMPARE(counterOf(features, Counter::questionMarks), std::log1p(1.0F));
        QCOMPARE(counterOf(features, Counter::allOrNone), std::log1p(1.0F));
    }

    void caseAndSpacingDoNotMatter() {
        FeatureExtractor extractor;
        const Features plain = extractor.extract(kQuestion);
        std::string loud;
        for (const char c : std::string(kQuestion)) {
            loud.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
            if (c == ' ' || c == '\n') {
                loud += "  \n";
            }
        }
        const Features other = extractor.extract(loud);
        QCOMPARE(other.words, plain.words);
        for (std::size_t counter = 0; counter < kCounters; ++counter) {
            QCOMPARE(other.counters[counter], plain.counters[counter]);
        }
        QCOMPARE(promptHash(other), promptHash(plain));
    }

    void anyBytesAndAnyScript() {
        FeatureExtractor extractor;
        QCOMPARE(extractor.extract("").words, std::size_t{0});
        extractor.extract(std::string("\xFF\xC3\x28\x00\xE2\x82", 6));
        QCOMPARE(extractor.extract("\xE9\x87\x8F\xE5\xAD\x90").words, std::size_t{2});
        QVERIFY(
            counterOf(extractor.extract("\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82 \xD0\xBC\xD0\xB8\xD1\x80"),
                      Counter::cyrillic) > 0.8F);
    }

    void theShippedWeightsSayWhatTheyDoNotKnow() {
        const auto model = DifficultyModel::parse(shippedBytes());
        TIERWISE_VERIFY_OK(model);
        QCOMPARE(model->score("").signal, Signal::noSignal);
        QCOMPARE(model->score("yes").signal, Signal::noSignal);
        QCOMPARE(model->score("asdf qwer zxcv poiu lkjh mnbv fghj tyui").signal, Signal::unlikeAnythingSeen);
        const auto found = model->assess(kQuestion);
        QCOMPARE(found.signal, Signal::scored);
        QVERIFY(found.difficulty && *found.difficulty > 0.0F && *found.difficulty < 1.0F);
        QVERIFY(!found.reasons.empty() && found.reasons.size() <= 6);
        QVERIFY(found.length && found.length->p90 > found.length->p50);
        QVERIFY(!model->assess("yes").difficulty.has_value());
    }

    void theFileIsReadBackOrRefused() {
        const std::string bytes = shippedBytes();
        const auto data = parseModel(bytes);
        TIERWISE_VERIFY_OK(data);
        QCOMPARE(writeModel(*data) == bytes, true);
        for (const std::size_t size :
             {std::size_t{0}, std::size_t{3}, std::size_t{11}, std::size_t{5000}, bytes.size() / 2, bytes.size() - 1}) {
            QVERIFY(!parseModel(std::string_view(bytes).substr(0, size)).has_value());
        }
        QVERIFY(!parseModel(bytes + "x").has_value());
        std::string other = bytes;
        other[4] = 9;
        QVERIFY(!parseModel(other).has_value());
    }
};

QTEST_APPLESS_MAIN(TestPrompts)
#include "tst_prompts.moc"
