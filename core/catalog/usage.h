// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/base/ids.h"

namespace tierwise::catalog {

/// Normalized usage of one request, or of one aggregate line (domain, section 1). Counts are tokens unless named
/// otherwise; missing means unknown, never 0. reasoning is a part of output and is never billed on top of it.
struct Usage {
    std::optional<std::int64_t> inputUncached;
    std::optional<std::int64_t> cacheRead;
    std::optional<std::int64_t> cacheWrite5m;
    std::optional<std::int64_t> cacheWrite1h;
    std::optional<std::int64_t> output;
    std::optional<std::int64_t> reasoning;
    std::int64_t requests = 1;
    /// Meters beyond text tokens, by name (inputAudio, outputAudio, inputImage, webSearch ...), in their own unit.
    std::map<std::string, std::int64_t> extra;

    bool operator==(const Usage&) const = default;
};

}  // namespace tierwise::catalog
