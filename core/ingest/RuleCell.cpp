// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleCell.h"

#include <chrono>

namespace sluice {
namespace {

    // Reads the text from front to back; every step says whether it could.
    class Scanner {
    public:
        explicit Scanner(std::string_view text) noexcept
            : m_text{text}
        {
        }
        [[nodiscard]] bool done() const noexcept { return m_at == m_text.size(); }
        [[nodiscard]] bool take(char wanted) noexcept
        {
            if (done() || m_text[m_at] != wanted)
                return false;
            ++m_at;
            return true;
        }
        [[nodiscard]] bool take(std::string_view wanted) noexcept
        {
            if (m_text.substr(m_at, wanted.size()) != wanted)
                return false;
            m_at += wanted.size();
            return true;
        }
        [[nodiscard]] bool number(std::size_t digits, int& out) noexcept
        {
            if (m_text.size() - m_at < digits)
                return false;
            out = 0;
            for (const std::size_t end = m_at + digits; m_at < end; ++m_at) {
                const int digit = m_text[m_at] - '0';
                if (digit < 0 || digit > 9)
                    return false;
                out = out * 10 + digit;
            }
            return true;
        }
        [[nodiscard]] bool digits() noexcept
        {
            const std::size_t first = m_at;
            while (!done() && m_text[m_at] >= '0' && m_text[m_at] <= '9')
                ++m_at;
            return m_at > first;
        }

    private:
        std::string_view m_text;
        std::size_t m_at{0};
    };

    bool readDate(Scanner& scan, std::int64_t& days) noexcept
    {
        int year = 0;
        int month = 0;
        int day = 0;
        if (!scan.number(4, year) || !scan.take('-') || !scan.number(2, month) || !scan.take('-') || !scan.number(2, day))
            return false;
        const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
            std::chrono::day{static_cast<unsigned>(day)}};
        if (!date.ok())
            return false;
        days = std::chrono::sys_days{date}.time_since_epoch().count();
        return true;
    }

    bool readZone(Scanner& scan, int& offsetMinutes) noexcept
    {
        offsetMinutes = 0;
        if (scan.done() || scan.take('Z') || scan.take(" UTC"))
            return scan.done();
        const bool east = scan.take('+');
        int hours = 0;
        int minutes = 0;
        if ((!east && !scan.take('-')) || !scan.number(2, hours) || hours > 14)
            return false;
        if (!scan.done() && ((void)scan.take(':'), !scan.number(2, minutes) || minutes > 59))
            return false;
        offsetMinutes = (east ? 1 : -1) * (hours * 60 + minutes);
        return scan.done();
    }

} // namespace

bool tryParseInstant(std::string_view text, std::int64_t& seconds, bool& strict) noexcept
{
    strict = false;
    Scanner scan{text};
    std::int64_t days = 0;
    if (!readDate(scan, days))
        return false;
    seconds = days * 86'400;
    if (scan.done())
        return true;
    const bool withT = scan.take('T');
    int hour = 0;
    int minute = 0;
    int second = 0;
    int offset = 0;
    if ((!withT && !scan.take(' ')) || !scan.number(2, hour) || !scan.take(':') || !scan.number(2, minute))
        return false;
    if (scan.take(':') && (!scan.number(2, second) || (scan.take('.') && !scan.digits())))
        return false;
    if (hour > 23 || minute > 59 || second > 59 || !readZone(scan, offset))
        return false;
    seconds += (hour * 60 + minute - offset) * 60 + second;
    strict = withT && text.size() == 20 && text.back() == 'Z';
    return true;
}

RuleCell readRuleCell(std::string_view text, std::uint8_t needs) noexcept
{
    RuleCell cell;
    cell.text = text;
    cell.isNull = isNullText(text);
    if (cell.isNull)
        return cell;
    if ((needs & NeedDecimal) != 0)
        cell.decimalOk = tryParseDecimal(text, cell.decimal);
    if ((needs & NeedInstant) != 0)
        cell.instantOk = tryParseInstant(text, cell.seconds, cell.instantStrict);
    return cell;
}

} // namespace sluice
