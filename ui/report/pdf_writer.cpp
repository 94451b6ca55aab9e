// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/pdf_writer.h"

#include <algorithm>
#include <array>

#include <QFile>
#include <QFontMetricsF>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgRenderer>
#include <QTextLayout>

#include "core/base/display.h"
#include "core/report/svg_chart.h"

namespace tierwise::ui {
namespace {

constexpr double kBody = 9.0;     // points
constexpr double kMargin = 54.0;  // points, all sides
constexpr double kHeaderRoom = 20.0;
constexpr double kFooterRoom = 18.0;
constexpr double kCellPadding = 3.0;
constexpr int kMostCellCharacters = 400;

QString words(const std::string& text, int most = 0) {
    return QString::fromStdString(displayText(text, static_cast<std::size_t>(most)));
}

// Lays blocks out from top to bottom over pages. All lengths are points.
class PageWriter {
public:
    PageWriter(const report::Report& report, QPagedPaintDevice& device, QPainter& painter)
        : m_report(report), m_device(device), m_painter(painter) {
        const QRectF page = m_device.pageLayout().fullRect(QPageLayout::Point);
        const double scale = m_device.logicalDpiX() / 72.0;
        m_painter.scale(scale, scale);
        m_left = kMargin;
        m_right = page.width() - kMargin;
        m_top = kMargin + kHeaderRoom;
        m_bottom = page.height() - kMargin - kFooterRoom;
        m_y = m_top;
        beginPage();
    }

    void write() {
        writeTitle();
        for (const auto& section : m_report.sections) {
            heading(words(section.title));
            for (const auto& block : section.blocks) {
                std::visit([this](const auto& one) { draw(one); }, block);
            }
        }
        heading(QStringLiteral("Provenance"));
        for (const auto& [name, value] : m_report.provenance) {
            text(words(name) % QStringLiteral(": ") % words(value, kMostCellCharacters), kBody, false, m_muted);
        }
    }

private:
    [[nodiscard]] double width() const { return m_right - m_left; }

    static QFont font(double points, bool bold) {
        QFont f(QStringLiteral("DejaVu Sans"));
        f.setPointSizeF(points);
        f.setBold(bold);
        return f;
    }

    // Font sizes are points and the painter's unit is a point, so a font's pixel size is its point size.
    void useFont(double points, bool bold) { m_painter.setFont(pixelFont(points, bold)); }
    static QFont pixelFont(double points, bool bold) {
        QFont f = font(points, bold);
        f.setPixelSize(std::max(1, static_cast<int>(points + 0.5)));
        return f;
    }

    void beginPage() {
        ++m_page;
        m_painter.setPen(m_muted);
        useFont(8, false);
        const double headerLine = kMargin + 2;
        const QString left = m_report.synthetic ? words(m_report.project) % QStringLiteral(" (synthetic sample)")
                                                : words(m_report.project);
        m_painter.drawText(QRectF(m_left, kMargin - 14, width() * 0.7, 14), Qt::AlignLeft | Qt::AlignVCenter,
                           m_painter.fontMetrics().elidedText(left, Qt::ElideMiddle, static_cast<int>(width() * 0.7)));
        m_painter.drawText(QRectF(m_left, kMargin - 14, width(), 14), Qt::AlignRight | Qt::AlignVCenter,
                           words(m_report.asOf));
        m_painter.drawLine(QPointF(m_left, headerLine), QPointF(m_right, headerLine));
        m_painter.drawText(QRectF(m_left, m_bottom + 8, width(), 14), Qt::AlignRight | Qt::AlignVCenter,
                           QStringLiteral("Page %1").arg(m_page));
        m_painter.drawText(QRectF(m_left, m_bottom + 8, width(), 14), Qt::AlignLeft | Qt::AlignVCenter,
                           QStringLiteral("Tierwise"));
        m_y = m_top;
    }

    void newPage() {
        m_device.newPage();
        beginPage();
    }

    void room(double height) {
        if (m_y + height > m_bottom && m_y > m_top) {
            newPage();
        }
    }

    // Breaks text into lines of the given width; long words break anywhere.
    static QStringList lines(const QString& content, const QFont& f, double lineWidth) {
        QStringList broken;
        for (const QString& paragraph : content.split(QLatin1Char('\n'))) {
            QTextLayout layout(paragraph, f);
            QTextOption option;
            option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
            layout.setTextOption(option);
            layout.beginLayout();
            for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
                line.setLineWidth(lineWidth);
                broken << paragraph.mid(line.textStart(), line.textLength());
            }
            layout.endLayout();
        }
        return broken;
    }

    void text(const QString& content, double points, bool bold, const QColor& colour, double after = 3) {
        const QFont f = pixelFont(points, bold);
        const double step = points * 1.4;
        for (const QString& line : lines(content, f, width())) {
            room(step);
            m_painter.setFont(f);
            m_painter.setPen(colour);
            m_painter.drawText(QRectF(m_left, m_y, width(), step), Qt::AlignLeft | Qt::AlignVCenter, line);
            m_y += step;
        }
        m_y += after;
    }

    void heading(const QString& title) {
        m_y += 8;
        room(60);  // a heading keeps company with what follows it
        text(title, 13, true, m_ink, 1);
        m_painter.setPen(m_grid);
        m_painter.drawLine(QPointF(m_left, m_y), QPointF(m_right, m_y));
        m_y += 6;
    }

    void writeTitle() {
        text(words(m_report.title, 200), 19, true, m_ink, 4);
        if (m_report.synthetic) {
            text(QStringLiteral("Synthetic sample workload: no real company's figures."), kBody, true, m_ink);
        }
        const QFont f = pixelFont(11, false);
        QString decision = words(m_report.decision);
        if (m_report.decisive) {
            decision += *m_report.decisive ? QStringLiteral("  DECISIVE") : QStringLiteral("  NOT DECISIVE");
        }
        const QStringList broken = lines(decision, f, width() - 20);
        const double height = static_cast<double>(broken.size()) * 15.5 + 14;
        room(height);
        m_painter.fillRect(QRectF(m_left, m_y, width(), height), m_panel);
        m_painter.fillRect(QRectF(m_left, m_y, 3, height), m_ink);
        m_painter.setFont(f);
        m_painter.setPen(m_ink);
        double y = m_y + 7;
        for (const QString& line : broken) {
            m_painter.drawText(QRectF(m_left + 12, y, width() - 20, 15.5), Qt::AlignLeft | Qt::AlignVCenter, line);
            y += 15.5;
        }
        m_y += height + 6;
    }

    void draw(const report::Paragraph& paragraph) { text(words(paragraph.text), kBody, false, m_ink, 5); }

    void draw(const report::KeyFigures& block) {
        constexpr int kColumns = 3;
        constexpr double kHeight = 34;
        const double cell = width() / kColumns;
        for (std::size_t i = 0; i < block.figures.size(); ++i) {
            const int column = static_cast<int>(i) % kColumns;
            if (column == 0) {
                room(kHeight + 4);
            }
            const QRectF box(m_left + column * cell + 2, m_y, cell - 4, kHeight);
            m_painter.fillRect(box, m_panel);
            drawFitted(box.adjusted(6, 3, -6, -18), words(block.figures[i].label), 7.5, false, m_muted);
            drawFitted(box.adjusted(6, 15, -6, -3), words(report::display(block.figures[i].cell)), 10, true, m_ink);
            if (column == kColumns - 1 || i + 1 == block.figures.size()) {
                m_y += kHeight + 4;
            }
        }
        m_y += 4;
    }

    // One line in a box, smaller where it would not fit, elided below 6 points.
    void drawFitted(const QRectF& box, const QString& content, double points, bool bold, const QColor& colour) {
        double size = points;
        while (size > 6 && QFontMetricsF(pixelFont(size, bold)).horizontalAdvance(content) > box.width()) {
            size -= 1;
        }
        const QFont f = pixelFont(size, bold);
        m_painter.setFont(f);
        m_painter.setPen(colour);
        m_painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                           QFontMetricsF(f).elidedText(content, Qt::ElideRight, box.width()));
    }

    void draw(const report::Chart& chart) {
        const double height = width() * 0.46;
        room(height + 14);
        const std::string svg = report::toSvg(chart, 860, 396, report::lightTheme());
        QSvgRenderer renderer(QByteArray::fromStdString(svg));
        renderer.render(&m_painter, QRectF(m_left, m_y, width(), height));
        m_y += height + 2;
        text(words(chart.summary), 8, false, m_muted, 6);
    }

    // Columns get what their widest cell asks for, numbers first; text shares what is left.
    [[nodiscard]] std::vector<double> columnWidths(const report::Table& table, const QFont& f) const {
        const QFontMetricsF metrics(f);
        std::vector<double> widths;
        double sum = 0;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            double widest = metrics.horizontalAdvance(words(table.columns[i].title));
            for (const auto& row : table.rows) {
                if (i < row.size()) {
                    const double cell = metrics.horizontalAdvance(words(report::display(row[i]), 60));
                    widest = std::max(widest, cell);
                }
            }
            const bool isText = table.columns[i].unit == report::Unit::text;
            widths.push_back(std::min(widest, isText ? width() * 0.5 : width() * 0.35) + 2 * kCellPadding + 2);
            sum += widths.back();
        }
        if (sum > width()) {
            shrink(table, widths, sum - width());
        } else if (!widths.empty()) {
            widths.front() += width() - sum;
        }
        return widths;
    }

    void shrink(const report::Table& table, std::vector<double>& widths, double excess) const {
        for (const bool numbersToo : {false, true}) {
            double flexible = 0;
            for (std::size_t i = 0; i < widths.size(); ++i) {
                if (numbersToo || table.columns[i].unit == report::Unit::text) {
                    flexible += std::max(0.0, widths[i] - 36);
                }
            }
            const double by = std::min(excess, flexible);
            for (std::size_t i = 0; i < widths.size(); ++i) {
                if (flexible > 0 && (numbersToo || table.columns[i].unit == report::Unit::text)) {
                    widths[i] -= by * std::max(0.0, widths[i] - 36) / flexible;
                }
            }
            excess -= by;
            if (excess <= 0.01) {
                return;
            }
        }
    }

    struct Row {
        std::vector<QStringList> cells;
        double height = 0;
    };

    [[nodiscard]] Row layoutRow(const report::Table& table, const std::vector<QString>& cells,
                                const std::vector<double>& widths, const QFont& f) const {
        Row row;
        std::size_t most = 1;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            row.cells.push_back(i < cells.size() ? lines(cells[i], f, widths[i] - 2 * kCellPadding) : QStringList());
            most = std::max(most, static_cast<std::size_t>(row.cells.back().size()));
        }
        row.height = static_cast<double>(most) * m_tableStep + 2 * kCellPadding;
        return row;
    }

    void drawRow(const report::Table& table, const Row& row, const std::vector<double>& widths, const QFont& f) {
        m_painter.setFont(f);
        m_painter.setPen(m_ink);
        double x = m_left;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const auto side = table.columns[i].unit == report::Unit::text ? Qt::AlignLeft : Qt::AlignRight;
            double y = m_y + kCellPadding;
            for (const QString& line : row.cells[i]) {
                m_painter.drawText(QRectF(x + kCellPadding, y, widths[i] - 2 * kCellPadding, m_tableStep),
                                   side | Qt::AlignVCenter, line);
                y += m_tableStep;
            }
            x += widths[i];
        }
        m_y += row.height;
        m_painter.setPen(m_grid);
        m_painter.drawLine(QPointF(m_left, m_y), QPointF(m_right, m_y));
    }

    void draw(const report::Table& table) {
        const QFont body = pixelFont(8, false);
        const QFont bold = pixelFont(8, true);
        std::vector<QString> titles;
        for (const auto& column : table.columns) {
            titles.push_back(words(column.title));
        }
        const std::vector<double> widths = columnWidths(table, bold);
        const Row header = layoutRow(table, titles, widths, bold);
        room(header.height + 48);
        text(words(table.title), kBody, true, m_ink, 2);
        drawRow(table, header, widths, bold);
        for (const auto& cells : table.rows) {
            std::vector<QString> contents;
            for (const auto& cell : cells) {
                contents.push_back(words(report::display(cell), kMostCellCharacters));
            }
            const Row row = layoutRow(table, contents, widths, body);
            if (m_y + row.height > m_bottom) {
                newPage();
                drawRow(table, header, widths, bold);
            }
            drawRow(table, row, widths, body);
        }
        m_y += 4;
        if (!table.note.empty()) {
            text(words(table.note), 8, false, m_muted, 4);
        }
        m_y += 4;
    }

    const report::Report& m_report;
    QPagedPaintDevice& m_device;
    QPainter& m_painter;
    QColor m_ink{0x1f, 0x23, 0x28};
    QColor m_muted{0x57, 0x60, 0x6a};
    QColor m_grid{0xd8, 0xdd, 0xe3};
    QColor m_panel{0xf4, 0xf6, 0xf8};
    double m_tableStep = 11;
    double m_left = 0;
    double m_right = 0;
    double m_top = 0;
    double m_bottom = 0;
    double m_y = 0;
    int m_page = 0;
};

}  // namespace

bool paintReport(const report::Report& report, QPagedPaintDevice& device) {
    QPainter painter;
    if (!painter.begin(&device)) {
        return false;
    }
    PageWriter(report, device, painter).write();
    return painter.end();
}

Result<void> writePdf(const report::Report& report, const QString& file, QPageSize::PageSizeId page) {
    const auto cannot = [&] {
        return fail(ErrorCode::io, "the PDF cannot be written",
                    "Check that the folder exists, can be written to and has room.", file.toStdString());
    };
    QFile output(file);
    if (!output.open(QIODevice::WriteOnly)) {
        return cannot();
    }
    {
        QPdfWriter device(&output);
        device.setPageSize(QPageSize(page));
        device.setPageMargins(QMarginsF(0, 0, 0, 0));
        device.setResolution(1200);
        device.setTitle(words(report.title, 200));
        device.setCreator(QStringLiteral("Tierwise"));
        if (!paintReport(report, device)) {
            return cannot();
        }
    }
    return output.error() == QFileDevice::NoError ? Result<void>{} : cannot();
}

}  // namespace tierwise::ui
