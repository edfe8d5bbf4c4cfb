// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Currency.h"
#include "core/base/Decimal.h"

#include <QFont>
#include <QLocale>
#include <QString>

#include <optional>

namespace sluice::ui {

// The signs of a locale that an amount is written with.
struct NumberSigns {
    QString group{QStringLiteral(",")};
    QString decimal{QStringLiteral(".")};
    QString minus{QStringLiteral("-")};

    // "−" (U+2212) only where the font has it: a substitute face would not line up.
    static NumberSigns of(const QLocale& locale, const QFont& font);
};

// Writes exact amounts for people: digits grouped in threes, always the currency's own exponent
// (JPY 0, KWD 3), rounded half up. QLocale::toCurrencyString is not used: in Qt 6.4 it loses cents
// and mixes signs between locales. An amount is a whole number of the currency's scale, as
// everywhere.
class MoneyText {
public:
    MoneyText() = default;
    explicit MoneyText(NumberSigns signs)
        : m_signs{std::move(signs)}
    {
    }

    // "71,012.35"; "0"; "<0.01" where rounding would show a zero that is none.
    [[nodiscard]] QString plain(Int128 units, Currency currency) const;
    // "USD 71,012.35".
    [[nodiscard]] QString withCode(Int128 units, Currency currency) const;
    // "71.0k", "1.2M": for tiles and headings; below 1,000 as plain without a fraction of zeros.
    [[nodiscard]] QString compact(Int128 units, Currency currency) const;
    [[nodiscard]] QString compactWithCode(Int128 units, Currency currency) const;
    // All digits that the ledger keeps, without trailing zeros: "0.000001234".
    [[nodiscard]] QString exact(Int128 units, Currency currency) const;
    // "12,345" and "12,345.5".
    [[nodiscard]] QString count(std::uint64_t number) const;
    [[nodiscard]] QString decimal(const Decimal& value) const;
    // The share as whole percent, one decimal under 10 %: "98 %", "3.4 %"; "—" when the whole is
    // zero.
    [[nodiscard]] QString percent(Int128 part, Int128 whole) const;
    // "+18 %", "−4 %", "±0 %"; "—" when there is no base or the base is negative, "n/m" beyond ±999
    // %.
    [[nodiscard]] QString change(Int128 now, Int128 before) const;

    // Reads back what plain() and exact() print, also with U+00A0, U+202F or ' as group, a trailing
    // minus, or parentheses.
    [[nodiscard]] std::optional<Decimal> parse(const QString& text) const;

private:
    [[nodiscard]] QString grouped(const QString& digits) const;
    [[nodiscard]] QString fixed(Int128 mantissa, int digits) const;

    NumberSigns m_signs;
};

// "USD"; "(no currency)" for a row that names none.
[[nodiscard]] QString currencyText(Currency currency);

// Steps of the diverging ramp (0 … 6) for a change from `before` to `now`; nothing when there is no
// base.
[[nodiscard]] std::optional<int> changeStep(Int128 now, Int128 before);

} // namespace sluice::ui
