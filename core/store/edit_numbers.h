// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/store/columns.h"

namespace tierwise::store {

class Connection;

/// A number to be put into a row: of a column's raw kind (nanoseconds, tokens, pico-dollars), or nothing for missing.
struct NumberEdit {
    std::int64_t row = 0;  ///< RequestId
    std::optional<std::int64_t> value;

    bool operator==(const NumberEdit&) const = default;
};

/// Edits of one column, by rising row.
struct ColumnEdit {
    NumberColumn column = NumberColumn::time;
    std::vector<NumberEdit> edits;

    bool operator==(const ColumnEdit&) const = default;
};

/// A document that is written with the edits, in the same transaction: its body is made of what stood there before.
struct EditRecord {
    std::string kind;
    std::string name;
    /// Nothing removes the document.
    std::function<std::optional<std::string>(const std::vector<ColumnEdit>& before)> body;
};

/// Puts the numbers and the document into the project in one transaction, and returns what stood in the columns before:
/// the same call with that undoes it. Rows keep their identity, so that importing their file again still adds nothing.
/// Errors: notFound for a row that is gone, cancelled, those of SQLite; nothing is changed then.
[[nodiscard]] Result<std::vector<ColumnEdit>> editNumbers(Connection& connection, std::span<const ColumnEdit> edits,
                                                          const EditRecord& record, const TaskContext& context);

}  // namespace tierwise::store
