// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

class QAbstractItemView;

namespace tierwise::ui {

/// One muted sentence in the middle of a list or table for as long as it has no rows: what is missing, and how to fill
/// it. A child of the view, with which it goes.
class EmptyHint final : public QLabel {
    Q_OBJECT

public:
    EmptyHint(const QString& sentence, QAbstractItemView* view);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    QAbstractItemView* m_view;
};

}  // namespace tierwise::ui
