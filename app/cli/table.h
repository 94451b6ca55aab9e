// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/int128.h"

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
    /// Cells beyond the columns are dropped; missing ones print as "-".
    void addRow(std::vector<std::string> cells) { m_rows.push_back(std::move(cells)); }
    [[nodiscard]] std::string toText() const;

private:
    std::vector<ColumnSpec> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

/// "1,383,669"
[[nodiscard]] std::string withThousands(tierwise::Int128 value);
/// "$4,812.07"; four significant digits below a cent; never rounds a positive amount to $0.00.
[[nodiscard]] std::string dollars(double amount);

}  // namespace tierwise::cli
