// SPDX-License-Identifier: GPL-3.0-or-later
// The user's own presets: one JSON file each.
#include <algorithm>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/ingest/mapping_row.h"
#include "core/ingest/preset.h"

namespace tierwise::ingest {
namespace {

constexpr std::size_t kLongestId = 60;

std::string idFromTitle(const std::string& title) {
    std::string id = "my-";
    for (const char c : foldedName(title)) {
        const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (word) {
            id += c;
        } else if (id.back() != '-') {
            id += '-';
        }
        if (id.size() == kLongestId) {
            break;
        }
    }
    while (id.back() == '-') {
        id.pop_back();
    }
    return id;
}

bool isFileId(std::string_view id) {
    return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

}  // namespace

Result<Preset> presetFromMapping(std::string title, const Mapping& mapping, std::span<const std::string> header) {
    title = std::string(trimmed(title));
    if (title.empty()) {
        return fail(ErrorCode::invalidArgument, "a preset needs a name", "Give it one, as \"Our gateway\".");
    }
    Preset preset;
    preset.id = idFromTitle(title);
    preset.title = std::move(title);
    preset.kind = "requests";
    preset.mapping = mapping;
    preset.mapping.preset = preset.id;
    preset.user = true;
    // Known again by the columns that it maps, as far as this file has them.
    for (const auto& column : mapping.columns) {
        const bool there = std::any_of(header.begin(), header.end(), [&](const std::string& name) {
            return foldedName(name) == foldedName(column.column);
        });
        if (there && column.field != Field::extra && column.field != Field::ignore) {
            preset.signature.all.push_back(column.column);
        }
    }
    if (preset.signature.all.empty()) {
        return fail(ErrorCode::invalidArgument, "no column of this file is mapped", "Map at least one column.");
    }
    return preset;
}

Result<Preset> loadUserPreset(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    const auto document = nlohmann::json::parse(text.str(), nullptr, false);
    auto preset = presetFromJson(document);
    if (!preset || !isFileId(preset->id)) {
        return fail(ErrorCode::badFormat, "the saved preset cannot be read",
                    "Delete the file, or mend it: " + (preset ? "its id is not right" : preset.error().what),
                    file.string());
    }
    preset->user = true;
    return preset;
}

Result<std::vector<Preset>> loadUserPresets(const std::filesystem::path& folder) {
    std::vector<Preset> presets;
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        if (it->path().extension() == ".json") {
            files.push_back(it->path());
        }
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        auto preset = loadUserPreset(file);
        if (!preset) {
            return fail(preset.error());
        }
        presets.push_back(std::move(*preset));
    }
    return presets;
}

Result<std::filesystem::path> saveUserPreset(const Preset& preset, const std::filesystem::path& folder) {
    if (!isFileId(preset.id)) {
        return fail(ErrorCode::invalidArgument, "\"" + preset.id + "\" cannot name a preset",
                    "Use small letters, digits and hyphens.");
    }
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const auto path = folder / (preset.id + ".json");
    auto temporary = path;
    temporary += ".part";
    {
        std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
        stream << toJson(preset).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
        stream.flush();
        if (!stream) {
            std::filesystem::remove(temporary, error);
            return fail(ErrorCode::io, "the preset cannot be written", "Check the folder's rights and free space.",
                        path.string());
        }
    }
    std::filesystem::rename(temporary, path, error);
    if (error) {
        return fail(ErrorCode::io, "the preset cannot be written: " + error.message(), "Check the folder's rights.",
                    path.string());
    }
    return path;
}

Result<void> deleteUserPreset(std::string_view id, const std::filesystem::path& folder) {
    std::error_code error;
    if (!isFileId(id) || !std::filesystem::remove(folder / (std::string(id) + ".json"), error)) {
        return fail(ErrorCode::notFound, "there is no saved preset \"" + std::string(id) + "\"",
                    error ? error.message() : "Look at the list of saved presets.");
    }
    return {};
}

}  // namespace tierwise::ingest
