// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/error.h"

// Small whole files: settings, catalogs, vocabularies. Logs are read by ingest, streaming.
namespace tierwise {

/// A whole file of at most so many bytes. Any thread. Errors: notFound, io, badFormat (larger).
[[nodiscard]] Result<std::string> readFile(const std::filesystem::path& path, std::int64_t mostBytes);

/// Replaces a file so that at every moment, a power cut included, it is either the old or the new one whole: written
/// beside it, synced, renamed over it, and the folder synced. Makes the folder. Errors: io, diskFull; then the old
/// file is untouched and nothing is left over.
[[nodiscard]] Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);

}  // namespace tierwise
