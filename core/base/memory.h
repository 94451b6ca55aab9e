// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tierwise {

/// Call once, first thing in main: from then on big buffers (columns of large logs) go back to the system as soon as
/// they are freed. Left to itself glibc learns to keep what was freed, for a program that will want it again; ours
/// works in bursts and then waits for people.
void giveBackBigBuffers();

}  // namespace tierwise
