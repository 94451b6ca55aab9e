// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/replay.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <numeric>
#include <sstream>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "core/project/assess_rows.h"
#include "core/project/catalog_queries.h"
#include "core/project/catalog_update.h"
#include "core/project/doctor.h"
#include "core/project/outcomes.h"
#include "core/project/overrides.h"
#include "core/project/prompt_texts.h"
#include "core/project/resources.h"
#include "core/project/tokens.h"

namespace tierwise::project {

namespace {

constexpr const char* kAssumptionsKind = "settings";
constexpr const char* kAssumptionsName = "assumptions";

Result<replay::Assumptions> readAssumptions(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream || std::filesystem::is_directory(path)) {
        return fail(ErrorCode::io, "cannot read the assumptions", "Check the path.", path.string());
    }
    return replay::Assumptions::parse(text.str(), path.string());
}

Result<replay::Assumptions> assumptionsOf(const Project& project, const std::filesystem::path& path) {
    if (!path.empty()) {
        return readAssumptions(path);
    }
    const auto own = project.document(kAssumptionsKind, kAssumptionsName);
    if (!own) {
        return fail(own.error());
    }
    if (*own) {
        return replay::Assumptions::parse(**own, "the project's assumptions");
    }
    const auto shipped = resourcePath("policy/assumptions.json");
    return shipped ? readAssumptions(*shipped) : Result<replay::Assumptions>(fail(shipped.error()));
}

// What the quality model learns from: the log's scored answers and the scored outcomes, by catalog model.
std::vector<assess::ScoredRow> scoredRows(const WorkbenchInputs& in) {
    const auto& log = *in.rows;
    std::vector<assess::ScoredRow> scored;
    const auto difficultyOf = [&](std::size_t row) {
        const auto d = log.difficulty.at(row);
        return d ? std::optional<double>(*d) : std::nullopt;
    };
    std::map<std::tuple<std::int32_t, std::int32_t, std::int64_t>, std::string> names;
    for (std::size_t row = 0; row < log.rows; ++row) {
        const auto score = log.score.at(row);
        if (!score || log.model.codes[row] == 0 || !(*score >= 0 && *score <= 1)) {
            continue;
        }
        const auto nanos = log.timeNanos.at(row);
        const auto time = nanos ? std::optional<Timestamp>(Timestamp::fromNanos(*nanos)) : std::nullopt;
        const std::tuple key(log.model.codes[row], log.provider.codes[row], time ? time->day() : -1);
        auto found = names.find(key);
        if (found == names.end()) {
            std::string name(log.model.at(row));
            const auto resolution = in.catalog.resolve({log.model.at(row), log.provider.at(row), time, in.aliases});
            if (resolution.offering) {
                name = in.catalog.model(in.catalog.offering(*resolution.offering).modelAt(time)).id;
            }
            found = names.emplace(key, std::move(name)).first;
        }
        scored.push_back({found->second, difficultyOf(row), static_cast<double>(*score)});
    }
    // Measurements of one request and model, under whatever names, are one answer: their mean.
    std::map<std::string, std::string> outcomeNames;
    std::map<std::pair<std::size_t, std::string_view>, std::vector<double>> measured;
    for (const auto& outcome : in.outcomes) {
        if (!outcome.score) {
            continue;
        }
        auto found = outcomeNames.find(outcome.model);
        if (found == outcomeNames.end()) {
            const auto model = modelOfName(in.catalog, in.aliases, outcome.model);
            found = outcomeNames.emplace(outcome.model, model ? in.catalog.model(*model).id : outcome.model).first;
        }
        measured[{outcome.row, found->second}].push_back(static_cast<double>(*outcome.score));
    }
    for (const auto& [answer, scores] : measured) {
        const double sum = std::accumulate(scores.begin(), scores.end(), 0.0);
        scored.push_back(
            {std::string(answer.second), difficultyOf(answer.first), sum / static_cast<double>(scores.size())});
    }
    return scored;
}

void add(std::vector<std::string>& list, const std::string& name) {
    if (std::find(list.begin(), list.end(), name) == list.end()) {
        list.push_back(name);
    }
}

}  // namespace

Result<WorkbenchInputs> workbenchInputs(const Project& project, const catalog::Catalog& catalog,
                                        const std::filesystem::path& assumptions,
                                        std::shared_ptr<const store::WorkloadSnapshot> rows) {
    WorkbenchInputs inputs;
    auto assumed = assumptionsOf(project, assumptions);
    if (!assumed) {
        return fail(assumed.error());
    }
    inputs.assumptions = std::move(*assumed);
    const auto hardware = loadHardware();
    if (!hardware) {
        return fail(hardware.error());
    }
    auto withLocal = withLocalModels(catalog, inputs.assumptions, *hardware);
    if (!withLocal) {
        return fail(withLocal.error());
    }
    inputs.catalog = std::move(withLocal->catalog);
    inputs.localCosts = std::move(withLocal->costs);
    auto aliases = loadAliases(project);
    if (!aliases) {
        return fail(aliases.error());
    }
    inputs.aliases = std::move(*aliases);
    auto outcomes = loadMeasurements(project, *rows);
    if (!outcomes) {
        return fail(outcomes.error());
    }
    inputs.outcomes = std::move(*outcomes);
    const auto texts = std::make_shared<const PromptTexts>(project, rows);
    inputs.rows = std::move(rows);
    if (texts->any()) {
        inputs.promptOf = [texts](std::size_t row) { return texts->of(row); };
        inputs.promptTokens = [texts](const std::string& family, const TaskContext& counting) {
            return texts->tokens(family, counting);
        };
    }
    auto ratios = loadTokenRatios();
    if (!ratios) {
        return fail(ratios.error());
    }
    inputs.tokenRatios = std::move(*ratios);
    return inputs;
}

Result<Replay> openReplay(const Project& project, const ReplayRequest& request, const TaskContext& context) {
    auto catalog = openCatalog(request.catalog);
    if (!catalog) {
        return fail(catalog.error());
    }
    context.report({"Reading requests", 0, 0, 0});
    auto assessed = assessedRows(project, context);
    if (!assessed) {
        return fail(assessed.error());
    }
    auto inputs = workbenchInputs(project, *catalog, request.assumptions, std::move(assessed->rows));
    if (!inputs) {
        return fail(inputs.error());
    }
    const auto defaults = defaultCandidates(inputs->catalog, {inputs->rows.get(), inputs->aliases});
    inputs->options = request.options;
    std::vector<std::string> candidates = request.options.candidates;
    auto policies = request.policies;
    for (auto& policy : policies) {
        if (policy.models.empty()) {
            policy.models = request.options.candidates.empty() ? defaults : request.options.candidates;
        }
        for (const auto& target : policy.targets()) {
            if (!route::tierOfTarget(target)) {
                add(policy.models, target);
            }
        }
        for (const auto& model : policy.models) {
            add(candidates, model);
        }
    }
    if (candidates.empty()) {
        candidates = defaults;
    }
    inputs->options.candidates = std::move(candidates);
    // The prior of every model must be known before it meets scores: the fit shrinks towards it.
    auto overrides = loadOverrides(project);
    auto scored = scoredRows(*inputs);
    if (!scored.empty() || (overrides && !overrides->empty())) {
        auto priors = Workbench::priors(*inputs);
        if (!priors) {
            return fail(priors.error());
        }
        inputs->quality = std::move(priors->quality);
        if (overrides) {
            const auto labels = overrideLabels(*overrides, *inputs->rows, priors->candidates, inputs->quality);
            scored.insert(scored.end(), labels.begin(), labels.end());
            inputs->overrides = std::move(*overrides);
        }
        if (auto fitted = inputs->quality.fit(scored); !fitted) {
            return fail(fitted.error());
        }
    }
    auto workbench = Workbench::build(std::move(*inputs), context);
    if (!workbench) {
        return fail(workbench.error());
    }
    Replay replay{std::move(*workbench), std::move(policies), assessed->report.rows - assessed->report.skipped, {}};
    if (assessed->problem) {
        replay.notes.push_back("The difficulty of prompts is missing, or could not be kept for the next time: " +
                               assessed->problem->describe());
    }
    if (!overrides) {
        replay.notes.push_back("The tier overrides do not count: " + overrides.error().describe());
    }
    return replay;
}

std::vector<route::Policy> firstScenarios(const Workbench& workbench) {
    std::vector<route::Policy> policies;
    bool tiers[4] = {};
    for (const auto& candidate : workbench.candidates()) {
        tiers[static_cast<std::size_t>(candidate.tier)] = true;
    }
    for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local}) {
        if (tiers[static_cast<std::size_t>(tier)]) {
            policies.push_back(route::singlePolicy(tierName(tier), fmt::format("everything {}", tierName(tier))));
        }
    }
    if (tiers[1] && tiers[2] && tiers[3] && workbench.signalRange().rowsWithSignal > 0) {
        const auto [low, high] = workbench.thresholdsForShares(1.0 / 3, 1.0 / 3);
        auto mix = route::sharePolicy(1.0 / 3, 1.0 / 3, workbench.signal());
        mix.name =
            workbench.signal() == "difficulty" ? "a third each, by difficulty" : "a third each, by prompt length";
        mix.description = fmt::format("local below {:.4g}, commodity below {:.4g}, premium above", low, high);
        policies.push_back(std::move(mix));
    }
    return policies;
}

Result<std::size_t> findRequest(const Project& project, const Workbench& workbench, const std::string& id) {
    const auto& rows = workbench.rows();
    const auto rowOf = [&](RequestId wanted) -> std::optional<std::size_t> {
        const auto found = std::find(rows.id.begin(), rows.id.end(), wanted);
        return found == rows.id.end() ? std::nullopt
                                      : std::optional<std::size_t>(static_cast<std::size_t>(found - rows.id.begin()));
    };
    RowQuery query;
    query.filters.push_back({"requestId", FilterOp::equals, id});
    if (const auto ids = project.rowIds(query, {}); ids && !ids->empty()) {
        if (const auto row = rowOf(RequestId(ids->front()))) {
            return *row;
        }
    }
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
    if (error == std::errc() && end == id.data() + id.size()) {
        if (const auto row = rowOf(RequestId(number))) {
            return *row;
        }
    }
    return fail(ErrorCode::notFound, fmt::format("there is no request \"{}\" in this project", id),
                "Give the log's own request id, or the number that `show` prints.");
}

}  // namespace tierwise::project
