// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleFix.h"

#include <algorithm>
#include <vector>

namespace sluice {
namespace {

std::string quoted(const RuleCheck& check)
{
    return check.value ? "\"" + *check.value + "\"" : std::string{"null"};
}

std::string joined(const std::vector<std::string>& parts, const std::string& last)
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
        text += (i == 0 ? "" : (i + 1 == parts.size() ? last : ", ")) + parts[i];
    return text;
}

// The values of an OR of equalities on one column, or nothing.
std::vector<std::string> allowedValues(const RuleCheck& check)
{
    std::vector<std::string> values;
    for (const RuleCheck& item : check.items) {
        if (item.function != CheckFunction::CheckValue
            || item.columnA != check.items.front().columnA)
            return {};
        values.push_back(quoted(item));
    }
    return values;
}

std::string requirementWords(const RuleCheck& check);

std::string groupWords(const RuleCheck& check)
{
    constexpr std::size_t MostParts = 12;
    const bool isOr = check.function == CheckFunction::Or;
    if (const auto values = allowedValues(check); isOr && !values.empty()) {
        const bool all = values.size() <= MostParts;
        return "write one of the "
            + (all ? "values " + joined(values, " or ")
                   : std::to_string(values.size()) + " allowed values")
            + " in " + check.items.front().columnA;
    }
    if (check.items.size() > MostParts)
        return "choose one of the " + std::to_string(check.items.size())
            + " combinations that are allowed";
    std::vector<std::string> parts;
    for (const RuleCheck& item : check.items) {
        if (item.function == CheckFunction::CheckModelRule)
            return "mend the rules that it is made of, listed with their own fixes";
        parts.push_back(requirementWords(item));
    }
    return joined(parts, isOr ? " or " : " and ");
}

std::string pairWords(const RuleCheck& check)
{
    using enum CheckFunction;
    const std::string& a = check.columnA;
    const std::string& b = check.columnB;
    switch (check.function) {
    case CheckDistinctCount:
        return "keep " + std::to_string(check.count) + " " + b + " beside each " + a
            + " over the whole file";
    case CheckSameValue:
    case CheckSameNumber:
        return "give " + a + " the value of " + b;
    case CheckNotSameValue:
        return "give " + a + " another value than " + b;
    case CheckAtLeastColumn:
        return "check " + a + ", which should not be less than " + b;
    case CheckBefore:
        return "make " + a + " earlier than " + b + ", ends being exclusive";
    case CheckNotAfter:
        return "let " + a + " not be later than " + b;
    case CheckLedgerRange:
        return "split the charge or correct " + a + ", which is larger than the ledger can hold";
    default:
        return "make " + check.columnC + " the product of " + a + " and " + b
            + ", or leave the price empty";
    }
}

std::string formatWords(const RuleCheck& check)
{
    using enum CheckFunction;
    const std::string& column = check.columnA;
    switch (check.function) {
    case FormatKeyValue:
        return "write " + column + " as one flat JSON object with unique keys and plain values";
    case FormatJson:
        return "write " + column + " as valid JSON";
    case FormatDateTime:
        return "write " + column + " in UTC as YYYY-MM-DDThh:mm:ssZ";
    case TypeDateTime:
        return "write a date and time in " + column + ", as YYYY-MM-DDThh:mm:ssZ";
    case FormatNumeric:
    case TypeDecimal:
    case CheckDecimalValue:
        return "write " + column
            + " as a plain number with a decimal point, without separators, symbols or a plus sign";
    case FormatUnit:
        return "write " + column
            + " as a unit such as \"GB-Hours\", \"1000 Tokens\" or \"Requests/Day\"";
    case FormatCurrency:
    case FormatCurrencyCode:
    case CheckNationalCurrency:
        return "write " + column + " as a three-letter ISO 4217 code in capitals";
    default:
        return "write " + column + " as UTF-8 text without control characters";
    }
}

std::string requirementWords(const RuleCheck& check)
{
    using enum CheckFunction;
    const std::string& column = check.columnA;
    switch (check.function) {
    case And:
    case Or:
        return groupWords(check);
    case ColumnPresent:
        return "add the column " + column + " to the export";
    case CheckColumnNames:
        return "rename columns that FOCUS does not have so that they start with \"x_\"";
    case CheckModelRule:
        return "mend the rule " + check.rule;
    case CheckValue:
        return check.value ? "write " + quoted(check) + " in " + column
                           : "leave " + column + " empty";
    case CheckNotValue:
        return check.value ? "write something else than " + quoted(check) + " in " + column
                           : "fill in " + column;
    case CheckGreaterOrEqualThanValue:
        return "make " + column + " at least " + check.value.value_or("0");
    case CheckDistinctCount:
    case CheckSameValue:
    case CheckSameNumber:
    case CheckNotSameValue:
    case CheckAtLeastColumn:
    case CheckBefore:
    case CheckNotAfter:
    case CheckLedgerRange:
    case ColumnByColumnEqualsColumnValue:
        return pairWords(check);
    default:
        return formatWords(check);
    }
}

void collectColumns(const RuleCheck& check, std::vector<std::string>& out)
{
    if (!check.columnA.empty())
        out.push_back(check.columnA);
    for (const RuleCheck& item : check.items)
        collectColumns(item, out);
}

} // namespace

std::string ruleFix(const Rule& rule)
{
    std::string text = requirementWords(rule.requirement);
    if (rule.condition) {
        std::vector<std::string> columns;
        collectColumns(*rule.condition, columns);
        std::vector<std::string> unique;
        for (const std::string& column : columns) {
            if (std::find(unique.begin(), unique.end(), column) == unique.end())
                unique.push_back(column);
        }
        if (!unique.empty())
            text += " (the rule depends on " + joined(unique, " and ") + ")";
    }
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

} // namespace sluice
