// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleWaiver.h"

namespace sluice {

bool isWaived(const RuleResult& result, const Profile& profile)
{
    const bool derived = profile.derives(result.column);
    if (result.level == RuleLevel::Finding)
        return derived || profile.waivers.count(result.rule) > 0;
    return derived && (result.category == "Presence" || result.category == "Nullability");
}

} // namespace sluice
