// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/catalog/catalog.h"

// What a local model costs on hardware of one's own (domain, section 7). Bytes are bytes, GB are 10^9 bytes, bandwidth
// is GB/s, times are seconds, power is watts, money is dollars; all of it is estimate, none of it is a bill.
namespace tierwise::catalog {

/// t = bytes read per token / (eta x bandwidth) + t0, fitted on public single-stream measurements of one kind of
/// memory.
struct DecodeFit {
    std::string memory;  ///< "gddr", "hbm", "unified", "gddr-amd"
    double eta = 0;      ///< share of the nominal bandwidth that is reached, 0..1
    double t0Seconds = 0;
    double meanError = 0;  ///< mean |predicted / measured speed - 1| over the points
    int points = 0;
    std::string source;
    bool operator==(const DecodeFit&) const = default;
};

struct Gpu {
    std::string id;  ///< "rtx-4090"
    std::string name;
    std::string memory;  ///< DecodeFit::memory
    double memoryGb = 0;
    double bandwidthGbps = 0;
    double powerWatts = 0;           ///< board power at load
    std::optional<double> priceUsd;  ///< list price at launch, or what a machine costs: an editable assumption
    std::optional<double>
        tflops16;  ///< dense 16-bit matrix TFLOPS with 32-bit sums; missing = prefill is not estimated
    std::string source;
    bool operator==(const Gpu&) const = default;
};

struct HardwareTable {
    std::vector<DecodeFit> fits;
    std::vector<Gpu> gpus;

    /// resources/catalog/hardware.json. Errors: notFound, io, badFormat (names the entry).
    [[nodiscard]] static Result<HardwareTable> parse(std::string_view json, const std::string& source);
    [[nodiscard]] static Result<HardwareTable> load(const std::filesystem::path& path);
    /// By id or name, without regard to case, spaces and dashes; null when unknown.
    [[nodiscard]] const Gpu* gpu(std::string_view name) const;
    [[nodiscard]] const DecodeFit* fit(std::string_view memory) const;
};

/// parameters x bits / 8
[[nodiscard]] double weightBytes(double parametersB, double bitsPerWeight);

/// 2 x attention layers x KV heads x head size x bytes a value; MLA: layers x latent size x bytes a value. A hybrid
/// model's shape counts its attention layers alone.
[[nodiscard]] std::int64_t kvBytesPerToken(const KvShape& shape, int bytesPerValue);

/// Seconds for one token of one stream.
[[nodiscard]] double decodeSeconds(double bytesRead, const Gpu& gpu, const DecodeFit& fit);

/// How a model is run and what the surroundings cost. Defaults are editable assumptions.
struct LocalSetup {
    double bitsPerWeight = 4.85;  ///< 16, 8, or 4.85 as Q4_K_M has on average
    int kvBytesPerValue = 2;
    std::int64_t contextTokens = 4096;  ///< held and read per stream
    int streams = 1;                    ///< decoded together; weights are read once for all
    int gpus = 1;                       ///< alike; bandwidth and memory add up, with no loss assumed
    double overheadGb = 1;              ///< activations, runtime, display
    double utilization = 0.3;           ///< share of the time that tokens are made, 0..1
    double yearsOfUse = 3;
    double pue = 1.2;                ///< facility power / machine power
    double tariffPerKwh = 0.15;      ///< dollars
    double idleShare = 0.1;          ///< power when idle / at load
    double operationsPerYear = 0;    ///< dollars: hosting, spares, hands
    double priceUsd = 0;             ///< of one GPU with its share of the machine; 0 = the table's
    double prefillEfficiency = 0.4;  ///< share of the nominal TFLOPS that prefill reaches
    bool operator==(const LocalSetup&) const = default;
};

struct LocalEconomics {
    double weightGb = 0;
    std::optional<std::int64_t> kvBytesPerToken;  ///< missing where the model's shape is not public
    double memoryNeededGb = 0;
    double memoryGb = 0;
    bool fits = false;
    double secondsPerToken = 0;  ///< of one stream
    double tokensPerSecond = 0;  ///< of all streams together
    std::optional<double> prefillTokensPerSecond;
    double marginalPerMillion = 0;         ///< dollars: the power of making the tokens, nothing else
    std::optional<double> fullPerMillion;  ///< dollars: amortization, power, operations at the utilization
    std::optional<double> prefillMarginalPerMillion;
    std::vector<std::string> warnings;
};

/// Errors invalidArgument: a setup out of range; infeasible: the model's size is unknown, or the memory kind has no
/// fit.
[[nodiscard]] Result<LocalEconomics> localEconomics(const Model& model, const Gpu& gpu, const DecodeFit& fit,
                                                    const LocalSetup& setup);

}  // namespace tierwise::catalog
