// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/assess/model_file.h"
#include "core/base/error.h"

namespace tierwise::assess {

/// What a published benchmark says of a model.
struct Ability {
    double capability = 0.0;  ///< accuracy on the MMLU-Pro scale, 0..1
    std::string source;       ///< where the figure stands
};

/// Published benchmark scores by model name: resources/assess/abilities.json. Thread-safe once loaded.
class AbilityTable {
public:
    /// Errors: notFound, badFormat. MMLU figures are brought to the MMLU-Pro scale by a shift of 1.25 in log-odds (the
    /// mean over the eight models of the MMLU-Pro README that have both).
    [[nodiscard]] static Result<AbilityTable> load(const std::filesystem::path& file);
    [[nodiscard]] static Result<AbilityTable> parse(std::string_view json);

    /// By name, blind to case, punctuation and a provider's prefix ("mistralai/mixtral-8x7b-chat"); aliases are in the
    /// file. Nothing for an unknown model.
    [[nodiscard]] std::optional<Ability> find(std::string_view model) const;

    /// The mean score that a model of this capability would have on the part's prompts: shifted, in log-odds, by what
    /// the part's panel scored above or below its own capabilities.
    [[nodiscard]] double meanOn(const Part& part, double capability) const;

    [[nodiscard]] std::size_t size() const { return m_byName.size(); }

private:
    std::map<std::string, Ability, std::less<>> m_byName;
};

}  // namespace tierwise::assess
