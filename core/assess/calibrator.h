// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "core/assess/embedding.h"

namespace tierwise::assess {

/// From a raw score to a probability: half Platt's logistic (Platt 1999, with ridge), half isotonic regression (pool
/// adjacent violators; Zadrozny and Elkan, KDD 2002), flat within its blocks and linear between them. The
/// isotonic half mends a curve that is no logistic; the logistic half keeps the order strict. Half and half was chosen
/// on training splits (resources/assess/PROVENANCE.md).
class Calibrator {
public:
    /// `raw` must be predictions of rows the raw model did not see; scores 0..1. No rows: 1/2 everywhere.
    [[nodiscard]] static Calibrator fit(const std::vector<double>& raw, const std::vector<double>& score);

    /// In (0, 1), rising with raw.
    [[nodiscard]] double operator()(double raw) const;
    [[nodiscard]] std::size_t labels() const { return m_labels; }

private:
    [[nodiscard]] double isotonic(double raw) const;

    double m_offset = 0.0;
    double m_scale = 0.0;
    std::vector<double> m_at;     // both ends of each block, rising
    std::vector<double> m_value;  // the block's mean, not falling
    std::size_t m_labels = 0;
};

}  // namespace tierwise::assess
