// SPDX-License-Identifier: GPL-3.0-or-later
// The catalog page by keys and clicks: an update fetched, looked at, accepted, undone and rejected; offerings, tiers
// and contexts of the user's own, which updates leave alone. TIERWISE_PICTURES=FOLDER keeps pictures to look at.
#include "core/base/clock.h"
#include "core/base/files.h"
#include "core/catalog/catalog_data.h"
#include "core/project/catalog_update.h"
#include "core/project/resources.h"
#include "tests/gui/gui_support.h"
#include "tests/support/loopback_server.h"
#include "tests/support/support.h"
#include "ui/format/format.h"
#include "ui/pages/catalog/catalog_page.h"
#include "ui/pages/catalog/update_dialog.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"

using namespace tierwise;
using namespace tierwise::ui;
using namespace tierwise::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 60'000;
const char* const kRisen = "openai/gpt-4.1-mini";   // 0.4 $/M input becomes 0.5
const char* const kFallen = "openai/gpt-4.1-nano";  // 0.1 $/M input becomes nothing: quarantined

/// The shipped catalog with those two prices changed and one offering more, as a server would give it.
std::string servedCatalog() {
    const auto bytes = readFile(project::resourcePath("catalog/catalog.json").value(), 1 << 28);
    auto data = catalog::readCatalogJson(*bytes, "catalog.json").value();
    for (auto& offering : data.offerings) {
        const char* price = offering.key() == kRisen ? "0.5" : offering.key() == kFallen ? "0" : nullptr;
        for (auto& card : offering.cards) {
            for (auto& [meter, rate] : card.rates) {
                if (price != nullptr && meter == catalog::Meter::input && !card.to && card.when.specificity() == 0) {
                    rate = *Rate::parsePerMillion(price);
                }
            }
        }
    }
    auto added = data.offerings.front();
    added.id = "brand-new-model";
    added.aliases.clear();
    data.offerings.push_back(added);
    return catalog::writeCatalogJson(data);
}

}  // namespace

class TestCatalogPage : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> m_fixture;
    QTemporaryDir m_folder;
    std::optional<TestCertificates> m_certificates;

    MainWindow& window() { return m_fixture->window(); }
    CatalogPage& page() { return *qobject_cast<CatalogPage*>(window().currentPage()); }

    const project::CatalogLine* line(const std::string& key) {
        for (const auto& each : page().lines()) {
            if (each.key == key) {
                return &each;
            }
        }
        return nullptr;
    }
    std::string input(const std::string& key) {
        const auto* found = line(key);
        return found == nullptr ? "none" : found->input ? found->input->perMillion() : "-";
    }
    /// An update that waits when the dialog opens.
    void fetchInTheBackground() {
        const std::string served = servedCatalog();
        LoopbackServer server(
            [&](const LoopbackServer::Asked&, LoopbackServer::Connection& connection) {
                connection.answer(200, "Content-Type: application/json\r\n", served);
            },
            m_certificates->goodFile, m_certificates->goodKeyFile);
        TaskContext context;
        project::UpdateChoice choice;
        choice.url = server.url("/catalog.json");
        choice.caFile = m_certificates->authorityFile;
        TIERWISE_VERIFY_OK(project::updateCatalog(choice, {}, SystemClock(), context));
    }
    void undo() {
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        page().table()->setFocus();  // in a text field Ctrl+Z undoes typing
        QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
    }
    void choose(const QString& search) {
        auto* field = m_fixture->find<QLineEdit>("catalogSearch");
        field->setText(search);
        QTRY_VERIFY(page().table()->model()->rowCount() > 0 && page().table()->model()->rowCount() < 60);
        m_fixture->settle();
        QVERIFY(page().table()->selectionModel()->hasSelection());  // the page chooses the first
        page().table()->setFocus();  // in a text field of X11, Ctrl+E goes to the end of the line
    }
    void picture(QWidget* widget, const char* name) {
        const QString folder = qEnvironmentVariable("TIERWISE_PICTURES");
        if (folder.isEmpty()) {
            return;
        }
        QDir().mkpath(folder);
        for (const auto& [mode, word] : {std::pair{ThemeMode::light, "light"}, {ThemeMode::dark, "dark"}}) {
            Theme::instance().setMode(mode);
            QTest::qWait(150);
            widget->grab().save(folder + u"/"_s + QString::fromLatin1(name) + u"-"_s + QString::fromLatin1(word) +
                                u".png"_s);
        }
        Theme::instance().setMode(ThemeMode::light);
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("no_proxy", "127.0.0.1,localhost");
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        Theme::instance().install();
        m_certificates = TestCertificates::make(m_folder.path().toStdString());
        QVERIFY2(m_certificates.has_value(), "the openssl program is needed");
    }
    void init() {
        m_fixture = std::make_unique<WindowFixture>();
        QTest::keyClick(&window(), Qt::Key_2, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(page().lines().size() > 100, kPatience);
        m_fixture->settle();
    }
    void cleanup() { m_fixture.reset(); }

    void anUpdateIsLookedAtAcceptedAndUndone() {
        const std::string served = servedCatalog();
        LoopbackServer server(
            [&](const LoopbackServer::Asked& asked, LoopbackServer::Connection& connection) {
                if (asked.target == "/slow") {
                    connection.linger(std::chrono::seconds(30));
                } else {
                    connection.answer(200, "Content-Type: application/json\r\n", served);
                }
            },
            m_certificates->goodFile, m_certificates->goodKeyFile);
        QTest::keyClick(&window(), Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
        auto* dialog = window().findChild<UpdateDialog*>(u"updateDialog"_s);
        QVERIFY(dialog != nullptr);
        const auto button = [&](const char* name) {
            return dialog->findChild<QPushButton*>(QString::fromLatin1(name));
        };
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isBusy(), kPatience);
        picture(dialog, "update-empty");
        QVERIFY(!button("updateAccept")->isEnabled() && !button("updateReject")->isEnabled());

        // Slow: progress is shown, Cancel is heard.
        dialog->findChild<QLineEdit*>(u"updateUrl"_s)->setText(QString::fromStdString(server.url("/slow")));
        dialog->findChild<QLineEdit*>(u"updateAuthority"_s)
            ->setText(QString::fromStdString(m_certificates->authorityFile));
        QTest::mouseClick(button("updateFetch"), Qt::LeftButton);
        QTRY_VERIFY(dialog->findChild<QProgressBar*>()->isVisible());
        QTRY_VERIFY(server.requests() == 1);
        picture(dialog, "update-fetching");
        QTest::mouseClick(button("updateCancel"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isBusy(), 5'000);
        QVERIFY(dialog->findChild<QLabel*>(u"updateSummary"_s)->text().contains(u"Cancelled"_s));
        QVERIFY(!dialog->isWaiting());

        dialog->findChild<QLineEdit*>(u"updateUrl"_s)->setText(QString::fromStdString(server.url("/catalog.json")));
        QTest::mouseClick(button("updateFetch"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->isWaiting() && !dialog->isBusy(), kPatience);
        QStringList rows;
        for (int i = 0; i < dialog->differences()->model()->rowCount(); ++i) {
            QStringList cells;
            for (int column : {0, 1, 3, 4}) {
                cells << dialog->differences()->model()->index(i, column).data().toString();
            }
            rows << cells.join(u' ');
        }
        rows.sort();
        QVERIFY2(rows.contains(u"openai/gpt-4.1-mini changed 0.4 0.5"_s), qPrintable(rows.join(u'\n')));
        QVERIFY2(rows.contains(u"openai/gpt-4.1-nano changed 0.1 0"_s), qPrintable(rows.join(u'\n')));
        QCOMPARE(rows.filter(u"brand-new-model added"_s).size(), rows.size() - 2);
        picture(dialog, "update-waiting");
        auto* kinds = dialog->findChild<QComboBox*>(u"updateKinds"_s);
        kinds->setCurrentIndex(1);
        QCOMPARE(dialog->differences()->model()->rowCount(), 1);  // what is quarantined, and why
        QVERIFY(dialog->differences()->model()->index(0, 6).data().toString().contains(u"to nothing"_s));
        kinds->setCurrentIndex(0);
        QCOMPARE(input(kRisen), std::string("0.4"));  // nothing is in use yet

        QTest::mouseClick(button("updateAccept"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(input(kRisen), std::string("0.5"), kPatience);
        QCOMPARE(input(kFallen), std::string("0.1"));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isBusy() && !dialog->isWaiting(), kPatience);
        QCOMPARE(dialog->history()->model()->rowCount(), 2);
        dialog->findChild<QTabWidget*>()->setCurrentIndex(1);
        picture(dialog, "update-history");
        dialog->close();

        undo();
        QTRY_COMPARE_WITH_TIMEOUT(input(kRisen), std::string("0.4"), kPatience);
        m_fixture->settle();
        QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE_WITH_TIMEOUT(input(kRisen), std::string("0.5"), kPatience);
    }

    void anUpdateIsRejected() {
        fetchInTheBackground();
        QTest::keyClick(&window(), Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
        auto* dialog = window().findChild<UpdateDialog*>(u"updateDialog"_s);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->isWaiting() && !dialog->isBusy(), kPatience);  // an update waits over restarts
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"updateReject"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isWaiting() && !dialog->isBusy(), kPatience);
        QVERIFY(!project::waitingUpdate({}, SystemClock()).has_value());
        QCOMPARE(input(kRisen), std::string("0.4"));
    }

    void tierAndContextAreTheUsersToo() {
        choose(u"gpt-4.1-mini"_s);
        const std::string key = toUtf8(page().table()->model()->index(0, 10).data().toString());
        const Tier before = line(key)->tier;
        QVERIFY(before != Tier::premium);
        QTest::keyClick(&window(), Qt::Key_E, Qt::ControlModifier);
        auto* dialog = window().findChild<QDialog*>(u"ownPriceDialog"_s);
        QVERIFY(dialog != nullptr);
        auto* ok = dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        dialog->findChild<QLineEdit*>(u"ownContext"_s)->setText(u"many"_s);
        QVERIFY(!ok->isEnabled());
        dialog->findChild<QLineEdit*>(u"ownContext"_s)->setText(u"12345"_s);
        QVERIFY(ok->isEnabled());
        auto* tier = dialog->findChild<QComboBox*>(u"ownTier"_s);
        tier->setCurrentIndex(tier->findData(static_cast<int>(Tier::premium)));
        picture(dialog, "own-entry");
        const std::string price = input(key);
        QTest::mouseClick(ok, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(line(key) != nullptr && line(key)->tier == Tier::premium, kPatience);
        QCOMPARE(line(key)->contextTokens.value_or(0), std::int64_t{12345});
        QCOMPARE(input(key), price);  // untouched prices stay the catalog's
        QVERIFY(!line(key)->ownPrice);
        QVERIFY(line(key)->tierReason.find("your own") != std::string::npos);
        m_fixture->settle();
        undo();
        QTRY_VERIFY_WITH_TIMEOUT(line(key) != nullptr && line(key)->tier == before, kPatience);
    }

    void anOfferingOfOnesOwnSurvivesAnUpdate() {
        QTest::keyClick(&window(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        auto* dialog = window().findChild<QDialog*>(u"ownPriceDialog"_s);
        QVERIFY(dialog != nullptr);
        auto* ok = dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        QVERIFY(!ok->isEnabled());
        const auto fill = [&](const char* name, const char* text) {
            auto* edit = dialog->findChild<QLineEdit*>(QString::fromLatin1(name));
            edit->setFocus();
            QTest::keyClicks(edit, QString::fromLatin1(text));
        };
        fill("ownOffering", "acme/our-model");
        fill("ownModel", "our-model-7b");
        fill("ownAuthor", "acme");
        fill("ownInput", "0.25");
        QVERIFY(!ok->isEnabled());
        fill("ownOutput", "1.5");
        QVERIFY(ok->isEnabled());
        picture(dialog, "own-offering");
        QTest::mouseClick(ok, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(input("acme/our-model"), std::string("0.25"), kPatience);
        QVERIFY(line("acme/our-model")->ownPrice);
        QCOMPARE(line("acme/our-model")->author, std::string("acme"));

        fetchInTheBackground();
        TIERWISE_VERIFY_OK(project::acceptWaiting({true, {}}, {}, SystemClock()));
        const auto inUse = project::catalogInUse();
        TIERWISE_VERIFY_OK(inUse);
        const auto mine = inUse->findOffering("acme/our-model");
        QVERIFY(mine.has_value());
        QCOMPARE(inUse->ratesAt(*mine, {}).input()->perMillion(), std::string("0.25"));
        QCOMPARE(inUse->ratesAt(*inUse->findOffering(kRisen), {SystemClock().now(), {}, {}}).input()->perMillion(),
                 std::string("0.5"));
    }

    void picturesOfThePage() {
        if (qEnvironmentVariableIsEmpty("TIERWISE_PICTURES")) {
            QSKIP("set TIERWISE_PICTURES to a folder to look at the page");
        }
        for (const auto& [size, name] :
             {std::pair{QSize(1100, 700), "page-small"}, {QSize(1920, 1080), "page-large"}}) {
            window().resize(size);
            choose(u"claude-opus"_s);
            auto* tabs = page().findChild<QTabWidget*>();
            for (int i = 0; i < tabs->count(); ++i) {
                tabs->setCurrentIndex(i);
                m_fixture->settle();
                picture(&window(), qPrintable(QString::fromLatin1(name) + u"-"_s + QString::number(i)));
            }
            tabs->setCurrentIndex(0);
        }
    }
};

QTEST_MAIN(TestCatalogPage)
#include "tst_catalog.moc"
