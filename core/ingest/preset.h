// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/ingest/mapping.h"

namespace tierwise::ingest {

/// How a log is known: by names that must be there, names that must not, and values that must fit.
struct Signature {
    std::vector<std::string> all;   ///< every one of these columns; "a|b" is either
    std::vector<std::string> none;  ///< none of these
    /// column -> RE2 that every non-empty sample value must match whole
    std::vector<std::pair<std::string, std::string>> values;
    bool operator==(const Signature&) const = default;
};

/// A known log: data (resources/presets/presets.json), or a mapping that the user saved.
struct Preset {
    std::string id;     ///< "litellm-spend-logs"
    std::string title;  ///< "LiteLLM spend logs"
    std::string kind;   ///< "requests", "aggregate", "trace" (token counts of a published trace), "prompts", "session"
    Signature signature;
    Mapping mapping;                 ///< columns it knows, with alternatives "a|b"; the rest is extra
    std::vector<std::string> notes;  ///< what a person should know of this log, one sentence each
    bool user = false;               ///< saved by the user

    bool operator==(const Preset&) const = default;
};

struct PresetMatch {
    std::string id;
    std::string title;
    double confidence = 0;             ///< 0..1; from 0.8 on it may be taken without asking
    std::vector<std::string> because;  ///< "has request_id, spend and 12 more of its columns", for people
    Mapping mapping;                   ///< the preset's, narrowed to the columns that are there
};

/// The presets that ship, in order of the data file. Built once; any thread.
[[nodiscard]] std::span<const Preset> builtInPresets();
[[nodiscard]] const Preset* findPreset(std::string_view id);

/// Presets that fit, best first. header: as for RowMapper::compile. sampleRows: some records' cells by header column
/// (may be empty; then signatures that look at values count as fitting, with less confidence). The last match is
/// always "generic": columns guessed by name and content, confidence at most 0.6. own: the user's presets, which
/// win a tie.
[[nodiscard]] std::vector<PresetMatch> detectPresets(std::span<const std::string> header,
                                                     std::span<const std::vector<std::string>> sampleRows,
                                                     std::span<const Preset> own = {});

/// The preset's mapping narrowed to a header: alternatives resolved, absent columns dropped, unknown ones extra.
[[nodiscard]] Mapping mappingFor(const Preset& preset, std::span<const std::string> header);

/// Columns guessed by their names and the sample's values; conventions by arithmetic on the sample.
[[nodiscard]] Mapping guessMapping(std::span<const std::string> header,
                                   std::span<const std::vector<std::string>> sampleRows);

/// A mapping under a name, to be found again by the header it was made for. Error invalidArgument: an empty title.
[[nodiscard]] Result<Preset> presetFromMapping(std::string title, const Mapping& mapping,
                                               std::span<const std::string> header);

[[nodiscard]] nlohmann::json toJson(const Preset& preset);
[[nodiscard]] Result<Preset> presetFromJson(const nlohmann::json& document);

/// One saved preset. Errors: badFormat, which names the file.
[[nodiscard]] Result<Preset> loadUserPreset(const std::filesystem::path& file);
/// The user's presets: one JSON file each in a folder; a missing folder is an empty list. Files that cannot be read
/// are an error that names the file.
[[nodiscard]] Result<std::vector<Preset>> loadUserPresets(const std::filesystem::path& folder);
/// Writes folder/<id>.json whole or not at all. Returns its path.
[[nodiscard]] Result<std::filesystem::path> saveUserPreset(const Preset& preset, const std::filesystem::path& folder);
/// Error notFound when there is none of that id.
[[nodiscard]] Result<void> deleteUserPreset(std::string_view id, const std::filesystem::path& folder);

}  // namespace tierwise::ingest
