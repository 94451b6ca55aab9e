// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/import_lock.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tierwise::store {
namespace {

// A lock on a file that its last owner has just removed is worth nothing: the next one would lock another file.
bool isStillThere(int descriptor, const std::string& path) {
    struct stat held {};
    struct stat named {};
    return fstat(descriptor, &held) == 0 && stat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino &&
           held.st_dev == named.st_dev;
}

}  // namespace

Result<std::unique_ptr<ImportLock>> ImportLock::take(const std::string& projectPath) {
    const std::string path = projectPath + "-import";
    for (;;) {
        const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (descriptor < 0) {
            return fail(errno == ENOSPC ? ErrorCode::diskFull : ErrorCode::io,
                        std::string("the project's folder cannot be written (") + std::strerror(errno) + ")",
                        "Check its permissions and free space.", path);
        }
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            ::close(descriptor);
            return fail(ErrorCode::conflict, "another import into this project is under way",
                        "Wait until it is done, or stop it.", projectPath);
        }
        if (isStillThere(descriptor, path)) {
            return std::unique_ptr<ImportLock>(new ImportLock(path, descriptor));
        }
        ::close(descriptor);
    }
}

Result<void> ImportLock::reserve(std::int64_t bytes) {
    if (::posix_fallocate(m_descriptor, 0, bytes) == ENOSPC) {
        release();
        return fail(ErrorCode::diskFull, "the disk is full; nothing was imported", "Free some space and retry.",
                    m_path);
    }
    return {};  // file systems that cannot promise space: the import goes on without
}

void ImportLock::release() {
    (void)!::ftruncate(m_descriptor, 0);
}

ImportLock::~ImportLock() {
    ::unlink(m_path.c_str());
    ::close(m_descriptor);
}

}  // namespace tierwise::store
