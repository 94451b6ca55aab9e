// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/screening.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/assess/metrics.h"

namespace tierwise::assess {
namespace {

// Chosen on training rows, each set judged by what the other teaches (resources/assess/PROVENANCE.md).
constexpr double kLeastMean = 0.05;       // a model below it on a whole task was not understood by the scorer
constexpr double kLeastItemRest = 0.15;   // correlation with the rest of the panel
constexpr double kLeastSlope = 0.35;      // of a task's mean scores on the models' means elsewhere
constexpr double kRowsAloneDecide = 0.5;  // mean item-rest correlation from which a flat task is the scorer's doing
constexpr int kFewestBelieved = 3;        // models, for a row or a task to be judged by
constexpr int kFewestForSlope = 4;        // models, for a slope

using Rows = std::vector<Eigen::Index>;

struct Sum {
    double total = 0.0;
    int count = 0;
    void add(double value) {
        total += value;
        ++count;
    }
    [[nodiscard]] double mean() const { return total / count; }
};

// How a model's scores on some rows go along with the mean of the others'.
double itemRest(const Matrix& scores, const Rows& rows, Eigen::Index model) {
    std::vector<double> own;
    std::vector<double> rest;
    for (const auto row : rows) {
        Sum others;
        for (Eigen::Index j = 0; j < scores.cols(); ++j) {
            if (j != model && !std::isnan(scores(row, j))) {
                others.add(scores(row, j));
            }
        }
        if (!std::isnan(scores(row, model)) && others.count > 0) {
            own.push_back(scores(row, model));
            rest.push_back(others.mean());
        }
    }
    return lineThrough(rest, own).correlation;
}

Sum meanOf(const Matrix& scores, const Rows& rows, Eigen::Index model) {
    Sum sum;
    for (const auto row : rows) {
        if (!std::isnan(scores(row, model))) {
            sum.add(scores(row, model));
        }
    }
    return sum;
}

// Takes the blocks of one task that cannot be believed out of `believed`; the mean item-rest correlation of the others.
double screenModels(const Matrix& scores, const std::string& category, const Rows& rows, Matrix& believed,
                    std::vector<Screened::SetAside>& setAside) {
    Sum kept;
    for (Eigen::Index j = 0; j < scores.cols(); ++j) {
        const Sum mean = meanOf(scores, rows, j);
        if (mean.count < static_cast<int>(kFewestScreened)) {
            continue;
        }
        const double along = itemRest(scores, rows, j);
        if (mean.mean() >= kLeastMean && along >= kLeastItemRest) {
            kept.add(along);
            continue;
        }
        setAside.push_back({category, static_cast<std::size_t>(j)});
        for (const auto row : rows) {
            believed(row, j) = std::nan("");
        }
    }
    return kept.count > 0 ? kept.mean() : 0.0;
}

// Do abler models, by what they score on other tasks, score higher on this one?
bool abilityTells(const Matrix& believed, const Rows& rows, const Rows& elsewhere) {
    std::vector<double> here;
    std::vector<double> there;
    for (Eigen::Index j = 0; j < believed.cols(); ++j) {
        const Sum own = meanOf(believed, rows, j);
        const Sum other = meanOf(believed, elsewhere, j);
        if (own.count > 0 && other.count > 0) {
            here.push_back(own.mean());
            there.push_back(other.mean());
        }
    }
    return static_cast<int>(here.size()) < kFewestForSlope || lineThrough(there, here).slope >= kLeastSlope;
}

// A row's level plus a model's, by least squares over the believed cells (alternating; both converge within a few
// steps since each row has several models).
void fillSetAside(const Matrix& known, Matrix& believed) {
    constexpr int kSteps = 30;
    Vector level = Vector::Zero(believed.cols());
    Vector row = Vector::Zero(believed.rows());
    for (int step = 0; step < kSteps; ++step) {
        std::vector<Sum> models(static_cast<std::size_t>(believed.cols()));
        for (Eigen::Index i = 0; i < believed.rows(); ++i) {
            Sum sum;
            for (Eigen::Index j = 0; j < believed.cols(); ++j) {
                if (!std::isnan(believed(i, j))) {
                    sum.add(believed(i, j) - level(j));
                }
            }
            row(i) = sum.count > 0 ? sum.mean() : 0.0;
            for (Eigen::Index j = 0; j < believed.cols(); ++j) {
                if (!std::isnan(believed(i, j))) {
                    models[static_cast<std::size_t>(j)].add(believed(i, j) - row(i));
                }
            }
        }
        for (Eigen::Index j = 0; j < believed.cols(); ++j) {
            const auto& sum = models[static_cast<std::size_t>(j)];
            level(j) = sum.count > 0 ? sum.mean() : 0.0;
        }
    }
    for (Eigen::Index i = 0; i < believed.rows(); ++i) {
        for (Eigen::Index j = 0; j < believed.cols(); ++j) {
            if (std::isnan(believed(i, j)) && !std::isnan(known(i, j))) {
                believed(i, j) = std::clamp(row(i) + level(j), 0.0, 1.0);
            }
        }
    }
}

}  // namespace

bool Screened::believes(const std::string& category, std::size_t model) const {
    return std::none_of(setAside.begin(), setAside.end(), [&](const SetAside& block) {
        return block.category == category && block.model.value_or(model) == model;
    });
}

Screened screenOutcomes(const Matrix& scores, const std::vector<std::string>& categories) {
    Screened result;
    std::map<std::string, Rows> tasks;
    for (std::size_t i = 0; i < categories.size(); ++i) {
        tasks[categories[i]].push_back(static_cast<Eigen::Index>(i));
    }
    Matrix believed = scores;
    std::map<std::string, double> along;
    std::map<std::string, std::vector<Screened::SetAside>> blocks;
    for (const auto& [category, rows] : tasks) {
        if (rows.size() >= kFewestScreened && scores.cols() >= kFewestBelieved) {
            along[category] = screenModels(scores, category, rows, believed, blocks[category]);
        }
    }
    std::vector<bool> stays(categories.size(), true);
    for (const auto& [category, mean] : along) {
        const auto& rows = tasks[category];
        Rows elsewhere;
        for (const auto& [other, otherRows] : tasks) {
            if (other != category) {
                elsewhere.insert(elsewhere.end(), otherRows.begin(), otherRows.end());
            }
        }
        const bool few = scores.cols() - static_cast<Eigen::Index>(blocks[category].size()) < kFewestBelieved;
        if (few || (mean >= kRowsAloneDecide && !abilityTells(believed, rows, elsewhere))) {
            blocks[category] = {{category, std::nullopt}};
            for (const auto row : rows) {
                stays[static_cast<std::size_t>(row)] = false;
            }
        }
    }
    Rows kept;
    for (std::size_t i = 0; i < stays.size(); ++i) {
        if (stays[i]) {
            kept.push_back(static_cast<Eigen::Index>(i));
            result.rows.push_back(i);
        }
    }
    result.scores = believed(kept, Eigen::all);
    for (Eigen::Index j = 0; j < result.scores.cols(); ++j) {
        result.labels.push_back(static_cast<std::size_t>((!result.scores.col(j).array().isNaN()).count()));
    }
    fillSetAside(scores(kept, Eigen::all), result.scores);
    for (auto& [category, list] : blocks) {
        result.setAside.insert(result.setAside.end(), list.begin(), list.end());
    }
    return result;
}

}  // namespace tierwise::assess
