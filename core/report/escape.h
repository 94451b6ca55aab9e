// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace tierwise::report {

/// Foreign text as XML or HTML character data or a quoted attribute: made safe (displayText) and escaped.
[[nodiscard]] std::string escapeXml(std::string_view text);

/// Foreign text as one line of Markdown, also inside a pipe table.
[[nodiscard]] std::string escapeMarkdown(std::string_view text);

}  // namespace tierwise::report
