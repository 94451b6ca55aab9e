// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/pdf_writer.h"

#include <algorithm>
#include <array>
#include <functional>

#include <QBuffer>
#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSvgRenderer>

#include "core/project/export.h"
#include "core/report/svg_chart.h"
#include "ui/report/page_pictures.h"
#include "ui/report/table_layout.h"

namespace tierwise::ui {
namespace {

constexpr double kBody = 9.0;     // points
constexpr double kMargin = 54.0;  // points, all sides
constexpr double kHeaderRoom = 20.0;
constexpr double kFooterRoom = 18.0;
constexpr int kMostCellCharacters = 400;
constexpr qsizetype kMostCellLines = 10;
constexpr int kChartWidth = 620;
constexpr int kChartHeight = 250;
constexpr double kHeadingHeight = 30.0;
constexpr double kFigureGap = 4.0;
constexpr int kFiguresARow = 3;

// What pages are painted on.
struct Paper {
    QSizeF points;
    double scale = 1;               // of the painter: its pixels a point
    std::function<void()> turn;     // the painter goes on at the top of the next page
    std::function<bool()> stopped;  // nobody wants the pages any more; may be empty
};

// Lays blocks out from top to bottom over pages. All lengths are points.
class PageWriter {
public:
    /// pages: how many there will be, for "Page 2 of 9"; 0 = not known yet, this is the round that counts them.
    PageWriter(const report::Report& report, const Paper& paper, QPainter& painter, int pages)
        : m_report(report), m_paper(paper), m_painter(painter), m_pages(pages) {
        const QSizeF page = m_paper.points;
        m_painter.scale(m_paper.scale, m_paper.scale);
        m_left = kMargin;
        m_right = page.width() - kMargin;
        m_top = kMargin + kHeaderRoom;
        m_bottom = page.height() - kMargin - kFooterRoom;
        m_y = m_top;
        beginPage();
    }

    /// Writes everything; gives the number of pages.
    int write() {
        writeTitle();
        for (const auto& section : m_report.sections) {
            const double first = section.blocks.empty()
                                     ? 0.0
                                     : std::visit([this](const auto& one) { return least(one); }, section.blocks[0]);
            heading(words(section.title), first);
            for (const auto& block : section.blocks) {
                if (m_paper.stopped && m_paper.stopped()) {
                    return m_page;
                }
                std::visit([this](const auto& one) { draw(one); }, block);
            }
        }
        draw(provenanceTable());
        return m_page;
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
        f.setPixelSize(std::max(1, qRound(points)));
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
                           m_pages > 0 ? QStringLiteral("Page %1 of %2").arg(m_page).arg(m_pages)
                                       : QStringLiteral("Page %1").arg(m_page));
        m_painter.drawText(QRectF(m_left, m_bottom + 8, width(), 14), Qt::AlignLeft | Qt::AlignVCenter,
                           QStringLiteral("Tierwise"));
        m_y = m_top;
    }

    void newPage() {
        m_paper.turn();
        beginPage();
    }

    void room(double height) {
        if (m_y + height > m_bottom && m_y > m_top) {
            newPage();
        }
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

    // A heading keeps company with the beginning of what follows it.
    void heading(const QString& title, double following) {
        m_y += 8;
        room(std::min(kHeadingHeight + following, m_bottom - m_top));
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

    // A key figure's box: its label, and its value, which is never cut: it gets smaller, then it wraps.
    struct FigureBox {
        QStringList label;
        QStringList value;
        double valuePoints = 10;
        [[nodiscard]] double height() const {
            return 10 + static_cast<double>(label.size()) * 10 + static_cast<double>(value.size()) * valuePoints * 1.4;
        }
    };

    [[nodiscard]] FigureBox layoutFigure(const report::KeyFigure& figure) const {
        const double room = width() / kFiguresARow - kFigureGap - 12;
        FigureBox box;
        box.label = capped(lines(words(figure.label, kMostCellCharacters), pixelFont(7, false), room), 3);
        const QString value = cellWords(figure.cell, 0);
        while (box.valuePoints > 8 && QFontMetricsF(pixelFont(box.valuePoints, true)).horizontalAdvance(value) > room) {
            box.valuePoints -= 1;
        }
        box.value = lines(value, pixelFont(box.valuePoints, true), room);
        return box;
    }

    void draw(const report::KeyFigures& block) {
        const double cell = width() / kFiguresARow;
        for (std::size_t first = 0; first < block.figures.size(); first += kFiguresARow) {
            std::vector<FigureBox> boxes;
            double height = 0;
            for (std::size_t i = first; i < std::min(first + kFiguresARow, block.figures.size()); ++i) {
                boxes.push_back(layoutFigure(block.figures[i]));
                height = std::max(height, boxes.back().height());
            }
            room(height + kFigureGap);
            for (std::size_t i = 0; i < boxes.size(); ++i) {
                const double left = m_left + static_cast<double>(i) * cell;
                m_painter.fillRect(QRectF(left, m_y, cell - kFigureGap, height), m_panel);
                double y = m_y + 5;
                y = drawLines(boxes[i].label, left + 6, y, 7, false, m_muted, 10);
                drawLines(boxes[i].value, left + 6, y, boxes[i].valuePoints, true, m_ink, boxes[i].valuePoints * 1.4);
            }
            m_y += height + kFigureGap;
        }
        m_y += 4;
    }

    double drawLines(const QStringList& all, double x, double y, double points, bool bold, const QColor& colour,
                     double step) {
        m_painter.setFont(pixelFont(points, bold));
        m_painter.setPen(colour);
        for (const QString& line : all) {
            m_painter.drawText(QRectF(x, y, m_right - x, step), Qt::AlignLeft | Qt::AlignVCenter, line);
            y += step;
        }
        return y;
    }

    // The height of what must stand together at the beginning of a block.
    [[nodiscard]] static double least(const report::Paragraph& /*paragraph*/) { return 2 * kBody * 1.4; }
    [[nodiscard]] double least(const report::KeyFigures& block) const {
        return block.figures.empty() ? 0.0 : layoutFigure(block.figures.front()).height();
    }
    [[nodiscard]] double least(const report::Chart& /*chart*/) const { return chartHeight() + 14; }
    // A table's title and header never stand alone.
    [[nodiscard]] double least(const report::Table& table) const {
        const TableLook look = lookOf(table);
        const double first =
            table.rows.empty() ? 0.0 : layoutRow(table, contentsOf(table.rows.front()), look.widths, look.body).height;
        return kBody * 2 + look.header.height + first;
    }

    [[nodiscard]] double chartHeight() const { return width() * kChartHeight / kChartWidth; }

    [[nodiscard]] report::Table provenanceTable() const {
        report::Table table{"provenance",
                            "Provenance: the same project, catalog, seed and version give the same report",
                            {{"What", report::Unit::text}, {"Which", report::Unit::text}},
                            {},
                            {},
                            {}};
        for (const auto& [name, value] : m_report.provenance) {
            table.rows.push_back({report::textCell(name), report::textCell(value)});
        }
        return table;
    }

    void draw(const report::Chart& chart) {
        const double height = chartHeight();
        room(height + 14);
        // A drawing of about the page's width in points, so that its letters are as large as the page's.
        const std::string svg = report::toSvg(chart, kChartWidth, kChartHeight, report::lightTheme());
        useFont(kBody, false);  // an SVG's text inherits what the painter has
        QSvgRenderer renderer(QByteArray::fromStdString(svg));
        renderer.render(&m_painter, QRectF(m_left, m_y, width(), height));
        m_y += height + 2;
        text(words(chart.summary), 8, false, m_muted, 6);
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
            QStringList broken = i < cells.size() ? lines(cells[i], f, widths[i] - 2 * kCellPadding) : QStringList();
            // Free text may be cut; a figure never is.
            row.cells.push_back(table.columns[i].unit == report::Unit::text ? capped(broken, kMostCellLines) : broken);
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

    struct TableLook {
        QFont body;
        QFont bold;
        std::vector<double> widths;
        Row header;
    };

    [[nodiscard]] TableLook lookOf(const report::Table& table) const {
        // A table too wide for the page gets smaller letters before its words are split.
        TableLook look{pixelFont(8, false), pixelFont(8, true), {}, {}};
        for (double points = 7; points >= 6 && !fitsWidth(table, look.bold, look.body, width()); --points) {
            look.body = pixelFont(points, false);
            look.bold = pixelFont(points, true);
        }
        std::vector<QString> titles;
        for (const auto& column : table.columns) {
            titles.push_back(words(column.title));
        }
        look.widths = columnWidths(table, look.bold, look.body, width());
        look.header = layoutRow(table, titles, look.widths, look.bold);
        return look;
    }

    [[nodiscard]] static std::vector<QString> contentsOf(const std::vector<report::Cell>& cells) {
        std::vector<QString> contents;
        contents.reserve(cells.size());
        for (const auto& cell : cells) {
            contents.push_back(cellWords(cell, kMostCellCharacters));
        }
        return contents;
    }

    void draw(const report::Table& table) {
        const TableLook look = lookOf(table);
        room(least(table));
        text(words(table.title), kBody, true, m_ink, 2);
        drawRow(table, look.header, look.widths, look.bold);
        for (const auto& cells : table.rows) {
            const Row row = layoutRow(table, contentsOf(cells), look.widths, look.body);
            if (m_y + row.height > m_bottom) {
                newPage();
                drawRow(table, look.header, look.widths, look.bold);
            }
            drawRow(table, row, look.widths, look.body);
        }
        m_y += 4;
        if (!table.note.empty()) {
            text(words(table.note), 8, false, m_muted, 4);
        }
        m_y += 4;
    }

    const report::Report& m_report;
    const Paper& m_paper;
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
    int m_pages = 0;
};

// A first round over a dot that is thrown away, to know how many there are. Points are the same everywhere.
int countPages(const report::Report& report, const QSizeF& points, const std::function<bool()>& stopped = {}) {
    QImage nothing(1, 1, QImage::Format_ARGB32_Premultiplied);
    QPainter painter;
    const Paper paper{points, 1.0, [] {}, stopped};
    return painter.begin(&nothing) ? PageWriter(report, paper, painter, 0).write() : 0;
}

// Qt puts the present time into a PDF. The same report must give the same bytes, so it gets the report's own day.
void setCreationDate(QByteArray& pdf, const std::string& asOf) {
    static const QRegularExpression date(QStringLiteral("^\\d{4}-\\d{2}-\\d{2}$"));
    const QString day = QString::fromStdString(asOf);
    const QString stamp =
        date.match(day).hasMatch() ? QString(day).remove(QLatin1Char('-')) : QStringLiteral("19700101");
    const QByteArray key = "/CreationDate (D:";
    for (qsizetype at = pdf.indexOf(key); at >= 0; at = pdf.indexOf(key, at + 1)) {
        const qsizetype from = at + key.size();
        const qsizetype end = pdf.indexOf(')', from);
        if (end - from >= 14) {
            pdf.replace(from, 14, (stamp + QStringLiteral("000000")).toLatin1());
            for (qsizetype i = from + 14; i < end; ++i) {  // the zone, "+01'00'": as long, but nought
                const char c = pdf[i];
                pdf[i] = c >= '1' && c <= '9' ? '0' : c == '-' || c == 'Z' ? '+' : c;
            }
        }
    }
}

}  // namespace

bool paintReport(const report::Report& report, QPagedPaintDevice& device) {
    const QSizeF points = device.pageLayout().fullRect(QPageLayout::Point).size();
    const int pages = countPages(report, points);
    QPainter painter;
    if (pages == 0 || !painter.begin(&device)) {
        return false;
    }
    const Paper paper{points, device.logicalDpiX() / 72.0, [&device] { device.newPage(); }, {}};
    PageWriter(report, paper, painter, pages).write();
    return painter.end();
}

PagePictures paintPages(const report::Report& report, QPageSize::PageSizeId size, double pixelsAPoint, int first,
                        int last, const TaskContext& context) {
    const QSizeF points = QPageSize(size).size(QPageSize::Point);
    const auto stopped = [&context] { return context.stopRequested(); };
    PagePictures pictures;
    pictures.pages = countPages(report, points, stopped);
    const auto blank = [&](int page) {
        const bool wanted = page >= first && page <= last;
        QImage image(wanted ? (points * pixelsAPoint).toSize() : QSize(1, 1), QImage::Format_RGB32);
        image.fill(Qt::white);
        return image;
    };
    int page = 0;
    QImage image = blank(page);
    QPainter painter;
    const auto keep = [&] {
        painter.end();
        if (page >= first && page <= last) {
            pictures.shown.emplace(page, std::move(image));
        }
    };
    const auto begin = [&] {
        painter.begin(&image);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    };
    begin();
    const Paper paper{points, pixelsAPoint,
                      [&] {
                          keep();
                          image = blank(++page);
                          begin();
                          painter.scale(pixelsAPoint, pixelsAPoint);
                      },
                      stopped};
    PageWriter(report, paper, painter, pictures.pages).write();
    keep();
    if (context.stopRequested()) {
        pictures.shown.clear();
    }
    return pictures;
}

Result<void> writePdf(const report::Report& report, const QString& file, QPageSize::PageSizeId page) {
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    {
        QPdfWriter device(&output);
        device.setPageSize(QPageSize(page));
        device.setPageMargins(QMarginsF(0, 0, 0, 0));
        device.setResolution(1200);
        device.setTitle(words(report.title, 200));
        device.setCreator(QStringLiteral("Tierwise"));
        if (!paintReport(report, device)) {
            return fail(ErrorCode::io, "the PDF cannot be painted", "Check that fonts are installed.",
                        file.toStdString());
        }
    }
    QByteArray pdf = output.data();
    setCreationDate(pdf, report.asOf);
    return project::writeFileAtomically(file.toStdString(), {pdf.constData(), static_cast<std::size_t>(pdf.size())});
}

}  // namespace tierwise::ui
