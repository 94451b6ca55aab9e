// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/focus.h"

#include <chrono>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/base/display.h"
#include "core/report/writers.h"

namespace tierwise::report {
namespace {

struct Field {
    const char* name;
    std::string value;
    bool isText = true;
};

MoneySum cost(Rate rate, std::int64_t quantity) {
    return MoneySum::fromPico(static_cast<Int128>(rate.picoPerUnit()) * quantity);
}

Timestamp monthStart(Timestamp day, unsigned ahead) {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day.day()))};
    const auto month = date.year() / date.month() / 1 + std::chrono::months(ahead);
    return Timestamp::fromCivil(static_cast<int>(month.year()), static_cast<unsigned>(month.month()), 1);
}

// What is not known has a word of its own where FOCUS allows no null.
std::string orUnknown(const std::string& name) {
    return name.empty() ? std::string("Unknown") : name;
}

// Properties of the price; only those that apply to the meter.
std::string priceDetails(const FocusLine& line) {
    nlohmann::ordered_json json{{"x_ModelId", displayText(line.model)}};
    if (!line.publisher.empty()) {
        json["x_ModelDeveloper"] = displayText(line.publisher);
    }
    if (!line.modelFamily.empty()) {
        json["x_ModelFamily"] = displayText(line.modelFamily);
    }
    if (line.meter == "Output Tokens") {
        json["x_TokenDirection"] = "Output";
    } else if (line.meter != "Requests") {
        json["x_TokenDirection"] = "Input";
        json["x_CacheAction"] = line.meter == "Cached Input Tokens"              ? "Read"
                                : line.meter.rfind("Cache Write Tokens", 0) == 0 ? "Write"
                                                                                 : "Uncached";
    }
    return json.dump();
}

std::vector<Field> fields(const FocusLine& line) {
    const bool tokens = line.meter != "Requests";
    const std::string list = cost(line.listRate, line.quantity).toString();
    const std::string contracted = cost(line.contractedRate, line.quantity).toString();
    const std::string unit = tokens ? "1000000 Tokens" : "Requests";
    const std::string quantity = tokens ? MoneySum::fromPico(static_cast<Int128>(line.quantity) * 1'000'000).toString()
                                        : fmt::format("{}", line.quantity);
    const auto price = [&](Rate rate) {
        return tokens ? rate.perMillion() : Money::fromPico(rate.picoPerUnit()).toString();
    };
    const std::string dayEnd = Timestamp::fromSeconds((line.day.day() + 1) * 86400).toIso();
    return {
        {"BilledCost", "0", false},
        {"BillingAccountId", "simulated"},
        {"BillingAccountName", "Simulated by Tierwise"},
        {"BillingCurrency", "USD"},
        {"BillingPeriodEnd", monthStart(line.day, 1).toIso()},
        {"BillingPeriodStart", monthStart(line.day, 0).toIso()},
        {"ChargeCategory", "Usage"},
        {"ChargeClass", ""},
        {"ChargeDescription", fmt::format("{} of {}, simulated at list price", line.meter, line.model)},
        {"ChargePeriodEnd", dayEnd},
        {"ChargePeriodStart", Timestamp::fromSeconds(line.day.day() * 86400).toIso()},
        {"ConsumedQuantity", fmt::format("{}", line.quantity), false},
        {"ConsumedUnit", tokens ? "Tokens" : "Requests"},
        {"ContractedCost", contracted, false},
        {"ContractedUnitPrice", price(line.contractedRate), false},
        {"EffectiveCost", contracted, false},
        {"InvoiceIssuerName", orUnknown(line.provider)},
        {"ListCost", list, false},
        {"ListUnitPrice", price(line.listRate), false},
        {"PricingCategory", "Standard"},
        {"PricingCurrency", "USD"},
        {"PricingQuantity", quantity, false},
        {"PricingUnit", unit},
        {"ProviderName", orUnknown(line.provider)},
        {"PublisherName", orUnknown(line.publisher)},
        {"RegionId", line.region},
        {"ResourceId", line.model},
        {"ServiceCategory", "AI and Machine Learning"},
        {"ServiceName", line.provider.empty() ? "LLM inference" : line.provider + " LLM inference"},
        {"ServiceSubcategory", "Generative AI"},
        // One SKU a meter: a meter stays the same for its SKU.
        {"SkuId", fmt::format("{}/{}", line.model, line.meter)},
        {"SkuMeter", line.meter},
        {"SkuPriceDetails", priceDetails(line), false},
        {"SkuPriceId", fmt::format("{}/{}/{}", line.model, line.serviceTier, line.meter)},
        {"SubAccountId", line.team},
        {"SubAccountName", line.team},
        {"x_FocusVersion", kFocusVersion, false},
        {"x_PriceSnapshotDate", line.priceSnapshot},
        {"x_ScenarioId", line.scenario},
        {"x_ServiceTier", line.serviceTier},
        {"x_Simulated", "true"},
        {"x_Tier", line.tier},
    };
}

}  // namespace

std::string focusHeader() {
    std::string header;
    for (const auto& field : fields({})) {
        header += (header.empty() ? "" : ",") + std::string(field.name);
    }
    return header + "\r\n";
}

std::string focusRow(const FocusLine& line) {
    std::string row;
    bool first = true;
    for (const auto& field : fields(line)) {
        row += (first ? "" : ",") + csvField(field.isText ? displayText(field.value) : field.value, field.isText);
        first = false;
    }
    return row + "\r\n";
}

}  // namespace tierwise::report
