// SPDX-License-Identifier: GPL-3.0-or-later
// A dated list of prices, as CSV: date,catalog,provider,model,input_usd_per_m,output_usd_per_m,cache_read_usd_per_m.
#include <fmt/format.h>

#include "core/base/decimal.h"
#include "core/catalog/source.h"
#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

constexpr std::size_t kColumns = 7;

/// One line of CSV; names are plain, but a quoted one may hold commas.
std::vector<std::string> fields(std::string_view line) {
    std::vector<std::string> found(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            found.emplace_back();
        } else {
            found.back() += c;
        }
    }
    return found;
}

std::optional<Rate> rateOf(const std::string& text) {
    bool rounded = false;
    const auto pico = text.empty() ? std::nullopt : parseScaledDecimalRounded(text, 6, &rounded);
    return pico && *pico >= 0 ? std::optional<Rate>(Rate::fromPicoPerUnit(*pico)) : std::nullopt;
}

}  // namespace

Result<std::vector<DatedPrice>> readPriceHistory(std::string_view csv, const std::string& source) {
    std::vector<DatedPrice> prices;
    std::int64_t line = 0;
    while (!csv.empty()) {
        const auto end = csv.find('\n');
        std::string_view text = csv.substr(0, end);
        csv.remove_prefix(end == std::string_view::npos ? csv.size() : end + 1);
        ++line;
        if (text.ends_with('\r')) {
            text.remove_suffix(1);
        }
        if (text.empty() || (line == 1 && text.starts_with("date,"))) {
            continue;
        }
        const auto parts = fields(text);
        const auto date = Timestamp::parseIso(parts[0]);
        if (parts.size() != kColumns || !date) {
            return fail(ErrorCode::badFormat, "not a line of dated prices",
                        "Columns: date, catalog, provider, model, input, output, cache read", source, line);
        }
        prices.push_back({*date, parts[1], parts[2], parts[3], rateOf(parts[4]), rateOf(parts[5]), rateOf(parts[6])});
    }
    return prices;
}

}  // namespace tierwise::catalog
