// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace tierwise::ui {

class Desk;
class PrivacyPanel;

/// What holds for every project: language, theme, where projects are made, and personal data on the way in. Changes
/// hold at once (the language from the next start); Cancel takes them back.
class PreferencesDialog : public QDialog {
    Q_OBJECT

public:
    explicit PreferencesDialog(Desk& desk, QWidget* parent = nullptr);
    void accept() override;
    void reject() override;

private:
    Desk& m_desk;
    QComboBox* m_language;
    QLabel* m_languageNote;
    QComboBox* m_theme;
    QCheckBox* m_reopen;
    QLineEdit* m_folder;
    PrivacyPanel* m_privacy;
    int m_themeBefore;
};

}  // namespace tierwise::ui
