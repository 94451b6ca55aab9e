// SPDX-License-Identifier: GPL-3.0-or-later
// tierwise-cli report: the report in any format. PDF and PNG are painted by the desktop program, which needs no display
// for it.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "core/project/export.h"
#include "core/project/focus_export.h"
#include "core/project/report_order.h"
#include "core/project/scenarios.h"
#include "core/report/writers.h"

extern char** environ;

namespace tierwise::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
    project::PaintOrder paint;
    std::vector<std::string> policies;
    std::string format = "html";
    std::string baseline;
    std::string audience = "analyst";
};

// The desktop program stands beside this one.
fs::path desktopProgram() {
    std::error_code ignored;
    return fs::read_symlink("/proc/self/exe", ignored).parent_path() / "tierwise";
}

std::string readAll(int descriptor) {
    std::string text;
    std::array<char, 4096> buffer{};
    for (ssize_t count = 0;
         (count = read(descriptor, buffer.data(), buffer.size())) > 0 || (count < 0 && errno == EINTR);) {
        text.append(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(0, count)));
    }
    return text;
}

Result<void> paintWithDesktop(const project::PaintOrder& order) {
    const fs::path program = desktopProgram();
    if (!fs::exists(program)) {
        return fail(ErrorCode::notFound, "the desktop program, which paints PDF and PNG, is not installed",
                    "Install it beside tierwise-cli, or choose html, xlsx, md, csv, json or svg.", program.string());
    }
    std::string name = program.string();
    std::string option = "--write-report";
    std::string words = project::toJson(order);
    std::array<char*, 4> arguments{name.data(), option.data(), words.data(), nullptr};
    setenv("QT_QPA_PLATFORM", "offscreen", 1);  // it paints on paper, not on a display
    setenv("QT_LOGGING_RULES", "default.warning=false", 0);
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        return fail(ErrorCode::io, std::string("the desktop program did not start: ") + std::strerror(errno));
    }
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    pid_t child = 0;
    const int error = posix_spawn(&child, name.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    const std::string answer = error == 0 ? readAll(ends[0]) : std::string();
    close(ends[0]);
    int status = 0;
    if (error != 0 || waitpid(child, &status, 0) < 0) {
        return fail(ErrorCode::io, std::string("the desktop program did not start: ") + std::strerror(error),
                    "Try tierwise --version to see why.", name);
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return fail(project::parsePaintError(answer));
    }
    return {};
}

Result<void> run(Options& options, Cli& cli) {
    auto& order = options.paint.report;
    order.policies.assign(options.policies.begin(), options.policies.end());
    order.audience = options.audience == "manager" ? report::Audience::manager : report::Audience::analyst;
    if (!options.baseline.empty()) {
        auto baseline = project::parseBaseline(options.baseline);
        if (!baseline) {
            return fail(baseline.error());
        }
        order.baseline = *baseline;
    }
    if (options.format == "pdf" || options.format == "png") {
        options.paint.format = options.format;
        return paintWithDesktop(options.paint);
    }
    const TaskContext context = cli.taskContext();
    const auto project = project::Project::open(options.paint.project);
    if (!project) {
        return fail(project.error());
    }
    const fs::path file = options.paint.file;
    if (options.format == "focus") {
        const auto opened = project::openOrder(*project, order, context);
        return opened ? project::exportFocus(opened->workbench, opened->policies.front(), file, context)
                      : Result<void>(fail(opened.error()));
    }
    const auto format = project::parseReportFormat(options.format);
    if (!format) {
        return fail(format.error());
    }
    // Only these two carry the long lists.
    if (options.format != "xlsx" && options.format != "csv") {
        order.rows = 0;
    }
    const auto report = project::orderReport(*project, order, context);
    if (!report) {
        return fail(report.error());
    }
    if (file.empty()) {
        fmt::print("{}", report::toJson(*report));
        return {};
    }
    return project::exportReport(*report, *format, file, options.paint.part);
}

void addOptions(CLI::App& command, Options& options) {
    auto& order = options.paint.report;
    command.add_option("--project,-p", options.paint.project, "The project file")->required();
    command.add_option("--scenario,-s", order.scenario, "The scenario to propose (default: the present policy)");
    command.add_option("--policy", options.policies, "Policy files to report on instead; the first is proposed");
    command
        .add_option("--format,-f", options.format, "What to write: pdf, html, xlsx, md, csv, json, svg, png or focus")
        ->check(CLI::IsMember({"pdf", "html", "xlsx", "md", "markdown", "csv", "json", "svg", "png", "focus"}))
        ->capture_default_str();
    command.add_option("--out,-o", options.paint.file,
                       "The file to write (svg and png: a folder, or a file with --part)");
    command.add_option("--part", options.paint.part, "One table (csv) or one chart (svg, png) by its id");
    command.add_option("--section", order.sections, "Only these sections, by their ids");
    command.add_option("--baseline", options.baseline,
                       "What to compare with: as-logged, best-single, random, oracle or dearest");
    command.add_option("--audience", options.audience, "Who reads it: manager or analyst")
        ->check(CLI::IsMember({"manager", "analyst"}))
        ->capture_default_str();
    command.add_option("--paper", options.paint.paper, "Paper of a pdf: a4 or letter")
        ->check(CLI::IsMember({"a4", "letter"}))
        ->capture_default_str();
    command.add_option("--bar", order.bar, "Quality that a tier must reach, 0 to 1 (default: the project's)")
        ->check(CLI::Range(0.0, 1.0));
    command.add_option("--rows", order.rows, "At most so many requests and rejects in the lists of xlsx and csv")
        ->check(CLI::Range(0, 1'000'000))
        ->capture_default_str();
}

}  // namespace

void installReport(CLI::App& app, Cli& cli) {
    auto* command = app.add_subcommand("report", "Write the report: pdf, html, xlsx, md, csv, json, svg, png or focus");
    addCommonOptions(*command, cli);
    auto options = std::make_shared<Options>();
    addOptions(*command, *options);
    command->callback([options, &cli] {
        const std::string& file = options->paint.file;
        if (file.empty() && !cli.json) {
            cli.say({ErrorCode::invalidArgument,
                     "there is no file to write to",
                     "Give one with --out, or --json to print the figures.",
                     "--out",
                     {},
                     {}});
            return;
        }
        if (file.empty()) {
            options->format = "json";
        }
        if (const auto done = run(*options, cli); !done) {
            cli.say(done.error());
        } else if (!file.empty() && cli.json) {
            cli.print({{"written", file}, {"format", options->format}});
        } else if (!file.empty()) {
            fmt::print("Wrote {}\n", file);
        }
    });
}

}  // namespace tierwise::cli
