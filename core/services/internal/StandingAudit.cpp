// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/StandingAudit.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace sluice {
namespace {

bool brings(const Batch& batch, const Scope& wanted)
{
    return std::ranges::any_of(
        batch.scopes, [&wanted](const Scope& scope) { return takesPlaceOf(scope, wanted); });
}

class SupersessionAudit {
public:
    SupersessionAudit(const std::vector<StoredBatch>& batches, AuditCheck& check)
        : m_check{check}
    {
        for (const StoredBatch& stored : batches) {
            m_batches[stored.batch.id] = &stored.batch;
            m_generations[stored.batch.publicId].push_back(stored.batch.id);
        }
    }

    void add(const StoredSupersession& supersession)
    {
        const auto old = m_batches.find(supersession.scope.batch);
        const auto by = m_batches.find(supersession.by);
        if (old == m_batches.end() || by == m_batches.end()
            || supersession.scope.ordinal >= old->second->scopes.size())
            return; // a reference to nothing, which is a fault of its own
        m_superseded.insert(supersession.scope);
        const Batch& batch = *old->second;
        const Scope& scope = batch.scopes[supersession.scope.ordinal];
        const std::string what = batch.publicId + ", " + scopeLabel(scope);
        const bool gaveWayAtOnce = by->second->id < batch.id;
        if (by->second->id == batch.id || (gaveWayAtOnce && !isRetryBehind(batch, *by->second)))
            m_check.fault(what + ": it gave way to batch " + by->second->publicId
                + ", which did not come after it");
        else if (supersession.revision != (gaveWayAtOnce ? batch : *by->second).revision)
            m_check.fault(what + ": it gave way in revision "
                + std::to_string(supersession.revision) + ", in which no batch took its place");
        // What is read once more may turn out to be of other accounts and periods, and a longer
        // period takes in shorter ones.
        const bool hasPlace = std::ranges::any_of(by->second->scopes, [&](const Scope& newer) {
            return placeOf(*by->second, newer) == placeOf(batch, scope);
        });
        if (!hasPlace)
            m_moved.insert(placeOf(batch, scope));
        // A retry takes the place of all that it read before.
        if (by->second->publicId != batch.publicId && !brings(*by->second, scope))
            m_check.fault(what + ": it gave way to batch " + by->second->publicId
                + ", which does not bring it");
    }

    void finish()
    {
        std::map<Place, const Batch*> delivered;
        std::set<Place> counting;
        for (const auto& [id, batch] : m_batches) {
            const bool readAgain = m_generations[batch->publicId].back() != id;
            bool counts = false;
            for (std::uint32_t ordinal = 0; ordinal < batch->scopes.size(); ++ordinal) {
                const Place place = placeOf(*batch, batch->scopes[ordinal]);
                delivered[place] = batch;
                if (m_superseded.count({id, ordinal}) > 0)
                    continue;
                counting.insert(place);
                counts = true;
            }
            if (readAgain && counts)
                m_check.fault(
                    batch->publicId + " was read once more, and what it gave before still counts");
        }
        for (const auto& [place, batch] : delivered) {
            if (counting.count(place) == 0 && m_moved.count(place) == 0)
                m_check.fault(std::get<2>(place) + ", " + std::get<3>(place)
                    + ": nothing of it counts, though batch " + batch->publicId + " brought it");
        }
    }

private:
    using Place = std::tuple<std::string, BatchKind, std::string, std::string>;

    static Place placeOf(const Batch& batch, const Scope& scope)
    {
        return {batch.source, batch.kind, scope.billingAccount,
            billingPeriodLabel(scope.periodStart, scope.periodEnd)};
    }

    // Whether `batch` reads again what was first read before `newer` came: a retry never takes the
    // place of what was delivered since.
    [[nodiscard]] bool isRetryBehind(const Batch& batch, const Batch& newer) const
    {
        return newer.publicId != batch.publicId
            && m_generations.at(batch.publicId).front() < newer.id;
    }

    AuditCheck& m_check;
    std::map<BatchRowId, const Batch*> m_batches;
    std::map<std::string, std::vector<BatchRowId>> m_generations; // by public id, oldest first
    std::set<ScopeRef> m_superseded;
    std::set<Place> m_moved;
};

} // namespace

void auditSupersessions(const std::vector<StoredBatch>& batches,
    const std::vector<StoredSupersession>& supersessions, AuditCheck& check)
{
    SupersessionAudit audit{batches, check};
    for (const StoredSupersession& supersession : supersessions)
        audit.add(supersession);
    audit.finish();
}

void auditStandingScopes(
    const std::vector<StoredBatch>& batches, const std::vector<bool>& added, AuditCheck& check)
{
    struct Standing {
        const Batch* batch{nullptr};
        const Scope* scope{nullptr};
    };
    using Account = std::tuple<std::string, BatchKind, std::string>; // source, kind, account
    std::map<Account, std::vector<Standing>> accounts;
    std::map<std::string, const Batch*> newest; // reading of a delivery, by public id
    for (const StoredBatch& stored : batches)
        newest[stored.batch.publicId] = &stored.batch;
    std::set<Account> sideBySide;
    for (const auto& [id, batch] : newest) {
        for (const Scope& scope : batch->scopes) {
            if (isBilledSideBySide(*batch, scope.billingAccount))
                sideBySide.insert({batch->source, batch->kind, scope.billingAccount});
        }
    }
    for (std::size_t i = 0; i < added.size(); ++i) {
        const Batch& batch = batches[i].batch;
        for (const Scope& scope : batch.scopes) {
            if (scope.supersededBy.empty() && !added[i])
                accounts[{batch.source, batch.kind, scope.billingAccount}].push_back(
                    {&batch, &scope});
        }
    }
    for (auto& [account, standing] : accounts) {
        std::ranges::sort(standing, {}, [](const Standing& s) { return s.scope->periodStart; });
        for (std::size_t i = 0; i < standing.size(); ++i) {
            const Standing& one = standing[i];
            for (std::size_t j = i + 1; j < standing.size()
                 && standing[j].scope->periodStart
                     < one.scope->periodEnd + Timestamp::SecondsPerDay;
                 ++j) {
                const Standing& other = standing[j];
                if (one.batch != other.batch
                    && (sideBySide.count(account) > 0
                            ? isSamePeriod(*one.scope, *other.scope)
                            : periodRelation(*one.scope, *other.scope) != PeriodRelation::Apart))
                    check.fault(scopeLabel(*other.scope) + " counts twice: in batch "
                        + one.batch->publicId + " and in batch " + other.batch->publicId);
            }
        }
    }
}

void auditDeliveries(
    const std::vector<StoredBatch>& batches, const std::vector<bool>& added, AuditCheck& check)
{
    std::map<std::string, std::size_t> last; // by source
    for (std::size_t i = 0; i < added.size(); ++i)
        last[batches[i].batch.source] = i;
    for (const auto& [source, index] : last) {
        const Batch& batch = batches[index].batch;
        if (batch.appends != added[index])
            check.fault("the deliveries of source '" + source + "' "
                + (batch.appends ? "add to what is there" : "take the place of what is there")
                + ", unlike what was recorded with batch " + batch.publicId);
    }
}

} // namespace sluice
