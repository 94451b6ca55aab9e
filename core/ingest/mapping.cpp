// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/mapping.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

namespace tierwise::ingest {
namespace {

template <typename T>
using Names = std::span<const std::pair<T, std::string_view>>;

constexpr std::pair<Field, std::string_view> kFields[] = {
    {Field::extra, "extra"},
    {Field::ignore, "ignore"},
    {Field::time, "time"},
    {Field::endTime, "endTime"},
    {Field::model, "model"},
    {Field::provider, "provider"},
    {Field::inputTokens, "inputTokens"},
    {Field::inputUncached, "inputUncached"},
    {Field::cacheRead, "cacheRead"},
    {Field::cacheWrite, "cacheWrite"},
    {Field::cacheWrite5m, "cacheWrite5m"},
    {Field::cacheWrite1h, "cacheWrite1h"},
    {Field::outputTokens, "outputTokens"},
    {Field::reasoningTokens, "reasoningTokens"},
    {Field::totalTokens, "totalTokens"},
    {Field::usage, "usage"},
    {Field::cost, "cost"},
    {Field::inputCost, "inputCost"},
    {Field::outputCost, "outputCost"},
    {Field::requestId, "requestId"},
    {Field::session, "session"},
    {Field::user, "user"},
    {Field::team, "team"},
    {Field::tag, "tag"},
    {Field::serviceTier, "serviceTier"},
    {Field::region, "region"},
    {Field::latency, "latency"},
    {Field::prompt, "prompt"},
    {Field::response, "response"},
    {Field::score, "score"},
    {Field::requests, "requests"},
    {Field::status, "status"},
    {Field::domain, "domain"},
    {Field::dataClass, "dataClass"},
    {Field::metric, "metric"},
    {Field::amount, "amount"},
    {Field::sequence, "sequence"},
};

constexpr std::pair<Unit, std::string_view> kUnits[] = {
    {Unit::automatic, "automatic"},
    {Unit::dollars, "dollars"},
    {Unit::cents, "cents"},
    {Unit::microDollars, "microDollars"},
    {Unit::seconds, "seconds"},
    {Unit::milliseconds, "milliseconds"},
    {Unit::microseconds, "microseconds"},
    {Unit::nanoseconds, "nanoseconds"},
    {Unit::percent, "percent"},
    {Unit::ofTen, "ofTen"},
    {Unit::stars, "stars"},
    {Unit::thumbs, "thumbs"},
    {Unit::thousands, "thousands"},
};

constexpr std::pair<Assembly, std::string_view> kAssemblies[] = {
    {Assembly::none, "none"},
    {Assembly::pivot, "pivot"},
    {Assembly::splitBody, "splitBody"},
    {Assembly::claudeCode, "claudeCode"},
    {Assembly::codex, "codex"},
    {Assembly::otlp, "otlp"},
    {Assembly::langfuseTrace, "langfuseTrace"},
    {Assembly::turns, "turns"},
};

constexpr std::pair<CacheConvention, std::string_view> kCaches[] = {
    {CacheConvention::included, "included"},
    {CacheConvention::additional, "additional"},
    {CacheConvention::byTotal, "byTotal"},
};

constexpr std::pair<ReasoningConvention, std::string_view> kReasonings[] = {
    {ReasoningConvention::inside, "inside"},
    {ReasoningConvention::outside, "outside"},
    {ReasoningConvention::byTotal, "byTotal"},
};

constexpr std::pair<DateOrder, std::string_view> kDates[] = {
    {DateOrder::yearFirst, "yearFirst"},
    {DateOrder::dayFirst, "dayFirst"},
    {DateOrder::monthFirst, "monthFirst"},
};

constexpr std::pair<NumberForm, std::string_view> kNumbers[] = {
    {NumberForm::plain, "plain"},
    {NumberForm::commaDecimal, "commaDecimal"},
};

template <typename T, std::size_t N>
std::string_view nameOf(const std::pair<T, std::string_view> (&names)[N], T value) {
    for (const auto& [candidate, name] : names) {
        if (candidate == value) {
            return name;
        }
    }
    return {};
}

template <typename T, std::size_t N>
std::optional<T> valueOf(const std::pair<T, std::string_view> (&names)[N], std::string_view name) {
    for (const auto& [value, candidate] : names) {
        if (candidate == name) {
            return value;
        }
    }
    return {};
}

tl::unexpected<Error> badKey(std::string_view key, std::string_view why) {
    return fail(ErrorCode::badFormat, "the mapping's \"" + std::string(key) + "\" " + std::string(why),
                "Mend the file, or save the mapping again.", std::string(key));
}

// Reads an optional string key into one of a table's values.
template <typename T, std::size_t N>
Result<void> readChoice(const nlohmann::json& document, const char* key,
                        const std::pair<T, std::string_view> (&names)[N], T& target) {
    const auto found = document.find(key);
    if (found == document.end()) {
        return {};
    }
    const auto value =
        found->is_string() ? valueOf(names, found->template get_ref<const std::string&>()) : std::optional<T>();
    if (!value) {
        std::string known;
        for (const auto& each : names) {
            known += (known.empty() ? "" : ", ") + std::string(each.second);
        }
        return badKey(key, "is none of " + known);
    }
    target = *value;
    return {};
}

Result<void> readString(const nlohmann::json& document, const char* key, std::string& target) {
    const auto found = document.find(key);
    if (found == document.end()) {
        return {};
    }
    if (!found->is_string()) {
        return badKey(key, "is not a text");
    }
    target = found->get<std::string>();
    return {};
}

Result<void> readConventions(const nlohmann::json& document, Conventions& conventions) {
    if (!document.is_object()) {
        return badKey("conventions", "is not an object");
    }
    for (const auto& step : {readChoice(document, "cache", kCaches, conventions.cache),
                             readChoice(document, "reasoning", kReasonings, conventions.reasoning),
                             readChoice(document, "numbers", kNumbers, conventions.numbers),
                             readChoice(document, "dates", kDates, conventions.dates),
                             readString(document, "timeZone", conventions.timeZone),
                             readString(document, "timeEpoch", conventions.timeEpoch),
                             readString(document, "provider", conventions.provider),
                             readString(document, "serviceTier", conventions.serviceTier)}) {
        if (!step) {
            return step;
        }
    }
    if (const auto found = document.find("timeShiftSeconds"); found != document.end()) {
        if (!found->is_number_integer()) {
            return badKey("timeShiftSeconds", "is not a whole number");
        }
        conventions.timeShiftSeconds = found->get<std::int64_t>();
    }
    for (const auto& [key, target] :
         {std::pair("uniqueIds", &conventions.uniqueIds), {"zeroIsUnknown", &conventions.zeroIsUnknown}}) {
        if (const auto found = document.find(key); found != document.end()) {
            if (!found->is_boolean()) {
                return badKey(key, "is neither true nor false");
            }
            *target = found->get<bool>();
        }
    }
    return {};
}

Result<ColumnMapping> readColumn(const nlohmann::json& document) {
    if (!document.is_object() || !document.contains("column")) {
        return badKey("columns", "has an entry without \"column\"");
    }
    ColumnMapping column;
    for (const auto& step :
         {readString(document, "column", column.column), readChoice(document, "field", kFields, column.field),
          readChoice(document, "unit", kUnits, column.unit)}) {
        if (!step) {
            return tl::unexpected(step.error());
        }
    }
    return column;
}

Result<void> readOnly(const nlohmann::json& document, Mapping& mapping) {
    const auto found = document.find("only");
    if (found == document.end()) {
        return {};
    }
    if (!found->is_array()) {
        return badKey("only", "is not a list");
    }
    for (const auto& entry : *found) {
        const auto values = entry.is_object() ? entry.find("values") : entry.end();
        RowFilter filter;
        if (!entry.is_object() || values == entry.end() || !values->is_array() ||
            !readString(entry, "column", filter.column) || filter.column.empty()) {
            return badKey("only", "has an entry without \"column\" and \"values\"");
        }
        for (const auto& value : *values) {
            if (!value.is_string()) {
                return badKey("values", "holds something that is not a text");
            }
            filter.values.push_back(value.get<std::string>());
        }
        mapping.only.push_back(std::move(filter));
    }
    return {};
}

Result<void> readPivot(const nlohmann::json& document, Mapping& mapping) {
    const auto found = document.find("pivot");
    if (found == document.end()) {
        return {};
    }
    if (!found->is_object()) {
        return badKey("pivot", "is not an object");
    }
    for (const auto& [name, value] : found->items()) {
        const auto field = value.is_string() ? fieldFromName(value.get_ref<const std::string&>()) : std::nullopt;
        if (!field) {
            return badKey("pivot", "names a field that there is not");
        }
        mapping.pivot.emplace_back(name, *field);
    }
    return {};
}

nlohmann::json conventionsToJson(const Conventions& c) {
    nlohmann::json document = {{"cache", nameOf(kCaches, c.cache)}, {"reasoning", nameOf(kReasonings, c.reasoning)}};
    const Conventions usual;
    if (c.numbers != usual.numbers) {
        document["numbers"] = nameOf(kNumbers, c.numbers);
    }
    if (c.dates != usual.dates) {
        document["dates"] = nameOf(kDates, c.dates);
    }
    if (c.timeZone != usual.timeZone) {
        document["timeZone"] = c.timeZone;
    }
    if (c.timeShiftSeconds != 0) {
        document["timeShiftSeconds"] = c.timeShiftSeconds;
    }
    for (const auto& [key, text] :
         {std::pair("timeEpoch", &c.timeEpoch), {"provider", &c.provider}, {"serviceTier", &c.serviceTier}}) {
        if (!text->empty()) {
            document[key] = *text;
        }
    }
    if (c.uniqueIds) {
        document["uniqueIds"] = true;
    }
    if (c.zeroIsUnknown) {
        document["zeroIsUnknown"] = true;
    }
    return document;
}

constexpr auto fieldList() {
    std::array<Field, std::size(kFields)> fields{};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        fields[i] = kFields[i].first;
    }
    return fields;
}

}  // namespace

const std::vector<std::string>& conventionNames() {
    static const std::vector<std::string> names = {"cache",       "reasoning",        "numbers",      "dates",
                                                   "timeZone",    "timeShiftSeconds", "timeEpoch",    "provider",
                                                   "serviceTier", "uniqueIds",        "zeroIsUnknown"};
    return names;
}

std::string_view fieldName(Field field) {
    return nameOf(kFields, field);
}

std::optional<Field> fieldFromName(std::string_view name) {
    return valueOf(kFields, name);
}

std::span<const Field> allFields() {
    static constexpr auto kAll = fieldList();
    return kAll;
}

std::string_view unitName(Unit unit) {
    return nameOf(kUnits, unit);
}

std::optional<Unit> unitFromName(std::string_view name) {
    return valueOf(kUnits, name);
}

std::string_view assemblyName(Assembly assembly) {
    return nameOf(kAssemblies, assembly);
}

std::optional<Assembly> assemblyFromName(std::string_view name) {
    return valueOf(kAssemblies, name);
}

nlohmann::json toJson(const Mapping& mapping) {
    nlohmann::json columns = nlohmann::json::array();
    for (const auto& column : mapping.columns) {
        nlohmann::json entry = {{"column", column.column}, {"field", fieldName(column.field)}};
        if (column.unit != Unit::automatic) {
            entry["unit"] = unitName(column.unit);
        }
        columns.push_back(std::move(entry));
    }
    nlohmann::json document = {{"columns", std::move(columns)},
                               {"conventions", conventionsToJson(mapping.conventions)}};
    if (!mapping.preset.empty()) {
        document["preset"] = mapping.preset;
    }
    if (mapping.assembly != Assembly::none) {
        document["assembly"] = assemblyName(mapping.assembly);
    }
    for (const RowFilter& filter : mapping.only) {
        document["only"].push_back({{"column", filter.column}, {"values", filter.values}});
    }
    for (const auto& [name, field] : mapping.pivot) {
        document["pivot"][name] = fieldName(field);
    }
    return document;
}

Result<Mapping> mappingFromJson(const nlohmann::json& document) {
    if (!document.is_object() || !document.contains("columns") || !document["columns"].is_array()) {
        return badKey("columns", "is missing or not a list");
    }
    Mapping mapping;
    for (const auto& step : {readString(document, "preset", mapping.preset),
                             readChoice(document, "assembly", kAssemblies, mapping.assembly)}) {
        if (!step) {
            return tl::unexpected(step.error());
        }
    }
    for (const auto& entry : document["columns"]) {
        auto column = readColumn(entry);
        if (!column) {
            return tl::unexpected(column.error());
        }
        mapping.columns.push_back(std::move(*column));
    }
    for (const auto& step : {readOnly(document, mapping), readPivot(document, mapping)}) {
        if (!step) {
            return tl::unexpected(step.error());
        }
    }
    if (const auto found = document.find("conventions"); found != document.end()) {
        if (const auto read = readConventions(*found, mapping.conventions); !read) {
            return tl::unexpected(read.error());
        }
    }
    return mapping;
}

}  // namespace tierwise::ingest
