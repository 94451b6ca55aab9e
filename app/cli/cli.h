// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>
#include <nlohmann/json_fwd.hpp>

#include "core/base/error.h"
#include "core/base/task_context.h"

namespace tierwise::cli {

/// Exit codes, the same for every command and documented in the man page.
inline constexpr int kDone = 0;         ///< it did what was asked
inline constexpr int kCouldNot = 1;     ///< it was asked rightly, and could not
inline constexpr int kWrongUse = 2;     ///< it was asked wrongly
inline constexpr int kGateBroken = 3;   ///< gate: the policy breaks the limits
inline constexpr int kNotDecisive = 4;  ///< gate: the evidence does not decide

/// What every command shares. A command's installer adds a subcommand whose callback sets exitCode.
struct Cli {
    bool json = false;   ///< print one JSON document on standard output instead of tables
    bool quiet = false;  ///< no progress on standard error
    int exitCode = kDone;

    /// Progress on standard error where that is a terminal; Ctrl+C asks the task to stop.
    [[nodiscard]] TaskContext taskContext() const;
    void print(const nlohmann::json& document) const;
    /// Says the error on standard error (and, with --json, as {"error": ...} on standard output); sets exitCode.
    void say(const Error& error);
};

using Installer = void (*)(CLI::App& app, Cli& cli);

/// Adds --json to a subcommand.
void addCommonOptions(CLI::App& command, Cli& cli);

// The installers are declared in commands/commands.h, one file a command.

}  // namespace tierwise::cli
