// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/analysis_options.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/cli/table.h"
#include "core/base/display.h"
#include "core/route/parallel.h"

namespace tierwise::cli {

void addWorkbenchOptions(CLI::App& command, AnalysisOptions& given) {
    command.add_option("--project,-p", given.project, "The project file")->required();
    command.add_option("--models", given.models, "Candidate models by catalog id or provider/id (default: one a tier)")
        ->delimiter(',');
    command.add_option("--catalog", given.catalog, "Another catalog file");
    command.add_option("--assumptions", given.assumptions, "Another file of assumptions");
    command.add_flag("--when-logged", given.whenLogged, "Price each request at its own date, not at the catalog's");
    command.add_option("--seed", given.seed, "Seed of everything random")->capture_default_str();
    command.add_option("--threads", given.threads, "Threads for passes over the rows; the figures do not depend on it")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
}

std::optional<OpenAnalysis> openAnalysis(Cli& cli, const AnalysisOptions& given) {
    route::setThreadCount(given.threads);
    auto from = project::Project::open(given.project);
    if (!from) {
        cli.say(from.error());
        return {};
    }
    project::ReplayRequest request;
    for (const auto& file : given.policies) {
        auto policy = route::Policy::load(file);
        if (!policy) {
            cli.say(policy.error());
            return {};
        }
        request.policies.push_back(std::move(*policy));
    }
    request.options.candidates = given.models;
    request.options.seed = given.seed;
    request.options.replicates = given.replicates;
    request.options.priceDate = given.whenLogged ? project::PriceDate::whenLogged : project::PriceDate::catalog;
    request.catalog = given.catalog;
    request.assumptions = given.assumptions;
    auto replay = project::openReplay(*from, request, cli.taskContext());
    if (!replay) {
        cli.say(replay.error());
        return {};
    }
    for (const auto& note : replay->notes) {
        fmt::print(stderr, "note: {}\n", note);
    }
    return OpenAnalysis{std::move(*from), std::move(replay->workbench), std::move(replay->policies)};
}

std::string rangeOf(const analyze::Interval& range) {
    return fmt::format("{} to {}", displayDollars(std::max(0.0, range.low)), displayDollars(range.high));
}

std::string mixOf(const analyze::TierShares& tiers) {
    std::string text;
    for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded}) {
        const auto& share = tiers[static_cast<std::size_t>(tier)];
        if (share.requests > 0) {
            text += fmt::format("{}{} {:.0f}%", text.empty() ? "" : ", ", tierName(tier), 100 * share.share);
        }
    }
    return text;
}

void printCoverage(const analyze::Coverage& coverage) {
    fmt::print("{} of {} rows are in the figures", withThousands(static_cast<Int128>(coverage.used)),
               withThousands(static_cast<Int128>(coverage.rows)));
    fmt::print("{}", coverage.exclusions.empty() ? ".\n" : "; left out (never counted as $0):\n");
    std::size_t shown = 0;
    for (const auto& entry : coverage.exclusions) {
        if (++shown > 10) {
            fmt::print("  and {} more reasons\n", coverage.exclusions.size() - 10);
            break;
        }
        fmt::print("  {} rows: {}{}\n", withThousands(static_cast<Int128>(entry.rows)), entry.reason,
                   entry.what.empty() ? "" : fmt::format(" ({})", displayText(entry.what, 60)));
    }
    if (!coverage.exclusions.empty()) {
        fmt::print("  What can be mended of it: tierwise-cli doctor --project FILE\n");
    }
}

}  // namespace tierwise::cli
