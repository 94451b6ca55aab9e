// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/cli.h"

namespace tierwise::cli {

// One installer a command, one file an installer; kInstallers in main.cpp gives the order of --help.
void installDoctor(CLI::App& app, Cli& cli);
void installAssess(CLI::App& app, Cli& cli);
void installEvaluate(CLI::App& app, Cli& cli);
void installGate(CLI::App& app, Cli& cli);
void installImport(CLI::App& app, Cli& cli);
void installImports(CLI::App& app, Cli& cli);
void installPresets(CLI::App& app, Cli& cli);
void installRejects(CLI::App& app, Cli& cli);
void installShow(CLI::App& app, Cli& cli);
void installInspect(CLI::App& app, Cli& cli);
void installOutcomes(CLI::App& app, Cli& cli);
void installReplay(CLI::App& app, Cli& cli);
void installFrontier(CLI::App& app, Cli& cli);
void installWhy(CLI::App& app, Cli& cli);
void installReport(CLI::App& app, Cli& cli);
void installSample(CLI::App& app, Cli& cli);
/// The "catalog" command, made by whoever comes first.
CLI::App* catalogCommand(CLI::App& app);
void installCatalog(CLI::App& app, Cli& cli);
void installCatalogUpdate(CLI::App& app, Cli& cli);
void installHardware(CLI::App& app, Cli& cli);
void installPrice(CLI::App& app, Cli& cli);
void installResolve(CLI::App& app, Cli& cli);
void installTokens(CLI::App& app, Cli& cli);
void installTrain(CLI::App& app, Cli& cli);

}  // namespace tierwise::cli
