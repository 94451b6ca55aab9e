// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace tierwise::tokens {

/// Tokens of a family for each token of o200k_base, on mixed English text and code. An assumption with its source,
/// never an exact count.
struct FamilyRatio {
    std::string family;  ///< "llama3", as Model::tokenizerFamily has it
    double low = 1;
    double mid = 1;
    double high = 1;
    bool exact = false;  ///< the family's own vocabulary ships: count instead
    std::string source;
    bool operator==(const FamilyRatio&) const = default;
};

/// A count in another family, low to high, rounded up.
struct EstimatedTokens {
    std::int64_t low = 0;
    std::int64_t mid = 0;
    std::int64_t high = 0;
    bool operator==(const EstimatedTokens&) const = default;
};

/// The table of ratios. Read-only; any thread.
class FamilyRatios {
public:
    /// resources/tokens/ratios.json. Errors: notFound, io, badFormat (names the entry).
    [[nodiscard]] static Result<FamilyRatios> parse(std::string_view json, const std::string& source);
    [[nodiscard]] static Result<FamilyRatios> load(const std::filesystem::path& path);

    [[nodiscard]] const std::vector<FamilyRatio>& all() const { return m_ratios; }
    /// Null when nothing is known of the family.
    [[nodiscard]] const FamilyRatio* find(std::string_view family) const;
    /// From a count in o200k. An unknown family takes the widest range of the table.
    [[nodiscard]] EstimatedTokens estimate(std::string_view family, std::int64_t o200kTokens) const;

private:
    std::vector<FamilyRatio> m_ratios;
};

}  // namespace tierwise::tokens
