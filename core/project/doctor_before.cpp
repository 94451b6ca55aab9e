// SPDX-License-Identifier: GPL-3.0-or-later
// The doctor on a file that is not imported yet.
#include <cstdlib>
#include <fstream>

#include "core/ingest/reader/record_reader.h"
#include "core/project/doctor.h"
#include "core/project/import.h"

namespace tierwise::project {
namespace {

namespace fs = std::filesystem;

/// A folder that is removed with all that is in it.
class Scratch {
public:
    Scratch() {
        std::error_code error;
        std::string pattern = (fs::temp_directory_path(error) / "tierwise-XXXXXX").string();
        if (::mkdtemp(pattern.data()) != nullptr) {
            m_path = pattern;
        }
    }
    ~Scratch() {
        std::error_code ignored;
        if (!m_path.empty()) {
            fs::remove_all(m_path, ignored);
        }
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

// Where the last whole record that ends within maxBytes does; nothing where the file is read whole.
Result<std::optional<std::int64_t>> endOfHead(const ingest::ImportPlan& plan, std::int64_t maxBytes,
                                              const TaskContext& context) {
    ingest::ReadOptions options;
    options.dialect = plan.dialect;
    options.raggedRows = plan.raggedRows;
    auto reader = ingest::RecordReader::open(plan.file, options, context);
    if (!reader) {
        return fail(reader.error());
    }
    const auto& info = (*reader)->info();
    const bool lines =
        info.dialect.format == ingest::Format::delimited || info.dialect.format == ingest::Format::jsonLines;
    if (maxBytes <= 0 || info.fileBytes <= maxBytes || info.container != ingest::Container::plain || !lines) {
        return std::nullopt;
    }
    ingest::RecordBatch batch;
    std::int64_t end = info.dataOffset;
    for (;;) {
        const auto more = (*reader)->next(batch);
        if (!more) {
            return fail(more.error());
        }
        if (!*more || (batch.endOffset > maxBytes && end > info.dataOffset)) {
            return end;
        }
        end = batch.endOffset;
    }
}

Result<void> copyHead(const std::string& from, std::int64_t bytes, const fs::path& to) {
    std::ifstream in(from, std::ios::binary);
    std::ofstream out(to, std::ios::binary);
    std::string buffer(std::size_t{1} << 20U, '\0');
    while (bytes > 0 && in) {
        in.read(buffer.data(), std::min<std::int64_t>(bytes, static_cast<std::int64_t>(buffer.size())));
        out.write(buffer.data(), in.gcount());
        bytes -= in.gcount();
    }
    out.flush();
    return out ? Result<void>()
               : fail(ErrorCode::io, "the temporary folder cannot be written", "Check its free space.", to.string());
}

}  // namespace

Result<Diagnosis> diagnoseBefore(const ingest::ImportPlan& plan, const catalog::Catalog& catalog, std::int64_t maxBytes,
                                 const TaskContext& context) {
    const Scratch scratch;
    if (scratch.path().empty()) {
        return fail(ErrorCode::io, "there is no temporary folder to work in", "Set TMPDIR to one that can be written.");
    }
    ingest::ImportPlan part = plan;
    const auto head = endOfHead(plan, maxBytes, context);
    if (!head) {
        return fail(head.error());
    }
    if (*head) {
        part.file = (scratch.path() / "head").string();
        if (const auto copied = copyHead(plan.file, **head, part.file); !copied) {
            return fail(copied.error());
        }
    }
    auto made = Project::create(scratch.path() / "check.tierwise");
    if (!made) {
        return fail(made.error());
    }
    if (const auto report = importByPlan(*made, part, context); !report) {
        return fail(report.error());
    }
    return diagnose(*made, catalog, context);
}

}  // namespace tierwise::project
