// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokens/family_ratio.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/base/files.h"

namespace tierwise::tokens {
namespace {

constexpr double kLargestRatio = 10;

FamilyRatio ratioOf(const nlohmann::json& object) {
    FamilyRatio ratio;
    ratio.family = object.at("family");
    ratio.low = object.at("low");
    ratio.mid = object.at("mid");
    ratio.high = object.at("high");
    ratio.exact = object.value("exact", false);
    ratio.source = object.at("source");
    if (!(ratio.low > 0 && ratio.low <= ratio.mid && ratio.mid <= ratio.high && ratio.high <= kLargestRatio)) {
        throw std::out_of_range("low, mid and high must rise from above 0 to at most 10");
    }
    return ratio;
}

// 1e-9: a ratio of 1.1 is not exact in binary, and 10 tokens of it are 11, not 12.
std::int64_t scaled(std::int64_t tokens, double ratio) {
    return static_cast<std::int64_t>(
        std::ceil(static_cast<double>(tokens) * ratio - 1e-9 * static_cast<double>(tokens)));
}

}  // namespace

Result<FamilyRatios> FamilyRatios::parse(std::string_view json, const std::string& source) {
    FamilyRatios table;
    try {
        const auto document = nlohmann::json::parse(json);
        if (document.at("format") != "tierwise-token-ratios" || document.at("version") != 1) {
            throw std::out_of_range("format and version are not those of a table of ratios");
        }
        for (const auto& object : document.at("ratios")) {
            table.m_ratios.push_back(ratioOf(object));
        }
    } catch (const std::exception& error) {
        return fail(ErrorCode::badFormat,
                    "ratio " + std::to_string(table.m_ratios.size() + 1) + " cannot be read: " + error.what(),
                    "Mend it, or install Tierwise again", source);
    }
    return table;
}

Result<FamilyRatios> FamilyRatios::load(const std::filesystem::path& path) {
    const auto bytes = readFile(path, std::int64_t{1} << 20);
    return bytes ? parse(*bytes, path.string()) : Result<FamilyRatios>(fail(bytes.error()));
}

const FamilyRatio* FamilyRatios::find(std::string_view family) const {
    const auto found = std::find_if(m_ratios.begin(), m_ratios.end(),
                                    [family](const FamilyRatio& each) { return each.family == family; });
    return found != m_ratios.end() ? &*found : nullptr;
}

EstimatedTokens FamilyRatios::estimate(std::string_view family, std::int64_t o200kTokens) const {
    if (const FamilyRatio* known = find(family)) {
        return {scaled(o200kTokens, known->low), scaled(o200kTokens, known->mid), scaled(o200kTokens, known->high)};
    }
    double low = 1;
    double high = 1;
    for (const auto& ratio : m_ratios) {
        low = std::min(low, ratio.low);
        high = std::max(high, ratio.high);
    }
    return {scaled(o200kTokens, low), o200kTokens, scaled(o200kTokens, high)};
}

}  // namespace tierwise::tokens
