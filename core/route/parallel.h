// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace tierwise::route {

namespace detail {
inline std::atomic<unsigned> threads{2};
}

/// How many threads a pass over rows uses, unless told otherwise. Results never depend on it, to the last bit.
[[nodiscard]] inline unsigned threadCount() {
    return detail::threads;
}
/// For mains, before they compute; at least 1.
inline void setThreadCount(unsigned threads) {
    detail::threads = std::max(1U, threads);
}

/// Splits [0, count) into `parts` ranges and calls work(part, begin, end) for each at the same time, the last on the
/// calling thread. Returns when all are done. work must not throw.
template <typename Work>
void parallelRanges(std::size_t count, unsigned parts, const Work& work) {
    parts = std::max(1U, parts);
    const auto bound = [&](unsigned part) { return count / parts * part + std::min<std::size_t>(part, count % parts); };
    std::vector<std::thread> threads;
    threads.reserve(parts - 1);
    for (unsigned part = 0; part + 1 < parts; ++part) {
        threads.emplace_back([&, part] { work(part, bound(part), bound(part + 1)); });
    }
    work(parts - 1, bound(parts - 1), count);
    for (auto& thread : threads) {
        thread.join();
    }
}

}  // namespace tierwise::route
