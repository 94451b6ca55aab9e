// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/snapshot_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <algorithm>
#include <cstdlib>
#include <system_error>

#include <nlohmann/json.hpp>

#include "core/base/files.h"

namespace tierwise::catalog {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::int64_t kLargestCatalog = std::int64_t{256} << 20;
constexpr std::int64_t kLargestState = std::int64_t{16} << 20;
constexpr const char* kStateFile = "state.json";
constexpr const char* kCandidateFile = "pending_catalog.json";
constexpr const char* kPendingFile = "pending.json";

/// Holds the store's lock file as long as it lives.
class Lock {
public:
    explicit Lock(const fs::path& folder) {
        std::error_code ignored;
        fs::create_directories(folder, ignored);
        m_descriptor = ::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (m_descriptor >= 0) {
            ::flock(m_descriptor, LOCK_EX);
        }
    }
    ~Lock() {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    [[nodiscard]] bool held() const { return m_descriptor >= 0; }
    [[nodiscard]] static tl::unexpected<Error> refused(const fs::path& folder) {
        return fail(ErrorCode::io, "the folder of the catalogs cannot be written to",
                    "Check that you may write there, or set XDG_DATA_HOME", folder.string());
    }

private:
    int m_descriptor = -1;
};

tl::unexpected<Error> damaged(const fs::path& path) {
    return fail(ErrorCode::badFormat, "the catalog's state file is damaged",
                "Remove it to return to the shipped catalog; snapshots beside it are whole", path.string());
}

Result<Json> readJson(const fs::path& path) {
    const auto bytes = readFile(path, kLargestState);
    if (!bytes) {
        return fail(bytes.error());
    }
    Json document = Json::parse(*bytes, nullptr, false);
    if (!document.is_object()) {
        return damaged(path);
    }
    return document;
}

std::string writtenJson(const Json& document) {
    return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json jsonOf(const SnapshotEntry& entry) {
    return {
        {"hash", entry.hash}, {"installed", entry.installed.toIso()}, {"how", entry.how},        {"title", entry.title},
        {"date", entry.date}, {"offerings", entry.offerings},         {"changes", entry.changes}};
}

std::optional<SnapshotEntry> entryOf(const Json& json) {
    try {
        const auto installed = Timestamp::parseIso(json.at("installed").get<std::string>());
        const std::string hash = json.at("hash");
        const bool isName = !hash.empty() && hash.find_first_not_of("0123456789abcdef") == std::string::npos;
        if (!installed || !isName) {
            return {};
        }
        return SnapshotEntry{hash,
                             *installed,
                             json.at("how"),
                             json.at("title"),
                             json.at("date"),
                             json.at("offerings"),
                             json.at("changes")};
    } catch (const Json::exception&) {
        return {};
    }
}

SnapshotEntry entryFor(const Catalog& catalog, const char* how, std::int64_t changes, Timestamp now) {
    return {std::string(catalog.hash()),
            now,
            how,
            std::string(catalog.title()),
            catalog.date().toIsoDate(),
            static_cast<std::int64_t>(catalog.offerings().size()),
            changes};
}

}  // namespace

struct SnapshotStore::State {
    std::string current;  ///< "" = the shipped catalog
    std::vector<SnapshotEntry> history;
};

fs::path SnapshotStore::defaultFolder() {
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data == '/') {
        return fs::path(data) / "tierwise" / "catalog";
    }
    const char* home = std::getenv("HOME");
    return fs::path(home != nullptr ? home : ".") / ".local" / "share" / "tierwise" / "catalog";
}

fs::path SnapshotStore::snapshotPath(const std::string& hash) const {
    return m_folder / "snapshots" / (hash + ".json");
}

Result<SnapshotStore::State> SnapshotStore::readState() const {
    const fs::path path = m_folder / kStateFile;
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
        return State{};
    }
    const auto document = readJson(path);
    if (!document) {
        return fail(document.error());
    }
    State state;
    try {
        if (document->at("format") != "tierwise-catalog-store" || document->at("version") != 1) {
            return damaged(path);
        }
        state.current = document->at("current");
        for (const auto& json : document->at("history")) {
            auto entry = entryOf(json);
            if (!entry) {
                return damaged(path);
            }
            state.history.push_back(std::move(*entry));
        }
    } catch (const Json::exception&) {
        return damaged(path);
    }
    return state;
}

Result<void> SnapshotStore::writeState(const State& state) const {
    Json history = Json::array();
    for (const auto& entry : state.history) {
        history.push_back(jsonOf(entry));
    }
    const Json document{
        {"format", "tierwise-catalog-store"}, {"version", 1}, {"current", state.current}, {"history", history}};
    return writeFileAtomically(m_folder / kStateFile, writtenJson(document));
}

Result<std::vector<SnapshotEntry>> SnapshotStore::history() const {
    auto state = readState();
    if (!state) {
        return fail(state.error());
    }
    return std::move(state->history);
}

Result<std::optional<std::string>> SnapshotStore::currentHash() const {
    const auto state = readState();
    if (!state) {
        return fail(state.error());
    }
    return state->current.empty() ? std::nullopt : std::optional<std::string>(state->current);
}

Result<Catalog> SnapshotStore::load(const std::string& hash) const {
    const fs::path path = snapshotPath(hash);
    const auto bytes = readFile(path, kLargestCatalog);
    if (!bytes) {
        return fail(bytes.error());
    }
    auto catalog = Catalog::parse(*bytes, path.string());
    if (catalog && catalog->hash() != hash) {
        return fail(ErrorCode::badFormat, "this snapshot was changed after it was kept",
                    "Roll back to another one (tierwise-cli catalog history)", path.string());
    }
    return catalog;
}

Result<Catalog> SnapshotStore::current(const fs::path& shipped) const {
    const auto hash = currentHash();
    if (!hash) {
        return fail(hash.error());
    }
    return *hash ? load(**hash) : Catalog::load(shipped);
}

Result<void> SnapshotStore::keep(const Catalog& catalog) const {
    const fs::path path = snapshotPath(std::string(catalog.hash()));
    std::error_code ignored;
    if (fs::exists(path, ignored)) {
        return {};
    }
    return writeFileAtomically(path, writeCatalogJson(catalog.data()));
}

// Files of snapshots that no entry names any more.
void SnapshotStore::drop(const State& state) const {
    std::error_code ignored;
    for (const auto& file : fs::directory_iterator(m_folder / "snapshots", ignored)) {
        const bool named = std::any_of(state.history.begin(), state.history.end(), [&](const SnapshotEntry& entry) {
            return file.path() == snapshotPath(entry.hash);
        });
        if (!named && file.path().extension() == ".json") {
            fs::remove(file.path(), ignored);
        }
    }
}

Result<SnapshotEntry> SnapshotStore::install(const Catalog& catalog, const Catalog& base, std::int64_t changes,
                                             Timestamp now) {
    const Lock lock(m_folder);
    if (!lock.held()) {
        return Lock::refused(m_folder);
    }
    auto state = readState();
    if (!state) {
        return fail(state.error());
    }
    if (!state->current.empty() && state->current != base.hash()) {
        return fail(ErrorCode::conflict, "the catalog was changed by another program meanwhile",
                    "Look at the difference again, then accept");
    }
    // Written anew, both hash as their own bytes: the shipped file may be laid out differently.
    const auto own = Catalog::parse(writeCatalogJson(catalog.data()), "the updated catalog");
    const auto ownBase = Catalog::parse(writeCatalogJson(base.data()), "the current catalog");
    if (!own || !ownBase) {
        return fail(own ? ownBase.error() : own.error());
    }
    if (auto kept = keep(*ownBase).and_then([&] { return keep(*own); }); !kept) {
        return fail(kept.error());
    }
    if (state->history.empty()) {
        state->history.push_back(entryFor(*ownBase, "shipped", 0, now));
        state->current = ownBase->hash();
    }
    // After a rollback, the base moves behind what was rolled back from: the next rollback returns to the base.
    const auto based = std::find_if(state->history.rbegin(), state->history.rend(),
                                    [&](const SnapshotEntry& entry) { return entry.hash == state->current; });
    if (based != state->history.rend()) {
        std::rotate(based.base() - 1, based.base(), state->history.end());
    }
    state->history.push_back(entryFor(*own, "update", changes, now));
    state->current = own->hash();
    if (state->history.size() > kKept) {
        state->history.erase(state->history.begin(), state->history.end() - static_cast<std::ptrdiff_t>(kKept));
    }
    if (auto written = writeState(*state); !written) {
        return fail(written.error());
    }
    drop(*state);
    return state->history.back();
}

Result<SnapshotEntry> SnapshotStore::rollback(const std::string& hash) {
    const Lock lock(m_folder);
    if (!lock.held()) {
        return Lock::refused(m_folder);
    }
    auto state = readState();
    if (!state) {
        return fail(state.error());
    }
    const auto& history = state->history;
    // The latest entry of the current snapshot, and the latest before it (or the latest of that name).
    const auto here = std::find_if(history.rbegin(), history.rend(),
                                   [&](const SnapshotEntry& entry) { return entry.hash == state->current; });
    const auto target = std::find_if(
        hash.empty() && here != history.rend() ? here + 1 : history.rbegin(), history.rend(),
        [&](const SnapshotEntry& entry) { return entry.hash != state->current && entry.hash.rfind(hash, 0) == 0; });
    if (target == history.rend()) {
        return fail(ErrorCode::notFound,
                    hash.empty() ? "there is no older catalog to return to"
                                 : "no other kept snapshot has a hash that begins with '" + hash + "'",
                    "The kept ones: tierwise-cli catalog history");
    }
    const auto whole = load(target->hash);
    if (!whole) {
        return fail(whole.error());
    }
    SnapshotEntry entry = *target;
    state->current = entry.hash;
    if (auto written = writeState(*state); !written) {
        return fail(written.error());
    }
    return entry;
}

Result<void> SnapshotStore::setPending(const PendingUpdate& update) {
    const Lock lock(m_folder);
    if (!lock.held()) {
        return Lock::refused(m_folder);
    }
    Json quotes = Json::array();
    for (const auto& quote : update.quotes) {
        quotes.push_back({quote.source, quote.offering, meterName(quote.meter), quote.rate.perMillion()});
    }
    const Json document{{"fetched", update.fetched.toIso()}, {"notes", update.notes}, {"quotes", quotes}};
    if (auto cleared = clearPending(); !cleared) {
        return cleared;
    }
    // The short file comes last: without it there is no pending update.
    return writeFileAtomically(m_folder / kCandidateFile, writeCatalogJson(update.candidate)).and_then([&] {
        return writeFileAtomically(m_folder / kPendingFile, writtenJson(document));
    });
}

Result<std::optional<PendingUpdate>> SnapshotStore::pending() const {
    std::error_code ignored;
    const fs::path path = m_folder / kPendingFile;
    if (!fs::exists(path, ignored)) {
        return std::nullopt;
    }
    const auto document = readJson(path);
    const auto bytes = readFile(m_folder / kCandidateFile, kLargestCatalog);
    if (!document || !bytes) {
        return fail(document ? bytes.error() : document.error());
    }
    auto candidate = readCatalogJson(*bytes, (m_folder / kCandidateFile).string());
    if (!candidate) {
        return fail(candidate.error());
    }
    PendingUpdate update{std::move(*candidate), {}, {}, {}};
    try {
        update.fetched = Timestamp::parseIso(document->at("fetched").get<std::string>()).value_or(Timestamp());
        update.notes = document->at("notes").get<std::vector<std::string>>();
        for (const auto& quote : document->at("quotes")) {
            const auto meter = meterOf(quote.at(2).get<std::string>());
            const auto rate = Rate::parsePerMillion(quote.at(3).get<std::string>());
            if (!meter || !rate) {
                return damaged(path);
            }
            update.quotes.push_back({quote.at(0), quote.at(1), *meter, *rate});
        }
    } catch (const Json::exception&) {
        return damaged(path);
    }
    return update;
}

Result<void> SnapshotStore::clearPending() {
    for (const char* name : {kPendingFile, kCandidateFile}) {
        std::error_code error;
        fs::remove(m_folder / name, error);
        if (error) {
            return fail(ErrorCode::io, "the waiting update cannot be removed: " + error.message(),
                        "Check the folder's rights", (m_folder / name).string());
        }
    }
    return {};
}

}  // namespace tierwise::catalog
