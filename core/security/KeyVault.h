// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/base/SecureBytes.h"

#include <string>

namespace sluice {

// A place of the operating system that keeps small secrets for the person who is logged in. May
// wait for the person to unlock it, so never on the window's thread. Errors: Unavailable (no such
// place on this machine, or it stays locked), NotFound (load, remove), Io.
class KeyVault {
public:
    virtual ~KeyVault() = default;
    virtual Status store(const std::string& name, const SecureBytes& secret) = 0;
    virtual Result<SecureBytes> load(const std::string& name) = 0;
    virtual Status remove(const std::string& name) = 0;
};

} // namespace sluice
