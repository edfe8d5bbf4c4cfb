// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/Supersession.h"

#include "core/base/Money.h"

#include <algorithm>
#include <map>

namespace sluice {
namespace {

std::string scopeLabel(const Scope& scope)
{
    return scope.billingAccount + ", " + billingPeriodLabel(scope.periodStart, scope.periodEnd);
}

Int128 billedCost(const Scope& scope, Currency currency)
{
    const auto found = std::find_if(scope.totals.begin(), scope.totals.end(),
        [currency](const CurrencyTotals& t) { return t.currency == currency; });
    return found == scope.totals.end()
        ? 0
        : found->costs[static_cast<std::size_t>(Measure::BilledCost)];
}

// A bill that loses more than half of its money, or a credit that does. Nothing that becomes a
// bill, and no credit that becomes one, is less than it was.
bool isShrink(Int128 before, Int128 now)
{
    return before > 0 ? now * 2 < before : now < 0 && now * 2 > before;
}

} // namespace

Status Supersession::ofDelivery(Batch& batch) const
{
    for (Scope& scope : batch.scopes) {
        if (!batch.appends)
            SLUICE_TRY_DO(replace(batch, scope, m_standing.meeting(batch, scope)));
    }
    return Status::success();
}

Status Supersession::ofRetry(Batch& batch) const
{
    std::string newer;
    bool counts = false;
    for (std::uint32_t ordinal = 0; ordinal < batch.scopes.size(); ++ordinal) {
        Scope& scope = batch.scopes[ordinal];
        std::vector<StandingScopes::Standing> old = m_standing.meeting(batch, scope);
        std::vector<StandingScopes::Standing> own;
        std::copy_if(old.begin(), old.end(), std::back_inserter(own),
            [&batch](const auto& s) { return s.batch->publicId == batch.publicId; });
        const auto later = std::find_if(
            old.begin(), old.end(), [&](const auto& s) { return m_standing.isLater(s, batch); });
        if (!own.empty()) {
            SLUICE_TRY_DO(replace(batch, scope, own));
        } else if (later != old.end()) {
            // What was delivered since stands: a retry of the older file does not bring the older
            // figures back.
            newer = scope.supersededBy = later->batch->publicId;
            SLUICE_TRY_DO(insertSupersession(
                m_connection, {batch.id, ordinal}, later->batch->id, batch.revision));
            continue;
        } else if (!batch.appends) {
            SLUICE_TRY_DO(replace(batch, scope, old));
        }
        counts = true;
    }
    if (counts || newer.empty())
        return Status::success();
    return Error{ErrorCode::BadInput, {},
        "batch " + newer + " has taken its place since, so that a retry would change nothing",
        "Retry the rows of " + newer + ", if it has any in quarantine"};
}

Status Supersession::replace(
    Batch& batch, Scope& scope, const std::vector<StandingScopes::Standing>& old) const
{
    for (const StandingScopes::Standing& standing : old) {
        if (std::find(m_own.begin(), m_own.end(), standing.ref.batch) != m_own.end())
            return Error{ErrorCode::BadInput, {},
                "it brings the same billing account and period (" + scopeLabel(scope)
                    + ") as another file of this import, and only one of them can count",
                "Put the parts of one delivery into a folder and import that, or import a restatement on its own"};
    }
    SLUICE_TRY_DO(requireNotSmaller(scope, old));
    for (const StandingScopes::Standing& standing : old) {
        scope.supersedes = standing.batch->publicId;
        SLUICE_TRY_DO(insertSupersession(m_connection, standing.ref, batch.id, batch.revision));
    }
    return Status::success();
}

Status Supersession::requireNotSmaller(
    const Scope& scope, const std::vector<StandingScopes::Standing>& old) const
{
    if (m_replaceSmaller || old.empty())
        return Status::success();
    std::uint64_t rows = 0;
    std::map<Currency, Int128> money;
    for (const StandingScopes::Standing& standing : old) {
        rows += standing.scope->rows;
        for (const CurrencyTotals& totals : standing.scope->totals)
            money[totals.currency] += totals.costs[0];
    }
    std::string shrinks;
    if (scope.rows * 2 < rows)
        shrinks = std::to_string(scope.rows)
            + (scope.rows == 1 ? " row instead of " : " rows instead of ") + std::to_string(rows);
    for (const auto& [currency, before] : money) {
        const Int128 now = billedCost(scope, currency);
        if (isShrink(before, now))
            shrinks += (shrinks.empty() ? "" : ", ") + std::string{currency.code()} + " "
                + amountText(now, currency) + " billed instead of " + amountText(before, currency);
    }
    if (shrinks.empty())
        return Status::success();
    return Error{ErrorCode::SmallerDelivery, {},
        "it would shrink " + scopeLabel(scope) + " to less than half of what batch "
            + old.back().batch->publicId + " brought (" + shrinks + ")",
        "If the smaller file is right, say --replace-smaller"};
}

} // namespace sluice
