// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include <QString>

#include "core/base/error.h"

// core speaks English; what it says is shown in the language of the window. The words are in
// resources/translations/core.<language>.tsv, and ui/README.md says how a line is found. Any thread.
namespace tierwise::ui {

/// A message of core (UTF-8) in the language that the installed translator speaks. Sentences that are not in its table,
/// and whatever core took from the user's files, come through as they are; so does everything in English.
[[nodiscard]] QString coreText(std::string_view english);

/// Error::describe() in that language: "source:line: what. fixHint".
[[nodiscard]] QString coreText(const Error& error);

}  // namespace tierwise::ui
