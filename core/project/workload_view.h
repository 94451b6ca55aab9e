// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/task_context.h"
#include "core/catalog/catalog.h"
#include "core/project/project.h"
#include "core/store/workload_snapshot.h"

// What the workload page shows beside the rows themselves: sums, what the catalog says the rows cost, how cost spreads
// over time, models, teams and requests. Front ends show these values and compute nothing.
namespace tierwise::project {

/// Cost of a set of rows. Rows without a cost are counted, never summed as 0.
struct CostSum {
    MoneySum cost;
    std::int64_t rows = 0;      ///< with a cost
    std::int64_t requests = 0;  ///< that those rows stand for
    std::int64_t unpriced = 0;  ///< rows without a cost
};

/// Which cost: what the log says, or the catalog's price of the logged model and usage at the request's own date.
enum class CostBasis : std::uint8_t { logged, catalog };

struct PeriodCost {
    std::int64_t number = 0;       ///< of periods since 1970-01-01T00:00Z
    std::array<CostSum, 4> tiers;  ///< by static_cast<size_t>(Tier); empty where nothing was asked
};

struct NamedCost {
    std::string name;            ///< "" = missing
    Tier tier = Tier::unbanded;  ///< of models; unbanded for other names
    CostSum sum;
};

/// The dearest `requestShare` of the rows make `costShare` of the cost. Both 0..1.
struct ConcentrationPoint {
    double rowShare = 0;
    double costShare = 0;
};

struct WorkloadOverview {
    CostBasis basis = CostBasis::logged;
    std::int64_t rows = 0;
    std::int64_t requests = 0;
    std::int64_t input = 0;  ///< tokens of every input kind, of rows that know them
    std::int64_t cacheRead = 0;
    std::int64_t output = 0;
    std::int64_t reasoning = 0;
    std::int64_t rowsWithoutInput = 0;
    std::int64_t rowsWithoutOutput = 0;
    std::optional<Timestamp> first;
    std::optional<Timestamp> last;
    CostSum total;
    std::array<CostSum, 4> tiers;                   ///< by static_cast<size_t>(Tier) of the logged model
    std::int64_t periodHours = 24;                  ///< 1 where the dated rows lie within three days
    std::vector<PeriodCost> periods;                ///< dated rows by hour or day, from the first to the last
    std::vector<NamedCost> models;                  ///< dearest first
    std::vector<NamedCost> teams;                   ///< dearest first
    std::vector<ConcentrationPoint> concentration;  ///< at most 101 points from (0,0) to (1,1); empty without cost
    /// Logged models that the catalog cannot place, most rows first: name and number of rows.
    std::vector<std::pair<std::string, std::int64_t>> unresolved;
};

/// One pass over the snapshot (a million rows: well under a second). Where no row has a logged cost, or basis asks for
/// it, the catalog's price is used. Errors: cancelled.
[[nodiscard]] Result<WorkloadOverview> workloadOverview(const store::WorkloadSnapshot& rows,
                                                        const catalog::Catalog& catalog,
                                                        std::span<const catalog::UserAlias> aliases, CostBasis basis,
                                                        const TaskContext& context);

/// Sums of some rows, for the status area.
struct RowTotals {
    std::int64_t rows = 0;
    std::int64_t requests = 0;
    std::int64_t input = 0;
    std::int64_t output = 0;
    std::int64_t rowsWithoutTokens = 0;
    CostSum logged;
};
/// Errors: those of Project::rows, cancelled.
[[nodiscard]] Result<RowTotals> totalsOf(const Project& project, std::span<const std::int64_t> ids,
                                         const TaskContext& context);

/// All groups as one, for the last line of a table of groups.
[[nodiscard]] GroupTotal totalOf(std::span<const GroupTotal> groups);

/// What the rows with these ids cost by the catalog at their own dates, by the keys of Project::totalsBy. Of the log's
/// own columns ("extra:NAME") nothing is known here: the answer is empty. Errors: cancelled.
[[nodiscard]] Result<std::unordered_map<std::string, CostSum>> catalogCostsBy(
    const store::WorkloadSnapshot& rows, const catalog::Catalog& catalog, std::span<const catalog::UserAlias> aliases,
    const std::string& column, std::span<const std::int64_t> ids, const TaskContext& context);

/// What one row costs by the catalog, and why.
struct RowPrice {
    catalog::Resolution resolution;
    std::string offering;  ///< "provider/id"; empty when unpriced
    std::string modelName;
    Tier tier = Tier::unbanded;
    std::optional<catalog::Bill> bill;
    std::vector<std::string> candidates;  ///< offerings it might be
    std::string evidenceUrl;
    std::string evidenceDate;
};
[[nodiscard]] RowPrice priceRow(const catalog::Catalog& catalog, std::span<const catalog::UserAlias> aliases,
                                const RequestRecord& row);

}  // namespace tierwise::project
