// SPDX-License-Identifier: GPL-3.0-or-later
// Which outcomes a trainer believes: tables whose faults are known because they were put there.
#include <array>
#include <cmath>

#include "core/assess/screening.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::assess;

namespace {

constexpr std::size_t kModels = 4;
constexpr std::size_t kClasses = 5;

// Prompts of five classes in turn; of class r, the models from the r-th on are right: they score .2, .4, .6 and .8.
struct Table {
    std::vector<std::array<double, kModels>> rows;
    std::vector<std::string> categories;

    void addLadder(const std::string& category, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            std::array<double, kModels> row{};
            for (std::size_t j = 0; j < kModels; ++j) {
                row[j] = j >= i % kClasses ? 1.0 : 0.0;
            }
            rows.push_back(row);
            categories.push_back(category);
        }
    }
    void addAlike(const std::string& category, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            rows.emplace_back().fill(i % 2 == 0 ? 1.0 : 0.0);
            categories.push_back(category);
        }
    }
    void setModel(const std::string& category, std::size_t model, double score) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (categories[i] == category) {
                rows[i][model] = score;
            }
        }
    }
    [[nodiscard]] Screened screened() const {
        Matrix scores(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(kModels));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            for (std::size_t j = 0; j < kModels; ++j) {
                scores(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = rows[i][j];
            }
        }
        return screenOutcomes(scores, categories);
    }
};

}  // namespace

class TestScreening : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void soundOutcomesStayAsTheyAre() {
        Table table;
        table.addLadder("law", 100);
        table.addLadder("physics", 100);
        const auto screened = table.screened();
        QVERIFY(screened.setAside.empty());
        QCOMPARE(screened.rows.size(), std::size_t{200});
        QCOMPARE(screened.scores(6, 0), 0.0);
        QCOMPARE(screened.scores(6, 1), 1.0);
    }

    void aModelThatTheScorerNeverUnderstoodIsExpectedNotZero() {
        Table table;
        table.addLadder("law", 100);
        table.addLadder("physics", 100);
        table.setModel("physics", 1, 0.0);
        const auto screened = table.screened();
        QCOMPARE(screened.setAside.size(), std::size_t{1});
        QCOMPARE(screened.setAside[0].category, std::string("physics"));
        QCOMPARE(screened.setAside[0].model, std::optional<std::size_t>(1));
        QVERIFY(!screened.believes("physics", 1));
        QVERIFY(screened.believes("physics", 0));
        QVERIFY(screened.believes("law", 1));
        QCOMPARE(screened.labels, (std::vector<std::size_t>{200, 100, 200, 200}));
        // The others' mean on the row, less what they have above this model elsewhere: (.2 + .6 + .8) / 3 - .4.
        const std::array<double, kClasses> wanted{1.0 - 2.0 / 15, 2.0 / 3 - 2.0 / 15, 2.0 / 3 - 2.0 / 15,
                                                  1.0 / 3 - 2.0 / 15, 0.0};
        for (std::size_t i = 0; i < 100; ++i) {
            const double got = screened.scores(static_cast<Eigen::Index>(100 + i), 1);
            QVERIFY2(std::abs(got - wanted[i % kClasses]) < 1e-6, qPrintable(QString::number(got)));
        }
    }

    void aTaskThatRowsAloneDecideIsLeftOut() {
        Table table;
        table.addLadder("law", 100);
        table.addAlike("exact words", 100);
        table.addLadder("physics", 100);
        const auto screened = table.screened();
        QCOMPARE(screened.setAside.size(), std::size_t{1});
        QCOMPARE(screened.setAside[0].category, std::string("exact words"));
        QVERIFY(!screened.setAside[0].model.has_value());
        QVERIFY(!screened.believes("exact words", 3));
        QCOMPARE(screened.rows.size(), std::size_t{200});
        QCOMPARE(screened.rows[100], std::size_t{200});
        QCOMPARE(screened.labels[0], std::size_t{200});
    }

    void aTaskWithTooFewBelievedModelsIsLeftOut() {
        Table table;
        table.addLadder("law", 100);
        table.addLadder("essay", 100);
        table.setModel("essay", 0, 0.0);
        table.setModel("essay", 2, 0.0);
        const auto screened = table.screened();
        QCOMPARE(screened.rows.size(), std::size_t{100});
        QVERIFY(!screened.setAside.empty() && !screened.setAside[0].model.has_value());
    }

    void fewRowsAndUnknownScoresAreNoFault() {
        Table table;
        table.addLadder("law", 100);
        table.addAlike("new", 99);
        table.setModel("law", 2, std::nan(""));
        const auto screened = table.screened();
        QVERIFY(screened.setAside.empty());
        QCOMPARE(screened.rows.size(), std::size_t{199});
        QVERIFY(std::isnan(screened.scores(0, 2)));
        QCOMPARE(screened.labels, (std::vector<std::size_t>{199, 199, 99, 199}));
    }
};

QTEST_APPLESS_MAIN(TestScreening)
#include "tst_screening.moc"
