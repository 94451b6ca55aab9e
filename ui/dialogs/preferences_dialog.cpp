// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/preferences_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

#include "ui/dialogs/privacy_panel.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

PreferencesDialog::PreferencesDialog(Desk& desk, QWidget* parent)
    : QDialog(parent),
      m_desk(desk),
      m_language(new QComboBox(this)),
      m_languageNote(new QLabel(tr("From the next start on."), this)),
      m_theme(new QComboBox(this)),
      m_reopen(new QCheckBox(tr("Open the last &project again at the start"), this)),
      m_folder(new QLineEdit(this)),
      m_privacy(new PrivacyPanel(this)),
      m_themeBefore(static_cast<int>(Theme::instance().mode())) {
    setObjectName(u"preferencesDialog"_s);
    setWindowTitle(tr("Preferences"));
    const QSettings& settings = desk.settings();
    m_language->addItem(tr("As the system"), QString());
    m_language->addItem(u"English"_s, u"en_US"_s);
    m_language->addItem(u"Deutsch"_s, u"de_DE"_s);
    m_language->setCurrentIndex(std::max(0, m_language->findData(settings.value(u"window/language"_s).toString())));
    m_language->setAccessibleName(tr("Language"));
    m_language->setObjectName(u"preferLanguage"_s);
    m_languageNote->setProperty("role", u"muted"_s);
    m_theme->addItem(tr("As the system"), static_cast<int>(ThemeMode::system));
    m_theme->addItem(tr("Light"), static_cast<int>(ThemeMode::light));
    m_theme->addItem(tr("Dark"), static_cast<int>(ThemeMode::dark));
    m_theme->setCurrentIndex(m_theme->findData(m_themeBefore));
    m_theme->setAccessibleName(tr("Theme"));
    m_theme->setObjectName(u"preferTheme"_s);
    connect(m_theme, &QComboBox::currentIndexChanged, this,
            [this] { Theme::instance().setMode(static_cast<ThemeMode>(m_theme->currentData().toInt())); });
    m_reopen->setChecked(settings.value(u"window/reopen"_s, true).toBool());
    m_folder->setText(desk.projectFolder());
    m_folder->setAccessibleName(tr("Folder for new projects"));
    m_folder->setObjectName(u"preferFolder"_s);
    m_folder->setMinimumWidth(320);
    auto* choose = new QPushButton(tr("&Choose..."), this);
    choose->setAutoDefault(false);
    choose->setAccessibleName(tr("Choose the folder for new projects"));
    connect(choose, &QPushButton::clicked, this, [this] {
        const QString folder = m_desk.dialogs().chooseFolder(this, tr("Folder for new projects"), m_folder->text());
        if (!folder.isEmpty()) {
            m_folder->setText(folder);
        }
    });
    m_privacy->restore(settings);
    auto* language = new QHBoxLayout;
    language->addWidget(m_language);
    language->addWidget(m_languageNote);
    language->addStretch();
    auto* folder = new QHBoxLayout;
    folder->addWidget(m_folder, 1);
    folder->addWidget(choose);
    auto* form = new QFormLayout;
    const auto row = [&](const QString& text, QWidget* of, QLayout* line) {
        auto* label = new QLabel(text, this);
        label->setBuddy(of);
        form->addRow(label, line);
    };
    row(tr("&Language"), m_language, language);
    auto* theme = new QHBoxLayout;
    theme->addWidget(m_theme);
    theme->addStretch();
    row(tr("&Theme"), m_theme, theme);
    form->addRow(QString(), m_reopen);
    row(tr("&New projects in"), m_folder, folder);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &PreferencesDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &PreferencesDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addSpacing(8);
    column->addWidget(m_privacy);
    column->addStretch();
    column->addWidget(buttons);
}

void PreferencesDialog::accept() {
    QSettings& settings = m_desk.settings();
    settings.setValue(u"window/language"_s, m_language->currentData());
    settings.setValue(u"window/theme"_s, m_theme->currentData());
    settings.setValue(u"window/reopen"_s, m_reopen->isChecked());
    if (!m_folder->text().trimmed().isEmpty()) {
        settings.setValue(u"import/folder"_s, m_folder->text().trimmed());
    }
    m_privacy->save(settings);
    QDialog::accept();
}

void PreferencesDialog::reject() {
    Theme::instance().setMode(static_cast<ThemeMode>(m_themeBefore));
    QDialog::reject();
}

}  // namespace tierwise::ui
