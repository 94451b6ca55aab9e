// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/cli.h"

#include <unistd.h>
#include <csignal>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace tierwise::cli {
namespace {

std::stop_source& stopSource() {
    static std::stop_source source;
    return source;
}

volatile std::sig_atomic_t gInterrupted = 0;

void onInterrupt(int /*signal*/) {
    if (gInterrupted != 0) {
        _exit(130);
    }
    gInterrupted = 1;
}

void showProgress(const Progress& step) {
    if (gInterrupted != 0) {
        stopSource().request_stop();
    }
    if (isatty(STDERR_FILENO) == 0) {
        return;
    }
    const std::string percent =
        step.total > 0
            ? fmt::format(" {:3.0f} %", 100.0 * static_cast<double>(step.done) / static_cast<double>(step.total))
            : std::string();
    const std::string rows = step.rows > 0 ? fmt::format("  {} rows", step.rows) : std::string();
    fmt::print(stderr, "\r\033[K{}{}{}", step.phase, percent, rows);
    if (step.total > 0 && step.done >= step.total) {
        fmt::print(stderr, "\r\033[K");
    }
    std::fflush(stderr);
}

}  // namespace

TaskContext Cli::taskContext() const {
    std::signal(SIGINT, onInterrupt);
    if (quiet) {
        return {stopSource().get_token(), [](const Progress&) {
                    if (gInterrupted != 0) {
                        stopSource().request_stop();
                    }
                }};
    }
    return {stopSource().get_token(), showProgress};
}

void Cli::print(const nlohmann::json& document) const {
    // Bytes that are not UTF-8 never reach here from the store; replace rather than throw if one does.
    fmt::print("{}\n", document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

void Cli::say(const Error& error) {
    exitCode = error.code == ErrorCode::invalidArgument ? kWrongUse : kCouldNot;
    fmt::print(stderr, "tierwise-cli: {}\n", error.describe());
    if (!json) {
        return;
    }
    nlohmann::json document{{"what", error.what}, {"fixHint", error.fixHint}, {"source", error.source}};
    if (error.line) {
        document["line"] = *error.line;
    }
    if (error.byteOffset) {
        document["byteOffset"] = *error.byteOffset;
    }
    print({{"error", document}});
}

void addCommonOptions(CLI::App& command, Cli& cli) {
    command.add_flag("--json", cli.json, "Print one JSON document instead of tables");
    command.add_flag("--quiet", cli.quiet, "No progress on standard error");
}

}  // namespace tierwise::cli
