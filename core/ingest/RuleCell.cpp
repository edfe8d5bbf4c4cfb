// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleCell.h"

#include "core/base/WideDecimal.h"
#include "core/ingest/Instant.h"

namespace sluice {

void readLongNumber(RuleCell& cell)
{
    WideDecimal wide;
    switch (WideDecimal::parse(cell.text, wide)) {
    case WideDecimal::Fit::Held:
        cell.longNumber = LongNumber::Held;
        cell.decimal = wide.nearest();
        return;
    case WideDecimal::Fit::TooLarge:
        cell.longNumber = LongNumber::TooLarge;
        return;
    case WideDecimal::Fit::TooFine:
    case WideDecimal::Fit::NoNumber:
        cell.longNumber = LongNumber::None;
    }
}

RuleCell readRuleCell(std::string_view text, std::uint8_t needs)
{
    RuleCell cell;
    cell.text = text;
    cell.isNull = isNullText(text);
    if (cell.isNull)
        return cell;
    if ((needs & NeedDecimal) != 0)
        readNumber(cell);
    if ((needs & NeedInstant) != 0) {
        Instant instant;
        cell.instantOk = parseInstant(text, DateOrder::MonthFirst, instant);
        cell.seconds = instant.seconds;
        cell.instantStrict = instant.strict;
    }
    return cell;
}

} // namespace sluice
