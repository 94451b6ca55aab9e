// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QFrame>

#include "ui/charts/chart_spec.h"
#include "ui/widgets/copy_table.h"

class QAction;
class QLabel;
class QToolButton;

namespace tierwise::ui {

class ChartView;
class LegendStrip;

/// Asks for a file to write: (suggested name, filter) -> path, empty = cancelled. The shell sets the seam once.
using AskSavePath = std::function<QString(QWidget* parent, const QString& suggestion, const QString& filter)>;

/// A chart with its title, legend, footnote and a menu: show as table, copy, export as PNG, SVG, PDF or CSV, zoom back
/// and reset. Keys while it has the focus: + - 0 Backspace and the arrows. GUI thread.
class ChartPanel : public QFrame {
    Q_OBJECT

public:
    explicit ChartPanel(QWidget* parent = nullptr);
    void setSpec(const ChartSpec& spec);
    [[nodiscard]] const ChartSpec& spec() const;
    /// One series changed and nothing else: cheap enough to call for each mouse move.
    void updateSeries(int series, const ChartSeries& data);
    void moveHandle(int id, QPointF at);
    void setFootnote(const QString& text);
    void setSummary(const QString& sentence);

    /// The values behind the picture, exact, one row a point.
    [[nodiscard]] TextTable table() const;
    /// Writes by the ending of the name: .png (2x), .svg, .pdf or .csv. Returns what went wrong, empty = nothing.
    [[nodiscard]] QString exportTo(const QString& path) const;
    [[nodiscard]] QImage image(double scale) const;
    /// What every picture and table that leaves the program says of its figures ("made-up sample data"): the property
    /// kDataMark of the window, or whatever widget the chart is in. Empty = nothing.
    [[nodiscard]] QString dataMark() const;
    static constexpr auto kDataMark = "dataMark";
    [[nodiscard]] ChartView* view() const { return m_view; }
    static void setAskSavePath(AskSavePath ask);

public Q_SLOTS:
    void showAsTable();
    void copyImage();
    void exportChart();

Q_SIGNALS:
    void pointClicked(int series, int index);
    void pointHovered(int series, int index);
    void handleMoved(int id, QPointF at, bool finished);
    void told(const QString& text);

private:
    void paintAll(class QPainter& painter, const QRectF& target) const;
    void showFootnote();

    QLabel* m_title;
    LegendStrip* m_legend;
    ChartView* m_view;
    QLabel* m_footnote;
    QToolButton* m_menuButton;
    QAction* m_zoomBack;
    QAction* m_zoomReset;
};

}  // namespace tierwise::ui
