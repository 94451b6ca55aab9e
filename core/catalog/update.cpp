// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/update.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/base/files.h"

namespace tierwise::catalog {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLargestDocument = std::int64_t{64} << 20;
constexpr std::size_t kFewestRows = 20;  // a public list of fewer models is a placeholder or an error message

/// A source's last document and its ETag, beside each other.
class SourceCache {
public:
    SourceCache(const SnapshotStore& store, const UpdateSource& source)
        : m_document(store.folder() / "sources" / (source.id + ".json")),
          m_tag(store.folder() / "sources" / (source.id + ".etag")),
          m_url(source.url) {}

    /// Empty where there is no whole document of this address.
    [[nodiscard]] std::string tag() const {
        const auto text = readFile(m_tag, 4096);
        const auto lineEnd = text ? text->find('\n') : std::string::npos;
        std::error_code ignored;
        return lineEnd != std::string::npos && text->substr(0, lineEnd) == m_url && fs::exists(m_document, ignored)
                   ? text->substr(lineEnd + 1)
                   : std::string();
    }
    [[nodiscard]] Result<std::string> document() const { return readFile(m_document, kLargestDocument); }
    /// Without its tag first, so that a crash in between cannot pair a tag with another document.
    [[nodiscard]] Result<void> keep(std::string_view bytes, const std::string& tag) const {
        std::error_code ignored;
        fs::remove(m_tag, ignored);
        auto written = writeFileAtomically(m_document, bytes);
        return written && !tag.empty() ? writeFileAtomically(m_tag, m_url + "\n" + tag) : written;
    }

private:
    fs::path m_document;
    fs::path m_tag;
    std::string m_url;
};

Result<SourceDocument> fetchSource(const UpdateSource& source, const net::Trust& trust, const SnapshotStore& store,
                                   TaskContext& context) {
    const SourceCache cache(store, source);
    net::Request request;
    request.url = source.url;
    request.mediaType = "application/json";
    request.etag = cache.tag();
    request.maxBytes = kLargestDocument;
    request.trust = trust;
    auto response = net::fetch(request, context);
    if (!response) {
        return fail(std::move(response.error()));
    }
    SourceDocument document{source, std::move(response->body), response->notModified};
    if (response->notModified) {
        auto kept = cache.document();
        if (!kept) {
            return fail(std::move(kept.error()));
        }
        document.bytes = std::move(*kept);
    }
    if (auto shaped = checkShape(document); !shaped) {
        return fail(std::move(shaped.error()));
    }
    if (!document.unchanged) {
        if (auto kept = cache.keep(document.bytes, response->etag); !kept) {
            return fail(std::move(kept.error()));
        }
    }
    return document;
}

std::size_t objectsIn(const nlohmann::json& values) {
    return static_cast<std::size_t>(
        std::count_if(values.begin(), values.end(), [](const nlohmann::json& value) { return value.is_object(); }));
}

// Rows of a list in the shape its format has; 0 where it has another.
std::size_t rowsIn(const nlohmann::json& document, SourceFormat format) {
    const auto member = [](const nlohmann::json& value, const char* name) -> const nlohmann::json& {
        static const nlohmann::json nothing;
        return value.is_object() && value.contains(name) ? value.at(name) : nothing;
    };
    std::size_t rows = 0;
    switch (format) {
        case SourceFormat::tierwise:
            return member(document, "format") == "tierwise-catalog" ? objectsIn(member(document, "offerings")) : 0;
        case SourceFormat::liteLlm:
            return document.is_object() ? objectsIn(document) : 0;
        case SourceFormat::openRouter:
            return member(document, "data").is_array() ? objectsIn(member(document, "data")) : 0;
        case SourceFormat::genaiPrices:
        case SourceFormat::modelsDev:
            if (document.is_array() == (format == SourceFormat::genaiPrices)) {
                for (const auto& provider : document) {
                    rows += objectsIn(member(provider, "models"));
                }
            }
            return rows;
    }
    return rows;
}

}  // namespace

std::span<const UpdateSource> publicSources() {
    static const std::array<UpdateSource, 4> sources{
        UpdateSource{"litellm", "LiteLLM",
                     "https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json",
                     SourceFormat::liteLlm},
        UpdateSource{"genai-prices", "genai-prices",
                     "https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json",
                     SourceFormat::genaiPrices},
        UpdateSource{"models.dev", "models.dev", "https://models.dev/api.json", SourceFormat::modelsDev},
        UpdateSource{"openrouter", "OpenRouter", "https://openrouter.ai/api/v1/models", SourceFormat::openRouter}};
    return sources;
}

Result<void> checkShape(const SourceDocument& document) {
    const auto json = nlohmann::json::parse(document.bytes, nullptr, false);
    if (json.is_discarded()) {
        return fail(ErrorCode::badFormat, "the document is not whole JSON",
                    "The transfer may have been cut short; try again", document.source.url);
    }
    const std::size_t rows = rowsIn(json, document.source.format);
    const std::size_t fewest = document.source.format == SourceFormat::tierwise ? 1 : kFewestRows;
    if (rows < fewest) {
        return fail(
            ErrorCode::badFormat,
            fmt::format("the document is not a price list of {} ({} rows in its shape)", document.source.name, rows),
            "The source may have changed its format; a newer Tierwise may read it", document.source.url);
    }
    return {};
}

Result<CompiledSources> compileOwnFormat(const std::vector<SourceDocument>& documents, TaskContext& /*context*/) {
    CompiledSources compiled;
    bool first = true;
    for (const auto& document : documents) {
        if (document.source.format != SourceFormat::tierwise) {
            compiled.notes.push_back(document.source.name + " is not in Tierwise's own format and was left out");
            continue;
        }
        const auto catalog = Catalog::parse(document.bytes, document.source.url);
        if (!catalog) {
            return fail(catalog.error());
        }
        if (!first) {
            compiled.notes.push_back("only the first of several own lists is read; left out: " + document.source.url);
            continue;
        }
        first = false;
        compiled.catalog = catalog->data();
    }
    return compiled;
}

Result<PendingUpdate> fetchUpdate(const UpdateRequest& request, SnapshotStore& store, const Clock& clock,
                                  TaskContext& context) {
    std::vector<SourceDocument> documents;
    std::vector<std::string> notes;
    Error lastError{ErrorCode::invalidArgument, "no source was named", "Name at least one source", {}, {}, {}};
    std::int64_t done = 0;
    for (const auto& source : request.sources) {
        auto document = fetchSource(source, request.trust, store, context);
        context.report({"Fetching " + source.name, ++done, static_cast<std::int64_t>(request.sources.size()), 0});
        if (document) {
            notes.push_back(source.name + (document->unchanged ? ": unchanged since last time" : ": fetched"));
            documents.push_back(std::move(*document));
            continue;
        }
        if (document.error().code == ErrorCode::cancelled) {
            return fail(document.error());
        }
        lastError = document.error();
        notes.push_back(source.name + " was left out: " + lastError.describe());
    }
    if (documents.empty()) {
        return fail(lastError);
    }
    auto compiled = request.compile(documents, context);
    if (!compiled) {
        return fail(std::move(compiled.error()));
    }
    // Unit and range checks, ties, gaps: what could not be loaded must not wait to be accepted.
    compiled->catalog.hash.clear();
    const auto checked = Catalog::fromData(compiled->catalog, "the fetched prices");
    if (!checked) {
        return fail(checked.error());
    }
    notes.insert(notes.end(), compiled->notes.begin(), compiled->notes.end());
    PendingUpdate update{std::move(compiled->catalog), std::move(compiled->quotes), std::move(notes), clock.now()};
    if (auto kept = store.setPending(update); !kept) {
        return fail(std::move(kept.error()));
    }
    return update;
}

Result<SnapshotEntry> acceptUpdate(SnapshotStore& store, const Catalog& current, const Acceptance& acceptance,
                                   const Clock& clock) {
    const auto update = store.pending();
    if (!update) {
        return fail(update.error());
    }
    if (!*update) {
        return fail(ErrorCode::notFound, "no update is waiting", "Fetch one with: tierwise-cli catalog update");
    }
    const Timestamp now = clock.now();
    const CatalogDiff diff = diffCatalogs(current, (*update)->candidate, (*update)->quotes, now);
    const auto merged = mergeUpdate(current, (*update)->candidate, diff, acceptance, now);
    if (!merged) {
        return fail(merged.error());
    }
    const auto taken = std::count_if(diff.changes.begin(), diff.changes.end(), [&](const OfferingChange& change) {
        return takes(acceptance, diff, change) && (change.kind == ChangeKind::added || !change.rates.empty());
    });
    if (taken == 0) {
        return fail(ErrorCode::infeasible, "nothing of the update was accepted",
                    diff.quarantined > 0 || diff.tooManyAtOnce
                        ? "Its changes are quarantined: name those you trust, or accept all"
                        : "It holds no change; the catalog is up to date");
    }
    auto entry = store.install(*merged, current, taken, now);
    if (entry) {
        // What was not taken stays out; the next fetch brings it up again.
        if (auto cleared = store.clearPending(); !cleared) {
            return fail(std::move(cleared.error()));
        }
    }
    return entry;
}

}  // namespace tierwise::catalog
