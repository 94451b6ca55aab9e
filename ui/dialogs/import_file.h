// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <QString>

#include "core/ingest/import_plan.h"
#include "core/ingest/preset.h"

namespace tierwise::ui {

/// One file on its way in: what was found out about it, and what the user said of it.
struct ImportFile {
    QString path;
    bool wanted = true;
    QString problem;                                 ///< why it cannot be read; empty = it can, or nobody looked yet
    std::optional<ingest::PlannedImport> planned;    ///< as it would be read now
    std::vector<ingest::PresetMatch> matches;        ///< what it was taken for at first, best first
    std::optional<std::string> preset;               ///< the user's choice
    ingest::ReadOptions reading;                     ///< what the user overrides
    bool mappingEdited = false;                      ///< planned->plan.mapping is the user's
    std::optional<std::pair<qint64, qint64>> shown;  ///< rows and rejects of the last preview

    /// Nothing was changed by hand.
    [[nodiscard]] bool untouched() const {
        return !preset && !mappingEdited && reading.encoding == std::nullopt && reading.delimiter == std::nullopt &&
               reading.quote == std::nullopt && reading.hasHeader == std::nullopt && reading.skipLines == std::nullopt;
    }
};

}  // namespace tierwise::ui
