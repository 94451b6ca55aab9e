// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/evaluate_table.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>

#include "core/base/rng.h"

namespace tierwise::assess {
namespace {

constexpr std::size_t kSweepPoints = 300;
constexpr double kTarget = 0.8;

using Values = std::map<std::string, std::optional<double>>;

// A router as a sweep: which model each row goes to, at each setting of its knob.
struct Sweep {
    std::vector<std::vector<std::uint8_t>> choice;

    [[nodiscard]] std::vector<CostQuality> curve(const Matrix& cost, const Matrix& score,
                                                 const std::vector<double>& weight) const {
        std::vector<CostQuality> points;
        const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
        for (const auto& setting : choice) {
            CostQuality point;
            for (std::size_t i = 0; i < setting.size(); ++i) {
                const auto row = static_cast<Eigen::Index>(i);
                point.cost += weight[i] * cost(row, setting[i]);
                point.quality += weight[i] * score(row, setting[i]);
            }
            points.push_back({point.cost / total, point.quality / total});
        }
        return points;
    }
};

// argmax_j q_ij - lambda c_ij for lambda from 0 up to "cost is all that counts"; ties go to the cheaper model.
Sweep utilitySweep(const Matrix& quality, const Matrix& cost) {
    Sweep sweep;
    const double scale = std::max(cost.colwise().mean().maxCoeff(), 1e-12);
    for (std::size_t k = 0; k <= kSweepPoints; ++k) {
        const double lambda =
            k == 0 ? 1e-9 / scale
                   : 1e-4 * std::pow(1e7, static_cast<double>(k - 1) / static_cast<double>(kSweepPoints - 1)) / scale;
        std::vector<std::uint8_t> choice(static_cast<std::size_t>(quality.rows()));
        for (Eigen::Index i = 0; i < quality.rows(); ++i) {
            Eigen::Index best = 0;
            double most = quality(i, 0) - lambda * cost(i, 0);
            for (Eigen::Index j = 1; j < quality.cols(); ++j) {
                const double utility = quality(i, j) - lambda * cost(i, j);
                if (utility > most || (utility == most && cost(i, j) < cost(i, best))) {
                    most = utility;
                    best = j;
                }
            }
            choice[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(best);
        }
        sweep.choice.push_back(std::move(choice));
    }
    return sweep;
}

// Longer than a quantile: to the best single model; else to the cheapest.
Sweep lengthSweep(const Vector& length, std::size_t best, std::size_t cheapest) {
    std::vector<double> sorted(length.begin(), length.end());
    std::sort(sorted.begin(), sorted.end());
    Sweep sweep;
    for (std::size_t k = 0; k <= 100; ++k) {
        const double bound = k == 100 ? sorted.back() + 1.0 : sorted[k * (sorted.size() - 1) / 100];
        std::vector<std::uint8_t> choice;
        for (const double size : length) {
            choice.push_back(static_cast<std::uint8_t>(k == 0 || size >= bound ? best : cheapest));
        }
        sweep.choice.push_back(std::move(choice));
    }
    return sweep;
}

std::vector<double> toVector(const Vector& values) {
    return {values.begin(), values.end()};
}

// Everything of one draw that does not change when rows are counted anew.
class Draw {
public:
    Draw(const Truth& truth, const Predictions& predictions) : m_truth(truth), m_said(predictions) {
        const std::vector<Eigen::Index> rows(predictions.rows.begin(), predictions.rows.end());
        m_score = truth.score(rows, Eigen::all);
        m_length = truth.length(rows);
        m_hasCost = truth.cost.cols() > 0;
        if (m_hasCost) {
            m_cost = truth.cost(rows, Eigen::all);
            m_routed = utilitySweep(predictions.quality, predictions.cost);
            m_oracle = utilitySweep(m_score, m_cost);
        }
    }

    [[nodiscard]] const std::vector<std::size_t>& rows() const { return m_said.rows; }

    [[nodiscard]] Values measure(const std::vector<double>& weight) const {
        Values values;
        if (m_truth.pair) {
            measurePair(weight, values);
        }
        if (m_hasCost) {
            measureCost(weight, values);
        }
        const auto ratio = [&](const char* name, const char* numerator, const char* oracle, double base) {
            const auto top = values.find(numerator);
            const auto most = values.find(oracle);
            if (top != values.end() && most != values.end() && top->second && most->second && *most->second > base) {
                values[name] = (*top->second - base) / (*most->second - base);
            }
        };
        if (m_hasCost) {
            ratio("gapClosed", "tierwise.aiq", "oracle.aiq", *values["zero.aiq"]);
        }
        if (m_truth.pair) {
            ratio("skill", "tierwise.apgr", "oracle.apgr", 0.5);
        } else if (m_hasCost) {
            values["skill"] = values["gapClosed"];
        }
        measureModels(weight, values);
        return values;
    }

    // Least predicted cost with predicted success >= the target; nothing where no setting reaches it.
    void target(std::optional<double>& predicted, std::optional<double>& reached) const {
        if (!m_hasCost) {
            return;
        }
        const std::vector<double> ones(rows().size(), 1.0);
        const auto said = m_routed.curve(m_said.cost, m_said.quality, ones);
        const auto came = m_routed.curve(m_cost, m_score, ones);
        for (std::size_t k = said.size(); k-- > 0;) {
            if (said[k].quality < kTarget) {
                continue;
            }
            // Mix with the next cheaper setting so that the promise is met exactly.
            double mix = 1.0;
            if (k + 1 < said.size() && said[k].quality > said[k + 1].quality) {
                mix = (kTarget - said[k + 1].quality) / (said[k].quality - said[k + 1].quality);
            }
            const auto next = std::min(k + 1, said.size() - 1);
            predicted = mix * said[k].quality + (1.0 - mix) * said[next].quality;
            reached = mix * came[k].quality + (1.0 - mix) * came[next].quality;
            return;
        }
    }

private:
    void measurePair(const std::vector<double>& weight, Values& values) const {
        const auto strong = toVector(m_score.col(0));
        const auto weak = toVector(m_score.col(1));
        const auto put = [&](const std::string& name, const std::vector<double>& score) {
            const auto curve = pairCurve(score, strong, weak, weight);
            values[name + ".apgr"] = curve ? std::optional<double>(curve->apgr) : std::nullopt;
            values[name + ".cpt50"] = curve ? curve->cpt50 : std::nullopt;
            values[name + ".cpt80"] = curve ? curve->cpt80 : std::nullopt;
        };
        put("tierwise", toVector(m_said.gain));
        put("lengthOnly", toVector(m_length));
        put("oracle", toVector(m_score.col(0) - m_score.col(1)));
        for (const std::string name : {"random", "zero"}) {  // a mix of the two models is a straight line
            values[name + ".apgr"] = 0.5;
            values[name + ".cpt50"] = 50.0;
            values[name + ".cpt80"] = 80.0;
        }
    }

    void measureCost(const std::vector<double>& weight, Values& values) const {
        const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
        const auto w = Eigen::Map<const Vector>(weight.data(), static_cast<Eigen::Index>(weight.size()));
        std::vector<CostQuality> singles;
        std::size_t best = 0;
        std::size_t cheapest = 0;
        std::size_t dearest = 0;
        for (Eigen::Index j = 0; j < m_score.cols(); ++j) {
            singles.push_back({w.dot(m_cost.col(j)) / total, w.dot(m_score.col(j)) / total});
            const auto model = singles.size() - 1;
            best = singles[model].quality > singles[best].quality ? model : best;
            cheapest = singles[model].cost < singles[cheapest].cost ? model : cheapest;
            dearest = singles[model].cost > singles[dearest].cost ? model : dearest;
        }
        const auto put = [&](const std::string& name, const std::vector<CostQuality>& curve) {
            values[name + ".aiq"] =
                averageImprovement(risingHull(curve), singles[cheapest].cost, singles[dearest].cost);
            for (const auto& [key, share] : {std::pair{".saveAt100", 1.0}, {".saveAt99", 0.99}, {".saveAt95", 0.95}}) {
                const auto cost = leastCostAt(curve, share * singles[best].quality);
                values[name + key] = cost && singles[best].cost > 0.0
                                         ? std::optional<double>(100.0 * (1.0 - *cost / singles[best].cost))
                                         : std::nullopt;
            }
        };
        put("tierwise", m_routed.curve(m_cost, m_score, weight));
        put("oracle", m_oracle.curve(m_cost, m_score, weight));
        put("zero", risingHull(singles));
        put("random", {singles[cheapest], singles[best]});
        put("lengthOnly", lengthSweep(m_length, best, cheapest).curve(m_cost, m_score, weight));
    }

    void measureModels(const std::vector<double>& weight, Values& values) const {
        const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
        for (Eigen::Index j = 0; j < m_score.cols(); ++j) {
            const auto observed = toVector(m_score.col(j));
            const auto found = calibrationOf(toVector(m_said.quality.col(j)), observed, weight);
            double mean = 0.0;
            for (std::size_t i = 0; i < observed.size(); ++i) {
                mean += weight[i] * observed[i] / total;
            }
            double variance = 0.0;
            for (std::size_t i = 0; i < observed.size(); ++i) {
                variance += weight[i] * (observed[i] - mean) * (observed[i] - mean) / total;
            }
            const std::string name = "model." + std::to_string(j);
            values[name + ".ece"] = found.ece;
            values[name + ".eceByMass"] = found.eceByMass;
            values[name + ".chance"] = found.chance.mean;
            values[name + ".chanceHigh"] = found.chance.high;
            values[name + ".chanceByMass"] = found.chanceByMass.mean;
            values[name + ".chanceByMassHigh"] = found.chanceByMass.high;
            values[name + ".brier"] = found.brier;
            values[name + ".skill"] =
                variance > 0.0 ? std::optional<double>(1.0 - found.brier / variance) : std::nullopt;
        }
    }

    const Truth& m_truth;
    const Predictions& m_said;
    Matrix m_score;
    Matrix m_cost;
    Vector m_length;
    bool m_hasCost = false;
    Sweep m_routed;
    Sweep m_oracle;
};

// Poisson(1) by inversion of its distribution function.
double poissonOne(Rng& rng) {
    double u = rng.uniform();
    double p = std::exp(-1.0);
    double k = 0.0;
    while (u > p && k < 12.0) {
        u -= p;
        k += 1.0;
        p /= k;
    }
    return k;
}

Values averageOf(const std::vector<Draw>& draws, const std::vector<double>& weight) {
    std::map<std::string, std::pair<double, std::size_t>> sums;
    std::map<std::string, bool> gap;
    for (const auto& draw : draws) {
        std::vector<double> own;
        for (const auto row : draw.rows()) {
            own.push_back(weight[row]);
        }
        for (const auto& [name, value] : draw.measure(own)) {
            if (value) {
                sums[name].first += *value;
                ++sums[name].second;
            } else {
                gap[name] = true;
            }
        }
    }
    Values values;
    for (const auto& [name, sum] : sums) {
        values[name] =
            gap.count(name) != 0 ? std::nullopt : std::optional<double>(sum.first / static_cast<double>(sum.second));
    }
    return values;
}

}  // namespace

void fillFigures(const Truth& truth, const std::vector<Predictions>& predictions, const EvaluateOptions& options,
                 EvaluateReport& report) {
    std::vector<Draw> draws;
    draws.reserve(predictions.size());
    for (const auto& said : predictions) {
        draws.emplace_back(truth, said);
    }
    const auto rows = static_cast<std::size_t>(truth.score.rows());
    const Values values = averageOf(draws, std::vector<double>(rows, 1.0));
    std::map<std::string, std::vector<double>> resampled;
    Rng rng(options.seed ^ 0xb0075714aULL);
    for (std::size_t replicate = 0; replicate < options.replicates; ++replicate) {
        std::vector<double> weight(rows);
        for (auto& count : weight) {
            count = poissonOne(rng);
        }
        for (const auto& [name, value] : averageOf(draws, weight)) {
            if (value) {
                resampled[name].push_back(*value);
            }
        }
    }
    const auto figure = [&](const std::string& name) {
        Figure result;
        const auto at = values.find(name);
        if (at == values.end() || !at->second) {
            return result;
        }
        result.value = at->second;
        auto& sample = resampled[name];
        std::sort(sample.begin(), sample.end());
        const auto quantile = [&](double share) {
            return sample.empty()
                       ? *result.value
                       : sample[static_cast<std::size_t>(std::lround(share * static_cast<double>(sample.size() - 1)))];
        };
        result.low = quantile(0.025);
        result.high = quantile(0.975);
        return result;
    };
    for (const std::string name : {"tierwise", "random", "lengthOnly", "zero", "oracle"}) {
        report.routers.push_back({name, figure(name + ".apgr"), figure(name + ".cpt50"), figure(name + ".cpt80"),
                                  figure(name + ".aiq"), figure(name + ".saveAt100"), figure(name + ".saveAt99"),
                                  figure(name + ".saveAt95")});
    }
    report.skill = figure("skill");
    report.gapClosed = figure("gapClosed");
    std::size_t best = 0;
    for (std::size_t j = 0; j < truth.names.size(); ++j) {
        const auto column = static_cast<Eigen::Index>(j);
        const std::string key = "model." + std::to_string(j);
        const auto plain = [&](const char* name) { return values.at(key + name).value_or(0.0); };
        ModelFigures model;
        model.name = truth.names[j];
        model.meanScore = truth.score.col(column).mean();
        model.ece = figure(key + ".ece");
        model.eceByMass = figure(key + ".eceByMass");
        model.eceChance = {plain(".chance"), plain(".chanceHigh")};
        model.eceByMassChance = {plain(".chanceByMass"), plain(".chanceByMassHigh")};
        model.brier = figure(key + ".brier");
        model.brierSkill = figure(key + ".skill");
        if (truth.cost.cols() > 0) {
            model.meanCost = truth.cost.col(column).mean();
        }
        report.models.push_back(std::move(model));
        best = report.models[j].meanScore > report.models[best].meanScore ? j : best;
    }
    report.best = truth.names[best];
    draws.front().target(report.target80Predicted, report.target80Reached);
}

}  // namespace tierwise::assess
