// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of every page for people to look at: screenshots FOLDER [LOG-OR-PROJECT...]. Not a test; run under Xvfb or
// offscreen, with QT_SCALE_FACTOR=2 for the sharp ones and LANG=de_DE for the German ones. Without a log: the empty
// window, the sample, and the shared log of 1,383,669 rows where it is there.
#include "core/project/import.h"
#include "core/project/resources.h"
#include "tests/gui/gui_support.h"
#include "tests/support/support.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/pages/workload/requests_tab.h"
#include "ui/pages/workload/workload_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"

using namespace tierwise;
using namespace tierwise::test;
using namespace Qt::StringLiterals;

namespace {

struct Look {
    QString name;
    QSize size;
    ui::ThemeMode theme;
};

class Photographer {
public:
    Photographer(WindowFixture& fixture, QString folder) : m_fixture(fixture), m_folder(std::move(folder)) {}

    void setLook(const Look& look) {
        m_look = look;
        ui::Theme::instance().setMode(look.theme);
        m_fixture.window().resize(look.size);
    }

    void shoot(const QString& what, QWidget* widget = nullptr) {
        for (int i = 0; i < 3; ++i) {  // a page that is shown starts its work a moment later
            m_fixture.settle();
            QTest::qWait(120);
        }
        const QString path = m_folder + u"/"_s + what + u"-"_s + m_look.name + u".png"_s;
        (widget == nullptr ? static_cast<QWidget*>(&m_fixture.window()) : widget)->grab().save(path);
        qInfo("%s", qPrintable(path));
    }

    void shootPages(const QString& state) {
        ui::MainWindow& window = m_fixture.window();
        for (const ui::PageSpec& spec : ui::pageList()) {
            window.goToPage(spec.id);
            m_fixture.settle();
            for (auto* table : window.currentPage()->findChildren<ui::CopyTable*>()) {
                if (table->isVisible()) {
                    table->selectRow(1);
                }
            }
            shoot(state + u"-"_s + spec.id);
            auto* tabs = window.currentPage()->findChild<QTabWidget*>();
            for (int i = 1; tabs != nullptr && i < tabs->count() && tabs->isVisible(); ++i) {
                tabs->setCurrentIndex(i);
                shoot(state + u"-"_s + spec.id + u"-"_s + QString::number(i + 1));
            }
            if (tabs != nullptr) {
                tabs->setCurrentIndex(0);
            }
        }
    }

private:
    WindowFixture& m_fixture;
    QString m_folder;
    Look m_look;
};

QString makeLogProject(const QString& folder, const QString& log) {
    if (log.endsWith(u".tierwise"_s)) {
        return log;
    }
    const QString path = folder + u"/"_s + QFileInfo(log).baseName() + u".tierwise"_s;
    auto made = project::Project::create(path.toStdString());
    if (!made) {
        qFatal("%s", made.error().describe().c_str());
    }
    project::ImportOptions options;
    options.file = log.toStdString();
    const auto report = project::importLog(*made, options, TaskContext());
    if (!report) {
        qFatal("%s", report.error().describe().c_str());
    }
    return path;
}

void shootDialogs(WindowFixture& fixture, Photographer& photographer, const QString& log) {
    fixture.window().openPaths({log});
    if (auto* dialog = fixture.window().findChild<ui::ImportDialog*>()) {
        (void)QTest::qWaitFor([dialog] { return dialog->previewRows() > 0; }, 20'000);
        auto* tabs = dialog->findChild<QTabWidget*>();
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            photographer.shoot(u"import-"_s + QString::number(i + 1), dialog);
        }
        dialog->reject();
    }
    for (const char* name : {"preferences", "commandPalette"}) {
        fixture.window().findChild<QAction*>(QString::fromLatin1(name))->trigger();
        for (auto* dialog : fixture.window().findChildren<QDialog*>()) {
            if (dialog->isVisible()) {
                photographer.shoot(QString::fromLatin1(name), dialog);
                dialog->close();
            }
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        qFatal("screenshots FOLDER [LOG]");
    }
    QDir().mkpath(arguments[1]);
    QTranslator translator;
    const bool german = qEnvironmentVariable("LANG").startsWith(u"de"_s);
    QLocale::setDefault(german ? QLocale(QLocale::German, QLocale::Germany)
                               : QLocale(QLocale::English, QLocale::UnitedStates));
    if (translator.load(german ? u":/i18n/tierwise_de.qm"_s : u":/i18n/tierwise_en.qm"_s)) {
        QApplication::installTranslator(&translator);
    }
    const auto sample = project::resourcePath("sample/sample.csv");
    QStringList logs = arguments.mid(2);
    if (logs.isEmpty() && sample) {
        logs << QString::fromStdString(sample->string());
        const auto large = sharedData() / "logs" / "servegen_deepseek_r1_24h.csv.zst";
        if (std::filesystem::exists(large)) {
            logs << QString::fromStdString(large.string());
        }
    }
    ui::Theme::instance().install();
    QTemporaryDir folder;
    QStringList projects;
    for (const QString& log : logs) {
        projects << makeLogProject(folder.path(), log);
    }
    const QList<Look> looks{{u"small-light"_s, {1100, 700}, ui::ThemeMode::light},
                            {u"small-dark"_s, {1100, 700}, ui::ThemeMode::dark},
                            {u"large-light"_s, {1920, 1080}, ui::ThemeMode::light},
                            {u"large-dark"_s, {1920, 1080}, ui::ThemeMode::dark}};
    const QString only = qEnvironmentVariable("TIERWISE_LOOK");
    for (const Look& look : looks) {
        if (!only.isEmpty() && !look.name.contains(only)) {
            continue;
        }
        WindowFixture fixture;
        Photographer photographer(fixture, arguments[1]);
        photographer.setLook(look);
        photographer.shootPages(u"empty"_s);
        if (!logs.isEmpty() && !logs.first().endsWith(u".tierwise"_s)) {
            shootDialogs(fixture, photographer, logs.first());
        }
        for (const QString& project : projects) {
            fixture.window().openPaths({project});
            (void)QTest::qWaitFor(
                [&] {
                    return fixture.window().desk().hasProject() &&
                           fixture.window().desk().projectName() == QFileInfo(project).completeBaseName();
                },
                20'000);
            photographer.shootPages(QFileInfo(project).baseName());
        }
    }
    return 0;
}
