// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/RulesetPreview.h"
#include "core/services/Workspace.h"

namespace sluice {

struct RulesetInfo {
    std::uint32_t number{0};
    std::string name;
    BusinessDate effectiveFrom;
    Timestamp publishedAt;
    std::size_t rules{0};
    Sha256 sha256{};
};

struct PublishedRuleset {
    RulesetInfo ruleset;
    // the versions whose days it took over, from its first day on
    std::vector<RulesetDays> replaces;
    // what looks unintended, objects that the organisation does not have among it
    std::vector<RulesetRemark> remarks;
    // false: the newest version says the same from the same day on, so nothing was published
    bool isNew{true};
};

// Whose spend is it: the organisation and the rulesets. Each change is a command with an event.
class OwnershipService {
public:
    explicit OwnershipService(Workspace& workspace)
        : m_workspace{workspace}
    {
    }

    Result<std::uint64_t> importOrganisation(const std::string& csv, const std::string& fileName,
        const Principal& principal, const TaskContext& context);
    // What the principal may know of it (ScopedOrganisation.h).
    Result<std::shared_ptr<const Organisation>> organisation(
        const Principal& principal, const TaskContext& context) const;

    // It rules from `effectiveFrom` (else the file's day) on, also where older versions begin
    // later.
    Result<PublishedRuleset> publishRuleset(const std::string& json, const std::string& fileName,
        std::optional<BusinessDate> effectiveFrom, const Principal& principal,
        const TaskContext& context);
    Result<std::vector<RulesetInfo>> rulesets() const;
    // The money that would change hands if it were published so, as far as the principal sees it.
    Result<std::vector<MovedAmount>> previewRuleset(const std::string& json,
        const std::string& fileName, std::optional<BusinessDate> effectiveFrom,
        const Principal& principal, const TaskContext& context) const;

private:
    Workspace& m_workspace;
};

} // namespace sluice
