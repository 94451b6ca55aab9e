// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/hardware.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/base/files.h"

namespace tierwise::catalog {
namespace {

using Json = nlohmann::json;

constexpr double kGiga = 1e9;
constexpr double kHoursPerYear = 8760;

std::string plain(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c != ' ' && c != '-' && c != '_') {
            result += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        }
    }
    return result;
}

double positive(const Json& object, const char* key) {
    const double value = object.at(key).get<double>();
    if (!(value > 0) || !std::isfinite(value)) {
        throw std::out_of_range(std::string(key) + " must be above 0");
    }
    return value;
}

std::optional<double> optionalPositive(const Json& object, const char* key) {
    return object.contains(key) ? std::optional<double>(positive(object, key)) : std::nullopt;
}

DecodeFit fitOf(const Json& object) {
    DecodeFit fit;
    fit.memory = object.at("memory");
    fit.eta = positive(object, "eta");
    fit.t0Seconds = positive(object, "t0Ms") / 1000;
    fit.meanError = positive(object, "meanError");
    fit.points = object.at("points");
    fit.source = object.at("source");
    if (fit.eta > 1) {
        throw std::out_of_range("eta must not be above 1");
    }
    return fit;
}

Gpu gpuOf(const Json& object) {
    Gpu gpu;
    gpu.id = object.at("id");
    gpu.name = object.at("name");
    gpu.memory = object.at("memory");
    gpu.memoryGb = positive(object, "memoryGb");
    gpu.bandwidthGbps = positive(object, "bandwidthGbps");
    gpu.powerWatts = positive(object, "powerWatts");
    gpu.priceUsd = optionalPositive(object, "priceUsd");
    gpu.tflops16 = optionalPositive(object, "tflops16");
    gpu.source = object.at("source");
    return gpu;
}

// Nothing where the setup makes sense.
std::string wrongIn(const LocalSetup& setup) {
    const auto within = [](double value, double low, double high) { return value >= low && value <= high; };
    if (!within(setup.bitsPerWeight, 1, 32)) {
        return "bits per weight must be 1 to 32";
    }
    if (!within(setup.kvBytesPerValue, 1, 4)) {
        return "bytes per KV value must be 1 to 4";
    }
    if (!within(static_cast<double>(setup.contextTokens), 0, 1e9) || !within(setup.streams, 1, 100'000) ||
        !within(setup.gpus, 1, 10'000)) {
        return "context, streams and GPUs must be positive and sensible";
    }
    if (!(setup.utilization > 0) || setup.utilization > 1) {
        return "utilization must be above 0 and at most 1";
    }
    if (!within(setup.yearsOfUse, 0.1, 50) || !within(setup.pue, 1, 5) || !within(setup.tariffPerKwh, 0, 10) ||
        !within(setup.idleShare, 0, 1) || !within(setup.operationsPerYear, 0, 1e9) || !within(setup.priceUsd, 0, 1e9) ||
        !within(setup.overheadGb, 0, 10'000)) {
        return "years (0.1 to 50), PUE (1 to 5), tariff (0 to 10), idle share (0 to 1), costs and overhead must be in "
               "range";
    }
    if (!(setup.prefillEfficiency > 0) || setup.prefillEfficiency > 1) {
        return "the efficiency of prefill must be above 0 and at most 1";
    }
    return {};
}

// Parameters whose weights one step reads: with more streams, a mixture of experts touches more experts.
double readParametersB(const Model& model, int streams) {
    const double total = *model.totalParametersB;
    return std::min(total, model.activeParametersB.value_or(total) * streams);
}

void addPrices(LocalEconomics& result, const Gpu& gpu, const LocalSetup& setup) {
    const double kilowatts = gpu.powerWatts * setup.gpus * setup.pue / 1000;
    const double dollarsPerBusyHour = kilowatts * setup.tariffPerKwh;
    const double tokensPerBusyHour = result.tokensPerSecond * 3600;
    result.marginalPerMillion = dollarsPerBusyHour / tokensPerBusyHour * 1e6;
    if (result.prefillTokensPerSecond) {
        result.prefillMarginalPerMillion = dollarsPerBusyHour / (*result.prefillTokensPerSecond * 3600) * 1e6;
    }
    const std::optional<double> each = setup.priceUsd > 0 ? std::optional<double>(setup.priceUsd) : gpu.priceUsd;
    if (!each) {
        result.warnings.emplace_back("the price of this GPU is not known: give one for the full cost");
        return;
    }
    const double fixedPerHour = (*each * setup.gpus / setup.yearsOfUse + setup.operationsPerYear) / kHoursPerYear;
    const double powerShare = setup.utilization + (1 - setup.utilization) * setup.idleShare;
    result.fullPerMillion =
        (fixedPerHour + dollarsPerBusyHour * powerShare) / (tokensPerBusyHour * setup.utilization) * 1e6;
}

}  // namespace

Result<HardwareTable> HardwareTable::parse(std::string_view json, const std::string& source) {
    HardwareTable table;
    std::string where = "the document";
    try {
        const Json document = Json::parse(json);
        if (document.at("format") != "tierwise-hardware" || document.at("version") != 1) {
            throw std::out_of_range("format and version are not those of a hardware table");
        }
        for (const auto& fit : document.at("fits")) {
            where = "fit " + std::to_string(table.fits.size() + 1);
            table.fits.push_back(fitOf(fit));
        }
        for (const auto& gpu : document.at("gpus")) {
            where = "GPU " + std::to_string(table.gpus.size() + 1);
            table.gpus.push_back(gpuOf(gpu));
            if (table.fit(table.gpus.back().memory) == nullptr) {
                throw std::out_of_range("its kind of memory has no fit");
            }
        }
    } catch (const std::exception& error) {
        return fail(ErrorCode::badFormat, where + " of the hardware table cannot be read: " + error.what(),
                    "Mend it, or install Tierwise again", source);
    }
    return table;
}

Result<HardwareTable> HardwareTable::load(const std::filesystem::path& path) {
    const auto bytes = readFile(path, std::int64_t{16} << 20);
    return bytes ? parse(*bytes, path.string()) : Result<HardwareTable>(fail(bytes.error()));
}

const Gpu* HardwareTable::gpu(std::string_view name) const {
    const auto found = std::find_if(gpus.begin(), gpus.end(), [wanted = plain(name)](const Gpu& each) {
        return plain(each.id) == wanted || plain(each.name) == wanted;
    });
    return found != gpus.end() ? &*found : nullptr;
}

const DecodeFit* HardwareTable::fit(std::string_view memory) const {
    const auto found =
        std::find_if(fits.begin(), fits.end(), [memory](const DecodeFit& each) { return each.memory == memory; });
    return found != fits.end() ? &*found : nullptr;
}

double weightBytes(double parametersB, double bitsPerWeight) {
    return parametersB * kGiga * bitsPerWeight / 8;
}

std::int64_t kvBytesPerToken(const KvShape& shape, int bytesPerValue) {
    const auto layers = static_cast<std::int64_t>(shape.attentionLayers);
    if (shape.latentSize > 0) {
        return layers * shape.latentSize * bytesPerValue;
    }
    return 2 * layers * shape.kvHeads * shape.headSize * bytesPerValue;
}

double decodeSeconds(double bytesRead, const Gpu& gpu, const DecodeFit& fit) {
    return bytesRead / (fit.eta * gpu.bandwidthGbps * kGiga) + fit.t0Seconds;
}

Result<LocalEconomics> localEconomics(const Model& model, const Gpu& gpu, const DecodeFit& fit,
                                      const LocalSetup& setup) {
    if (auto wrong = wrongIn(setup); !wrong.empty()) {
        return fail(ErrorCode::invalidArgument, wrong);
    }
    if (!model.totalParametersB) {
        return fail(ErrorCode::infeasible, "the size of " + model.id + " is not public, so it cannot be hosted",
                    "Choose a model with open weights");
    }
    LocalEconomics result;
    result.weightGb = weightBytes(*model.totalParametersB, setup.bitsPerWeight) / kGiga;
    double cacheBytes = 0;
    if (model.kv) {
        result.kvBytesPerToken = catalog::kvBytesPerToken(*model.kv, setup.kvBytesPerValue);
        cacheBytes =
            static_cast<double>(*result.kvBytesPerToken) * static_cast<double>(setup.contextTokens) * setup.streams;
    } else {
        result.warnings.emplace_back("the shape of its attention is not known: the KV cache is left out");
    }
    result.memoryNeededGb = result.weightGb + cacheBytes / kGiga + setup.overheadGb;
    result.memoryGb = gpu.memoryGb * setup.gpus;
    result.fits = result.memoryNeededGb <= result.memoryGb;
    if (!result.fits) {
        result.warnings.emplace_back("it does not fit into the memory; the speeds hold only if it did");
    }
    if (setup.gpus > 1) {
        result.warnings.emplace_back("several GPUs are taken as one without loss; real ones are slower");
    }
    if (setup.streams > 1) {
        result.warnings.emplace_back("the speed formula was fitted on single streams");
    }
    Gpu together = gpu;
    together.bandwidthGbps *= setup.gpus;
    const double bytesRead = weightBytes(readParametersB(model, setup.streams), setup.bitsPerWeight) + cacheBytes;
    result.secondsPerToken = decodeSeconds(bytesRead, together, fit);
    result.tokensPerSecond = setup.streams / result.secondsPerToken;
    const double active = model.activeParametersB.value_or(*model.totalParametersB);
    if (gpu.tflops16) {
        // Two operations a parameter and token (Kaplan et al. 2020).
        result.prefillTokensPerSecond =
            *gpu.tflops16 * setup.gpus * 1e12 * setup.prefillEfficiency / (2 * active * kGiga);
    }
    addPrices(result, gpu, setup);
    return result;
}

}  // namespace tierwise::catalog
