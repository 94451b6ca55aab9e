// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a log that is imported: mapping, masking and the store. Whatever it is, every record is accounted for,
// and the same file again adds nothing.
#include <filesystem>
#include <memory>

#include <SQLiteCpp/Database.h>

#include "core/ingest/import_job.h"
#include "core/store/connection.h"
#include "core/store/import_list.h"
#include "tests/fuzz/reader_fuzz.h"

using namespace tierwise;
using namespace tierwise::ingest;

namespace {

constexpr int kImportsAFile = 2000;  // dictionaries grow with what is imported; then a new file

/// A project that is made anew now and then, beside the others of this process.
class Store {
public:
    ~Store() { remove(); }
    store::Connection& connection() {
        if (m_connection == nullptr || ++m_imports > kImportsAFile) {
            remove();
            m_path = std::filesystem::temp_directory_path() / ("tierwise-fuzz-" + std::to_string(::getpid()));
            auto made = store::Connection::create(m_path);
            fuzz::require(made.has_value());
            m_connection = std::move(*made);
            m_connection->db().exec("PRAGMA synchronous = OFF");
            m_imports = 0;
        }
        return *m_connection;
    }

private:
    void remove() {
        m_connection.reset();
        std::error_code ignored;
        for (const char* suffix : {"", "-wal", "-shm", "-import"}) {
            std::filesystem::remove(m_path.string() + suffix, ignored);
        }
    }
    std::filesystem::path m_path;
    std::unique_ptr<store::Connection> m_connection;
    int m_imports = 0;
};

// Records and rejects that the reader alone finds.
std::int64_t recordsOf(const ImportPlan& plan) {
    ReadOptions options;
    options.dialect = plan.dialect;
    options.raggedRows = plan.raggedRows;
    const auto outcome = fuzz::readAll(plan.file, options);
    return outcome.delivered + outcome.rejected;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2 || size > 16384) {
        return 0;
    }
    static Store project;
    const unsigned choice = data[0];
    const fuzz::MemoryFile file({reinterpret_cast<const char*>(data + 1), size - 1});
    ImportWishes wishes;
    wishes.masking.mode = static_cast<MaskMode>(choice % 4U);
    wishes.reading.raggedRows = static_cast<RaggedRows>(choice / 4U % 3U);
    wishes.storeTexts = (choice & 64U) == 0;
    const auto planned = planImport(file.path(), wishes, {}, {});
    if (!planned) {
        return 0;
    }
    auto& connection = project.connection();
    const FixedClock clock(Timestamp::fromNanos(1'700'000'000'000'000'000));
    const auto first = runImport(connection, planned->plan, clock, {});
    const auto open = store::unfinishedImport(connection);
    fuzz::require(open.has_value() && !open->has_value());
    if (!first) {
        return 0;
    }
    const auto& counts = first->counts;
    fuzz::require(counts.rowsRead == counts.stored + counts.duplicates + counts.rejected);
    if (planned->plan.mapping.assembly == Assembly::none) {
        fuzz::require(counts.rowsRead + first->skipped + first->merged == recordsOf(planned->plan));
    }
    const auto second = runImport(connection, planned->plan, clock, {});
    fuzz::require(second.has_value() && second->counts.stored == 0 && second->counts.rowsRead == counts.rowsRead &&
                  second->counts.rejected == counts.rejected);
    fuzz::require(store::removeImport(connection, second->id).has_value());
    fuzz::require(store::removeImport(connection, first->id).has_value());
    return 0;
}
