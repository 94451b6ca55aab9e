// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/design.h"

#include <algorithm>
#include <cmath>

namespace tierwise::assess {

CounterScale counterScaleOf(const std::vector<Features>& prompts) {
    CounterScale scale;
    const double n = static_cast<double>(std::max<std::size_t>(prompts.size(), 1));
    for (std::size_t counter = 0; counter < kCounters; ++counter) {
        double sum = 0.0;
        double squares = 0.0;
        for (const auto& features : prompts) {
            const double value = static_cast<double>(features.counters[counter]);
            sum += value;
            squares += value * value;
        }
        const double mean = sum / n;
        const double variance = squares / n - mean * mean;
        scale.mean[counter] = static_cast<float>(mean);
        scale.inverse[counter] = variance > 1e-8 ? static_cast<float>(1.0 / std::sqrt(variance)) : 0.0F;
    }
    return scale;
}

Matrix countersOf(const std::vector<Features>& prompts, const CounterScale& scale) {
    Matrix table(static_cast<Eigen::Index>(prompts.size()), static_cast<Eigen::Index>(kCounters));
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        for (std::size_t counter = 0; counter < kCounters; ++counter) {
            const float value = (prompts[i].counters[counter] - scale.mean[counter]) * scale.inverse[counter];
            table(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(counter)) =
                static_cast<double>(std::clamp(value, -4.0F, 4.0F));
        }
    }
    return table;
}

Design makeDesign(const std::vector<Features>& prompts, const std::vector<const Part*>& prior,
                  const DesignOptions& options) {
    std::vector<const std::vector<Term>*> corpus;
    for (const auto& features : prompts) {
        corpus.push_back(&features.terms);
    }
    const TermMatrix terms(corpus, options.terms);
    const auto embedding = embed(terms, options.dimensions, options.seed);
    const auto n = static_cast<Eigen::Index>(prompts.size());
    const auto d = embedding.coordinates.cols();
    const auto counters = static_cast<Eigen::Index>(kCounters);
    const auto latents = static_cast<Eigen::Index>(kLatents);
    Design made;
    Matrix& design = made.columns;
    design.resize(n, d + counters + latents * static_cast<Eigen::Index>(prior.size()));
    design.leftCols(d) = embedding.coordinates;
    design.middleCols(d, counters) = options.counterWeight * countersOf(prompts, counterScaleOf(prompts));
    for (std::size_t p = 0; p < prior.size(); ++p) {
        Matrix said(n, latents);
        for (Eigen::Index i = 0; i < n; ++i) {
            const auto at = prior[p]->outputs(prompts[static_cast<std::size_t>(i)]);
            for (Eigen::Index k = 0; k < latents; ++k) {
                said(i, k) = at[static_cast<std::size_t>(k)];
            }
        }
        for (Eigen::Index k = 0; k < latents; ++k) {
            said.col(k).array() -= said.col(k).mean();
            const double spread = std::sqrt(said.col(k).squaredNorm() / static_cast<double>(n));
            said.col(k) *= spread > 1e-9 ? options.priorWeight / spread : 0.0;
        }
        design.middleCols(d + counters + latents * static_cast<Eigen::Index>(p), latents) = said;
    }
    for (Eigen::Index column = 0; column < design.cols(); ++column) {
        if (column < static_cast<Eigen::Index>(options.treeDimensions) || column >= d) {
            made.treeColumns.push_back(column);
        }
    }
    return made;
}

}  // namespace tierwise::assess
