// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/text_stream.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/ingest/reader/byte_source.h"
#include "core/ingest/reader/decoder.h"
#include "core/ingest/reader/offset_map.h"

namespace tierwise::ingest {
namespace {

constexpr std::size_t kReadSize = std::size_t{256} << 10U;

/// A mapped file; the descriptor stays open to notice that the file shrinks, which would be fatal to touch.
class Mapping {
public:
    Mapping(int fd, std::size_t size) : m_fd(fd), m_size(size) {
        void* at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (at != MAP_FAILED) {
            m_data = static_cast<const char*>(at);
            ::madvise(at, size, MADV_SEQUENTIAL);
        }
    }
    ~Mapping() {
        if (m_data != nullptr) {
            ::munmap(const_cast<char*>(m_data), m_size);
        }
        ::close(m_fd);
    }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;

    [[nodiscard]] bool isMapped() const { return m_data != nullptr; }
    [[nodiscard]] std::string_view text() const { return {m_data, m_size}; }
    [[nodiscard]] bool shrank() const {
        struct stat status {};
        return ::fstat(m_fd, &status) != 0 || static_cast<std::size_t>(status.st_size) < m_size;
    }

private:
    int m_fd;
    std::size_t m_size;
    const char* m_data = nullptr;
};

class MappedText final : public TextStream {
public:
    MappedText(std::shared_ptr<const Mapping> mapping, std::size_t offset, std::string path)
        : m_mapping(std::move(mapping)), m_path(std::move(path)), m_at(offset) {}

    [[nodiscard]] Result<std::string_view> window(std::size_t wanted) override {
        if (m_mapping->shrank()) {
            return fail(ErrorCode::io, "the file became shorter while it was read",
                        "Import a copy that nobody writes to", m_path, {}, static_cast<std::int64_t>(m_at));
        }
        const auto view = m_mapping->text().substr(m_at, wanted);
        m_last = m_at + view.size() == m_mapping->text().size();
        return view;
    }
    [[nodiscard]] bool windowIsLast() const override { return m_last; }
    void advance(std::size_t bytes) override { m_at += bytes; }
    void describe(std::size_t size, Chunk& chunk) const override {
        chunk.text = m_mapping->text().substr(m_at, size);
        chunk.baseOffset = static_cast<std::int64_t>(m_at);
        chunk.endOffset = chunk.baseOffset + static_cast<std::int64_t>(size);
        chunk.decodedBase = chunk.baseOffset;
        chunk.offsets = nullptr;
        chunk.owner = m_mapping;
    }
    [[nodiscard]] const Error* pendingError() const override { return nullptr; }
    [[nodiscard]] std::int64_t bytesConsumed() const override { return static_cast<std::int64_t>(m_at); }

private:
    std::shared_ptr<const Mapping> m_mapping;
    std::string m_path;
    std::size_t m_at;
    bool m_last = false;
};

class MemoryText final : public TextStream {
public:
    explicit MemoryText(std::string_view text) : m_whole(text) {}
    [[nodiscard]] Result<std::string_view> window(std::size_t wanted) override {
        const auto view = m_whole.substr(m_at, wanted);
        m_last = m_at + view.size() == m_whole.size();
        return view;
    }
    [[nodiscard]] bool windowIsLast() const override { return m_last; }
    void advance(std::size_t bytes) override { m_at += bytes; }
    void describe(std::size_t size, Chunk& chunk) const override {
        chunk.text = m_whole.substr(m_at, size);
        chunk.baseOffset = static_cast<std::int64_t>(m_at);
        chunk.endOffset = chunk.baseOffset + static_cast<std::int64_t>(size);
        chunk.decodedBase = chunk.baseOffset;
    }
    [[nodiscard]] const Error* pendingError() const override { return nullptr; }
    [[nodiscard]] std::int64_t bytesConsumed() const override { return static_cast<std::int64_t>(m_at); }

private:
    std::string_view m_whole;
    std::size_t m_at = 0;
    bool m_last = false;
};

class BufferedText final : public TextStream {
public:
    BufferedText(std::unique_ptr<ByteSource> source, std::unique_ptr<Decoder> decoder, std::int64_t offset)
        : m_source(std::move(source)),
          m_decoder(std::move(decoder)),
          m_original(offset),
          m_bufferStart(offset),
          m_buffer(std::make_shared<std::string>()) {
        m_marks.push_back({offset, offset});
    }

    [[nodiscard]] Result<std::string_view> window(std::size_t wanted) override {
        if (m_buffer->size() - m_at < wanted && !m_ended) {
            // A fresh buffer each time: chunks that were handed out keep the old one alive.
            auto next = std::make_shared<std::string>();
            next->reserve(wanted + 2 * kReadSize);
            next->append(*m_buffer, m_at);
            m_bufferStart += static_cast<std::int64_t>(m_at);
            m_buffer = std::move(next);
            m_at = 0;
            dropMarksBefore(m_bufferStart);
            while (m_buffer->size() < wanted && !m_ended) {
                readMore();
            }
        }
        const auto view = std::string_view(*m_buffer).substr(m_at, wanted);
        m_last = m_ended && m_at + view.size() == m_buffer->size();
        return view;
    }
    [[nodiscard]] bool windowIsLast() const override { return m_last; }
    void advance(std::size_t bytes) override { m_at += bytes; }
    void describe(std::size_t size, Chunk& chunk) const override {
        chunk.text = std::string_view(*m_buffer).substr(m_at, size);
        chunk.owner = m_buffer;
        chunk.decodedBase = m_bufferStart + static_cast<std::int64_t>(m_at);
        const std::int64_t end = chunk.decodedBase + static_cast<std::int64_t>(size);
        if (m_decoder == nullptr) {
            chunk.baseOffset = chunk.decodedBase;
            chunk.endOffset = end;
            chunk.offsets = nullptr;
            return;
        }
        const auto before = [](std::int64_t value, const OffsetMap::Mark& mark) { return value < mark.decoded; };
        auto first = std::upper_bound(m_marks.begin(), m_marks.end(), chunk.decodedBase, before);
        first -= first == m_marks.begin() ? 0 : 1;
        const auto last = std::upper_bound(first, m_marks.end(), end, before);
        auto map = std::make_shared<OffsetMap>(std::vector<OffsetMap::Mark>(first, last));
        chunk.baseOffset = map->original(chunk.decodedBase);
        const bool atEnd = m_ended && m_at + size == m_buffer->size();
        chunk.endOffset = atEnd ? m_original : map->original(end);
        chunk.offsets = std::move(map);
    }
    [[nodiscard]] const Error* pendingError() const override { return m_error ? &*m_error : nullptr; }
    [[nodiscard]] std::int64_t bytesConsumed() const override { return m_source->bytesConsumed(); }

private:
    void readMore() {
        if (m_decoder == nullptr) {
            const std::size_t before = m_buffer->size();
            m_buffer->resize(before + kReadSize);
            const auto got = m_source->read(m_buffer->data() + before, kReadSize);
            m_buffer->resize(before + (got ? *got : 0));
            take(got);
            return;
        }
        m_bytes.resize(kReadSize);
        const auto got = m_source->read(m_bytes.data(), kReadSize);
        const std::size_t size = got ? *got : 0;
        m_decoder->decode({m_bytes.data(), size}, size == 0, m_original, m_bufferStart, *m_buffer, m_marks);
        take(got);
    }
    void take(const Result<std::size_t>& got) {
        if (!got) {
            m_error = got.error();
        }
        m_ended = !got || *got == 0;
        m_original += static_cast<std::int64_t>(got ? *got : 0);
    }
    void dropMarksBefore(std::int64_t decoded) {
        auto keep =
            std::upper_bound(m_marks.begin(), m_marks.end(), decoded,
                             [](std::int64_t value, const OffsetMap::Mark& mark) { return value < mark.decoded; });
        if (keep != m_marks.begin()) {
            m_marks.erase(m_marks.begin(), std::prev(keep));
        }
    }

    std::unique_ptr<ByteSource> m_source;
    std::unique_ptr<Decoder> m_decoder;  // null: the bytes are UTF-8
    std::int64_t m_original;             // offset of the next byte from the source
    std::int64_t m_bufferStart;          // decoded position of the buffer's first byte
    std::shared_ptr<std::string> m_buffer;
    std::size_t m_at = 0;
    std::string m_bytes;
    std::vector<OffsetMap::Mark> m_marks;
    std::optional<Error> m_error;
    bool m_ended = false;
    bool m_last = false;
};

// Null where the file cannot be mapped (a pipe, an empty file): then it is read.
std::shared_ptr<const Mapping> mapFile(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return nullptr;
    }
    struct stat status {};
    if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0) {
        ::close(fd);
        return nullptr;
    }
    auto mapping = std::make_shared<const Mapping>(fd, static_cast<std::size_t>(status.st_size));
    return mapping->isMapped() ? mapping : nullptr;
}

}  // namespace

std::unique_ptr<TextStream> TextStream::ofText(std::string_view text) {
    return std::make_unique<MemoryText>(text);
}

Result<std::unique_ptr<TextStream>> TextStream::open(const std::string& path, Container container,
                                                     const std::string& encoding, std::int64_t offset) {
    const bool plain = container == Container::plain && isUtf8Name(encoding);
    if (plain) {
        if (auto mapping = mapFile(path)) {
            if (offset > static_cast<std::int64_t>(mapping->text().size())) {
                return fail(ErrorCode::conflict, "the file is shorter than when its import began",
                            "Import the file anew", path);
            }
            return std::unique_ptr<TextStream>(new MappedText(mapping, static_cast<std::size_t>(offset), path));
        }
    }
    std::unique_ptr<Decoder> decoder;
    if (!isUtf8Name(encoding)) {
        auto opened = Decoder::open(encoding);
        if (!opened) {
            return fail(opened.error());
        }
        decoder = std::move(*opened);
    }
    auto source = ByteSource::open(path, container, offset);
    if (!source) {
        return fail(source.error());
    }
    return std::unique_ptr<TextStream>(new BufferedText(std::move(*source), std::move(decoder), offset));
}

}  // namespace tierwise::ingest
