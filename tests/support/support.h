// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include <QtTest>

namespace tierwise::test {

/// The folder of real data, where it is on this machine; empty where not.
inline std::filesystem::path sharedData() {
    const char* folder = std::getenv("TIERWISE_SHARED_DATA");
    return folder != nullptr && std::filesystem::exists(folder) ? std::filesystem::path(folder)
                                                                : std::filesystem::path();
}

/// A file or folder of this checkout. CTest names it in TIERWISE_SOURCE_DIR; by hand, run from the checkout.
inline std::filesystem::path sourcePath(const std::string& relative) {
    const char* folder = std::getenv("TIERWISE_SOURCE_DIR");
    return std::filesystem::path(folder != nullptr ? folder : ".") / relative;
}

}  // namespace tierwise::test

/// Skips the test, saying so, where the shared data is not on this machine.
#define TIERWISE_NEEDS_SHARED_DATA()                                \
    do {                                                            \
        if (tierwise::test::sharedData().empty()) {                 \
            QSKIP("the shared data folder is not on this machine"); \
        }                                                           \
    } while (false)

/// Fails with the error's own words when a Result holds one. Evaluates it once.
#define TIERWISE_VERIFY_OK(result)                                                             \
    do {                                                                                       \
        const auto& tierwiseResult = (result);                                                 \
        QVERIFY2(tierwiseResult.has_value(),                                                   \
                 tierwiseResult.has_value() ? "" : tierwiseResult.error().describe().c_str()); \
    } while (false)
