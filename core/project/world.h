// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/project/analysis.h"

// What a scenario may have of its own beside its policy: candidate models, prices, assumptions.
namespace tierwise::project {

/// Prices and assumptions of a scenario's own; empty = those that everything else has.
struct World {
    /// "" = the catalog in use; else what worldCatalogs() names, or the path of a catalog file.
    std::string catalog;
    std::string assumptions;  ///< JSON (replay::Assumptions); "" = the project's
    [[nodiscard]] bool isOwn() const { return !catalog.empty() || !assumptions.empty(); }
    bool operator==(const World&) const = default;
};

/// A catalog that a scenario can be priced with.
struct WorldCatalog {
    std::string id;
    std::string title;
    std::string date;  ///< ISO
    bool operator==(const WorldCatalog&) const = default;
};

/// The shipped snapshots of dates gone by, and the kept ones of the user's own updates, newest date first.
/// An empty store folder is the user's own. Errors: io, badFormat.
[[nodiscard]] Result<std::vector<WorldCatalog>> worldCatalogs(const std::filesystem::path& storeFolder = {});
/// Errors: notFound (a snapshot that was dropped), io, badFormat.
[[nodiscard]] Result<catalog::Catalog> openWorldCatalog(const std::string& id,
                                                        const std::filesystem::path& storeFolder = {});

/// The workbenches of scenarios over the rows of one workbench: that one where it will do, else one of their own, with
/// the same rows, outcomes and fitted quality. Keeps the last few. Any thread.
class Worlds {
public:
    explicit Worlds(std::shared_ptr<const Workbench> base, std::filesystem::path storeFolder = {});
    [[nodiscard]] const std::shared_ptr<const Workbench>& base() const { return m_base; }

    /// What a scenario runs on, and its policy with its candidates filled in.
    struct Place {
        route::Policy policy;
        std::shared_ptr<const Workbench> on;
    };
    /// Errors: those of openWorldCatalog and Workbench::build (a model that the catalog does not know), and of a policy
    /// that cannot run there (infeasible).
    [[nodiscard]] Result<Place> placeOf(const route::Policy& policy, const World& world,
                                        const TaskContext& context) const;

private:
    static constexpr std::size_t kKept = 3;
    [[nodiscard]] static Result<Place> checked(Place place);
    struct Entry {
        World world;
        std::vector<std::string> models;
        std::shared_ptr<const Workbench> on;
    };
    std::shared_ptr<const Workbench> m_base;
    std::filesystem::path m_storeFolder;
    std::vector<std::string> m_defaults;
    mutable std::mutex m_mutex;
    mutable std::list<Entry> m_made;  ///< most recent first
};

}  // namespace tierwise::project
