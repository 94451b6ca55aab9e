// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/ingest/mapping.h"
#include "core/ingest/mapping_text.h"
#include "core/ingest/mapping_values.h"

namespace tierwise::ingest {

/// A column's name as it is compared: lower case (ASCII), without surrounding blanks.
[[nodiscard]] std::string foldedName(std::string_view name);

/// Strings that live until the next record. Blocks are kept, so that after some rows nothing is allocated.
class RowArena {
public:
    void reset() {
        m_block = 0;
        m_used = 0;
    }
    [[nodiscard]] std::string_view keep(std::string_view text);

private:
    std::vector<std::pair<std::unique_ptr<char[]>, std::size_t>> m_blocks;
    std::size_t m_block = 0;
    std::size_t m_used = 0;
};

/// One value to read from a record: a cell, or a path inside a cell that holds JSON.
struct MapStep {
    std::size_t cell = 0;
    Field field = Field::extra;
    Unit unit = Unit::automatic;
    std::string path;    ///< dotted, inside the cell; empty: the cell itself
    std::string column;  ///< for messages
};

/// A compiled RowFilter; the values are in lower case.
struct FilterStep {
    std::size_t cell = 0;
    std::vector<std::string> values;
};

/// The logged numbers of a row before the conventions are applied.
struct RawUsage {
    std::optional<std::int64_t> input, inputUncached, cacheRead, cacheWrite, cacheWrite5m, cacheWrite1h, output,
        reasoning, total, requests;
};

/// Applies the conventions (domain section 1). False, with the reject filled, where the numbers contradict them.
bool normalizeUsage(RawUsage raw, const Conventions& conventions, store::RequestRow& row, MapReject& reject);

struct RowMapper::Impl {
    Mapping mapping;
    std::vector<std::string> header;
    TimeReader times;
    std::vector<MapStep> steps;  ///< in the mapping's order
    std::vector<FilterStep> filters;
    std::vector<std::size_t> extraCells;  ///< CSV: cells kept as extras
    std::size_t cellCount = 0;            ///< header and mapped JSON paths that are not in it
    /// JSON: what becomes of the value at a path. Paths that are not here are extras.
    struct PathUse {
        std::size_t cell = 0;
        bool mapped = false;   ///< a step reads the cell
        bool ignored = false;  ///< left out
        bool extra = false;    ///< kept as an extra although a step reads a part of it
    };
    std::unordered_map<std::string, PathUse> paths;

    // Scratch of one record.
    RowArena arena;
    simdjson::dom::parser parser;
    simdjson::dom::parser stepParser;  ///< of cells that hold JSON and are read by path
    simdjson::dom::parser cellParser;  ///< of texts and tags
    std::vector<std::string_view> cells;
    std::vector<store::ExtraField> extras;
    std::string path, scratch, stepScratch, prompt, response, requestId, tag;
    RawUsage usage;
    std::optional<Money> inputCost, outputCost;
    std::optional<Timestamp> endTime;
    bool hasPrompt = false, hasResponse = false;

    void start(store::RequestRow& row);
    void readJsonObject(simdjson::dom::object object, bool onlyMapped, int depth);
    void readJsonValue(simdjson::dom::element value, bool onlyMapped, int depth);
    [[nodiscard]] std::string_view valueText(simdjson::dom::element value);
    [[nodiscard]] std::string_view jsonAt(simdjson::dom::element root, std::string_view dotted);
    bool take(const MapStep& step, std::string_view value, store::RequestRow& row, MapReject& reject);
    bool takeCount(const MapStep& step, std::string_view value, std::optional<std::int64_t>& target, MapReject& reject);
    bool takeMoney(const MapStep& step, std::string_view value, std::optional<Money>& target, MapReject& reject);
    bool takeMeasure(const MapStep& step, std::string_view value, store::RequestRow& row, MapReject& reject);
    bool takeTime(const MapStep& step, std::string_view value, std::optional<Timestamp>& target, MapReject& reject);
    bool takeUsage(const MapStep& step, std::string_view value, store::RequestRow& row, MapReject& reject);
    void takeText(std::string_view value, std::string& target, bool& has);
    void takeJoined(std::string_view value, char separator, std::string& target);
    void takeTag(std::string_view value);
    [[nodiscard]] bool passesFilters(std::span<const std::string_view> record) const;
    MapStatus mapSteps(std::span<const std::string_view> record, store::RequestRow& row, MapReject& reject);
    MapStatus finishRow(store::RequestRow& row, MapReject& reject);
};

}  // namespace tierwise::ingest
