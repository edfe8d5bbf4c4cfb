// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/Supersession.h"

#include "core/base/Money.h"

#include <algorithm>

namespace sluice {
namespace {

// The money that a delivery is held to: what is owed, and what was used for it.
constexpr std::array Guarded{
    std::pair{Measure::BilledCost, "billed"}, std::pair{Measure::EffectiveCost, "effective"}};

std::map<Currency, std::array<Int128, MeasureCount>> costsOf(
    const std::vector<const Scope*>& scopes)
{
    std::map<Currency, std::array<Int128, MeasureCount>> costs;
    for (const Scope* scope : scopes) {
        for (const CurrencyTotals& totals : scope->totals) {
            for (std::size_t m = 0; m < MeasureCount; ++m)
                costs[totals.currency][m] += totals.costs[m];
        }
    }
    return costs;
}

// A bill that loses more than half of its money, or a credit that does. Nothing that becomes a
// bill, and no credit that becomes one, is less than it was.
bool isShrink(Int128 before, Int128 now)
{
    return before > 0 ? now * 2 < before : now <= 0 && now * 2 > before;
}

void add(std::string& list, const std::string& entry)
{
    list += (list.empty() ? "" : ", ") + entry;
}

// What is less than it was, in words; empty where nothing is.
std::string shrinksOf(const Scope& scope, const std::vector<const Scope*>& old)
{
    std::string shrinks;
    std::uint64_t rows = 0;
    for (const Scope* before : old)
        rows += before->rows;
    if (scope.rows * 2 < rows)
        add(shrinks,
            std::to_string(scope.rows) + (scope.rows == 1 ? " row" : " rows") + " instead of "
                + std::to_string(rows));
    const auto endsLater = [&scope](const Scope* before) {
        return before->periodEnd > scope.periodEnd + Timestamp::SecondsPerDay;
    };
    if (const auto later = std::ranges::find_if(old, endsLater); later != old.end())
        add(shrinks, scopeLabel(scope) + " instead of " + scopeLabel(**later));
    auto now = costsOf({&scope});
    for (const auto& [currency, before] : costsOf(old)) {
        for (const auto& [measure, word] : Guarded) {
            const auto m = static_cast<std::size_t>(measure);
            if (isShrink(before[m], now[currency][m]))
                add(shrinks,
                    std::string{currency.code()} + " " + amountText(now[currency][m], currency)
                        + " " + word + " instead of " + amountText(before[m], currency));
        }
    }
    return shrinks;
}

} // namespace

Status Supersession::ofDelivery(Batch& batch) const
{
    if (batch.appends)
        return Status::success();
    std::vector<Scope*> scopes;
    for (Scope& scope : batch.scopes)
        scopes.push_back(&scope);
    SLUICE_TRY(const Places taken, places(batch, scopes));
    return replace(batch, taken);
}

Status Supersession::ofRetry(Batch& batch) const
{
    const std::vector<Standing> own = m_standing.ownOf(batch);
    for (const Standing& standing : own) {
        SLUICE_TRY_DO(insertSupersession(m_connection, standing.ref, batch.id, batch.revision));
        for (Scope& scope : batch.scopes) {
            if (takesPlaceOf(scope, *standing.scope))
                scope.supersedes = batch.publicId;
        }
    }
    std::string newer;
    std::vector<Scope*> counting;
    for (std::uint32_t ordinal = 0; ordinal < batch.scopes.size(); ++ordinal) {
        Scope& scope = batch.scopes[ordinal];
        const std::vector<Standing> met = m_standing.meeting(batch, scope);
        const auto later = std::find_if(met.begin(), met.end(), [&](const Standing& standing) {
            return !batch.appends && m_standing.isLater(standing, batch)
                && standing.batch->publicId != batch.publicId
                && takesPlaceOf(*standing.scope, scope);
        });
        if (later == met.end()) {
            counting.push_back(&scope);
            continue;
        }
        // What was delivered since stands: a retry of the older file does not bring the older
        // figures back.
        newer = scope.supersededBy = later->batch->publicId;
        SLUICE_TRY_DO(insertSupersession(
            m_connection, {batch.id, ordinal}, later->batch->id, batch.revision));
    }
    if (own.empty() && counting.empty() && !newer.empty())
        return Error{ErrorCode::BadInput, {},
            "batch " + newer + " has taken its place since, so that a retry would change nothing",
            "Retry the rows of " + newer + ", if it has any in quarantine"};
    if (batch.appends)
        return Status::success();
    auto taken = places(batch, counting);
    if (!taken.ok()) { // a retry keeps its source
        Error error = std::move(taken).error();
        error.fix = "Give a mapping under which its rows have periods of their own";
        return error;
    }
    return replace(batch, *taken);
}

Result<Supersession::Places> Supersession::places(
    const Batch& batch, const std::vector<Scope*>& scopes) const
{
    Places places;
    std::set<ScopeRef> taken;
    // Of two that could take its place the one that has its period does.
    for (const PeriodRelation relation : {PeriodRelation::Same, PeriodRelation::Around}) {
        for (Scope* scope : scopes) {
            for (const Standing& old : m_standing.meeting(batch, *scope)) {
                if (old.batch->publicId != batch.publicId
                    && periodRelation(*scope, *old.scope) == relation
                    && taken.insert(old.ref).second)
                    places[scope].push_back(old);
            }
        }
    }
    for (const Scope* scope : scopes)
        SLUICE_TRY_DO(requireNoCrossing(batch, *scope, taken));
    return places;
}

Status Supersession::requireNoCrossing(
    const Batch& batch, const Scope& scope, const std::set<ScopeRef>& taken) const
{
    for (const Standing& old : m_standing.meeting(batch, scope)) {
        if (taken.count(old.ref) == 0 && old.batch->publicId != batch.publicId)
            return Error{ErrorCode::BadInput, {},
                "its period " + scopeLabel(scope) + " shares days with " + scopeLabel(*old.scope)
                    + ", which batch " + old.batch->publicId
                    + " brought, and these days would count twice",
                "Import the whole of that period; or if they are two bills, give this one a source of its own (--source NAME)"};
    }
    return Status::success();
}

Status Supersession::replace(const Batch& batch, const Places& places) const
{
    for (const auto& [scope, olds] : places) {
        for (const Standing& old : olds) {
            if (std::find(m_own.begin(), m_own.end(), old.ref.batch) != m_own.end())
                return Error{ErrorCode::BadInput, {},
                    "it brings the same billing account and period (" + scopeLabel(*scope)
                        + ") as another file of this import, and only one of them can count",
                    "Put the parts of one delivery into a folder and import that, or import a restatement on its own"};
        }
        if (!m_insists)
            SLUICE_TRY_DO(requireNotSmaller(*scope, olds));
        for (const Standing& old : olds) {
            scope->supersedes = old.batch->publicId;
            SLUICE_TRY_DO(insertSupersession(m_connection, old.ref, batch.id, batch.revision));
        }
    }
    return Status::success();
}

Status Supersession::requireNotSmaller(const Scope& scope, const std::vector<Standing>& olds) const
{
    std::vector<const Scope*> old;
    for (const Standing& standing : olds) {
        old.push_back(standing.scope);
        if (periodRelation(scope, *standing.scope) == PeriodRelation::Around)
            return Error{ErrorCode::SmallerDelivery, {},
                "its period " + scopeLabel(scope) + " takes in " + scopeLabel(*standing.scope)
                    + ", which batch " + standing.batch->publicId
                    + " brought and which would count no more",
                "If it brings these days anew, say --replace-smaller; if they are two bills, give this one a source of its own (--source NAME)"};
    }
    const std::string shrinks = shrinksOf(scope, old);
    if (shrinks.empty())
        return Status::success();
    return Error{ErrorCode::SmallerDelivery, {},
        "it would shrink " + scopeLabel(*old.back()) + ", as batch " + olds.back().batch->publicId
            + " brought it (" + shrinks + ")",
        "If the smaller file is right, say --replace-smaller"};
}

} // namespace sluice
