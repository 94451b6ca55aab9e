// SPDX-License-Identifier: GPL-3.0-or-later
// show: the requests of a project: totals, rows, one row whole, groups.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"
#include "core/project/project.h"

namespace tierwise::cli {
namespace {

using nlohmann::json;

struct Given {
    std::string project;
    std::string by;
    std::string sort = "time";
    std::string text;
    std::vector<std::string> where;
    std::int64_t limit = 20;
    std::int64_t row = 0;
    bool descending = false;
};

// "column>=value", "column=value", "column!=value", "column<=value", "column~text", "column?" (present), "column!"
Result<project::RowFilter> parseFilter(const std::string& text) {
    static constexpr std::pair<const char*, project::FilterOp> kOperators[] = {{">=", project::FilterOp::atLeast},
                                                                               {"<=", project::FilterOp::atMost},
                                                                               {"!=", project::FilterOp::notEquals},
                                                                               {"=", project::FilterOp::equals},
                                                                               {"~", project::FilterOp::contains}};
    std::size_t best = std::string::npos;
    project::RowFilter filter;
    for (const auto& [sign, op] : kOperators) {
        const std::size_t at = text.find(sign);
        if (at != std::string::npos && at > 0 && (best == std::string::npos || at < best)) {
            best = at;
            filter = {text.substr(0, at), op, text.substr(at + std::string(sign).size())};
        }
    }
    if (best != std::string::npos) {
        return filter;
    }
    if (text.size() > 1 && (text.back() == '?' || text.back() == '!')) {
        return project::RowFilter{text.substr(0, text.size() - 1),
                                  text.back() == '?' ? project::FilterOp::isPresent : project::FilterOp::isMissing,
                                  {}};
    }
    return fail(ErrorCode::invalidArgument, "'" + text + "' is no filter",
                "Write column=value, column!=value, column>=value, column<=value, column~text, column? or column!.");
}

template <typename T>
json orNull(const std::optional<T>& value) {
    return value ? json(*value) : json();
}

json toJson(const project::RequestRecord& row) {
    return {{"id", row.id.value()},
            {"import", row.import.value()},
            {"time", row.time ? json(row.time->toIso()) : json()},
            {"inputUncached", orNull(row.inputUncached)},
            {"cacheRead", orNull(row.cacheRead)},
            {"cacheWrite5m", orNull(row.cacheWrite5m)},
            {"cacheWrite1h", orNull(row.cacheWrite1h)},
            {"output", orNull(row.output)},
            {"reasoning", orNull(row.reasoning)},
            {"requests", row.requests},
            {"loggedCost", row.loggedCost ? json(row.loggedCost->toString()) : json()},
            {"latencySeconds", orNull(row.latencySeconds)},
            {"score", orNull(row.score)},
            {"difficulty", orNull(row.difficulty)},
            {"model", row.model},
            {"provider", row.provider},
            {"serviceTier", row.serviceTier},
            {"region", row.region},
            {"team", row.team},
            {"user", row.user},
            {"session", row.session},
            {"tag", row.tag},
            {"dataClass", row.dataClass},
            {"domain", row.domain},
            {"requestId", row.requestId},
            {"line", row.line},
            {"byteOffset", row.byteOffset}};
}

std::string count(const std::optional<std::int64_t>& value) {
    return value ? withThousands(*value) : std::string();
}

// A sum over no row at all is unknown, not 0.
json known(std::int64_t sum, std::int64_t rows) {
    return rows > 0 ? json(sum) : json();
}

json toJson(const project::GroupTotal& total) {
    return {{"key", total.key},
            {"rows", total.rows},
            {"requests", total.requests},
            {"inputTokens", known(total.input, total.rowsWithInput)},
            {"cacheReadTokens", known(total.cacheRead, total.rowsWithCacheRead)},
            {"outputTokens", known(total.output, total.rowsWithOutput)},
            {"reasoningTokens", known(total.reasoning, total.rowsWithReasoning)},
            {"rowsWithInput", total.rowsWithInput},
            {"rowsWithOutput", total.rowsWithOutput},
            {"loggedCost", total.rowsWithCost > 0 ? json(total.loggedCost.toString()) : json()},
            {"rowsWithCost", total.rowsWithCost}};
}

project::GroupTotal sumOf(const std::vector<project::GroupTotal>& groups) {
    project::GroupTotal sum;
    sum.key = "all";
    for (const auto& group : groups) {
        sum.rows += group.rows;
        sum.requests += group.requests;
        sum.input += group.input;
        sum.cacheRead += group.cacheRead;
        sum.output += group.output;
        sum.reasoning += group.reasoning;
        sum.rowsWithInput += group.rowsWithInput;
        sum.rowsWithOutput += group.rowsWithOutput;
        sum.loggedCost += group.loggedCost;
        sum.rowsWithCost += group.rowsWithCost;
        sum.rowsWithCacheRead += group.rowsWithCacheRead;
        sum.rowsWithReasoning += group.rowsWithReasoning;
    }
    return sum;
}

Table totalsTable(const std::string& title) {
    using Align = Table::Align;
    return Table({{title},
                  {"rows", Align::right},
                  {"requests", Align::right},
                  {"input tokens", Align::right},
                  {"cached", Align::right},
                  {"output tokens", Align::right},
                  {"reasoning", Align::right},
                  {"logged cost", Align::right}});
}

void addTotal(Table& table, const project::GroupTotal& total) {
    table.addRow({total.key.empty() ? "(none)" : total.key, withThousands(total.rows), withThousands(total.requests),
                  total.rowsWithInput > 0 ? withThousands(total.input) : std::string(),
                  total.rowsWithCacheRead > 0 ? withThousands(total.cacheRead) : std::string(),
                  total.rowsWithOutput > 0 ? withThousands(total.output) : std::string(),
                  total.rowsWithReasoning > 0 ? withThousands(total.reasoning) : std::string(),
                  total.rowsWithCost > 0 ? dollars(total.loggedCost.toDouble()) : std::string()});
}

void showRow(Cli& cli, const Given& given, const project::Project& opened) {
    const auto detail = opened.detail(RequestId(given.row));
    if (!detail) {
        cli.say(detail.error());
        return;
    }
    json document = toJson(detail->record);
    document["prompt"] = orNull(detail->prompt);
    document["response"] = orNull(detail->response);
    document["extras"] = json::parse(detail->extras, nullptr, false);
    document["source"] = detail->source;
    if (cli.json) {
        cli.print(document);
        return;
    }
    for (const auto& [key, value] : document.items()) {
        if (!value.is_null() && value != "" && value != json::object()) {
            fmt::print("{:15} {}\n", key, value.is_string() ? value.get<std::string>() : value.dump());
        }
    }
}

Result<project::RowQuery> queryOf(const Given& given) {
    project::RowQuery query;
    query.sortColumn = given.sort;
    query.descending = given.descending;
    query.text = given.text;
    for (const auto& where : given.where) {
        const auto filter = parseFilter(where);
        if (!filter) {
            return fail(filter.error());
        }
        query.filters.push_back(*filter);
    }
    return query;
}

void showGroups(Cli& cli, const Given& given, const project::Project& opened, const project::RowQuery& query) {
    const auto groups = opened.totalsBy(given.by, query, cli.taskContext());
    if (!groups) {
        cli.say(groups.error());
        return;
    }
    if (cli.json) {
        json all = json::array();
        for (const auto& group : *groups) {
            all.push_back(toJson(group));
        }
        cli.print({{"by", given.by}, {"groups", all}, {"total", toJson(sumOf(*groups))}});
        return;
    }
    Table table = totalsTable(given.by);
    const auto shown = std::min(groups->size(), static_cast<std::size_t>(given.limit));
    for (std::size_t i = 0; i < shown; ++i) {
        addTotal(table, (*groups)[i]);
    }
    addTotal(table, sumOf(*groups));
    fmt::print("{}", table.toText());
    if (shown < groups->size()) {
        fmt::print("{} of {} groups; --limit shows more\n", shown, groups->size());
    }
}

void printRows(const std::vector<project::RequestRecord>& rows) {
    using Align = Table::Align;
    Table table({{"id", Align::right},
                 {"time"},
                 {"model"},
                 {"input", Align::right},
                 {"cached", Align::right},
                 {"output", Align::right},
                 {"reasoning", Align::right},
                 {"cost", Align::right},
                 {"session"},
                 {"user"}});
    for (const auto& row : rows) {
        table.addRow({std::to_string(row.id.value()), row.time ? row.time->toIso() : std::string(), row.model,
                      count(row.inputTotal()), count(row.cacheRead), count(row.output), count(row.reasoning),
                      row.loggedCost ? dollars(row.loggedCost->toDouble()) : std::string(), row.session, row.user});
    }
    fmt::print("{}", table.toText());
}

void showRows(Cli& cli, const Given& given, const project::Project& opened, const project::RowQuery& query) {
    const auto context = cli.taskContext();
    auto ids = opened.rowIds(query, context);
    const auto groups = opened.totalsBy("model", query, context);
    const auto rejects = opened.rejectCount({});
    if (!ids || !groups || !rejects) {
        cli.say(!ids ? ids.error() : !groups ? groups.error() : rejects.error());
        return;
    }
    ids->resize(std::min(ids->size(), static_cast<std::size_t>(given.limit)));
    const auto rows = opened.rows(*ids);
    if (!rows) {
        cli.say(rows.error());
        return;
    }
    const auto total = sumOf(*groups);
    if (cli.json) {
        json all = json::array();
        for (const auto& row : *rows) {
            all.push_back(toJson(row));
        }
        cli.print({{"total", toJson(total)}, {"rejects", *rejects}, {"rows", all}});
        return;
    }
    printRows(*rows);
    fmt::print("{} of {} rows, {} rejects\n\n", rows->size(), withThousands(total.rows), withThousands(*rejects));
    Table table = totalsTable("model");
    for (std::size_t i = 0; i < std::min<std::size_t>(groups->size(), 20); ++i) {
        addTotal(table, (*groups)[i]);
    }
    addTotal(table, total);
    fmt::print("{}", table.toText());
}

void run(Cli& cli, const Given& given) {
    const auto opened = project::Project::open(given.project);
    if (!opened) {
        cli.say(opened.error());
        return;
    }
    if (given.row > 0) {
        showRow(cli, given, *opened);
        return;
    }
    const auto query = queryOf(given);
    if (!query) {
        cli.say(query.error());
    } else if (!given.by.empty()) {
        showGroups(cli, given, *opened, *query);
    } else {
        showRows(cli, given, *opened, *query);
    }
}

}  // namespace

void installShow(CLI::App& app, Cli& cli) {
    auto given = std::make_shared<Given>();
    auto* command = app.add_subcommand("show", "Show requests of a project: rows and totals, one row whole, groups");
    command->add_option("--project,-p", given->project, "The project file")->required();
    command->add_option("--by", given->by, "Totals by model, provider, team, user, session, tag, day, extra:NAME ...");
    command->add_option("--sort", given->sort, "Sort rows by this column")->capture_default_str();
    command->add_flag("--descending", given->descending, "Largest or latest first");
    command->add_option("--where", given->where,
                        "Only rows that fit: column=value, >=, <=, !=, ~text, column?, column!");
    command->add_option("--text", given->text, "Only rows with this in a name or their id");
    command->add_option("--limit", given->limit, "At most so many rows or groups")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--row", given->row, "One request whole, by its id")->check(CLI::PositiveNumber);
    addCommonOptions(*command, cli);
    command->callback([given, &cli] { run(cli, *given); });
}

}  // namespace tierwise::cli
