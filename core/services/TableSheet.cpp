// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/TableSheet.h"

#include "core/base/Money.h"

namespace sluice {

TableCell TableCell::nothing(CellKind kind)
{
    TableCell cell;
    cell.kind = kind;
    return cell;
}

TableCell TableCell::ofText(std::string text)
{
    TableCell cell;
    cell.none = text.empty();
    cell.text = std::move(text);
    return cell;
}

TableCell TableCell::ofRanked(std::string text, std::int64_t rank)
{
    TableCell cell;
    cell.none = false;
    cell.ranked = true;
    cell.number = {rank, 0};
    cell.text = std::move(text);
    return cell;
}

TableCell TableCell::ofMoney(Int128 units, Currency currency)
{
    TableCell cell = ofNumber({units, currency.scale()});
    cell.kind = CellKind::Money;
    cell.currency = currency;
    return cell;
}

TableCell TableCell::ofCount(std::uint64_t count)
{
    TableCell cell = ofNumber({static_cast<Int128>(count), 0});
    cell.kind = CellKind::Count;
    return cell;
}

TableCell TableCell::ofNumber(const Decimal& number)
{
    TableCell cell = nothing(CellKind::Number);
    cell.none = false;
    cell.number = number;
    return cell;
}

TableCell TableCell::ofPercent(Int128 part, Int128 whole)
{
    constexpr int Digits = 6;
    if (whole == 0)
        return nothing(CellKind::Percent);
    TableCell cell
        = ofNumber({divideRounded(part * powerOfTen(Digits), whole, Rounding::HalfUp), Digits});
    cell.kind = CellKind::Percent;
    return cell;
}

TableCell TableCell::ofDate(BusinessDate day)
{
    TableCell cell = ofNumber({day.daysSinceEpoch(), 0});
    cell.kind = CellKind::Date;
    return cell;
}

TableCell TableCell::ofInstant(Timestamp instant)
{
    TableCell cell = ofNumber({instant.micros(), 0});
    cell.kind = CellKind::Instant;
    return cell;
}

std::string TableCell::exactText() const
{
    if (none)
        return {};
    switch (kind) {
    case CellKind::Text:
        return text;
    case CellKind::Money:
    case CellKind::Count:
    case CellKind::Number:
    case CellKind::Percent:
        return toString(number);
    case CellKind::Date:
        return BusinessDate{static_cast<std::int32_t>(number.mantissa)}.toIso();
    case CellKind::Instant:
        return Timestamp{static_cast<std::int64_t>(number.mantissa)}.toIso();
    }
    return {};
}

std::string filledIn(std::string_view pattern, std::string_view first, std::string_view second)
{
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool mark = pattern[i] == '%' && i + 1 < pattern.size()
            && (pattern[i + 1] == '1' || pattern[i + 1] == '2');
        if (mark)
            text += pattern[++i] == '1' ? first : second;
        else
            text += pattern[i];
    }
    return text;
}

std::vector<std::string> TableSheet::caption() const
{
    std::vector<std::string> lines;
    if (!title.empty())
        lines.push_back(title);
    if (!filter.empty())
        lines.push_back(filledIn(words.filter, filter));
    if (!freshness.empty())
        lines.push_back(filledIn(words.freshness, freshness));
    if (revision)
        lines.push_back(filledIn(words.revision, std::to_string(*revision)));
    lines.push_back(filledIn(words.madeAt, madeAt.toIso()));
    return lines;
}

} // namespace sluice
