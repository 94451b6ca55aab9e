// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/price_bounds.h"

#include <fmt/format.h>

namespace tierwise::catalog {

std::string implausible(Meter meter, Rate rate) {
    const bool perUnit = meter == Meter::request || meter == Meter::webSearch;
    const bool text = meter == Meter::input || meter == Meter::output;
    const std::int64_t dearest = perUnit ? kDearestUnit : text ? kDearestText : kDearestToken;
    const std::int64_t pico = rate.picoPerUnit();
    if (pico > dearest) {
        return fmt::format("{} $/M for {} is dearer than any has been sold for: a unit error?", rate.perMillion(),
                           meterName(meter));
    }
    if (text && pico > 0 && pico < kCheapestText) {
        return fmt::format("{} $/M for {} is cheaper than any has been sold for: a unit error?", rate.perMillion(),
                           meterName(meter));
    }
    return {};
}

}  // namespace tierwise::catalog
