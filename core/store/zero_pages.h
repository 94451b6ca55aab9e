// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <new>
#include <type_traits>
#include <vector>

namespace tierwise::store {

/// Hands out memory that is zero already, and leaves it alone where zero is what belongs there: pages that only ever
/// hold zeros are never written, and take no memory. For columns that many logs have nothing to put into.
template <typename T>
struct ZeroPages {
    static_assert(std::is_trivial_v<T>);
    using value_type = T;

    ZeroPages() = default;
    template <typename U>
    ZeroPages(const ZeroPages<U>& /*other*/) {}  // NOLINT(google-explicit-constructor): what allocators must allow

    [[nodiscard]] T* allocate(std::size_t count) {
        void* memory = std::calloc(count, sizeof(T));  // NOLINT(*-no-malloc): new does not give zeros
        if (memory == nullptr) {
            throw std::bad_alloc();
        }
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t /*count*/) { std::free(memory); }  // NOLINT(*-no-malloc)

    /// What resize() does to new elements. Those that were there before may hold something.
    void construct(T* place) {
        if (*place != T()) {
            *place = T();
        }
    }
    template <typename... Values>
    void construct(T* place, Values&&... values) {
        *place = T(static_cast<Values&&>(values)...);
    }

    bool operator==(const ZeroPages& /*other*/) const { return true; }
};

template <typename T>
using ZeroedVector = std::vector<T, ZeroPages<T>>;

}  // namespace tierwise::store
