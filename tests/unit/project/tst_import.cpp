// SPDX-License-Identifier: GPL-3.0-or-later
// Imports as a whole: what is counted, what is kept of personal data, undoing, rejects.
#include <fstream>

#include "core/project/import.h"
#include "core/project/rejects.h"
#include "core/project/replay.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::project;

namespace {

constexpr const char* kMail = "alice.jones@example.com";
constexpr const char* kCard = "4111 1111 1111 1111";  // the card networks' own test number
constexpr int kRows = 12;

class Folder {
public:
    std::string write(const std::string& name, const std::string& text) const {
        const std::string path = m_folder.filePath(QString::fromStdString(name)).toStdString();
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }
    [[nodiscard]] Project project() const {
        auto made = Project::create(m_folder.filePath("p.tierwise").toStdString());
        if (!made) {
            qFatal("%s", made.error().describe().c_str());
        }
        return *made;
    }
    // Every byte of the project's files.
    [[nodiscard]] std::string bytes() const {
        std::string all;
        for (const char* name : {"p.tierwise", "p.tierwise-wal"}) {
            std::ifstream file(m_folder.filePath(name).toStdString(), std::ios::binary);
            all.append(std::istreambuf_iterator<char>(file), {});
        }
        return all;
    }

private:
    QTemporaryDir m_folder;
};

ImportReport import(Project& project, const std::string& file, const ingest::ImportWishes& wishes = {}) {
    const auto report = importLog(project, {file, wishes, {}}, {});
    if (!report) {
        qFatal("%s", report.error().describe().c_str());
    }
    if (report->rowsRead != report->stored + report->duplicates + report->rejected) {
        qFatal("rows are lost");
    }
    return *report;
}

// Rows that are right and one whose count is none; an address in a text, in two columns and in the wrong row.
std::string personalLog() {
    std::string text = std::string("time,model,user,prompt,input_tokens,output_tokens,remark\n") +
                       "2026-01-01T10:00:00Z,gpt-4o," + kMail + ",Write to " + kMail + " about it,10,20,asked by " +
                       kMail + "\n" + "2026-01-01T10:01:00Z,gpt-4o," + kMail + ",Nothing of note,10,20,card " + kCard +
                       "\n" + "2026-01-01T10:02:00Z,gpt-4o,bob,Ask " + kMail + ",many,20,from " + kMail + "\n";
    for (int i = 3; i < kRows; ++i) {
        text += "2026-01-01T10:" + std::to_string(10 + i) + ":00Z,gpt-4o,bob,Hello there,5,6,none\n";
    }
    return text;
}

}  // namespace

class TestImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void maskingReachesColumnsAndRejects() {
        const Folder folder;
        Project project = folder.project();
        ingest::ImportWishes wishes;
        wishes.masking.mode = ingest::MaskMode::replace;
        const auto report = import(project, folder.write("log.csv", personalLog()), wishes);
        QCOMPARE(report.stored, kRows - 1);
        QCOMPARE(report.rejected, 1);
        const auto rows = project.rows(std::vector<std::int64_t>{1, 2});
        TIERWISE_VERIFY_OK(rows);
        // The same user is the same in both rows, under a mark, and another than nobody.
        QVERIFY(rows->at(0).user.starts_with("[EMAIL_"));
        QCOMPARE(rows->at(0).user, rows->at(1).user);
        QCOMPARE(rows->at(0).dataClass, std::string("pii"));
        QCOMPARE(rows->at(1).dataClass, std::string());  // no text of it goes to a model
        const auto detail = project.detail(rows->at(1).id);
        TIERWISE_VERIFY_OK(detail);
        QVERIFY(detail->extras.find("[CARD_") != std::string::npos);
        const auto rejects = project.rejects({}, 0, 10);
        TIERWISE_VERIFY_OK(rejects);
        QCOMPARE(rejects->size(), 1U);
        QVERIFY2(rejects->at(0).raw.find("Ask [EMAIL_1],many,20") != std::string::npos, rejects->at(0).raw.c_str());
        const std::string bytes = folder.bytes();
        QVERIFY(bytes.find("alice") == std::string::npos);
        QVERIFY(bytes.find("4111") == std::string::npos);
    }

    void withoutTextsNoneIsKept() {
        const Folder folder;
        Project project = folder.project();
        ingest::ImportWishes wishes;
        wishes.storeTexts = false;
        const std::string remark(500, 'x');
        const auto report = import(
            project, folder.write("log.csv", personalLog() + "2026-01-01T11:03:00Z,gpt-4o,bob,Hi,1,2," + remark + "\n"),
            wishes);
        QCOMPARE(report.stored, kRows);
        const auto detail = project.detail(RequestId(kRows));
        TIERWISE_VERIFY_OK(detail);
        QVERIFY(!detail->prompt);
        QVERIFY(detail->extras.find("[text left out]") != std::string::npos);
        const auto rejects = project.rejects({}, 0, 10);
        TIERWISE_VERIFY_OK(rejects);
        QCOMPARE(rejects->at(0).raw, std::string());
        QCOMPARE(rejects->at(0).line, 4);
        QVERIFY(!rejects->at(0).fixHint.empty());
        QVERIFY(folder.bytes().find("Ask alice") == std::string::npos);
    }

    void maskingOffKeepsAll() {
        const Folder folder;
        Project project = folder.project();
        import(project, folder.write("log.csv", personalLog()));
        const auto rows = project.rows(std::vector<std::int64_t>{1});
        TIERWISE_VERIFY_OK(rows);
        QCOMPARE(rows->at(0).user, std::string(kMail));
        const auto rejects = project.rejects({}, 0, 10);
        QVERIFY(rejects && rejects->at(0).raw.find(kMail) != std::string::npos);
    }

    void againAddsNothingAndUndoTakesAllBack() {
        const Folder folder;
        Project project = folder.project();
        const std::string file = folder.write("log.csv", personalLog());
        const auto first = import(project, file);
        const auto second = import(project, file);
        QCOMPARE(second.stored, 0);
        QCOMPARE(second.duplicates, kRows - 1);
        QVERIFY(project.undoImport(second.id).has_value());
        QVERIFY(project.undoImport(first.id).has_value());
        const auto snapshot = project.loadSnapshot({});
        TIERWISE_VERIFY_OK(snapshot);
        QCOMPARE(snapshot->rows, 0U);
        QCOMPARE(project.rejectCount({}).value_or(-1), 0);
        QCOMPARE(import(project, file).stored, kRows - 1);
    }

    void rejectsAreMendedAndRetried() {
        const Folder folder;
        Project project = folder.project();
        const auto report = import(project, folder.write("log.csv", personalLog()));
        const std::string mended = folder.write("rejects.csv", "");
        QCOMPARE(exportRejects(project, report.id, mended).value_or(-1), 1);
        std::ifstream in(mended, std::ios::binary);
        std::string text((std::istreambuf_iterator<char>(in)), {});
        const auto at = text.find(",many,");
        QVERIFY(at != std::string::npos);
        text.replace(at, 6, ",30,");
        folder.write("rejects.csv", text);
        const auto outcome = retryRejects(project, report.id, std::filesystem::path(mended), {});
        TIERWISE_VERIFY_OK(outcome);
        QCOMPARE(outcome->stored, 1);
        QCOMPARE(outcome->failed, 0);
        QCOMPARE(project.rejectCount({}).value_or(-1), 0);
        QCOMPARE(project.loadSnapshot({})->rows, static_cast<std::size_t>(kRows));
    }

    // Imports keep texts and don't judge them; the first analysis does, once, and only what is new.
    void promptsAreScoredByTheFirstAnalysis() {
        const Folder folder;
        Project project = folder.project();
        const std::string head = "time,model,prompt,input_tokens,output_tokens\n";
        import(project, folder.write("a.csv", head + "2026-01-01T10:00:00Z,gpt-4o,Prove that the square root of two is "
                                                     "irrational and explain every step of the proof.,30,400\n"
                                                     "2026-01-01T10:01:00Z,gpt-4o,,10,20\n"));
        const auto scored = [&project] {
            const auto rows = project.loadSnapshot({});
            std::size_t count = 0;
            for (std::size_t row = 0; rows && row < rows->rows; ++row) {
                const std::uint8_t signal = rows->signal[row];
                count += signal == static_cast<std::uint8_t>(assess::Signal::notScored) ? 0 : 1;
            }
            return count;
        };
        QCOMPARE(scored(), 0U);
        std::stop_source stopped;
        stopped.request_stop();
        const auto none = openReplay(project, {}, {stopped.get_token(), {}});
        QVERIFY(!none && none.error().code == ErrorCode::cancelled);
        QCOMPARE(scored(), 0U);
        const auto first = openReplay(project, {}, {});
        TIERWISE_VERIFY_OK(first);
        QCOMPARE(first->newlyScored, 2);
        QVERIFY(first->notes.empty());
        QVERIFY(first->workbench.rows().difficulty.at(0).has_value());
        QVERIFY(!first->workbench.rows().difficulty.at(1).has_value());
        QCOMPARE(scored(), 2U);
        QCOMPARE(openReplay(project, {}, {})->newlyScored, 0);
        import(project, folder.write("b.csv", head + "2026-01-01T11:00:00Z,gpt-4o,Translate this letter to the "
                                                     "landlord into polite German.,12,90\n"));
        QCOMPARE(scored(), 2U);
        QCOMPARE(openReplay(project, {}, {})->newlyScored, 1);
        QCOMPARE(project.loadSnapshot({})->difficulty.at(0), first->workbench.rows().difficulty.at(0));
        // With the model of another version all is scored once more, but what a refit said stays.
        const auto by = [&project](const char* body) {
            QVERIFY(project.putDocument("assessment", "difficulty", std::string(body)));
        };
        by(R"({"model": "another", "refitted": false})");
        QCOMPARE(openReplay(project, {}, {})->newlyScored, 3);
        QCOMPARE(openReplay(project, {}, {})->newlyScored, 0);
        by(R"({"model": "another", "refitted": true})");
        QCOMPARE(openReplay(project, {}, {})->newlyScored, 0);
    }

    // A few odd values in a column that says that it holds counts are rejects; the column is not left out for them.
    void countsAreReadAsPeopleWriteThem() {
        struct Case {
            const char* name;
            std::string text;
            std::int64_t stored;
            std::int64_t rejected;
            std::uint32_t firstInput;
        };
        const std::string head = "time;model;input_tokens;output_tokens;cost\n";
        const std::string stamp = "2026-01-01T10:0";
        const auto rows = [&](const std::string& input, const std::string& cost) {
            std::string text = head;
            for (int i = 0; i < 6; ++i) {
                text +=
                    stamp + std::to_string(i) + ":00Z;gpt-4o;" + input + ";" + std::to_string(i) + ";" + cost + "\n";
            }
            return text;
        };
        const std::vector<Case> cases{
            {"thin spaces",
             rows("1\xE2\x80\x89"
                  "234",
                  "0,25"),
             6, 0, 1234},
            {"no-break spaces",
             rows("12\xC2\xA0"
                  "345",
                  "1.234,50"),
             6, 0, 12345},
            {"apostrophes",
             rows("1\xE2\x80\x99"
                  "234'567",
                  "0.5"),
             6, 0, 1234567},
            {"India", rows("12,34,567", "0.5"), 6, 0, 1234567},
            {"exponents", rows("1.5e3", "5E-1"), 6, 0, 1500},
            {"a header in between", rows("7", "0.5") + rows("8", "0.5"), 12, 1, 7},
            {"negative", rows("9", "0.5") + stamp + "9:00Z;gpt-4o;-5;1;0.5\n", 6, 1, 9},
            {"a total", rows("10", "0,5") + "Total;;60;15;3,0\n", 6, 1, 10},
        };
        for (const Case& one : cases) {
            const Folder folder;
            Project project = folder.project();
            const auto report = import(project, folder.write("log.csv", one.text));
            QVERIFY2(report.stored == one.stored && report.rejected == one.rejected,
                     qPrintable(QStringLiteral("%1: %2 stored, %3 rejected")
                                    .arg(QLatin1String(one.name))
                                    .arg(report.stored)
                                    .arg(report.rejected)));
            const auto kept = project.loadSnapshot({});
            TIERWISE_VERIFY_OK(kept);
            QVERIFY2(kept->inputUncached.at(0) == one.firstInput, one.name);
            QVERIFY2(kept->loggedCostPico.at(0).has_value(), one.name);
        }
    }

    void anEmptyFileADirectoryAndABinaryFileAreErrors() {
        const Folder folder;
        Project project = folder.project();
        for (const auto& [name, text] : {std::pair<const char*, std::string>{"empty.csv", ""},
                                         {"noise.bin", std::string("\x7F"
                                                                   "ELF\0\0\1\2\xFF\xFE\0\0\x80\x81",
                                                                   15)}}) {
            const auto report = importLog(project, {folder.write(name, text), {}, {}}, {});
            QVERIFY2(!report, name);
            QVERIFY2(!report.error().what.empty() && !report.error().fixHint.empty(), name);
            QVERIFY(project.imports()->empty());
        }
        const auto folderAsFile = importLog(project, {"/", {}, {}}, {});
        QVERIFY(!folderAsFile && !folderAsFile.error().fixHint.empty());
        const auto missing = importLog(project, {"/no/such/file.csv", {}, {}}, {});
        QVERIFY(!missing && missing.error().code == ErrorCode::notFound && !missing.error().fixHint.empty());
    }
};

QTEST_APPLESS_MAIN(TestImport)
#include "tst_import.moc"
