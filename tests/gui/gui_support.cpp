// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/gui_support.h"

#include <array>

#include "core/project/import.h"
#include "core/project/resources.h"
#include "core/store/import_writer.h"
#include "ui/theme/theme.h"

namespace tierwise::test {

using namespace Qt::StringLiterals;

WindowFixture::WindowFixture() {
    qputenv("XDG_DATA_HOME", m_folder.filePath(u"data"_s).toUtf8());
    qputenv("HOME", m_folder.path().toUtf8());  // where the test mode of QStandardPaths keeps its folders
    QStandardPaths::setTestModeEnabled(true);
    makeWindow();
}

WindowFixture::~WindowFixture() {
    m_window.reset();
}

void WindowFixture::makeWindow() {
    QSettings settings(path(u"settings.ini"_s), QSettings::IniFormat);
    settings.setValue(u"import/folder"_s, path(u"documents"_s));
    settings.sync();
    m_window = std::make_unique<ui::MainWindow>(path(u"settings.ini"_s));
    auto dialogs = std::make_unique<AnsweringDialogs>();
    m_dialogs = dialogs.get();
    m_window->desk().setDialogs(std::move(dialogs));
    m_window->resize(1100, 700);
    m_window->show();
    m_window->activateWindow();
    (void)QTest::qWaitForWindowActive(m_window.get());
}

void WindowFixture::restart() {
    m_window->close();
    m_window.reset();
    makeWindow();
}

void WindowFixture::settle() {
    (void)QTest::qWaitFor([this] { return m_window->desk().jobs().isIdle(); }, 30'000);
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    (void)QTest::qWaitFor([this] { return m_window->desk().jobs().isIdle(); }, 30'000);
    QCoreApplication::processEvents();
}

void AnalysisWindow::prepare() {
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    ui::Theme::instance().install();
    ui::Theme::instance().setMode(ui::ThemeMode::light);
}

void AnalysisWindow::activate() {
    if (QApplication::activeModalWidget() == nullptr && !window().isActiveWindow()) {
        window().activateWindow();
        (void)QTest::qWaitForWindowActive(&window());
    }
}

void AnalysisWindow::settle() {
    m_fixture->settle();
    activate();
    QTest::qWait(350);
    m_fixture->settle();
}

void AnalysisWindow::inDialog(const char* name, const std::function<void(QDialog&)>& act) {
    auto* timer = new QTimer(qApp);
    timer->setInterval(20);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, name, act] {
        auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
        if (dialog != nullptr && (name == nullptr || dialog->objectName() == QLatin1String(name))) {
            timer->stop();
            timer->deleteLater();
            act(*dialog);
        }
    });
    timer->start();
}

void AnalysisWindow::press(QDialog& dialog, QDialogButtonBox::StandardButton button) {
    QTest::mouseClick(dialog.findChild<QDialogButtonBox*>()->button(button), Qt::LeftButton);
}

Result<project::Project> makeProject(const QString& path, int rows) {
    auto made = project::Project::create(path.toStdString());
    if (!made) {
        return made;
    }
    auto lease = made->lease();
    if (!lease) {
        return fail(lease.error());
    }
    auto writer = store::ImportWriter::begin(**lease, {"october.csv", 1000, "digest", "{}", std::nullopt});
    if (!writer) {
        return fail(writer.error());
    }
    constexpr std::array<const char*, 4> kModels{"gpt-4o", "deepseek-chat", "qwen3:14b", "my-deployment-7"};
    constexpr std::array<const char*, 3> kTeams{"search", "support", "research"};
    const std::int64_t start = Timestamp::fromCivil(2026, 10, 1).nanos();
    store::RowBatch batch;
    std::string id;
    std::string session;
    std::string prompt;
    for (int i = 0; i < rows; ++i) {
        store::RequestRow row;
        const auto n = static_cast<std::size_t>(i);
        row.time = Timestamp::fromNanos(start + std::int64_t{i} * 60'000'000'000);
        row.inputUncached = TokenCount(1000 + i % 500);
        row.output = TokenCount(200 + i % 300);
        if (i % 3 == 0) {
            row.cacheRead = TokenCount(512);
        }
        if (i % 7 != 0) {
            row.loggedCost = Money::fromPico(std::int64_t{i % 100} * 10'000'000'000);
        }
        row.latencySeconds = static_cast<float>(i % 50) / 10.0F;
        row.model = kModels[n % kModels.size()];
        row.team = kTeams[n % kTeams.size()];
        session = "s-" + std::to_string(i / 10);
        row.session = session;
        id = "req-" + std::to_string(i);
        row.requestId = id;
        prompt = "Question " + std::to_string(i) + ": what is the capital of country " + std::to_string(i % 50) + "?";
        row.prompt = prompt;
        if (!batch.add(row, {i + 2, std::int64_t{i} * 100})) {
            return fail(ErrorCode::internal, "the batch is full");
        }
        if (i == 0) {
            batch.reject({{1, 0}, "cost", "not a number", "Remove the words", "a,b,c"});
            batch.reject({{9, 90}, "", "too few columns", "Look for a stray quote", "x"});
        }
        if (batch.full() || i + 1 == rows) {
            if (auto added = (*writer)->add(batch); !added) {
                return fail(added.error());
            }
            batch = store::RowBatch();
        }
    }
    if (auto done = (*writer)->complete(12, "{}"); !done) {
        return fail(done.error());
    }
    return made;
}

Result<project::Project> makeSampleProject(const QString& path) {
    const auto sample = project::resourcePath("sample/sample.csv");
    if (!sample) {
        return fail(sample.error());
    }
    auto made = project::Project::create(path.toStdString());
    if (!made) {
        return made;
    }
    project::ImportOptions options;
    options.file = *sample;
    if (auto imported = project::importLog(*made, options, TaskContext()); !imported) {
        return fail(imported.error());
    }
    return made;
}

}  // namespace tierwise::test
