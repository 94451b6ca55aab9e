// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/ingest/mapping.h"
#include "core/ingest/masking.h"
#include "core/ingest/preset.h"
#include "core/ingest/reader/types.h"

namespace tierwise::ingest {

/// What the caller wants of an import; what is not said is found out.
struct ImportWishes {
    ReadOptions reading;
    std::optional<std::string> preset;  ///< id of a preset; with none and no mapping the best match
    std::optional<Mapping> mapping;     ///< wins over the preset
    MaskOptions masking;
    bool storeTexts = true;   ///< false: prompts and responses are left out
    bool allowBlank = false;  ///< plan a file of which no column says anything yet: the user will say it
};

/// Everything decided: the same plan on the same file gives the same rows in the same order. A value.
struct ImportPlan {
    std::string file;
    Dialect dialect;
    RaggedRows raggedRows = RaggedRows::keep;
    BlankLines blankLines = BlankLines::automatic;
    UnclosedQuotes unclosedQuotes = UnclosedQuotes::recover;
    std::vector<std::string> header;  ///< columns; of JSON the dotted paths of the sample
    Mapping mapping;
    MaskOptions masking;
    bool storeTexts = true;

    bool operator==(const ImportPlan&) const = default;
};

/// A plan, and why it is so.
struct PlannedImport {
    ImportPlan plan;
    SourceInfo source;
    std::vector<PresetMatch> matches;              ///< best first; empty where preset or mapping were given
    std::vector<std::vector<std::string>> sample;  ///< the first rows' cells by header
};

/// Whether a mapping says anything of requests: a model, tokens, a cost or a text.
[[nodiscard]] bool saysAnything(const Mapping& mapping);

/// Opens the file and looks at its head. own: the user's presets. Errors: as RecordReader::open; badFormat for an empty
/// file, and where no column says anything about requests (unless allowBlank); notFound for an unknown preset;
/// invalidArgument for a mapping that names columns which are not there.
[[nodiscard]] Result<PlannedImport> planImport(const std::string& file, const ImportWishes& wishes,
                                               std::span<const Preset> own, const TaskContext& context);

/// JSON text round trip, for resuming. Error badFormat.
[[nodiscard]] std::string planToJson(const ImportPlan& plan);
[[nodiscard]] Result<ImportPlan> planFromJson(const std::string& text);

}  // namespace tierwise::ingest
