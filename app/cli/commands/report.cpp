// SPDX-License-Identifier: GPL-3.0-or-later
// tierwise-cli report: the report in any format. PDF and PNG are painted by the desktop program, which needs no display
// for it.
#include <spawn.h>
#include <sys/wait.h>
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
#include "core/project/open_workbench.h"
#include "core/project/report_request.h"
#include "core/project/scenarios.h"
#include "core/report/writers.h"

extern char** environ;

namespace tierwise::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::string project;
    std::string scenario;
    std::vector<std::string> policies;
    std::string format = "html";
    std::string out;
    std::string part;
    std::string baseline;
    std::string audience = "analyst";
    std::string paper = "a4";
    double bar = 0.8;
};

// The desktop program stands beside this one.
fs::path desktopProgram() {
    std::error_code ignored;
    return fs::read_symlink("/proc/self/exe", ignored).parent_path() / "tierwise";
}

Result<void> paintWithDesktop(const Options& options) {
    const fs::path program = desktopProgram();
    if (!fs::exists(program)) {
        return fail(ErrorCode::notFound, "the desktop program, which paints PDF and PNG, is not installed",
                    "Install it beside tierwise-cli, or choose html, xlsx, md, csv, json or svg.", program.string());
    }
    std::vector<std::string> words{program.string(), "--write-report", options.out, "--project",  options.project,
                                   "--audience",     options.audience, "--paper",   options.paper};
    for (const auto& [flag, value] : {std::pair("--scenario", options.scenario), std::pair("--part", options.part)}) {
        if (!value.empty()) {
            words.emplace_back(flag);
            words.push_back(value);
        }
    }
    std::vector<char*> arguments;
    for (auto& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    setenv("QT_QPA_PLATFORM", "offscreen", 0);
    pid_t child = 0;
    const int error = posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments.data(), environ);
    int status = 0;
    if (error != 0 || waitpid(child, &status, 0) < 0) {
        return fail(ErrorCode::io, std::string("the desktop program did not start: ") + std::strerror(error),
                    "Try tierwise --version to see why.", program.string());
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return fail(ErrorCode::io, "the desktop program could not write the report", "Its message is above.",
                    options.out);
    }
    return {};
}

Result<std::vector<route::Policy>> chosenPolicies(const Options& options, const project::AnalysisState& state,
                                                  const project::Workbench& workbench) {
    std::vector<route::Policy> policies;
    for (const auto& file : options.policies) {
        auto policy = route::Policy::load(file);
        if (!policy) {
            return fail(policy.error());
        }
        policies.push_back(std::move(*policy));
    }
    if (policies.empty()) {
        return project::reportedPolicies(state, workbench, options.scenario);
    }
    return policies;
}

Result<void> run(const Options& options, Cli& cli) {
    if (options.format == "pdf" || options.format == "png") {
        return paintWithDesktop(options);
    }
    auto project = project::Project::open(options.project);
    if (!project) {
        return fail(project.error());
    }
    auto state = project::loadAnalysisState(*project);
    if (!state) {
        return fail(state.error());
    }
    auto baseline = state->baseline;
    if (!options.baseline.empty()) {
        auto parsed = project::parseBaseline(options.baseline);
        if (!parsed) {
            return fail(parsed.error());
        }
        baseline = *parsed;
    }
    const TaskContext context = cli.taskContext();
    auto workbench = project::openWorkbench(*project, {}, context);
    if (!workbench) {
        return fail(workbench.error());
    }
    auto policies = chosenPolicies(options, *state, *workbench);
    if (!policies) {
        return fail(policies.error());
    }
    if (options.format == "focus") {
        return project::exportFocus(*workbench, policies->front(), options.out, context);
    }
    auto format = project::parseReportFormat(options.format);
    if (!format) {
        return fail(format.error());
    }
    auto request = project::reportRequest(*project, *workbench, *policies, baseline, options.bar);
    if (!request) {
        return fail(request.error());
    }
    auto whole = project::buildReport(*workbench, *request, context);
    if (!whole) {
        return fail(whole.error());
    }
    const auto audience = options.audience == "manager" ? report::Audience::manager : report::Audience::analyst;
    const auto report = report::selected(*whole, audience, {});
    if (options.out.empty()) {
        fmt::print("{}", report::toJson(report));
        return {};
    }
    return project::exportReport(report, *format, options.out, options.part);
}

}  // namespace

void installReport(CLI::App& app, Cli& cli) {
    auto* command = app.add_subcommand("report", "write the report: pdf, html, xlsx, md, csv, json, svg, png or focus");
    addCommonOptions(*command, cli);
    auto options = std::make_shared<Options>();
    command->add_option("--project,-p", options->project, "the project file")->required();
    command->add_option("--scenario,-s", options->scenario, "the scenario to propose (default: the present policy)");
    command->add_option("--policy", options->policies, "policy files to report on instead; the first is proposed");
    command->add_option("--format,-f", options->format, "pdf, html, xlsx, md, csv, json, svg, png or focus")
        ->check(CLI::IsMember({"pdf", "html", "xlsx", "md", "markdown", "csv", "json", "svg", "png", "focus"}));
    command->add_option("--out,-o", options->out, "the file to write (svg and png: a folder, or a file with --part)");
    command->add_option("--part", options->part, "one table (csv) or one chart (svg, png) by its id");
    command->add_option("--baseline", options->baseline, "as-logged, best-single, random, oracle or dearest");
    command->add_option("--audience", options->audience, "manager or analyst")
        ->check(CLI::IsMember({"manager", "analyst"}));
    command->add_option("--paper", options->paper, "a4 or letter, for pdf")->check(CLI::IsMember({"a4", "letter"}));
    command->add_option("--bar", options->bar, "quality that a tier must reach, 0 to 1")->check(CLI::Range(0.0, 1.0));
    command->callback([options, &cli] {
        if (options->out.empty() && !(cli.json && options->format == "json") && !cli.json) {
            cli.say({ErrorCode::invalidArgument,
                     "there is no file to write to",
                     "Give one with --out, or --json to print the figures.",
                     "--out",
                     {},
                     {}});
            return;
        }
        if (options->out.empty()) {
            options->format = "json";
        }
        const auto done = run(*options, cli);
        if (!done) {
            cli.say(done.error());
        } else if (!options->out.empty() && cli.json) {
            cli.print({{"written", options->out}, {"format", options->format}});
        } else if (!options->out.empty()) {
            fmt::print("Wrote {}\n", options->out);
        }
    });
}

}  // namespace tierwise::cli
