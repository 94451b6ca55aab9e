// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/project/doctor_rows.h"

// Rows that carry their texts and no token counts: the doctor's finding, and its mend.
namespace tierwise::project {

/// Adds the finding where there are such rows.
void textsWithoutCounts(Examination& examination);

/// What its mend writes, for counts that are missing: input of the prompt and output of the answer by the vocabulary of
/// the logged model's family (exact for o200k and cl100k, else by the family's ratio to o200k; o200k where the model is
/// unknown); output of rows without an answer is the length that the difficulty model predicts (P50), and stays unknown
/// where it has no signal. Errors: those of reading the project, the vocabularies and the model; cancelled.
[[nodiscard]] Result<std::vector<store::ColumnEdit>> countTexts(const Project& project, const FoundRows& found,
                                                                const store::WorkloadSnapshot& rows, RowPricer& pricer,
                                                                const TaskContext& context);

/// The words of a prompt: of a chat as JSON (an array of {"role", "content"}, or an object with "messages") the
/// contents of all its turns, a line each; of anything else the text itself.
[[nodiscard]] std::string wordsOf(std::string_view prompt);

}  // namespace tierwise::project
