// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/timestamp.h"

namespace tierwise {

/// Where the time comes from: handed in, so that tests and reproducible runs can fix it.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;
};

/// The system's clock.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override;
};

/// Always the same moment.
class FixedClock final : public Clock {
public:
    explicit FixedClock(Timestamp moment) : m_moment(moment) {}
    [[nodiscard]] Timestamp now() const override { return m_moment; }

private:
    Timestamp m_moment;
};

}  // namespace tierwise
