// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

// Internal to core/catalog: which model an offering's name means, whoever sells it.

namespace tierwise::catalog {

/// The bare name of the model in a seller's id: path, region, vendor, date, quantization and variant taken off.
[[nodiscard]] std::string bareModelName(std::string_view offeringId);
/// Equal for two spellings of one model.
[[nodiscard]] std::string modelKey(std::string_view bareName);
/// The author by the family its name begins with ("claude" -> "anthropic"); "" when unknown.
[[nodiscard]] std::string authorOfName(std::string_view bareName);
/// The tokenizer family by the model's family ("gpt-4o" -> "o200k"); "" when unknown.
[[nodiscard]] std::string tokenizerOfName(std::string_view bareName);

}  // namespace tierwise::catalog
