// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Currency.h"
#include "tests/unit/ingest/RuleTable.h"

#include <algorithm>
#include <set>

namespace sluice::test {

// The same rules by the plainest means: each rule is walked for each row, cells are texts that are
// read again each time.
class RuleOracle {
public:
    RuleOracle(const RuleModel& model, const RuleTable& table)
        : m_model{model}
        , m_table{table}
    {
    }

    struct Answer {
        RuleOutcome outcome{RuleOutcome::NotChecked};
        std::uint64_t failingRows{0};
        std::uint64_t firstLine{0};
    };

    Answer answer(const Rule& rule) const
    {
        Answer answer;
        answer.outcome = standing(rule);
        if (answer.outcome != RuleOutcome::Pass || rule.keyword == RuleKeyword::May)
            return answer;
        for (std::size_t row = 0; row < m_table.rows.size(); ++row) {
            const bool distinct = rule.requirement.function == CheckFunction::CheckDistinctCount;
            if (distinct ? !applies(rule, row) || distinctHolds(rule, row) : holds(rule, row))
                continue;
            answer.outcome = RuleOutcome::Fail;
            ++answer.failingRows;
            if (answer.firstLine == 0)
                answer.firstLine = row + 2;
        }
        return answer;
    }

private:
    enum class Standing { Decides, Moot, Unchecked };

    std::optional<std::string> cell(const std::string& column, std::size_t row) const
    {
        const auto at = std::find(m_table.columns.begin(), m_table.columns.end(), column);
        if (at == m_table.columns.end())
            return {};
        const std::string& text
            = m_table.rows[row][static_cast<std::size_t>(at - m_table.columns.begin())];
        return text.empty() || text == "NULL" ? std::nullopt : std::optional{text};
    }
    bool present(const std::string& column) const
    {
        return std::find(m_table.columns.begin(), m_table.columns.end(), column)
            != m_table.columns.end();
    }

    // What can be said of a rule without looking at a row: Pass here means that rows decide.
    RuleOutcome standing(const Rule& rule) const
    {
        if (!rule.notChecked.empty())
            return RuleOutcome::NotChecked;
        if (!present(rule.column))
            return RuleOutcome::NotApplicable;
        const bool distinct = rule.requirement.function == CheckFunction::CheckDistinctCount;
        if (distinct)
            return present(rule.requirement.columnA) && present(rule.requirement.columnB)
                ? RuleOutcome::Pass
                : RuleOutcome::NotApplicable;
        if (lacksColumn(rule.requirement))
            return RuleOutcome::NotApplicable;
        return standing(rule.requirement) == Standing::Decides ? RuleOutcome::Pass
                                                               : RuleOutcome::NotApplicable;
    }
    bool lacksColumn(const RuleCheck& check) const
    {
        for (const std::string& column : {check.columnA, check.columnB, check.columnC}) {
            if (!column.empty() && !present(column))
                return true;
        }
        return std::any_of(check.items.begin(), check.items.end(),
            [this](const RuleCheck& item) { return lacksColumn(item); });
    }
    Standing standing(const RuleCheck& check) const
    {
        if (check.function == CheckFunction::CheckModelRule) {
            const RuleOutcome part = standing(*m_model.find(check.rule));
            return part == RuleOutcome::Pass
                ? Standing::Decides
                : (part == RuleOutcome::NotChecked ? Standing::Unchecked : Standing::Moot);
        }
        if (check.items.empty())
            return Standing::Decides;
        std::set<Standing> parts;
        for (const RuleCheck& item : check.items)
            parts.insert(standing(item));
        if (check.function == CheckFunction::Or && parts.contains(Standing::Unchecked))
            return Standing::Unchecked;
        if (parts.contains(Standing::Decides))
            return Standing::Decides;
        return parts.contains(Standing::Unchecked) ? Standing::Unchecked : Standing::Moot;
    }

    bool applies(const Rule& rule, std::size_t row) const
    {
        return !rule.condition || evaluate(*rule.condition, row, true, true);
    }
    bool holds(const Rule& rule, std::size_t row) const
    {
        return rule.keyword == RuleKeyword::May || !applies(rule, row)
            || evaluate(rule.requirement, row, false, false);
    }
    bool distinctHolds(const Rule& rule, std::size_t row) const
    {
        const RuleCheck& check = rule.requirement;
        const auto a = cell(check.columnA, row);
        if (!a)
            return true;
        std::set<std::string> values;
        for (std::size_t other = 0; other < m_table.rows.size(); ++other) {
            const auto b = cell(check.columnB, other);
            if (b && cell(check.columnA, other) == a && applies(rule, other))
                values.insert(*b);
        }
        return static_cast<std::int64_t>(values.size()) == check.count;
    }

    bool evaluate(const RuleCheck& check, std::size_t row, bool condition, bool underOr) const
    {
        if (check.function == CheckFunction::CheckModelRule) {
            const Rule& part = *m_model.find(check.rule);
            return (!part.isRequired() && !underOr) || holds(part, row);
        }
        const bool isOr = check.function == CheckFunction::Or;
        if (isOr || check.function == CheckFunction::And) {
            for (const RuleCheck& item : check.items) {
                if (standing(item) == Standing::Decides
                    && evaluate(item, row, condition, underOr || isOr) == isOr)
                    return isOr;
            }
            return !isOr;
        }
        return leaf(check, row, condition);
    }

    bool leaf(const RuleCheck& check, std::size_t row, bool condition) const
    {
        const auto a = cell(check.columnA, row);
        const auto b = cell(check.columnB, row);
        switch (check.function) {
        case CheckFunction::CheckValue:
            return !check.value ? !a : (a ? equals(*a, check, !condition) : !condition);
        case CheckFunction::CheckNotValue:
            return !check.value ? a.has_value() : !a || !equals(*a, check, false);
        case CheckFunction::CheckSameValue:
            return a && b ? *a == *b : !condition;
        case CheckFunction::CheckNotSameValue:
            return a && b ? *a != *b : !condition;
        case CheckFunction::CheckGreaterOrEqualThanValue: {
            Decimal number;
            Decimal least;
            return a && tryParseDecimal(*a, number) && tryParseDecimal(*check.value, least)
                ? compare(number, least) >= 0
                : !condition;
        }
        case CheckFunction::TypeDecimal: {
            Decimal number;
            return a ? tryParseDecimal(*a, number) : !condition;
        }
        case CheckFunction::CheckAtLeastColumn: {
            Decimal left;
            Decimal right;
            return a && b && tryParseDecimal(*a, left) && tryParseDecimal(*b, right)
                ? compare(left, right) >= 0
                : !condition;
        }
        case CheckFunction::CheckNationalCurrency:
            return a ? isIso4217(*a) : !condition;
        default:
            return a ? isWellFormedString(*a) : !condition;
        }
    }
    static bool equals(const std::string& text, const RuleCheck& check, bool whenUnreadable)
    {
        Decimal number;
        Decimal wanted;
        if (!check.valueIsNumber)
            return text == *check.value;
        return tryParseDecimal(text, number) && tryParseDecimal(*check.value, wanted)
            ? compare(number, wanted) == 0
            : whenUnreadable;
    }

    const RuleModel& m_model;
    const RuleTable& m_table;
};

} // namespace sluice::test
