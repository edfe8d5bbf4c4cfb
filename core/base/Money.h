// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Currency.h"
#include "core/base/Decimal.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sluice {

// A whole number of 10^-scale of one currency (Currency::scale: 10^-9, or 10^-6). No doubles in, no
// doubles out.
class Money {
public:
    constexpr Money() noexcept = default;
    constexpr Money(std::int64_t units, Currency currency) noexcept
        : m_units{units}
        , m_currency{currency}
    {
    }
    // Digits below the scale are rounded half-even; the caller keeps the residual (see residual()).
    static Result<Money> fromDecimal(const Decimal& value, Currency currency);
    static Result<Money> parse(std::string_view text, Currency currency);

    [[nodiscard]] constexpr std::int64_t units() const noexcept { return m_units; }
    [[nodiscard]] constexpr Currency currency() const noexcept { return m_currency; }
    [[nodiscard]] Decimal toDecimal() const noexcept { return {m_units, m_currency.scale()}; }
    // Exact decimal text without trailing zeros, no currency: "-12.5".
    [[nodiscard]] std::string toString() const { return sluice::toString(toDecimal()); }

    // Usage for another currency, Overflow beyond 64 bits.
    [[nodiscard]] Result<Money> plus(Money other) const;
    [[nodiscard]] Result<Money> minus(Money other) const;

    bool operator==(const Money&) const noexcept = default;

private:
    std::int64_t m_units{0};
    Currency m_currency;
};

// Text of an amount held as units of the currency's scale, for 128-bit sums.
std::string amountText(Int128 units, Currency currency);

// Splits `units` in proportion to `weights` (none negative, their sum positive) by largest
// remainder, ties to the earlier part: the parts add up to `units` exactly, whatever its sign.
std::vector<std::int64_t> allocate(std::int64_t units, std::span<const std::uint32_t> weights);
// The same into `parts`, as many as weights: for loops over millions of cells.
void allocate(
    std::int64_t units, std::span<const std::uint32_t> weights, std::span<std::int64_t> parts);
// The same for one of many amounts that are split alike, such as the charge of row `turn`: the
// parts add up to `units` exactly and each is the exact share rounded down or up, but which of them
// are rounded up changes from turn to turn, in proportion to what is below the unit. So the parts
// of many turns add up to about the exact share of the sum, where the largest remainder would
// favour the same part each time.
std::vector<std::int64_t> allocateInTurn(
    std::int64_t units, std::span<const std::uint32_t> weights, std::uint64_t turn);

} // namespace sluice
