// SPDX-License-Identifier: GPL-3.0-or-later
// What is seen of a prompt, and what the shipped weights say of it.
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/assess/difficulty_model.h"
#include "core/assess/features.h"
#include "core/assess/model_file.h"
#include "core/base/rng.h"
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

// The "prompt" of each line that is not for training.
std::vector<std::string> publicPrompts(const char* file) {
    std::vector<std::string> prompts;
    std::ifstream in(test::sourcePath(std::string("../shared/data/") + file));
    for (std::string line; std::getline(in, line);) {
        const auto object = nlohmann::json::parse(line, nullptr, false);
        if (object.is_object() && object.value("split", "") != "train" && object.contains("prompt") &&
            object["prompt"].is_string()) {
            prompts.push_back(object["prompt"].get<std::string>());
        }
    }
    return prompts;
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

    void aSlipOfTheKeyboardIsTakenBack() {
        // Each stands in five prompts but "acid", which stands in four.
        std::vector<std::vector<std::string>> prompts(5, {"integral", "integrals", "angle", "the"});
        for (std::size_t i = 0; i < 4; ++i) {
            prompts[i].push_back("acid");
            prompts[i].push_back("acids");
        }
        const Vocabulary vocabulary(prompts);
        QVERIFY(vocabulary.knows("acid") && !vocabulary.knows("base") && !vocabulary.knows("Acid"));
        const auto meant = [&](const char* word) { return vocabulary.repair(word).value_or("-"); };
        QCOMPARE(meant("itnegral"), std::string("integral"));    // swapped
        QCOMPARE(meant("intgral"), std::string("integral"));     // missing
        QCOMPARE(meant("intwegral"), std::string("integral"));   // too many
        QCOMPARE(meant("imtegral"), std::string("integral"));    // wrong
        QCOMPARE(meant("integralz"), std::string("integrals"));  // the first of equally common ones
        QCOMPARE(meant("angl"), std::string("angle"));
        QCOMPARE(meant("hte"), std::string("the"));
        QCOMPARE(meant("te"), std::string("-"));        // too short to say
        QCOMPARE(meant("thw"), std::string("-"));       // so is what it would be
        QCOMPARE(meant("acidz"), std::string("-"));     // too rare
        QCOMPARE(meant("integral"), std::string("-"));  // known
        QCOMPARE(meant("itnegarl"), std::string("-"));  // two slips
        QCOMPARE(meant("int3gral"), std::string("-"));
        QCOMPARE(Vocabulary().repair("itnegral").has_value(), false);
        const auto read = Vocabulary::of(vocabulary.keys(), vocabulary.prompts());
        QVERIFY(read && *read == vocabulary);
        QVERIFY(!Vocabulary::of({2, 1}, {1, 1}) && !Vocabulary::of({1, 2}, {1}) && !Vocabulary::of({1}, {0}));

        FeatureExtractor extractor;
        const Features plain = extractor.extract("the integral of the angle", &vocabulary);
        const Features slipped = extractor.extract("the intgeral of the angle", &vocabulary);
        QCOMPARE(promptHash(slipped), promptHash(plain));
        QVERIFY(promptHash(extractor.extract("the intgeral of the angle")) != promptHash(plain));
        // A word that comes again is no slip.
        QCOMPARE(promptHash(extractor.extract("the integrals of the intgeral or intgeral", &vocabulary)),
                 promptHash(extractor.extract("the integrals of the intgeral or intgeral")));
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

    // A system message or an earlier turn makes no stranger of what is known; a short "yes" is as hard as what it is
    // about.
    void aChatIsAsKnownAsWhatItSays() {
        const auto model = DifficultyModel::parse(shippedBytes());
        TIERWISE_VERIFY_OK(model);
        const auto plain = model->score("Write a Python function that merges two sorted lists.");
        QCOMPARE(plain.signal, Signal::scored);
        const std::string user = "{\"role\":\"user\",\"content\":";
        const std::string ask = user + "\"Write a Python function that merges two sorted lists.\"}";
        for (const auto& chat :
             {"[" + ask + "]", "[{\"role\":\"system\",\"content\":\"You are a helpful assistant.\"}," + ask + "]",
              "[" + ask + ",{\"role\":\"assistant\",\"content\":\"Should it be in place?\"}," + user + "\"yes\"}]"}) {
            const auto said = model->score(chat);
            QCOMPARE(said.signal, Signal::scored);
            QVERIFY2(std::abs(said.difficulty - plain.difficulty) < 0.1F, chat.c_str());
        }
    }

    void theTierStaysUnderCaseSpacingAndTypos_data() {
        QTest::addColumn<QString>("file");
        QTest::newRow("many tasks") << "routing/llmrouter_mix/prompts.jsonl";
        QTest::newRow("multiple choice") << "routing/mmlu_pro/prompts.jsonl";
        QTest::newRow("chat") << "logs/arena_hard_v0.1_question.jsonl";
    }
    // Three tiers by thirds of the set's own difficulties; at least 95 % of the prompts keep theirs when case, spacing
    // or one word changes.
    void theTierStaysUnderCaseSpacingAndTypos() {
        QFETCH(QString, file);
        const auto prompts = publicPrompts(qPrintable(file));
        if (prompts.size() < 100) {
            QSKIP("../shared/data has no such prompts here");
        }
        const auto model = DifficultyModel::parse(shippedBytes());
        TIERWISE_VERIFY_OK(model);
        std::vector<float> sorted;
        for (const auto& prompt : prompts) {
            const auto score = model->score(prompt);
            if (score.signal == Signal::scored) {
                sorted.push_back(score.difficulty);
            }
        }
        std::sort(sorted.begin(), sorted.end());
        // Not scored is a tier of its own: the default one.
        const auto tierOf = [&](const std::string& prompt) {
            const auto score = model->score(prompt);
            return score.signal != Signal::scored                     ? 3
                   : score.difficulty < sorted[sorted.size() / 3]     ? 0
                   : score.difficulty < sorted[2 * sorted.size() / 3] ? 1
                                                                      : 2;
        };
        const auto upper = [](std::string text) {
            std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
            return text;
        };
        const auto spaced = [](const std::string& text) {
            std::string wide = "  ";
            for (const char c : text) {
                wide += c == ' ' ? std::string("  ") : std::string(1, c);
            }
            return wide + "\n\n";
        };
        Rng rng(7);
        // Two neighbouring letters change places, or one is lost, comes in or is another.
        const auto typo = [&](std::string text) {
            for (int attempt = 0; attempt < 100 && text.size() > 3; ++attempt) {
                const auto at = static_cast<std::size_t>(rng.below(text.size() - 1));
                if (std::isalpha(static_cast<unsigned char>(text[at])) != 0 &&
                    std::isalpha(static_cast<unsigned char>(text[at + 1])) != 0 && text[at] != text[at + 1]) {
                    const auto letter = static_cast<char>('a' + rng.below(26));
                    switch (rng.below(4)) {
                        case 0:
                            std::swap(text[at], text[at + 1]);
                            break;
                        case 1:
                            text.erase(at, 1);
                            break;
                        case 2:
                            text.insert(at, 1, letter);
                            break;
                        default:
                            text[at] = letter;
                    }
                    break;
                }
            }
            return text;
        };
        std::array<std::size_t, 3> same{};
        for (const auto& prompt : prompts) {
            const int tier = tierOf(prompt);
            same[0] += tierOf(upper(prompt)) == tier ? 1 : 0;
            same[1] += tierOf(spaced(prompt)) == tier ? 1 : 0;
            same[2] += tierOf(typo(prompt)) == tier ? 1 : 0;
        }
        const auto all = static_cast<double>(prompts.size());
        qInfo("same tier after a typo: %.2f %%", 100.0 * static_cast<double>(same[2]) / all);
        QCOMPARE(same[0], prompts.size());
        QCOMPARE(same[1], prompts.size());
        QVERIFY(static_cast<double>(same[2]) / all >= 0.95);
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
