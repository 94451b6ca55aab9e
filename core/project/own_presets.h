// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/ingest/import_plan.h"
#include "core/ingest/preset.h"

namespace tierwise::project {

/// Where the user's presets are: a folder of the user's data. Both front ends see the same ones. folder, here and
/// below: another place, for tests; empty: the usual one.
[[nodiscard]] std::filesystem::path ownPresetsFolder(const std::filesystem::path& folder = {});

/// Those that can be read, by id, and what is wrong with the others: one damaged file takes nothing from the rest.
struct OwnPresets {
    std::vector<ingest::Preset> presets;
    std::vector<std::string> problems;
};
[[nodiscard]] OwnPresets loadOwnPresets(const std::filesystem::path& folder = {});

/// Keeps a plan's mapping under a name, to be detected in files with the same columns from now on; one of the same name
/// is replaced. Errors: invalidArgument (no name, nothing mapped, the name of a shipped preset), io.
[[nodiscard]] Result<ingest::Preset> saveOwnPreset(const std::string& title, const ingest::ImportPlan& plan,
                                                   const std::filesystem::path& folder = {});
/// Error notFound.
[[nodiscard]] Result<void> deleteOwnPreset(std::string_view id, const std::filesystem::path& folder = {});

}  // namespace tierwise::project
