// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Timestamp.h"

namespace sluice {

// The only source of "now". Handed in, so that a test can hold it still. Any thread.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;
};

// The operating system's clock, or the instant in the environment variable SLUICE_NOW where that is
// set and valid.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override;
};

class FixedClock final : public Clock {
public:
    explicit FixedClock(Timestamp now)
        : m_now{now}
    {
    }
    [[nodiscard]] Timestamp now() const override { return m_now; }
    void set(Timestamp now) { m_now = now; }

private:
    Timestamp m_now;
};

} // namespace sluice
