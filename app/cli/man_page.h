// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace tierwise::cli {

/// The manual page tierwise-cli(1) as troff: every command with its options, out of the program's own descriptions, so
/// that the page is never behind. date: "2026-11-29"; version: "0.1.0".
[[nodiscard]] std::string manPage(const CLI::App& app, const std::string& version, const std::string& date);

}  // namespace tierwise::cli
