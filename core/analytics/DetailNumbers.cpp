// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/DetailNumbers.h"

#include <algorithm>

namespace sluice {

namespace {

bool isDetail(const Dimension& dimension)
{
    return dimension.source == Dimension::Source::Detail;
}

std::string_view detailOf(const Dimension& dimension, const Charge& charge)
{
    return dimension.name == "invoice" ? charge.invoiceId : charge.resourceId;
}

} // namespace

DetailNumbers::DetailNumbers(const SpendQuery& query)
    : m_by{query.by}
    , m_amounts{query.amounts}
    , m_numbers(query.by.size())
{
    std::copy_if(query.where.begin(), query.where.end(), std::back_inserter(m_where),
        [](const DimensionFilter& filter) { return isDetail(filter.dimension); });
    m_asked
        = !m_where.empty() || !m_amounts.empty() || std::any_of(m_by.begin(), m_by.end(), isDetail);
}

bool DetailNumbers::wants(const Charge& charge) const
{
    return std::all_of(m_where.begin(), m_where.end(), [&](const DimensionFilter& filter) {
        return filter.wants(detailOf(filter.dimension, charge));
    });
}

bool DetailNumbers::wantsAmount(std::int64_t amount, Currency currency) const
{
    return std::all_of(m_amounts.begin(), m_amounts.end(), [&](const AmountFilter& filter) {
        return filter.range.contains({amount, currency.scale()}) != filter.excludes;
    });
}

std::uint32_t DetailNumbers::of(const Charge& charge)
{
    std::uint32_t number = 0;
    for (std::size_t by = 0; by < m_by.size(); ++by) {
        if (isDetail(m_by[by]))
            number = m_numbers[by].of(number, m_texts.intern(detailOf(m_by[by], charge)));
    }
    return number;
}

std::string_view DetailNumbers::value(std::size_t by, std::uint32_t number) const
{
    // A number is a pair of the number of the details before it and its own text.
    for (std::size_t at = m_by.size(); at-- > 0;) {
        if (!isDetail(m_by[at]))
            continue;
        const auto [before, text] = m_numbers[at].pair(number);
        if (at == by)
            return m_texts.text(text);
        number = before;
    }
    return {};
}

} // namespace sluice
