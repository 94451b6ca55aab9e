// SPDX-License-Identifier: GPL-3.0-or-later
// core's sentences in German: that the table is true to core, and that what core says on real files comes out in
// German.
#include "core/project/catalog_queries.h"
#include "core/project/doctor.h"
#include "core/project/import.h"
#include "core/project/open_workbench.h"
#include "core/project/resources.h"
#include "core/project/suggest.h"
#include "tests/gui/gui_support.h"
#include "tests/support/support.h"
#include "ui/format/core_phrases.h"
#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/widgets/message_bar.h"

using namespace tierwise;
using namespace tierwise::ui;
using namespace tierwise::test;
using namespace Qt::StringLiterals;

namespace {

const QRegularExpression kSlot(u"\\{(\\d+)=?\\}"_s);

QString read(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

struct Line {
    QString english;
    QString german;
};

QList<Line> table() {
    QList<Line> lines;
    for (const QString& line : read(u":/i18n/core.de.tsv"_s).split(u'\n', Qt::SkipEmptyParts)) {
        if (!line.startsWith(u'#')) {
            lines.append({line.section(u'\t', 0, 0), line.section(u'\t', 1)});
        }
    }
    return lines;
}

// What can say something to a person: core's sources, with literals that run over several lines made one, and the
// words of the shipped files.
QStringList sources() {
    static const QRegularExpression kBreak(u"\"\\s*\n\\s*\""_s);
    QStringList texts;
    for (const char* folder : {"core", "resources/catalog", "resources/presets", "resources/policy"}) {
        QDirIterator files(toQt(sourcePath(folder).string()), {u"*.cpp"_s, u"*.h"_s, u"*.json"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            texts.append(read(files.next()).replace(kBreak, QString()).replace(u"\\\""_s, u"\""_s));
        }
    }
    return texts;
}

QStringList slotsOf(const QString& text) {
    QStringList found;
    for (auto slot = kSlot.globalMatch(text); slot.hasNext();) {
        found.append(slot.next().captured(1));
    }
    return found;
}

// English words that are no German ones; what stands between quotes is the user's.
QString englishIn(QString text) {
    static const QRegularExpression kQuoted(u"\"[^\"]*\"|'[^']*'"_s);
    static const QRegularExpression kEnglish(
        u"\\b(the|is|are|of|and|not|no|it|its|to|with|or|than|this|that|has|have|for|by|from|be|but|would|which|there|"
        "cannot|could|requests?|rows?|cost|dollars|tier|local(?!/)|commodity|file|logged|known|price|model)\\b"_s);
    const auto found = kEnglish.match(text.remove(kQuoted));
    return found.hasMatch() ? found.captured(0) : QString();
}

}  // namespace

class TestCoreWords : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QTranslator m_german;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString write(const QString& name, const QByteArray& bytes) const {
        QFile file(path(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
    }
    Result<project::Project> imported(const QString& log) const {
        auto made = project::Project::create(QString(log + u".tierwise"_s).toStdString());
        if (!made) {
            return made;
        }
        project::ImportOptions options;
        options.file = log.toStdString();
        const auto report = project::importLog(*made, options, TaskContext());
        return report ? made : Result<project::Project>(fail(report.error()));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_german.load(u":/i18n/tierwise_de.qm"_s)); }
    void init() { QApplication::installTranslator(&m_german); }
    void cleanup() { QApplication::removeTranslator(&m_german); }

    // A sentence that was changed in core has to be changed here.
    void everyLineStandsInCore() {
        const QStringList texts = sources();
        QVERIFY(texts.size() > 100);
        QStringList faults;
        QSet<QString> seen;
        const QList<Line> lines = table();
        QVERIFY(lines.size() > 100);
        for (const auto& [english, german] : lines) {
            QStringList words = english.split(kSlot);
            if (std::any_of(words.begin() + 1, words.end() - 1, [](const QString& each) { return each.isEmpty(); })) {
                faults << u"two slots touch: "_s + english;
            }
            words.removeAll(QString());
            const bool stands = std::any_of(texts.begin(), texts.end(), [&](const QString& text) {
                return std::all_of(words.begin(), words.end(),
                                   [&](const QString& each) { return text.contains(each); });
            });
            if (!stands) {
                faults << u"core does not say: "_s + english;
            }
            if (seen.contains(english)) {
                faults << u"said twice: "_s + english;
            }
            seen.insert(english);
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u"\n"_s)));
    }

    void bothSidesHaveTheSameSlots() {
        QStringList faults;
        for (const auto& [english, german] : table()) {
            const QStringList slotsThere = slotsOf(english);
            QStringList slotsHere = slotsOf(german);
            std::sort(slotsHere.begin(), slotsHere.end(),
                      [](const QString& a, const QString& b) { return a.toInt() < b.toInt(); });
            bool inOrder = true;
            for (qsizetype i = 0; i < slotsThere.size(); ++i) {
                inOrder = inOrder && slotsThere[i].toInt() == i;
            }
            if (!inOrder || slotsThere != slotsHere || german.isEmpty() || german.contains(u'\t')) {
                faults << english + u" -> "_s + german;
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u"\n"_s)));
    }

    // Every line finds itself, whatever other lines could be read into it.
    void everyLineIsFound() {
        QStringList faults;
        for (const auto& [english, german] : table()) {
            QString said = english;
            QString wanted = german;
            const auto count = slotsOf(english).size();
            for (qsizetype i = 0; i < count; ++i) {
                const QString slot = u"{%1}"_s.arg(i);
                const QString value = u"Wert-%1"_s.arg(i);
                said.replace(slot, value);
                wanted.replace(slot, value).replace(u"{%1=}"_s.arg(i), value);
            }
            if (const QString got = coreText(said.toStdString()); got != wanted) {
                faults << said + u" -> "_s + got + u", not "_s + wanted;
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u"\n"_s)));
    }

    void phrases_data() {
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("translated");
        QTest::newRow("whole") << u"calm sea"_s << u"ruhige See"_s;
        QTest::newRow("stop") << u"calm sea."_s << u"ruhige See."_s;
        QTest::newRow("a stop in the table") << u"Row on"_s << u"Weiter rudern"_s;
        QTest::newRow("other order") << u"3 of 12 boats"_s << u"12 Boote, davon 3"_s;
        QTest::newRow("numbers") << u"1,234.50 of 0.25 boats"_s << u"0,25 Boote, davon 1.234,50"_s;
        QTest::newRow("no number") << u"boat-3.5 of v1.2.3 boats"_s << u"v1.2.3 Boote, davon boat-3.5"_s;
        QTest::newRow("a known word in a slot") << u"calm sea of 2 boats"_s << u"2 Boote, davon ruhige See"_s;
        QTest::newRow("quoted stays") << u"no boat \"calm sea\""_s << u"kein Boot \"calm sea\""_s;
        QTest::newRow("the user's stays") << u"in port calm sea"_s << u"im Hafen calm sea"_s;
        QTest::newRow("and is no list of words")
            << u"in port calm sea, calm sea, X"_s << u"im Hafen calm sea, calm sea, X"_s;
        QTest::newRow("joined") << u"calm sea; 3 of 12 boats: Row on."_s
                                << u"ruhige See; 12 Boote, davon 3: Weiter rudern."_s;
        QTest::newRow("inside another") << u"calm sea, so ashore"_s << u"ruhige See, also an Land"_s;
        QTest::newRow("the surer reading") << u"3 of 12 boats: Anna tier, X"_s << u"12 Boote, davon 3: Stufe Anna, X"_s;
        QTest::newRow("brackets") << u"boat 1 (calm sea) sinks"_s << u"Boot 1 (ruhige See) sinkt"_s;
        QTest::newRow("unknown") << u"a storm of 1.5 and more"_s << u"a storm of 1.5 and more"_s;
        QTest::newRow("nothing") << QString() << QString();
    }
    void phrases() {
        QFETCH(QString, english);
        QFETCH(QString, translated);
        CorePhrases phrases(
            "# a remark\n\ncalm sea\truhige See\nRow on.\tWeiter rudern.\n{0} of {1} boats\t{1} Boote, davon {0}\n"
            "no boat \"{0}\"\tkein Boot \"{0}\"\n{0}, so ashore\t{0}, also an Land\n"
            "{0} tier, {1}\tStufe {0}, {1}\nboat {0} sinks\tBoot {0} sinkt\n"
            "in port {0}\tim Hafen {0=}\n",
            u","_s, u"."_s);
        QCOMPARE(phrases.translate(english), translated);
        QCOMPARE(phrases.translate(english), translated);  // from what it remembers
    }

    // Texts of a user's file may look like anything; the time for one stays bounded.
    void hostileText() {
        for (const QString& part : {u"a; b: c, d. "_s, u"the {0} of \""_s, u"; but , so  instead"_s, u"((("_s}) {
            QVERIFY(!coreText(part.repeated(100).toStdString()).isEmpty());
        }
    }

    void englishStays() {
        QApplication::removeTranslator(&m_german);
        const Error error{ErrorCode::notFound, "there is no such file", "Check the path", "log.csv", 3, 17};
        QCOMPARE(coreText(error), toQt(error.describe()));
        for (const auto& [english, german] : table()) {
            QCOMPARE(coreText(english.toStdString()), english);
        }
    }

    void errors() {
        const auto missing = project::Project::open(path(u"nowhere.tierwise"_s).toStdString());
        QVERIFY(!missing);
        QCOMPARE(coreText(missing.error()), path(u"nowhere.tierwise"_s) +
                                                u": es gibt keine solche Projektdatei. Prüfen Sie den Pfad, oder "
                                                "importieren Sie ein Protokoll, um sie anzulegen."_s);
        const QString text = write(u"notes.tierwise"_s, QByteArray("a line of words\n").repeated(100));
        const auto wrong = project::Project::open(text.toStdString());
        QVERIFY(!wrong);
        const MessageBar::Message shown = MessageBar::fromError(wrong.error());
        QCOMPARE(shown.text, u"das ist kein Tierwise-Projekt: es ist eine andere Art von Datei"_s);
        QCOMPARE(shown.hint,
                 u"Wählen Sie eine .tierwise-Datei, oder importieren Sie das Protokoll in ein neues Projekt."_s);
        QCOMPARE(coreText(Error{ErrorCode::badFormat, "the gzip data ends early", {}, {}, 3, {}}),
                 u"Zeile 3: die gzip-Daten enden zu früh"_s);
        const auto empty = imported(write(u"empty.csv"_s, {}));
        QVERIFY(!empty);
        QCOMPARE(coreText(empty.error().what), u"die Datei ist leer"_s);
        const auto stranger = imported(write(u"stranger.csv"_s, "colour,size\nred,3\nblue,4\n"));
        QVERIFY(!stranger);
        QCOMPARE(coreText(stranger.error().what),
                 u"keine Spalte dieser Datei sieht nach Modell, Tokenzahlen, Kosten oder Prompt aus"_s);
    }

    void rejectsAndFindings() {
        QByteArray log = "timestamp,model,prompt_tokens,completion_tokens,cost\n";
        for (int i = 10; i < 60; ++i) {
            log += "2026-03-01T00:" + QByteArray::number(i) + ":00Z,gpt-4o-mini,1000000,0,15\n";  // cents
            log += "2026-03-01T00:" + QByteArray::number(i) + ":30Z,zz-unheard-of,100,50,\n";
        }
        log += "never,gpt-4o,1,1,0.01\n2026-03-01T01:00:00Z,gpt-4o,many,1,0.01\n";
        const auto project = imported(write(u"october.csv"_s, log));
        TIERWISE_VERIFY_OK(project);
        const auto rejects = project->rejects({}, 0, 10);
        TIERWISE_VERIFY_OK(rejects);
        QCOMPARE(rejects->size(), std::size_t{2});
        QCOMPARE(coreText((*rejects)[0].reason), u"\"never\" ist keine Zeit"_s);
        QCOMPARE(coreText((*rejects)[0].fixHint),
                 u"Wählen Sie eine andere Spalte für die Zeit, oder berichtigen Sie "
                 "sie: ISO 8601 (2026-10-01T12:00:00Z) geht immer."_s);
        QCOMPARE(coreText((*rejects)[1].reason), u"\"many\" ist keine Anzahl"_s);
        const auto catalog = project::openCatalog();
        TIERWISE_VERIFY_OK(catalog);
        const auto diagnosis = project::diagnose(*project, *catalog, TaskContext());
        TIERWISE_VERIFY_OK(diagnosis);
        QStringList titles;
        QStringList texts;
        for (const auto& finding : diagnosis->findings) {
            titles << coreText(finding.title);
            texts << coreText(finding.explanation);
            texts << coreText(finding.mend);
            QCOMPARE(englishIn(coreText(finding.title) + texts.join(u"; "_s)), QString());
        }
        QCOMPARE(titles, (QStringList{u"gpt-4o-mini: Kosten sehen nach Cent aus, nicht nach Dollar"_s,
                                      u"\"zz-unheard-of\" ist kein Modell, das der Katalog kennt"_s}));
        QCOMPARE(texts[0],
                 u"Die protokollierten Kosten sind das Hundertfache dessen, was der Katalog für die "
                 "protokollierten Token ergibt. 50 der 50 Zeilen dieses Namens, deren Kosten sich prüfen "
                 "ließen."_s);
        QCOMPARE(texts[1], u"Diese Kosten durch 100 teilen"_s);
    }

    // All that the analysis says about the sample: no English is left in it.
    void theSampleInGerman() {
        const auto sample = project::resourcePath("sample/sample.csv");
        TIERWISE_VERIFY_OK(sample);
        QVERIFY(QFile::copy(toQt(sample->string()), path(u"sample.csv"_s)));
        const auto project = imported(path(u"sample.csv"_s));
        TIERWISE_VERIFY_OK(project);
        const auto workbench = project::openWorkbench(*project, {}, TaskContext());
        TIERWISE_VERIFY_OK(workbench);
        std::vector<std::string> said;
        const auto sayAll = [&](const route::Policy& policy) {
            const auto evaluation = workbench->evaluate(policy, TaskContext());
            if (!evaluation) {
                said.push_back(evaluation.error().what);
                said.push_back(evaluation.error().fixHint);
                return;
            }
            said.push_back(evaluation->name);
            said.push_back(evaluation->description);
            said.insert(said.end(), evaluation->notes.begin(), evaluation->notes.end());
            const auto fit = workbench->tierFit(0.7, policy);
            QVERIFY(fit);
            for (const auto& misfit : fit->overserved) {
                said.push_back(misfit.reason);
            }
            for (const auto& misfit : fit->underserved) {
                said.push_back(misfit.reason);
            }
            for (const char* prompt : {"Say hello.",
                                       "Prove that every schedule of jobs on two machines has an order that "
                                       "no swap of neighbours makes longer, and give the conditions.",
                                       "?"}) {
                const auto why = project::whyPrompt(*workbench, prompt, policy, TaskContext());
                if (!why) {
                    said.push_back(why.error().what);
                    said.push_back(why.error().fixHint);
                    continue;
                }
                said.push_back(why->reason);
                for (const auto& other : why->alternatives) {
                    said.push_back(other.name);
                    said.push_back(other.infeasibleReason);
                }
                const auto reasons = project::promptReasons(prompt);
                QVERIFY(reasons);
                for (const auto& reason : reasons->reasons) {
                    said.push_back(reason.text);
                }
            }
        };
        sayAll(project::suggestedPolicy(*workbench));
        sayAll(project::budgetPolicy(5));
        sayAll(route::asLoggedPolicy());
        sayAll(route::thresholdPolicy(0.3, 0.6, "difficulty"));
        sayAll(route::sharePolicy(0.4, 0.1, "difficulty"));
        sayAll(route::sharePolicy(0.4, 0.1, "inputTokens"));
        route::Policy policy = route::thresholdPolicy(0.3, 0.6, "difficulty");
        policy.sticky = route::Sticky::ratchet;
        policy.constraints.dataClasses.push_back({"*", {Tier::local, Tier::commodity}, {}, {}});
        sayAll(policy);
        for (const auto& each : {"random", "oracle", "cascade"}) {
            route::Policy made;
            made.name = each;
            made.router.kind = each == std::string("random")   ? route::RouterKind::random
                               : each == std::string("oracle") ? route::RouterKind::oracle
                                                               : route::RouterKind::cascade;
            if (made.router.kind == route::RouterKind::cascade) {
                route::Router step;
                for (const char* tier : {"local", "premium"}) {
                    step.use = tier;
                    made.router.steps.push_back(step);
                }
                made.router.verifiers.emplace_back();
            }
            sayAll(made);
        }
        QVERIFY(said.size() > 100);
        QStringList faults;
        for (const auto& text : said) {
            const QString german = coreText(text);
            if (const QString left = englishIn(german); !left.isEmpty() && !faults.contains(german)) {
                faults << left + u": "_s + german;
            }
        }
        faults.removeDuplicates();
        QVERIFY2(faults.isEmpty(), qPrintable(faults.mid(0, 40).join(u"\n"_s)));
        QCOMPARE(coreText(project::suggestedPolicy(*workbench).name), u"Ausgewogen"_s);
    }

    void theCatalogInGerman() {
        const auto catalog = project::openCatalog();
        TIERWISE_VERIFY_OK(catalog);
        QStringList faults;
        for (std::size_t i = 0; i < catalog->models().size(); ++i) {
            const auto reason = catalog->tierReason(ModelIndex(static_cast<std::int32_t>(i)));
            const QString german = coreText(reason);
            if (!reason.empty() && (german == toQt(reason) || !englishIn(german).isEmpty())) {
                faults << german;
            }
        }
        for (const char* name : {"gpt-4o", "azure/gpt-4o-2024-08-06", "us.anthropic.claude-sonnet-4-20250514-v1:0",
                                 "zz-unheard-of", "mistral", "ft:gpt-4o:acme::1", "qwen3:14b-q4_K_M", ""}) {
            const auto resolution = catalog->resolve({name, {}, std::nullopt, {}});
            for (const auto& text : {resolution.rule, resolution.unpricedReason}) {
                if (const QString left = englishIn(coreText(text)); !left.isEmpty()) {
                    faults << left + u": "_s + coreText(text);
                }
            }
        }
        faults.removeDuplicates();
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u"\n"_s)));
    }
};

QTEST_MAIN(TestCoreWords)
#include "tst_core_words.moc"
