// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/catalog/catalog.h"
#include "tests/support/quoted.h"
#include "tests/support/support.h"

namespace tierwise::test {

/// A catalog of 1 September 2026 with one piece of evidence (0); `tables` is the rest of the JSON, quoted().
inline catalog::Catalog catalogOf(const std::string& tables) {
    const auto catalog = catalog::Catalog::parse(
        quoted("{#format#:#tierwise-catalog#,#version#:1,#title#:#t#,#date#:#2026-09-01#,\n"
               "#evidence#:[{#url#:#https://example.org#,#checked#:#2026-09-01#,#confidence#:#official#}],\n" +
               tables + "}\n"),
        "test.json");
    if (!catalog) {
        qFatal("%s", catalog.error().describe().c_str());
    }
    return *catalog;
}

}  // namespace tierwise::test
