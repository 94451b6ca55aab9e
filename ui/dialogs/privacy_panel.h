// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/ingest/masking.h"

class QButtonGroup;
class QLineEdit;
class QPlainTextEdit;
class QSettings;
class QToolButton;

namespace tierwise::ui {

/// What happens to personal data and secrets in a log's texts on the way in.
class PrivacyPanel : public QWidget {
    Q_OBJECT

public:
    explicit PrivacyPanel(QWidget* parent = nullptr);
    [[nodiscard]] ingest::MaskOptions options() const;
    void setOptions(const ingest::MaskOptions& options);
    /// What the user chose last time, as the next time's default.
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

Q_SIGNALS:
    void changed();

private:
    QButtonGroup* m_mode;
    QToolButton* m_more;
    QWidget* m_details;
    QLineEdit* m_headers;
    QPlainTextEdit* m_classes;
};

}  // namespace tierwise::ui
