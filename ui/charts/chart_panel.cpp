// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/charts/chart_axes.h"
#include "ui/charts/chart_view.h"
#include "ui/charts/legend_strip.h"
#include "ui/format/format.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

AskSavePath& askSavePath() {
    static AskSavePath ask = [](QWidget* parent, const QString& suggestion, const QString& filter) {
        return QFileDialog::getSaveFileName(parent, ChartPanel::tr("Export chart"), suggestion, filter);
    };
    return ask;
}

QString exactNumber(double value) {
    return QString::number(value, 'g', 15);
}

QString exactOnAxis(const ChartAxis& axis, double value) {
    const bool words = axis.kind == ChartAxis::Kind::category || axis.kind == ChartAxis::Kind::time;
    return words ? formatOnAxis(axis, value) : exactNumber(value);
}

}  // namespace

void ChartPanel::setAskSavePath(AskSavePath ask) {
    askSavePath() = std::move(ask);
}

ChartPanel::ChartPanel(QWidget* parent)
    : QFrame(parent),
      m_title(new QLabel(this)),
      m_legend(new LegendStrip(this)),
      m_view(new ChartView(this)),
      m_footnote(new QLabel(this)),
      m_menuButton(new QToolButton(this)) {
    setObjectName(u"card"_s);
    m_title->setProperty("role", u"title"_s);
    m_title->setWordWrap(true);
    m_footnote->setProperty("role", u"muted"_s);
    m_footnote->setWordWrap(true);
    auto* menu = new QMenu(this);
    const Theme& theme = Theme::instance();
    const auto add = [&](const QString& icon, const QString& text, auto slot) {
        QAction* action = menu->addAction(theme.icon(icon), text);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    add(u"table"_s, tr("Show as &table"), &ChartPanel::showAsTable)->setObjectName(u"chartShowTable"_s);
    add(u"copy"_s, tr("&Copy picture"), &ChartPanel::copyImage);
    add(u"export"_s, tr("&Export as PNG, SVG, PDF or CSV..."), &ChartPanel::exportChart);
    menu->addSeparator();
    m_zoomBack = add(u"zoomback"_s, tr("Zoom &back"), [this] { m_view->zoomBack(); });
    m_zoomReset = add(u"zoomreset"_s, tr("Show &all"), [this] { m_view->zoomReset(); });
    m_menuButton->setMenu(menu);
    m_menuButton->setIcon(theme.icon(u"more"_s));
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setAutoRaise(true);
    m_menuButton->setStyleSheet(u"QToolButton::menu-indicator { image: none; }"_s);
    m_menuButton->setToolTip(tr("Show as table, copy, export, zoom"));
    auto* head = new QHBoxLayout;
    head->setSpacing(4);
    head->addWidget(m_title, 1);
    head->addWidget(m_menuButton, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 6, 6, 6);
    column->setSpacing(2);
    column->addLayout(head);
    column->addWidget(m_legend);
    column->addWidget(m_view, 1);
    column->addWidget(m_footnote);
    connect(m_view, &ChartView::pointClicked, this, &ChartPanel::pointClicked);
    connect(m_view, &ChartView::pointHovered, this, &ChartPanel::pointHovered);
    connect(m_view, &ChartView::handleMoved, this, &ChartPanel::handleMoved);
    const auto showZoom = [this] {
        m_zoomBack->setEnabled(m_view->canZoomBack());
        m_zoomReset->setEnabled(m_view->canZoomBack());
    };
    connect(m_view, &ChartView::zoomChanged, this, showZoom);
    showZoom();
}

void ChartPanel::setSpec(const ChartSpec& spec) {
    m_view->setSpec(spec);
    m_title->setText(spec.title);
    m_title->setToolTip(spec.summary);
    m_view->setAccessibleName(spec.title);
    m_menuButton->setAccessibleName(tr("Chart menu: %1").arg(spec.title));
    setSummary(spec.summary);
    QList<LegendStrip::Entry> entries;
    for (int i = 0; i < spec.series.size(); ++i) {
        const ChartSeries& series = spec.series[i];
        if (!series.inLegend || series.name.isEmpty()) {
            continue;
        }
        LegendStrip::Entry entry;
        entry.name = series.name;
        entry.color = m_view->colorOf(i);
        const bool line = series.kind == ChartSeries::Kind::line || series.kind == ChartSeries::Kind::step;
        entry.pen = line ? series.pen : Qt::NoPen;
        entry.hasMarker = series.kind == ChartSeries::Kind::points || (line && series.marker);
        entry.swatch = series.kind == ChartSeries::Kind::bars || series.kind == ChartSeries::Kind::band ||
                       series.kind == ChartSeries::Kind::range;
        entry.marker = m_view->markerOf(i);
        entry.hollow = series.hollow;
        entries.append(entry);
    }
    m_legend->setEntries(spec.legend ? entries : QList<LegendStrip::Entry>());
    showFootnote();
}

const ChartSpec& ChartPanel::spec() const {
    return m_view->spec();
}

void ChartPanel::updateSeries(int series, const ChartSeries& changed) {
    m_view->updateSeries(series, changed);
}

void ChartPanel::moveHandle(int id, QPointF at) {
    m_view->moveHandle(id, at);
}

void ChartPanel::setFootnote(const QString& text) {
    m_footnote->setText(text);
    m_footnote->setVisible(!text.isEmpty());
}

void ChartPanel::setSummary(const QString& sentence) {
    m_view->setAccessibleDescription(sentence);
    setAccessibleDescription(sentence);
}

void ChartPanel::showFootnote() {
    QString text = spec().footnote;
    if (m_view->hiddenOnLogAxis() > 0) {
        const QString left =
            tr("%n point(s) at zero cannot be shown on a logarithmic axis.", nullptr, m_view->hiddenOnLogAxis());
        text += (text.isEmpty() ? QString() : u" "_s) + left;
    }
    setFootnote(text);
}

TextTable ChartPanel::table() const {
    const ChartSpec& chart = spec();
    TextTable table;
    bool intervals = false;
    for (const ChartSeries& series : chart.series) {
        intervals = intervals || !series.low.isEmpty();
    }
    table.header << tr("series") << tr("label") << (chart.x.title.isEmpty() ? u"x"_s : chart.x.title)
                 << (chart.y.title.isEmpty() ? u"y"_s : chart.y.title);
    table.numeric << false << false << (chart.x.kind != ChartAxis::Kind::category) << true;
    if (intervals) {
        table.header << tr("low") << tr("high");
        table.numeric << true << true;
    }
    const QString mark = dataMark();
    if (!mark.isEmpty()) {
        table.header << tr("data");
        table.numeric << false;
    }
    for (const ChartSeries& series : chart.series) {
        for (qsizetype i = 0; i < series.points.size(); ++i) {
            const QPointF& point = series.points[i];
            QStringList row{series.name, series.labels.value(i), exactOnAxis(chart.x, point.x()),
                            exactOnAxis(chart.y, point.y())};
            if (intervals) {
                row << (i < series.low.size() ? exactNumber(series.low[i]) : QString())
                    << (i < series.high.size() ? exactNumber(series.high[i]) : QString());
            }
            if (!mark.isEmpty()) {
                row << mark;
            }
            table.rows << row;
        }
    }
    return table;
}

QString ChartPanel::dataMark() const {
    for (const QWidget* widget = this; widget != nullptr; widget = widget->parentWidget()) {
        if (const QVariant mark = widget->property(kDataMark); mark.isValid()) {
            return mark.toString();
        }
    }
    return {};
}

void ChartPanel::showAsTable() {
    showTextTable(window(), spec().title, table());
}

void ChartPanel::paintAll(QPainter& painter, const QRectF& target) const {
    painter.fillRect(target, Theme::instance().surface());
    double y = target.top() + 8;
    painter.setPen(Theme::instance().text());
    painter.setFont(m_title->font());
    QRectF title(target.left() + 10, y, target.width() - 20, m_title->fontMetrics().height() + 2);
    if (const QString mark = dataMark(); !mark.isEmpty()) {
        painter.setFont(m_footnote->font());
        painter.drawText(title, Qt::AlignRight | Qt::AlignVCenter, mark);
        title.setWidth(title.width() - m_footnote->fontMetrics().horizontalAdvance(mark) - 12);
        painter.setFont(m_title->font());
    }
    painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter,
                     m_title->fontMetrics().elidedText(spec().title, Qt::ElideRight, static_cast<int>(title.width())));
    y = title.bottom() + 4;
    painter.setFont(m_legend->font());
    if (m_legend->entries().size() > 1) {
        y += m_legend->paint(&painter, {target.left() + 10, y}, static_cast<int>(target.width()) - 20);
    }
    const QRect room(0, 0, static_cast<int>(target.width()) - 20, 1000);
    const double foot =
        m_footnote->text().isEmpty()
            ? 0
            : m_footnote->fontMetrics().boundingRect(room, Qt::TextWordWrap, m_footnote->text()).height() + 8;
    m_view->render(&painter, QRectF(target.left(), y, target.width(), target.bottom() - y - foot),
                   m_view->viewport()->rect(), Qt::IgnoreAspectRatio);
    if (foot > 0) {
        painter.setFont(m_footnote->font());
        painter.setPen(Theme::instance().mutedText());
        painter.drawText(QRectF(target.left() + 10, target.bottom() - foot, target.width() - 20, foot),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, m_footnote->text());
    }
}

QImage ChartPanel::image(double scale) const {
    QImage image((QSizeF(size()) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paintAll(painter, QRectF(QPointF(0, 0), size()));
    return image;
}

void ChartPanel::copyImage() {
    QApplication::clipboard()->setImage(image(2.0));
    Q_EMIT told(tr("Copied the picture"));
}

QString ChartPanel::exportTo(const QString& path) const {
    const QString ending = QFileInfo(path).suffix().toLower();
    const QString mark = dataMark();
    const QString title = mark.isEmpty() ? spec().title : tr("%1 (%2)", "title and mark").arg(spec().title, mark);
    QString failed = tr("Could not write %1").arg(path);
    if (ending == u"csv"_s) {
        QSaveFile file(path);
        const QByteArray text = table().toCsv().toUtf8();
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit() ? QString() : failed;
    }
    if (ending == u"svg"_s) {
        QSvgGenerator generator;
        generator.setFileName(path);
        generator.setSize(size());
        generator.setViewBox(rect());
        generator.setTitle(title);
        generator.setDescription(spec().summary);
        QPainter painter;
        if (!painter.begin(&generator)) {
            return failed;
        }
        paintAll(painter, rect());
        return painter.end() ? QString() : failed;
    }
    if (ending == u"pdf"_s) {
        QPdfWriter writer(path);
        writer.setTitle(title);
        writer.setResolution(96);
        writer.setPageSize(QPageSize(QSizeF(size()) * 0.75, QPageSize::Point));
        writer.setPageMargins(QMarginsF(0, 0, 0, 0));
        QPainter painter;
        if (!painter.begin(&writer)) {
            return failed;
        }
        paintAll(painter, rect());
        return painter.end() ? QString() : failed;
    }
    if (ending == u"png"_s) {
        QImage picture = image(2.0);
        picture.setText(u"Title"_s, title);
        return picture.save(path, "PNG") ? QString() : failed;
    }
    return tr("Unknown ending .%1: use .png, .svg, .pdf or .csv").arg(ending);
}

void ChartPanel::exportChart() {
    QString suggestion = spec().title.simplified().toLower();
    suggestion.replace(u' ', u'-').remove(u'/').remove(u',');
    const QString path =
        askSavePath()(window(), suggestion.left(60) + u".png"_s, tr("Pictures and data (*.png *.svg *.pdf *.csv)"));
    if (!path.isEmpty()) {
        const QString wrong = exportTo(path);
        Q_EMIT told(wrong.isEmpty() ? tr("Exported to %1").arg(path) : wrong);
    }
}

}  // namespace tierwise::ui
