// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>

namespace tierwise::route {

/// An array that is not written before its owner writes it: pages that are never written never count, and threads that
/// fill it touch its pages first.
template <typename T>
class RawArray {
public:
    RawArray() = default;
    explicit RawArray(std::size_t size) : m_data(new T[size]), m_size(size) {}  // NOLINT: make_unique would write it

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] T* data() { return m_data.get(); }
    [[nodiscard]] T& operator[](std::size_t i) { return m_data[i]; }
    [[nodiscard]] const T& operator[](std::size_t i) const { return m_data[i]; }
    [[nodiscard]] const T* begin() const { return m_data.get(); }
    [[nodiscard]] const T* end() const { return m_data.get() + m_size; }

private:
    std::unique_ptr<T[]> m_data;
    std::size_t m_size = 0;
};

}  // namespace tierwise::route
