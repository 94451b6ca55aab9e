// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>
#include <functional>

#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <nlohmann/json.hpp>

#include "tests/support/support.h"

using nlohmann::json;

namespace {

struct Answer {
    int code = -1;
    QByteArray out;
    QByteArray err;
    [[nodiscard]] json document() const { return json::parse(out.toStdString(), nullptr, false); }
};

Answer run(const QStringList& words) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* gone : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        environment.remove(QString::fromLatin1(gone));
    }
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(TIERWISE_CLI), words);
    process.waitForFinished(240000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

QStringList subcommands(const QByteArray& help) {
    QStringList names;
    bool on = false;
    for (const QByteArray& line : help.split('\n')) {
        on = on || line.startsWith("Subcommands:");
        if (on && line.startsWith("  ") && line.size() > 2 && line[2] != ' ') {
            names << QString::fromUtf8(line.mid(2).split(' ').first());
        }
    }
    return names;
}

QStringList optionsIn(const QByteArray& help) {
    static const QRegularExpression option(QStringLiteral("^  (?:-[a-z],)?(--[a-z][a-z0-9-]*)"),
                                           QRegularExpression::MultilineOption);
    QStringList names;
    for (auto found = option.globalMatch(QString::fromUtf8(help)); found.hasNext();) {
        names << found.next().captured(1);
    }
    return names;
}

}  // namespace

class TestCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString sample() const { return path(QStringLiteral("sample.tierwise")); }

    QString write(const QString& name, const std::string& text) const {
        std::ofstream(path(name).toStdString(), std::ios::binary) << text;
        return path(name);
    }

    [[nodiscard]] QString policy() const {
        return QString::fromStdString(tierwise::test::sourcePath("resources/policy/examples/threshold.json").string());
    }

    [[nodiscard]] Answer gate(const QString& project, const QStringList& limits) const {
        return run(QStringList{QStringLiteral("gate"), QStringLiteral("--project"), project, QStringLiteral("--policy"),
                               policy(), QStringLiteral("--json")} +
                   limits);
    }

private Q_SLOTS:
    void initTestCase() {
        const auto answer =
            run({QStringLiteral("import"),
                 QString::fromStdString(tierwise::test::sourcePath("resources/sample/sample.csv").string()),
                 QStringLiteral("--project"), sample(), QStringLiteral("--json")});
        QVERIFY2(answer.code == 0, answer.err.constData());
        const json report = answer.document();
        QCOMPARE(report["rowsRead"].get<int>(),
                 report["stored"].get<int>() + report["duplicates"].get<int>() + report["rejected"].get<int>());
        QVERIFY(report["stored"].get<int>() > 2000);
    }

    void exitCodes() {
        QCOMPARE(run({}).code, 2);
        QCOMPARE(run({QStringLiteral("show")}).code, 2);
        QCOMPARE(run({QStringLiteral("report"), QStringLiteral("-p"), sample(), QStringLiteral("-f"),
                      QStringLiteral("docx"), QStringLiteral("-o"), path(QStringLiteral("x"))})
                     .code,
                 2);
        QCOMPARE(run({QStringLiteral("report"), QStringLiteral("-p"), sample()}).code, 2);
        QCOMPARE(run({QStringLiteral("show"), QStringLiteral("-p"), path(QStringLiteral("none.tierwise"))}).code, 1);
        QCOMPARE(run({QStringLiteral("--version")}).code, 0);
        // A negative count is no huge one.
        for (const char* option : {"--labels", "--folds", "--draws", "--replicates"}) {
            const auto answer = run({QStringLiteral("evaluate"), QStringLiteral("--data"), path(QStringLiteral(".")),
                                     QString::fromLatin1(option), QStringLiteral("-3")});
            QCOMPARE(answer.code, 2);
            QVERIFY2(answer.err.contains(option), answer.err.constData());
        }
    }

    // A log that names no model was paid something that nobody knows: that is not $0.
    void whatNobodyKnowsIsNoZeroInTheReport() {
        const QString log = path(QStringLiteral("nameless.csv"));
        QFile file(log);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,374,44\n"
            "2023-11-16 18:15:50.9951690,396,109\n");
        file.close();
        const QString project = path(QStringLiteral("nameless.tierwise"));
        const QString report = path(QStringLiteral("nameless.md"));
        QCOMPARE(run({QStringLiteral("import"), log, QStringLiteral("-p"), project}).code, 0);
        QCOMPARE(run({QStringLiteral("report"), QStringLiteral("-p"), project, QStringLiteral("-f"),
                      QStringLiteral("md"), QStringLiteral("-o"), report})
                     .code,
                 0);
        QFile written(report);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray text = written.readAll();
        QVERIFY(text.contains("| As logged | - | - | - | - | cannot be priced |"));
        QVERIFY(!text.contains("money wasted"));
        QVERIFY(text.contains("No request of this log can be judged as it was served"));
        // Nor a table without rows, nor a worst one of nothing, nor sessions that there are not.
        QVERIFY2(!text.contains("---: |\n\n") && !text.contains("--- |\n\n"), text.constData());
        QVERIFY(!text.contains("(none)") && !text.contains("Worst ") && !text.contains("lustered by"));
        // The proposal is as good as the best single model, not the cheapest of all.
        const auto change = text.indexOf("quality change of ");
        QVERIFY2(text.mid(change + 18, 5).toDouble() >= -1.0, text.mid(change, 60).constData());
    }

    void anErrorIsADocumentToo() {
        const auto answer = run({QStringLiteral("report"), QStringLiteral("-p"), path(QStringLiteral("none.tierwise")),
                                 QStringLiteral("--json")});
        const json error = answer.document()["error"];
        QVERIFY(!error["what"].get<std::string>().empty());
        QVERIFY(!error["fixHint"].get<std::string>().empty());
        QCOMPARE(QString::fromStdString(error["source"]), path(QStringLiteral("none.tierwise")));
        QVERIFY(answer.err.contains("none.tierwise"));
    }

    void anImportOfNothingLeavesNothing_data() {
        QTest::addColumn<QString>("file");
        QTest::newRow("missing") << path(QStringLiteral("missing.csv"));
        QTest::newRow("empty") << write(QStringLiteral("empty.csv"), "");
        QTest::newRow("folder") << m_folder.path();
        std::string binary(5000, '\0');
        for (std::size_t i = 0; i < binary.size(); ++i) {
            binary[i] = static_cast<char>(i * 7919 >> 3);
        }
        QTest::newRow("binary") << write(QStringLiteral("binary.csv"), binary);
        QTest::newRow("no log") << write(QStringLiteral("other.csv"), "a,b\n1,2\n");
    }

    void anImportOfNothingLeavesNothing() {
        QFETCH(QString, file);
        const QString project = path(QStringLiteral("never.tierwise"));
        const auto answer = run({QStringLiteral("import"), file, QStringLiteral("-p"), project});
        QCOMPARE(answer.code, 1);
        QVERIFY2(answer.err.contains(file.toUtf8()), answer.err.constData());
        QVERIFY(answer.err.count(". ") >= 1);  // what, and how to mend it
        QVERIFY(!QFile::exists(project));
    }

    void wrongWordsOfAnImportAreNotPassedOver_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* name, const QStringList& words, const char* says) {
            QTest::newRow(name) << words << QByteArray(says);
        };
        row("no such column", {QStringLiteral("--map"), QStringLiteral("modle=model")}, "timestamp, model, tokens");
        row("no such field", {QStringLiteral("--map"), QStringLiteral("model=modle")}, "inputTokens");
        row("no such convention", {QStringLiteral("--set"), QStringLiteral("chache=included")}, "reasoning, numbers");
        row("no such value", {QStringLiteral("--set"), QStringLiteral("dates=bogus")}, "dayFirst");
        row("no masking", {QStringLiteral("--data-class"), QStringLiteral("x=secret")}, "--mask flag");
        row("no pattern",
            {QStringLiteral("--mask"), QStringLiteral("flag"), QStringLiteral("--data-class"), QStringLiteral("(=x")},
            "(");
        row("no lines", {QStringLiteral("--skip-lines"), QStringLiteral("-1")}, "0");
    }

    void wrongWordsOfAnImportAreNotPassedOver() {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, says);
        const QString log = write(QStringLiteral("log.csv"), "timestamp,model,tokens\n2025-01-01T10:00:00Z,gpt-4o,5\n");
        const QString project = path(QStringLiteral("never.tierwise"));
        const auto answer = run(QStringList{QStringLiteral("import"), log, QStringLiteral("-p"), project} + words);
        QCOMPARE(answer.code, 2);
        QVERIFY2(answer.err.contains(says), answer.err.constData());
        QVERIFY(!QFile::exists(project));
        QVERIFY(run(QStringList{QStringLiteral("import"), log, QStringLiteral("-p"), project, QStringLiteral("--set"),
                                QStringLiteral("timeShiftSeconds=-3600"), QStringLiteral("--set"),
                                QStringLiteral("uniqueIds=true")})
                    .code == 0);
        QVERIFY(QFile::remove(project));
    }

    void rejectsAreOfAnImport() {
        const QString log = write(QStringLiteral("rejects.csv"),
                                  "timestamp,model,input_tokens\n2025-01-01T10:00:00Z,gpt-4o,5\nx,gpt-4o,many\n");
        const QString project = path(QStringLiteral("rejects.tierwise"));
        QCOMPARE(run({QStringLiteral("import"), log, QStringLiteral("-p"), project}).code, 0);
        const auto rejects = [&](const QStringList& words) {
            return run(QStringList{QStringLiteral("rejects"), QStringLiteral("-p"), project} + words);
        };
        const QString mended = path(QStringLiteral("mended.csv"));
        QCOMPARE(rejects({QStringLiteral("--import"), QStringLiteral("7")}).code, 1);
        QCOMPARE(rejects({QStringLiteral("--export"), mended}).code, 0);
        QFile file(mended);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray text = file.readAll();
        text.replace("many", "70").replace("\nx,", "\n2025-01-01T10:01:00Z,").replace(",x,", ",2025-01-01T10:01:00Z,");
        QVERIFY(file.resize(0) && file.seek(0) && file.write(text) == text.size());
        file.close();
        const auto retried = rejects({QStringLiteral("--retry-file"), mended, QStringLiteral("--json")});
        QCOMPARE(retried.code, 0);
        QCOMPARE(retried.document()["stored"].get<int>(), 1);
        QCOMPARE(rejects({QStringLiteral("--json")}).document()["total"].get<int>(), 0);
    }

    void noOtherFileIsHarmed() {
        const QString file = write(QStringLiteral("notes.tierwise"), "my notes\n");
        const QString log = QString::fromStdString(tierwise::test::sourcePath("resources/sample/sample.csv").string());
        QCOMPARE(run({QStringLiteral("import"), log, QStringLiteral("-p"), file}).code, 1);
        QFile notes(file);
        QVERIFY(notes.open(QIODevice::ReadOnly));
        QCOMPARE(notes.readAll(), QByteArray("my notes\n"));
    }

    void everyFormatIsWritten_data() {
        QTest::addColumn<QByteArray>("beginning");
        QTest::newRow("html") << QByteArray("<!DOCTYPE html>");
        QTest::newRow("md") << QByteArray("# ");
        QTest::newRow("json") << QByteArray("{\n");
        QTest::newRow("csv") << QByteArray("key,label,value");
        QTest::newRow("xlsx") << QByteArray("PK");
        QTest::newRow("focus") << QByteArray("BilledCost,");
#ifdef TIERWISE_WITH_DESKTOP
        QTest::newRow("pdf") << QByteArray("%PDF-");
#endif
    }

    void everyFormatIsWritten() {
        QFETCH(QByteArray, beginning);
        const QString format = QString::fromLatin1(QTest::currentDataTag());
        const QString file = path(QStringLiteral("report.") + format);
        const auto answer = run({QStringLiteral("report"), QStringLiteral("-p"), sample(), QStringLiteral("-f"), format,
                                 QStringLiteral("-o"), file, QStringLiteral("--json")});
        QVERIFY2(answer.code == 0, answer.err.constData());
        QCOMPARE(QString::fromStdString(answer.document()["written"]), file);
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QVERIFY(written.readAll().startsWith(beginning));
        QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("*.part*")}).size(), 0);
    }

    // What cannot be written says so in our words alone, and leaves nothing.
    void aFileThatCannotBeWritten_data() {
        everyFormatIsWritten_data();
    }
    void aFileThatCannotBeWritten() {
        const QString format = QString::fromLatin1(QTest::currentDataTag());
        QFile file(path(QStringLiteral("a-file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QString inside = path(QStringLiteral("a-file/report"));
        const auto answer = run({QStringLiteral("report"), QStringLiteral("-p"), sample(), QStringLiteral("-f"), format,
                                 QStringLiteral("-o"), inside, QStringLiteral("--quiet")});
        QCOMPARE(answer.code, 1);
        QCOMPARE(answer.err.trimmed().count('\n'), 0);
        QVERIFY2(answer.err.startsWith("tierwise-cli: ") && answer.err.contains("a-file/report"),
                 answer.err.constData());
        const QString target = path(QStringLiteral("a-folder.") + format);
        QVERIFY(QDir().mkpath(target + QStringLiteral("/kept")));
        QCOMPARE(run({QStringLiteral("report"), QStringLiteral("-p"), sample(), QStringLiteral("-f"), format,
                      QStringLiteral("-o"), target})
                     .code,
                 1);
        QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("a-folder*")}, QDir::AllEntries).size(), 1);
        QVERIFY(QDir(target).removeRecursively());
    }

    void chartsGoIntoAFolder_data() {
        QTest::addColumn<QString>("format");
        QTest::newRow("svg") << QStringLiteral("svg");
#ifdef TIERWISE_WITH_DESKTOP
        QTest::newRow("png") << QStringLiteral("png");
#endif
    }

    void chartsGoIntoAFolder() {
        const QString format = QString::fromLatin1(QTest::currentDataTag());
        const QString folder = path(QStringLiteral("charts-") + format);
        QCOMPARE(run({QStringLiteral("report"), QStringLiteral("-p"), sample(), QStringLiteral("-f"), format,
                      QStringLiteral("-o"), folder})
                     .code,
                 0);
        QCOMPARE(QDir(folder).entryList(QDir::Files, QDir::Name).join(QLatin1Char(' ')),
                 QStringLiteral("cost-quality.%1 mix-by-tier.%1 tornado.%1").arg(format));
    }

    // A request that nobody may serve: the reason in words, its cost and quality unknown instead of zero.
    void whyNobodyMayServeIt() {
        const QString file = write(QStringLiteral("nobody.json"),
                                   R"({"format": "tierwise-policy", "version": 1, "name": "nobody",
                                       "models": ["claude-opus-4-6"], "router": "premium",
                                       "constraints": {"dataClasses": [{"dataClass": "*", "tiers": ["local"]}]}})");
        const QStringList ask{QStringLiteral("why"),       QStringLiteral("1"),
                              QStringLiteral("--project"), sample(),
                              QStringLiteral("--policy"),  file};
        const auto text = run(ask);
        QVERIFY2(text.code == 0, text.err.constData());
        QVERIFY(text.out.contains("no model may serve it"));
        QVERIFY(text.out.contains("is not allowed for any request (allowed: tier local)"));
        const json answer = run(ask + QStringList{QStringLiteral("--json")}).document();
        QVERIFY(answer["chosen"].is_null() && answer["costUsd"].is_null() && answer["quality"].is_null());
    }

    void figuresForScripts() {
        const json all =
            run({QStringLiteral("report"), QStringLiteral("-p"), sample(), QStringLiteral("--json")}).document();
        QCOMPARE(QString::fromStdString(all["format"]), QStringLiteral("tierwise-report"));
        QVERIFY(all["figures"]["saving.dollars"]["value"].is_number());
        const json one = run({QStringLiteral("report"), QStringLiteral("-p"), sample(), QStringLiteral("--json"),
                              QStringLiteral("--policy"), policy(), QStringLiteral("--section"), QStringLiteral("mix")})
                             .document();
        QCOMPARE(one["sections"].size(), std::size_t{1});
        QVERIFY(one["decision"].get<std::string>().rfind("Three tiers by difficulty", 0) == 0);
    }

#ifdef TIERWISE_WITH_DESKTOP
    // What is ordered reaches the program that paints.
    void thePdfIsOfTheSameOrder() {
        const QString file = path(QStringLiteral("ordered.pdf"));
        QCOMPARE(run({QStringLiteral("report"), QStringLiteral("-p"), sample(), QStringLiteral("-f"),
                      QStringLiteral("pdf"), QStringLiteral("-o"), file, QStringLiteral("--policy"), policy(),
                      QStringLiteral("--baseline"), QStringLiteral("best-single"), QStringLiteral("--section"),
                      QStringLiteral("decision"), QStringLiteral("--paper"), QStringLiteral("letter")})
                     .code,
                 0);
        QProcess text;
        text.start(QStringLiteral("pdftotext"), {file, QStringLiteral("-")});
        if (!text.waitForFinished() || text.exitCode() != 0) {
            QSKIP("poppler-utils is not on this machine");
        }
        // A font's ligatures come out as letters of their own.
        const QByteArray words = QString::fromUtf8(text.readAllStandardOutput())
                                     .normalized(QString::NormalizationForm_KC)
                                     .simplified()
                                     .toUtf8();
        QVERIFY(words.contains("Three tiers by difficulty would cost"));
        QVERIFY(words.contains("best single model"));
        QVERIFY(!words.contains("Savings against each baseline"));
        const auto wrong = run({QStringLiteral("report"), QStringLiteral("-p"), sample(), QStringLiteral("-f"),
                                QStringLiteral("pdf"), QStringLiteral("-o"), file, QStringLiteral("--scenario"),
                                QStringLiteral("nobody's"), QStringLiteral("--json")});
        QCOMPARE(wrong.code, 1);
        QVERIFY(wrong.document()["error"]["what"].get<std::string>().find("nobody's") != std::string::npos);
    }
#endif

    void theGateHasExitCodesOfItsOwn() {
        const auto keeps = gate(sample(), {QStringLiteral("--max-cost"), QStringLiteral("100000"),
                                           QStringLiteral("--min-quality"), QStringLiteral("0.01")});
        QCOMPARE(keeps.code, 0);
        QCOMPARE(QString::fromStdString(keeps.document()["verdict"]), QStringLiteral("keeps the limit"));
        const auto breaks = gate(sample(), {QStringLiteral("--max-cost"), QStringLiteral("0.01")});
        QCOMPARE(breaks.code, 3);
        const json cost = keeps.document()["checks"][0];
        QVERIFY(cost["low"].get<double>() < cost["value"].get<double>());
        const auto open =
            gate(sample(), {QStringLiteral("--max-cost"), QString::number(cost["value"].get<double>(), 'g', 12)});
        QCOMPARE(open.code, 4);
        QCOMPARE(gate(sample(), {}).code, 2);
    }

    void aGateOverHalfTheRequestsDecidesNothing() {
        // Half of the requests are known by their cost alone: nobody can say what they would have cost elsewhere.
        std::string log = "timestamp,model,input_tokens,output_tokens,cost\n";
        for (int i = 0; i < 40; ++i) {
            log += "2026-09-01T10:" + std::to_string(10 + i) + ":00Z,claude-opus-4-6," +
                   (i % 2 != 0 ? "500,60," : ",,0.01") + "\n";
        }
        const QString file = write(QStringLiteral("half.csv"), log);
        const QString project = path(QStringLiteral("half.tierwise"));
        QCOMPARE(run({QStringLiteral("import"), file, QStringLiteral("-p"), project}).code, 0);
        // Who sees rows left out is told where they can be mended.
        const QByteArray said = run({QStringLiteral("replay"), QStringLiteral("-p"), project}).out;
        QVERIFY2(said.contains("left out") && said.contains("tierwise-cli doctor"), said.constData());
        // Without prompts there is no difficulty: what thresholds on it do then is said.
        QVERIFY2(said.contains("thresholds on difficulty send every request to their default"), said.constData());
        const QStringList limit{QStringLiteral("--max-cost"), QStringLiteral("1000")};
        QCOMPARE(gate(project, limit).code, 4);
        QCOMPARE(gate(project, limit + QStringList{QStringLiteral("--min-coverage"), QStringLiteral("0.4")}).code, 0);
    }

    void theManualNamesEveryCommandAndOption() {
        QString page = QString::fromUtf8(run({QStringLiteral("--man-page"), QStringLiteral("2026-11-29")}).out);
        page.remove(QLatin1Char('\\'));
        int options = 0;
        const std::function<void(const QStringList&)> check = [&](const QStringList& command) {
            const QByteArray help = run(command + QStringList{QStringLiteral("--help")}).out;
            // One style: what it does, as a sentence that begins with a capital.
            static const QRegularExpression kLower(
                QStringLiteral("\\A[a-z]|\\n +-[^\\n]*? {2,}[a-z]|\\n {30}[a-z](?=[a-z]+ )"));
            QVERIFY2(!kLower.match(QString::fromUtf8(help)).hasMatch(), help.constData());
            if (!command.isEmpty()) {
                QVERIFY2(page.contains(QStringLiteral(".SS ") + command.join(QLatin1Char(' ')) + QLatin1Char('\n')),
                         qPrintable(command.join(QLatin1Char(' '))));
                const QString part =
                    page.section(QStringLiteral(".SS ") + command.join(QLatin1Char(' ')) + QLatin1Char('\n'), 1, 1);
                for (const QString& option : optionsIn(help)) {
                    QVERIFY2(option == QLatin1String("--help") || part.contains(option), qPrintable(option));
                    ++options;
                }
            }
            for (const QString& child : subcommands(help)) {
                check(command + QStringList{child});
            }
        };
        check({});
        QVERIFY(options > 100);
        for (const char* code : {"B 0", "B 1", "B 2", "B 3", "B 4"}) {
            QVERIFY(page.contains(QString::fromLatin1(code)));
        }
    }

    void completion_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("wanted");
        QTest::newRow("command") << QStringLiteral("rep") << QStringLiteral("replay report");
        QTest::newRow("nested") << QStringLiteral("catalog roll") << QStringLiteral("rollback");
        QTest::newRow("option") << QStringLiteral("gate --m")
                                << QStringLiteral("--max-cost --min-coverage --min-quality");
        QTest::newRow("value") << QStringLiteral("report --format p") << QStringLiteral("pdf png");
        QTest::newRow("nested option") << QStringLiteral("catalog update --ur") << QStringLiteral("--url");
    }

    void completion() {
        QFETCH(QString, line);
        QFETCH(QString, wanted);
        const QString script =
            QString::fromStdString(tierwise::test::sourcePath("packaging/completion/tierwise-cli.bash").string());
        QProcess bash;
        bash.start(
            QStringLiteral("bash"),
            {QStringLiteral("--norc"), QStringLiteral("-c"),
             QStringLiteral(". '%1'; COMP_WORDS=('%2' %3); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _tierwise_cli; "
                            "printf '%s\\n' \"${COMPREPLY[@]}\" | sort | paste -sd ' '")
                 .arg(script, QStringLiteral(TIERWISE_CLI), line)});
        QVERIFY(bash.waitForFinished());
        QCOMPARE(QString::fromUtf8(bash.readAllStandardOutput()).trimmed(), wanted);
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
