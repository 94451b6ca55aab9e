// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/assess/model_file.h"
#include "core/base/error.h"
#include "core/base/task_context.h"

namespace tierwise::assess {

struct TrainOptions {
    std::vector<std::filesystem::path>
        folders;  ///< one part each; rows with split "train", or all where no row has one
    std::uint64_t seed = 1;
};

/// How well a part says the panel's failure share of prompts it was not trained on.
struct HeldOut {
    std::string part;    ///< trained on this set
    std::string judged;  ///< rows of this set that are not for training, but of tasks that are believed
    std::size_t prompts = 0;
    double correlation = 0.0;  ///< of predicted and observed failure share of the judged set's models, where believed
    double brierSkill = 0.0;   ///< mean over models, own set only; 0 for another set
};

/// Outcomes that were not believed (screening.h).
struct NotBelieved {
    std::string part;
    std::string category;
    std::vector<std::string> models;  ///< none: the category was left out as a whole
};

struct TrainReport {
    std::vector<std::size_t> trainedOn;  ///< prompts by part
    std::vector<NotBelieved> notBelieved;
    std::vector<HeldOut> heldOut;
    double leastFamiliar = 0.0;              ///< novelty.h
    double mostStrange = 0.0;                ///< novelty.h
    std::vector<std::size_t> testPrompts;    ///< rows not for training, by folder
    std::vector<std::size_t> unlikeHeldOut;  ///< those of them that are called unlike anything seen
    std::size_t bytes = 0;
};

/// Trains one part per folder, with the parts' numbers as they will be stored. Same inputs and seed, same bytes (one
/// thread, no unordered sums). Errors: readDataset's; invalidArgument with fewer than 200 training prompts in a folder.
[[nodiscard]] Result<DifficultyModel::Data> train(const TrainOptions& options, TrainReport& report,
                                                  const TaskContext& task);

}  // namespace tierwise::assess
