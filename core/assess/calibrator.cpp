// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/calibrator.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tierwise::assess {
namespace {

constexpr std::size_t kFewestForIsotonic = 100;
constexpr double kLeast = 0.01;

double sigmoid(double x) {
    return 1.0 / (1.0 + std::exp(-x));
}

// y ~ sigmoid(offset + scale x), penalized towards (logit of the mean, 4): 4 is the slope of a logit at 1/2.
void fitPlatt(const std::vector<double>& x, const std::vector<double>& y, double& offset, double& scale) {
    const auto n = static_cast<double>(x.size());
    const double slopePenalty = (1e-3 * n + 1.0) * 0.01;
    constexpr double kPriorScale = 4.0;
    const double mean = std::clamp(std::accumulate(y.begin(), y.end(), 0.0) / n, 0.01, 0.99);
    double a = std::log(mean / (1.0 - mean));
    double b = kPriorScale;
    for (int step = 0; step < 40; ++step) {
        double g0 = 0.0;
        double g1 = -slopePenalty * (b - kPriorScale);
        double h00 = 1e-9;
        double h01 = 0.0;
        double h11 = slopePenalty;
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double q = sigmoid(a + b * x[i]);
            const double w = std::max(q * (1.0 - q), 1e-6);
            g0 += y[i] - q;
            g1 += (y[i] - q) * x[i];
            h00 += w;
            h01 += w * x[i];
            h11 += w * x[i] * x[i];
        }
        const double determinant = h00 * h11 - h01 * h01;
        const double da = std::clamp((h11 * g0 - h01 * g1) / determinant, -2.0, 2.0);
        const double db = std::clamp((h00 * g1 - h01 * g0) / determinant, -4.0, 4.0);
        a += da;
        b += db;
        if (std::abs(da) + std::abs(db) < 1e-10) {
            break;
        }
    }
    offset = a;
    scale = std::max(b, 0.0);
}

struct Block {
    double from = 0.0;  // raw
    double to = 0.0;
    double scoreSum = 0.0;
    double rows = 0.0;
};

}  // namespace

Calibrator Calibrator::fit(const std::vector<double>& raw, const std::vector<double>& score) {
    Calibrator result;
    result.m_labels = raw.size();
    if (raw.empty()) {
        return result;
    }
    fitPlatt(raw, score, result.m_offset, result.m_scale);
    if (raw.size() < kFewestForIsotonic) {
        return result;
    }
    std::vector<std::size_t> order(raw.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return raw[a] < raw[b]; });
    std::vector<Block> blocks;
    for (const auto i : order) {
        blocks.push_back({raw[i], raw[i], score[i], 1.0});
        while (blocks.size() > 1) {
            const Block& last = blocks.back();
            Block& before = blocks[blocks.size() - 2];
            if (before.scoreSum * last.rows < last.scoreSum * before.rows) {
                break;
            }
            before = {before.from, last.to, before.scoreSum + last.scoreSum, before.rows + last.rows};
            blocks.pop_back();
        }
    }
    for (const auto& block : blocks) {
        for (const double end : {block.from, block.to}) {
            if (result.m_at.empty() || end > result.m_at.back()) {
                result.m_at.push_back(end);
                result.m_value.push_back(std::clamp(block.scoreSum / block.rows, kLeast, 1.0 - kLeast));
            }
        }
    }
    return result;
}

double Calibrator::isotonic(double raw) const {
    const auto above = std::upper_bound(m_at.begin(), m_at.end(), raw);
    if (above == m_at.begin()) {
        return m_value.front();
    }
    if (above == m_at.end()) {
        return m_value.back();
    }
    const auto i = static_cast<std::size_t>(above - m_at.begin());
    const double t = (raw - m_at[i - 1]) / (m_at[i] - m_at[i - 1]);
    return m_value[i - 1] + t * (m_value[i] - m_value[i - 1]);
}

double Calibrator::operator()(double raw) const {
    const double platt = sigmoid(m_offset + m_scale * raw);
    return m_at.empty() ? platt : 0.5 * (platt + isotonic(raw));
}

}  // namespace tierwise::assess
