// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/outcomes.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/project/catalog_queries.h"
#include "core/project/doctor.h"
#include "core/replay/outcome_mean.h"
#include "core/store/import_writer.h"
#include "core/store/row_batch.h"

namespace tierwise::project {

namespace {

using nlohmann::json;

constexpr const char* kKind = "outcomes";

// The log's own request ids of the project. A second request of the same id is ambiguous: the first keeps it.
Result<std::unordered_map<std::string, std::int64_t>> requestIds(const Project& project, const TaskContext& context) {
    RowQuery query;
    query.filters.push_back({"requestId", FilterOp::isPresent, {}});
    const auto ids = project.rowIds(query, context);
    if (!ids) {
        return fail(ids.error());
    }
    std::unordered_map<std::string, std::int64_t> known;
    known.reserve(ids->size());
    constexpr std::size_t kSlice = 4096;
    for (std::size_t begin = 0; begin < ids->size(); begin += kSlice) {
        if (context.stopRequested()) {
            return TaskContext::cancelled();
        }
        const auto slice = std::span(*ids).subspan(begin, std::min(kSlice, ids->size() - begin));
        const auto rows = project.rows(slice);
        if (!rows) {
            return fail(rows.error());
        }
        for (const auto& row : *rows) {
            known.emplace(row.requestId, row.id.value());
        }
    }
    return known;
}

template <typename T>
json orNull(const std::optional<T>& value) {
    return value ? json(*value) : json();
}

// Adds requests that are known by their outcomes alone: an id and a tag, no usage.
Result<std::int64_t> addRequests(Project& project, const std::vector<std::pair<std::string, std::string>>& requests,
                                 const std::filesystem::path& from) {
    auto lease = project.lease();
    if (!lease) {
        return fail(lease.error());
    }
    store::ImportSource source;
    source.path = from.string();
    source.options = "{}";
    auto writer = store::ImportWriter::begin(**lease, source);
    if (!writer) {
        return fail(writer.error());
    }
    const auto flush = [&](store::RowBatch& batch) -> Result<void> {
        auto added = (*writer)->add(batch);
        if (!added) {
            const auto discarded = (*writer)->discard();
            return fail(added.error());
        }
        batch = store::RowBatch();
        return {};
    };
    store::RowBatch batch;
    for (const auto& [id, group] : requests) {
        store::RequestRow row;
        row.requestId = id;
        row.dedupKey = id;
        row.tag = group;
        if (!batch.add(row, {})) {
            const auto discarded = (*writer)->discard();
            return fail(ErrorCode::overflow, "the ids of the requests are too long to be kept", "Shorten them.");
        }
        if (batch.full()) {
            if (auto done = flush(batch); !done) {
                return fail(done.error());
            }
        }
    }
    if (auto done = flush(batch); !done) {
        return fail(done.error());
    }
    const std::int64_t stored = (*writer)->counts().stored;
    if (auto done = (*writer)->complete(0, "{}"); !done) {
        return fail(done.error());
    }
    return stored;
}

// What a name means in the catalog in use, for telling that several names are one model: "" = nothing. Without a
// catalog names are all that is known of models.
class Meanings {
public:
    explicit Meanings(const Project& project) {
        if (auto catalog = openCatalog()) {
            m_catalog.emplace(std::move(*catalog));
        }
        if (auto aliases = loadAliases(project)) {
            m_aliases = std::move(*aliases);
        }
    }
    [[nodiscard]] std::string of(const std::string& name) const {
        const auto model = m_catalog ? modelOfName(*m_catalog, m_aliases, name) : std::nullopt;
        return model ? m_catalog->model(*model).id : std::string();
    }

private:
    std::optional<catalog::Catalog> m_catalog;
    std::vector<catalog::UserAlias> m_aliases;
};

// [name] the first of the names that means the same; those that mean one model, where several do, go to the report.
std::vector<std::size_t> sameModels(const Project& project, OutcomeReport& report) {
    std::vector<std::size_t> first(report.models.size());
    std::iota(first.begin(), first.end(), std::size_t{0});
    if (first.size() < 2) {
        return first;
    }
    const Meanings meanings(project);
    std::map<std::string, std::vector<std::size_t>> names;
    for (std::size_t i = 0; i < first.size(); ++i) {
        if (const auto meaning = meanings.of(report.models[i]); !meaning.empty()) {
            auto& same = names[meaning];
            same.push_back(i);
            first[i] = same.front();
        }
    }
    for (const auto& [meaning, same] : names) {
        if (same.size() > 1) {
            auto& list = report.sameModel.emplace_back();
            for (const std::size_t i : same) {
                list.push_back(report.models[i]);
            }
        }
    }
    return first;
}

}  // namespace

Result<OutcomeReport> importOutcomes(Project& project, const OutcomeImportOptions& options,
                                     const TaskContext& context) {
    const auto files = readOutcomes(options, context);
    if (!files) {
        return fail(files.error());
    }
    auto known = requestIds(project, context);
    if (!known) {
        return fail(known.error());
    }
    OutcomeReport report;
    report.read = files->read;
    report.empty = files->empty;
    report.rejected = static_cast<std::int64_t>(files->rejects.size());
    report.rejects.assign(
        files->rejects.begin(),
        files->rejects.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(100, files->rejects.size())));
    if (options.addRequests) {
        std::vector<std::pair<std::string, std::string>> missing;
        std::set<std::string> seen;
        for (const auto& record : files->records) {
            if (known->count(record.requestId) == 0 && seen.insert(record.requestId).second) {
                missing.emplace_back(record.requestId, record.group);
            }
        }
        if (!missing.empty()) {
            const auto added = addRequests(project, missing, options.source);
            if (!added) {
                return fail(added.error());
            }
            report.added = *added;
            known = requestIds(project, context);
            if (!known) {
                return fail(known.error());
            }
        }
    }
    report.duplicates = files->duplicates;
    std::vector<std::string> models;
    std::unordered_map<std::string, std::size_t> modelIndex;
    std::vector<std::pair<std::int64_t, std::size_t>> stored;  // row and model
    std::int64_t lastSource = 0;
    json rows = json::array();
    for (const auto& record : files->records) {
        const auto row = known->find(record.requestId);
        if (row == known->end()) {
            const bool another = record.source != std::exchange(lastSource, record.source);
            report.unmatched += another ? 1 : 0;
            if (another && report.unmatchedExamples.size() < 5) {
                report.unmatchedExamples.push_back(record.requestId);
            }
            continue;
        }
        const auto index = modelIndex.try_emplace(record.model, models.size());
        if (index.second) {
            models.push_back(record.model);
        }
        rows.push_back({row->second, index.first->second, orNull(record.score), orNull(record.costPico),
                        orNull(record.inputTokens), orNull(record.outputTokens), orNull(record.latencySeconds),
                        record.answer});
        ++report.stored;
        report.used += record.source != std::exchange(lastSource, record.source) ? 1 : 0;
        stored.emplace_back(row->second, index.first->second);
    }
    report.models = models;
    const auto first = sameModels(project, report);
    std::set<std::pair<std::int64_t, std::size_t>> had;
    for (const auto& [row, model] : stored) {
        report.repeated += had.emplace(row, first[model]).second ? 0 : 1;
    }
    if (report.stored > 0) {
        const json body{{"version", 1}, {"models", models}, {"rows", rows}};
        // The whole path: another folder's file of the same name is another source.
        std::error_code error;
        const auto whole = std::filesystem::weakly_canonical(options.source, error);
        auto name = error ? options.source.string() : whole.string();
        name += options.benchmark.empty() ? "" : ":" + options.benchmark;
        name += options.model.empty() ? "" : ":" + options.model;
        const auto put = project.putDocument(kKind, name, body.dump(-1, ' ', false, json::error_handler_t::replace));
        if (!put) {
            return fail(put.error());
        }
        report.document = name;
        report.before = *put;
    }
    return report;
}

Result<std::optional<std::string>> replaceOutcomes(const Project& project, const std::string& document,
                                                   const std::optional<std::string>& body) {
    return project.putDocument(kKind, document, body);
}

std::optional<ModelIndex> modelOfName(const catalog::Catalog& catalog, std::span<const catalog::UserAlias> aliases,
                                      const std::string& name) {
    if (const auto model = catalog.findModel(name)) {
        return model;
    }
    auto offering = catalog.findOffering(name);
    if (!offering) {
        offering = catalog.resolve({name, {}, std::nullopt, aliases}).offering;
    }
    return offering ? std::optional(catalog.offering(*offering).modelAt(catalog.date())) : std::nullopt;
}

// Several outcomes of one request and name become one, in the place of the first.
std::vector<replay::Outcome> meansByName(std::span<const replay::Outcome> all) {
    std::map<std::pair<std::size_t, std::string_view>, std::vector<std::size_t>> places;
    for (std::size_t i = 0; i < all.size(); ++i) {
        places[{all[i].row, all[i].model}].push_back(i);
    }
    std::vector<replay::Outcome> means;
    means.reserve(places.size());
    std::vector<replay::Outcome> same;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& group = places.at({all[i].row, all[i].model});
        if (group.front() != i) {
            continue;
        }
        same.clear();
        for (const std::size_t place : group) {
            same.push_back(all[place]);
        }
        means.push_back(replay::meanOf(same));
    }
    return means;
}

Result<std::vector<replay::Outcome>> loadOutcomes(const Project& project, const store::WorkloadSnapshot& rows) {
    const auto all = loadMeasurements(project, rows);
    return all ? Result<std::vector<replay::Outcome>>(meansByName(*all)) : fail(all.error());
}

Result<std::vector<replay::Outcome>> loadMeasurements(const Project& project, const store::WorkloadSnapshot& rows) {
    const auto documents = project.documents(kKind);
    if (!documents) {
        return fail(documents.error());
    }
    std::vector<replay::Outcome> outcomes;
    if (documents->empty()) {
        return outcomes;
    }
    std::unordered_map<std::int64_t, std::size_t> rowOf;
    rowOf.reserve(rows.rows);
    for (std::size_t row = 0; row < rows.rows; ++row) {
        rowOf.emplace(rows.id[row].value(), row);
    }
    for (const auto& document : *documents) {
        try {
            const auto body = json::parse(document.body);
            const auto models = body.at("models").get<std::vector<std::string>>();
            for (const auto& entry : body.at("rows")) {
                const auto found = rowOf.find(entry.at(0).get<std::int64_t>());
                if (found == rowOf.end()) {
                    continue;
                }
                replay::Outcome outcome;
                outcome.row = found->second;
                outcome.model = models.at(entry.at(1).get<std::size_t>());
                const auto take = [&](std::size_t at, auto& into) {
                    using Value = typename std::decay_t<decltype(into)>::value_type;
                    if (!entry.at(at).is_null()) {
                        into = entry.at(at).template get<Value>();
                    }
                };
                take(2, outcome.score);
                take(3, outcome.costPico);
                take(4, outcome.inputTokens);
                take(5, outcome.outputTokens);
                take(6, outcome.latencySeconds);
                outcome.answer = entry.at(7).get<std::string>();
                outcomes.push_back(std::move(outcome));
            }
        } catch (const json::exception&) {
            return fail(ErrorCode::badFormat, "the project's outcomes are damaged",
                        "Import them again; that replaces what is there.", "outcomes/" + document.name);
        }
    }
    return outcomes;
}

}  // namespace tierwise::project
