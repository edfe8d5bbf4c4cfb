// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <string>
#include <vector>

namespace sluice {

enum class Role : std::uint8_t { Admin, Finance, Department, Procurement, Engineering, Auditor };
std::string_view roleName(Role role);
Result<Role> parseRole(std::string_view name);

// On whose behalf a service is called. Carried by every call; what is outside its scope is never
// loaded.
struct Principal {
    std::string person; // id; empty: the ledger's owner
    std::vector<Role> roles{Role::Finance};
    std::vector<std::string> scope; // root units; used only when !seesEverything()

    [[nodiscard]] bool has(Role role) const noexcept;
    // Finance, Admin and Auditor see all charges, the unowned ones included. Others see their
    // units' subtrees.
    [[nodiscard]] bool seesEverything() const noexcept;
    // Who has no unit sees what they own in person. The figures of a head are those of the units.
    [[nodiscard]] bool seesOwn() const noexcept { return scope.empty(); }
    // Finance and Admin may change the ledger (import, publish); an Auditor never.
    [[nodiscard]] bool mayChange() const noexcept;

    static Principal owner() { return {}; }
};

} // namespace sluice
