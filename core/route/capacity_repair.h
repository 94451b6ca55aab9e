// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "core/route/capacity.h"

namespace tierwise::route {

/// Makes an assignment keep caps, then a floor or budget, by moves of single rows, and of pairs in small logs.
/// Internal to allocateWithCaps.
class CapacityRepair {
public:
    /// room: [cap] requests it may have; qualityPrice: pico-dollars for a right answer.
    CapacityRepair(const ChoiceTable& table, const CapacityProblem& problem, std::vector<double> room,
                   double qualityPrice)
        : m_table(table), m_problem(problem), m_room(std::move(room)), m_qualityPrice(qualityPrice) {}

    /// used: [cap] requests that the choice gives it; kept up to date. What cannot be mended stays as it is.
    void repair(std::vector<std::uint8_t>& choice, std::vector<double>& used) const;

private:
    struct Move {
        double rank;
        std::uint32_t row;
        std::uint8_t to;
        bool operator<(const Move& other) const { return rank != other.rank ? rank < other.rank : row < other.row; }
    };
    void repairCaps(std::vector<std::uint8_t>& choice, std::vector<double>& used) const;
    void raiseQuality(std::vector<std::uint8_t>& choice, std::vector<double>& used, Totals& totals) const;
    void swapForQuality(std::vector<std::uint8_t>& choice, std::vector<double>& used, Totals& totals) const;
    void trimCost(std::vector<std::uint8_t>& choice, std::vector<double>& used, Totals& totals) const;
    void lowerCost(std::vector<std::uint8_t>& choice, std::vector<double>& used, Totals& totals) const;
    bool exchange(std::vector<std::uint8_t>& choice, std::vector<double>& used, Totals& totals) const;
    // work(row, from, to) for every candidate that may serve a row instead of the chosen one, and for that one too.
    template <typename Work>
    void eachMove(const std::vector<std::uint8_t>& choice, const Work& work) const {
        for (std::size_t row = 0; row < m_table.rows; ++row) {
            if (choice[row] == kNoCandidate) {
                continue;
            }
            for (std::uint64_t mask = m_table.mask(row); mask != 0; mask &= mask - 1) {
                work(row, choice[row], static_cast<std::uint8_t>(std::countr_zero(mask)));
            }
        }
    }
    [[nodiscard]] bool fits(std::uint8_t from, std::uint8_t to, double weight, const std::vector<double>& used) const;
    void move(std::uint8_t from, std::uint8_t to, double weight, std::vector<double>& used) const;

    const ChoiceTable& m_table;
    const CapacityProblem& m_problem;
    std::vector<double> m_room;
    double m_qualityPrice;
};

}  // namespace tierwise::route
