// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/base/money.h"
#include "core/catalog/meter.h"

// Internal to core/catalog: what no price list can mean, without knowing anything but the figure.

namespace tierwise::catalog {

/// Outside of what anyone has charged for a text token, with room: the dearest was o1-pro's output at 600 $/M, the
/// cheapest small embedding models at 0.004 $/M. Pico-dollars a token. A price a thousand or a million times off is
/// caught without a history.
inline constexpr std::int64_t kDearestText = 1'000'000'000;  // 1,000 $/M
inline constexpr std::int64_t kCheapestText = 2'000;         // 0.002 $/M
/// Other tokens (audio, images, cache), and units such as a request or a search.
inline constexpr std::int64_t kDearestToken = 10'000'000'000;        // 10,000 $/M
inline constexpr std::int64_t kDearestUnit = 1'000'000'000'000'000;  // 1,000 $ each

/// Why the rate cannot be meant, in words with the rate ("9710 $/M for output is dearer than ..."); "" = it can.
/// 0 can: free is a price.
[[nodiscard]] std::string implausible(Meter meter, Rate rate);

}  // namespace tierwise::catalog
