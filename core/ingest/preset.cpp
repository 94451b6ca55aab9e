// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/preset.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <unordered_set>

#include <fmt/format.h>
#include <re2/re2.h>
#include <nlohmann/json.hpp>

#include "core/ingest/mapping_row.h"
#include "core/ingest/preset_data.h"
#include "core/ingest/preset_guess.h"

namespace tierwise::ingest {
namespace {

std::vector<std::string_view> alternatives(std::string_view name) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t bar = name.find('|');
        parts.push_back(name.substr(0, bar));
        if (bar == std::string_view::npos) {
            return parts;
        }
        name.remove_prefix(bar + 1);
    }
}

// The names of a header, folded, and every object that JSON paths go through.
class HeaderNames {
public:
    explicit HeaderNames(std::span<const std::string> header) {
        for (std::size_t i = 0; i < header.size(); ++i) {
            std::string name = foldedName(header[i]);
            for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1)) {
                m_objects.insert(name.substr(0, dot));
            }
            m_columns.emplace(std::move(name), i);
        }
    }
    [[nodiscard]] bool has(std::string_view name) const {
        const std::string folded = foldedName(name);
        return m_columns.contains(folded) || m_objects.contains(folded);
    }
    [[nodiscard]] bool hasAny(std::string_view either) const {
        const auto names = alternatives(either);
        return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return has(name); });
    }
    [[nodiscard]] std::optional<std::size_t> indexOf(std::string_view name) const {
        const auto found = m_columns.find(foldedName(name));
        return found == m_columns.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::unordered_map<std::string, std::size_t> m_columns;
    std::unordered_set<std::string> m_objects;
};

bool valuesFit(const Signature& signature, const HeaderNames& names,
               std::span<const std::vector<std::string>> sampleRows) {
    for (const auto& [column, pattern] : signature.values) {
        const auto index = names.indexOf(column);
        const re2::RE2 wanted(pattern, re2::RE2::Quiet);
        for (const auto& row : sampleRows) {
            if (index && *index < row.size() && !isMissing(trimmed(row[*index])) &&
                !re2::RE2::FullMatch(row[*index], wanted)) {
                return false;
            }
        }
    }
    return true;
}

// Two or more names are strong evidence; coverage of the other columns adds to it.
double confidenceOf(const Preset& preset, std::span<const std::string> header) {
    std::unordered_set<std::string> known;
    for (const auto& column : preset.mapping.columns) {
        known.insert(foldedName(column.column));
    }
    for (const auto& column : preset.signature.all) {
        for (const auto name : alternatives(column)) {
            known.insert(foldedName(name));
        }
    }
    const auto isKnown = [&](const std::string& column) {
        std::string name = foldedName(column);
        while (!known.contains(name)) {
            const std::size_t dot = name.rfind('.');
            if (dot == std::string::npos) {
                return false;
            }
            name.resize(dot);
        }
        return true;
    };
    const auto covered = std::count_if(header.begin(), header.end(), isKnown);
    const double coverage = static_cast<double>(covered) / static_cast<double>(std::max<std::size_t>(header.size(), 1));
    const std::size_t required = preset.signature.all.size();
    const double base = required >= 3 ? 0.8 : required == 2 ? 0.78 : 0.72;
    return std::min(0.99, base + 0.1 * coverage + 0.015 * static_cast<double>(std::min<std::size_t>(required, 6)));
}

std::optional<PresetMatch> match(const Preset& preset, const HeaderNames& names, std::span<const std::string> header,
                                 std::span<const std::vector<std::string>> sampleRows) {
    const Signature& signature = preset.signature;
    const auto present = [&](const std::string& name) { return names.hasAny(name); };
    if (signature.all.empty() || !std::all_of(signature.all.begin(), signature.all.end(), present) ||
        std::any_of(signature.none.begin(), signature.none.end(), present) ||
        !valuesFit(signature, names, sampleRows)) {
        return {};
    }
    PresetMatch found{preset.id, preset.title, confidenceOf(preset, header), {}, mappingFor(preset, header)};
    adoptForms(found.mapping, header, sampleRows);
    std::string columns;
    for (const auto& name : signature.all) {
        for (const auto part : alternatives(name)) {
            if (names.has(part)) {
                columns += (columns.empty() ? "" : ", ") + std::string(part);
                break;
            }
        }
    }
    found.because.push_back("It has the columns " + columns + ".");
    if (!signature.values.empty() && sampleRows.empty()) {
        found.confidence -= 0.1;
        found.because.emplace_back("Its values have not been looked at.");
    }
    return found;
}

Result<Signature> signatureFromJson(const nlohmann::json& document) {
    const auto wrong = [] {
        return fail(ErrorCode::badFormat, "the preset's \"signature\" is not right", "Save the preset again.");
    };
    Signature signature;
    for (const auto& [key, list] : {std::pair("all", &signature.all), {"none", &signature.none}}) {
        const auto found = document.find(key);
        if (found == document.end()) {
            continue;
        }
        if (!found->is_array()) {
            return wrong();
        }
        for (const auto& entry : *found) {
            if (!entry.is_string()) {
                return wrong();
            }
            list->push_back(entry.get<std::string>());
        }
    }
    if (const auto found = document.find("values"); found != document.end()) {
        for (const auto& entry : *found) {
            if (!entry.is_array() || entry.size() != 2 || !entry[0].is_string() || !entry[1].is_string() ||
                !re2::RE2(entry[1].get<std::string>(), re2::RE2::Quiet).ok()) {
                return wrong();
            }
            signature.values.emplace_back(entry[0].get<std::string>(), entry[1].get<std::string>());
        }
    }
    return signature;
}

// "like" borrows another preset's columns, filter and conventions.
void borrow(nlohmann::json& preset, const nlohmann::json& all) {
    const auto like = preset.find("like");
    if (like == preset.end()) {
        return;
    }
    for (const auto& other : all) {
        if (other["id"] == *like) {
            for (const char* key : {"columns", "only", "conventions"}) {
                if (other.contains(key)) {
                    preset[key] = other[key];
                }
            }
        }
    }
}

std::vector<Preset> readBuiltIn() {
    std::vector<Preset> presets;
    const auto document = nlohmann::json::parse(kPresetData);
    for (auto entry : document["presets"]) {
        borrow(entry, document["presets"]);
        auto preset = presetFromJson(entry);
        if (!preset) {
            // The data is compiled in and tested: a fault in it is a fault of the program.
            fmt::print(stderr, "preset data: {}\n", preset.error().describe());
            std::abort();
        }
        presets.push_back(std::move(*preset));
    }
    return presets;
}

}  // namespace

std::span<const Preset> builtInPresets() {
    static const std::vector<Preset> kPresets = readBuiltIn();
    return kPresets;
}

const Preset* findPreset(std::string_view id) {
    const auto all = builtInPresets();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Preset& preset) { return preset.id == id; });
    return found == all.end() ? nullptr : &*found;
}

Mapping mappingFor(const Preset& preset, std::span<const std::string> header) {
    const HeaderNames names(header);
    Mapping mapping = preset.mapping;
    mapping.preset = preset.id;
    mapping.columns.clear();
    for (const auto& column : preset.mapping.columns) {
        const auto parts = alternatives(column.column);
        // Ids are joined, so that only one of the alternatives may be taken; of the others the first with a value wins.
        const auto first = std::find_if(parts.begin(), parts.end(), [&](auto part) { return names.has(part); });
        const bool one = column.field == Field::requestId;
        for (const auto part : parts) {
            if (!one || part == (first == parts.end() ? parts.front() : *first)) {
                mapping.columns.push_back({std::string(part), column.field, column.unit});
            }
        }
    }
    mapping.only.clear();
    for (const auto& filter : preset.mapping.only) {
        // A record has one of the alternatives; the filters of the others let it pass.
        for (const auto part : alternatives(filter.column)) {
            mapping.only.push_back({std::string(part), filter.values});
        }
    }
    return mapping;
}

std::vector<PresetMatch> detectPresets(std::span<const std::string> header,
                                       std::span<const std::vector<std::string>> sampleRows,
                                       std::span<const Preset> own) {
    const HeaderNames names(header);
    std::vector<PresetMatch> matches;
    for (const auto presets : {own, builtInPresets()}) {
        for (const Preset& preset : presets) {
            if (auto found = match(preset, names, header, sampleRows)) {
                matches.push_back(std::move(*found));
            }
        }
    }
    std::stable_sort(matches.begin(), matches.end(),
                     [](const PresetMatch& a, const PresetMatch& b) { return a.confidence > b.confidence; });
    matches.push_back(guessMatch(header, sampleRows));
    return matches;
}

Result<Preset> presetFromJson(const nlohmann::json& document) {
    const auto text = [&](const char* key) {
        const auto found = document.find(key);
        return found != document.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    if (!document.is_object() || text("id").empty() || text("title").empty() || !document.contains("signature")) {
        return fail(ErrorCode::badFormat, "this is not a preset: its id, title or signature is missing",
                    "Save the preset again.");
    }
    auto signature = signatureFromJson(document["signature"]);
    if (!signature) {
        return tl::unexpected(signature.error());
    }
    auto mapping = mappingFromJson(document);
    if (!mapping) {
        return tl::unexpected(mapping.error());
    }
    Preset preset{text("id"), text("title"), text("kind"), std::move(*signature), std::move(*mapping), {}, false};
    preset.mapping.preset = preset.id;
    preset.user = document.value("user", false);
    if (const auto notes = document.find("notes"); notes != document.end() && notes->is_array()) {
        for (const auto& note : *notes) {
            if (note.is_string()) {
                preset.notes.push_back(note.get<std::string>());
            }
        }
    }
    return preset;
}

nlohmann::json toJson(const Preset& preset) {
    nlohmann::json document = toJson(preset.mapping);
    document.erase("preset");
    document["id"] = preset.id;
    document["title"] = preset.title;
    document["kind"] = preset.kind;
    document["signature"] = {{"all", preset.signature.all}};
    if (!preset.signature.none.empty()) {
        document["signature"]["none"] = preset.signature.none;
    }
    for (const auto& [column, pattern] : preset.signature.values) {
        document["signature"]["values"].push_back({column, pattern});
    }
    if (!preset.notes.empty()) {
        document["notes"] = preset.notes;
    }
    if (preset.user) {
        document["user"] = true;
    }
    return document;
}

}  // namespace tierwise::ingest
