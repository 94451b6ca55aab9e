// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/report/page_preview.h"

#include <algorithm>
#include <cmath>

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include "ui/report/page_pictures.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

namespace {

constexpr double kGap = 14;  // round every sheet
constexpr double kLeast = 0.2;
constexpr double kMost = 6;
constexpr double kStep = 1.15;
constexpr int kAhead = 1;  // pages painted before they come into sight

}  // namespace

PagePreview::PagePreview(JobRunner& jobs, QWidget* parent)
    : QAbstractScrollArea(parent), m_paint(jobs, nullptr, JobRunner::Lane::quick) {
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    viewport()->setAutoFillBackground(false);
    // A size that fits the width must not depend on a scroll bar that comes and goes with it.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

QSizeF PagePreview::sheet() const {
    return QPageSize(m_paper).size(QPageSize::Point) * m_scale;
}

QRectF PagePreview::sheetAt(int page) const {
    const QSizeF size = sheet();
    const double free = viewport()->width() - size.width();
    const double left = free > 2 * kGap ? free / 2 : kGap - horizontalScrollBar()->value();
    return {QPointF(left, kGap + page * (size.height() + kGap) - verticalScrollBar()->value()), size};
}

std::pair<int, int> PagePreview::inSight() const {
    const double step = sheet().height() + kGap;
    const double top = verticalScrollBar()->value();
    const auto at = [&](double y) { return std::clamp(static_cast<int>(y / step), 0, std::max(0, m_pages - 1)); };
    return {at(top - kGap), at(top + viewport()->height())};
}

int PagePreview::currentPage() const {
    const double step = sheet().height() + kGap;
    const double middle = verticalScrollBar()->value() + viewport()->height() / 2.0;
    return std::clamp(static_cast<int>(middle / step), 0, std::max(0, m_pages - 1));
}

void PagePreview::setReport(std::shared_ptr<const report::Report> report, QPageSize::PageSizeId paper) {
    const bool otherPaper = paper != m_paper;
    m_report = std::move(report);
    m_paper = paper;
    forgetPictures();
    if (!m_report) {
        m_pages = 0;
    } else if (m_pages == 0) {
        m_pages = 1;  // until they are counted
    }
    if (otherPaper) {
        setScale(m_scale, m_fit);
    } else {
        layOut();
    }
}

void PagePreview::fitWidth() {
    setScale(m_scale, Fit::width);
}

void PagePreview::fitPage() {
    setScale(m_scale, Fit::page);
}

void PagePreview::zoomBy(double factor) {
    setScale(m_scale * factor, Fit::none);
}

void PagePreview::setScale(double scale, Fit fit) {
    const QSizeF points = QPageSize(m_paper).size(QPageSize::Point);
    m_fit = fit;
    if (fit != Fit::none) {
        scale = (viewport()->width() - 2 * kGap) / points.width();
    }
    if (fit == Fit::page) {
        scale = std::min(scale, (viewport()->height() - 2 * kGap) / points.height());
    }
    scale = std::clamp(scale, kLeast, kMost);
    if (scale != m_scale) {
        // What is in the middle stays there.
        const double middle = viewport()->height() / 2.0;
        const double at = (verticalScrollBar()->value() + middle) / m_scale;
        m_scale = scale;
        forgetPictures();
        layOut();
        verticalScrollBar()->setValue(static_cast<int>(std::lround(at * m_scale - middle)));
    } else {
        layOut();
    }
}

void PagePreview::layOut() {
    const QSizeF size = sheet();
    const auto set = [](QScrollBar* bar, double whole, int seen, double step) {
        constexpr double kRounding = 0.01;  // a sheet that fits the width is no pixel too wide
        bar->setRange(0, std::max(0, static_cast<int>(std::ceil(whole - kRounding)) - seen));
        bar->setPageStep(seen);
        bar->setSingleStep(static_cast<int>(step));
    };
    set(verticalScrollBar(), m_pages == 0 ? 0 : kGap + m_pages * (size.height() + kGap), viewport()->height(), 40);
    set(horizontalScrollBar(), size.width() + 2 * kGap, viewport()->width(), 40);
    viewport()->update();
}

void PagePreview::forgetPictures() {
    m_paint.drop();
    m_pictures.clear();
}

bool PagePreview::isPainted() const {
    if (m_paint.isRunning() || !m_report) {
        return !m_report;
    }
    const auto [first, last] = inSight();
    for (int page = first; page <= last; ++page) {
        if (m_pictures.count(page) == 0) {
            return false;
        }
    }
    return true;
}

void PagePreview::want() {
    if (!m_report || m_paint.isRunning()) {
        return;  // what came into sight meanwhile is asked for when the pages are in
    }
    const auto [seenFirst, seenLast] = inSight();
    const int first = std::max(0, seenFirst - kAhead);
    const int last = seenLast + kAhead;
    bool missing = false;
    for (int page = seenFirst; page <= seenLast; ++page) {
        missing = missing || m_pictures.count(page) == 0;
    }
    if (!missing) {
        return;
    }
    m_paint.start(
        QString(),
        [report = m_report, paper = m_paper, pixels = m_scale * devicePixelRatioF(), first, last](TaskContext& context)
            -> Result<PagePictures> { return paintPages(*report, paper, pixels, first, last, context); },
        [this](Result<PagePictures> painted) {
            if (!painted || painted->shown.empty()) {
                return;
            }
            for (auto& [page, image] : painted->shown) {
                image.setDevicePixelRatio(devicePixelRatioF());
            }
            m_pictures = std::move(painted->shown);
            if (m_pages != painted->pages) {
                m_pages = painted->pages;
                layOut();
                Q_EMIT pagesCounted(m_pages);
            }
            setAccessibleDescription(tr("Page %1 of %2").arg(currentPage() + 1).arg(m_pages));
            viewport()->update();
        });
}

void PagePreview::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.fillRect(event->rect(), palette().color(QPalette::Mid));
    if (m_pages == 0) {
        return;
    }
    const auto [first, last] = inSight();
    for (int page = first; page <= last; ++page) {
        const QRectF at = sheetAt(page);
        painter.fillRect(at, Qt::white);
        if (const auto found = m_pictures.find(page); found != m_pictures.end()) {
            painter.drawImage(at.topLeft(), found->second);
        }
        painter.setPen(palette().color(QPalette::Dark));
        painter.drawRect(at);
    }
    want();
}

void PagePreview::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    setScale(m_scale, m_fit);
}

void PagePreview::scrollContentsBy(int /*dx*/, int /*dy*/) {
    viewport()->update();
}

void PagePreview::wheelEvent(QWheelEvent* event) {
    if ((event->modifiers() & Qt::ControlModifier) != 0) {
        zoomBy(std::pow(kStep, event->angleDelta().y() / 120.0));
        event->accept();
        return;
    }
    QAbstractScrollArea::wheelEvent(event);
}

void PagePreview::keyPressEvent(QKeyEvent* event) {
    const QScrollBar& bar = *verticalScrollBar();
    switch (event->key()) {
        case Qt::Key_Plus:
            return zoomBy(kStep);
        case Qt::Key_Minus:
            return zoomBy(1 / kStep);
        case Qt::Key_Home:
            return verticalScrollBar()->setValue(bar.minimum());
        case Qt::Key_End:
            return verticalScrollBar()->setValue(bar.maximum());
        case Qt::Key_PageUp:
            return verticalScrollBar()->triggerAction(QScrollBar::SliderPageStepSub);
        case Qt::Key_PageDown:
            return verticalScrollBar()->triggerAction(QScrollBar::SliderPageStepAdd);
        default:
            QAbstractScrollArea::keyPressEvent(event);
    }
}

void PagePreview::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        viewport()->update();
    }
}

}  // namespace tierwise::ui
