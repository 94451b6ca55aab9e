// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace tierwise::store {

class Connection;

/// What a project keeps beside its rows, as JSON text by kind and name: scenarios, policies, settings, the user's
/// aliases, tier overrides, views. The store does not look inside.
struct Document {
    std::string kind;
    std::string name;
    std::string body;

    bool operator==(const Document&) const = default;
};

[[nodiscard]] Result<std::optional<std::string>> getDocument(Connection& connection, std::string_view kind,
                                                             std::string_view name);
/// Writes the document and returns what stood there before (nothing when it is new): undo is another put with it, or
/// with nothing, which removes the document.
[[nodiscard]] Result<std::optional<std::string>> putDocument(Connection& connection, std::string_view kind,
                                                             std::string_view name,
                                                             const std::optional<std::string>& body);
/// All of a kind, by name; with an empty kind all documents by kind and name.
[[nodiscard]] Result<std::vector<Document>> listDocuments(Connection& connection, std::string_view kind);

}  // namespace tierwise::store
