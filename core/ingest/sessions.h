// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/ingest/mapping.h"

namespace tierwise::ingest {

/// The assembler of a mapping whose assembly is not none.
[[nodiscard]] Result<std::unique_ptr<RecordAssembler>> makeSessionAssembler(const Mapping& mapping,
                                                                            std::span<const std::string> header);

/// What the assemblers share: a mapper for the records that they make, and the counting of what it says.
class AssemblerBase : public RecordAssembler {
public:
    explicit AssemblerBase(RowMapper mapper) : m_mapper(std::move(mapper)) {}

protected:
    /// Delivers a status of the mapper. Status merged or notARequest of an extra row of a record counts nothing.
    void deliver(MapStatus status, const store::SourcePlace& place, RowSink& sink, bool first = true);
    MapStatus mapJson(const nlohmann::json& record);
    MapStatus mapCells(const std::vector<std::string>& cells);
    /// A record of the wrong kind: these formats are all JSON, or all tables.
    void rejectKind(const store::SourcePlace& place, RowSink& sink, const char* wanted);
    /// Parses a record; a reject where it is no JSON object.
    bool parse(std::string_view text, nlohmann::json& record, const store::SourcePlace& place, RowSink& sink);

    RowMapper m_mapper;
    store::RequestRow m_row;
    MapReject m_reject;
    std::vector<std::string_view> m_views;
};

[[nodiscard]] Result<std::unique_ptr<RecordAssembler>> makeAgentAssembler(const Mapping& mapping, RowMapper mapper);
[[nodiscard]] Result<std::unique_ptr<RecordAssembler>> makeSpanAssembler(const Mapping& mapping, RowMapper mapper);

}  // namespace tierwise::ingest
