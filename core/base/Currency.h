// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <array>
#include <compare>
#include <string_view>

namespace sluice {

// An ISO 4217 code in capitals. Virtual currencies ("credits") are not currencies here (FOCUS
// CurrencyFormat).
class Currency {
public:
    constexpr Currency() noexcept = default; // no currency: only for "not set"
    // Three letters A–Z; anything else is BadInput. Whether ISO lists the code is a rule's
    // business, not the type's.
    static Result<Currency> parse(std::string_view text);
    static consteval Currency literal(const char (&text)[4])
    {
        Currency currency;
        currency.m_code = {text[0], text[1], text[2]};
        return currency;
    }

    [[nodiscard]] std::string_view code() const noexcept
    {
        return {m_code.data(), isSet() ? m_code.size() : 0};
    }
    [[nodiscard]] bool isSet() const noexcept { return m_code[0] != '\0'; }
    // Digits after the point that the ledger keeps: 9, or 6 where the major unit is worth little
    // (resources/focus/low_value_currencies.txt). Fixed for a code for ever: stored amounts depend
    // on it.
    [[nodiscard]] int scale() const noexcept;

    // Digits after the point that people expect (ISO 4217 minor unit): JPY 0, USD 2, KWD 3.
    [[nodiscard]] int minorDigits() const noexcept;

    constexpr auto operator<=>(const Currency&) const noexcept = default;

private:
    std::array<char, 3> m_code{};
};

// The codes of ISO 4217 in use (resources/focus/currencies.txt); for the rule that asks.
bool isIso4217(std::string_view code);

} // namespace sluice
