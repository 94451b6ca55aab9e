// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/memory.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace tierwise {

void giveBackBigBuffers() {
#ifdef __GLIBC__
    // Setting the threshold also stops it from rising. A million rows of a byte each, which dragging needs many times
    // a second, stay below it.
    constexpr int kBig = 3 << 20;
    mallopt(M_MMAP_THRESHOLD, kBig);
    mallopt(M_TRIM_THRESHOLD, 8 * kBig);  // else every one of those is given back, and faulted in again
#endif
}

}  // namespace tierwise
