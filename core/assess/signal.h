// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace tierwise::assess {

/// What the text of a request says about it. Stored as a byte in WorkloadSnapshot::signal; never renumber.
/// Only `scored` carries a difficulty; the other three go to the default tier with this as the reason, never to
/// "simple".
enum class Signal : std::uint8_t {
    notScored = 0,           ///< nobody has looked yet
    scored = 1,              ///< a difficulty was predicted
    noSignal = 2,            ///< no text, or too little of it to say anything
    unlikeAnythingSeen = 3,  ///< text, but too far from what the model was trained on
};

[[nodiscard]] constexpr const char* signalName(Signal signal) {
    switch (signal) {
        case Signal::scored:
            return "scored";
        case Signal::noSignal:
            return "no signal";
        case Signal::unlikeAnythingSeen:
            return "unlike anything seen";
        case Signal::notScored:
            break;
    }
    return "not scored";
}

/// How well a quality figure is founded. Higher is better founded.
enum class Rung : std::uint8_t {
    prior = 0,       ///< from published benchmark scores of the model alone
    calibrated = 1,  ///< fitted to scored answers of this model on similar work
    measured = 2,    ///< this very answer was scored
};

[[nodiscard]] constexpr const char* rungName(Rung rung) {
    switch (rung) {
        case Rung::measured:
            return "measured";
        case Rung::calibrated:
            return "calibrated";
        case Rung::prior:
            break;
    }
    return "prior";
}

}  // namespace tierwise::assess
