// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tierwise {

/// 128-bit integers, which GCC and Clang have on every 64-bit target; ISO C++ has no name for them.
__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

}  // namespace tierwise
