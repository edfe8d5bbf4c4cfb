// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace sluice {

// How a file writes its numbers where it does not write them as FOCUS does.
struct NumberNotation {
    char decimalPoint{'.'};
    char thousandsSeparator{'\0'}; // none; a blank always may be one

    [[nodiscard]] bool isPlain() const noexcept
    {
        return decimalPoint == '.' && thousandsSeparator == '\0';
    }

    // The number as FOCUS writes it, in `scratch`: without blanks and signs of currencies around it
    // and without separators between its groups. A separator anywhere but between groups of three
    // digits means that the number is written in another notation: what comes back is no number
    // then, so that 1.5 never becomes 15.
    std::string_view plain(std::string_view text, std::string& scratch) const;
};

} // namespace sluice
