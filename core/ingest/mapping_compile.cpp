// SPDX-License-Identifier: GPL-3.0-or-later
// From a mapping and a header to steps; and JSON records as cells by dotted path.
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "core/ingest/mapping_row.h"
#include "core/ingest/sessions.h"

namespace tierwise::ingest {
namespace {

constexpr int kMaxJsonDepth = 32;

struct Place {
    std::size_t cell = 0;
    std::string path;
    bool inHeader = false;
};

// The header cell of a column; or the cell whose JSON the rest of its dotted name is a path in.
Place placeOf(const std::string& column, const std::unordered_map<std::string, std::size_t>& byName) {
    const std::string name = foldedName(column);
    if (const auto found = byName.find(name); found != byName.end()) {
        return {found->second, {}, true};
    }
    const std::string_view original = trimmed(column);
    for (std::size_t dot = name.rfind('.'); dot != std::string::npos && dot > 0; dot = name.rfind('.', dot - 1)) {
        if (const auto found = byName.find(name.substr(0, dot)); found != byName.end()) {
            return {found->second, std::string(original.substr(dot + 1)), true};
        }
    }
    return {0, std::string(), false};
}

bool isRead(Field field) {
    return field != Field::extra && field != Field::ignore;
}

}  // namespace

std::string foldedName(std::string_view name) {
    std::string text(trimmed(name));
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(c < 128 ? std::tolower(c) : c); });
    return text;
}

Result<RowMapper> RowMapper::compile(const Mapping& mapping, std::span<const std::string> header) {
    auto times = TimeReader::create(mapping.conventions);
    if (!times) {
        return tl::unexpected(times.error());
    }
    auto impl = std::make_unique<Impl>();
    impl->mapping = mapping;
    impl->header.assign(header.begin(), header.end());
    impl->times = *times;
    impl->cellCount = header.size();
    std::unordered_map<std::string, std::size_t> byName;
    for (std::size_t i = 0; i < header.size(); ++i) {
        byName.emplace(foldedName(header[i]), i);
        impl->paths.emplace(header[i], Impl::PathUse{i, false, false});
    }
    std::vector<char> known(header.size(), 0);
    bool fits = header.empty();
    for (const ColumnMapping& column : mapping.columns) {
        if (column.field == Field::extra) {
            continue;
        }
        Place place = placeOf(column.column, byName);
        // A column that the header lacks can still come in a later JSON record.
        if (!place.inHeader || !place.path.empty()) {
            const std::size_t cell = impl->cellCount++;
            impl->paths.insert_or_assign(std::string(trimmed(column.column)),
                                         Impl::PathUse{cell, isRead(column.field), column.field == Field::ignore});
            if (isRead(column.field)) {
                impl->steps.push_back({cell, column.field, column.unit, {}, column.column});
            }
        }
        if (!place.inHeader) {
            continue;
        }
        auto& use = impl->paths[impl->header[place.cell]];
        use.mapped = use.mapped || isRead(column.field);
        if (place.path.empty()) {
            known[place.cell] = 1;
            use.ignored = column.field == Field::ignore;
        }
        if (isRead(column.field)) {
            fits = true;
            impl->steps.push_back({place.cell, column.field, column.unit, place.path, column.column});
        }
    }
    if (!fits) {
        return fail(ErrorCode::invalidArgument, "none of the mapping's columns is in this file",
                    "Choose another preset, or map the columns by hand.");
    }
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (known[i] == 0) {
            impl->extraCells.push_back(i);
            impl->paths[header[i]].extra = true;
        }
    }
    for (const RowFilter& filter : mapping.only) {
        const Place place = placeOf(filter.column, byName);
        auto& use = impl->paths[place.inHeader && place.path.empty() ? impl->header[place.cell] : filter.column];
        if (!place.inHeader && !use.mapped) {
            use.cell = impl->cellCount++;
        }
        use.mapped = true;
        FilterStep step{use.cell, {}};
        for (const std::string& value : filter.values) {
            step.values.push_back(foldedName(value));
        }
        impl->filters.push_back(std::move(step));
    }
    return RowMapper(std::move(impl));
}

RowMapper::RowMapper(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
RowMapper::RowMapper(RowMapper&&) noexcept = default;
RowMapper& RowMapper::operator=(RowMapper&&) noexcept = default;
RowMapper::~RowMapper() = default;

RowMapper::RowMapper(const RowMapper& other) : m_impl(std::make_unique<Impl>()) {
    // What was compiled is copied; scratch memory is each mapper's own.
    const Impl& from = *other.m_impl;
    m_impl->mapping = from.mapping;
    m_impl->header = from.header;
    m_impl->times = from.times;
    m_impl->steps = from.steps;
    m_impl->filters = from.filters;
    m_impl->extraCells = from.extraCells;
    m_impl->cellCount = from.cellCount;
    m_impl->paths = from.paths;
}

RowMapper& RowMapper::operator=(const RowMapper& other) {
    if (this != &other) {
        *this = RowMapper(other);
    }
    return *this;
}

std::string_view RowMapper::Impl::valueText(simdjson::dom::element value) {
    using simdjson::dom::element_type;
    fmt::memory_buffer buffer;
    switch (value.type()) {
        case element_type::STRING:
            return value.get_string().value_unsafe();
        case element_type::INT64:
            fmt::format_to(std::back_inserter(buffer), "{}", value.get_int64().value_unsafe());
            break;
        case element_type::UINT64:
            fmt::format_to(std::back_inserter(buffer), "{}", value.get_uint64().value_unsafe());
            break;
        case element_type::DOUBLE:
            fmt::format_to(std::back_inserter(buffer), "{}", value.get_double().value_unsafe());
            break;
        case element_type::BOOL:
            return value.get_bool().value_unsafe() ? "true" : "false";
        case element_type::NULL_VALUE:
            return {};
        case element_type::ARRAY:
        case element_type::OBJECT: {
            const std::string text = simdjson::minify(value);
            return text == "[]" || text == "{}" ? std::string_view() : arena.keep(text);
        }
    }
    return arena.keep({buffer.data(), buffer.size()});
}

std::string_view RowMapper::Impl::jsonAt(simdjson::dom::element root, std::string_view dotted) {
    simdjson::dom::object object;
    if (root.get(object) != simdjson::SUCCESS) {
        return {};
    }
    simdjson::dom::element value;
    if (object.at_key(dotted).get(value) == simdjson::SUCCESS) {
        return value.is_string() ? arena.keep(value.get_string().value_unsafe()) : valueText(value);
    }
    // Keys may hold dots themselves ("gen_ai.usage.input_tokens"): every split is tried.
    for (std::size_t dot = dotted.find('.'); dot != std::string_view::npos; dot = dotted.find('.', dot + 1)) {
        if (object.at_key(dotted.substr(0, dot)).get(value) == simdjson::SUCCESS) {
            const std::string_view found = jsonAt(value, dotted.substr(dot + 1));
            if (!found.empty()) {
                return found;
            }
        }
    }
    return {};
}

void RowMapper::Impl::readJsonValue(simdjson::dom::element value, bool onlyMapped, int depth) {
    const auto found = paths.find(path);
    const bool mapped = found != paths.end() && found->second.mapped;
    if (value.is_object() && depth < kMaxJsonDepth) {
        if (mapped) {
            cells[found->second.cell] = valueText(value);
        }
        readJsonObject(value.get_object().value_unsafe(), onlyMapped || mapped, depth + 1);
        return;
    }
    if (mapped) {
        cells[found->second.cell] = valueText(value);
    }
    const bool extra = !mapped || found->second.extra;
    if (extra && !onlyMapped && !(found != paths.end() && found->second.ignored)) {
        const std::string_view text = valueText(value);
        if (!text.empty()) {
            extras.push_back(
                {found != paths.end() ? std::string_view(found->first) : arena.keep(path), text, !value.is_string()});
        }
    }
}

void RowMapper::Impl::readJsonObject(simdjson::dom::object object, bool onlyMapped, int depth) {
    const std::size_t length = path.size();
    for (const auto field : object) {
        if (length > 0) {
            path += '.';
        }
        path += field.key;
        readJsonValue(field.value, onlyMapped, depth);
        path.resize(length);
    }
}

MapStatus RowMapper::mapJson(std::string_view object, store::RequestRow& row, MapReject& reject) {
    Impl& impl = *m_impl;
    impl.start(row);
    simdjson::dom::element root;
    const auto error = impl.parser.parse(object.data(), object.size()).get(root);
    if (error != simdjson::SUCCESS) {
        reject = {{},
                  std::string("the record is not JSON: ") + simdjson::error_message(error),
                  "Correct the line, or leave it out."};
        return MapStatus::rejected;
    }
    simdjson::dom::object body;
    if (root.get(body) != simdjson::SUCCESS) {
        reject = {{}, "the record is not a JSON object", "Records are objects with named values."};
        return MapStatus::rejected;
    }
    impl.cells.assign(impl.cellCount, {});
    impl.path.clear();
    impl.readJsonObject(body, false, 0);
    return impl.mapSteps(impl.cells, row, reject);
}

namespace {

void collect(simdjson::dom::object object, std::string& path, std::vector<std::string>& paths, int depth) {
    const std::size_t length = path.size();
    for (const auto field : object) {
        if (length > 0) {
            path += '.';
        }
        path += field.key;
        if (field.value.is_object() && depth < kMaxJsonDepth) {
            collect(field.value.get_object().value_unsafe(), path, paths, depth + 1);
        } else if (std::find(paths.begin(), paths.end(), path) == paths.end()) {
            paths.push_back(path);
        }
        path.resize(length);
    }
}

// A line is a request: the mapper alone.
class PlainAssembler final : public RecordAssembler {
public:
    explicit PlainAssembler(RowMapper mapper) : m_mapper(std::move(mapper)) {}
    void pushCells(std::span<const std::string_view> cells, const store::SourcePlace& place, RowSink& sink) override {
        deliver(m_mapper.map(cells, m_row, m_reject), place, sink);
    }
    void pushJson(std::string_view object, const store::SourcePlace& place, RowSink& sink) override {
        deliver(m_mapper.mapJson(object, m_row, m_reject), place, sink);
    }
    void finish(RowSink& /*sink*/) override {}

private:
    void deliver(MapStatus status, const store::SourcePlace& place, RowSink& sink) {
        if (status == MapStatus::row) {
            sink.row(m_row, place);
        } else if (status == MapStatus::rejected) {
            sink.reject(m_reject, place);
        } else if (status == MapStatus::notARequest) {
            sink.notARequest(place);
        } else {
            sink.merged(place);
        }
    }
    RowMapper m_mapper;
    store::RequestRow m_row;
    MapReject m_reject;
};

}  // namespace

bool collectJsonPaths(std::string_view object, std::vector<std::string>& paths) {
    simdjson::dom::parser parser;
    simdjson::dom::object root;
    if (parser.parse(object.data(), object.size()).get(root) != simdjson::SUCCESS) {
        return false;
    }
    std::string path;
    collect(root, path, paths, 0);
    return true;
}

Result<std::unique_ptr<RecordAssembler>> makeAssembler(const Mapping& mapping, std::span<const std::string> header) {
    if (mapping.assembly != Assembly::none) {
        return makeSessionAssembler(mapping, header);
    }
    auto mapper = RowMapper::compile(mapping, header);
    if (!mapper) {
        return tl::unexpected(mapper.error());
    }
    return std::make_unique<PlainAssembler>(std::move(*mapper));
}

}  // namespace tierwise::ingest
