// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tierwise::ingest {

/// The bytes that structure a delimited text. Unused ones repeat '\n', which is always among them.
struct StructuralBytes {
    char delimiter = '\n';
    char quote = '\n';
    char escape = '\n';
    char carriageReturn = '\n';
};

/// Writes the positions of all structural bytes, ascending, to out (room for text.size() + 64 entries; size below
/// 4 GiB) and returns their number. Thread-safe. AVX2 where the machine has it, SSE2 or plain code elsewhere.
[[nodiscard]] std::size_t findStructurals(std::string_view text, StructuralBytes bytes, std::uint32_t* out);

/// Line ends: LF, and each CR that no LF follows. A CR at the very end counts.
[[nodiscard]] std::int64_t countLines(std::string_view text);

/// Occurrences of a byte.
[[nodiscard]] std::int64_t countByte(std::string_view text, char byte);

}  // namespace tierwise::ingest
