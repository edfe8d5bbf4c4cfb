// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Money.h"

#include <algorithm>
#include <numeric>

namespace sluice {

Result<Money> Money::fromDecimal(const Decimal& value, Currency currency)
{
    Int128 units = 0;
    if (!rescale(value, currency.scale(), Rounding::HalfEven, units) || !fitsInt64(units))
        return Error{ErrorCode::Overflow, {}, sluice::toString(value) + " is more than the ledger can hold in " + std::string{currency.code()}, {}};
    return Money{static_cast<std::int64_t>(units), currency};
}

Result<Money> Money::parse(std::string_view text, Currency currency)
{
    SLUICE_TRY(const Decimal value, parseDecimal(text));
    return fromDecimal(value, currency);
}

Result<Money> Money::plus(Money other) const
{
    if (m_currency != other.m_currency)
        return Error{ErrorCode::Usage, {}, std::string{m_currency.code()} + " and " + std::string{other.m_currency.code()} + " cannot be added", "Convert one of them first"};
    std::int64_t sum = 0;
    if (__builtin_add_overflow(m_units, other.m_units, &sum))
        return Error{ErrorCode::Overflow, {}, "the sum is more than the ledger can hold", {}};
    return Money{sum, m_currency};
}

Result<Money> Money::minus(Money other) const
{
    std::int64_t negated = 0;
    if (__builtin_sub_overflow(std::int64_t{0}, other.m_units, &negated))
        return Error{ErrorCode::Overflow, {}, "the difference is more than the ledger can hold", {}};
    return plus(Money{negated, other.m_currency});
}

std::string amountText(Int128 units, Currency currency)
{
    return toString(Decimal{units, currency.scale()});
}

std::vector<std::int64_t> allocate(std::int64_t units, std::span<const std::uint32_t> weights)
{
    const auto total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
    SLUICE_CHECK(total > 0);
    const Int128 size = units < 0 ? -static_cast<Int128>(units) : static_cast<Int128>(units);
    std::vector<std::int64_t> parts(weights.size());
    std::vector<std::uint64_t> remainders(weights.size());
    Int128 left = size;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Int128 product = size * weights[i];
        parts[i] = static_cast<std::int64_t>(product / total);
        remainders[i] = static_cast<std::uint64_t>(product % total);
        left -= parts[i];
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; left > 0; ++i, --left)
        ++parts[order[i]];
    if (units < 0)
        std::transform(parts.begin(), parts.end(), parts.begin(), [](std::int64_t p) { return -p; });
    return parts;
}

} // namespace sluice
