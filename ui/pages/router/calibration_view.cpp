// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/router/calibration_view.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/charts/chart_panel.h"
#include "ui/format/format.h"
#include "ui/models/value_model.h"
#include "ui/session/answer_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/empty_state.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

Cell plain(const QString& text) {
    return {text, {}, {}, {}, {}, {}};
}
Cell number(const QString& text, double exact) {
    return {text, exact, QString::number(exact, 'g', 17), {}, {}, {}};
}

}  // namespace

CalibrationView::CalibrationView(QAction* fill, QAction* refit, QWidget* parent)
    : QWidget(parent),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(u"chart"_s, this)),
      m_text(new QLabel(this)),
      m_chart(new ChartPanel(this)),
      m_table(new CopyTable(this)),
      m_model(new ValueModel(this)) {
    m_text->setObjectName(u"calibrationText"_s);
    m_text->setWordWrap(true);
    m_chart->setObjectName(u"reliability"_s);
    m_model->setColumns({{tr("Model"), {}, false},
                         {tr("Scored rows"), {}, true},
                         {tr("Mean score"), {}, true},
                         {tr("Mean predicted"), tr("Out of fold"), true},
                         {tr("Brier score"), tr("Mean squared difference; lower is better"), true},
                         {tr("Evidence"), {}, false}});
    m_table->setObjectName(u"calibrationTable"_s);
    m_table->setAccessibleName(tr("Calibration by model"));
    m_table->setModel(m_model);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_chart);
    splitter->addWidget(m_table);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto* body = new QWidget(this);
    auto* bodyLayout = new QVBoxLayout(body);
    bodyLayout->setContentsMargins(0, 0, 0, 0);
    bodyLayout->addWidget(m_text);
    auto* buttons = new QHBoxLayout;
    for (QAction* action : {fill, refit}) {
        auto* button = new QPushButton(action->text(), body);
        button->setObjectName(action->objectName() + u"Button"_s);
        button->setToolTip(action->toolTip());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    bodyLayout->addLayout(buttons);
    bodyLayout->addWidget(splitter, 1);
    m_empty->setSentence(withoutScores(0));
    m_empty->setAction(fill);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(body);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_stack);
    connect(m_chart, &ChartPanel::told, this, &CalibrationView::told);
    connect(m_table, &CopyTable::told, this, &CalibrationView::told);
}

QString CalibrationView::withoutScores(int overrides) {
    return overrides == 0
               ? tr("No request of this log carries a score: quality rests on public benchmarks (prior). "
                    "Import a log with a score column, or outcomes, to calibrate it.")
               : tr("No request of this log carries a score: quality rests on public benchmarks and on your %n tier "
                    "override(s). Import a log with a score column, or outcomes, to check it.",
                    nullptr, overrides);
}

void CalibrationView::setReport(const project::CalibrationReport& report, int overrides) {
    if (report.bins.empty()) {
        m_empty->setSentence(withoutScores(overrides));
        m_stack->setCurrentIndex(0);
        return;
    }
    m_stack->setCurrentIndex(1);
    m_text->setText(tr("%1 scored rows, each predicted by a fit that has not seen it. Expected calibration error %2, "
                       "Brier score %3.")
                        .arg(formatCount(static_cast<std::int64_t>(report.scoredRows)),
                             formatNumber(report.expectedCalibrationError, 3), formatNumber(report.brier, 3)) +
                    (overrides == 0 ? QString()
                                    : u' ' + tr("%n tier override(s) count in the fit as scored answers too; chosen by "
                                                "hand, they are no test of it.",
                                                nullptr, overrides)));
    ChartSpec spec;
    spec.title = tr("Reliability: predicted against observed");
    spec.x.title = tr("predicted quality");
    spec.y.title = tr("observed score");
    for (ChartAxis* axis : {&spec.x, &spec.y}) {
        axis->unit = ChartAxis::Unit::percent;
        axis->minimum = 0;
        axis->maximum = 100;
    }
    ChartSeries ideal;
    ideal.name = tr("Perfect");
    ideal.pen = Qt::DashLine;
    ideal.color = Theme::instance().mutedText();
    ideal.points = {{0, 0}, {100, 100}};
    ChartSeries bins;
    bins.kind = ChartSeries::Kind::points;
    bins.name = tr("Scored rows in ten bins, with their number and 95% ranges");
    bins.color = seriesColor(0);
    bins.directLabels = true;
    for (const auto& bin : report.bins) {
        bins.points.append({bin.predicted * 100, bin.observed * 100});
        bins.low.append(bin.low * 100);
        bins.high.append(bin.high * 100);
        bins.labels.append(formatCount(static_cast<std::int64_t>(bin.rows)));
    }
    spec.series = {ideal, bins};
    spec.summary = m_text->text();
    m_chart->setSpec(spec);
    QList<ValueModel::Row> rows;
    for (const auto& model : report.models) {
        rows.append({toQt(model.model),
                     {plain(toQt(model.model)),
                      number(formatCount(static_cast<std::int64_t>(model.rows)), static_cast<double>(model.rows)),
                      number(formatPercent(model.meanScore), model.meanScore),
                      number(formatPercent(model.meanPredicted), model.meanPredicted),
                      number(formatNumber(model.brier, 3), model.brier), plain(rungLabel(model.rung))},
                     false});
    }
    m_model->setRows(rows);
    m_table->resizeColumnsToContents();
}

}  // namespace tierwise::ui
