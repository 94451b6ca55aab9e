// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/export_rows.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "core/project/assess_rows.h"

namespace tierwise::project {

namespace {

constexpr std::size_t kSlice = 4096;

constexpr std::string_view kHeader =
    "time,model,provider,team,user,session,tag,domain,data_class,service_tier,region,request_id,requests,"
    "input_tokens,input_uncached_tokens,cache_read_tokens,cache_write_5m_tokens,cache_write_1h_tokens,output_tokens,"
    "reasoning_tokens,logged_cost_usd,latency_seconds,score,difficulty,line";

class Line {
public:
    explicit Line(std::string& out) : m_out(out) {}
    void text(std::string_view value) {
        next();
        if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
            m_out += value;
            return;
        }
        m_out += '"';
        for (const char c : value) {
            if (c == '"') {
                m_out += '"';
            }
            m_out += c;
        }
        m_out += '"';
    }
    void number(const std::optional<std::int64_t>& value) {
        next();
        if (value) {
            fmt::format_to(std::back_inserter(m_out), "{}", *value);
        }
    }
    void real(const std::optional<float>& value) {
        next();
        if (value) {
            fmt::format_to(std::back_inserter(m_out), "{}", *value);
        }
    }
    void end() { m_out += "\r\n"; }

private:
    void next() {
        if (!m_first) {
            m_out += ',';
        }
        m_first = false;
    }
    std::string& m_out;
    bool m_first = true;
};

void write(Line& line, const RequestRecord& row) {
    line.text(row.time ? row.time->toIso() : std::string());
    for (const std::string* name : {&row.model, &row.provider, &row.team, &row.user, &row.session, &row.tag,
                                    &row.domain, &row.dataClass, &row.serviceTier, &row.region, &row.requestId}) {
        line.text(*name);
    }
    line.number(row.requests);
    line.number(row.inputTotal());
    for (const auto* count :
         {&row.inputUncached, &row.cacheRead, &row.cacheWrite5m, &row.cacheWrite1h, &row.output, &row.reasoning}) {
        line.number(*count);
    }
    line.text(row.loggedCost ? row.loggedCost->toString() : std::string());
    line.real(row.latencySeconds);
    line.real(row.score);
    line.real(row.difficulty);
    line.number(row.line > 0 ? std::optional(row.line) : std::nullopt);
}

}  // namespace

Result<std::int64_t> exportRows(const Project& project, const RowQuery& query, bool texts,
                                const std::filesystem::path& file, const TaskContext& context) {
    // The difficulty is a column of the export: rows that no analysis has scored yet are scored first.
    if (const auto assessed = assessedRows(project, context); !assessed) {
        return fail(assessed.error());
    }
    const auto ids = project.rowIds(query, context);
    if (!ids) {
        return fail(ids.error());
    }
    auto part = file;
    part += ".part";
    std::error_code ignored;
    const auto failed = [&]() -> Result<std::int64_t> {
        const bool full = errno == ENOSPC;
        std::filesystem::remove(part, ignored);
        return fail(full ? ErrorCode::diskFull : ErrorCode::io,
                    full ? "the disk is full: the rows could not be written" : "the rows cannot be written",
                    full ? "Free some space, or choose another folder." : "Check that you may write there.",
                    file.string());
    };
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    std::string text(kHeader);
    text += texts ? ",prompt,response,other_columns\r\n" : "\r\n";
    for (std::size_t from = 0; from < ids->size() || !text.empty(); from += kSlice) {
        const auto slice = std::span(*ids).subspan(std::min(from, ids->size()));
        const auto rows = project.rows(slice.first(std::min(kSlice, slice.size())));
        if (!rows) {
            out.close();
            std::filesystem::remove(part, ignored);
            return fail(rows.error());
        }
        for (const RequestRecord& row : *rows) {
            if (context.stopRequested()) {
                out.close();
                std::filesystem::remove(part, ignored);
                return TaskContext::cancelled();
            }
            Line line(text);
            write(line, row);
            if (texts) {
                const auto detail = project.detail(row.id);
                if (!detail) {
                    out.close();
                    std::filesystem::remove(part, ignored);
                    return fail(detail.error());
                }
                line.text(detail->prompt.value_or(std::string()));
                line.text(detail->response.value_or(std::string()));
                line.text(detail->extras == "{}" ? std::string() : detail->extras);
            }
            line.end();
        }
        errno = 0;
        if (!out.write(text.data(), static_cast<std::streamsize>(text.size()))) {
            return failed();
        }
        text.clear();
        const auto done = static_cast<std::int64_t>(std::min(from + kSlice, ids->size()));
        context.report({"Writing", done, static_cast<std::int64_t>(ids->size()), done});
    }
    errno = 0;
    out.close();
    if (!out) {
        return failed();
    }
    std::error_code error;
    std::filesystem::rename(part, file, error);
    if (error) {
        errno = error.value();
        return failed();
    }
    return static_cast<std::int64_t>(ids->size());
}

}  // namespace tierwise::project
