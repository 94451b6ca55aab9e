// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/ingest/reader/types.h"

namespace tierwise::ingest {

/// What the first bytes of a file are wrapped in.
[[nodiscard]] Container detectContainer(std::string_view head);

/// Bytes in order, unpacked. One thread.
class ByteSource {
public:
    /// Errors: notFound, io. skip: bytes (unpacked) to leave out from the start.
    [[nodiscard]] static Result<std::unique_ptr<ByteSource>> open(const std::string& path, Container container,
                                                                  std::int64_t skip);
    virtual ~ByteSource() = default;

    /// Fills up to capacity bytes; 0 at the end. Errors: io, badFormat (broken or cut-off compressed data; everything
    /// before was handed out by earlier calls).
    [[nodiscard]] virtual Result<std::size_t> read(char* out, std::size_t capacity) = 0;
    /// Bytes of the file on disk taken so far.
    [[nodiscard]] virtual std::int64_t bytesConsumed() const = 0;
};

/// The first bytes of a file, unpacked where it is packed; at most size. Errors as ByteSource.
[[nodiscard]] Result<std::string> readHead(const std::string& path, Container container, std::size_t size);

}  // namespace tierwise::ingest
