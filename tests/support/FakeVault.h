// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/security/KeyVault.h"

#include <map>
#include <string>

namespace sluice::test {

// A keychain in memory; `available = false` is a machine without one.
class FakeVault final : public KeyVault {
public:
    Status store(const std::string& name, const SecureBytes& secret) override
    {
        if (!available)
            return missing();
        m_secrets.insert_or_assign(name, secret.clone());
        return Status::success();
    }
    Result<SecureBytes> load(const std::string& name) override
    {
        if (!available)
            return missing();
        const auto found = m_secrets.find(name);
        if (found == m_secrets.end())
            return Error{ErrorCode::NotFound, {}, "the keychain holds no such entry", {}};
        return found->second.clone();
    }
    Status remove(const std::string& name) override
    {
        if (!available)
            return missing();
        return m_secrets.erase(name) > 0
            ? Status::success()
            : Status{Error{ErrorCode::NotFound, {}, "the keychain holds no such entry", {}}};
    }
    [[nodiscard]] std::size_t size() const { return m_secrets.size(); }

    bool available{true};

private:
    static Error missing() { return {ErrorCode::Unavailable, {}, "there is no keychain", {}}; }
    std::map<std::string, SecureBytes> m_secrets;
};

} // namespace sluice::test
