// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tierwise::catalog {

/// What a rate prices, one unit each: a token of a kind, a request, or a search. Words in files: meterName().
/// inputAudio, inputImage and inputVideo are parts of the uncached input, cacheReadAudio and cacheReadImage parts of
/// the cache reads, outputAudio, outputImage, reasoning and citation parts of the output: a part with a rate of its own
/// is billed at that rate and taken out of the whole; a part without one stays in the whole.
enum class Meter : std::uint8_t {
    input,
    output,
    cacheRead,
    cacheWrite5m,
    cacheWrite1h,
    request,
    reasoning,
    inputAudio,
    outputAudio,
    cacheReadAudio,
    inputImage,
    outputImage,
    cacheReadImage,
    inputVideo,
    outputVideo,
    citation,
    webSearch,
};
inline constexpr std::size_t kMeterCount = 17;

/// "input", "cacheWrite5m", ...
[[nodiscard]] std::string_view meterName(Meter meter);
[[nodiscard]] std::optional<Meter> meterOf(std::string_view name);

}  // namespace tierwise::catalog
