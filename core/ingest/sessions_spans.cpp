// SPDX-License-Identifier: GPL-3.0-or-later
// Documents that hold many spans: OTLP JSON, and a Langfuse trace with its observations.
#include <nlohmann/json.hpp>

#include "core/ingest/preset.h"
#include "core/ingest/sessions.h"

namespace tierwise::ingest {
namespace {

using nlohmann::json;

const json& listAt(const json& owner, const char* key) {
    static const json kEmpty = json::array();
    const auto found = owner.is_object() ? owner.find(key) : owner.end();
    return !owner.is_object() || found == owner.end() || !found->is_array() ? kEmpty : *found;
}

// OTLP's AnyValue: {"stringValue": "x"}, {"intValue": "12"}, {"arrayValue": {"values": [...]}} ...
json plainValue(const json& any, int depth = 0) {
    if (!any.is_object() || depth > 8) {
        return any;
    }
    for (const char* key : {"stringValue", "intValue", "doubleValue", "boolValue", "bytesValue"}) {
        if (const auto found = any.find(key); found != any.end()) {
            return *found;
        }
    }
    if (const auto list = any.find("arrayValue"); list != any.end()) {
        json values = json::array();
        for (const json& value : listAt(*list, "values")) {
            values.push_back(plainValue(value, depth + 1));
        }
        return values;
    }
    if (const auto pairs = any.find("kvlistValue"); pairs != any.end()) {
        json object = json::object();
        for (const json& pair : listAt(*pairs, "values")) {
            if (pair.is_object() && pair.contains("key") && pair["key"].is_string()) {
                object[pair["key"].get<std::string>()] = plainValue(pair.value("value", json()), depth + 1);
            }
        }
        return object;
    }
    return any;
}

// Attributes as an object, whether they were a list of keys and typed values or an object already.
json attributesOf(const json& owner) {
    const auto found = owner.is_object() ? owner.find("attributes") : owner.end();
    if (!owner.is_object() || found == owner.end()) {
        return json::object();
    }
    if (found->is_object()) {
        return *found;
    }
    json object = json::object();
    if (found->is_array()) {
        for (const json& pair : *found) {
            if (pair.is_object() && pair.contains("key") && pair["key"].is_string()) {
                object[pair["key"].get<std::string>()] = plainValue(pair.value("value", json()));
            }
        }
    }
    return object;
}

class OtlpAssembler final : public AssemblerBase {
public:
    OtlpAssembler(RowMapper mapper, RowMapper openInference)
        : AssemblerBase(std::move(mapper)), m_openInference(std::move(openInference)) {}
    void pushCells(std::span<const std::string_view> /*cells*/, const store::SourcePlace& place,
                   RowSink& sink) override {
        rejectKind(place, sink, "JSON records");
    }
    void pushJson(std::string_view object, const store::SourcePlace& place, RowSink& sink) override {
        json document;
        if (!parse(object, document, place, sink)) {
            return;
        }
        m_any = false;
        if (document.contains("resourceSpans")) {
            for (const json& resource : listAt(document, "resourceSpans")) {
                resourceSpans(resource, place, sink);
            }
        } else {
            resourceSpans(document, place, sink);
        }
        if (!m_any) {
            sink.notARequest(place);
        }
    }
    void finish(RowSink& /*sink*/) override {}

private:
    void resourceSpans(const json& resource, const store::SourcePlace& place, RowSink& sink) {
        const json attributes = attributesOf(resource.is_object() ? resource.value("resource", json()) : json());
        for (const char* scopes : {"scopeSpans", "instrumentationLibrarySpans"}) {
            for (const json& scope : listAt(resource, scopes)) {
                for (const json& span : listAt(scope, "spans")) {
                    one(span, attributes, place, sink);
                }
            }
        }
    }

    void one(const json& span, const json& resource, const store::SourcePlace& place, RowSink& sink) {
        if (!span.is_object()) {
            return;
        }
        json attributes = attributesOf(span);
        const bool openInference = attributes.contains("llm.model_name");
        const bool genAi = attributes.contains("gen_ai.request.model") || attributes.contains("gen_ai.response.model");
        if (!openInference && !genAi) {
            return;
        }
        json record = span;
        for (const char* key : {"events", "links", "droppedAttributesCount", "flags", "kind", "traceState"}) {
            record.erase(key);
        }
        record["attributes"] = std::move(attributes);
        if (const auto name = resource.find("service.name"); name != resource.end()) {
            record["service.name"] = *name;
        }
        RowMapper& mapper = genAi ? m_mapper : m_openInference;
        const std::string text = record.dump(-1, ' ', false, json::error_handler_t::replace);
        const MapStatus status = mapper.mapJson(text, m_row, m_reject);
        m_any = m_any || status == MapStatus::row || status == MapStatus::rejected;
        deliver(status, place, sink, false);
    }

    RowMapper m_openInference;
    bool m_any = false;
};

class LangfuseTraceAssembler final : public AssemblerBase {
public:
    using AssemblerBase::AssemblerBase;
    void pushCells(std::span<const std::string_view> /*cells*/, const store::SourcePlace& place,
                   RowSink& sink) override {
        rejectKind(place, sink, "JSON records");
    }
    void pushJson(std::string_view object, const store::SourcePlace& place, RowSink& sink) override {
        json document;
        if (!parse(object, document, place, sink)) {
            return;
        }
        const json trace = document.value("trace", json::object());
        bool any = false;
        for (const json& observation : listAt(document, "observations")) {
            if (!observation.is_object()) {
                continue;
            }
            json record = observation;
            for (const char* key : {"sessionId", "userId", "tags"}) {
                if (trace.is_object() && trace.contains(key) && !trace[key].is_null() && !record.contains(key)) {
                    record[key] = trace[key];
                }
            }
            const MapStatus status = mapJson(record);
            any = any || status == MapStatus::row || status == MapStatus::rejected;
            deliver(status, place, sink, false);
        }
        if (!any) {
            sink.notARequest(place);
        }
    }
    void finish(RowSink& /*sink*/) override {}
};

}  // namespace

Result<std::unique_ptr<RecordAssembler>> makeSpanAssembler(const Mapping& mapping, RowMapper mapper) {
    if (mapping.assembly == Assembly::langfuseTrace) {
        return std::make_unique<LangfuseTraceAssembler>(std::move(mapper));
    }
    const std::vector<std::string> header = {"traceId", "spanId", "startTimeUnixNano", "endTimeUnixNano"};
    auto other = RowMapper::compile(mappingFor(*findPreset("openinference"), header), header);
    if (!other) {
        return tl::unexpected(other.error());
    }
    return std::make_unique<OtlpAssembler>(std::move(mapper), std::move(*other));
}

}  // namespace tierwise::ingest
