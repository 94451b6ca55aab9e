// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a policy and as assumptions: what is accepted is written out and read back as the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/replay/assumptions.h"
#include "core/route/policy.h"

using namespace tierwise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto policy = route::Policy::parse(text, "p")) {
        const auto again = route::Policy::parse(policy->toJson(), "again");
        if (!again || !(*again == *policy)) {
            std::abort();
        }
        (void)policy->targets();
    }
    if (const auto assumptions = replay::Assumptions::parse(text, "a")) {
        const auto again = replay::Assumptions::parse(assumptions->toJson(), "again");
        if (!again || !(*again == *assumptions)) {
            std::abort();
        }
    }
    return 0;
}
