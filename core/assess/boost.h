// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/assess/embedding.h"

namespace tierwise::assess {

/// Small gradient-boosted regression trees on squared error (Friedman, "Greedy function approximation", Annals of
/// Statistics 29, 2001), grown by level on histograms. Deterministic: no sampling, ties go to the first column.
/// The defaults are the one setting that was tried (resources/assess/PROVENANCE.md).
struct BoostOptions {
    std::size_t trees = 60;
    double rate = 0.08;          ///< shrinkage of a tree
    std::size_t leastLeaf = 25;  ///< rows
    double penalty = 5.0;        ///< of a leaf's value, in rows
};

/// Columns cut at up to 31 quantiles of the rows they are made of.
class BinnedTable {
public:
    explicit BinnedTable(const Matrix& columns);

    [[nodiscard]] std::size_t rows() const { return m_rows; }
    [[nodiscard]] std::size_t columns() const { return m_cuts.size(); }
    [[nodiscard]] const std::vector<double>& cuts(std::size_t column) const { return m_cuts[column]; }
    [[nodiscard]] const std::uint8_t* column(std::size_t column) const { return m_bins.data() + column * m_rows; }

private:
    std::size_t m_rows;
    std::vector<std::vector<double>> m_cuts;  // rising; bin = number of cuts below the value
    std::vector<std::uint8_t> m_bins;
};

class BoostedTrees {
public:
    /// Fits to some rows of the table; `target` has one entry a row of the table.
    [[nodiscard]] static BoostedTrees fit(const BinnedTable& table, const Vector& target,
                                          const std::vector<std::size_t>& rows, const BoostOptions& options = {});

    /// Of rows with the columns that the table was made of.
    [[nodiscard]] Vector predict(const Matrix& columns) const;
    [[nodiscard]] double predictBinned(const BinnedTable& table, std::size_t row) const;

private:
    static constexpr std::size_t kDepth = 3;
    struct Split {
        std::int32_t column = -1;  // none: everything goes left
        std::uint8_t bin = 0;      // to the right where the row's bin is above
        double cut = 0.0;          // the same on the raw value
    };
    struct Tree {
        std::array<Split, (1U << kDepth) - 1> splits{};
        std::array<double, 1U << kDepth> leaves{};
    };

    static Tree grow(const BinnedTable& table, const std::vector<double>& residual,
                     const std::vector<std::size_t>& rows, const BoostOptions& options);
    template <typename GoesRight>
    static double valueOf(const Tree& tree, GoesRight goesRight);

    std::vector<Tree> m_trees;
};

}  // namespace tierwise::assess
