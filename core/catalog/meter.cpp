// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/meter.h"

#include <array>

namespace tierwise::catalog {

namespace {

constexpr std::array<std::string_view, kMeterCount> kNames = {
    "input",          "output",     "cacheRead",   "cacheWrite5m",   "cacheWrite1h", "request",
    "reasoning",      "inputAudio", "outputAudio", "cacheReadAudio", "inputImage",   "outputImage",
    "cacheReadImage", "inputVideo", "outputVideo", "citation",       "webSearch",
};

}  // namespace

std::string_view meterName(Meter meter) {
    return kNames[static_cast<std::size_t>(meter)];
}

std::optional<Meter> meterOf(std::string_view name) {
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames[i] == name) {
            return static_cast<Meter>(i);
        }
    }
    return {};
}

}  // namespace tierwise::catalog
