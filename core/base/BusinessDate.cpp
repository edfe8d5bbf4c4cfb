// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/BusinessDate.h"

#include <charconv>
#include <cstdio>

namespace sluice {

Result<BusinessDate> BusinessDate::parseIso(std::string_view text)
{
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    const auto read = [&](std::size_t at, std::size_t length, auto& out) {
        const char* first = text.data() + at;
        const auto [end, error] = std::from_chars(first, first + length, out);
        return error == std::errc{} && end == first + length && *first != '-';
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !read(0, 4, year)
        || !read(5, 2, month) || !read(8, 2, day))
        return Error{ErrorCode::BadInput, {}, "'" + std::string{text} + "' is not a date",
            "Write it as YYYY-MM-DD"};
    const std::chrono::year_month_day ymd{
        std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!ymd.ok())
        return Error{ErrorCode::BadInput, {}, "there is no day " + std::string{text}, {}};
    return BusinessDate{ymd};
}

std::string BusinessDate::toIso() const
{
    const auto day = ymd();
    char text[16];
    const int length
        = std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
            static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return {text, static_cast<std::size_t>(length)};
}

BusinessDate firstOfMonth(BusinessDate date, int months) noexcept
{
    const auto day = date.ymd();
    const std::chrono::year_month shifted = day.year() / day.month() + std::chrono::months{months};
    return BusinessDate{shifted / std::chrono::day{1}};
}

} // namespace sluice
