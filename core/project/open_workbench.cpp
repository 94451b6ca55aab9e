// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/open_workbench.h"

#include <algorithm>

#include <algorithm>

#include "core/assess/difficulty_model.h"
#include "core/project/replay.h"
#include "core/project/resources.h"
#include "core/project/tokens.h"

namespace tierwise::project {
namespace {

constexpr const char* kDifficultyModel = "assess/difficulty.twdm";

void addOneName(store::DictionaryColumn& column) {
    column.names = {""};
    column.codes = {0};
}

// Read once; a failure stays.
const Result<assess::DifficultyModel>& shippedModel() {
    static const auto model = []() -> Result<assess::DifficultyModel> {
        const auto path = resourcePath(kDifficultyModel);
        return path ? assess::DifficultyModel::load(*path) : fail(path.error());
    }();
    return model;
}

// A log of one request, to ask about.
store::WorkloadSnapshot oneRow(std::uint32_t inputTokens, const assess::Score& score) {
    store::WorkloadSnapshot rows;
    rows.rows = 1;
    rows.id = {RequestId(1)};
    rows.requests = {1};
    rows.signal = {static_cast<std::uint8_t>(score.signal)};
    for (auto* column : {&rows.inputUncached, &rows.cacheRead, &rows.cacheWrite5m, &rows.cacheWrite1h, &rows.output,
                         &rows.reasoning}) {
        column->resize(1);
    }
    rows.timeNanos.resize(1);
    rows.loggedCostPico.resize(1);
    rows.latencySeconds.resize(1);
    rows.score.resize(1);
    rows.difficulty.resize(1);
    rows.promptText.resize(1);
    rows.inputUncached.set(0, inputTokens);
    rows.output.set(0, static_cast<std::uint32_t>(std::max(1.0F, score.length.p50)));
    rows.promptText.set(0, 1);
    if (score.signal == assess::Signal::scored) {
        rows.difficulty.set(0, score.difficulty);
    }
    for (auto* column : {&rows.model, &rows.provider, &rows.serviceTier, &rows.region, &rows.team, &rows.user,
                         &rows.session, &rows.tag, &rows.dataClass, &rows.domain}) {
        addOneName(*column);
    }
    return rows;
}

}  // namespace

Result<Workbench> openWorkbench(const Project& project, const WorkbenchOptions& options, const TaskContext& context) {
    ReplayRequest request;
    request.options = options;
    auto replay = openReplay(project, request, context);
    if (!replay) {
        return fail(replay.error());
    }
    return std::move(replay->workbench);
}

Result<assess::Assessment> promptReasons(std::string_view prompt) {
    const auto& model = shippedModel();
    return model ? Result<assess::Assessment>(model->assess(prompt)) : fail(model.error());
}

Result<analyze::Explanation> whyPrompt(const Workbench& workbench, std::string_view prompt, const route::Policy& policy,
                                       const TaskContext& context) {
    const auto& model = shippedModel();
    if (!model) {
        return fail(model.error());
    }
    static const auto tokenizer = loadTokenizer(tokens::Family::o200k);
    if (!tokenizer) {
        return fail(tokenizer.error());
    }
    WorkbenchInputs inputs = workbench.inputs();
    inputs.rows = std::make_shared<const store::WorkloadSnapshot>(
        oneRow(static_cast<std::uint32_t>(tokenizer->count(prompt)), model->score(prompt)));
    inputs.outcomes.clear();
    inputs.promptOf = [text = std::string(prompt)](std::size_t) { return std::optional<std::string>(text); };
    inputs.promptTokens = [text = std::string(prompt)](const std::string& family, const TaskContext&) {
        const auto known = tokens::familyOf(family);
        const auto counter = known ? loadTokenizer(*known) : Result<tokens::Tokenizer>(fail(ErrorCode::notFound, ""));
        return counter ? std::vector<std::uint32_t>{static_cast<std::uint32_t>(counter->count(text))}
                       : std::vector<std::uint32_t>();
    };
    auto one = Workbench::build(std::move(inputs), context);
    if (!one) {
        return fail(one.error());
    }
    // A total says nothing of one request alone: what its last dollar buys on the whole log does.
    auto bounded = workbench.withBounds(policy);
    if (!bounded) {
        return fail(bounded.error());
    }
    route::Policy asked = std::move(*bounded);
    const auto kind = policy.router.kind;
    if (kind == route::RouterKind::budget || kind == route::RouterKind::floor) {
        const auto whole = workbench.evaluate(policy, context);
        if (!whole) {
            return fail(whole.error());
        }
        constexpr double kMostUsd = 1e6;
        asked.router = {};
        asked.router.kind = route::RouterKind::expectedValue;
        asked.router.among = policy.router.among;
        asked.router.valueUsd = whole->shadowPrice > 0 ? std::min(kMostUsd, 1 / whole->shadowPrice) : kMostUsd;
    }
    return one->why(0, asked);
}

}  // namespace tierwise::project
