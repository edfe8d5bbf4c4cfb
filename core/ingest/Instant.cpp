// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/Instant.h"

#include "core/base/BusinessDate.h"

namespace sluice {
namespace {

constexpr std::int64_t SecondsPerDay = 86'400;

// Reads text from the left; every step says whether it found what it wanted.
class Cursor {
public:
    explicit Cursor(std::string_view text) noexcept
        : m_text{text}
    {
    }
    [[nodiscard]] bool atEnd() const noexcept { return m_text.empty(); }
    [[nodiscard]] char peek() const noexcept { return m_text.empty() ? '\0' : m_text.front(); }
    bool take(char wanted) noexcept
    {
        if (peek() != wanted)
            return false;
        m_text.remove_prefix(1);
        return true;
    }
    // Between `least` and `most` digits.
    bool number(std::size_t least, std::size_t most, int& out) noexcept
    {
        std::size_t digits = 0;
        out = 0;
        while (digits < most && digits < m_text.size() && m_text[digits] >= '0'
            && m_text[digits] <= '9')
            out = out * 10 + (m_text[digits++] - '0');
        if (digits < least)
            return false;
        m_text.remove_prefix(digits);
        return true;
    }

private:
    std::string_view m_text;
};

bool dayNumber(int year, int month, int day, std::int64_t& out) noexcept
{
    const std::chrono::year_month_day ymd{std::chrono::year{year},
        std::chrono::month{static_cast<unsigned>(month)},
        std::chrono::day{static_cast<unsigned>(day)}};
    if (month < 1 || day < 1 || !ymd.ok())
        return false;
    out = BusinessDate{ymd}.daysSinceEpoch();
    return true;
}

bool readDate(Cursor& at, DateOrder order, std::int64_t& day) noexcept
{
    int first = 0;
    int second = 0;
    int third = 0;
    Cursor probe = at;
    if (probe.number(4, 4, first) && probe.take('-') && probe.number(2, 2, second)
        && probe.take('-') && probe.number(2, 2, third)) {
        at = probe;
        return dayNumber(first, second, third, day);
    }
    if (!at.number(1, 2, first))
        return false;
    const char separator = at.peek();
    if ((separator != '/' && separator != '.' && separator != '-') || !at.take(separator)
        || !at.number(1, 2, second) || !at.take(separator) || !at.number(2, 4, third))
        return false;
    const int year = third < 100 ? 2000 + third : third;
    // A dot is the German way, and there the day comes first.
    const bool dayFirst = separator == '.' || order == DateOrder::DayFirst;
    return dayNumber(year, dayFirst ? second : first, dayFirst ? first : second, day);
}

bool readTime(Cursor& at, std::int64_t& seconds) noexcept
{
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (!at.number(1, 2, hour) || !at.take(':') || !at.number(2, 2, minute))
        return false;
    if (at.take(':')) {
        int fraction = 0;
        if (!at.number(2, 2, second) || (at.take('.') && !at.number(1, 9, fraction)))
            return false;
    }
    seconds = (hour * 60 + minute) * 60 + second;
    return hour <= 23 && minute <= 59 && second <= 59;
}

bool readZone(Cursor& at, std::int64_t& offset) noexcept
{
    while (at.take(' ')) { }
    offset = 0;
    if (at.atEnd() || at.take('Z'))
        return true;
    if (at.take('U'))
        return at.take('T') && at.take('C');
    const bool negative = at.peek() == '-';
    int hours = 0;
    int minutes = 0;
    if (!(at.take('+') || at.take('-')) || !at.number(2, 2, hours))
        return false;
    at.take(':');
    if (!at.atEnd() && !at.number(2, 2, minutes))
        return false;
    offset = (negative ? -1 : 1) * (hours * 60 + minutes) * 60;
    return hours <= 14 && minutes <= 59;
}

} // namespace

bool parseInstant(std::string_view text, DateOrder order, Instant& out) noexcept
{
    Cursor at{text};
    std::int64_t day = 0;
    if (!readDate(at, order, day))
        return false;
    out.dateOnly = at.atEnd();
    std::int64_t time = 0;
    std::int64_t offset = 0;
    if (!out.dateOnly) {
        if (!at.take('T') && !at.take(' '))
            return false;
        if (!readTime(at, time) || !readZone(at, offset) || !at.atEnd())
            return false;
    }
    out.seconds = day * SecondsPerDay + time - offset;
    out.strict = text.size() == 20 && text[4] == '-' && text[10] == 'T' && text[19] == 'Z';
    return true;
}

} // namespace sluice
