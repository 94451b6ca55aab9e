// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/preset.h"

namespace tierwise::ingest {

/// guessMapping as a match called "generic", with how much of what a request needs was found.
[[nodiscard]] PresetMatch guessMatch(std::span<const std::string> header,
                                     std::span<const std::vector<std::string>> sampleRows);

/// Takes the form of numbers and dates from the sample, where it leaves no doubt.
void adoptForms(Mapping& mapping, std::span<const std::string> header,
                std::span<const std::vector<std::string>> sampleRows);

}  // namespace tierwise::ingest
