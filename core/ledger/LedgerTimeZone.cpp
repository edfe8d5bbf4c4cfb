// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/LedgerTimeZone.h"

#include "core/base/Timestamp.h"

#include <date/tz.h>

#include <stdexcept>
#include <utility>

namespace sluice {

namespace {

const date::time_zone& zoneOf(const void* zone)
{
    return *static_cast<const date::time_zone*>(zone);
}

date::sys_info infoAt(const void* zone, std::int64_t utcSeconds)
{
    return zoneOf(zone).get_info(date::sys_seconds{std::chrono::seconds{utcSeconds}});
}

std::int64_t secondsOf(date::sys_seconds instant)
{
    return instant.time_since_epoch().count();
}

std::int32_t dayOf(std::int64_t seconds)
{
    return static_cast<std::int32_t>(
        seconds / Timestamp::SecondsPerDay - (seconds % Timestamp::SecondsPerDay < 0 ? 1 : 0));
}

} // namespace

Result<LedgerTimeZone> LedgerTimeZone::find(const std::string& name)
{
    // The library throws for an unknown name and for a machine without zone data, and reads a
    // zone's file when it is first asked: all of that happens here, so that later calls cannot
    // fail.
    try {
        const date::time_zone* zone = date::locate_zone(name);
        static_cast<void>(infoAt(zone, 0));
        return LedgerTimeZone{name, zone};
    } catch (const std::runtime_error&) {
        return Error{ErrorCode::Usage, {},
            "'" + name + "' is not a time zone that this machine knows",
            "Use an IANA name such as UTC or Europe/Berlin, and see that the package tzdata is installed"};
    }
}

LedgerTimeZone::LedgerTimeZone(std::string name, const void* zone)
    : m_name{std::move(name)}
    , m_zone{zone}
{
}

BusinessDate LedgerTimeZone::localDay(std::int64_t utcSeconds) const
{
    if (utcSeconds < m_validFrom || utcSeconds >= m_validUntil) {
        const date::sys_info info = infoAt(m_zone, utcSeconds);
        m_validFrom = secondsOf(info.begin);
        m_validUntil = secondsOf(info.end);
        m_offset = info.offset.count();
    }
    return BusinessDate{dayOf(utcSeconds + m_offset)};
}

std::int64_t LedgerTimeZone::startOfDay(BusinessDate day) const
{
    const date::local_seconds midnight{date::local_days{date::days{day.daysSinceEpoch()}}};
    const date::local_info info = zoneOf(m_zone).get_info(midnight);
    // Where the clock is put forward over midnight, the day starts with the change.
    if (info.result == date::local_info::nonexistent)
        return secondsOf(info.first.end);
    return midnight.time_since_epoch().count() - info.first.offset.count();
}

} // namespace sluice
