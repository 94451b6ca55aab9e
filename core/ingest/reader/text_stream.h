// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/ingest/reader/record_batch.h"
#include "core/ingest/reader/types.h"

namespace tierwise::ingest {

/// The text of a file as UTF-8, seen through a window that moves forward: mapped where the bytes are UTF-8 on disk,
/// buffered where they are packed or in another encoding. One thread.
class TextStream {
public:
    /// offset: where to begin (see Record::byteOffset); the caller has put it after a byte order mark.
    [[nodiscard]] static Result<std::unique_ptr<TextStream>> open(const std::string& path, Container container,
                                                                  const std::string& encoding, std::int64_t offset);
    /// A text in memory, which must outlive the stream and its chunks.
    [[nodiscard]] static std::unique_ptr<TextStream> ofText(std::string_view text);
    virtual ~TextStream() = default;

    /// At least wanted bytes from the current position on, or all that is left. Valid while owner() is held.
    /// Errors: io, where the file shrank under us.
    [[nodiscard]] virtual Result<std::string_view> window(std::size_t wanted) = 0;
    /// Whether the window reaches the end of the text.
    [[nodiscard]] virtual bool windowIsLast() const = 0;
    /// Moves on by bytes of the window.
    virtual void advance(std::size_t bytes) = 0;
    /// Fills the chunk's offsets and owner for the first size bytes of the window.
    virtual void describe(std::size_t size, Chunk& chunk) const = 0;
    /// An error of the source that ended the text early, once everything before it has been seen.
    [[nodiscard]] virtual const Error* pendingError() const = 0;
    [[nodiscard]] virtual std::int64_t bytesConsumed() const = 0;
};

}  // namespace tierwise::ingest
