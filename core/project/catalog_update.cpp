// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/catalog_update.h"

#include <algorithm>

#include "core/base/files.h"
#include "core/catalog/update_compile.h"
#include "core/catalog/user_layer.h"
#include "core/project/resources.h"

namespace tierwise::project {
namespace {

using namespace tierwise::catalog;

constexpr std::int64_t kLargestFacts = std::int64_t{64} << 20;

SnapshotStore storeIn(const std::filesystem::path& folder) {
    return SnapshotStore(folder.empty() ? SnapshotStore::defaultFolder() : folder);
}

// Without the user's own prices: what updates are compared with and merged into.
Result<Catalog> listedCatalog(const SnapshotStore& store) {
    const auto shipped = resourcePath("catalog/catalog.json");
    return shipped ? store.current(*shipped) : Result<Catalog>(fail(shipped.error()));
}

Result<CatalogData> shippedFacts() {
    const auto path = resourcePath("catalog/facts.json");
    const auto bytes = path ? readFile(*path, kLargestFacts) : Result<std::string>(fail(path.error()));
    return bytes ? readCatalogJson(*bytes, path->string()) : Result<CatalogData>(fail(bytes.error()));
}

Result<std::vector<UpdateSource>> chosenSources(const UpdateChoice& choice) {
    if (!choice.url.empty()) {
        return std::vector<UpdateSource>{{"own", "the given list", choice.url, SourceFormat::tierwise}};
    }
    const auto all = publicSources();
    if (choice.sources.empty()) {
        return std::vector<UpdateSource>(all.begin(), all.end());
    }
    std::vector<UpdateSource> chosen;
    for (const auto& id : choice.sources) {
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const UpdateSource& each) { return each.id == id; });
        if (found == all.end()) {
            return fail(ErrorCode::invalidArgument, "there is no source '" + id + "'",
                        "Known: litellm, genai-prices, models.dev, openrouter");
        }
        chosen.push_back(*found);
    }
    return chosen;
}

}  // namespace

std::filesystem::path userPricesPath(const std::filesystem::path& storeFolder) {
    return storeIn(storeFolder).folder() / "own_prices.json";
}

Result<Catalog> catalogInUse(const std::filesystem::path& storeFolder) {
    auto listed = listedCatalog(storeIn(storeFolder));
    if (!listed) {
        return listed;
    }
    if (listed->data().tiers.rules.empty()) {
        if (const auto rulesPath = resourcePath("catalog/tiers.json")) {
            auto rules = TierRules::load(*rulesPath);
            if (!rules) {
                return fail(rules.error());
            }
            listed->setTierRules(std::move(*rules));
        }
    }
    const auto layer = loadUserLayer(userPricesPath(storeFolder));
    return layer ? withUserLayer(*listed, *layer) : Result<Catalog>(fail(layer.error()));
}

Result<WaitingUpdate> updateCatalog(const UpdateChoice& choice, const std::filesystem::path& storeFolder,
                                    const Clock& clock, TaskContext& context) {
    auto sources = chosenSources(choice);
    if (!sources) {
        return fail(sources.error());
    }
    auto facts = shippedFacts();
    if (!facts) {
        return fail(facts.error());
    }
    UpdateRequest request;
    request.sources = std::move(*sources);
    request.trust.caFile = choice.caFile;
    request.compile = publicListCompiler(std::move(*facts), clock.now());
    SnapshotStore store = storeIn(storeFolder);
    const auto fetched = fetchUpdate(request, store, clock, context);
    return fetched ? waitingUpdate(storeFolder, clock) : Result<WaitingUpdate>(fail(fetched.error()));
}

Result<WaitingUpdate> waitingUpdate(const std::filesystem::path& storeFolder, const Clock& clock) {
    const SnapshotStore store = storeIn(storeFolder);
    auto pending = store.pending();
    if (!pending) {
        return fail(pending.error());
    }
    if (!*pending) {
        return fail(ErrorCode::notFound, "no update is waiting", "Fetch one with: tierwise-cli catalog update");
    }
    const auto listed = listedCatalog(store);
    if (!listed) {
        return fail(listed.error());
    }
    WaitingUpdate waiting{std::move(**pending), {}};
    waiting.diff = diffCatalogs(*listed, waiting.update.candidate, waiting.update.quotes, clock.now());
    return waiting;
}

Result<SnapshotEntry> acceptWaiting(const Acceptance& acceptance, const std::filesystem::path& storeFolder,
                                    const Clock& clock) {
    SnapshotStore store = storeIn(storeFolder);
    const auto listed = listedCatalog(store);
    return listed ? acceptUpdate(store, *listed, acceptance, clock) : Result<SnapshotEntry>(fail(listed.error()));
}

Result<void> discardWaiting(const std::filesystem::path& storeFolder) {
    return storeIn(storeFolder).clearPending();
}

Result<CatalogHistory> catalogHistory(const std::filesystem::path& storeFolder) {
    const SnapshotStore store = storeIn(storeFolder);
    auto entries = store.history();
    auto current = store.currentHash();
    if (!entries || !current) {
        return fail(entries ? current.error() : entries.error());
    }
    return CatalogHistory{std::move(*entries), std::move(*current)};
}

Result<SnapshotEntry> rollbackCatalog(const std::string& hash, const std::filesystem::path& storeFolder) {
    return storeIn(storeFolder).rollback(hash);
}

Result<HardwareTable> loadHardware() {
    const auto path = resourcePath("catalog/hardware.json");
    return path ? HardwareTable::load(*path) : Result<HardwareTable>(fail(path.error()));
}

}  // namespace tierwise::project
