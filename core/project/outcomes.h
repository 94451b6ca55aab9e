// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/catalog/catalog.h"
#include "core/project/project.h"
#include "core/replay/outcome.h"
#include "core/store/workload_snapshot.h"

// Measured answers of models to the project's requests: the top of the evidence ladder.
namespace tierwise::project {

/// One outcome as a file has it, before it is joined to a request.
struct OutcomeRecord {
    std::int64_t source = 0;  ///< which row of all that were read, from 1; a preference makes two of one
    std::string requestId;    ///< the log's own id of the request
    std::string model;
    std::optional<float> score;  ///< 0..1
    std::optional<std::int64_t> costPico;
    std::optional<std::int64_t> inputTokens;
    std::optional<std::int64_t> outputTokens;
    std::optional<float> latencySeconds;
    std::string answer;
    std::string group;  ///< benchmark
};

struct OutcomeReject {
    std::string file;
    std::int64_t line = 0;  ///< 1-based; 0 where a file has no lines of its own
    std::string reason;
};

struct OutcomeFiles {
    std::vector<OutcomeRecord> records;
    std::vector<OutcomeReject> rejects;
    std::int64_t read = 0;        ///< rows = those of records (a preference makes two) + duplicates + empty + rejects
    std::int64_t duplicates = 0;  ///< rows that are the same as an earlier one in every cell
    std::int64_t empty = 0;       ///< rows that state nothing of an answer: unknown, not zero
};

struct OutcomeImportOptions {
    std::filesystem::path source;  ///< a CSV, a per-instance JSON, or a folder of MODEL/instance_results/BENCHMARK.json
    /// For a single per-instance JSON (else its folder's name, MODEL/instance_results), and where no column names one.
    std::string model;
    std::string benchmark;     ///< of a folder: this one alone; several are told apart as "benchmark/id"
    bool addRequests = false;  ///< requests that the project does not have are added, without usage
};

/// Reads outcomes. CSV, JSON Lines or a JSON list (columns in any order, by names as in outcome_columns.h): request_id
/// or id; model (or the option); any of score (0..1, a percentage with its sign, or a word as of pass), score_pct, pass
/// (true, false, 1, 0, pass, fail), stars (1..5), thumbs (up, down, +1, -1), or, instead of model, winner with model_a
/// and model_b (a, b, tie) or with loser; in_tokens, out_tokens, cost_usd, latency_s, answer. A cell that is empty,
/// null or NaN is unknown. JSON object: {"id": {"resolved": bool or null, "cost": dollars or null}}. Errors: notFound,
/// io, badFormat (no such columns).
[[nodiscard]] Result<OutcomeFiles> readOutcomes(const OutcomeImportOptions& options, const TaskContext& context);

struct OutcomeReport {
    std::int64_t read = 0;        ///< rows = used + duplicates + empty + unmatched + rejected
    std::int64_t used = 0;        ///< rows that became outcomes
    std::int64_t stored = 0;      ///< outcomes: one a row, two a preference
    std::int64_t repeated = 0;    ///< of those, of a request and model (by whatever name) that had one: the mean counts
    std::int64_t duplicates = 0;  ///< the same row again
    std::int64_t rejected = 0;
    std::int64_t empty = 0;                           ///< nothing is said of an answer
    std::int64_t unmatched = 0;                       ///< rows of no request here
    std::int64_t added = 0;                           ///< requests added
    std::vector<std::string> models;                  ///< as the rows name them
    std::vector<std::vector<std::string>> sameModel;  ///< those of them that mean one model, where several do
    std::vector<OutcomeReject> rejects;               ///< the first 100
    std::vector<std::string> unmatchedExamples;       ///< the first 5
    /// For undo: the document that the project keeps them in, and what stood there before. Empty: nothing was stored.
    std::string document;
    std::optional<std::string> before;
};

/// Joins outcomes to the project's requests by their id and keeps them in the project; the same source again replaces
/// what it brought before. Errors: those of readOutcomes and of the project.
[[nodiscard]] Result<OutcomeReport> importOutcomes(Project& project, const OutcomeImportOptions& options,
                                                   const TaskContext& context);

/// Puts back what a report says stood there before; gives what stands there now, for redo.
[[nodiscard]] Result<std::optional<std::string>> replaceOutcomes(const Project& project, const std::string& document,
                                                                 const std::optional<std::string>& body);

/// All measurements of the project for the rows of a snapshot. A request and model may have several: by raters, in
/// preferences against several others, under several names of the model. Those whose request is gone are left out.
/// Errors: badFormat.
[[nodiscard]] Result<std::vector<replay::Outcome>> loadMeasurements(const Project& project,
                                                                    const store::WorkloadSnapshot& rows);
/// One outcome a request and name: the means of what is stated.
[[nodiscard]] std::vector<replay::Outcome> meansByName(std::span<const replay::Outcome> all);
/// Both. Errors: badFormat.
[[nodiscard]] Result<std::vector<replay::Outcome>> loadOutcomes(const Project& project,
                                                                const store::WorkloadSnapshot& rows);

/// The catalog's model that an outcome's name means today, by whomever it is served.
[[nodiscard]] std::optional<ModelIndex> modelOfName(const catalog::Catalog& catalog,
                                                    std::span<const catalog::UserAlias> aliases,
                                                    const std::string& name);

}  // namespace tierwise::project
