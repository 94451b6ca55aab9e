// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include "core/base/rng.h"
#include "core/store/column_codec.h"
#include "core/store/fingerprint.h"
#include "tests/support/support.h"

using tierwise::Rng;
using namespace tierwise::store;

class TestCodec : public QObject {
    Q_OBJECT

    static void comesBack(const std::vector<std::int64_t>& values, const Bitmap* valid, bool unitSearch) {
        const std::string bytes = encodeIntegers(values, valid, unitSearch);
        const auto view = IntegerColumnView::open(bytes);
        TIERWISE_VERIFY_OK(view);
        QCOMPARE(view->rows(), values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            const bool there = valid == nullptr || valid->test(i);
            QCOMPARE(view->isValid(i), there);
            if (there) {
                QCOMPARE(view->valueAt(i), values[i]);
            }
        }
    }

private Q_SLOTS:
    void integersComeBack() {
        constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
        constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
        comesBack({}, nullptr, true);
        comesBack({7}, nullptr, true);
        comesBack({kLeast, kMost, 0, -1, 1}, nullptr, false);
        comesBack({kLeast, kMost}, nullptr, true);
        comesBack({kMost, kLeast}, nullptr, false);
        comesBack({1'741'000'000'000'000'000, 1'741'000'000'001'000'000, 1'741'000'000'005'000'000}, nullptr, true);
        Rng rng(1);
        for (int round = 0; round < 300; ++round) {
            std::vector<std::int64_t> values(rng.below(200));
            Bitmap valid;
            valid.resize(values.size());
            const auto shift = static_cast<unsigned>(rng.below(64));
            for (std::size_t i = 0; i < values.size(); ++i) {
                values[i] = static_cast<std::int64_t>(rng() >> shift) + static_cast<std::int64_t>(i) * 1000;
                if (rng.below(3) != 0) {
                    valid.set(i);
                }
            }
            comesBack(values, nullptr, round % 2 == 0);
            comesBack(values, &valid, round % 2 == 0);
        }
    }

    void countersCostNothing() {
        std::vector<std::int64_t> lines(30000);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            lines[i] = static_cast<std::int64_t>(i) + 2;
        }
        QVERIFY(encodeIntegers(lines, nullptr, false).size() < 100);
    }

    void stringsComeBack() {
        const std::vector<std::optional<std::string_view>> mixed{"a", std::nullopt, "", "a", "007", "12"};
        const std::string bytes = encodeStrings(mixed);
        const auto view = StringColumnView::open(bytes);
        TIERWISE_VERIFY_OK(view);
        for (std::size_t i = 0; i < mixed.size(); ++i) {
            const auto value = view->at(i);
            QCOMPARE(value.has_value(), mixed[i].has_value());
            QVERIFY(!value || *value == *mixed[i]);
        }
        QCOMPARE(view->codeAt(0), view->codeAt(3));
        const std::vector<std::optional<std::string_view>> numbers{"0", "12", "9223372036854775807"};
        const std::string asNumbers = encodeStrings(numbers);
        const auto counted = StringColumnView::open(asNumbers);
        TIERWISE_VERIFY_OK(counted);
        QCOMPARE(counted->at(2).value(), std::string("9223372036854775807"));
        QCOMPARE(counted->at(0).value(), std::string("0"));
    }

    void damagedBytesAreAnError() {
        Rng rng(2);
        const std::vector<std::int64_t> values{5, 70000, 3};
        const std::vector<std::optional<std::string_view>> names{"one", "two", "three"};
        for (const std::string& good : {encodeIntegers(values, nullptr, false), encodeStrings(names)}) {
            for (std::size_t cut = 0; cut < good.size(); ++cut) {
                const std::string part = good.substr(0, cut);
                QVERIFY(!IntegerColumnView::open(part));
                QVERIFY(!StringColumnView::open(part));
            }
            for (int round = 0; round < 2000; ++round) {  // must not read beyond its bytes: the sanitizers watch
                std::string bad = good;
                bad[rng.below(bad.size())] = static_cast<char>(rng());
                if (const auto view = IntegerColumnView::open(bad); view && view->rows() > 0) {
                    (void)view->at(view->rows() - 1);
                }
                if (const auto view = StringColumnView::open(bad); view && view->rows() > 0) {
                    (void)view->at(view->rows() - 1);
                }
            }
        }
    }

    void fingerprintsTellApart() {
        FingerprintSet set;
        std::size_t added = 0;
        for (int i = 0; i < 20000; ++i) {
            const std::string text = "row " + std::to_string(i);
            added += set.insert(fingerprintOf(text)) ? 1U : 0U;
            added += set.insert(fingerprintOf(text + std::string(1, '\0'))) ? 1U : 0U;
        }
        QCOMPARE(added, std::size_t{40000});
        QVERIFY(set.contains(fingerprintOf("row 17")));
        QVERIFY(!set.insert(fingerprintOf("row 17")));
        QVERIFY(!set.contains(fingerprintOf("row x")));
        QVERIFY(set.insert(Fingerprint{}));
        QVERIFY(!set.insert(Fingerprint{}));
    }

    void textsCompress() {
        const std::string text(10000, 'x');
        const std::string packed = compress(text);
        QVERIFY(packed.size() < 200);
        QCOMPARE(decompress(packed, text.size()).value(), text);
        QVERIFY(!decompress(packed, 100));
        QVERIFY(!decompress("not zstd", 100));
    }
};

QTEST_APPLESS_MAIN(TestCodec)
#include "tst_codec.moc"
