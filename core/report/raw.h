// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/report/report.h"

namespace tierwise::report {

/// A cell's value for programs: plain digits, full precision; isText when it is foreign or free text.
struct RawText {
    std::string text;
    bool isText = false;
};

[[nodiscard]] RawText raw(const Cell& cell);

/// The shortest decimal that reads back as the same double; empty for what is no number.
[[nodiscard]] std::string rawNumber(double value);

[[nodiscard]] std::string_view unitName(Unit unit);

}  // namespace tierwise::report
