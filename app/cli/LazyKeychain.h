// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/security/KeychainVault.h"

#include <memory>

class QCoreApplication;

namespace sluice {

// The desktop's keychain for a program without a window. What it needs of Qt is started when it is
// first asked: most runs never do, and it would set the process's locale.
class LazyKeychain final : public KeyVault {
public:
    LazyKeychain();
    ~LazyKeychain() override;

    Status store(const std::string& name, const SecureBytes& secret) override;
    Result<SecureBytes> load(const std::string& name) override;
    Status remove(const std::string& name) override;

private:
    KeychainVault& vault();

    std::unique_ptr<QCoreApplication> m_application;
    KeychainVault m_vault;
};

} // namespace sluice
