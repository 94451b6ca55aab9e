// SPDX-License-Identifier: GPL-3.0-or-later
// tierwise-cli: the command-line twin. Every command is a thin front end over a use case of core/project.
#include <exception>
#include <string_view>

#include <fmt/format.h>

#include "app/cli/commands/commands.h"
#include "app/cli/man_page.h"
#include "app/cli/version.h"
#include "core/base/memory.h"

namespace {

constexpr tierwise::cli::Installer kInstallers[] = {
    tierwise::cli::installImport,   tierwise::cli::installImports,  tierwise::cli::installShow,
    tierwise::cli::installPresets,  tierwise::cli::installRejects,  tierwise::cli::installInspect,
    tierwise::cli::installDoctor,   tierwise::cli::installAssess,   tierwise::cli::installResolve,
    tierwise::cli::installPrice,    tierwise::cli::installCatalog,  tierwise::cli::installCatalogUpdate,
    tierwise::cli::installHardware, tierwise::cli::installReplay,   tierwise::cli::installFrontier,
    tierwise::cli::installWhy,      tierwise::cli::installOutcomes, tierwise::cli::installReport,
    tierwise::cli::installGate,     tierwise::cli::installTrain,    tierwise::cli::installEvaluate,
    tierwise::cli::installTokens,   tierwise::cli::installSample,
};

int run(int argc, char** argv) {
    CLI::App app("Tierwise: which requests need a premium, a commodity or a local model, and what each mix would cost",
                 "tierwise-cli");
    app.set_version_flag("--version", "tierwise-cli " TIERWISE_VERSION);
    app.require_subcommand(1);
    app.footer("Exit codes: 0 done, 1 could not, 2 wrong use, 3 a gate is broken, 4 a gate is not decisive.");
    tierwise::cli::Cli cli;
    for (const auto install : kInstallers) {
        install(app, cli);
    }
    // For the build, which makes the manual page of it.
    if (argc == 3 && std::string_view(argv[1]) == "--man-page") {
        fmt::print("{}", tierwise::cli::manPage(app, TIERWISE_VERSION, argv[2]));
        return tierwise::cli::kDone;
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? tierwise::cli::kDone : tierwise::cli::kWrongUse;
    }
    return cli.exitCode;
}

}  // namespace

int main(int argc, char** argv) {
    tierwise::giveBackBigBuffers();
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "tierwise-cli: internal error: {}. Please report this with the command you ran.\n",
                   error.what());
        return tierwise::cli::kCouldNot;
    }
}
