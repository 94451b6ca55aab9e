// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/task_context.h"
#include "core/catalog/snapshot_store.h"
#include "core/catalog/update_diff.h"
#include "core/net/http.h"

namespace tierwise::catalog {

/// Whose format a price list is in.
enum class SourceFormat {
    tierwise,     ///< our own (a team's shared list)
    liteLlm,      ///< model_prices_and_context_window.json
    genaiPrices,  ///< data.json, version 2
    modelsDev,    ///< api.json
    openRouter,   ///< /api/v1/models
};

struct UpdateSource {
    std::string id;    ///< "litellm"; names its cached file
    std::string name;  ///< for people
    std::string url;
    SourceFormat format = SourceFormat::tierwise;
};

/// The four public lists that an update reads.
[[nodiscard]] std::span<const UpdateSource> publicSources();

/// One list as it came, checked to be of its format's shape.
struct SourceDocument {
    UpdateSource source;
    std::string bytes;
    bool unchanged = false;  ///< the server said so; bytes are those of last time
};

/// What became of the documents: a catalog in our terms, each source's own word on prices, and notes for people.
struct CompiledSources {
    CatalogData catalog;
    std::vector<SourceQuote> quotes;
    std::vector<std::string> notes;
};
/// Reads documents of any format into ours. Errors: badFormat.
using SourceCompiler = std::function<Result<CompiledSources>(const std::vector<SourceDocument>&, TaskContext&)>;

/// Compiles documents of our own format; the public formats are the business of the caller's compiler.
[[nodiscard]] Result<CompiledSources> compileOwnFormat(const std::vector<SourceDocument>& documents,
                                                       TaskContext& context);

/// Is this the format at all: JSON of the right shape with at least a handful of rows? Error badFormat: what is wrong.
[[nodiscard]] Result<void> checkShape(const SourceDocument& document);

struct UpdateRequest {
    std::vector<UpdateSource> sources;
    net::Trust trust;  ///< how to trust the servers; the default is the system's authorities and HTTPS only
    SourceCompiler compile = compileOwnFormat;
};

/// Fetches the sources (with ETag, keeping each document in the store's folder), checks their shape, compiles them and
/// leaves the result waiting in the store; changes nothing that is in use. A source that fails is a note, unless all
/// do. Blocks; any thread; stops within 50 ms while fetching. Errors: cancelled, network, badFormat, conflict, io,
/// diskFull.
[[nodiscard]] Result<PendingUpdate> fetchUpdate(const UpdateRequest& request, SnapshotStore& store, const Clock& clock,
                                                TaskContext& context);

/// Puts the waiting update in use, as far as it was accepted; the difference is the one diffCatalogs shows for current.
/// Errors: notFound (no update waits, or a name it does not hold), conflict, infeasible (nothing of it was accepted),
/// io, diskFull. After any error the catalog in use is the old one.
[[nodiscard]] Result<SnapshotEntry> acceptUpdate(SnapshotStore& store, const Catalog& current,
                                                 const Acceptance& acceptance, const Clock& clock);

}  // namespace tierwise::catalog
