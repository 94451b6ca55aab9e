// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/display.h"

namespace tierwise::cli {

/// A table for people: columns padded to their widest cell, numbers to the right.
class Table {
public:
    enum class Align { left, right };
    struct ColumnSpec {
        std::string title;
        Align align = Align::left;
    };

    explicit Table(std::vector<ColumnSpec> columns) : m_columns(std::move(columns)) {}
    /// Cells beyond the columns are dropped; missing ones print as "-". Foreign text is made safe to print.
    void addRow(std::vector<std::string> cells);
    [[nodiscard]] std::string toText() const;

private:
    std::vector<ColumnSpec> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

[[nodiscard]] inline std::string withThousands(Int128 value) {
    return displayCount(value);
}
[[nodiscard]] inline std::string dollars(double amount) {
    return displayDollars(amount);
}

}  // namespace tierwise::cli
