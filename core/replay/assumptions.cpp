// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/assumptions.h"

#include <cmath>

#include "core/route/json_at.h"

namespace tierwise::replay {

namespace {

using nlohmann::json;
using route::JsonAt;

// What an assumption may be. The greatest are far beyond anything measured: they keep token counts within 63 bits.
struct Bounds {
    double least;
    double most;
};
constexpr Bounds kTokenizer{0.01, 100};
constexpr Bounds kVerbosity{0.01, 1'000};
constexpr Bounds kReasoning{1, 10'000};
constexpr Bounds kSpeed{1e-3, 1e6};
constexpr Bounds kTokensAStep{1, 100};
constexpr double kLongestLifetime = 1e9;  // seconds

Assumed assumed(const JsonAt& at, const Bounds& bounds) {
    at.onlyKeys({"low", "mid", "high", "source"});
    Assumed found;
    found.low = at.need("low").number(bounds.least, bounds.most, "a low end");
    found.mid = at.need("mid").number(bounds.least, bounds.most, "a middle");
    found.high = at.need("high").number(bounds.least, bounds.most, "a high end");
    if (const auto source = at.find("source")) {
        found.source = source->text();
    }
    if (found.low > found.mid || found.mid > found.high) {
        at.fault("low, mid and high must not fall");
    }
    return found;
}

void read(const JsonAt& at, const char* key, const Bounds& bounds, Assumed& into) {
    if (const auto value = at.find(key)) {
        into = assumed(*value, bounds);
    }
}

void readOptional(const JsonAt& at, const char* key, const Bounds& bounds, std::optional<Assumed>& into) {
    if (const auto value = at.find(key)) {
        into = assumed(*value, bounds);
    }
}

// The fields of a setup that may be assumed otherwise, with what they may be.
struct SetupField {
    const char* name;
    double catalog::LocalSetup::*field;
    double least;
    double most;
};
constexpr SetupField kSetupFields[] = {
    {"bitsPerWeight", &catalog::LocalSetup::bitsPerWeight, 1, 32},
    {"utilization", &catalog::LocalSetup::utilization, 1e-3, 1},
    {"yearsOfUse", &catalog::LocalSetup::yearsOfUse, 0.1, 50},
    {"pue", &catalog::LocalSetup::pue, 1, 5},
    {"tariffPerKwh", &catalog::LocalSetup::tariffPerKwh, 0, 10},
    {"operationsPerYear", &catalog::LocalSetup::operationsPerYear, 0, 1e9},
    {"priceUsd", &catalog::LocalSetup::priceUsd, 0, 1e9},
};
constexpr std::int64_t kMostStreams = 100'000;

LocalHardware localHardware(const JsonAt& at) {
    at.onlyKeys({"gpu", "streams", "contextTokens", "source", "bitsPerWeight", "utilization", "yearsOfUse", "pue",
                 "tariffPerKwh", "operationsPerYear", "priceUsd"});
    LocalHardware found;
    found.gpu = at.need("gpu").text();
    for (const auto& field : kSetupFields) {
        if (const auto value = at.find(field.name)) {
            found.setup.*field.field = value->number(field.least, field.most, field.name);
        }
    }
    if (const auto streams = at.find("streams")) {
        const auto count = streams->integer(1, "the number of streams");
        if (count > kMostStreams) {
            streams->fault("streams must be at most 100,000");
        }
        found.setup.streams = static_cast<int>(count);
    }
    if (const auto context = at.find("contextTokens")) {
        found.setup.contextTokens = context->integer(0, "the context of a stream");
    }
    if (const auto source = at.find("source")) {
        found.source = source->text();
    }
    return found;
}

json toJson(const LocalHardware& value) {
    json out{{"gpu", value.gpu}, {"streams", value.setup.streams}, {"contextTokens", value.setup.contextTokens}};
    for (const auto& field : kSetupFields) {
        out[field.name] = value.setup.*field.field;
    }
    if (!value.source.empty()) {
        out["source"] = value.source;
    }
    return out;
}

json toJson(const Assumed& value) {
    json out{{"low", value.low}, {"mid", value.mid}, {"high", value.high}};
    if (!value.source.empty()) {
        out["source"] = value.source;
    }
    return out;
}

Assumptions readAssumptions(const JsonAt& at) {
    at.onlyKeys({"format", "version", "tokenizer", "verbosity", "reasoningEasy", "reasoningHard",
                 "cacheLifetimeSeconds", "honourBatch", "models", "capabilityByTier", "localHardware"});
    if (at.need("format").text() != "tierwise-assumptions") {
        at.need("format").fault("these are no Tierwise assumptions", {}, ErrorCode::badFormat);
    }
    if (at.need("version").integer(1, "the version") > 1) {
        at.need("version").fault("these assumptions are of a newer version", "Update Tierwise.", ErrorCode::badFormat);
    }
    Assumptions found;
    read(at, "tokenizer", kTokenizer, found.tokenizer);
    read(at, "verbosity", kVerbosity, found.verbosity);
    read(at, "reasoningEasy", kReasoning, found.reasoningEasy);
    read(at, "reasoningHard", kReasoning, found.reasoningHard);
    if (const auto lifetime = at.find("cacheLifetimeSeconds")) {
        found.cacheLifetimeSeconds = lifetime->number(0, kLongestLifetime, "a cache lifetime");
    }
    if (const auto batch = at.find("honourBatch")) {
        found.honourBatch = batch->flag();
    }
    if (const auto models = at.find("models")) {
        for (const auto& [name, value] : models->members()) {
            value.onlyKeys({"tokenizer", "verbosity", "reasoningEasy", "reasoningHard", "tokensPerSecond",
                            "multiTokenPrediction"});
            ModelAssumptions model;
            readOptional(value, "tokenizer", kTokenizer, model.tokenizer);
            readOptional(value, "verbosity", kVerbosity, model.verbosity);
            readOptional(value, "reasoningEasy", kReasoning, model.reasoningEasy);
            readOptional(value, "reasoningHard", kReasoning, model.reasoningHard);
            readOptional(value, "tokensPerSecond", kSpeed, model.tokensPerSecond);
            readOptional(value, "multiTokenPrediction", kTokensAStep, model.multiTokenPrediction);
            found.models.emplace(name, std::move(model));
        }
    }
    if (const auto tiers = at.find("capabilityByTier")) {
        tiers->onlyKeys({"premium", "commodity", "local", "source"});
        for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local}) {
            if (const auto value = tiers->find(tierName(tier))) {
                found.capabilityByTier[tier] = value->number(0.01, 0.99, "a share of right answers");
            }
        }
        if (const auto source = tiers->find("source")) {
            found.capabilitySource = source->text();
        }
    }
    if (const auto local = at.find("localHardware")) {
        found.localHardware = localHardware(*local);
    }
    return found;
}

}  // namespace

Result<Assumptions> Assumptions::parse(std::string_view text, const std::string& source) {
    const auto document = route::parseJson(text, source);
    if (!document) {
        return fail(document.error());
    }
    try {
        return readAssumptions(JsonAt(*document, source, ""));
    } catch (const route::JsonFault& fault) {
        return fail(fault.error);
    } catch (const json::exception& error) {
        return fail(ErrorCode::badFormat, std::string("these assumptions cannot be read: ") + error.what(), {}, source);
    }
}

std::string Assumptions::toJson() const {
    json out{{"format", "tierwise-assumptions"},
             {"version", 1},
             {"tokenizer", replay::toJson(tokenizer)},
             {"verbosity", replay::toJson(verbosity)},
             {"reasoningEasy", replay::toJson(reasoningEasy)},
             {"reasoningHard", replay::toJson(reasoningHard)},
             {"cacheLifetimeSeconds", cacheLifetimeSeconds},
             {"honourBatch", honourBatch}};
    for (const auto& [name, model] : models) {
        json one = json::object();
        const auto put = [&](const char* key, const std::optional<Assumed>& value) {
            if (value) {
                one[key] = replay::toJson(*value);
            }
        };
        put("tokenizer", model.tokenizer);
        put("verbosity", model.verbosity);
        put("reasoningEasy", model.reasoningEasy);
        put("reasoningHard", model.reasoningHard);
        put("tokensPerSecond", model.tokensPerSecond);
        put("multiTokenPrediction", model.multiTokenPrediction);
        out["models"][name] = one;
    }
    for (const auto& [tier, value] : capabilityByTier) {
        out["capabilityByTier"][tierName(tier)] = value;
    }
    if (!capabilitySource.empty()) {
        out["capabilityByTier"]["source"] = capabilitySource;
    }
    if (localHardware) {
        out["localHardware"] = replay::toJson(*localHardware);
    }
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace tierwise::replay
