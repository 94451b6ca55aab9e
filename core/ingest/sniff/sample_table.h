// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/reader/types.h"

namespace tierwise::ingest {

/// A sample read under one dialect, as the reader itself would read it.
struct SampleTable {
    struct Row {
        std::vector<std::string> cells;
        std::vector<bool> quoted;
        std::string raw;            ///< the record as it was
        std::int64_t line = 0;      ///< physical lines before it in the sample
        std::int64_t lines = 1;     ///< physical lines it takes
        std::uint32_t repairs = 0;  ///< as Record::repairs
        bool crlf = false;          ///< how it ends
        bool cr = false;

        [[nodiscard]] bool blank() const { return cells.size() == 1 && cells[0].empty() && !quoted[0]; }
        [[nodiscard]] bool has(Repair repair) const { return (repairs >> static_cast<unsigned>(repair) & 1U) != 0; }
    };
    std::vector<Row> rows;  ///< blank lines too; comment lines not
    std::size_t width = 1;  ///< the number of cells that most rows have; of rows that are not blank
    double share = 0;       ///< of the rows that are not blank, those of that width
};

/// Reads at most maxRows rows. columns: what quotes are judged by; 0: unknown.
[[nodiscard]] SampleTable readSample(std::string_view text, const Dialect& dialect, std::size_t columns,
                                     std::size_t maxRows);

/// An address of the web or of mail.
[[nodiscard]] bool isAddress(std::string_view text);

/// How much a table looks like one that somebody meant.
struct Plausibility {
    double value = 0;     ///< 0..1; even rows of typed or quoted cells score high
    double cells = 0;     ///< 0..1: the mean of its cells alone, 1 where all are typed or quoted
    bool broken = false;  ///< some quotes stand where none may
};
[[nodiscard]] Plausibility plausibility(const SampleTable& table);

}  // namespace tierwise::ingest
