// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/analyze/results.h"
#include "core/base/task_context.h"
#include "core/route/parallel.h"

namespace tierwise::analyze {

/// Sums by cluster (session, or the row itself where it has none) of the quantities that intervals are made of: rows of
/// a session are not independent, sessions are. Column c of cluster k is columns[c][k].
struct ClusterSums {
    std::vector<std::vector<float>> columns;
    [[nodiscard]] std::size_t clusters() const { return columns.empty() ? 0 : columns.front().size(); }
};

/// Cluster numbers of rows: rows of one session share one, every row without a session has its own.
/// sessionCodes: [row], 0 = no session; use: [row] nonzero = the row counts (others get no cluster).
struct Clusters {
    static constexpr std::uint32_t kNone = 0xffffffffU;
    std::vector<std::uint32_t> of;  ///< [row], kNone = not used
    std::size_t count = 0;
    [[nodiscard]] static Clusters build(std::span<const std::int32_t> sessionCodes, std::size_t sessions,
                                        std::span<const std::uint8_t> use);
};

/// Clusters put into groups without regard to what they hold, so that millions of them are drawn as thousands: a group
/// is drawn as a whole, and the variance of a sum over groups is that over clusters, to about sqrt(2 / groups) (the
/// random group method: Wolter, Introduction to Variance Estimation, 2007, ch. 2). Up to `most` clusters each is a
/// group of its own.
class ClusterGroups {
public:
    static constexpr std::size_t kMost = 65'536;  ///< variance to 0.6 %, a tenth of what 200 replicates leave open

    explicit ClusterGroups(std::size_t clusters, std::size_t most = kMost)
        : m_count(clusters < most ? clusters : most), m_grouped(clusters > most) {}
    [[nodiscard]] std::size_t count() const { return m_count; }
    /// By a hash of its number alone: clusters that follow each other in time share no group.
    [[nodiscard]] std::size_t of(std::uint32_t cluster) const;

private:
    std::size_t m_count;
    bool m_grouped;
};

/// Replicated column totals of a seeded Poisson(1) bootstrap over clusters (Hanley and MacGibbon, 2006; Chamandy et
/// al., 2012): result[column][replicate]. Deterministic for a seed, whatever the threads. ~2 ns a cluster and
/// replicate.
[[nodiscard]] std::vector<std::vector<double>> poissonBootstrap(const ClusterSums& sums, int replicates,
                                                                std::uint64_t seed,
                                                                unsigned threads = route::threadCount());

/// The 2.5% and 97.5% points, by interpolated order statistics (p (n + 1)). Empty input gives 0..0. clusters: how many
/// were drawn from; few of them vary too little, so the points move outwards as Student's t does (the expanded
/// percentile interval of Hesterberg, 2015); 0 = not moved.
[[nodiscard]] Interval percentileInterval(std::vector<double> replicates, std::size_t clusters = 0);

/// The 97.5% point of Student's t with that many degrees of freedom (>= 1): the Cornish-Fisher expansion in 1/degrees
/// (Abramowitz and Stegun, 26.7.5), exact to 1% from 3 on. Few clusters give wide intervals.
[[nodiscard]] double studentQuantile(double degrees);

/// A ratio of sums over clusters, sum(numerator) / sum(denominator), and its 95% interval by the delta method
/// (linearization; Cochran, Sampling Techniques, 1977, 6.4) with the clusters as units and Student's t.
struct RatioEstimate {
    double value = 0;
    double standardError = 0;
    Interval range;
};
/// At least 2 clusters and a denominator above 0; else the range is the whole line (nothing is known).
[[nodiscard]] RatioEstimate deltaRatio(std::span<const float> numerator, std::span<const float> denominator);

/// The same from sums alone: n clusters; S x, S y, S xx, S xy, S yy of numerator x and denominator y.
struct RatioMoments {
    double n = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0;
    void add(double numerator, double denominator) {
        n += 1;
        x += numerator;
        y += denominator;
        xx += numerator * numerator;
        xy += numerator * denominator;
        yy += denominator * denominator;
    }
    [[nodiscard]] RatioEstimate estimate() const;
};

/// Scored rows that would decide a mean difference delta with standard deviation s per row: (1.96 s / delta)^2.
/// Nothing for delta = 0.
[[nodiscard]] std::optional<double> labelsNeeded(double standardDeviation, double delta);

}  // namespace tierwise::analyze
