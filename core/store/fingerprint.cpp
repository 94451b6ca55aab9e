// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/fingerprint.h"

namespace tierwise::store {
namespace {

constexpr Fingerprint kEmpty{};
constexpr std::size_t kSmallest = 1024;

}  // namespace

std::size_t FingerprintSet::slotOf(Fingerprint key) const {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = static_cast<std::size_t>(key.low) & mask;
    while (m_slots[slot] != kEmpty && m_slots[slot] != key) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

bool FingerprintSet::insert(Fingerprint key) {
    if (key == kEmpty) {
        const bool added = !m_hasZero;
        m_hasZero = true;
        m_size += added ? 1 : 0;
        return added;
    }
    if ((m_size + 1) * 5 > m_slots.size() * 4) {
        rehash(m_slots.empty() ? kSmallest : m_slots.size() * 2);
    }
    const std::size_t slot = slotOf(key);
    if (m_slots[slot] == key) {
        return false;
    }
    m_slots[slot] = key;
    ++m_size;
    return true;
}

bool FingerprintSet::contains(Fingerprint key) const {
    if (key == kEmpty) {
        return m_hasZero;
    }
    return !m_slots.empty() && m_slots[slotOf(key)] == key;
}

void FingerprintSet::reserve(std::size_t count) {
    std::size_t slots = kSmallest;
    while (slots * 4 < count * 5 + 5) {
        slots *= 2;
    }
    if (slots > m_slots.size()) {
        rehash(slots);
    }
}

void FingerprintSet::rehash(std::size_t slots) {
    std::vector<Fingerprint> old(slots);
    old.swap(m_slots);
    for (const auto& key : old) {
        if (key != kEmpty) {
            m_slots[slotOf(key)] = key;
        }
    }
}

}  // namespace tierwise::store
