// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/task_context.h"
#include "core/project/project.h"
#include "core/store/text_reader.h"

namespace tierwise::project {

/// The prompt texts of a project's rows, for rules that look at them and for exact token counts. Any thread.
class PromptTexts {
public:
    PromptTexts(Project project, std::shared_ptr<const store::WorkloadSnapshot> rows);

    /// At least one row has a text.
    [[nodiscard]] bool any() const { return m_any; }
    /// Nothing where the row has no text, or it cannot be read. Rows in time order cost one decompression a block.
    [[nodiscard]] std::optional<std::string> of(std::size_t row) const;
    /// [row] tokens by the family's vocabulary; 0 = no text, beyond kCounted, or cancelled. Empty where no vocabulary
    /// of the family ships. Counted once a family, on two threads, a few seconds for kCounted.
    [[nodiscard]] std::vector<std::uint32_t> tokens(const std::string& family, const TaskContext& context) const;

    /// Bytes of text that are counted at most, from the earliest rows of each half of the log on.
    static constexpr std::size_t kCounted = std::size_t{32} << 20U;

private:
    struct Reader {
        explicit Reader(Project::Lease from) : lease(std::move(from)), texts(*lease) {}
        Project::Lease lease;
        store::TextReader texts;
    };

    Project m_project;
    std::shared_ptr<const store::WorkloadSnapshot> m_rows;
    bool m_any = false;
    mutable std::mutex m_mutex;
    mutable std::unique_ptr<Reader> m_reader;
    mutable std::vector<std::pair<std::string, std::vector<std::uint32_t>>> m_counted;
};

}  // namespace tierwise::project
