// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/table_layout.h"

#include <algorithm>

#include <QFontMetricsF>
#include <QRegularExpression>
#include <QTextLayout>

#include "core/base/display.h"

namespace tierwise::ui {

QString words(const std::string& text, int most) {
    return QString::fromStdString(displayText(text, static_cast<std::size_t>(most)));
}

QString cellWords(const report::Cell& cell, int most) {
    const QString value = words(report::displayValue(cell), most);
    const QString range = words(report::displayRange(cell));
    // A range stays on one line, its minus signs with their figures.
    return range.isEmpty() ? value
                           : value % QLatin1Char(' ') %
                                 QString(range)
                                     .replace(QLatin1Char(' '), QChar(0xA0))
                                     .replace(QStringLiteral("-$"), QStringLiteral("-\u2060$"));
}

QStringList lines(const QString& content, const QFont& f, double lineWidth) {
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

QStringList capped(QStringList all, qsizetype most) {
    if (all.size() > most) {
        all.resize(most);
        all.last() += QStringLiteral(" \u2026");
    }
    return all;
}

namespace {

// A column's widest content, and the widest of its parts that must not be split.
struct Span {
    double least = 0;
    double most = 0;
};

Span spanOf(const QString& content, const QFontMetricsF& metrics) {
    Span span;
    span.most = metrics.horizontalAdvance(content);
    for (const QString& word : content.split(QRegularExpression(QStringLiteral("[ \\n]")))) {
        span.least = std::max(span.least, metrics.horizontalAdvance(word));
    }
    return span;
}

// As a browser does it: no column narrower than its longest word (but for absurd ones), and what room is left goes
// where there is most to say.
std::vector<Span> columnSpans(const report::Table& table, const QFont& bold, const QFont& body, double width) {
    constexpr double kLongestWord = 0.22;  // of the page's width: an address breaks, a model's name does not
    constexpr int kLooked = 120;           // characters of a cell that take part
    const QFontMetricsF boldMetrics(bold);
    const QFontMetricsF bodyMetrics(body);
    std::vector<Span> spans;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        Span span = spanOf(words(table.columns[i].title), boldMetrics);
        for (const auto& row : table.rows) {
            if (i < row.size()) {
                const Span cell = spanOf(cellWords(row[i], kLooked), bodyMetrics);
                span.least = std::max(span.least, cell.least);
                span.most = std::max(span.most, cell.most);
            }
        }
        if (table.columns[i].unit == report::Unit::text) {
            span.least = std::min(span.least, width * kLongestWord);
        }
        const double padding = 2 * kCellPadding + 2;
        span.least += padding;
        span.most = std::max(span.most + padding, span.least);
        spans.push_back(span);
    }
    return spans;
}

}  // namespace

bool fitsWidth(const report::Table& table, const QFont& bold, const QFont& body, double width) {
    double least = 0;
    for (const Span& span : columnSpans(table, bold, body, width)) {
        least += span.least;
    }
    return least <= width;
}

std::vector<double> columnWidths(const report::Table& table, const QFont& bold, const QFont& body, double width) {
    const std::vector<Span> spans = columnSpans(table, bold, body, width);
    double least = 0;
    double most = 0;
    for (const Span& span : spans) {
        least += span.least;
        most += span.most;
    }
    std::vector<double> widths;
    for (const Span& span : spans) {
        if (most <= width) {
            widths.push_back(span.most);
        } else if (least >= width) {
            widths.push_back(span.least * width / least);
        } else {
            widths.push_back(span.least + (span.most - span.least) * (width - least) / (most - least));
        }
    }
    if (most < width && !widths.empty()) {
        widths.front() += width - most;
    }
    return widths;
}

}  // namespace tierwise::ui
