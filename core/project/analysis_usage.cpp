// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of the candidates' usage before any row is priced: tokenizers against each other, and speeds.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/project/analysis_impl.h"
#include "core/project/outcomes.h"

namespace tierwise::project {

namespace {

// Tokens of `candidate` per token of `logged`: both ranges hold on their own.
std::optional<replay::Assumed> ratioOf(const tokens::FamilyRatios& ratios, const std::string& candidate,
                                       const std::string& logged) {
    const auto* to = ratios.find(candidate);
    const auto* from = ratios.find(logged);
    if (to == nullptr || from == nullptr) {
        return {};
    }
    return replay::Assumed{to->low / from->high, to->mid / from->mid, to->high / from->low,
                           candidate + ": " + to->source + "; " + logged + ": " + from->source};
}

}  // namespace

std::pair<replay::Assumed, replay::Assumed> Workbench::Impl::reasoningOf(const catalog::Model& model) const {
    const auto fromRange = [](const catalog::Range& range) {
        return replay::Assumed{std::max(1.0, range.low), std::max(1.0, range.mid), std::max(1.0, range.high),
                               "the catalog"};
    };
    auto easy =
        model.reasoningMultiplierEasy ? fromRange(*model.reasoningMultiplierEasy) : in.assumptions.reasoningEasy;
    auto hard =
        model.reasoningMultiplierHard ? fromRange(*model.reasoningMultiplierHard) : in.assumptions.reasoningHard;
    for (const auto& key : {model.family, model.id}) {
        if (const auto own = in.assumptions.models.find(key); own != in.assumptions.models.end()) {
            easy = own->second.reasoningEasy.value_or(easy);
            hard = own->second.reasoningHard.value_or(hard);
        }
    }
    return {easy, hard};
}

// The user's own ratio, else that of the two families, else the one for any other tokenizer; and exact counts where a
// candidate's vocabulary ships.
void Workbench::Impl::relateTokenizers(const TaskContext& context) {
    std::vector<std::string> exact;
    for (const auto& candidate : replay.candidates) {
        std::optional<replay::Assumed> own;
        if (candidate.model) {
            const auto& model = in.catalog.model(*candidate.model);
            for (const auto& key : {model.family, model.id}) {
                const auto found = in.assumptions.models.find(key);
                own = found != in.assumptions.models.end() && found->second.tokenizer ? found->second.tokenizer : own;
            }
        }
        std::vector<replay::Assumed> ratios;
        for (const auto& logged : replay.logged) {
            const auto known = ratioOf(in.tokenRatios, candidate.tokenizerFamily, logged.tokenizerFamily);
            ratios.push_back(own ? *own : known.value_or(in.assumptions.tokenizer));
            const auto* family = in.tokenRatios.find(candidate.tokenizerFamily);
            if (!own && family != nullptr && family->exact && logged.tokenizerFamily != candidate.tokenizerFamily) {
                exact.push_back(candidate.tokenizerFamily);
                exact.push_back(logged.tokenizerFamily);
            }
        }
        replay.tokenizer.push_back(std::move(ratios));
    }
    std::sort(exact.begin(), exact.end());
    exact.erase(std::unique(exact.begin(), exact.end()), exact.end());
    for (const auto& family : exact) {
        auto counted = in.promptTokens ? in.promptTokens(family, context) : std::vector<std::uint32_t>();
        if (counted.size() == in.rows->rows && !counted.empty()) {
            replay.counted.push_back({family, std::move(counted)});
        }
    }
}

// The median speed of a candidate's own answers in the log, where nobody assumed one.
void Workbench::Impl::measureSpeeds() {
    constexpr std::size_t kEnough = 10;
    const auto& log = *in.rows;
    if (std::none_of(log.latencySeconds.valid.words().begin(), log.latencySeconds.valid.words().end(),
                     [](std::uint64_t word) { return word != 0; })) {
        return;
    }
    std::vector<std::vector<float>> speeds(replay.candidates.size());
    for (std::size_t row = 0; row < log.rows; ++row) {
        const auto& logged = replay.logged[replay.loggedOf[row]];
        const auto seconds = log.latencySeconds.at(row);
        const auto output = log.output.at(row);
        if (!logged.model || !seconds || !output || !(*seconds > 0) || *output == 0 || log.requests[row] != 1) {
            continue;
        }
        for (std::size_t j = 0; j < models; ++j) {
            if (replay.candidates[j].model == logged.model) {
                speeds[j].push_back(static_cast<float>(*output) / *seconds);
            }
        }
    }
    for (std::size_t j = 0; j < models; ++j) {
        auto& list = speeds[j];
        if (who[j].tokensPerSecond || list.size() < kEnough) {
            continue;
        }
        const auto middle = list.begin() + static_cast<std::ptrdiff_t>(list.size() / 2);
        std::nth_element(list.begin(), middle, list.end());
        who[j].tokensPerSecond = static_cast<double>(*middle);
        speedNotes.push_back(
            fmt::format("{} makes {:.3g} tokens a second: the median of its {} timed answers in the log", who[j].name,
                        *who[j].tokensPerSecond, list.size()));
    }
}

void Workbench::Impl::relateOutcomes() {
    std::vector<std::string> unknown;
    std::map<std::pair<std::size_t, std::size_t>, std::pair<double, int>> seconds;  // their sum, and how many
    for (const auto& outcome : in.outcomes) {
        auto known = replay.outcomeTargets.find(outcome.model);
        if (known == replay.outcomeTargets.end()) {
            // By the candidate's own name or offering; else by the model that the name means, wherever it is served.
            const auto& name = outcome.model;
            const auto offering = in.catalog.findOffering(name);
            const auto model = modelOfName(in.catalog, in.aliases, name);
            std::vector<replay::OutcomeTarget> targets;
            for (std::size_t j = 0; j < models; ++j) {
                const bool named = name == who[j].id || name == who[j].offering;
                if (named || (model && replay.candidates[j].model == model)) {
                    targets.push_back({j, named || !offering});
                }
            }
            if (targets.empty() && !model) {
                unknown.push_back(name);
            }
            known = replay.outcomeTargets.emplace(name, std::move(targets)).first;
        }
        for (const auto& target : known->second) {
            const std::pair key(outcome.row, target.candidate);
            if (outcome.latencySeconds && target.sameOffering) {
                auto& measured = seconds[key];
                measured.first += static_cast<double>(*outcome.latencySeconds);
                ++measured.second;
            }
            if (!outcome.answer.empty()) {
                answers.emplace(key, outcome.answer);
            }
        }
    }
    for (const auto& [key, sum] : seconds) {
        measuredSeconds[key] = sum.first / sum.second;
    }
    noteUnknownNames(unknown);
}

// Assumptions and outcomes of names that mean nothing here are more likely mistyped than meant.
void Workbench::Impl::noteUnknownNames(const std::vector<std::string>& ofOutcomes) {
    const auto& catalogued = in.catalog.models();
    for (const auto& [name, own] : in.assumptions.models) {
        const bool known = std::any_of(
            catalogued.begin(), catalogued.end(),
            [&, key = std::string_view(name)](const auto& model) { return model.id == key || model.family == key; });
        if (!known) {
            notes.push_back(
                fmt::format("the assumptions name \"{}\", which is no model and no family of the catalog", name));
        }
    }
    if (ofOutcomes.size() == 1) {
        notes.push_back(
            fmt::format("outcomes of \"{}\" are not used: no candidate has that name, and the catalog does not know it",
                        ofOutcomes.front()));
    } else if (!ofOutcomes.empty()) {
        notes.push_back(
            fmt::format("outcomes of \"{}\" and {} more models are not used: no candidate has that name, and the "
                        "catalog does not know it",
                        ofOutcomes.front(), ofOutcomes.size() - 1));
    }
}

std::optional<double> Workbench::Impl::secondsOf(std::size_t row, std::size_t candidate) const {
    if (const auto measured = measuredSeconds.find({row, candidate}); measured != measuredSeconds.end()) {
        return measured->second;
    }
    const auto& log = *in.rows;
    const auto& logged = replay.logged[replay.loggedOf[row]];
    if (const auto seconds = log.latencySeconds.at(row);
        seconds && logged.model && replay.candidates[candidate].model == logged.model) {
        return *seconds;
    }
    if (!who[candidate].tokensPerSecond) {
        return {};
    }
    const auto output = usageModel->tokens(row, candidate).output;
    return static_cast<double>(output) / log.requests[row] / *who[candidate].tokensPerSecond;
}

}  // namespace tierwise::project
