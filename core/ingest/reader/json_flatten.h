// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "core/base/error.h"

namespace tierwise::ingest {

enum class JsonKind : std::uint8_t { string, number, boolean, null, array, object };

/// One leaf of a JSON object: {"usage": {"input": 3}} has "usage.input". Arrays, and objects without members, are
/// leaves whose text is their JSON.
struct JsonLeaf {
    std::string_view path;
    std::string_view text;  ///< strings without quotes and escapes; everything else as written
    JsonKind kind = JsonKind::null;
};

/// Objects to leaves in order of appearance; a path that repeats is given again. Owns scratch memory: one a thread.
class JsonFlattener {
public:
    JsonFlattener();
    ~JsonFlattener();
    JsonFlattener(JsonFlattener&&) noexcept;
    JsonFlattener& operator=(JsonFlattener&&) noexcept;

    /// Views live until the next call. Error badFormat with the byte offset inside the text where it is known.
    [[nodiscard]] Result<std::span<const JsonLeaf>> flatten(std::string_view object);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace tierwise::ingest
