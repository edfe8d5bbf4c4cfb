// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace sluice::ui {

enum class Strength : std::uint8_t { Empty, TooShort, Weak, Fair, Strong };

// A cautious estimate from length, kinds of characters and repetition: what repeats or follows the
// keyboard counts little. It errs on the low side and knows no dictionary, so it names no time to
// break.
struct PassphraseStrength {
    Strength strength{Strength::Empty};
    int bits{0};

    static PassphraseStrength of(const QString& passphrase);
    [[nodiscard]] bool isEnough() const { return strength >= Strength::Fair; }
    [[nodiscard]] QString text() const;
};

} // namespace sluice::ui
