// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BusinessDate.h"

#include <compare>
#include <cstdint>
#include <string>

namespace sluice {

// An instant in UTC, microseconds since 1970-01-01T00:00:00Z. Leap seconds do not exist (POSIX
// time).
class Timestamp {
public:
    static constexpr std::int64_t SecondsPerDay = 86'400;

    constexpr Timestamp() noexcept = default;
    constexpr explicit Timestamp(std::int64_t microseconds) noexcept
        : m_micros{microseconds}
    {
    }
    static constexpr Timestamp fromSeconds(std::int64_t seconds) noexcept
    {
        return Timestamp{seconds * 1'000'000};
    }
    // "2026-10-15T09:30:00Z", with a fraction (digits below a microsecond are cut off) or an offset
    // "+02:00"; a bare date is its midnight UTC. Else BadInput.
    static Result<Timestamp> parseIso(std::string_view text);

    [[nodiscard]] constexpr std::int64_t micros() const noexcept { return m_micros; }
    [[nodiscard]] std::int64_t seconds() const noexcept; // rounded down, also before 1970
    [[nodiscard]] BusinessDate utcDate() const noexcept;
    // "2026-10-15T09:30:00Z"; microseconds only where they are not zero.
    [[nodiscard]] std::string toIso() const;

    constexpr auto operator<=>(const Timestamp&) const noexcept = default;

private:
    std::int64_t m_micros{0};
};

} // namespace sluice
