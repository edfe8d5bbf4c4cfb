// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/internal/StandingScopes.h"

#include <map>
#include <vector>

namespace sluice {

// Puts the scopes of a new batch in the place of those they restate, inside the transaction that
// brings the batch. A scope restates what has its account and period; what it takes in whole, too,
// but only when that was asked for, since it may be another bill (a year's beside its months').
// BadInput when it shares days with what stands in any other way, or when another batch of the same
// command brings it; SmallerDelivery when it would lose more than half of its rows or money, or
// take in other periods, and `insists` is false.
class Supersession {
public:
    // All outlive it. `own`: the batches that the same command brought before.
    Supersession(Connection& connection, const StandingScopes& standing,
        const std::vector<BatchRowId>& own, bool insists)
        : m_connection{connection}
        , m_standing{standing}
        , m_own{own}
        , m_insists{insists}
    {
    }

    // Nothing of a source whose deliveries append.
    [[nodiscard]] Status ofDelivery(Batch& batch) const;
    // A batch read once more takes its own place as a whole, and never that of what was delivered
    // since.
    [[nodiscard]] Status ofRetry(Batch& batch) const;

private:
    using Standing = StandingScopes::Standing;
    using Places = std::map<Scope*, std::vector<Standing>>; // by scope of the batch

    // Which standing scopes each of these takes the place of, every one of them once.
    [[nodiscard]] Result<Places> places(
        const Batch& batch, const std::vector<Scope*>& scopes) const;
    [[nodiscard]] Status requireNoCrossing(
        const Batch& batch, const Scope& scope, const std::set<ScopeRef>& taken) const;
    Status replace(const Batch& batch, const Places& places) const;
    Status requireNotSmaller(const Scope& scope, const std::vector<Standing>& old) const;

    Connection& m_connection;
    const StandingScopes& m_standing;
    const std::vector<BatchRowId>& m_own;
    bool m_insists;
};

} // namespace sluice
