// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/error.h"

// Internal to core/catalog: where the usage sits in what a provider sent.

namespace tierwise::catalog {

/// The usage object of a response, of a list of streamed chunks, or of a stream as it came ("data: {...}" lines).
struct UsageDocument {
    nlohmann::json usage;     ///< chunks laid over each other, the later figure wins; Gemini's keys in camel case
    std::string model;        ///< the name the document carries; may be empty
    std::string serviceTier;  ///< said beside the usage; may be empty
};

/// Error badFormat: not JSON.
[[nodiscard]] Result<UsageDocument> readUsageDocument(std::string_view text);

/// The member of an object; null where there is none.
[[nodiscard]] const nlohmann::json& child(const nlohmann::json& object, const char* key);
/// "batch", "flex" or "priority" where the object says so in any provider's way; else "".
[[nodiscard]] std::string serviceTierOf(const nlohmann::json& object);

}  // namespace tierwise::catalog
