// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>

namespace tierwise::test {

/// JSON in a test's source: '#' stands for the double quote (raw strings trouble moc 6.4).
[[nodiscard]] inline std::string quoted(std::string text) {
    std::replace(text.begin(), text.end(), '#', '"');
    return text;
}

}  // namespace tierwise::test
