// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include "app/cli/cli.h"

namespace tierwise::cli {

/// "refit" and "calibration": what the scored answers are good for. Added to the group of outcomes.
void addRefit(CLI::App& group, Cli& cli);

}  // namespace tierwise::cli
