// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/OwnershipService.h"

#include "core/analytics/RulesetPreview.h"
#include "core/attribution/KeyField.h"
#include "core/attribution/UnknownObjects.h"
#include "core/services/internal/WorkspaceState.h"
#include "core/store/tables/BatchTable.h"
#include "core/store/tables/OwnershipTable.h"

#include <algorithm>
#include <filesystem>
#include <set>

namespace sluice {
namespace {

// The fields that a rule reads.
std::set<std::string> fieldsOf(const AttributionRule& rule)
{
    std::set<std::string> fields;
    const auto addAll = [&fields](const std::map<Attribute, RuleValue>& assign) {
        for (const auto& assigned : assign)
            fields.insert(assigned.second.field);
    };
    for (const auto& clause : rule.when) {
        for (const RuleCondition& condition : clause)
            fields.insert(condition.field);
    }
    addAll(rule.assign);
    for (const RuleShare& share : rule.split)
        addAll(share.assign);
    return fields;
}

// Refuses rules on what is a detail of the single charge in this ledger. Those of an extended
// ruleset stay: they are written for all ledgers.
Status requireKeyFields(Connection& connection, const Ruleset& ruleset, const std::string& fileName)
{
    SLUICE_TRY(const std::vector<DemotedField> demoted, readDemotedFields(connection));
    for (const AttributionRule& rule : ruleset.rules) {
        if (rule.line == 0 || demoted.empty())
            continue;
        for (const std::string& field : fieldsOf(rule)) {
            const auto detail = std::find_if(demoted.begin(), demoted.end(),
                [&field](const DemotedField& d) { return isSameField(d.field, field); });
            if (detail != demoted.end())
                return Error{ErrorCode::BadInput, fileName + ", line " + std::to_string(rule.line),
                    "the rule '" + rule.id + "' reads '" + field
                        + "', which has too many values in source " + detail->source
                        + " since batch " + detail->sincePublicId
                        + ": there it is a detail of the single charge, and rules test the charge key only",
                    "Let the rule read another field"};
        }
    }
    return Status::success();
}

} // namespace

Result<std::uint64_t> OwnershipService::importOrganisation(const std::string& csv,
    const std::string& fileName, const Principal& principal, const TaskContext&)
{
    SLUICE_TRY_DO(Workspace::State::requireChange(principal));
    SLUICE_TRY(const Organisation organisation, parseOrganisationCsv(csv, fileName));
    if (organisation.units.empty() && organisation.people.empty()
        && organisation.costCentres.empty() && organisation.workflows.empty())
        return Error{ErrorCode::BadInput, fileName,
            "it has a header and no rows, and would leave the ledger without an organisation",
            "Export the organisation again"};
    Workspace::State& state = m_workspace.state();
    return state.commit("ImportOrganisation", principal,
        [&](Connection& connection, std::uint64_t revision) -> Result<JsonValue> {
            SLUICE_TRY(const auto previous, readOrganisation(connection, revision));
            StoredText stored;
            stored.number = previous ? previous->number + 1 : 1;
            stored.publishedAt = state.environment.clock.now();
            stored.revision = revision;
            stored.body = csv;
            stored.sha256 = sha256(csv);
            SLUICE_TRY_DO(insertOrganisation(connection, stored));
            JsonValue payload = JsonValue::object();
            payload.set("version", static_cast<std::int64_t>(stored.number));
            payload.set("sha256", toHex(stored.sha256));
            payload.set("units", static_cast<std::int64_t>(organisation.units.size()));
            payload.set("people", static_cast<std::int64_t>(organisation.people.size()));
            return payload;
        });
}

Result<std::shared_ptr<const Organisation>> OwnershipService::organisation(
    const Principal& principal, const TaskContext& context) const
{
    Workspace::State& state = m_workspace.state();
    if (!principal.seesEverything()) {
        SLUICE_TRY(const auto snapshot, m_workspace.snapshot(principal, {}, context));
        return snapshot->organisation;
    }
    SLUICE_TRY(ReadPool::Lease lease, state.readers->acquire());
    return loadOrganisation(lease.connection(), state.revision);
}

Result<PublishedRuleset> OwnershipService::publishRuleset(const std::string& json,
    const std::string& fileName, std::optional<BusinessDate> effectiveFrom,
    const Principal& principal, const TaskContext&)
{
    SLUICE_TRY_DO(Workspace::State::requireChange(principal));
    SLUICE_TRY(const Ruleset ruleset, parseRuleset(json, fileName));
    Workspace::State& state = m_workspace.state();
    SLUICE_TRY(const std::vector<RulesetInfo> known, rulesets());
    if (!known.empty() && known.back().sha256 == sha256(json)
        && known.back().effectiveFrom == effectiveFrom.value_or(ruleset.effectiveFrom))
        return PublishedRuleset{known.back(), {}, {}, false};
    StoredText stored;
    std::vector<RulesetDays> replaces;
    std::vector<RulesetRemark> remarks = checkRuleset(json).remarks;
    auto published = state.commit("PublishRuleset", principal,
        [&](Connection& connection, std::uint64_t revision) -> Result<JsonValue> {
            SLUICE_TRY_DO(requireKeyFields(connection, ruleset, fileName));
            SLUICE_TRY(const std::vector<Ruleset> previous, loadRulesets(connection, revision));
            stored.number = previous.empty() ? 1 : previous.back().number + 1;
            stored.name = ruleset.name.empty() ? std::filesystem::path{fileName}.stem().string()
                                               : ruleset.name;
            stored.effectiveFrom = effectiveFrom.value_or(ruleset.effectiveFrom);
            stored.publishedAt = state.environment.clock.now();
            stored.revision = revision;
            stored.body = json;
            stored.sha256 = sha256(json);
            SLUICE_TRY_DO(insertRuleset(connection, stored));
            replaces = rulesetsFrom(previous, stored.effectiveFrom);
            SLUICE_TRY(const auto organisation, loadOrganisation(connection, revision));
            for (RulesetRemark& remark : unknownObjects(ruleset, *organisation))
                remarks.push_back(std::move(remark));
            JsonValue payload = JsonValue::object();
            payload.set("number", static_cast<std::int64_t>(stored.number));
            payload.set("name", stored.name);
            payload.set("effective_from", stored.effectiveFrom.toIso());
            payload.set("sha256", toHex(stored.sha256));
            return payload;
        });
    if (!published.ok())
        return std::move(published).error();
    return PublishedRuleset{{stored.number, stored.name, stored.effectiveFrom, stored.publishedAt,
                                ruleset.rules.size(), stored.sha256},
        std::move(replaces), std::move(remarks), true};
}

Result<std::vector<RulesetInfo>> OwnershipService::rulesets() const
{
    Workspace::State& state = m_workspace.state();
    SLUICE_TRY(ReadPool::Lease lease, state.readers->acquire());
    SLUICE_TRY(
        const std::vector<StoredText> stored, readRulesets(lease.connection(), state.revision));
    SLUICE_TRY(const std::vector<Ruleset> parsed, loadRulesets(lease.connection(), state.revision));
    std::vector<RulesetInfo> infos;
    for (std::size_t i = 0; i < stored.size(); ++i)
        infos.push_back({stored[i].number, stored[i].name, stored[i].effectiveFrom,
            stored[i].publishedAt, parsed[i].rules.size(), stored[i].sha256});
    return infos;
}

Result<RulesetVersion> OwnershipService::ruleset(std::optional<std::uint32_t> number) const
{
    SLUICE_TRY(const std::vector<RulesetInfo> infos, rulesets());
    const auto info = number ? std::ranges::find(infos, *number, &RulesetInfo::number)
        : infos.empty()      ? infos.end()
                             : std::prev(infos.end());
    if (info == infos.end())
        return Error{ErrorCode::NotFound, {},
            "there is no ruleset " + (number ? std::to_string(*number) : std::string{}),
            "`sluice-cli rules list LEDGER` lists them"};
    Workspace::State& state = m_workspace.state();
    SLUICE_TRY(ReadPool::Lease lease, state.readers->acquire());
    SLUICE_TRY(std::vector<Ruleset> parsed, loadRulesets(lease.connection(), state.revision));
    RulesetVersion version;
    version.info = *info;
    for (const RulesetDays& days : rulesetsFrom(parsed, Effective{}.from)) {
        if (days.number == info->number)
            version.days.push_back(days);
    }
    version.ruleset = std::move(parsed[static_cast<std::size_t>(info - infos.begin())]);
    return version;
}

Result<RulesetDiff> OwnershipService::diff(std::uint32_t before, std::uint32_t after) const
{
    SLUICE_TRY(const RulesetVersion old, ruleset(before));
    SLUICE_TRY(const RulesetVersion fresh, ruleset(after));
    return rulesetDiff(old.ruleset, fresh.ruleset);
}

Result<std::vector<RuleEffect>> OwnershipService::effects(
    const SpendQuery& query, const Principal& principal, const TaskContext& context) const
{
    SLUICE_TRY(const auto whole, m_workspace.snapshot(Principal::owner(), {}, context));
    return ruleEffects(*whole, query, principal, context);
}

Result<std::vector<OrganisationStep>> OwnershipService::history(
    const Principal& principal, const TaskContext& context) const
{
    SLUICE_TRY(const auto known, organisation(principal, context));
    return organisationHistory(*known);
}

Result<std::vector<MovedAmount>> OwnershipService::previewRuleset(const std::string& json,
    const std::string& fileName, std::optional<BusinessDate> effectiveFrom,
    const Principal& principal, const TaskContext& context) const
{
    SLUICE_TRY(Ruleset draft, parseRuleset(json, fileName));
    Workspace::State& state = m_workspace.state();
    SLUICE_TRY(const auto whole, m_workspace.snapshot(Principal::owner(), {}, context));
    std::vector<Ruleset> rulesets;
    {
        SLUICE_TRY(ReadPool::Lease lease, state.readers->acquire());
        SLUICE_TRY_DO(requireKeyFields(lease.connection(), draft, fileName));
        SLUICE_TRY(rulesets, loadRulesets(lease.connection(), whole->revision));
    }
    draft.number = rulesets.empty() ? 1 : rulesets.back().number + 1;
    draft.effectiveFrom = effectiveFrom.value_or(draft.effectiveFrom);
    rulesets.push_back(std::move(draft));
    SLUICE_TRY(AttributionTable after,
        attribute(*whole->keys, rulesets, *whole->organisation, std::nullopt, context));
    return movedAmounts(
        *whole, std::make_shared<const AttributionTable>(std::move(after)), principal, context);
}

} // namespace sluice
