// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokens/char_class.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace tierwise::tokens {
namespace {

constexpr std::uint32_t kRuns[] = {
#include "core/tokens/unicode_classes.inc"
};

}  // namespace

const CharClasses& CharClasses::instance() {
    static const CharClasses classes;
    return classes;
}

CharClasses::CharClasses() {
    std::map<std::array<std::uint8_t, 256>, std::uint16_t> known;
    std::size_t run = 0;
    for (std::uint32_t block = 0; block < m_index.size(); ++block) {
        std::array<std::uint8_t, 256> classes{};
        for (std::uint32_t i = 0; i < 256; ++i) {
            while (run + 1 < std::size(kRuns) && kRuns[run + 1] / 8 <= block * 256 + i) {
                ++run;
            }
            classes[i] = static_cast<std::uint8_t>(kRuns[run] % 8);
        }
        const auto [entry, isNew] = known.emplace(classes, static_cast<std::uint16_t>(known.size()));
        if (isNew) {
            m_blocks.insert(m_blocks.end(), classes.begin(), classes.end());
        }
        m_index[block] = entry->second;
    }
}

}  // namespace tierwise::tokens
