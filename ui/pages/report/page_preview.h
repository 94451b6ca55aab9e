// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>

#include <QAbstractScrollArea>
#include <QImage>
#include <QPageSize>

#include "core/report/report.h"
#include "ui/jobs/job_slot.h"

namespace tierwise::ui {

/// The pages of a report, one below the other, as they will be printed. Pages are painted off the GUI thread when they
/// come into sight, and forgotten when far from it; until one is there its sheet is blank. Ctrl with the wheel, + and -
/// change the size.
class PagePreview : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit PagePreview(JobRunner& jobs, QWidget* parent = nullptr);

    /// Null shows nothing.
    void setReport(std::shared_ptr<const report::Report> report, QPageSize::PageSizeId paper);
    [[nodiscard]] int pageCount() const { return m_pages; }
    /// The page in the middle of the view, from 0.
    [[nodiscard]] int currentPage() const;
    void fitWidth();
    void fitPage();
    void zoomBy(double factor);
    /// Every page in sight has been painted.
    [[nodiscard]] bool isPainted() const;

Q_SIGNALS:
    /// The number of pages is known, or has changed.
    void pagesCounted(int pages);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    enum class Fit { width, page, none };

    [[nodiscard]] QSizeF sheet() const;  ///< of a page, in pixels of the widget
    [[nodiscard]] QRectF sheetAt(int page) const;
    [[nodiscard]] std::pair<int, int> inSight() const;
    void layOut();
    void setScale(double scale, Fit fit);
    void forgetPictures();
    void want();

    JobSlot m_paint;
    std::shared_ptr<const report::Report> m_report;
    QPageSize::PageSizeId m_paper = QPageSize::A4;
    int m_pages = 0;
    double m_scale = 1;  ///< pixels of the widget a point
    Fit m_fit = Fit::width;
    std::map<int, QImage> m_pictures;
};

}  // namespace tierwise::ui
