// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Money.h"

#include <algorithm>
#include <numeric>

namespace sluice {
namespace {

    Error mixed(Currency a, Currency b)
    {
        return {ErrorCode::Usage, {}, std::string{a.code()} + " and " + std::string{b.code()} + " do not add up",
            "Convert one of them first"};
    }

} // namespace

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
    std::int64_t sum = 0;
    if (m_currency != other.m_currency)
        return mixed(m_currency, other.m_currency);
    if (__builtin_add_overflow(m_units, other.m_units, &sum))
        return Error{ErrorCode::Overflow, {}, "the sum is more than the ledger can hold", {}};
    return Money{sum, m_currency};
}

Result<Money> Money::minus(Money other) const
{
    std::int64_t difference = 0;
    if (m_currency != other.m_currency)
        return mixed(m_currency, other.m_currency);
    if (__builtin_sub_overflow(m_units, other.m_units, &difference))
        return Error{ErrorCode::Overflow, {}, "the difference is more than the ledger can hold", {}};
    return Money{difference, m_currency};
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
    std::vector<Int128> parts(weights.size());
    std::vector<std::uint64_t> remainders(weights.size());
    Int128 left = size;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Int128 product = size * weights[i];
        parts[i] = product / total;
        remainders[i] = static_cast<std::uint64_t>(product % total);
        left -= parts[i];
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; left > 0; ++i, --left)
        ++parts[order[i]];
    std::vector<std::int64_t> signedParts(parts.size());
    std::transform(parts.begin(), parts.end(), signedParts.begin(),
        [&](Int128 part) { return static_cast<std::int64_t>(units < 0 ? -part : part); });
    return signedParts;
}

} // namespace sluice
