// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/write_report.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>

#include "core/project/export.h"
#include "core/project/project.h"
#include "core/report/svg_chart.h"
#include "ui/format/format.h"
#include "ui/report/pdf_writer.h"

namespace tierwise::ui {

namespace {

constexpr int kWidth = 860;
constexpr int kHeight = 400;
constexpr int kScale = 2;

Result<void> writeChart(const report::Chart& chart, const QString& file) {
    QSvgRenderer renderer(QByteArray::fromStdString(report::toSvg(chart, kWidth, kHeight, report::lightTheme())));
    QImage image(kWidth * kScale, kHeight * kScale, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    renderer.render(&painter);
    painter.end();
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    if (!image.save(&bytes, "PNG")) {
        return fail(ErrorCode::io, "the picture cannot be made", "Check that Qt's image plugins are installed.",
                    toUtf8(file));
    }
    const QByteArray& png = bytes.data();
    return project::writeFileAtomically(toUtf8(file), {png.constData(), static_cast<std::size_t>(png.size())});
}

Result<void> writePng(const report::Report& report, const project::PaintOrder& order) {
    std::string known;
    for (const auto* chart : report::chartsOf(report)) {
        known += (known.empty() ? "" : ", ") + chart->id;
        if (chart->id == order.part) {
            return writeChart(project::standingAlone(report, *chart), toQt(order.file));
        }
    }
    if (!order.part.empty()) {
        return fail(ErrorCode::notFound, "the report has no chart '" + order.part + "'",
                    "Choose one of: " + known + ".");
    }
    if (!QDir().mkpath(toQt(order.file))) {
        return fail(ErrorCode::io, "the folder cannot be made", "Check the path, or name one chart with --part.",
                    order.file);
    }
    for (const auto* chart : report::chartsOf(report)) {
        const QString file = QDir(toQt(order.file)).filePath(toQt(chart->id) + QStringLiteral(".png"));
        if (auto written = writeChart(project::standingAlone(report, *chart), file); !written) {
            return written;
        }
    }
    return {};
}

}  // namespace

Result<void> writeCharts(const report::Report& report, const QString& file) {
    const QFileInfo info(file);
    const bool svg = info.suffix().compare(QStringLiteral("svg"), Qt::CaseInsensitive) == 0;
    const auto charts = report::chartsOf(report);
    if (charts.empty()) {
        return fail(ErrorCode::notFound, "the report as it is shown has no chart",
                    "Check a section that has one, like the mix.");
    }
    for (const auto* chart : charts) {
        const QString path =
            info.path() + u'/' + info.completeBaseName() + u'-' + toQt(chart->id) + u'.' + info.suffix();
        const auto marked = project::standingAlone(report, *chart);
        auto written = svg ? project::writeFileAtomically(toUtf8(path),
                                                          report::toSvg(marked, kWidth, kHeight, report::lightTheme()))
                           : writeChart(marked, path);
        if (!written) {
            return written;
        }
    }
    return {};
}

Result<void> writeReport(const project::PaintOrder& order) {
    const auto project = project::Project::open(order.project);
    if (!project) {
        return fail(project.error());
    }
    const auto report = project::orderReport(*project, order.report, {});
    if (!report) {
        return fail(report.error());
    }
    if (order.format == "png") {
        return writePng(*report, order);
    }
    return writePdf(*report, toQt(order.file), order.paper == "letter" ? QPageSize::Letter : QPageSize::A4);
}

}  // namespace tierwise::ui
