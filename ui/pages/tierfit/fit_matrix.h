// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <utility>

#include <QWidget>

#include "core/analyze/results.h"
#include "ui/widgets/copy_table.h"

namespace tierwise::ui {

/// The matrix of tier used (lines) and tier needed (columns): requests in every cell, dollars wasted to the left of the
/// diagonal, errors expected to the right. Arrow keys move, Return or a click picks a cell.
class FitMatrix : public QWidget {
    Q_OBJECT

public:
    explicit FitMatrix(QWidget* parent = nullptr);
    void setFit(const analyze::TierFit& fit);
    /// The cell that the lists below are narrowed to, if any: drawn with a frame.
    void setPicked(const std::optional<std::pair<Tier, Tier>>& cell);
    [[nodiscard]] TextTable table() const;
    [[nodiscard]] QSize sizeHint() const override { return {640, 230}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {480, 190}; }

Q_SIGNALS:
    void picked(Tier used, Tier needed);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] int rowCount() const;
    [[nodiscard]] QRectF cellRect(int row, int column) const;
    [[nodiscard]] const analyze::TierFitCell& cell(int row, int column) const;
    [[nodiscard]] QString remark(int row, int column) const;
    void describe();

    analyze::TierFit m_fit;
    std::optional<std::pair<Tier, Tier>> m_picked;
    int m_row = 0;
    int m_column = 0;
};

}  // namespace tierwise::ui
