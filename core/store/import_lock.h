// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/error.h"

namespace tierwise::store {

/// One import of a project at a time, over threads and processes: a lock on a file beside the project ("-import"),
/// which the system lets go of when the process dies. The file itself is removed with the lock.
class ImportLock {
public:
    /// Error conflict when another import is under way; io.
    [[nodiscard]] static Result<std::unique_ptr<ImportLock>> take(const std::string& projectPath);
    ~ImportLock();
    /// Keeps disk space in the file, so that an import that fills the disk can still be taken back: that writes too.
    /// Error diskFull when there is not as much.
    [[nodiscard]] Result<void> reserve(std::int64_t bytes);
    /// Gives the space back.
    void release();
    ImportLock(const ImportLock&) = delete;
    ImportLock& operator=(const ImportLock&) = delete;

private:
    ImportLock(std::string path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor) {}
    std::string m_path;
    int m_descriptor;
};

}  // namespace tierwise::store
