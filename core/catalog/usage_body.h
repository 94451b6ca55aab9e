// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/catalog/catalog.h"

namespace tierwise::catalog {

/// A provider's own usage object, read into the normalized form.
struct UsageBody {
    Usage usage;
    std::string dialect;      ///< "openai.chat", "openai.responses", "anthropic", "gemini", "bedrock", "cohere" ...
    std::string model;        ///< the name the body itself carries; may be empty
    std::string serviceTier;  ///< said by the body ("batch", "flex", "priority"); "" = not said
    std::string region;       ///< said by the body (Anthropic's inference_geo); "" = not said
    std::vector<std::string> warnings;  ///< parts that contradict each other, and what was done
};

/// Reads a usage object, or a whole response that holds one ("usage", "usageMetadata", "meta"). The dialect is told by
/// its keys; convention says what the keys leave open (is reasoning inside the output?), where the offering is known.
/// Errors badFormat: not JSON, not an object, no known key in it, or a count that is no whole number >= 0.
[[nodiscard]] Result<UsageBody> readUsageBody(std::string_view json, const Offering* offering);

}  // namespace tierwise::catalog
