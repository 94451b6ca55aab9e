// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project.h"

#include <chrono>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "core/store/column_cache.h"
#include "core/store/connection.h"

namespace tierwise::project {

namespace fs = std::filesystem;

// Connections that are not in use, for whoever needs one next.
struct Project::Lease::Pool {
    fs::path path;
    store::ColumnCache cache;
    std::mutex mutex;
    std::vector<std::unique_ptr<store::Connection>> idle;
    std::mutex snapshotMutex;  // held while a snapshot is read: who comes meanwhile waits for it
    std::vector<std::int64_t> snapshotOf;
    std::weak_ptr<const store::WorkloadSnapshot> snapshot;

    static Result<std::shared_ptr<Pool>> over(const fs::path& path,
                                              Result<std::unique_ptr<store::Connection>> connection) {
        if (!connection) {
            return fail(connection.error());
        }
        auto pool = std::make_shared<Pool>();
        pool->path = path;
        pool->idle.push_back(std::move(*connection));
        return pool;
    }
};

Project::Lease::Lease(std::shared_ptr<Pool> pool, std::unique_ptr<store::Connection> connection)
    : m_pool(std::move(pool)), m_connection(std::move(connection)) {}

Project::Lease::Lease(Lease&&) noexcept = default;

Project::Lease::~Lease() {
    if (m_connection) {
        const std::lock_guard guard(m_pool->mutex);
        m_pool->idle.push_back(std::move(m_connection));
    }
}

Result<Project> Project::create(const fs::path& path) {
    auto pool = Lease::Pool::over(path, store::Connection::create(path));
    return pool ? Project(std::move(*pool)) : Result<Project>(fail(pool.error()));
}

Result<Project> Project::open(const fs::path& path) {
    auto pool = Lease::Pool::over(path, store::Connection::open(path));
    return pool ? Project(std::move(*pool)) : Result<Project>(fail(pool.error()));
}

Result<Project> Project::openOrCreate(const fs::path& path) {
    std::error_code error;
    // An empty file is what a kill leaves at the very start of making one.
    if (fs::is_regular_file(path, error) && fs::file_size(path, error) == 0 && !error) {
        fs::remove(path, error);
    }
    return fs::exists(path, error) ? open(path) : create(path);
}

const fs::path& Project::path() const {
    return m_pool->path;
}

Result<Project::Lease> Project::lease() const {
    {
        const std::lock_guard guard(m_pool->mutex);
        if (!m_pool->idle.empty()) {
            auto connection = std::move(m_pool->idle.back());
            m_pool->idle.pop_back();
            return Lease(m_pool, std::move(connection));
        }
    }
    auto connection = store::Connection::open(m_pool->path);
    if (!connection) {
        return fail(connection.error());
    }
    return Lease(m_pool, std::move(*connection));
}

namespace {

// Runs a call of the store on a leased connection.
template <typename F>
auto onLease(const Project& project, F&& call) -> decltype(call(std::declval<store::Connection&>())) {
    const auto lease = project.lease();
    if (!lease) {
        return fail(lease.error());
    }
    return std::forward<F>(call)(**lease);
}

}  // namespace

Result<std::shared_ptr<const store::WorkloadSnapshot>> Project::snapshot(const TaskContext& context) const {
    const auto columnsNow = [this] {
        return onLease(*this, [](store::Connection& c) { return store::snapshotColumns(c); });
    };
    // Not try_lock_for, which ThreadSanitizer of GCC 12 does not see (pthread_mutex_clocklock).
    constexpr std::chrono::milliseconds kLook{5};
    std::unique_lock guard(m_pool->snapshotMutex, std::try_to_lock);
    while (!guard) {
        if (context.stopRequested()) {
            return TaskContext::cancelled();
        }
        std::this_thread::sleep_for(kLook);
        (void)guard.try_lock();
    }
    auto columns = columnsNow();
    if (!columns) {
        return fail(columns.error());
    }
    if (auto held = m_pool->snapshot.lock(); held && *columns == m_pool->snapshotOf) {
        return held;
    }
    auto loaded = loadSnapshot(context);
    if (!loaded) {
        return fail(loaded.error());
    }
    const auto rows = std::make_shared<const store::WorkloadSnapshot>(std::move(*loaded));
    // Rows that came in between may be in it or not: such a snapshot is shared with nobody.
    if (const auto after = columnsNow(); after && *after == *columns) {
        m_pool->snapshot = rows;
        m_pool->snapshotOf = std::move(*columns);
    }
    return rows;
}

Result<store::WorkloadSnapshot> Project::loadSnapshot(const TaskContext& context) const {
    return onLease(*this, [&](store::Connection& c) { return store::loadSnapshot(c, context); });
}

Result<std::vector<RequestColumn>> Project::columns() const {
    return onLease(*this, [&](store::Connection& c) { return store::requestColumns(c); });
}

Result<std::vector<std::int64_t>> Project::rowIds(const RowQuery& query, const TaskContext& context) const {
    return onLease(*this, [&](store::Connection& c) { return store::rowIds(c, m_pool->cache, query, context); });
}

Result<std::vector<RequestRecord>> Project::rows(std::span<const std::int64_t> ids) const {
    return onLease(*this, [&](store::Connection& c) { return store::fetchRows(c, m_pool->cache, ids); });
}

Result<RequestDetail> Project::detail(RequestId id) const {
    return onLease(*this, [&](store::Connection& c) { return store::fetchDetail(c, m_pool->cache, id); });
}

Result<std::string> Project::text(std::int64_t textId) const {
    return onLease(*this, [&](store::Connection& c) { return store::fetchText(c, textId); });
}

Result<std::vector<GroupTotal>> Project::totalsBy(const std::string& column, const RowQuery& query,
                                                  const TaskContext& context) const {
    return onLease(*this,
                   [&](store::Connection& c) { return store::groupTotals(c, m_pool->cache, column, query, context); });
}

Result<std::vector<ImportInfo>> Project::imports() const {
    return onLease(*this, [&](store::Connection& c) { return store::listImports(c); });
}

Result<std::optional<ImportInfo>> Project::unfinishedImport() const {
    return onLease(*this, [&](store::Connection& c) { return store::unfinishedImport(c); });
}

Result<std::vector<std::int64_t>> Project::importFirstRows() const {
    return onLease(*this, [&](store::Connection& c) { return store::importFirstRows(c); });
}

Result<void> Project::undoImport(ImportId id) const {
    return onLease(*this, [&](store::Connection& c) { return store::undoImport(c, id); });
}

Result<void> Project::rollBackImport(ImportId id) const {
    return onLease(*this, [&](store::Connection& c) { return store::rollBackImport(c, id); });
}

Result<std::vector<RejectInfo>> Project::rejects(std::optional<ImportId> import, std::int64_t afterId,
                                                 std::int64_t limit) const {
    return onLease(*this, [&](store::Connection& c) { return store::listRejects(c, import, afterId, limit); });
}

Result<std::int64_t> Project::rejectCount(std::optional<ImportId> import) const {
    return onLease(*this, [&](store::Connection& c) { return store::countRejects(c, import); });
}

Result<void> Project::removeRejects(const std::vector<std::int64_t>& ids) const {
    return onLease(*this, [&](store::Connection& c) { return store::removeRejects(c, ids); });
}

Result<std::optional<std::string>> Project::document(std::string_view kind, std::string_view name) const {
    return onLease(*this, [&](store::Connection& c) { return store::getDocument(c, kind, name); });
}

Result<std::optional<std::string>> Project::putDocument(std::string_view kind, std::string_view name,
                                                        const std::optional<std::string>& body) const {
    return onLease(*this, [&](store::Connection& c) { return store::putDocument(c, kind, name, body); });
}

Result<std::vector<Document>> Project::documents(std::string_view kind) const {
    return onLease(*this, [&](store::Connection& c) { return store::listDocuments(c, kind); });
}

Result<void> Project::saveAssessment(const std::vector<RequestId>& rows, const Assessment& assessment,
                                     const TaskContext& context) const {
    return onLease(*this, [&](store::Connection& c) { return store::saveAssessment(c, rows, assessment, context); });
}

}  // namespace tierwise::project
