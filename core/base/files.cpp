// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <system_error>

namespace tierwise {
namespace {

namespace fs = std::filesystem;

/// An open file descriptor.
class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor() {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

tl::unexpected<Error> writeError(int number, const fs::path& path) {
    const bool full = number == ENOSPC || number == EDQUOT;
    return fail(full ? ErrorCode::diskFull : ErrorCode::io,
                std::string("the file cannot be written: ") + std::strerror(number),
                full ? "Free some space and try again; the former file is untouched"
                     : "Check that the folder exists and may be written to",
                path.string());
}

// 0, or errno.
int writeAndSync(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return errno;
        }
        bytes.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return ::fsync(descriptor) == 0 ? 0 : errno;
}

}  // namespace

Result<std::string> readFile(const fs::path& path, std::int64_t mostBytes) {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
        return fail(ErrorCode::notFound, "there is no such file", "Check the path", path.string());
    }
    std::ifstream file(path, std::ios::binary);
    std::string bytes;
    char block[1 << 16];
    while (file.read(block, sizeof block) || file.gcount() > 0) {
        bytes.append(block, static_cast<std::size_t>(file.gcount()));
        if (static_cast<std::int64_t>(bytes.size()) > mostBytes) {
            return fail(ErrorCode::badFormat, "the file is larger than " + std::to_string(mostBytes) + " bytes",
                        "Check that it is the right one", path.string());
        }
    }
    if (!file.eof()) {
        return fail(ErrorCode::io, "the file cannot be read", "Check that it is a file you may read", path.string());
    }
    return bytes;
}

Result<void> writeFileAtomically(const fs::path& path, std::string_view bytes) {
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    std::error_code made;
    fs::create_directories(folder, made);
    std::string beside = (folder / ("." + path.filename().string() + ".XXXXXX")).string();
    const Descriptor file(::mkostemp(beside.data(), O_CLOEXEC));
    if (file.number() < 0) {
        return writeError(errno, path);
    }
    int error = writeAndSync(file.number(), bytes);
    if (error == 0 && (::fchmod(file.number(), 0644) != 0 || ::rename(beside.c_str(), path.c_str()) != 0)) {
        error = errno;
    }
    if (error != 0) {
        ::unlink(beside.c_str());
        return writeError(error, path);
    }
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.number() >= 0) {
        ::fsync(opened.number());  // not every file system can; the rename is then as safe as it gets
    }
    return {};
}

}  // namespace tierwise
