// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/RuleEffects.h"
#include "core/analytics/RulesetPreview.h"
#include "core/attribution/RulesetDiff.h"
#include "core/ledger/OrganisationHistory.h"
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

// A published version in full.
struct RulesetVersion {
    RulesetInfo info;
    Ruleset ruleset; // its rules in order, those that it extends at their end; `body` is the file
    std::vector<RulesetDays> days; // on which it rules
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
    // The newest one where no number is given. NotFound.
    Result<RulesetVersion> ruleset(std::optional<std::uint32_t> number) const;
    // What a version changed against another one. NotFound.
    Result<RulesetDiff> diff(std::uint32_t before, std::uint32_t after) const;
    // What the rules in force decide of the spend of a period (RuleEffects.h).
    Result<std::vector<RuleEffect>> effects(
        const SpendQuery& query, const Principal& principal, const TaskContext& context) const;
    // What became of each object that the principal may know of, day by day.
    Result<std::vector<OrganisationStep>> history(
        const Principal& principal, const TaskContext& context) const;
    // The money that would change hands if it were published so, as far as the principal sees it.
    Result<std::vector<MovedAmount>> previewRuleset(const std::string& json,
        const std::string& fileName, std::optional<BusinessDate> effectiveFrom,
        const Principal& principal, const TaskContext& context) const;

private:
    Workspace& m_workspace;
};

} // namespace sluice
