// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleCell.h"

#include "core/ingest/Instant.h"

namespace sluice {

RuleCell readRuleCell(std::string_view text, std::uint8_t needs) noexcept
{
    RuleCell cell;
    cell.text = text;
    cell.isNull = isNullText(text);
    if (cell.isNull)
        return cell;
    if ((needs & NeedDecimal) != 0)
        cell.decimalOk = tryParseDecimal(text, cell.decimal);
    if ((needs & NeedInstant) != 0) {
        Instant instant;
        cell.instantOk = parseInstant(text, DateOrder::MonthFirst, instant);
        cell.seconds = instant.seconds;
        cell.instantStrict = instant.strict;
    }
    return cell;
}

} // namespace sluice
