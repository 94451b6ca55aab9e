// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/difficulty_model.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "core/assess/lexicon.h"
#include "core/assess/model_file.h"

namespace tierwise::assess {
namespace {

constexpr std::size_t kMostReasons = 6;
constexpr float kCounterCap = 4.0F;  // standard deviations
constexpr double kLeastShare = 0.02;

double clampShare(double value) {
    return std::clamp(value, kLeastShare, 1.0 - kLeastShare);
}

double logit(double p) {
    return std::log(p / (1.0 - p));
}

std::size_t bucketOf(const Term& term) {
    return static_cast<std::size_t>(term.kind) * kBuckets + (term.hash & (kBuckets - 1));
}

// 1 + log of small counts, because most terms stand once.
float termFrequency(std::uint16_t count) {
    static const std::array<float, 16> kTable = [] {
        std::array<float, 16> table{};
        for (std::size_t i = 1; i < table.size(); ++i) {
            table[i] = 1.0F + std::log(static_cast<float>(i));
        }
        return table;
    }();
    return count < kTable.size() ? kTable[count] : 1.0F + std::log(static_cast<float>(count));
}

float standardized(const Part& part, const Features& features, std::size_t counter) {
    const float value = (features.counters[counter] - part.counterMean[counter]) * part.counterInverse[counter];
    return std::clamp(value, -kCounterCap, kCounterCap);
}

FeatureExtractor& extractorOfThread() {
    thread_local FeatureExtractor extractor;
    return extractor;
}

std::vector<Reason> reasonsOf(const DifficultyModel::Data& data, const Features& features) {
    std::vector<Reason> reasons;
    for (std::size_t counter = 0; counter < kCounters; ++counter) {
        double effect = 0.0;
        for (const auto& part : data.parts) {
            double inPart = 0.0;
            for (const auto& model : part.panel) {
                for (std::size_t k = 0; k < kLatents; ++k) {
                    inPart -= static_cast<double>(model.loading[k] * part.counterWeight[counter][k]);
                }
            }
            // 4 = slope of the log-odds at one half
            effect += 4.0 * inPart / static_cast<double>(part.panel.size()) *
                      static_cast<double>(standardized(part, features, counter)) /
                      static_cast<double>(data.parts.size());
        }
        if (std::abs(effect) >= 0.01) {
            const float above = standardized(data.parts.front(), features, counter);
            reasons.push_back({std::string(counterKey(counter)),
                               fmt::format("{} than usual of: {}", above >= 0 ? "more" : "less", counterText(counter)),
                               static_cast<float>(effect)});
        }
    }
    return reasons;
}

void addWordReasons(const DifficultyModel::Data& data, const Features& features, const PromptText& prompt,
                    std::vector<Reason>& reasons) {
    // What the words say together, told apart from the counters.
    double effect = 0.0;
    for (const auto& part : data.parts) {
        Features silent = features;
        silent.terms.clear();
        effect += 4.0 * (part.panelFailure(part.outputs(features)) - part.panelFailure(part.outputs(silent))) /
                  static_cast<double>(data.parts.size());
    }
    if (std::abs(effect) >= 0.01) {
        reasons.push_back({"topic",
                           effect > 0 ? "its words stand in prompts that models fail more often"
                                      : "its words stand in prompts that models mostly get right",
                           static_cast<float>(effect)});
    }
    if (prompt.fromContext) {
        reasons.push_back({"context", "the last turn says little, so the turns before it were judged with it", 0.0F});
    }
}

}  // namespace

Outputs Part::outputs(const Features& features) const {
    std::array<std::array<float, kOutputs>, kTermKinds> sums{};
    std::array<float, kTermKinds> squares{};
    constexpr std::size_t kAhead = 24;  // the table is larger than the near caches: ask for rows before they are needed
    const auto& terms = features.terms;
    for (std::size_t t = 0; t < terms.size(); ++t) {
        if (t + kAhead < terms.size()) {
            __builtin_prefetch(&buckets[bucketOf(terms[t + kAhead])]);
        }
        const auto& term = terms[t];
        const auto kind = static_cast<std::size_t>(term.kind);
        const auto& row = buckets[bucketOf(term)];
        const float value = termFrequency(term.count) * static_cast<float>(row.idf);
        squares[kind] += value * value;
        for (std::size_t k = 0; k < kOutputs; ++k) {
            sums[kind][k] += value * static_cast<float>(row.weight[k]);
        }
    }
    std::array<float, kOutputs> linear = intercept;
    for (std::size_t kind = 0; kind < kTermKinds; ++kind) {
        if (squares[kind] > 0.0F) {
            const float scale = kindWeight[kind] / std::sqrt(squares[kind]);
            for (std::size_t k = 0; k < kOutputs; ++k) {
                linear[k] += scale * termScale[k] * sums[kind][k];
            }
        }
    }
    for (std::size_t counter = 0; counter < kCounters; ++counter) {
        const float value = standardized(*this, features, counter);
        for (std::size_t k = 0; k < kOutputs; ++k) {
            linear[k] += value * counterWeight[counter][k];
        }
    }
    Outputs result{};
    for (std::size_t k = 0; k < kOutputs; ++k) {
        result[k] = static_cast<double>(linear[k]);
    }
    return result;
}

double Part::panelMean() const {
    double sum = 0.0;
    for (const auto& model : panel) {
        sum += static_cast<double>(model.mean);
    }
    return sum / static_cast<double>(panel.size());
}

double Part::panelFailure(const Outputs& at) const {
    double success = 0.0;
    for (const auto& model : panel) {
        double q = static_cast<double>(model.mean);
        for (std::size_t k = 0; k < kLatents; ++k) {
            q += static_cast<double>(model.loading[k]) * at[k];
        }
        success += q;
    }
    return clampShare(1.0 - success / static_cast<double>(panel.size()));
}

double Part::quality(const Outputs& at, double mean) const {
    // Each panel model speaks with a weight that falls with its distance in ability: a kernel smoother, whose width is
    // wide enough that no one model's peculiarities are passed on as if they were the level's.
    constexpr double kWidth = 0.6;
    const double ability = logit(clampShare(mean));
    double weights = 1e-12;
    std::array<double, kLatents> loading{};
    for (const auto& model : panel) {
        const double distance = (logit(clampShare(static_cast<double>(model.mean))) - ability) / kWidth;
        const double weight = std::exp(-0.5 * distance * distance) + 1e-4;
        weights += weight;
        for (std::size_t k = 0; k < kLatents; ++k) {
            loading[k] += weight * static_cast<double>(model.loading[k]);
        }
    }
    double q = mean;
    for (std::size_t k = 0; k < kLatents; ++k) {
        q += loading[k] / weights * at[k];
    }
    return q;
}

bool Part::trainedOnPrompt(std::uint32_t hash) const {
    return std::binary_search(promptHashes.begin(), promptHashes.end(), hash);
}

std::uint32_t promptHash(const Features& features) {
    std::uint32_t hash = 0x2545F491U;
    for (const auto& term : features.terms) {
        if (term.kind == TermKind::word || term.kind == TermKind::pair) {
            hash += mixHash(term.hash ^ term.count);  // order does not matter
        }
    }
    return mixHash(hash);
}

DifficultyModel::DifficultyModel(std::shared_ptr<const Data> data) : m_data(std::move(data)) {}

Result<DifficultyModel> DifficultyModel::load(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        return fail(ErrorCode::notFound, "cannot open the difficulty model", "Install Tierwise again.", file.string());
    }
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (in.bad()) {
        return fail(ErrorCode::io, "cannot read the difficulty model", "", file.string());
    }
    auto model = parse(bytes.view());
    if (!model) {
        auto error = model.error();
        error.source = file.string();
        return fail(std::move(error));
    }
    return model;
}

Result<DifficultyModel> DifficultyModel::parse(std::string_view bytes) {
    auto data = parseModel(bytes);
    if (!data) {
        return fail(data.error());
    }
    return DifficultyModel(std::make_shared<const Data>(std::move(*data)));
}

const std::string& DifficultyModel::fingerprint() const {
    return m_data->fingerprint;
}

Score DifficultyModel::score(std::string_view prompt) const {
    return scoreOf(read(extractorOfThread(), prompt));
}

const Features& DifficultyModel::read(FeatureExtractor& extractor, std::string_view prompt) const {
    return extractor.extract(prompt, &m_data->vocabulary);
}

Score DifficultyModel::scoreOf(const Features& features) const {
    Score result;
    const auto coverage = m_data->novelty.coverageOf(features);
    result.familiarity = static_cast<float>(coverage.familiarity());
    result.signal = m_data->novelty.signalOf(features, coverage);
    if (result.signal != Signal::scored) {
        return result;
    }
    double difficulty = 0.0;
    double variance = 0.0;
    double logLength = 0.0;
    double lengthParts = 0.0;
    double medianShift = 0.0;
    double p90Shift = 0.0;
    double least = 1.0;
    double most = 0.0;
    const auto parts = static_cast<double>(m_data->parts.size());
    for (std::size_t p = 0; p < m_data->parts.size(); ++p) {
        const auto& part = m_data->parts[p];
        const auto at = part.outputs(features);
        const double failure = part.panelFailure(at);
        difficulty += failure / parts;
        least = std::min(least, failure);
        most = std::max(most, failure);
        variance += static_cast<double>(part.difficultySd * part.difficultySd) / parts;
        for (std::size_t k = 0; k < kLatents && p * kLatents + k < result.latents.size(); ++k) {
            result.latents[p * kLatents + k] = static_cast<float>(at[k]);
        }
        if (part.hasLength) {
            logLength += at[kLatents];
            medianShift += static_cast<double>(part.lengthMedianShift);
            p90Shift += static_cast<double>(part.lengthP90Shift);
            lengthParts += 1.0;
        }
    }
    result.difficulty = static_cast<float>(difficulty);
    // Parts that disagree add to the doubt.
    result.uncertainty = static_cast<float>(std::sqrt(variance + 0.25 * (most - least) * (most - least)));
    if (lengthParts > 0.0) {
        const double middle = std::min(logLength / lengthParts, 12.0);
        result.length.p50 = static_cast<float>(std::exp(middle + medianShift / lengthParts));
        result.length.p90 = static_cast<float>(std::exp(middle + p90Shift / lengthParts));
    }
    return result;
}

Assessment DifficultyModel::assess(std::string_view prompt) const {
    auto& extractor = extractorOfThread();
    const auto& features = read(extractor, prompt);
    const Score found = scoreOf(features);
    Assessment result;
    result.signal = found.signal;
    result.familiarity = found.familiarity;
    result.uncertainty = found.uncertainty;
    if (found.signal == Signal::noSignal) {
        result.reasons.push_back({"noSignal", "too little text to judge", 0.0F});
        return result;
    }
    if (found.signal == Signal::unlikeAnythingSeen) {
        result.reasons.push_back(
            {"unlikeAnythingSeen",
             fmt::format(
                 "{:.0f} % of its words and word pairs are known from training; with the way it is built, it is "
                 "stranger than {:.0f} in 100 training prompts",
                 100.0 * static_cast<double>(found.familiarity), 100.0 * (1.0 - kFiresInTraining)),
             0.0F});
        return result;
    }
    result.difficulty = found.difficulty;
    if (found.length.p50 > 0.0F) {
        result.length = found.length;
    }
    result.reasons = reasonsOf(*m_data, features);
    addWordReasons(*m_data, features, extractor.prompt(), result.reasons);
    std::stable_sort(result.reasons.begin(), result.reasons.end(), [](const Reason& a, const Reason& b) {
        return std::abs(a.contribution) > std::abs(b.contribution);
    });
    if (result.reasons.size() > kMostReasons) {
        result.reasons.resize(kMostReasons);
    }
    return result;
}

}  // namespace tierwise::assess
