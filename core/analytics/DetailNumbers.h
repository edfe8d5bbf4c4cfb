// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/GroupNumbers.h"
#include "core/analytics/SpendQuery.h"

#include <string_view>
#include <vector>

namespace sluice {

// Numbers the values that only charges know (resource, invoice) as a query asks for them, and
// filters by them and by the amount of a charge.
class DetailNumbers {
public:
    explicit DetailNumbers(const SpendQuery& query);

    [[nodiscard]] bool asked() const noexcept { return m_asked; } // by a dimension or by a filter
    [[nodiscard]] bool wants(const Charge& charge) const;
    // `amount`: what the principal sees of the charge, by the query's measure.
    [[nodiscard]] bool wantsAmount(std::int64_t amount, Currency currency) const;
    [[nodiscard]] std::uint32_t of(const Charge& charge);
    // The value of the query's dimension number `by` for a number that of() gave; empty for none.
    [[nodiscard]] std::string_view value(std::size_t by, std::uint32_t number) const;

private:
    std::vector<Dimension> m_by;
    std::vector<DimensionFilter> m_where;
    std::vector<AmountFilter> m_amounts;
    bool m_asked{false};
    Interner m_texts;
    std::vector<GroupNumbers> m_numbers; // one per detail dimension, by its place in the query
};

} // namespace sluice
