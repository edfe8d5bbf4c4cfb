// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/base/SecureBytes.h"

#include <string>

namespace sluice {

// The passphrase in a file: its content without the line ends at its end. NotFound, Io, BadInput
// when it is empty or larger than a passphrase can be.
Result<SecureBytes> readPassphraseFile(const std::string& path);
// A raw 256-bit key in a file: 32 bytes, or 64 hex digits and perhaps a line end.
Result<SecureBytes> readKeyFile(const std::string& path);

// Whether a person can be asked: standard input is a terminal.
[[nodiscard]] bool canPrompt() noexcept;
// Asks on the terminal with echo off. BadInput when nothing was typed, Cancelled when the terminal
// closed.
Result<SecureBytes> promptPassphrase(const std::string& question);

} // namespace sluice
