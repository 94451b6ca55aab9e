// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/byte_source.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <fmt/format.h>

namespace tierwise::ingest {
namespace {

constexpr std::size_t kInputSize = std::size_t{256} << 10U;

/// A file descriptor that closes itself.
class File {
public:
    explicit File(std::string path) : m_path(std::move(path)), m_fd(::open(m_path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~File() {
        if (m_fd >= 0) {
            ::close(m_fd);
        }
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }
    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] std::int64_t consumed() const { return m_consumed; }

    [[nodiscard]] Result<std::size_t> read(char* out, std::size_t capacity) {
        for (;;) {
            const ssize_t got = ::read(m_fd, out, capacity);
            if (got >= 0) {
                m_consumed += got;
                return static_cast<std::size_t>(got);
            }
            if (errno == EISDIR) {
                return fail(ErrorCode::io, "this is a folder, not a log", "Name a file in it.", m_path);
            }
            if (errno != EINTR) {
                return fail(ErrorCode::io, fmt::format("cannot read the file: {}", std::strerror(errno)),
                            "Check that the disk and the file are readable", m_path);
            }
        }
    }
    [[nodiscard]] bool seek(std::int64_t offset) {
        if (::lseek(m_fd, offset, SEEK_SET) != offset) {
            return false;
        }
        m_consumed = offset;
        return true;
    }

private:
    std::string m_path;
    int m_fd;
    std::int64_t m_consumed = 0;
};

class PlainSource final : public ByteSource {
public:
    explicit PlainSource(std::unique_ptr<File> file) : m_file(std::move(file)) {}
    [[nodiscard]] Result<std::size_t> read(char* out, std::size_t capacity) override {
        return m_file->read(out, capacity);
    }
    [[nodiscard]] std::int64_t bytesConsumed() const override { return m_file->consumed(); }

private:
    std::unique_ptr<File> m_file;
};

/// What both unpackers share: compressed input, and an error kept back until what came before it is handed out.
class PackedSource : public ByteSource {
public:
    explicit PackedSource(std::unique_ptr<File> file) : m_file(std::move(file)), m_input(kInputSize) {}
    [[nodiscard]] std::int64_t bytesConsumed() const override { return m_file->consumed(); }

protected:
    [[nodiscard]] Result<std::size_t> fill() { return m_file->read(m_input.data(), m_input.size()); }
    [[nodiscard]] tl::unexpected<Error> broken(const std::string& what) const {
        return fail(ErrorCode::badFormat, what,
                    "Unpack or download the file again; \"tierwise-cli inspect FILE --to-csv\" writes the rows before "
                    "this point",
                    m_file->path(), {}, m_file->consumed());
    }

    std::unique_ptr<File> m_file;
    std::vector<char> m_input;
};

class GzipSource final : public PackedSource {
public:
    explicit GzipSource(std::unique_ptr<File> file) : PackedSource(std::move(file)) {
        m_ready = inflateInit2(&m_stream, 15 + 16) == Z_OK;  // 16: gzip wrapper only
    }
    ~GzipSource() override {
        if (m_ready) {
            inflateEnd(&m_stream);
        }
    }
    GzipSource(const GzipSource&) = delete;
    GzipSource& operator=(const GzipSource&) = delete;

    [[nodiscard]] Result<std::size_t> read(char* out, std::size_t capacity) override {
        if (!m_ready) {
            return fail(ErrorCode::internal, "zlib could not start");
        }
        m_stream.next_out = reinterpret_cast<Bytef*>(out);
        m_stream.avail_out = static_cast<uInt>(capacity);
        while (m_stream.avail_out > 0 && !m_ended) {
            if (m_stream.avail_in == 0) {
                auto got = fill();
                if (!got) {
                    return fail(got.error());
                }
                m_stream.next_in = reinterpret_cast<Bytef*>(m_input.data());
                m_stream.avail_in = static_cast<uInt>(*got);
                if (*got == 0) {
                    if (m_stream.avail_out < capacity) {
                        break;  // what there is first, the error with the next call
                    }
                    if (m_inMember) {
                        return broken("the gzip data ends early");
                    }
                    m_ended = true;
                    break;
                }
            }
            if (!m_inMember && !startMember()) {
                if (m_stream.avail_out < capacity) {
                    break;
                }
                return broken("something that is no gzip data follows the gzip data");
            }
            if (!m_inMember) {
                continue;
            }
            const int status = inflate(&m_stream, Z_NO_FLUSH);
            if (status == Z_STREAM_END) {
                m_inMember = false;
            } else if (status != Z_OK && status != Z_BUF_ERROR) {
                if (m_stream.avail_out < capacity) {
                    break;
                }
                return broken("the gzip data is broken");
            }
        }
        return capacity - m_stream.avail_out;
    }

private:
    // Between members: zeros are padding; false before anything that is no other member.
    bool startMember() {
        while (m_stream.avail_in > 0 && *m_stream.next_in == 0) {
            ++m_stream.next_in;
            --m_stream.avail_in;
        }
        if (m_stream.avail_in > 0 && *m_stream.next_in != 0x1F) {
            return false;
        }
        m_inMember = m_stream.avail_in > 0;
        if (m_inMember) {
            inflateReset(&m_stream);
        }
        return true;
    }

    z_stream m_stream{};
    bool m_ready = false;
    bool m_inMember = false;
    bool m_ended = false;
};

class ZstdSource final : public PackedSource {
public:
    explicit ZstdSource(std::unique_ptr<File> file) : PackedSource(std::move(file)), m_stream(ZSTD_createDStream()) {}
    ~ZstdSource() override { ZSTD_freeDStream(m_stream); }
    ZstdSource(const ZstdSource&) = delete;
    ZstdSource& operator=(const ZstdSource&) = delete;

    [[nodiscard]] Result<std::size_t> read(char* out, std::size_t capacity) override {
        if (m_stream == nullptr) {
            return fail(ErrorCode::internal, "zstd could not start");
        }
        ZSTD_outBuffer output{out, capacity, 0};
        while (output.pos < output.size) {
            if (m_in.pos == m_in.size && !m_flush) {
                auto got = fill();
                if (!got) {
                    return fail(got.error());
                }
                m_in = {m_input.data(), *got, 0};
                if (*got == 0) {
                    if (output.pos == 0 && m_inFrame) {
                        return broken("the zstd data ends early");
                    }
                    break;
                }
            }
            const std::size_t left = ZSTD_decompressStream(m_stream, &output, &m_in);
            if (ZSTD_isError(left) != 0) {
                if (output.pos > 0) {
                    break;
                }
                return broken(fmt::format("the zstd data is broken ({})", ZSTD_getErrorName(left)));
            }
            m_inFrame = left != 0;
            m_flush = output.pos == output.size && m_inFrame;
        }
        return output.pos;
    }

private:
    ZSTD_DStream* m_stream;
    ZSTD_inBuffer m_in{nullptr, 0, 0};
    bool m_inFrame = false;
    bool m_flush = false;  // the unpacker may hold more output than there was room for
};

}  // namespace

Container detectContainer(std::string_view head) {
    const auto startsWith = [&](std::string_view magic) { return head.substr(0, magic.size()) == magic; };
    if (startsWith("\x1F\x8B\x08")) {
        return Container::gzip;
    }
    if (startsWith("\x28\xB5\x2F\xFD")) {
        return Container::zstd;
    }
    // A skippable zstd frame may come first (0x184D2A50 to 0x184D2A5F, little endian).
    if (head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xF0U) == 0x50 &&
        head.substr(1, 3) == "\x2A\x4D\x18") {
        return Container::zstd;
    }
    return Container::plain;
}

Result<std::unique_ptr<ByteSource>> ByteSource::open(const std::string& path, Container container, std::int64_t skip) {
    auto file = std::make_unique<File>(path);
    if (!file->isOpen()) {
        const bool missing = errno == ENOENT || errno == ENOTDIR;
        return fail(missing ? ErrorCode::notFound : ErrorCode::io,
                    missing ? std::string("there is no such file")
                            : fmt::format("cannot open the file: {}", std::strerror(errno)),
                    missing ? "Check the path" : "Check the permissions of the file", path);
    }
    if (container == Container::plain && skip > 0 && file->seek(skip)) {
        skip = 0;
    }
    std::unique_ptr<ByteSource> source;
    if (container == Container::gzip) {
        source = std::make_unique<GzipSource>(std::move(file));
    } else if (container == Container::zstd) {
        source = std::make_unique<ZstdSource>(std::move(file));
    } else {
        source = std::make_unique<PlainSource>(std::move(file));
    }
    std::vector<char> sink(skip > 0 ? kInputSize : 0);
    while (skip > 0) {
        auto got = source->read(sink.data(), static_cast<std::size_t>(std::min<std::int64_t>(skip, kInputSize)));
        if (!got) {
            return fail(got.error());
        }
        if (*got == 0) {
            return fail(ErrorCode::conflict, "the file is shorter than when its import began", "Import the file anew",
                        path);
        }
        skip -= static_cast<std::int64_t>(*got);
    }
    return source;
}

Result<std::string> readHead(const std::string& path, Container container, std::size_t size) {
    auto source = ByteSource::open(path, container, 0);
    if (!source) {
        return fail(source.error());
    }
    std::string head(size, '\0');
    std::size_t filled = 0;
    while (filled < size) {
        auto got = (*source)->read(head.data() + filled, size - filled);
        if (!got) {
            if (filled == 0) {
                return fail(got.error());
            }
            break;  // what there is will do for a look; reading on will meet the error again
        }
        if (*got == 0) {
            break;
        }
        filled += *got;
    }
    head.resize(filled);
    return head;
}

}  // namespace tierwise::ingest
