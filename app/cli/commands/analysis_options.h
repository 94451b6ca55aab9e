// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/cli/commands/commands.h"
#include "core/analyze/results.h"
#include "core/project/replay.h"

// What replay, frontier and why have in common.
namespace tierwise::cli {

/// The options of the three, as given.
struct AnalysisOptions {
    std::string project;
    std::vector<std::string> policies;
    std::vector<std::string> models;
    std::string baseline;
    std::string catalog;
    std::string assumptions;
    std::string segments;
    std::string request;
    std::optional<double> bar;
    std::optional<double> budget;
    std::optional<double> quality;
    std::size_t points = 21;
    std::uint64_t seed = 1;
    int replicates = 200;
    unsigned threads = 2;
    bool tornado = false;
    bool offPolicy = false;
    bool whenLogged = false;
    bool constraints = false;
    bool concentration = false;
    std::optional<std::size_t> infeasible;
};

void addWorkbenchOptions(CLI::App& command, AnalysisOptions& given);

struct OpenAnalysis {
    project::Project project;
    project::Workbench workbench;
    std::vector<route::Policy> policies;
};
/// The project and what its rows cost on the models that the policies name. An error is said, and gives nothing.
[[nodiscard]] std::optional<OpenAnalysis> openAnalysis(Cli& cli, const AnalysisOptions& given);

/// "$1.20 to $3.40"
[[nodiscard]] std::string rangeOf(const analyze::Interval& range);
/// "premium 20%, local 80%"
[[nodiscard]] std::string mixOf(const analyze::TierShares& tiers);
void printCoverage(const analyze::Coverage& coverage);

}  // namespace tierwise::cli
