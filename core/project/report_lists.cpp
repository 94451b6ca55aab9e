// SPDX-License-Identifier: GPL-3.0-or-later
// The long lists beside a report: requests and rejects, for those who go on working with them.
#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "core/base/display.h"
#include "core/project/report_sections.h"

namespace tierwise::project::sections {

using report::Cell;
using report::countCell;
using report::dollarCell;
using report::numberCell;
using report::shareCell;
using report::Table;
using report::textCell;
using report::timeCell;
using report::Unit;

namespace {

Cell countOrMissing(std::optional<std::int64_t> count) {
    return count ? countCell(*count) : Cell{{}, Unit::count, {}, {}};
}

std::optional<double> widened(std::optional<float> value) {
    return value ? std::optional<double>(*value) : std::nullopt;
}

// The rows to list by what was paid; where no logged row has a price, by what is proposed.
Result<std::vector<std::uint32_t>> listedRows(const Figures& figures, const TaskContext& context) {
    const auto& workbench = figures.workbench;
    auto rows = workbench.dearest(route::asLoggedPolicy(), figures.request.listRows, context);
    if (rows && rows->empty()) {
        return workbench.dearest(figures.request.scenarios.front(), figures.request.listRows, context);
    }
    return rows;
}

Result<Table> requests(const Figures& figures, const TaskContext& context) {
    const auto& workbench = figures.workbench;
    const auto& log = workbench.rows();
    const auto& proposed = figures.request.scenarios.front();
    Table table{"rows",
                "Requests, dearest first",
                {{"Request", Unit::number},
                 {"Time (UTC)", Unit::text},
                 {"Team", Unit::text},
                 {"Session", Unit::text},
                 {"Model as logged", Unit::text},
                 {"Input tokens", Unit::count},
                 {"Output tokens", Unit::count},
                 {"Cost as logged", Unit::dollars},
                 {"Tier proposed", Unit::text},
                 {"Model proposed", Unit::text},
                 {"Cost proposed", Unit::dollars},
                 {"Expected quality", Unit::share},
                 {"Difficulty", Unit::number},
                 {"Why", Unit::text}},
                {},
                {},
                "Rows"};
    const auto rows = listedRows(figures, context);
    if (!rows) {
        return fail(rows.error());
    }
    const auto logged = workbench.describe(route::asLoggedPolicy(), *rows);
    const auto routed = workbench.describe(proposed, *rows);
    if (!logged || !routed) {
        return fail(logged ? routed.error() : logged.error());
    }
    std::map<std::string, std::string> names;
    for (const auto& candidate : workbench.candidates()) {
        names[candidate.id] = candidate.name;
    }
    table.rows.reserve(rows->size());
    for (std::size_t i = 0; i < rows->size(); ++i) {
        const std::size_t row = (*rows)[i];
        const auto& was = (*logged)[i];
        const auto& will = (*routed)[i];
        const auto nanos = log.timeNanos.at(row);
        const bool served = !will.candidate.empty();
        const auto output = log.output.at(row);
        table.rows.push_back({Cell{log.id[row].value(), Unit::number, {}, {}},
                              timeCell(nanos ? std::optional<Timestamp>(Timestamp::fromNanos(*nanos)) : std::nullopt),
                              textCell(std::string(log.team.at(row))), textCell(std::string(log.session.at(row))),
                              textCell(std::string(log.model.at(row))), countOrMissing(log.inputTotal(row)),
                              countOrMissing(output ? std::optional<std::int64_t>(*output) : std::nullopt),
                              dollarCell(was.candidate.empty() ? std::nullopt : std::optional<double>(was.costUsd)),
                              textCell(served ? tierTitle(will.tier) : std::string()),
                              textCell(served ? names[will.candidate] : std::string()),
                              dollarCell(served ? std::optional<double>(will.costUsd) : std::nullopt),
                              shareCell(served ? std::optional<double>(will.quality) : std::nullopt),
                              numberCell(widened(log.difficulty.at(row))), textCell(will.reason)});
    }
    const std::size_t all = figures.proposed().evaluation.coverage.rows;
    table.note = fmt::format(
        "{} of {} requests, the dearest as logged{}. Prompts and answers stay in the project.",
        displayCount(static_cast<std::int64_t>(table.rows.size())), displayCount(static_cast<std::int64_t>(all)),
        table.rows.size() < all ? "; tierwise-cli report --rows lists more, and the project holds all" : "");
    return table;
}

Table rejects(const ReportRequest& request) {
    Table table{"rejects",
                "Records that did not become rows",
                {{"File", Unit::text},
                 {"Line", Unit::count},
                 {"Byte", Unit::count},
                 {"Column", Unit::text},
                 {"Reason", Unit::text},
                 {"How to mend it", Unit::text}},
                {},
                {},
                "Rejects"};
    const std::size_t shown = std::min(request.rejects.size(), request.listRows);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& reject = request.rejects[i];
        table.rows.push_back({textCell(reject.file),
                              countOrMissing(reject.line > 0 ? std::optional<std::int64_t>(reject.line) : std::nullopt),
                              countCell(reject.byteOffset), textCell(reject.column), textCell(reject.reason),
                              textCell(reject.fixHint)});
    }
    table.note = request.rejected == 0
                     ? "No record was rejected."
                     : fmt::format(
                           "{} of {} rejects. tierwise-cli rejects shows the records themselves and exports "
                           "them for mending.",
                           displayCount(static_cast<std::int64_t>(shown)), displayCount(request.rejected));
    return table;
}

}  // namespace

Result<std::vector<Table>> lists(const Figures& figures, const TaskContext& context) {
    std::vector<Table> tables;
    if (figures.request.listRows == 0) {
        return tables;
    }
    auto listed = requests(figures, context);
    if (!listed) {
        return fail(listed.error());
    }
    tables.push_back(std::move(*listed));
    tables.push_back(rejects(figures.request));
    return tables;
}

}  // namespace tierwise::project::sections
