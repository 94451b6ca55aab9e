// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/reject_totals.h"

#include "core/store/connection.h"
#include "core/store/sql.h"

namespace tierwise::store {

Result<std::vector<RejectTotal>> rejectTotals(Connection& connection, std::int64_t limit) {
    return guarded(connection.path(), [&]() -> Result<std::vector<RejectTotal>> {
        SQLite::Statement query(connection.db(),
                                "SELECT r.import_id, r.column, r.reason, min(r.hint), count(*), min(r.line)"
                                " FROM reject r JOIN import i ON i.id = r.import_id WHERE i.state = 'complete'"
                                " GROUP BY r.import_id, r.column, r.reason ORDER BY count(*) DESC, min(r.id) LIMIT ?");
        query.bind(1, limit);
        std::vector<RejectTotal> totals;
        while (query.executeStep()) {
            totals.push_back({ImportId(query.getColumn(0).getInt64()), query.getColumn(1).getString(),
                              query.getColumn(2).getString(), query.getColumn(3).getString(),
                              query.getColumn(4).getInt64(), query.getColumn(5).getInt64()});
        }
        return totals;
    });
}

}  // namespace tierwise::store
