// SPDX-License-Identifier: GPL-3.0-or-later
// Every page, tab and dialog in both languages, sizes and themes: names for screen readers, keys, texts that fit, texts
// that can be read. Run at 1x and 2x by QT_SCALE_FACTOR (tests/gui/CMakeLists.txt).
#include <QAccessible>
#include <cmath>

#include "tests/gui/gui_support.h"
#include "tests/support/support.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/session/analysis_session.h"
#include "ui/theme/theme.h"

using namespace tierwise;
using namespace tierwise::ui;
using namespace tierwise::test;
using namespace Qt::StringLiterals;

namespace {

double luminance(const QColor& colour) {
    const auto channel = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF()) + 0.0722 * channel(colour.blueF());
}

double contrast(double one, double other) {
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

// The best contrast that any pixel of a grabbed widget has to its ground, the commonest colour.
double drawnContrast(QWidget& widget) {
    const QImage image = widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
    QHash<QRgb, int> counts;
    for (int y = 0; y < image.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            ++counts[line[x]];
        }
    }
    QRgb ground = 0;
    int most = 0;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        if (it.value() > most) {
            most = it.value();
            ground = it.key();
        }
    }
    double best = 1;
    const double under = luminance(QColor::fromRgb(ground));
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        best = std::max(best, contrast(luminance(QColor::fromRgb(it.key())), under));
    }
    return best;
}

// A text marked for translation: its literals; one literal; a character by its code. (moc loses its way in raw
// strings.)
const QRegularExpression kMarked(
    u"(?:\\btr\\(\\s*|QT_TRANSLATE_NOOP\\(\\s*\"\\w+\",\\s*|translate\\(\\s*\"\\w+\",\\s*)"
    "((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+)"_s);
const QRegularExpression kPlainContext(u"Q_DECLARE_TR_FUNCTIONS\\((\\w+)\\)"_s);
const QRegularExpression kPiece(u"\"((?:[^\"\\\\]|\\\\.)*)\""_s);
const QRegularExpression kCode(u"\\\\u([0-9a-fA-F]{4})"_s);

QString nameOf(const QWidget& widget) {
    QString name = QString::fromLatin1(widget.metaObject()->className()).section(u"::"_s, -1);
    const QWidget* at = &widget;
    for (int up = 0; up < 6 && at != nullptr; ++up, at = at->parentWidget()) {
        if (!at->objectName().isEmpty() && !at->objectName().startsWith(u"qt_"_s)) {
            return name + u"("_s + at->objectName() + u")"_s;
        }
    }
    return name;
}

QString plain(QString text) {
    return text.remove(u'&');
}

bool isInner(const QWidget& widget) {
    const QWidget* parent = widget.parentWidget();
    return widget.objectName().startsWith(u"qt_"_s) || qobject_cast<const QScrollBar*>(&widget) != nullptr ||
           qobject_cast<const QHeaderView*>(&widget) != nullptr || qobject_cast<const QMenu*>(&widget) != nullptr ||
           qobject_cast<const QAbstractSpinBox*>(parent) != nullptr ||
           qobject_cast<const QComboBox*>(parent) != nullptr ||
           (parent != nullptr && parent->inherits("QAbstractScrollArea")) || widget.inherits("QComboBoxListView") ||
           widget.inherits("QComboBoxPrivateContainer");
}

}  // namespace

class TestSweep : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> m_fixture;
    QTranslator m_german;
    QTranslator m_english;
    QStringList m_faults;
    QString m_where;
    bool m_pixels = false;

    MainWindow& window() { return m_fixture->window(); }

    void fault(const QWidget& widget, const QString& what) {
        const QString line = m_where + u": "_s + nameOf(widget) + u": "_s + what;
        if (!m_faults.contains(line)) {
            m_faults << line;
        }
    }

    void checkName(QWidget& widget) {
        if ((widget.focusPolicy() & Qt::TabFocus) == 0 || widget.focusProxy() != nullptr || isInner(widget)) {
            return;
        }
        QAccessibleInterface* face = QAccessible::queryAccessibleInterface(&widget);
        if (face == nullptr || face->text(QAccessible::Name).trimmed().isEmpty()) {
            fault(widget, u"has no accessible name"_s);
        }
    }

    void checkFits(QWidget& widget) {
        if (widget.property("elides").toBool() || widget.visibleRegion().isEmpty()) {
            return;
        }
        if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
            if (label->text().isEmpty() || (!label->pixmap().isNull() && !label->pixmap().size().isEmpty())) {
                return;
            }
            const bool wraps = label->wordWrap();
            if (!wraps && label->sizeHint().width() > label->width() + 1) {
                fault(widget, u"cuts \"%1\": %2 of %3 px"_s.arg(label->text().left(60))
                                  .arg(label->width())
                                  .arg(label->sizeHint().width()));
            } else if (wraps && label->heightForWidth(label->width()) > label->height() + 2) {
                fault(widget, u"cuts the last lines of \"%1\": %2 of %3 px high"_s.arg(label->text().left(60))
                                  .arg(label->height())
                                  .arg(label->heightForWidth(label->width())));
            }
        } else if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) {
            if (!button->text().isEmpty() && button->sizeHint().width() > button->width() + 1) {
                fault(widget, u"cuts \"%1\": %2 of %3 px"_s.arg(button->text())
                                  .arg(button->width())
                                  .arg(button->sizeHint().width()));
            }
        } else if (const auto* box = qobject_cast<const QComboBox*>(&widget)) {
            const int room = box->width() - 28 - (box->itemIcon(box->currentIndex()).isNull() ? 0 : 20);
            if (!box->isEditable() && box->fontMetrics().horizontalAdvance(box->currentText()) > room) {
                fault(widget, u"cuts \"%1\""_s.arg(box->currentText()));
            }
        } else if (const auto* edit = qobject_cast<const QLineEdit*>(&widget)) {
            if (edit->text().isEmpty() &&
                edit->fontMetrics().horizontalAdvance(edit->placeholderText()) > edit->width() - 12) {
                fault(widget, u"cuts \"%1\""_s.arg(edit->placeholderText()));
            }
        } else if (const auto* bar = qobject_cast<const QTabBar*>(&widget)) {
            if (bar->count() > 0 && bar->tabRect(bar->count() - 1).right() > bar->width()) {
                fault(widget, u"has no room for \"%1\""_s.arg(bar->tabText(bar->count() - 1)));
            }
        } else if (const auto* header = qobject_cast<const QHeaderView*>(&widget)) {
            checkHeader(*header);
        }
    }

    void checkHeader(const QHeaderView& header) {
        if (header.orientation() != Qt::Horizontal || header.model() == nullptr) {
            return;
        }
        for (int i = 0; i < header.count(); ++i) {
            const QString text = header.model()->headerData(i, Qt::Horizontal).toString();
            QFont bold = header.font();
            bold.setBold(true);
            const int needed = QFontMetrics(bold).horizontalAdvance(text) + 12;
            if (!header.isSectionHidden(i) && header.sectionSize(i) < needed) {
                fault(header, u"cuts the title \"%1\": %2 of %3 px"_s.arg(text).arg(header.sectionSize(i)).arg(needed));
            }
        }
    }

    void checkContrast(QWidget& widget) {
        const auto* label = qobject_cast<const QLabel*>(&widget);
        const auto* button = qobject_cast<const QAbstractButton*>(&widget);
        const QString text = label != nullptr ? label->text() : button != nullptr ? button->text() : QString();
        if (!m_pixels || text.trimmed().isEmpty() || !widget.isEnabled() || widget.visibleRegion().isEmpty() ||
            (label != nullptr && !label->pixmap().isNull())) {
            return;
        }
        if (const double drawn = drawnContrast(widget); drawn < 4.5) {
            fault(widget, u"\"%1\" has a contrast of %2"_s.arg(text.left(40)).arg(drawn, 0, 'f', 2));
        }
    }

    void check(QWidget& whole, const QString& where) {
        QCoreApplication::processEvents();
        m_where = where;
        for (auto* widget : whole.findChildren<QWidget*>()) {
            if (widget->isVisible() && widget->window() == whole.window()) {
                checkName(*widget);
                checkFits(*widget);
                checkContrast(*widget);
            }
        }
    }

    void checkCommands(const QString& page) {
        QHash<QString, QString> keys;
        for (const QAction* action : window().allCommands()) {
            const QString where = page + u": "_s + plain(action->text());
            if (action->text().isEmpty()) {
                m_faults << page + u": a command without a name"_s;
            }
            if (action->toolTip().isEmpty() || action->toolTip() == plain(action->text())) {
                m_faults << where + u" has no tip"_s;
            }
            if (action->shortcuts().isEmpty()) {
                m_faults << where + u" has no key"_s;
            }
            for (const QKeySequence& key : action->shortcuts()) {
                const QString text = key.toString();
                for (auto it = keys.cbegin(); it != keys.cend(); ++it) {
                    // A key that begins another's sequence would never come to its end.
                    if (it.key() == text || it.key().startsWith(text + u", "_s) ||
                        text.startsWith(it.key() + u", "_s)) {
                        m_faults << where + u": "_s + text + u" is also "_s + it.value();
                    }
                }
                keys.insert(text, plain(action->text()));
            }
        }
    }

    void checkTabs(QWidget& page, const QString& name) {
        for (auto* tabs : page.findChildren<QTabWidget*>()) {
            if (!tabs->isVisible()) {
                continue;
            }
            for (int i = 1; i < tabs->count(); ++i) {
                tabs->setCurrentIndex(i);
                m_fixture->settle();
                check(window(), name + u"/"_s + tabs->tabText(i));
            }
            tabs->setCurrentIndex(0);
        }
    }

    void checkDialog(const QString& name, const char* dialogName) {
        auto* dialog = window().findChild<QDialog*>(QString::fromLatin1(dialogName));
        if (dialog == nullptr) {
            m_faults << name + u" did not open"_s;
            return;
        }
        check(*dialog, name);
        if (auto* tabs = dialog->findChild<QTabWidget*>()) {
            for (int i = 1; i < tabs->count(); ++i) {
                tabs->setCurrentIndex(i);
                check(*dialog, name + u"/"_s + tabs->tabText(i));
            }
        }
        dialog->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    QString writeLog() {
        QFile file(m_fixture->path(u"october.csv"_s));
        if (!file.open(QIODevice::WriteOnly)) {
            return {};
        }
        file.write("timestamp,model,prompt_tokens,completion_tokens,cost,prompt\n");
        for (int i = 0; i < 40; ++i) {
            file.write("2026-10-01T00:" + QByteArray::number(10 + i) + ":00Z,gpt-4o," + QByteArray::number(100 + i) +
                       ",50,0.01,Write to anna@example.org\n");
        }
        file.write("not a time,gpt-4o,none of it,50,0.01,x\n");
        return file.fileName();
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_german.load(u":/i18n/tierwise_de.qm"_s));
        QVERIFY(m_english.load(u":/i18n/tierwise_en.qm"_s));
        Theme::instance().install();
        m_pixels = qEnvironmentVariable("QT_SCALE_FACTOR").toDouble() > 1.5;  // thin strokes reach their colour at 2x
    }
    void cleanup() {
        m_fixture.reset();
        QApplication::removeTranslator(&m_german);
        QApplication::removeTranslator(&m_english);
        Theme::instance().setMode(ThemeMode::light);
    }

    void everything_data() {
        QTest::addColumn<bool>("german");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("dark");
        QTest::newRow("english, small, light") << false << QSize(1100, 700) << false;
        QTest::newRow("english, large, dark") << false << QSize(1920, 1080) << true;
        QTest::newRow("german, small, dark") << true << QSize(1100, 700) << true;
        QTest::newRow("german, large, light") << true << QSize(1920, 1080) << false;
    }

    void everything() {
        QFETCH(bool, german);
        QFETCH(QSize, size);
        QFETCH(bool, dark);
        QLocale::setDefault(german ? QLocale(QLocale::German, QLocale::Germany)
                                   : QLocale(QLocale::English, QLocale::UnitedStates));
        QApplication::installTranslator(german ? &m_german : &m_english);
        Theme::instance().setMode(dark ? ThemeMode::dark : ThemeMode::light);
        m_faults.clear();
        m_fixture = std::make_unique<WindowFixture>();
        Theme::instance().setMode(dark ? ThemeMode::dark : ThemeMode::light);
        window().resize(size);
        for (const PageSpec& spec : pageList()) {
            window().goToPage(spec.id);
            m_fixture->settle();
            check(window(), u"no project, "_s + spec.id);
        }
        const QString path = m_fixture->path(u"october.tierwise"_s);
        TIERWISE_VERIFY_OK(makeProject(path, 300));
        window().openPaths({path});
        QTRY_VERIFY(window().desk().hasProject());
        AnalysisSession& session = AnalysisSession::of(window().desk());
        for (const PageSpec& spec : pageList()) {
            window().goToPage(spec.id);
            m_fixture->settle();
            if (spec.id == u"router"_s) {
                QTRY_VERIFY_WITH_TIMEOUT(session.workbench() != nullptr || !session.problem().isEmpty(), 60'000);
            }
            m_fixture->settle();
            if (auto* table = window().currentPage()->findChild<QTableView*>();
                table != nullptr && table->isVisible()) {
                table->selectRow(0);
                m_fixture->settle();
            }
            check(window(), spec.id);
            checkTabs(*window().currentPage(), spec.id);
            checkCommands(spec.id);
        }
        window().goToPage(u"workload"_s);
        window().openPaths({writeLog()});
        auto* import = window().findChild<ImportDialog*>();
        QVERIFY(import != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(import->previewRows() > 0, 20'000);
        m_fixture->settle();
        checkDialog(u"import"_s, "importDialog");
        for (const auto& [command, dialog] :
             {std::pair("preferences", "preferencesDialog"), std::pair("commandPalette", "commandPalette")}) {
            window().findChild<QAction*>(QString::fromLatin1(command))->trigger();
            checkDialog(QString::fromLatin1(command), dialog);
        }
        window().findChild<QAction*>(u"help"_s)->trigger();
        check(window(), u"help"_s);
        for (const QString& line : m_faults) {
            qWarning("%s", qPrintable(line));
        }
        QVERIFY2(m_faults.isEmpty(), qPrintable(u"%1 faults, see above"_s.arg(m_faults.size())));
    }

    // Every text that the sources mark for translation is in the German file, and every plural in the English one.
    void germanIsWhole() {
        QFile german(QStringLiteral(TIERWISE_TRANSLATIONS "/tierwise_de.ts"));
        QFile english(QStringLiteral(TIERWISE_TRANSLATIONS "/tierwise_en.ts"));
        if (!german.open(QIODevice::ReadOnly) || !english.open(QIODevice::ReadOnly)) {
            QSKIP("the sources are not there");
        }
        const QString known = QString::fromUtf8(german.readAll());
        const QString plurals = QString::fromUtf8(english.readAll());
        QVERIFY(!known.contains(u"type=\"unfinished\""_s));
        int texts = 0;
        QStringList missing;
        QDirIterator files(QStringLiteral(TIERWISE_UI_SOURCES), {u"*.cpp"_s, u"*.h"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString source = QString::fromUtf8(file.readAll());
            // Their context is the bare name, without a namespace.
            auto plain = kPlainContext.globalMatch(source);
            while (plain.hasNext()) {
                if (const QString name = plain.next().captured(1); !known.contains(u"<name>%1</name>"_s.arg(name))) {
                    missing << u"the context "_s + name;
                }
            }
            auto marked = kMarked.globalMatch(source);
            while (marked.hasNext()) {
                QString text;
                auto pieces = kPiece.globalMatch(marked.next().captured(1));
                while (pieces.hasNext()) {
                    text += pieces.next().captured(1);
                }
                for (auto code = kCode.match(text); code.hasMatch(); code = kCode.match(text)) {
                    text.replace(code.captured(0), QString(QChar(code.captured(1).toUShort(nullptr, 16))));
                }
                text.replace(u"\\n"_s, u"\n"_s).replace(u"\\\""_s, u"\""_s).replace(u"\\\\"_s, u"\\"_s);
                const QString line = u"<source>"_s + text.toHtmlEscaped() + u"</source>"_s;
                const QString bare =
                    u"<source>"_s + text.toHtmlEscaped().replace(u"&quot;"_s, u"\""_s) + u"</source>"_s;
                const QString tick = QString(line).replace(u"'"_s, u"&apos;"_s);
                ++texts;
                const auto in = [&](const QString& all) {
                    return all.contains(line) || all.contains(bare) || all.contains(tick);
                };
                if (!in(known) || (text.contains(u"%n"_s) && !in(plurals))) {
                    missing << QFileInfo(file).fileName() + u": "_s + text;
                }
            }
        }
        QVERIFY(texts > 500);
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u"\n"_s)));
    }
};

QTEST_MAIN(TestSweep)
#include "tst_sweep.moc"
