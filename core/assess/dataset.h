// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace tierwise::assess {

/// One prompt of a routing data set.
struct DatasetPrompt {
    std::string id;
    std::string category;                      ///< for breakdowns only; models never see it
    std::string split;                         ///< "train", "test", ...; "" when the file has none
    std::string text;                          ///< UTF-8
    std::optional<std::int64_t> promptTokens;  ///< input tokens, where the file counts them
};

/// Outcomes of some models on some prompts: prompts.jsonl and outcomes.csv of one folder. Tables are row-major,
/// prompt x model; a NaN says "not known" (the one place where missing is a NaN: these tables go into linear algebra).
struct Dataset {
    std::string name;
    std::vector<DatasetPrompt> prompts;
    std::vector<std::string> models;  ///< in order of first appearance
    std::vector<float> score;         ///< 0..1
    std::vector<float> outTokens;     ///< >= 0, visible answer
    std::vector<float> costUsd;       ///< >= 0, dollars of the call

    [[nodiscard]] std::size_t cell(std::size_t prompt, std::size_t model) const {
        return prompt * models.size() + model;
    }
    [[nodiscard]] std::optional<std::size_t> modelIndex(std::string_view model) const;
};

/// Reads a folder with prompts.jsonl {id, prompt[, split, category, prompt_tokens_o200k | prompt_tokens]} and
/// outcomes.csv (header id, model, score [, out_tokens_o200k | out_tokens] [, cost_usd]); empty = unknown; other files
/// and columns are left alone. An id is a string or a whole number, a score 0..1 or true/false.
/// Errors: notFound, io; badFormat with file and 1-based line (unknown id, score outside 0..1, a cell given twice).
[[nodiscard]] Result<Dataset> readDataset(const std::filesystem::path& folder);

/// Dollars per million tokens.
struct TokenPrice {
    double inPerMillion = 0.0;
    double outPerMillion = 0.0;
};

/// Reads a price list: a CSV with columns model, usd_in_per_M, usd_out_per_M [, set]. Rows with empty prices are
/// skipped. With a `set` column only rows whose set matches `set` count ("name" or "prefix*").
[[nodiscard]] Result<std::map<std::string, TokenPrice>> readPrices(const std::filesystem::path& file,
                                                                   std::string_view set);

}  // namespace tierwise::assess
