// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/LazyKeychain.h"

#include <QCoreApplication>

#include <clocale>

namespace sluice {

LazyKeychain::LazyKeychain() = default;
LazyKeychain::~LazyKeychain() = default;

KeychainVault& LazyKeychain::vault()
{
    if (!m_application && QCoreApplication::instance() == nullptr) {
        static int count = 1;
        static char name[] = "sluice-cli";
        static char* words[] = {name, nullptr};
        m_application = std::make_unique<QCoreApplication>(count, words);
        std::setlocale(LC_ALL, "C"); // numbers and messages do not follow the desktop
    }
    return m_vault;
}

Status LazyKeychain::store(const std::string& name, const SecureBytes& secret)
{
    return vault().store(name, secret);
}

Result<SecureBytes> LazyKeychain::load(const std::string& name)
{
    return vault().load(name);
}

Status LazyKeychain::remove(const std::string& name)
{
    return vault().remove(name);
}

} // namespace sluice
