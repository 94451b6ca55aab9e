// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/outcome_columns.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tierwise::project {

namespace {

using ingest::Unit;

// Earlier names are surer.
const std::pair<OutcomeField, std::vector<std::string_view>> kFields[] = {
    {OutcomeField::request,
     {"requestid", "reqid", "request", "instanceid", "promptid", "questionid", "queryid", "sampleid", "traceid", "id"}},
    {OutcomeField::model, {"model", "modelname", "modelid", "llm", "deployment", "candidate"}},
    {OutcomeField::modelA, {"modela", "model1", "assistanta", "a"}},
    {OutcomeField::modelB, {"modelb", "model2", "assistantb", "b"}},
    {OutcomeField::winner, {"winner", "winnermodel", "preference", "preferred", "preferredmodel", "chosen"}},
    {OutcomeField::loser, {"loser", "losermodel", "rejected"}},
    {OutcomeField::benchmark, {"benchmark", "set", "dataset"}},
    {OutcomeField::answer, {"answer", "prediction", "modelanswer", "finalanswer", "response", "completion"}},
    {OutcomeField::inputTokens, {"intokens", "inputtokens", "prompttokens", "tokensin"}},
    {OutcomeField::outputTokens, {"outtokens", "outputtokens", "completiontokens", "tokensout"}},
    {OutcomeField::cost, {"costusd", "cost", "totalcost", "totalcostusd", "costdollars", "usd", "price"}},
    {OutcomeField::latency, {"latencys", "latency", "latencyseconds", "durations", "duration", "durationseconds"}},
    {OutcomeField::latencyMs, {"latencyms", "durationms"}},
};

const std::pair<Unit, std::vector<std::string_view>> kScores[] = {
    {Unit::automatic, {"score", "quality", "grade", "accuracy", "evalscore", "qualityscore"}},
    {Unit::percent, {"scorepct", "scorepercent", "percent", "percentage", "pct", "scoreof100"}},
    {Unit::automatic,
     {"pass", "passed", "ispass", "passfail", "resolved", "correct", "iscorrect", "success", "result", "verdict",
      "ok"}},
    {Unit::stars, {"stars", "star", "rating", "userrating", "starrating"}},
    {Unit::thumbs, {"thumbs", "thumb", "thumbsup", "thumbsupdown", "feedback", "userfeedback", "vote", "liked"}},
};

std::string bare(std::string_view name) {
    std::string text;
    int brackets = 0;
    for (const char c : name) {
        brackets += c == '(' || c == '[' ? 1 : 0;
        const bool upper = c >= 'A' && c <= 'Z';
        if (brackets == 0 && (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '%')) {
            text += upper ? static_cast<char>(c + 32) : c;
        }
        brackets -= (c == ')' || c == ']') && brackets > 0 ? 1 : 0;
    }
    // "score %" and "% score" are percentages.
    const bool percent = text.find('%') != std::string::npos;
    text.erase(std::remove(text.begin(), text.end(), '%'), text.end());
    return percent ? "scorepct" : text;
}

}  // namespace

bool OutcomeColumns::saysSomething() const {
    return !scores.empty() || pairwise() || has(OutcomeField::answer) || has(OutcomeField::inputTokens) ||
           has(OutcomeField::outputTokens) || has(OutcomeField::cost) || has(OutcomeField::latency) ||
           has(OutcomeField::latencyMs);
}

OutcomeColumns outcomeColumns(std::span<const std::string> names) {
    std::map<std::string, std::size_t> known;
    for (std::size_t i = 0; i < names.size(); ++i) {
        known.emplace(bare(names[i]), i);
    }
    OutcomeColumns columns;
    columns.count = names.size();
    for (const auto& [field, words] : kFields) {
        for (const auto word : words) {
            if (const auto found = known.find(std::string(word)); found != known.end()) {
                columns.at.emplace(field, found->second);
            }
        }
    }
    for (const auto& [unit, words] : kScores) {
        for (const auto word : words) {
            if (const auto found = known.find(std::string(word)); found != known.end()) {
                columns.scores.push_back({found->second, unit});
            }
        }
    }
    // A preference needs the two that were compared; alone, "preferred" or "chosen" is something else.
    if (columns.pairwise() && !columns.has(OutcomeField::loser) &&
        !(columns.has(OutcomeField::modelA) && columns.has(OutcomeField::modelB)) &&
        (columns.has(OutcomeField::model) || !columns.scores.empty())) {
        columns.at.erase(OutcomeField::winner);
    }
    return columns;
}

}  // namespace tierwise::project
