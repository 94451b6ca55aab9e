// SPDX-License-Identifier: GPL-3.0-or-later
// Logs where a request is spread over several lines of a table, or a line holds several requests.
#include "core/ingest/sessions.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/ingest/mapping_row.h"

namespace tierwise::ingest {

void AssemblerBase::deliver(MapStatus status, const store::SourcePlace& place, RowSink& sink, bool first) {
    if (status == MapStatus::row) {
        sink.row(m_row, place);
    } else if (status == MapStatus::rejected) {
        sink.reject(m_reject, place);
    } else if (first) {
        sink.notARequest(place);
    }
}

MapStatus AssemblerBase::mapJson(const nlohmann::json& record) {
    return m_mapper.mapJson(record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), m_row, m_reject);
}

MapStatus AssemblerBase::mapCells(const std::vector<std::string>& cells) {
    m_views.assign(cells.begin(), cells.end());
    return m_mapper.map(m_views, m_row, m_reject);
}

void AssemblerBase::rejectKind(const store::SourcePlace& place, RowSink& sink, const char* wanted) {
    sink.reject({{}, std::string("this kind of log has ") + wanted, "Choose another preset for this file."}, place);
}

bool AssemblerBase::parse(std::string_view text, nlohmann::json& record, const store::SourcePlace& place,
                          RowSink& sink) {
    record = nlohmann::json::parse(text, nullptr, false);
    if (!record.is_object()) {
        sink.reject({{}, "the record is not a JSON object", "Correct the line, or leave it out."}, place);
        return false;
    }
    return true;
}

namespace {

// Groups that wait for more lines; beyond this the oldest is taken as complete.
constexpr std::size_t kOpenBodies = 4096;

struct Group {
    store::SourcePlace place;
    std::vector<std::string> cells;
    std::vector<std::pair<std::int64_t, std::vector<std::string>>> parts;  ///< sequence and texts
};

std::size_t columnOf(const Mapping& mapping, std::span<const std::string> header, Field field) {
    for (const auto& column : mapping.columns) {
        for (std::size_t i = 0; column.field == field && i < header.size(); ++i) {
            if (foldedName(header[i]) == foldedName(column.column)) {
                return i;
            }
        }
    }
    return header.size();
}

// A JSON record as cells of the header's paths.
std::vector<std::string> cellsOf(const nlohmann::json& record, std::span<const std::string> header) {
    std::vector<std::string> cells;
    for (const std::string& name : header) {
        const auto found = record.find(name);
        cells.push_back(found == record.end() || found->is_null() ? std::string()
                        : found->is_string()                      ? found->get<std::string>()
                                                                  : found->dump());
    }
    return cells;
}

class TableAssembler : public AssemblerBase {
public:
    TableAssembler(RowMapper mapper, std::span<const std::string> header)
        : AssemblerBase(std::move(mapper)), m_header(header.begin(), header.end()) {}
    void pushCells(std::span<const std::string_view> cells, const store::SourcePlace& place, RowSink& sink) override {
        std::vector<std::string> own(cells.begin(), cells.end());
        own.resize(m_header.size());
        push(std::move(own), place, sink);
    }
    void pushJson(std::string_view object, const store::SourcePlace& place, RowSink& sink) override {
        nlohmann::json record;
        if (parse(object, record, place, sink)) {
            push(cellsOf(record, m_header), place, sink);
        }
    }

protected:
    virtual void push(std::vector<std::string> cells, const store::SourcePlace& place, RowSink& sink) = 0;
    std::vector<std::string> m_header;
};

// Long format: metric and amount become columns of their own behind the header's.
class PivotAssembler final : public TableAssembler {
public:
    PivotAssembler(RowMapper mapper, const Mapping& mapping, std::span<const std::string> header)
        : TableAssembler(std::move(mapper), header),
          m_numbers(mapping.conventions.numbers),
          m_metric(columnOf(mapping, header, Field::metric)),
          m_amount(columnOf(mapping, header, Field::amount)) {
        for (const auto& [name, field] : mapping.pivot) {
            m_metrics.push_back(foldedName(name));
        }
        // Ignored columns may differ between the lines of a group (a price), so they are no part of its key.
        for (std::size_t i = 0; i < m_header.size(); ++i) {
            const bool ignored = std::any_of(mapping.columns.begin(), mapping.columns.end(), [&](const auto& column) {
                return column.field == Field::ignore && foldedName(column.column) == foldedName(m_header[i]);
            });
            if (!ignored && i != m_metric && i != m_amount) {
                m_key.push_back(i);
            }
        }
    }

    void finish(RowSink& sink) override {
        for (const Group& group : m_groups) {
            deliver(mapCells(group.cells), group.place, sink);
        }
        m_groups.clear();
        m_byKey.clear();
    }

protected:
    void push(std::vector<std::string> cells, const store::SourcePlace& place, RowSink& sink) override {
        const std::string metric = m_metric < cells.size() ? foldedName(cells[m_metric]) : std::string();
        const auto at = std::find(m_metrics.begin(), m_metrics.end(), metric);
        const auto amount = m_amount < cells.size() ? parseCount(trimmed(cells[m_amount]), m_numbers) : std::nullopt;
        if (at == m_metrics.end() || !amount) {
            const bool unknown = at == m_metrics.end();
            const auto column = unknown ? m_metric : m_amount;
            sink.reject({column < m_header.size() ? m_header[column] : std::string(),
                         unknown ? fmt::format("\"{}\" is not a known kind of amount", metric)
                                 : std::string("the amount is not a count"),
                         unknown ? "Name it in the mapping's pivot." : "Correct the value."},
                        place);
            return;
        }
        std::string key;
        for (const std::size_t i : m_key) {
            key += cells[i];
            key += '\x1f';
        }
        const auto [found, isNew] = m_byKey.emplace(key, m_groups.size());
        if (isNew) {
            cells.resize(m_header.size() + m_metrics.size());
            m_groups.push_back({place, std::move(cells), {}});
        } else {
            sink.merged(place);
        }
        std::string& cell =
            m_groups[found->second].cells[m_header.size() + static_cast<std::size_t>(at - m_metrics.begin())];
        // The same metric twice in a group: both were counted, so they are summed.
        cell = fmt::format("{}", *amount + parseCount(cell, NumberForm::plain).value_or(0));
    }

private:
    NumberForm m_numbers;
    std::size_t m_metric;
    std::size_t m_amount;
    std::vector<std::string> m_metrics;
    std::vector<std::size_t> m_key;
    std::vector<Group> m_groups;
    std::unordered_map<std::string, std::size_t> m_byKey;
};

// Texts of one request over several lines; the other columns are taken from the first line that has them.
class SplitBodyAssembler final : public TableAssembler {
public:
    SplitBodyAssembler(RowMapper mapper, const Mapping& mapping, std::span<const std::string> header)
        : TableAssembler(std::move(mapper), header),
          m_id(columnOf(mapping, header, Field::requestId)),
          m_sequence(columnOf(mapping, header, Field::sequence)),
          m_texts{columnOf(mapping, header, Field::prompt), columnOf(mapping, header, Field::response)} {}

    void finish(RowSink& sink) override {
        while (!m_order.empty()) {
            flushOldest(sink);
        }
    }

protected:
    void push(std::vector<std::string> cells, const store::SourcePlace& place, RowSink& sink) override {
        const std::string id = m_id < cells.size() ? cells[m_id] : std::string();
        if (id.empty()) {
            deliver(mapCells(cells), place, sink);
            return;
        }
        std::vector<std::string> texts;
        for (const std::size_t column : m_texts) {
            texts.push_back(column < cells.size() ? std::exchange(cells[column], {}) : std::string());
        }
        const auto sequence = m_sequence < cells.size()
                                  ? parseCount(trimmed(std::exchange(cells[m_sequence], {})), NumberForm::plain)
                                  : std::nullopt;
        const auto [found, isNew] = m_open.try_emplace(id);
        Group& group = found->second;
        if (isNew) {
            group.place = place;
            group.cells = std::move(cells);
            m_order.push_back(id);
        } else {
            sink.merged(place);
            for (std::size_t i = 0; i < group.cells.size(); ++i) {
                // Token counts stand in the last of the lines, or in each of them as 0.
                if (group.cells[i].empty() || group.cells[i] == "0") {
                    group.cells[i] = cells[i].empty() ? group.cells[i] : cells[i];
                }
            }
        }
        group.parts.emplace_back(sequence.value_or(static_cast<std::int64_t>(group.parts.size())), std::move(texts));
        if (m_order.size() > kOpenBodies) {
            flushOldest(sink);
        }
    }

private:
    void flushOldest(RowSink& sink) {
        auto node = m_open.extract(m_order.front());
        m_order.pop_front();
        Group& group = node.mapped();
        std::stable_sort(group.parts.begin(), group.parts.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        for (const auto& [sequence, texts] : group.parts) {
            for (std::size_t i = 0; i < texts.size(); ++i) {
                if (m_texts[i] < group.cells.size()) {
                    group.cells[m_texts[i]] += texts[i];
                }
            }
        }
        deliver(mapCells(group.cells), group.place, sink);
    }

    std::size_t m_id;
    std::size_t m_sequence;
    std::vector<std::size_t> m_texts;
    std::unordered_map<std::string, Group> m_open;
    std::deque<std::string> m_order;
};

// Questions with several turns: each turn is a request of one session.
class TurnsAssembler final : public AssemblerBase {
public:
    using AssemblerBase::AssemblerBase;
    void pushCells(std::span<const std::string_view> /*cells*/, const store::SourcePlace& place,
                   RowSink& sink) override {
        rejectKind(place, sink, "JSON records");
    }
    void pushJson(std::string_view object, const store::SourcePlace& place, RowSink& sink) override {
        nlohmann::json record;
        if (!parse(object, record, place, sink)) {
            return;
        }
        const auto turns = record.find("turns");
        if (turns == record.end() || !turns->is_array() || turns->empty()) {
            sink.reject({"turns", "the record has no turns", "Leave the line out."}, place);
            return;
        }
        const auto list = *turns;
        record.erase("turns");
        const auto id = record.find("question_id");
        const std::string name = id == record.end() ? std::string()
                                 : id->is_string()  ? id->get<std::string>()
                                                    : id->dump();
        for (std::size_t i = 0; i < list.size(); ++i) {
            // Later forms of these files write a turn as {"content": "..."}.
            record["prompt"] = list[i].is_object() && list[i].contains("content") ? list[i]["content"] : list[i];
            if (!name.empty()) {
                record["id"] = fmt::format("{}-{}", name, i + 1);
            }
            deliver(mapJson(record), place, sink, i == 0);
        }
    }
    void finish(RowSink& /*sink*/) override {}
};

}  // namespace

Result<std::unique_ptr<RecordAssembler>> makeSessionAssembler(const Mapping& mapping,
                                                              std::span<const std::string> header) {
    Mapping inner = mapping;
    std::vector<std::string> names;
    if (mapping.assembly == Assembly::pivot || mapping.assembly == Assembly::splitBody) {
        names.assign(header.begin(), header.end());
        for (auto& column : inner.columns) {
            const bool consumed =
                column.field == Field::metric || column.field == Field::amount || column.field == Field::sequence;
            column.field = consumed ? Field::ignore : column.field;
        }
        for (const auto& [name, field] : mapping.pivot) {
            names.push_back("pivot " + name);
            inner.columns.push_back({names.back(), field, Unit::automatic});
        }
    }
    auto mapper = RowMapper::compile(inner, names);
    if (!mapper) {
        return tl::unexpected(mapper.error());
    }
    switch (mapping.assembly) {
        case Assembly::pivot:
            return std::make_unique<PivotAssembler>(std::move(*mapper), mapping, header);
        case Assembly::splitBody:
            return std::make_unique<SplitBodyAssembler>(std::move(*mapper), mapping, header);
        case Assembly::turns:
            return std::make_unique<TurnsAssembler>(std::move(*mapper));
        case Assembly::claudeCode:
        case Assembly::codex:
            return makeAgentAssembler(mapping, std::move(*mapper));
        case Assembly::otlp:
        case Assembly::langfuseTrace:
            return makeSpanAssembler(mapping, std::move(*mapper));
        case Assembly::none:
            break;
    }
    return fail(ErrorCode::internal, "a plain mapping has no assembler of its own");
}

}  // namespace tierwise::ingest
