// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/world.h"

#include <algorithm>
#include <optional>

#include "core/catalog/snapshot_store.h"
#include "core/project/catalog_queries.h"
#include "core/project/catalog_update.h"
#include "core/project/default_models.h"
#include "core/project/resources.h"

namespace tierwise::project {

namespace {

// Shipped snapshots: resources/catalog/snapshot-<date>.json, named by their date.
constexpr const char* kShipped[] = {"2026-03-23"};

catalog::SnapshotStore storeAt(const std::filesystem::path& folder) {
    return catalog::SnapshotStore(folder.empty() ? catalog::SnapshotStore::defaultFolder() : folder);
}

std::string shippedFile(const std::string& date) {
    return "catalog/snapshot-" + date + ".json";
}

void add(std::vector<std::string>& list, const std::string& name) {
    if (std::find(list.begin(), list.end(), name) == list.end()) {
        list.push_back(name);
    }
}

bool holdsAll(const std::vector<std::string>& names, const std::vector<std::string>& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    });
}

// Candidates that a policy chooses from: its own, else the defaults; and all that it names.
std::vector<std::string> wantedBy(const route::Policy& policy, const std::vector<std::string>& defaults) {
    auto wanted = policy.models.empty() ? defaults : policy.models;
    for (const auto& target : policy.targets()) {
        if (!route::tierOfTarget(target)) {
            add(wanted, target);
        }
    }
    return wanted;
}

Result<std::shared_ptr<const Workbench>> build(const Workbench& base, const World& world, const route::Policy& policy,
                                               const std::filesystem::path& storeFolder, const TaskContext& context) {
    WorkbenchInputs inputs = base.inputs();
    if (!world.assumptions.empty()) {
        auto assumed = replay::Assumptions::parse(world.assumptions, "the scenario's assumptions");
        if (!assumed) {
            return fail(assumed.error());
        }
        inputs.assumptions = std::move(*assumed);
    }
    if (world.isOwn()) {
        auto catalog = openWorldCatalog(world.catalog, storeFolder);
        if (!catalog) {
            return fail(catalog.error());
        }
        const auto hardware = loadHardware();
        if (!hardware) {
            return fail(hardware.error());
        }
        auto withLocal = withLocalModels(*catalog, inputs.assumptions, *hardware);
        if (!withLocal) {
            return fail(withLocal.error());
        }
        inputs.catalog = std::move(withLocal->catalog);
        inputs.localCosts = std::move(withLocal->costs);
    }
    inputs.options.candidates =
        wantedBy(policy, defaultCandidates(inputs.catalog, {inputs.rows.get(), inputs.aliases}));
    auto made = Workbench::build(std::move(inputs), context);
    if (!made) {
        return fail(made.error());
    }
    return std::make_shared<const Workbench>(std::move(*made));
}

}  // namespace

Result<std::vector<WorldCatalog>> worldCatalogs(const std::filesystem::path& storeFolder) {
    std::vector<WorldCatalog> found;
    const auto history = catalogHistory(storeFolder);
    if (!history) {
        return fail(history.error());
    }
    for (const auto& entry : history->entries) {
        found.push_back({entry.hash, entry.title, entry.date});
    }
    for (const char* date : kShipped) {
        if (resourcePath(shippedFile(date))) {
            found.push_back({date, "", date});
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.date > b.date; });
    return found;
}

Result<catalog::Catalog> openWorldCatalog(const std::string& id, const std::filesystem::path& storeFolder) {
    if (id.empty()) {
        return catalogInUse(storeFolder);
    }
    if (std::find(std::begin(kShipped), std::end(kShipped), id) != std::end(kShipped)) {
        const auto path = resourcePath(shippedFile(id));
        return path ? openCatalog(*path) : Result<catalog::Catalog>(fail(path.error()));
    }
    std::error_code ignored;
    if (std::filesystem::exists(id, ignored)) {
        return openCatalog(id);
    }
    auto kept = storeAt(storeFolder).load(id);
    if (!kept) {
        return fail(kept.error());
    }
    if (kept->data().tiers.rules.empty()) {
        const auto current = catalogInUse(storeFolder);
        if (!current) {
            return fail(current.error());
        }
        kept->setTierRules(current->data().tiers);
    }
    return kept;
}

Worlds::Worlds(std::shared_ptr<const Workbench> base, std::filesystem::path storeFolder)
    : m_base(std::move(base)),
      m_storeFolder(std::move(storeFolder)),
      m_defaults(defaultCandidates(m_base->inputs().catalog, {m_base->inputs().rows.get(), m_base->inputs().aliases})) {
}

// A policy that cannot run there (a floor that its models do not reach) is found out now, not by a comparison of many.
Result<Worlds::Place> Worlds::checked(Place place) {
    const auto run = place.on->infeasible(place.policy, 0);
    return run ? Result<Place>(std::move(place)) : fail(run.error());
}

Result<Worlds::Place> Worlds::placeOf(const route::Policy& policy, const World& world,
                                      const TaskContext& context) const {
    Place place;
    place.policy = policy;
    const auto wanted = wantedBy(policy, m_defaults);
    if (!world.isOwn() && holdsAll(m_base->inputs().options.candidates, wanted)) {
        place.policy.models = wanted;
        place.on = m_base;
        return checked(std::move(place));
    }
    const std::lock_guard lock(m_mutex);
    const auto key = policy.models.empty() && policy.targets().empty() ? std::vector<std::string>() : wanted;
    const auto found = std::find_if(m_made.begin(), m_made.end(),
                                    [&](const Entry& entry) { return entry.world == world && entry.models == key; });
    if (found != m_made.end()) {
        m_made.splice(m_made.begin(), m_made, found);
    } else {
        auto made = build(*m_base, world, policy, m_storeFolder, context);
        if (!made) {
            return fail(made.error());
        }
        m_made.push_front({world, key, std::move(*made)});
        if (m_made.size() > kKept) {
            m_made.pop_back();
        }
    }
    place.on = m_made.front().on;
    return checked(std::move(place));
}

}  // namespace tierwise::project
