// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Timestamp.h"

#include <charconv>
#include <cstdio>

namespace sluice {
namespace {

constexpr std::int64_t MicrosPerSecond = 1'000'000;

std::int64_t floorDivide(std::int64_t value, std::int64_t divisor)
{
    return value / divisor - (value % divisor < 0 ? 1 : 0);
}

// Reads exactly `length` digits of `text` at `at` and moves on.
bool readDigits(std::string_view text, std::size_t& at, std::size_t length, int& out)
{
    if (at + length > text.size())
        return false;
    out = 0;
    for (const std::size_t end = at + length; at < end; ++at) {
        if (text[at] < '0' || text[at] > '9')
            return false;
        out = out * 10 + (text[at] - '0');
    }
    return true;
}

bool readChar(std::string_view text, std::size_t& at, char wanted)
{
    if (at >= text.size() || text[at] != wanted)
        return false;
    ++at;
    return true;
}

bool readFraction(std::string_view text, std::size_t& at, std::int64_t& micros)
{
    micros = 0;
    if (!readChar(text, at, '.'))
        return true;
    const std::size_t first = at;
    for (std::int64_t unit = MicrosPerSecond / 10;
         at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10)
        micros += unit * (text[at] - '0');
    return at > first;
}

// "Z", "+hh:mm", "-hh:mm"; nothing else.
bool readOffset(std::string_view text, std::size_t& at, int& offsetMinutes)
{
    offsetMinutes = 0;
    if (readChar(text, at, 'Z'))
        return true;
    const bool negative = at < text.size() && text[at] == '-';
    int hours = 0;
    int minutes = 0;
    if ((!negative && !readChar(text, at, '+')) || (negative && !readChar(text, at, '-')))
        return false;
    if (!readDigits(text, at, 2, hours) || !readChar(text, at, ':')
        || !readDigits(text, at, 2, minutes) || hours > 14 || minutes > 59)
        return false;
    offsetMinutes = (negative ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

} // namespace

Result<Timestamp> Timestamp::parseIso(std::string_view text)
{
    const Error bad{ErrorCode::BadInput, {}, "'" + std::string{text} + "' is not an instant",
        "Write it as YYYY-MM-DDThh:mm:ssZ"};
    const auto day = BusinessDate::parseIso(text.substr(0, 10));
    if (!day.ok())
        return bad;
    std::int64_t micros = day->daysSinceEpoch() * SecondsPerDay * MicrosPerSecond;
    if (text.size() == 10)
        return Timestamp{micros};
    std::size_t at = 10;
    int hour = 0;
    int minute = 0;
    int second = 0;
    std::int64_t fraction = 0;
    int offset = 0;
    if (!readChar(text, at, 'T') || !readDigits(text, at, 2, hour) || !readChar(text, at, ':')
        || !readDigits(text, at, 2, minute) || !readChar(text, at, ':')
        || !readDigits(text, at, 2, second) || !readFraction(text, at, fraction)
        || !readOffset(text, at, offset) || at != text.size() || hour > 23 || minute > 59
        || second > 59)
        return bad;
    return Timestamp{
        micros + ((hour * 60 + minute - offset) * 60 + second) * MicrosPerSecond + fraction};
}

std::int64_t Timestamp::seconds() const noexcept
{
    return floorDivide(m_micros, MicrosPerSecond);
}

BusinessDate Timestamp::utcDate() const noexcept
{
    return BusinessDate{
        static_cast<std::int32_t>(floorDivide(m_micros, MicrosPerSecond * SecondsPerDay))};
}

std::string Timestamp::toIso() const
{
    const std::int64_t inDay
        = m_micros - utcDate().daysSinceEpoch() * SecondsPerDay * MicrosPerSecond;
    const auto ofDay = inDay / MicrosPerSecond;
    const auto fraction = inDay % MicrosPerSecond;
    char text[32];
    int length = std::snprintf(text, sizeof text, "T%02d:%02d:%02d", static_cast<int>(ofDay / 3600),
        static_cast<int>(ofDay / 60 % 60), static_cast<int>(ofDay % 60));
    if (fraction != 0)
        length += std::snprintf(text + length, sizeof text - static_cast<std::size_t>(length),
            ".%06d", static_cast<int>(fraction));
    return utcDate().toIso() + std::string{text, static_cast<std::size_t>(length)} + "Z";
}

} // namespace sluice
