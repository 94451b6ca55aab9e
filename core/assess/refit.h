// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/assess/difficulty_model.h"
#include "core/base/error.h"
#include "core/base/task_context.h"

namespace tierwise::assess {

/// A scored answer to one of the prompts.
struct LabelledAnswer {
    std::size_t prompt = 0;  ///< index into RefitInput::prompts
    std::string model;
    double score = 0.0;  ///< 0..1
};

struct RefitInput {
    std::vector<Features> prompts;  ///< every distinct prompt to be scored
    std::vector<LabelledAnswer> answers;
    std::uint64_t seed = 1;
};

struct Refit {
    bool adopted = false;          ///< says more of the scores than the shipped one, by 1.645 standard errors
    std::size_t labelled = 0;      ///< prompts with at least one scored answer
    double explainedShipped = 0;   ///< R^2 of the scores' difference from their models' means, shipped difficulty alone
    double explainedRefitted = 0;  ///< the same for text heads that did not see the prompt, beside the shipped one
    std::vector<float> difficulty;  ///< by prompt, 0.02..0.98; of labelled prompts by heads that did not see them
    std::vector<Signal> signal;     ///< by prompt: like the shipped training prompts, or like the labelled ones
};

/// Fewest labelled prompts that a refit is tried with.
inline constexpr std::size_t kFewestLabelled = 100;

/// Fits text heads to the user's scored answers and stacks them with the shipped difficulty. The target is how far a
/// prompt's scores lie below their models' means; the stacking weights come from five folds. Deterministic for a seed;
/// about 3 s for 2,000 labelled prompts. Errors: invalidArgument with fewer than kFewestLabelled labelled prompts or
/// scores outside 0..1; cancelled.
[[nodiscard]] Result<Refit> refitDifficulty(const DifficultyModel& shipped, const RefitInput& input,
                                            const TaskContext& task);

}  // namespace tierwise::assess
