// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/json_flatten.h"

#include <deque>
#include <string>
#include <vector>

#include <simdjson.h>

namespace tierwise::ingest {
namespace {

constexpr int kMaxDepth = 64;

}  // namespace

struct JsonFlattener::Impl {
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    std::string path;
    std::deque<std::string> texts;  // what leaves point to; a deque does not move them
    std::vector<JsonLeaf> leaves;

    std::string_view keep(std::string text) { return texts.emplace_back(std::move(text)); }

    void leaf(simdjson::dom::element value) {
        JsonLeaf leaf;
        leaf.path = keep(path);
        switch (value.type()) {
            case simdjson::dom::element_type::STRING:
                leaf.kind = JsonKind::string;
                leaf.text = value.get_string().value_unsafe();
                break;
            case simdjson::dom::element_type::BOOL:
                leaf.kind = JsonKind::boolean;
                leaf.text = value.get_bool().value_unsafe() ? "true" : "false";
                break;
            case simdjson::dom::element_type::NULL_VALUE:
                leaf.text = "null";
                break;
            case simdjson::dom::element_type::ARRAY:
                leaf.kind = JsonKind::array;
                leaf.text = keep(simdjson::minify(value));
                break;
            case simdjson::dom::element_type::OBJECT:
                leaf.kind = JsonKind::object;
                leaf.text = keep(simdjson::minify(value));
                break;
            default:
                leaf.kind = JsonKind::number;
                leaf.text = keep(simdjson::minify(value));
        }
        leaves.push_back(leaf);
    }

    void walk(simdjson::dom::object object, int depth) {
        for (const auto field : object) {
            const std::size_t before = path.size();
            path += path.empty() ? "" : ".";
            path += field.key;
            simdjson::dom::object inner;
            if (depth < kMaxDepth && field.value.get_object().get(inner) == simdjson::SUCCESS && inner.size() > 0) {
                walk(inner, depth + 1);
            } else {
                leaf(field.value);
            }
            path.resize(before);
        }
    }
};

JsonFlattener::JsonFlattener() : m_impl(std::make_unique<Impl>()) {}
JsonFlattener::~JsonFlattener() = default;
JsonFlattener::JsonFlattener(JsonFlattener&&) noexcept = default;
JsonFlattener& JsonFlattener::operator=(JsonFlattener&&) noexcept = default;

Result<std::span<const JsonLeaf>> JsonFlattener::flatten(std::string_view object) {
    m_impl->leaves.clear();
    m_impl->texts.clear();
    m_impl->path.clear();
    simdjson::dom::object root;
    const auto error = m_impl->parser.parse(object.data(), object.size()).get_object().get(root);
    if (error != simdjson::SUCCESS) {
        return fail(ErrorCode::badFormat, std::string("the JSON is broken: ") + simdjson::error_message(error),
                    "Mend the record, or leave it out");
    }
    m_impl->walk(root, 0);
    return std::span<const JsonLeaf>(m_impl->leaves);
}

}  // namespace tierwise::ingest
