// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/write_report.h"

#include <QImage>
#include <QPainter>
#include <QSvgRenderer>

#include "core/project/open_workbench.h"
#include "core/project/report_request.h"
#include "core/project/scenarios.h"
#include "core/report/svg_chart.h"
#include "ui/format/format.h"
#include "ui/report/pdf_writer.h"

namespace tierwise::ui {

namespace {

constexpr int kWidth = 860;
constexpr int kHeight = 400;
constexpr int kScale = 2;

Result<report::Report> buildFor(const ReportOrder& order) {
    auto project = project::Project::open(toUtf8(order.project));
    if (!project) {
        return fail(project.error());
    }
    auto state = project::loadAnalysisState(*project);
    if (!state) {
        return fail(state.error());
    }
    auto workbench = project::openWorkbench(*project, {}, {});
    if (!workbench) {
        return fail(workbench.error());
    }
    auto policies = project::reportedPolicies(*state, *workbench, toUtf8(order.scenario));
    if (!policies) {
        return fail(policies.error());
    }
    auto request = project::reportRequest(*project, *workbench, *policies, state->baseline, state->bar);
    if (!request) {
        return fail(request.error());
    }
    auto whole = project::buildReport(*workbench, *request, {});
    if (!whole) {
        return whole;
    }
    const bool manager = order.audience == QStringLiteral("manager");
    return report::selected(*whole, manager ? report::Audience::manager : report::Audience::analyst, {});
}

Result<void> writePng(const report::Report& report, const ReportOrder& order) {
    std::string known;
    for (const auto* chart : report::chartsOf(report)) {
        known += (known.empty() ? "" : ", ") + chart->id;
        if (toQt(chart->id) != order.part) {
            continue;
        }
        QSvgRenderer renderer(QByteArray::fromStdString(report::toSvg(*chart, kWidth, kHeight, report::lightTheme())));
        QImage image(kWidth * kScale, kHeight * kScale, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        renderer.render(&painter);
        painter.end();
        return image.save(order.file) ? Result<void>()
                                      : fail(ErrorCode::io, "the picture cannot be written",
                                             "Check that the folder exists and can be written to.", toUtf8(order.file));
    }
    return fail(ErrorCode::notFound, "the report has no chart '" + toUtf8(order.part) + "'",
                "Name one with --part: " + known + ".");
}

}  // namespace

Result<void> writeReport(const ReportOrder& order) {
    const auto report = buildFor(order);
    if (!report) {
        return fail(report.error());
    }
    if (order.file.endsWith(QStringLiteral(".png"), Qt::CaseInsensitive)) {
        return writePng(*report, order);
    }
    const bool letter = order.paper == QStringLiteral("letter");
    return writePdf(*report, order.file, letter ? QPageSize::Letter : QPageSize::A4);
}

}  // namespace tierwise::ui
