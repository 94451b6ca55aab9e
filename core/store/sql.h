// SPDX-License-Identifier: GPL-3.0-or-later
// What the .cpp files of core/store share; nobody else includes it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/base/error.h"

namespace tierwise::store {

/// SQLite's complaint as an Error with a hint; source is the project file.
[[nodiscard]] Error sqlError(const SQLite::Exception& exception, const std::string& source);

/// Runs f() -> Result<T>; an exception of SQLite becomes an Error.
template <typename F>
[[nodiscard]] auto guarded(const std::string& source, F&& f) -> decltype(f()) {
    try {
        return std::forward<F>(f)();
    } catch (const SQLite::Exception& exception) {
        return fail(sqlError(exception, source));
    }
}

inline void bindText(SQLite::Statement& statement, int index, std::string_view text) {
    statement.bind(index, std::string(text));
}

inline void bindBlob(SQLite::Statement& statement, int index, std::string_view bytes) {
    statement.bindNoCopy(index, bytes.data(), static_cast<int>(bytes.size()));
}

/// The column's bytes; valid until the statement's next step.
[[nodiscard]] inline std::string_view blobOf(const SQLite::Column& column) {
    const void* const data = column.getBlob();
    return {static_cast<const char*>(data), static_cast<std::size_t>(column.getBytes())};
}

}  // namespace tierwise::store
