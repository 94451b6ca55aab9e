// SPDX-License-Identifier: GPL-3.0-or-later
// tierwise: the desktop workbench.
#include <cstdio>
#include <string_view>

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QTranslator>

#include "app/cli/version.h"
#include "core/base/memory.h"
#include "ui/report/write_report.h"
#include "ui/shell/main_window.h"
#include "ui/theme/theme.h"

using namespace Qt::StringLiterals;

int main(int argc, char** argv) {
    tierwise::giveBackBigBuffers();
    // What only prints or paints a file needs no display.
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--version" || word == "-v" || word == "--help" || word == "-h" || word == "--write-report") {
            qputenv("QT_QPA_PLATFORM", "offscreen");
        }
    }
    QApplication application(argc, argv);
    QApplication::setOrganizationName(u"Tierwise"_s);
    QApplication::setApplicationName(u"Tierwise"_s);
    QApplication::setApplicationVersion(QStringLiteral(TIERWISE_VERSION));
    QApplication::setDesktopFileName(u"org.tierwise.Tierwise"_s);

    if (const QString language = QSettings().value(u"window/language"_s).toString(); !language.isEmpty()) {
        QLocale::setDefault(QLocale(language));
    }
    QTranslator translator;
    if (translator.load(QLocale(), u"tierwise"_s, u"_"_s, u":/i18n"_s) ||
        translator.load(u":/i18n/tierwise_en.qm"_s)) {  // English has plurals too
        QApplication::installTranslator(&translator);
    }
    QTranslator qtTranslator;
    if (qtTranslator.load(QLocale(), u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QApplication::installTranslator(&qtTranslator);
    }

    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
        "main", "Which requests need a premium, a commodity or a local model, and what each mix would cost."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption sample(u"sample"_s, QCoreApplication::translate("main", "Open the sample workload."));
    parser.addOption(sample);
    parser.addPositionalArgument(u"file"_s, QCoreApplication::translate("main", "A project or logs to open."),
                                 u"[file...]"_s);
    QCommandLineOption paint(u"write-report"_s, QCoreApplication::translate("main", "For tierwise-cli report."),
                             u"order"_s);
    paint.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOption(paint);
    parser.process(application);
    if (parser.isSet(paint)) {
        const auto order = tierwise::project::parsePaintOrder(parser.value(paint).toStdString());
        const auto written =
            order ? tierwise::ui::writeReport(*order) : tierwise::Result<void>(tierwise::fail(order.error()));
        if (!written) {
            std::puts(tierwise::project::toJson(written.error()).c_str());
        }
        return written ? 0 : 1;
    }

    tierwise::ui::Theme::instance().install();
    tierwise::ui::MainWindow window;
    window.show();
    if (parser.isSet(sample)) {
        window.openSample();
    } else if (!parser.positionalArguments().isEmpty()) {
        QStringList paths;
        for (const QString& argument : parser.positionalArguments()) {
            paths.append(QFileInfo(argument).absoluteFilePath());
        }
        window.openPaths(paths);
    } else {
        window.reopenLast();
    }
    return QApplication::exec();
}
