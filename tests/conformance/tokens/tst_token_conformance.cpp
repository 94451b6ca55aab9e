// SPDX-License-Identifier: GPL-3.0-or-later
// Counts against tiktoken's own: numbers that came with the data, and the npm package where it is installed
// (npm install tiktoken in a folder of your choice, TIERWISE_TIKTOKEN=that folder).
#include <fstream>

#include <QProcess>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/rng.h"
#include "core/tokens/tokenizer.h"
#include "tests/support/support.h"

using tierwise::tokens::Family;
using tierwise::tokens::Tokenizer;

namespace {

using Texts = std::vector<std::string>;

Tokenizer tokenizer(Family family) {
    const auto loaded = Tokenizer::load(family, tierwise::test::sourcePath("resources") / familyResource(family));
    if (!loaded) {
        qFatal("%s", loaded.error().describe().c_str());
    }
    return *loaded;
}

void forEachLine(const std::string& file, const std::function<void(const nlohmann::json&)>& visit) {
    std::ifstream lines(tierwise::test::sharedData() / file);
    for (std::string line; std::getline(lines, line);) {
        visit(nlohmann::json::parse(line));
    }
}

// The logs' prompts; the CSV file as one text.
std::map<std::string, Texts> logTexts() {
    std::map<std::string, Texts> texts;
    forEachLine("logs/mt_bench_question.jsonl", [&](const nlohmann::json& row) {
        for (const auto& turn : row.at("turns")) {
            texts["mt_bench"].push_back(turn);
        }
    });
    forEachLine("logs/arena_hard_v0.1_question.jsonl",
                [&](const nlohmann::json& row) { texts["arena_hard"].push_back(row.at("prompt")); });
    texts["awesome"].push_back(
        *tierwise::readFile(tierwise::test::sharedData() / "logs/awesome_chatgpt_prompts.csv", 1 << 28));
    return texts;
}

std::string utf8(char32_t point) {
    std::string text;
    const auto add = [&text](char32_t byte) { text += static_cast<char>(byte); };
    if (point < 0x80) {
        add(point);
    } else if (point < 0x800) {
        add(0xC0U | (point >> 6U));
        add(0x80U | (point & 0x3FU));
    } else if (point < 0x10000) {
        add(0xE0U | (point >> 12U));
        add(0x80U | ((point >> 6U) & 0x3FU));
        add(0x80U | (point & 0x3FU));
    } else {
        add(0xF0U | (point >> 18U));
        add(0x80U | ((point >> 12U) & 0x3FU));
        add(0x80U | ((point >> 6U) & 0x3FU));
        add(0x80U | (point & 0x3FU));
    }
    return text;
}

// Short words over the characters that the split patterns turn on.
Texts trickyTexts() {
    const std::vector<std::string> bits{"a",
                                        "b",
                                        "Z",
                                        "THE",
                                        "the",
                                        "ing",
                                        "'",
                                        "'s",
                                        "'S",
                                        "'ll",
                                        "'RE",
                                        "'ve",
                                        "\xC5\xBF",
                                        "1",
                                        "2024",
                                        " ",
                                        "  ",
                                        "\n",
                                        "\r\n",
                                        "\t",
                                        "\xC2\xA0",
                                        "/",
                                        "//",
                                        "!",
                                        "...",
                                        "-",
                                        "_",
                                        "{",
                                        "\xCC\x81",
                                        "\xC3\xA9",
                                        "\xC7\x85",
                                        "\xCA\xB0",
                                        "\xE4\xB8\xAD",
                                        "\xE6\x96\x87",
                                        "\xD7\xA9",
                                        "\xD9\xA3",
                                        "\xE2\x85\xA7",
                                        "\xC2\xB2",
                                        "\xE0\xA4\x95\xE0\xA5\x8D",
                                        "\xF0\x9F\x98\x80",
                                        "\xE2\x80\x8D",
                                        "\xEF\xBB\xBF",
                                        "\xC2\x85",
                                        "\xE3\x80\x80",
                                        "\xF0\x9D\x94\x84",
                                        "\xEF\xBF\xBD",
                                        "<|endoftext|>",
                                        "\xD0\x96",
                                        "\xD0\xB6",
                                        std::string(1, '\0')};
    tierwise::Rng rng(7);
    Texts texts;
    for (int i = 0; i < 30000; ++i) {
        std::string text;
        for (std::uint64_t left = 1 + rng.below(24); left > 0; --left) {
            text += bits[rng.below(bits.size())];
        }
        texts.push_back(std::move(text));
    }
    return texts;
}

// Every code point in surroundings where its class can change the count.
Texts everyCharacter() {
    Texts texts;
    for (char32_t block = 0; block < 0x110000; block += 16) {
        std::string text;
        for (char32_t point = block; point < block + 16; ++point) {
            if (point >= 0xD800 && point < 0xE000) {
                continue;
            }
            const std::string c = utf8(point);
            text += c + "\n \nTHE" + c + "the " + c + "12345" + c + "'ll" + c + "\r\n//";
        }
        texts.push_back(std::move(text));
    }
    return texts;
}

Texts longPieces() {
    Texts texts;
    for (const char* unit : {"a", " ", "ab", "\n", "=", "\xE4\xB8\xAD", "A", "0", "\xF0\x9F\x98\x80"}) {
        std::string text;
        while (text.size() < 4000) {
            text += unit;
        }
        texts.push_back(text);
        texts.push_back("x" + text + "y");
    }
    tierwise::Rng rng(11);
    for (int i = 0; i < 40; ++i) {
        std::string text;
        for (std::uint64_t left = 90 + rng.below(3000); left > 0; --left) {
            text += static_cast<char>('a' + rng.below(i % 2 == 0 ? 26 : 3));
        }
        texts.push_back(std::move(text));
    }
    return texts;
}

// Nothing where node or the package is missing.
std::optional<std::vector<std::int64_t>> tiktokenCounts(Family family, const Texts& texts) {
    QTemporaryFile input;
    if (!input.open()) {
        return {};
    }
    for (const auto& text : texts) {
        input.write(QByteArray::fromStdString(nlohmann::json(text).dump() + "\n"));
    }
    input.close();
    QProcess node;
    node.setStandardInputFile(input.fileName());
    const std::string script = tierwise::test::sourcePath("tests/conformance/tokens/count_with_tiktoken.mjs").string();
    node.start(QStringLiteral("node"), {QString::fromStdString(script),
                                        QString::fromLatin1(family == Family::o200k ? "o200k_base" : "cl100k_base")});
    if (!node.waitForStarted() || !node.waitForFinished(240'000) || node.exitCode() != 0) {
        return {};
    }
    std::vector<std::int64_t> counts;
    for (const QByteArray& line : node.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty()) {
            counts.push_back(line.toLongLong());
        }
    }
    return counts;
}

void compareToTiktoken(Family family, const Texts& texts) {
    const auto expected = tiktokenCounts(family, texts);
    if (!expected) {
        QSKIP("node with the npm package tiktoken is not on this machine (TIERWISE_TIKTOKEN=folder)");
    }
    QCOMPARE(expected->size(), texts.size());
    const Tokenizer counter = tokenizer(family);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::int64_t got = counter.count(texts[i]);
        if (got != (*expected)[i] && ++wrong <= 5) {
            qWarning("text %zu: %lld, tiktoken %lld: %s", i, static_cast<long long>(got),
                     static_cast<long long>((*expected)[i]),
                     nlohmann::json(texts[i].substr(0, 300))
                         .dump(-1, ' ', true, nlohmann::json::error_handler_t::replace)
                         .c_str());
        }
    }
    qInfo("%zu texts compared, %zu differ", texts.size(), wrong);
    QCOMPARE(wrong, std::size_t{0});
}

}  // namespace

class TestTokenConformance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // prompt_tokens_o200k was counted with tiktoken by those who prepared the data.
    void routingPromptsHaveTheirCounts_data() {
        QTest::addColumn<QByteArray>("set");
        for (const char* set : {"llmrouter_mix", "mmlu_pro", "routerbench_part", "zeroeval_crux"}) {
            QTest::newRow(set) << QByteArray(set);
        }
    }
    void routingPromptsHaveTheirCounts() {
        TIERWISE_NEEDS_SHARED_DATA();
        QFETCH(QByteArray, set);
        const Tokenizer counter = tokenizer(Family::o200k);
        int rows = 0;
        int wrong = 0;
        forEachLine("routing/" + set.toStdString() + "/prompts.jsonl", [&](const nlohmann::json& row) {
            ++rows;
            const std::int64_t got = counter.count(row.at("prompt").get_ref<const std::string&>());
            if (got != row.at("prompt_tokens_o200k").get<std::int64_t>() && ++wrong <= 5) {
                qWarning("%s: %lld", row.at("id").dump().c_str(), static_cast<long long>(got));
            }
        });
        qInfo("%d prompts, %d differ", rows, wrong);
        QVERIFY(rows > 500);
        // mix/train/1339 ends in a lone quotation mark, which the data's count leaves out (tiktoken itself says 24).
        QCOMPARE(wrong, set == "llmrouter_mix" ? 1 : 0);
    }

    // Totals counted with the npm package tiktoken 1.0.22, encode_ordinary.
    void logTotals_data() {
        QTest::addColumn<int>("family");
        QTest::addColumn<QByteArray>("set");
        QTest::addColumn<qlonglong>("tokens");
        QTest::newRow("mt_bench o200k") << 0 << QByteArray("mt_bench") << qlonglong{6999};
        QTest::newRow("mt_bench cl100k") << 1 << QByteArray("mt_bench") << qlonglong{7084};
        QTest::newRow("arena_hard o200k") << 0 << QByteArray("arena_hard") << qlonglong{47461};
        QTest::newRow("arena_hard cl100k") << 1 << QByteArray("arena_hard") << qlonglong{47644};
        QTest::newRow("awesome o200k") << 0 << QByteArray("awesome") << qlonglong{920632};
        QTest::newRow("awesome cl100k") << 1 << QByteArray("awesome") << qlonglong{931028};
    }
    void logTotals() {
        TIERWISE_NEEDS_SHARED_DATA();
        QFETCH(int, family);
        QFETCH(QByteArray, set);
        QFETCH(qlonglong, tokens);
        const Tokenizer counter = tokenizer(family == 0 ? Family::o200k : Family::cl100k);
        std::int64_t total = 0;
        const auto texts = logTexts();
        for (const auto& text : texts.at(set.toStdString())) {
            total += counter.count(text);
        }
        QCOMPARE(total, std::int64_t{tokens});
    }

    void equalsTiktoken_data() {
        QTest::addColumn<int>("family");
        QTest::addColumn<int>("texts");
        for (int family = 0; family < 2; ++family) {
            const char* name = family == 0 ? "o200k" : "cl100k";
            QTest::addRow("%s logs", name) << family << 0;
            QTest::addRow("%s tricky", name) << family << 1;
            QTest::addRow("%s every character", name) << family << 2;
            QTest::addRow("%s long pieces", name) << family << 3;
        }
    }
    void equalsTiktoken() {
        QFETCH(int, family);
        QFETCH(int, texts);
        Texts chosen;
        if (texts == 0) {
            TIERWISE_NEEDS_SHARED_DATA();
            for (auto& [name, list] : logTexts()) {
                chosen.insert(chosen.end(), list.begin(), list.end());
            }
        } else {
            chosen = texts == 1 ? trickyTexts() : (texts == 2 ? everyCharacter() : longPieces());
        }
        compareToTiktoken(family == 0 ? Family::o200k : Family::cl100k, chosen);
    }
};

QTEST_GUILESS_MAIN(TestTokenConformance)
#include "tst_token_conformance.moc"
