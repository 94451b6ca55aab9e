// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/own_presets.h"

#include <algorithm>

#include "core/catalog/snapshot_store.h"

namespace tierwise::project {

std::filesystem::path ownPresetsFolder(const std::filesystem::path& folder) {
    return folder.empty() ? catalog::SnapshotStore::defaultFolder().parent_path() / "presets" : folder;
}

OwnPresets loadOwnPresets(const std::filesystem::path& folder) {
    OwnPresets own;
    std::error_code error;
    std::vector<std::filesystem::path> files;
    const auto place = ownPresetsFolder(folder);
    for (std::filesystem::directory_iterator it(place, error), end; !error && it != end; it.increment(error)) {
        if (it->path().extension() == ".json") {
            files.push_back(it->path());
        }
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        auto preset = ingest::loadUserPreset(file);
        if (preset) {
            own.presets.push_back(std::move(*preset));
        } else {
            own.problems.push_back(preset.error().describe());
        }
    }
    return own;
}

Result<ingest::Preset> saveOwnPreset(const std::string& title, const ingest::ImportPlan& plan,
                                     const std::filesystem::path& folder) {
    auto preset = ingest::presetFromMapping(title, plan.mapping, plan.header);
    if (!preset) {
        return preset;
    }
    if (ingest::findPreset(preset->id) != nullptr) {
        return fail(ErrorCode::invalidArgument, "\"" + title + "\" is the name of a preset that ships",
                    "Choose another name.");
    }
    if (const auto saved = ingest::saveUserPreset(*preset, ownPresetsFolder(folder)); !saved) {
        return fail(saved.error());
    }
    return preset;
}

Result<void> deleteOwnPreset(std::string_view id, const std::filesystem::path& folder) {
    return ingest::deleteUserPreset(id, ownPresetsFolder(folder));
}

}  // namespace tierwise::project
