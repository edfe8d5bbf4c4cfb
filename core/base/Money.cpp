// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Money.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace sluice {
namespace {

Error mixed(Currency a, Currency b)
{
    return {ErrorCode::Usage, {},
        std::string{a.code()} + " and " + std::string{b.code()} + " do not add up",
        "Convert one of them first"};
}

} // namespace

Result<Money> Money::fromDecimal(const Decimal& value, Currency currency)
{
    Int128 units = 0;
    if (!rescale(value, currency.scale(), Rounding::HalfEven, units) || !fitsInt64(units))
        return Error{ErrorCode::Overflow, {},
            sluice::toString(value) + " is more than the ledger can hold in "
                + std::string{currency.code()},
            {}};
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
        return Error{
            ErrorCode::Overflow, {}, "the difference is more than the ledger can hold", {}};
    return Money{difference, m_currency};
}

std::string amountText(Int128 units, Currency currency)
{
    return toString(Decimal{units, currency.scale()});
}

std::vector<std::int64_t> allocate(std::int64_t units, std::span<const std::uint32_t> weights)
{
    std::vector<std::int64_t> parts(weights.size());
    allocate(units, weights, parts);
    return parts;
}

void allocate(
    std::int64_t units, std::span<const std::uint32_t> weights, std::span<std::int64_t> parts)
{
    const auto total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
    SLUICE_CHECK(total > 0 && parts.size() == weights.size());
    struct Rest {
        std::uint64_t remainder{0};
        std::size_t index{0};
    };
    std::array<Rest, 16> few;
    std::vector<Rest> many(weights.size() > few.size() ? weights.size() : 0);
    const std::span<Rest> rests
        = many.empty() ? std::span<Rest>{few}.first(weights.size()) : std::span<Rest>{many};
    const bool negative = units < 0;
    const std::uint64_t size
        = negative ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
    // products fit 64 bits: far faster
    const bool narrow = size <= std::numeric_limits<std::uint64_t>::max() / total;
    std::uint64_t left = size;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        std::uint64_t part = 0;
        if (narrow) {
            part = size * weights[i] / total;
            rests[i] = {size * weights[i] % total, i};
        } else {
            const UInt128 product = static_cast<UInt128>(size) * weights[i];
            part = static_cast<std::uint64_t>(product / total);
            rests[i] = {static_cast<std::uint64_t>(product % total), i};
        }
        left -= part;
        parts[i] = static_cast<std::int64_t>(negative ? 0 - part : part);
    }
    if (left == 0)
        return;
    std::sort(rests.begin(), rests.end(), [](const Rest& a, const Rest& b) {
        return a.remainder != b.remainder ? a.remainder > b.remainder : a.index < b.index;
    });
    for (std::size_t i = 0; i < left; ++i)
        parts[rests[i].index] += negative ? -1 : 1;
}

std::vector<std::int64_t> allocateInTurn(
    std::int64_t units, std::span<const std::uint32_t> weights, std::uint64_t turn)
{
    // Multiples of the golden ratio, whose fractions fill [0, 1) evenly from any turn on.
    constexpr std::uint64_t GoldenFraction = 0x9E3779B97F4A7C15ULL;
    const auto total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
    SLUICE_CHECK(total > 0);
    const UInt128 offset = static_cast<UInt128>(turn * GoldenFraction) * total; // in 2^-64
    const bool negative = units < 0;
    const std::uint64_t size
        = negative ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
    std::vector<std::int64_t> parts;
    parts.reserve(weights.size());
    std::uint64_t given = 0;
    std::uint64_t before = 0; // weight of the parts so far
    // The amount up to a part, moved by the offset and rounded down: its steps are the parts.
    for (const std::uint32_t weight : weights) {
        before += weight;
        const UInt128 product = static_cast<UInt128>(size) * before;
        const UInt128 rest = (product % total) << 64;
        const std::uint64_t upTo = static_cast<std::uint64_t>(product / total)
            + (rest + offset >= static_cast<UInt128>(total) << 64 ? 1 : 0);
        const std::uint64_t part = upTo - given;
        parts.push_back(static_cast<std::int64_t>(negative ? 0 - part : part));
        given = upTo;
    }
    return parts;
}

} // namespace sluice
