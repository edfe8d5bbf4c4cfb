// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Currency.h"
#include "core/base/Decimal.h"
#include "ui/kit/NumberSigns.h"

#include <QString>

#include <atomic>
#include <memory>
#include <optional>

namespace sluice::ui {

// Writes exact amounts for people: digits in groups, always the currency's own exponent (JPY 0, KWD
// 3), rounded half up. QLocale::toCurrencyString is not used: in Qt 6.4 it loses cents and mixes
// signs between locales. An amount is a whole number of the currency's scale, as everywhere. A copy
// writes as the original does, also after setSigns() of either: who shows amounts then shows them
// anew. Any thread.
class MoneyText {
public:
    MoneyText()
        : MoneyText{NumberSigns{}}
    {
    }
    explicit MoneyText(NumberSigns signs)
        : m_shared{std::make_shared<Shared>()}
    {
        setSigns(std::move(signs));
    }
    void setSigns(NumberSigns signs) // of all copies
    {
        m_shared->store(std::make_shared<const NumberSigns>(std::move(signs)));
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

    // Reads back what plain(), exact(), withCode() and decimal() print, also with a blank (U+00A0,
    // U+202F) or an apostrophe (U+2019) as group sign, with a trailing minus, or in parentheses.
    // Groups have to be whole: "1.5" is no fifteen where the point groups. Nothing for what is no
    // number, and for what says less than a number ("<0.01", "—").
    [[nodiscard]] std::optional<Decimal> parse(const QString& text) const;
    // The same of percent() and change(), as a number of hundredths: "3.4 %" is 3.4.
    [[nodiscard]] std::optional<Decimal> parsePercent(const QString& text) const;

private:
    using Shared = std::atomic<std::shared_ptr<const NumberSigns>>;

    std::shared_ptr<Shared> m_shared;
};

// "USD"; "(no currency)" for a row that names none.
[[nodiscard]] QString currencyText(Currency currency);

// Steps of the diverging ramp (0 … 6) for a change from `before` to `now`; nothing when there is no
// base.
[[nodiscard]] std::optional<int> changeStep(Int128 now, Int128 before);

} // namespace sluice::ui
