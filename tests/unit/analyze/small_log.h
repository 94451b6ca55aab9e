// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/project/analysis.h"
#include "tests/support/catalogs.h"
#include "tests/support/snapshots.h"

// A small log on three made-up models, for figures worked out by hand.
namespace tierwise::test {

// big: $5 in, $0.50 cached, $6.25 write, $20 out. mid: $0.50 in, $0.05 cached, $2 out. tiny: local, free, 4,000 tokens.
inline catalog::Catalog prices() {
    return catalogOf(
        "#providers#:[{#id#:#lab#,#name#:#Lab#,#jurisdiction#:#US#,#authors#:[#lab#]},"
        "{#id#:#local#,#local#:true,#jurisdiction#:#DE#,#aliases#:[#ollama#]}],\n"
        "#models#:[{#id#:#big#,#author#:#lab#,#tokenizer#:#t#},{#id#:#mid#,#author#:#lab#,#tokenizer#:#t#},"
        "{#id#:#tiny#,#author#:#lab#,#tokenizer#:#t#,#context#:4000}],\n"
        "#offerings#:[\n"
        "{#provider#:#lab#,#id#:#big#,#model#:#big#,#cards#:[{#rates#:{#input#:#5#,#output#:#20#,#cacheRead#:#0.5#,"
        "#cacheWrite5m#:#6.25#},#evidence#:0}]},\n"
        "{#provider#:#lab#,#id#:#mid#,#model#:#mid#,#cards#:[{#rates#:{#input#:#0.5#,#output#:#2#,"
        "#cacheRead#:#0.05#},#evidence#:0}]},\n"
        "{#provider#:#local#,#id#:#tiny#,#model#:#tiny#,#cards#:[{#rates#:{#input#:#0#,#output#:#0#},"
        "#evidence#:0}]}]");
}

struct Row {
    const char* model = "big";
    std::uint32_t input = 1000;
    std::uint32_t cached = 0;
    std::uint32_t output = 100;
    const char* session = "";
    double difficulty = 0.5;
    const char* dataClass = "";
    int second = 0;
    const char* team = "";
};

inline std::int32_t codeOf(store::DictionaryColumn& column, const std::string& name) {
    const auto found = std::find(column.names.begin(), column.names.end(), name);
    if (found != column.names.end()) {
        return static_cast<std::int32_t>(found - column.names.begin());
    }
    column.names.push_back(name);
    return static_cast<std::int32_t>(column.names.size() - 1);
}

// Second 0 is 2025-09-01 04:13:20 UTC.
inline std::shared_ptr<store::WorkloadSnapshot> logOf(const std::vector<Row>& rows) {
    auto log = bareRows(rows.size());
    log->signal.assign(rows.size(), 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row& row = rows[i];
        log->timeNanos.set(i, (1'756'700'000LL + row.second) * 1'000'000'000LL);
        log->inputUncached.set(i, row.input);
        log->cacheRead.set(i, row.cached);
        log->output.set(i, row.output);
        if (row.difficulty >= 0) {
            log->difficulty.set(i, static_cast<float>(row.difficulty));
        }
        log->model.codes[i] = codeOf(log->model, row.model);
        log->session.codes[i] = codeOf(log->session, row.session);
        log->dataClass.codes[i] = codeOf(log->dataClass, row.dataClass);
        log->team.codes[i] = codeOf(log->team, row.team);
    }
    return log;
}

inline project::WorkbenchInputs inputsOf(std::shared_ptr<const store::WorkloadSnapshot> rows,
                                         std::vector<replay::Outcome> outcomes = {}) {
    project::WorkbenchInputs inputs;
    inputs.rows = std::move(rows);
    inputs.catalog = prices();
    inputs.outcomes = std::move(outcomes);
    inputs.assumptions.verbosity = {0.5, 1, 2, {}};
    inputs.assumptions.capabilityByTier = {{Tier::premium, 0.9}, {Tier::commodity, 0.8}, {Tier::local, 0.5}};
    inputs.options.candidates = {"big", "mid", "tiny"};
    return inputs;
}

inline project::Workbench built(project::WorkbenchInputs inputs) {
    auto bench = project::Workbench::build(std::move(inputs), {});
    if (!bench) {
        qFatal("%s", bench.error().describe().c_str());
    }
    return *bench;
}

inline project::Workbench benchOf(const std::vector<Row>& rows, std::vector<replay::Outcome> outcomes = {}) {
    return built(inputsOf(logOf(rows), std::move(outcomes)));
}

// A measured score of a model on a row, and its answer.
inline replay::Outcome scored(std::size_t row, const char* model, double score, const char* answer = "") {
    return {row, model, static_cast<float>(score), {}, {}, {}, {}, answer};
}

inline route::Policy policyOf(const std::string& json, int version = 1) {
    auto policy = route::Policy::parse(
        quoted("{#format#:#tierwise-policy#,#version#:" + std::to_string(version) + ",#name#:#p#," + json + "}"),
        "p.json");
    if (!policy) {
        qFatal("%s", policy.error().describe().c_str());
    }
    return *policy;
}

inline bool close(double a, double b, double slack = 1e-12) {
    return std::abs(a - b) <= slack * std::max({1.0, std::abs(a), std::abs(b)});
}

}  // namespace tierwise::test
