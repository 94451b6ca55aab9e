// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QTemporaryDir>

#include "core/base/files.h"
#include "core/tokens/byte_pair.h"
#include "core/tokens/family_ratio.h"
#include "core/tokens/rank_file.h"
#include "core/tokens/splitter.h"
#include "core/tokens/tokenizer.h"
#include "core/tokens/utf8.h"
#include "tests/support/support.h"

using namespace tierwise::tokens;
using tierwise::ErrorCode;

namespace {

Tokenizer shipped(Family family) {
    const auto loaded = Tokenizer::load(family, tierwise::test::sourcePath("resources") / familyResource(family));
    if (!loaded) {
        qFatal("%s", loaded.error().describe().c_str());
    }
    return *loaded;
}

// All single bytes at ranks 0..255, then these.
Vocabulary toy(const std::vector<std::string>& more) {
    std::vector<std::string> tokens;
    for (int byte = 0; byte < 256; ++byte) {
        tokens.emplace_back(1, static_cast<char>(byte));
    }
    tokens.insert(tokens.end(), more.begin(), more.end());
    auto made = Vocabulary::make("toy", tokens);
    if (!made) {
        qFatal("%s", made.error().describe().c_str());
    }
    return *made;
}

QByteArray pieces(SplitPattern pattern, std::string_view text) {
    QByteArray joined;
    Splitter splitter(pattern, text);
    for (auto piece = splitter.next(); !piece.empty(); piece = splitter.next()) {
        joined += (joined.isEmpty() ? "" : "|") + QByteArray(piece.data(), static_cast<qsizetype>(piece.size()));
    }
    return joined;
}

}  // namespace

class TestTokens : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Worked out by hand from the published patterns.
    void splits_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("cl100k");
        QTest::addColumn<QByteArray>("o200k");
        const auto row = [](const char* text, const char* cl100k, const char* o200k) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(cl100k) << QByteArray(o200k);
        };
        row("", "", "");
        row("Hello, world!", "Hello|,| world|!", "Hello|,| world|!");
        row("it's THEY'LL", "it|'s| THEY|'LL", "it's| THEY'LL");
        row("camelCaseHTTPServer", "camelCaseHTTPServer", "camel|Case|HTTPServer");
        row("1234567 90", "123|456|7| |90", "123|456|7| |90");
        row("a  b", "a| | b", "a| | b");
        row("a   ", "a|   ", "a|   ");
        row("a \n  b", "a| \n| | b", "a| \n| | b");
        row("x\n\n\ny", "x|\n\n\n|y", "x|\n\n\n|y");
        row("\tif", "\tif", "\tif");
        row("$$$\n/a", "$$$\n|/a", "$$$\n/|a");
        row(" ?!", " ?!", " ?!");
        row("'\xC5\xBF'x", "'\xC5\xBF|'x", "'\xC5\xBF|'x");
        row("e\xCC\x81t\xC3\xA9", "e|\xCC\x81t\xC3\xA9", "e\xCC\x81t\xC3\xA9");  // a combining mark is no letter
        row("A\xE4\xB8\xADZ", "A\xE4\xB8\xADZ", "A\xE4\xB8\xAD|Z");
        row("don't'", "don|'t|'", "don't|'");
    }
    void splits() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, cl100k);
        QFETCH(QByteArray, o200k);
        QCOMPARE(pieces(SplitPattern::cl100k, text.toStdString()), cl100k);
        QCOMPARE(pieces(SplitPattern::o200k, text.toStdString()), o200k);
    }

    void mergesTheLowestRankFirstAndTheLeftmostOfEquals() {
        const Vocabulary vocabulary = toy({"ab", "bc", "abc", "aa", "aaaa"});
        QCOMPARE(mergedCount(vocabulary, "abc"), qint64{1});    // ab, then abc
        QCOMPARE(mergedCount(vocabulary, "bcab"), qint64{2});   // ab (rank 256) before bc
        QCOMPARE(mergedCount(vocabulary, "abcbc"), qint64{2});  // ab bc -> abc bc
        QCOMPARE(mergedCount(vocabulary, "aaaaa"), qint64{2});  // aa aa a -> aaaa a
        QCOMPARE(mergedCount(vocabulary, "aaa"), qint64{2});
        QCOMPARE(mergedCount(vocabulary, "xyz"), qint64{3});
        // The heap takes over for long pieces: 1000 a's make 250 tokens, and 1001 one more.
        QCOMPARE(mergedCount(vocabulary, std::string(1000, 'a')), qint64{250});
        QCOMPARE(mergedCount(vocabulary, std::string(1001, 'a')), qint64{251});
    }

    // From OpenAI's tiktoken documentation and cookbook ("tiktoken is great!" is 6 tokens in cl100k_base).
    void knownCounts() {
        QCOMPARE(shipped(Family::cl100k).count("tiktoken is great!"), qint64{6});
        QCOMPARE(shipped(Family::cl100k).count("antidisestablishmentarianism"), qint64{6});
        QCOMPARE(shipped(Family::o200k).count("antidisestablishmentarianism"), qint64{6});
        QCOMPARE(shipped(Family::cl100k).count("2 + 2 = 4"), qint64{7});
        QCOMPARE(shipped(Family::o200k).count("2 + 2 = 4"), qint64{7});
        QCOMPARE(shipped(Family::o200k).count(""), qint64{0});
        QVERIFY(shipped(Family::o200k).count("<|endoftext|>") > 1);  // plain text, as encode_ordinary has it
    }

    void invalidUtf8IsReplacedAndCounted() {
        const Tokenizer counter = shipped(Family::o200k);
        const auto row = [&](std::string_view text, std::string_view same, qint64 replaced) {
            const TokenTally tally = counter.tally(text);
            return tally.replaced == replaced && tally.tokens == counter.count(same);
        };
        QVERIFY(row("caf\xE9 au lait", "caf\xEF\xBF\xBD au lait", 1));
        QVERIFY(row("\xFF\xFE", "\xEF\xBF\xBD\xEF\xBF\xBD", 2));
        QVERIFY(row("a\xE2\x82", "a\xEF\xBF\xBD", 1));                            // a cut euro sign is one
        QVERIFY(row("\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 3));  // a surrogate, as WHATWG has it
        QVERIFY(row("\xC0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD", 2));                  // overlong
        QVERIFY(row("\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 4));
        QVERIFY(row("fine \xF0\x9F\x98\x80", "fine \xF0\x9F\x98\x80", 0));
    }

    void aMegabyteOfOneLetterIsBounded() {
        const Tokenizer counter = shipped(Family::o200k);
        for (const std::string& unit : {std::string("a"), std::string(" "), std::string("ab"), std::string("=")}) {
            std::string text;
            while (text.size() < (1U << 20U)) {
                text += unit;
            }
            QElapsedTimer timer;
            timer.start();
            QVERIFY(counter.count(text) > 1000);
            qInfo("1 MiB of '%s': %lld ms", unit.c_str(), timer.elapsed());
            QVERIFY(timer.elapsed() < 10'000);  // a quadratic merge takes an hour; sanitizers slow this down tenfold
        }
    }

    void packingKeepsEveryToken() {
        const Vocabulary vocabulary = toy({"ab", "abc", std::string("\0\0", 2), std::string(255, 'z')});
        const auto packed = vocabulary.pack();
        TIERWISE_VERIFY_OK(packed);
        const auto back = Vocabulary::unpack(*packed, "memory");
        TIERWISE_VERIFY_OK(back);
        QCOMPARE(back->size(), vocabulary.size());
        QCOMPARE(back->name(), std::string("toy"));
        for (std::uint32_t rank = 0; rank < vocabulary.size(); ++rank) {
            QVERIFY(back->token(rank) == vocabulary.token(rank));
        }
    }

    void damageIsFound() {
        const std::string good = *toy({"ab", "abc"}).pack();
        for (std::size_t at = 0; at < good.size(); ++at) {
            std::string bad = good;
            bad[at] = static_cast<char>(bad[at] ^ 0x41);
            const auto damaged = Vocabulary::unpack(bad, "memory");
            if (damaged.has_value()) {
                QVERIFY2(at >= 17 && at < 20, qPrintable(QString::number(at)));  // only the name may differ
            } else {
                QCOMPARE(damaged.error().code, ErrorCode::badFormat);
            }
            QVERIFY(!Vocabulary::unpack(std::string_view(good).substr(0, at), "memory").has_value());
        }
    }

    void readsBothRankFiles() {
        std::string lines;
        std::string run = "! 0";
        const char* alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (unsigned byte = 0; byte < 256; ++byte) {
            const std::string base64{alphabet[byte >> 2U], alphabet[(byte & 3U) << 4U], '=', '='};
            lines += base64 + " " + std::to_string(byte) + "\n";
            run += " " + base64;
        }
        lines += "YWI= 256\n";  // "ab"
        run += " YWI=";
        const auto fromLines = readRankFile(lines, "toy", "lines");
        TIERWISE_VERIFY_OK(fromLines);
        QCOMPARE(fromLines->rank("ab"), 256U);
        QCOMPARE(fromLines->rank("\xFF"), 255U);
        QCOMPARE(fromLines->rank("ba"), Vocabulary::kNone);
        const auto fromRun = readRankFile("{\"bpe_ranks\": \"" + run + "\"}", "toy", "json");
        TIERWISE_VERIFY_OK(fromRun);
        QCOMPARE(fromRun->rank("ab"), 256U);
        const auto bad = readRankFile(lines + "?? 257\n", "toy", "lines");
        QVERIFY(!bad.has_value());
        QCOMPARE(*bad.error().line, qint64{258});
        QVERIFY(!readRankFile("YWI= 0\n", "toy", "lines").has_value());  // single bytes are missing
        QVERIFY(!readRankFile(lines + "YWI= 257\n", "toy", "lines").has_value());
        QVERIFY(!readRankFile("{}", "toy", "json").has_value());
        QVERIFY(!readRankFile("", "toy", "lines").has_value());
    }

    void otherFamiliesAreRanges() {
        const auto table = FamilyRatios::load(tierwise::test::sourcePath("resources/tokens/ratios.json"));
        TIERWISE_VERIFY_OK(table);
        for (const char* family : {"llama3", "qwen", "deepseek", "gemini", "claude", "mistral"}) {
            const FamilyRatio* ratio = table->find(family);
            QVERIFY2(ratio != nullptr, family);
            QVERIFY(!ratio->source.empty() && !ratio->exact && ratio->low < ratio->high);
        }
        const auto own = FamilyRatios::parse(
            "{\"format\":\"tierwise-token-ratios\",\"version\":1,\"ratios\":[{\"family\":\"f\",\"low\":0.9,\"mid\":1.1,"
            "\"high\":1.25,\"source\":\"s\"}]}",
            "test");
        TIERWISE_VERIFY_OK(own);
        const EstimatedTokens expected{9, 11, 13};  // 12.5 is rounded up
        QVERIFY(own->estimate("f", 10) == expected);
        const EstimatedTokens unknown{9, 10, 13};
        QVERIFY(own->estimate("unheard of", 10) == unknown);
        for (const char* bad : {"", "{}", "{\"format\":\"tierwise-token-ratios\",\"version\":1,\"ratios\":[{}]}"}) {
            QCOMPARE(FamilyRatios::parse(bad, "test").error().code, ErrorCode::badFormat);
        }
    }

    void theWrongFamilysFileIsRefused() {
        const auto wrong =
            Tokenizer::load(Family::o200k, tierwise::test::sourcePath("resources") / familyResource(Family::cl100k));
        QVERIFY(!wrong.has_value());
        QCOMPARE(wrong.error().code, ErrorCode::badFormat);
        QCOMPARE(Tokenizer::load(Family::o200k, "/nowhere/x.bin").error().code, ErrorCode::notFound);
        QVERIFY(familyOf("o200k_base") == Family::o200k);
        QVERIFY(!familyOf("llama3").has_value());
    }
};

QTEST_GUILESS_MAIN(TestTokens)
#include "tst_tokens.moc"
