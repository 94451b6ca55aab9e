// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/task_context.h"
#include "core/store/chunk_reader.h"
#include "core/store/documents.h"
#include "core/store/import_list.h"
#include "core/store/row_query.h"
#include "core/store/workload_snapshot.h"

namespace tierwise::store {
class Connection;
class ColumnCache;
}  // namespace tierwise::store

namespace tierwise::project {

// What front ends see of the store, under one name.
using store::Assessment;
using store::ColumnKind;
using store::Document;
using store::FilterOp;
using store::GroupTotal;
using store::ImportCounts;
using store::ImportInfo;
using store::RejectInfo;
using store::RequestColumn;
using store::RequestDetail;
using store::RequestRecord;
using store::RowFilter;
using store::RowQuery;

/// An open project file. A value: copies are the same open project, and every member may be called from any thread at
/// any time, also during an import (each call has a database connection of its own). Reading calls see complete imports
/// only. Errors of every member, beside those named: io, diskFull, conflict (another program holds the file),
/// badFormat (damage).
class Project {
public:
    /// Makes a new project. Error conflict: the file is there already.
    [[nodiscard]] static Result<Project> create(const std::filesystem::path& path);
    /// Errors: notFound; badFormat when it is no project; conflict when a newer program made it.
    [[nodiscard]] static Result<Project> open(const std::filesystem::path& path);
    [[nodiscard]] static Result<Project> openOrCreate(const std::filesystem::path& path);

    [[nodiscard]] const std::filesystem::path& path() const;

    /// All rows as columns, for computing: one in memory for all who hold it, read anew when rows have changed since.
    /// A million rows: about a tenth of a second, or no time at all while somebody holds them.
    [[nodiscard]] Result<std::shared_ptr<const store::WorkloadSnapshot>> snapshot(const TaskContext& context) const;
    /// A copy of one's own, to change.
    [[nodiscard]] Result<store::WorkloadSnapshot> loadSnapshot(const TaskContext& context) const;

    /// Rows for looking at: the ids in order once a query, then slices of them.
    [[nodiscard]] Result<std::vector<RequestColumn>> columns() const;
    [[nodiscard]] Result<std::vector<std::int64_t>> rowIds(const RowQuery& query, const TaskContext& context) const;
    [[nodiscard]] Result<std::vector<RequestRecord>> rows(std::span<const std::int64_t> ids) const;
    [[nodiscard]] Result<RequestDetail> detail(RequestId id) const;
    /// A prompt or response by the text id of a row. Error notFound.
    [[nodiscard]] Result<std::string> text(std::int64_t textId) const;
    /// Totals by a name column ("model", "team" ...), "day" or "extra:NAME".
    [[nodiscard]] Result<std::vector<GroupTotal>> totalsBy(const std::string& column, const RowQuery& query,
                                                           const TaskContext& context) const;

    [[nodiscard]] Result<std::vector<ImportInfo>> imports() const;
    /// An import that was broken off and waits for the user's word. Beware: one that is under way looks the same.
    [[nodiscard]] Result<std::optional<ImportInfo>> unfinishedImport() const;
    /// The ids of the first rows of complete imports that have any, ascending.
    [[nodiscard]] Result<std::vector<std::int64_t>> importFirstRows() const;
    [[nodiscard]] Result<void> undoImport(ImportId id) const;
    [[nodiscard]] Result<void> rollBackImport(ImportId id) const;

    /// Rejects above afterId, at most limit of them.
    [[nodiscard]] Result<std::vector<RejectInfo>> rejects(std::optional<ImportId> import, std::int64_t afterId,
                                                          std::int64_t limit) const;
    [[nodiscard]] Result<std::int64_t> rejectCount(std::optional<ImportId> import) const;
    [[nodiscard]] Result<void> removeRejects(const std::vector<std::int64_t>& ids) const;

    /// Documents by kind and name, as JSON text (see store::Document). put returns what stood there before; putting
    /// nothing removes it: an undo command keeps the returned value and puts it back.
    [[nodiscard]] Result<std::optional<std::string>> document(std::string_view kind, std::string_view name) const;
    [[nodiscard]] Result<std::optional<std::string>> putDocument(std::string_view kind, std::string_view name,
                                                                 const std::optional<std::string>& body) const;
    [[nodiscard]] Result<std::vector<Document>> documents(std::string_view kind) const;

    /// Keeps difficulty, signal and domain of these rows, in their order.
    [[nodiscard]] Result<void> saveAssessment(const std::vector<RequestId>& rows, const Assessment& assessment,
                                              const TaskContext& context) const;

    /// For the use cases of core/project: a connection for one thread, given back when the lease ends.
    class Lease {
    public:
        Lease(Lease&&) noexcept;
        Lease& operator=(Lease&&) = delete;
        ~Lease();
        [[nodiscard]] store::Connection& operator*() const { return *m_connection; }

    private:
        friend class Project;
        struct Pool;
        Lease(std::shared_ptr<Pool> pool, std::unique_ptr<store::Connection> connection);
        std::shared_ptr<Pool> m_pool;
        std::unique_ptr<store::Connection> m_connection;
    };
    [[nodiscard]] Result<Lease> lease() const;

private:
    explicit Project(std::shared_ptr<Lease::Pool> pool) : m_pool(std::move(pool)) {}
    std::shared_ptr<Lease::Pool> m_pool;
};

}  // namespace tierwise::project
