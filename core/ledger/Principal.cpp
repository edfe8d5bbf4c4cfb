// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/Principal.h"

#include <algorithm>
#include <array>

namespace sluice {
namespace {

constexpr std::array<std::string_view, 6> Names{
    "Admin", "Finance", "Department", "Procurement", "Engineering", "Auditor"};

} // namespace

std::string_view roleName(Role role)
{
    return Names[static_cast<std::size_t>(role)];
}

Result<Role> parseRole(std::string_view name)
{
    const auto* const found = std::find(Names.begin(), Names.end(), name);
    if (found != Names.end())
        return static_cast<Role>(found - Names.begin());
    return Error{ErrorCode::BadInput, {}, "'" + std::string{name} + "' is not a role",
        "Use one of Admin, Finance, Department, Procurement, Engineering, Auditor"};
}

bool Principal::has(Role role) const noexcept
{
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool Principal::seesEverything() const noexcept
{
    return has(Role::Finance) || has(Role::Admin) || has(Role::Auditor);
}

bool Principal::mayChange() const noexcept
{
    return (has(Role::Finance) || has(Role::Admin)) && !has(Role::Auditor);
}

} // namespace sluice
