// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QWidget>

#include "core/ingest/preset.h"
#include "core/ingest/reader/types.h"

class QCheckBox;
class QComboBox;
class QSpinBox;
class QPushButton;

namespace tierwise::ui {

/// What a log is taken for, and how its bytes are read; with the user's own presets.
class ReadingPanel : public QWidget {
    Q_OBJECT

public:
    explicit ReadingPanel(QWidget* parent = nullptr);

    /// What it might be, best first, then every other preset there is.
    void setSources(const std::vector<ingest::PresetMatch>& matches, const std::vector<ingest::Preset>& own);
    void chooseSource(const QString& id);
    /// Shows how it is read at present.
    void setDialect(const ingest::Dialect& dialect);
    /// Writes into `reading` what differs from the dialect shown last.
    void apply(ingest::ReadOptions& reading) const;
    /// Whether the chosen source is one of the user's, which can be forgotten.
    [[nodiscard]] QString ownPresetChosen() const;

Q_SIGNALS:
    void sourceChosen(const QString& id);
    void readingChanged();
    void keepPresetWanted();
    void forgetPresetWanted();

private:
    QComboBox* m_source;
    QPushButton* m_presets;
    QComboBox* m_encoding;
    QComboBox* m_delimiter;
    QComboBox* m_quote;
    QSpinBox* m_skip;
    QCheckBox* m_header;
    QStringList m_own;
    ingest::Dialect m_shown;
};

}  // namespace tierwise::ui
