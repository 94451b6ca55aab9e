// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/tierfit/fit_matrix.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/format/format.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

namespace {

// Cheap to dear, and what is in no tier: as used, a line that is there when it is needed; as needed, no tier reaches
// the bar.
constexpr std::array kTiers{Tier::local, Tier::commodity, Tier::premium, Tier::unbanded};
constexpr int kColumns = 4;
constexpr double kHeaderWidth = 120;
constexpr double kHeaderHeight = 34;

Tier neededAt(int column) {
    return kTiers[static_cast<std::size_t>(column)];
}

}  // namespace

FitMatrix::FitMatrix(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Requests by tier used and tier needed"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&FitMatrix::update));
}

int FitMatrix::rowCount() const {
    const auto& none = m_fit.cells[static_cast<std::size_t>(Tier::unbanded)];
    return std::any_of(none.begin(), none.end(), [](const auto& one) { return one.rows > 0; }) ? 4 : 3;
}

void FitMatrix::setFit(const analyze::TierFit& fit) {
    m_fit = fit;
    m_row = std::min(m_row, rowCount() - 1);
    describe();
    update();
}

void FitMatrix::setPicked(const std::optional<std::pair<Tier, Tier>>& cell) {
    m_picked = cell;
    update();
}

const analyze::TierFitCell& FitMatrix::cell(int row, int column) const {
    return m_fit.cells[static_cast<std::size_t>(kTiers[static_cast<std::size_t>(row)])]
                      [static_cast<std::size_t>(neededAt(column))];
}

QString FitMatrix::remark(int row, int column) const {
    const auto& one = cell(row, column);
    if (one.requests == 0) {
        return {};
    }
    if (row == 3) {
        return tr("not judged");
    }
    if (column < row && one.wastedUsd > 0) {
        return tr("%1 wasted").arg(formatDollars(one.wastedUsd));
    }
    if (column > row && one.expectedErrors > 0) {
        return tr("~%1 errors").arg(formatNumber(one.expectedErrors, one.expectedErrors < 10 ? 1 : 0));
    }
    return column == row ? tr("fits") : QString();
}

QRectF FitMatrix::cellRect(int row, int column) const {
    const double width = (this->width() - kHeaderWidth - 2) / kColumns;
    const double height = (this->height() - kHeaderHeight - 2) / rowCount();
    return {kHeaderWidth + column * width, kHeaderHeight + row * height, width, height};
}

void FitMatrix::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::instance();
    painter.setPen(theme.mutedText());
    painter.drawText(QRectF(0, 0, kHeaderWidth - 8, kHeaderHeight), Qt::AlignRight | Qt::AlignVCenter,
                     tr("used \\ needed"));
    double most = 1;
    for (int row = 0; row < rowCount(); ++row) {
        for (int column = 0; column < kColumns; ++column) {
            most = std::max(most, cell(row, column).requests);
        }
    }
    for (int column = 0; column < kColumns; ++column) {
        const QRectF top = cellRect(0, column);
        painter.setPen(theme.text());
        painter.drawText(QRectF(top.left(), 0, top.width(), kHeaderHeight), Qt::AlignCenter | Qt::TextWordWrap,
                         column < 3 ? tierLabel(neededAt(column)) : tr("none reaches the bar"));
    }
    QFont bold = font();
    bold.setBold(true);
    for (int row = 0; row < rowCount(); ++row) {
        const QRectF first = cellRect(row, 0);
        painter.setPen(theme.text());
        painter.setFont(font());
        painter.drawText(QRectF(0, first.top(), kHeaderWidth - 8, first.height()), Qt::AlignRight | Qt::AlignVCenter,
                         tierLabel(kTiers[static_cast<std::size_t>(row)]));
        for (int column = 0; column < kColumns; ++column) {
            const auto& one = cell(row, column);
            const QRectF box = cellRect(row, column).adjusted(2, 2, -2, -2);
            QColor fill = row == 3        ? theme.mutedText()
                          : column == row ? theme.good()
                          : column < row  ? theme.warning()
                                          : theme.danger();
            fill.setAlphaF(one.requests > 0 ? static_cast<float>(0.08 + 0.22 * std::sqrt(one.requests / most)) : 0.0F);
            painter.setPen(QPen(theme.border(), 1));
            painter.setBrush(theme.surface());
            painter.drawRect(box);
            painter.fillRect(box.adjusted(1, 1, -1, -1), fill);
            painter.setPen(theme.text());
            painter.setFont(bold);
            const QString below = remark(row, column);
            painter.drawText(box.adjusted(0, 0, 0, below.isEmpty() ? 0 : -box.height() * 0.34), Qt::AlignCenter,
                             one.requests > 0 ? formatCount(std::llround(one.requests)) : missing());
            painter.setFont(font());
            if (!below.isEmpty()) {
                painter.drawText(box.adjusted(0, box.height() * 0.42, 0, 0), Qt::AlignCenter, below);
            }
            if (m_picked == std::pair(kTiers[static_cast<std::size_t>(row)], neededAt(column))) {
                painter.setPen(QPen(theme.text(), 2));
                painter.setBrush(Qt::NoBrush);
                painter.drawRect(box.adjusted(1, 1, -1, -1));
            }
            if (hasFocus() && row == m_row && column == m_column) {
                painter.setPen(QPen(theme.accent(), 2));
                painter.setBrush(Qt::NoBrush);
                painter.drawRect(box);
            }
        }
    }
}

void FitMatrix::mousePressEvent(QMouseEvent* event) {
    for (int row = 0; row < rowCount(); ++row) {
        for (int column = 0; column < kColumns; ++column) {
            if (cellRect(row, column).contains(event->position())) {
                m_row = row;
                m_column = column;
                update();
                Q_EMIT picked(kTiers[static_cast<std::size_t>(row)], neededAt(column));
            }
        }
    }
}

void FitMatrix::keyPressEvent(QKeyEvent* event) {
    const int row = m_row + (event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0);
    const int column = m_column + (event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0);
    if (row != m_row || column != m_column) {
        m_row = std::clamp(row, 0, rowCount() - 1);
        m_column = std::clamp(column, 0, kColumns - 1);
        describe();
        update();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space) {
        Q_EMIT picked(kTiers[static_cast<std::size_t>(m_row)], neededAt(m_column));
    } else {
        QWidget::keyPressEvent(event);
    }
}

bool FitMatrix::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        for (int row = 0; row < rowCount(); ++row) {
            for (int column = 0; column < kColumns; ++column) {
                if (cellRect(row, column).contains(help->pos())) {
                    const auto& one = cell(row, column);
                    QToolTip::showText(
                        help->globalPos(),
                        tr("%1 requests in %2 rows, cost %3\nwasted %4, expected errors %5")
                            .arg(formatCount(std::llround(one.requests)),
                                 formatCount(static_cast<std::int64_t>(one.rows)), formatDollars(one.costUsd),
                                 formatDollars(one.wastedUsd), formatNumber(one.expectedErrors, 2)),
                        this);
                    return true;
                }
            }
        }
    }
    return QWidget::event(event);
}

void FitMatrix::describe() {
    const auto& one = cell(m_row, m_column);
    setAccessibleDescription(tr("Used %1, needed %2: %3 requests. %4")
                                 .arg(tierLabel(kTiers[static_cast<std::size_t>(m_row)]),
                                      m_column < 3 ? tierLabel(neededAt(m_column)) : tr("none reaches the bar"),
                                      formatCount(std::llround(one.requests)), remark(m_row, m_column)));
}

TextTable FitMatrix::table() const {
    TextTable table;
    table.header = {tr("Used"), tr("Needed"), tr("Rows"),           tr("Requests"),
                    tr("Cost"), tr("Wasted"), tr("Expected errors")};
    table.numeric = {false, false, true, true, true, true, true};
    for (int row = 0; row < rowCount(); ++row) {
        for (int column = 0; column < kColumns; ++column) {
            const auto& one = cell(row, column);
            table.rows.append({tierLabel(kTiers[static_cast<std::size_t>(row)]),
                               column < 3 ? tierLabel(neededAt(column)) : tr("none reaches the bar"),
                               QString::number(one.rows), QString::number(one.requests, 'g', 15),
                               QString::number(one.costUsd, 'g', 15), QString::number(one.wastedUsd, 'g', 15),
                               QString::number(one.expectedErrors, 'g', 15)});
        }
    }
    return table;
}

}  // namespace tierwise::ui
