// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/project/doctor.h"
#include "core/store/edit_numbers.h"

namespace tierwise::project {

/// What a mend does to its rows' numbers.
enum class MendAct : std::uint8_t {
    none,
    divideCost,      ///< by 100
    catalogCost,     ///< the catalog's price instead of the logged one
    forgetCost,      ///< missing instead of 0
    subtractCached,  ///< cached tokens out of the uncached input
    forgetTokens,    ///< counts become unknown
    shiftTime,       ///< by shiftNanos
    addAlias,        ///< the first candidate
    countTexts,      ///< token counts of the rows' texts where they are missing
    rereadPlain,     ///< the import again, with quotes as plain text
};

/// A finding with the rows (indexes into the snapshot) that its mend acts on.
struct FoundRows {
    Finding finding;
    MendAct act = MendAct::none;
    std::int64_t shiftNanos = 0;
    std::vector<std::size_t> rows;
    catalog::UserAlias alias;
    ImportId import;  ///< of rereadPlain
};

struct Examination {
    std::shared_ptr<const store::WorkloadSnapshot> snapshot;
    std::vector<FoundRows> found;
    std::int64_t checkedCosts = 0;
    std::int64_t agreeing = 0;
};

/// Prices rows of a snapshot by the catalog; rates are remembered by name and hour.
class RowPricer {
public:
    RowPricer(const catalog::Catalog& catalog, const store::WorkloadSnapshot& rows,
              std::span<const catalog::UserAlias> aliases)
        : m_catalog(catalog), m_rows(rows), m_aliases(aliases) {}

    /// The offering of a row's name at its time; nothing where the catalog does not know it.
    [[nodiscard]] const catalog::Resolution& resolve(std::size_t row);
    /// Pico-dollars at the row's own time, or at another; uncached replaces the row's count. Nothing without counts,
    /// without a rate, or in another currency.
    [[nodiscard]] std::optional<std::int64_t> price(std::size_t row);
    [[nodiscard]] std::optional<std::int64_t> priceAs(std::size_t row, OfferingIndex offering,
                                                      std::optional<Timestamp> at, std::int64_t uncached,
                                                      std::int64_t cacheRead);
    [[nodiscard]] const catalog::Catalog& catalog() const { return m_catalog; }

private:
    struct Known {
        catalog::Resolution resolution;
        catalog::EffectiveRates rates;
        bool dollars = false;
    };
    Known& known(std::size_t row);

    const catalog::Catalog& m_catalog;
    const store::WorkloadSnapshot& m_rows;
    std::span<const catalog::UserAlias> m_aliases;
    std::unordered_map<std::string, Known> m_known;
};

/// All findings of the project's rows.
[[nodiscard]] Result<Examination> examine(const Project& project, const catalog::Catalog& catalog,
                                          std::span<const catalog::UserAlias> aliases, const TaskContext& context);
/// The findings about costs, in doctor_costs.cpp.
void examineCosts(RowPricer& pricer, Examination& examination);

/// At most five of the rows as examples, and their number.
void describeRows(const store::WorkloadSnapshot& rows, FoundRows& found);

}  // namespace tierwise::project
