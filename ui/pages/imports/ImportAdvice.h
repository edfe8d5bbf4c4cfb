// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QString>

#include <vector>

namespace sluice::ui {

// What was refused: an import can be asked for in another way, a retry keeps what its batch came
// in as.
enum class Refused : std::uint8_t { Import, Retry };

// What the window can do about a refusal, or about a file that does not count any more; each is a
// button.
enum class ImportOffer : std::uint8_t { Mapping, ReplaceAnyway, Source, BringBack };
[[nodiscard]] QString offerText(ImportOffer offer);

// A refusal as the window says it. Where the error's advice names an option of the command line it
// names the button instead; advice that cannot be followed here is left out.
struct ImportAdvice {
    Error error;
    std::vector<ImportOffer> offers; // two at most
    QString source; // that the advice says; empty: any other

    static ImportAdvice of(const Error& error, Refused what);
};

} // namespace sluice::ui
