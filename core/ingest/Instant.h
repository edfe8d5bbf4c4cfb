// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace sluice {

// How a bill writes dates that are not ISO 8601.
enum class DateOrder : std::uint8_t { MonthFirst, DayFirst };

struct Instant {
    std::int64_t seconds{0}; // UTC, since 1970-01-01
    bool strict{false}; // exactly as FOCUS DateTimeFormat wants it: YYYY-MM-DDThh:mm:ssZ
    bool dateOnly{false};
};

// Reads what real exports contain: "2024-09-01T00:00:00Z", with fraction, offset, blank instead of
// T, without zone (taken as UTC), date only, "9/1/2024", "9/1/24", "01.09.2024", with a time. False
// for anything else, and for days that do not exist. No allocation.
[[nodiscard]] bool parseInstant(std::string_view text, DateOrder order, Instant& out) noexcept;

} // namespace sluice
