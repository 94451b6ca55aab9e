// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_hint.h"

#include <QAbstractItemView>
#include <QEvent>

namespace tierwise::ui {

namespace {

constexpr int kMargin = 24;

}  // namespace

EmptyHint::EmptyHint(const QString& sentence, QAbstractItemView* view)
    : QLabel(sentence, view->viewport()), m_view(view) {
    setProperty("role", QStringLiteral("muted"));
    setAlignment(Qt::AlignCenter);
    setWordWrap(true);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    view->viewport()->installEventFilter(this);
    const QAbstractItemModel* model = view->model();
    connect(model, &QAbstractItemModel::modelReset, this, &EmptyHint::refresh);
    connect(model, &QAbstractItemModel::rowsInserted, this, &EmptyHint::refresh);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &EmptyHint::refresh);
    refresh();
}

bool EmptyHint::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show) {
        refresh();
    }
    return QLabel::eventFilter(watched, event);
}

void EmptyHint::refresh() {
    setGeometry(m_view->viewport()->rect().adjusted(kMargin, kMargin, -kMargin, -kMargin));
    setVisible(m_view->model()->rowCount() == 0);
}

}  // namespace tierwise::ui
