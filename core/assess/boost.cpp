// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/boost.h"

#include <algorithm>

namespace tierwise::assess {
namespace {

constexpr std::size_t kBins = 32;

struct Cell {
    double sum = 0.0;
    double count = 0.0;
};

double gainOf(const Cell& cell, double penalty) {
    return cell.sum * cell.sum / (cell.count + penalty);
}

}  // namespace

BinnedTable::BinnedTable(const Matrix& columns)
    : m_rows(static_cast<std::size_t>(columns.rows())),
      m_cuts(static_cast<std::size_t>(columns.cols())),
      m_bins(m_rows * m_cuts.size()) {
    std::vector<double> sorted(m_rows);
    for (std::size_t c = 0; c < m_cuts.size(); ++c) {
        const auto column = columns.col(static_cast<Eigen::Index>(c));
        std::copy(column.begin(), column.end(), sorted.begin());
        std::sort(sorted.begin(), sorted.end());
        auto& cuts = m_cuts[c];
        for (std::size_t k = 1; k < kBins && m_rows > 0; ++k) {
            const double cut = sorted[k * (m_rows - 1) / kBins];
            if (cut < sorted.back() && (cuts.empty() || cut > cuts.back())) {
                cuts.push_back(cut);
            }
        }
        for (std::size_t row = 0; row < m_rows; ++row) {
            const double value = column(static_cast<Eigen::Index>(row));
            m_bins[c * m_rows + row] =
                static_cast<std::uint8_t>(std::lower_bound(cuts.begin(), cuts.end(), value) - cuts.begin());
        }
    }
}

// Walks down; leaves are numbered by the turns taken.
template <typename GoesRight>
double BoostedTrees::valueOf(const Tree& tree, GoesRight goesRight) {
    std::size_t node = 0;
    std::size_t leaf = 0;
    for (std::size_t level = 0; level < kDepth; ++level) {
        const auto& split = tree.splits[node];
        const bool right = split.column >= 0 && goesRight(split);
        leaf = 2 * leaf + (right ? 1 : 0);
        node = 2 * node + (right ? 2 : 1);
    }
    return tree.leaves[leaf];
}

BoostedTrees::Tree BoostedTrees::grow(const BinnedTable& table, const std::vector<double>& residual,
                                      const std::vector<std::size_t>& rows, const BoostOptions& options) {
    Tree tree;
    std::vector<std::uint8_t> place(rows.size(), 0);  // of the row within its level
    const auto least = static_cast<double>(options.leastLeaf);
    for (std::size_t level = 0; level < kDepth; ++level) {
        const std::size_t nodes = std::size_t{1} << level;
        const std::size_t first = nodes - 1;
        std::vector<double> best(nodes, 1e-12);
        std::vector<Cell> cells;
        for (std::size_t c = 0; c < table.columns(); ++c) {
            const auto* bins = table.column(c);
            cells.assign(nodes * kBins, {});
            for (std::size_t i = 0; i < rows.size(); ++i) {
                auto& cell = cells[place[i] * kBins + bins[rows[i]]];
                cell.sum += residual[i];
                cell.count += 1.0;
            }
            for (std::size_t node = 0; node < nodes; ++node) {
                const Cell* of = cells.data() + node * kBins;
                Cell all;
                for (std::size_t bin = 0; bin < kBins; ++bin) {
                    all.sum += of[bin].sum;
                    all.count += of[bin].count;
                }
                Cell left;
                for (std::size_t bin = 0; bin < table.cuts(c).size(); ++bin) {
                    left.sum += of[bin].sum;
                    left.count += of[bin].count;
                    const Cell right{all.sum - left.sum, all.count - left.count};
                    if (left.count < least || right.count < least) {
                        continue;
                    }
                    const double gain =
                        gainOf(left, options.penalty) + gainOf(right, options.penalty) - gainOf(all, options.penalty);
                    if (gain > best[node]) {
                        best[node] = gain;
                        tree.splits[first + node] = {static_cast<std::int32_t>(c), static_cast<std::uint8_t>(bin),
                                                     table.cuts(c)[bin]};
                    }
                }
            }
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto& split = tree.splits[first + place[i]];
            const bool right =
                split.column >= 0 && table.column(static_cast<std::size_t>(split.column))[rows[i]] > split.bin;
            place[i] = static_cast<std::uint8_t>(2 * place[i] + (right ? 1 : 0));
        }
    }
    std::array<Cell, 1U << kDepth> leaves{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        leaves[place[i]].sum += residual[i];
        leaves[place[i]].count += 1.0;
    }
    for (std::size_t leaf = 0; leaf < leaves.size(); ++leaf) {
        tree.leaves[leaf] = options.rate * leaves[leaf].sum / (leaves[leaf].count + options.penalty);
    }
    return tree;
}

BoostedTrees BoostedTrees::fit(const BinnedTable& table, const Vector& target, const std::vector<std::size_t>& rows,
                               const BoostOptions& options) {
    BoostedTrees boosted;
    std::vector<double> residual;
    residual.reserve(rows.size());
    for (const auto row : rows) {
        residual.push_back(target(static_cast<Eigen::Index>(row)));
    }
    for (std::size_t t = 0; t < options.trees; ++t) {
        const Tree tree = grow(table, residual, rows, options);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            residual[i] -= valueOf(tree, [&](const Split& split) {
                return table.column(static_cast<std::size_t>(split.column))[rows[i]] > split.bin;
            });
        }
        boosted.m_trees.push_back(tree);
    }
    return boosted;
}

double BoostedTrees::predictBinned(const BinnedTable& table, std::size_t row) const {
    double sum = 0.0;
    for (const auto& tree : m_trees) {
        sum += valueOf(tree, [&](const Split& split) {
            return table.column(static_cast<std::size_t>(split.column))[row] > split.bin;
        });
    }
    return sum;
}

Vector BoostedTrees::predict(const Matrix& columns) const {
    Vector out = Vector::Zero(columns.rows());
    for (Eigen::Index row = 0; row < columns.rows(); ++row) {
        for (const auto& tree : m_trees) {
            out(row) += valueOf(tree, [&](const Split& split) { return columns(row, split.column) > split.cut; });
        }
    }
    return out;
}

}  // namespace tierwise::assess
