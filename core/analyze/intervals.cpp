// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analyze/intervals.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace tierwise::analyze {

namespace {

constexpr std::size_t kBlock = 1024;
constexpr std::size_t kLanes = 8;

std::uint64_t mix(std::uint64_t z) {
    z += 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
}

// P(Poisson(1) <= k) in 1/65536, as signed 16-bit numbers shifted by 32768: a draw is the count of bounds at or below
// a uniform 16-bit number. Beyond 8 the probability is 1.1e-6 and is given to 8.
std::array<std::int16_t, 8> poissonBounds() {
    std::array<std::int16_t, 8> bounds{};
    double term = std::exp(-1.0);
    double sum = 0;
    for (std::size_t k = 0; k < bounds.size(); ++k) {
        sum += term;
        term /= static_cast<double>(k + 1);
        bounds[k] = static_cast<std::int16_t>(std::lround(std::min(65'535.0, sum * 65'536.0)) - 32'768);
    }
    return bounds;
}

// One block's Poisson weights. The same for a (seed, replicate, block), whoever asks.
void drawWeights(std::uint64_t seed, std::uint64_t replicate, std::uint64_t block,
                 const std::array<std::int16_t, 8>& bounds, float* weights) {
    alignas(16) std::int16_t uniform[kBlock];
    const std::uint64_t base = mix(mix(seed ^ (replicate * 0xd1342543de82ef95ULL)) ^ block);
    for (std::size_t i = 0; i < kBlock / 4; ++i) {
        const std::uint64_t bits = mix(base + i * 0x9e3779b97f4a7c15ULL);
        for (unsigned part = 0; part < 4; ++part) {
            uniform[4 * i + part] = static_cast<std::int16_t>(static_cast<std::uint16_t>(bits >> (16U * part)));
        }
    }
    alignas(16) std::int16_t count[kBlock] = {};
    for (const std::int16_t bound : bounds) {
        for (std::size_t i = 0; i < kBlock; ++i) {
            count[i] = static_cast<std::int16_t>(count[i] + (uniform[i] >= bound ? 1 : 0));
        }
    }
    for (std::size_t i = 0; i < kBlock; ++i) {
        weights[i] = count[i];
    }
}

double dot(const float* weights, const float* values, std::size_t count) {
    float lanes[kLanes] = {};
    std::size_t i = 0;
    for (; i + kLanes <= count; i += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            lanes[lane] += weights[i + lane] * values[i + lane];
        }
    }
    double sum = 0;
    for (const float lane : lanes) {
        sum += static_cast<double>(lane);
    }
    for (; i < count; ++i) {
        sum += static_cast<double>(weights[i] * values[i]);
    }
    return sum;
}

}  // namespace

Clusters Clusters::build(std::span<const std::int32_t> sessionCodes, std::size_t sessions,
                         std::span<const std::uint8_t> use) {
    Clusters clusters;
    clusters.of.assign(use.size(), kNone);
    std::vector<std::uint32_t> known(sessions, kNone);
    for (std::size_t row = 0; row < use.size(); ++row) {
        if (use[row] == 0) {
            continue;
        }
        const auto session = sessionCodes.empty() ? 0 : static_cast<std::size_t>(sessionCodes[row]);
        if (session == 0) {
            clusters.of[row] = static_cast<std::uint32_t>(clusters.count++);
            continue;
        }
        if (known[session] == kNone) {
            known[session] = static_cast<std::uint32_t>(clusters.count++);
        }
        clusters.of[row] = known[session];
    }
    return clusters;
}

std::size_t ClusterGroups::of(std::uint32_t cluster) const {
    return m_grouped ? static_cast<std::size_t>(mix(cluster) % m_count) : cluster;
}

std::vector<std::vector<double>> poissonBootstrap(const ClusterSums& sums, int replicates, std::uint64_t seed,
                                                  unsigned threads) {
    const std::size_t columns = sums.columns.size();
    const std::size_t count = sums.clusters();
    const auto reps = static_cast<std::size_t>(std::max(0, replicates));
    const std::size_t blocks = (count + kBlock - 1) / kBlock;
    const auto bounds = poissonBounds();
    // Fixed parts, added in order: the sums do not depend on the threads.
    constexpr std::size_t kParts = 16;
    std::vector<std::vector<double>> parts(kParts, std::vector<double>(columns * reps, 0.0));
    route::parallelRanges(kParts, threads, [&](unsigned, std::size_t first, std::size_t last) {
        alignas(16) float weights[kBlock];
        for (std::size_t part = first; part < last; ++part) {
            for (std::size_t block = blocks * part / kParts; block < blocks * (part + 1) / kParts; ++block) {
                const std::size_t begin = block * kBlock;
                const std::size_t length = std::min(kBlock, count - begin);
                for (std::size_t r = 0; r < reps; ++r) {
                    drawWeights(seed, r, block, bounds, weights);
                    for (std::size_t c = 0; c < columns; ++c) {
                        parts[part][c * reps + r] += dot(weights, sums.columns[c].data() + begin, length);
                    }
                }
            }
        }
    });
    std::vector<std::vector<double>> totals(columns, std::vector<double>(reps, 0.0));
    for (const auto& part : parts) {
        for (std::size_t c = 0; c < columns; ++c) {
            for (std::size_t r = 0; r < reps; ++r) {
                totals[c][r] += part[c * reps + r];
            }
        }
    }
    return totals;
}

Interval percentileInterval(std::vector<double> replicates, std::size_t clusters) {
    if (replicates.empty()) {
        return {};
    }
    std::sort(replicates.begin(), replicates.end());
    const auto at = [&](double p) {
        const double place = p * static_cast<double>(replicates.size() + 1) - 1;
        const double clamped = std::clamp(place, 0.0, static_cast<double>(replicates.size() - 1));
        const auto low = static_cast<std::size_t>(clamped);
        const std::size_t high = std::min(low + 1, replicates.size() - 1);
        return replicates[low] + (clamped - static_cast<double>(low)) * (replicates[high] - replicates[low]);
    };
    double tail = 0.025;
    if (clusters > 1) {
        const auto n = static_cast<double>(clusters);
        tail = std::erfc(studentQuantile(n - 1) * std::sqrt(n / (n - 1)) / std::sqrt(2.0)) / 2;
    }
    return {at(tail), at(1 - tail)};
}

double studentQuantile(double degrees) {
    constexpr double z = 1.959964;
    if (degrees < 1.5) {
        return 12.7062;
    }
    if (degrees < 2.5) {
        return 4.30265;
    }
    const double z2 = z * z;
    const double inverse = 1 / degrees;
    return z * (1 + inverse * ((z2 + 1) / 4 +
                               inverse * ((5 * z2 * z2 + 16 * z2 + 3) / 96 +
                                          inverse * ((3 * z2 * z2 * z2 + 19 * z2 * z2 + 17 * z2 - 15) / 384))));
}

RatioEstimate RatioMoments::estimate() const {
    RatioEstimate result;
    result.value = y != 0 ? x / y : 0;
    if (n < 2 || y <= 0) {
        result.standardError = std::numeric_limits<double>::infinity();
        result.range = {-result.standardError, result.standardError};
        return result;
    }
    const double residual = std::max(0.0, xx - 2 * result.value * xy + result.value * result.value * yy);
    result.standardError = std::sqrt(residual * n / (n - 1)) / y;
    const double width = studentQuantile(n - 1) * result.standardError;
    result.range = {result.value - width, result.value + width};
    return result;
}

RatioEstimate deltaRatio(std::span<const float> numerator, std::span<const float> denominator) {
    RatioMoments moments;
    for (std::size_t i = 0; i < numerator.size(); ++i) {
        moments.add(static_cast<double>(numerator[i]), static_cast<double>(denominator[i]));
    }
    return moments.estimate();
}

std::optional<double> labelsNeeded(double standardDeviation, double delta) {
    if (delta == 0 || !std::isfinite(delta) || !std::isfinite(standardDeviation)) {
        return {};
    }
    const double ratio = 1.959964 * standardDeviation / delta;
    return std::ceil(ratio * ratio);
}

}  // namespace tierwise::analyze
