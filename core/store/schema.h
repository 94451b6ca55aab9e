// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace tierwise::store {

/// SQL that brings a project from version i to version i + 1, for each i; never changed once released.
[[nodiscard]] std::span<const char* const> migrations();

}  // namespace tierwise::store
