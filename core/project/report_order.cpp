// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/report_order.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/project/replay.h"
#include "core/project/report.h"
#include "core/project/report_request.h"
#include "core/project/scenarios.h"

namespace tierwise::project {
namespace {

Result<void> checkSections(const report::Report& report, const std::vector<std::string>& wanted) {
    std::string known;
    for (const auto& section : report.sections) {
        known += (known.empty() ? "" : ", ") + section.id;
    }
    for (const auto& id : wanted) {
        if (std::none_of(report.sections.begin(), report.sections.end(),
                         [&](const auto& section) { return section.id == id; })) {
            return fail(ErrorCode::invalidArgument, "the report has no section '" + id + "'",
                        "Choose among: " + known + ".", "--section");
        }
    }
    return {};
}

}  // namespace

Result<OrderedPolicies> openOrder(const Project& project, const ReportOrder& order, const TaskContext& context) {
    auto state = loadAnalysisState(project);
    if (!state) {
        return fail(state.error());
    }
    // The columns are worked out for every model that any of the policies names, as the window does it.
    ReplayRequest request;
    for (const auto& file : order.policies) {
        auto policy = route::Policy::load(file);
        if (!policy) {
            return fail(policy.error());
        }
        request.policies.push_back(std::move(*policy));
    }
    if (order.policies.empty()) {
        if (state->policy) {
            request.policies.push_back(*state->policy);
        }
        for (const auto& scenario : state->scenarios) {
            request.policies.push_back(scenario.policy);
        }
    }
    auto replay = openReplay(project, request, context);
    if (!replay) {
        return fail(replay.error());
    }
    OrderedPolicies opened{std::move(replay->workbench), std::move(replay->policies),
                           order.baseline ? order.baseline : state->baseline, order.bar.value_or(state->bar)};
    if (order.policies.empty()) {
        auto reported = reportedPolicies(*state, opened.workbench, order.scenario);
        if (!reported) {
            return fail(reported.error());
        }
        opened.policies = std::move(*reported);
    }
    return opened;
}

Result<report::Report> orderReport(const Project& project, const ReportOrder& order, const TaskContext& context) {
    auto opened = openOrder(project, order, context);
    if (!opened) {
        return fail(opened.error());
    }
    auto request =
        reportRequest(project, opened->workbench, std::move(opened->policies), opened->baseline, opened->bar);
    if (!request) {
        return fail(request.error());
    }
    request->listRows = order.rows;
    auto whole = buildReport(opened->workbench, *request, context);
    if (!whole) {
        return whole;
    }
    if (auto checked = checkSections(*whole, order.sections); !checked) {
        return fail(checked.error());
    }
    return report::selected(*whole, order.audience, order.sections);
}

std::string toJson(const PaintOrder& order) {
    nlohmann::json policies = nlohmann::json::array();
    for (const auto& file : order.report.policies) {
        policies.push_back(file.string());
    }
    nlohmann::json json{{"project", order.project},
                        {"file", order.file},
                        {"format", order.format},
                        {"paper", order.paper},
                        {"part", order.part},
                        {"scenario", order.report.scenario},
                        {"policies", std::move(policies)},
                        {"audience", order.report.audience == report::Audience::manager ? "manager" : "analyst"},
                        {"sections", order.report.sections}};
    if (order.report.baseline) {
        json["baseline"] = baselineName(*order.report.baseline);
    }
    if (order.report.bar) {
        json["bar"] = *order.report.bar;
    }
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<PaintOrder> parsePaintOrder(std::string_view text) {
    try {
        const auto json = nlohmann::json::parse(text);
        PaintOrder order;
        order.project = json.at("project");
        order.file = json.at("file");
        order.format = json.at("format");
        order.paper = json.at("paper");
        order.part = json.at("part");
        order.report.scenario = json.at("scenario");
        for (const auto& file : json.at("policies")) {
            order.report.policies.emplace_back(file.get<std::string>());
        }
        order.report.audience =
            json.at("audience") == "manager" ? report::Audience::manager : report::Audience::analyst;
        order.report.sections = json.at("sections").get<std::vector<std::string>>();
        if (json.contains("baseline")) {
            auto baseline = parseBaseline(json.at("baseline").get<std::string>());
            if (!baseline) {
                return fail(baseline.error());
            }
            order.report.baseline = *baseline;
        }
        if (json.contains("bar")) {
            order.report.bar = json.at("bar").get<double>();
        }
        order.report.rows = 0;  // no page and no picture carries the lists
        return order;
    } catch (const nlohmann::json::exception& error) {
        return fail(ErrorCode::badFormat, std::string("the order for a report cannot be read: ") + error.what(),
                    "Let tierwise-cli report write it.", "--write-report");
    }
}

std::string toJson(const Error& error) {
    const nlohmann::json json{{"code", static_cast<int>(error.code)},
                              {"what", error.what},
                              {"fixHint", error.fixHint},
                              {"source", error.source}};
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Error parsePaintError(std::string_view text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object()) {
        return {ErrorCode::internal,
                "the desktop program ended without a word",
                "Run tierwise --version to see whether it starts.",
                {},
                {},
                {}};
    }
    Error error;
    error.code = static_cast<ErrorCode>(std::clamp(json.value("code", 0), 0, static_cast<int>(ErrorCode::internal)));
    error.what = json.value("what", std::string());
    error.fixHint = json.value("fixHint", std::string());
    error.source = json.value("source", std::string());
    return error;
}

}  // namespace tierwise::project
