// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/demo/DemoAmount.h"

#include <array>

namespace sluice {
namespace {

constexpr std::int64_t Permille = 1'000;

// Monday to Sunday, in permille of a normal day.
constexpr std::array<std::int64_t, 7> OfficeWeek{1'180, 1'240, 1'220, 1'190, 1'050, 380, 340};
constexpr std::array<std::int64_t, 7> ConsumerWeek{980, 970, 990, 1'000, 1'050, 1'040, 970};

unsigned dayOfMonth(BusinessDate day)
{
    return static_cast<unsigned>(day.ymd().day());
}
bool isHoliday(BusinessDate day)
{
    const auto ymd = day.ymd();
    const auto month = static_cast<unsigned>(ymd.month());
    return (month == 12 && dayOfMonth(day) >= 24) || (month == 1 && dayOfMonth(day) == 1);
}

// Growth by the month, and by the day in between, so that no step shows at the turn of the month.
std::int64_t growthOf(const DemoStream& stream, BusinessDate day, const DemoCalendar& calendar)
{
    constexpr std::int64_t One = 1'000'000;
    const int months = calendar.monthOf(day) - calendar.monthOf(stream.from);
    std::int64_t factor = One;
    for (int i = 0; i < months; ++i)
        factor += factor * stream.growth / Permille;
    const std::int64_t next = factor + factor * stream.growth / Permille;
    return (factor + (next - factor) * static_cast<std::int64_t>(dayOfMonth(day)) / 31) / Permille;
}

std::int64_t rhythmOf(const DemoStream& stream, BusinessDate day)
{
    const auto weekday = static_cast<std::size_t>(day.isoWeekday());
    const bool lastDays = dayOfMonth(day.plusDays(3)) < 4;
    switch (stream.rhythm) {
    case DemoRhythm::Office:
        return isHoliday(day) ? 350 : OfficeWeek[weekday];
    case DemoRhythm::Consumer:
        return isHoliday(day) ? 1'150 : ConsumerWeek[weekday];
    case DemoRhythm::MonthEnd:
        return OfficeWeek[weekday] * (lastDays ? 1'700 : Permille) / Permille;
    case DemoRhythm::Weekly:
        return weekday == 0 ? Permille : 0;
    case DemoRhythm::Monthly:
        return dayOfMonth(day) == (stream.source == DemoSource::Cards ? 2 + stream.id % 26 : 1)
            ? Permille
            : 0;
    case DemoRhythm::Flat:
        return Permille;
    }
    return 0;
}

} // namespace

std::int64_t demoAmount(
    std::uint64_t seed, const DemoStream& stream, BusinessDate day, const DemoCalendar& calendar)
{
    if (day < stream.from || stream.until <= day)
        return 0;
    const std::int64_t rhythm = rhythmOf(stream, day);
    if (rhythm == 0)
        return 0;
    SeededRandom random
        = demoRandom(seed, {11, stream.id, static_cast<std::uint64_t>(day.daysSinceEpoch())});
    // Three throws make small deviations likelier than large ones.
    std::int64_t noise = Permille;
    for (int i = 0; i < 3 && stream.noise > 0; ++i)
        noise += random.between(-stream.noise, stream.noise) / 3;
    return stream.daily * growthOf(stream, day, calendar) / Permille * rhythm / Permille * noise
        / Permille;
}

} // namespace sluice
