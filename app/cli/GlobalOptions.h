// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Output.h"

#include <string>

namespace sluice {

// The options that every verb has.
struct GlobalOptions {
    std::string passphraseFile;
    std::string keyFile;
    std::string recoveryCodeFile;
    std::string person;
    bool quiet{false};
    bool noProgress{false};
    bool json{false};
    bool csv{false};

    [[nodiscard]] OutputFormat format() const noexcept
    {
        return json ? OutputFormat::Json : csv ? OutputFormat::Csv : OutputFormat::People;
    }
};

} // namespace sluice
