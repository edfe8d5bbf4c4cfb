// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/internal/StandingScopes.h"

#include <vector>

namespace sluice {

// Puts the scopes of a new batch in the place of those they restate, inside the transaction that
// brings the batch. BadInput when another batch of the same command brings the same scope;
// SmallerDelivery when a scope would lose more than half of its rows or money and `replaceSmaller`
// was not said.
class Supersession {
public:
    // All outlive it. `own`: the batches that the same command brought before.
    Supersession(Connection& connection, const StandingScopes& standing,
        const std::vector<BatchRowId>& own, bool replaceSmaller)
        : m_connection{connection}
        , m_standing{standing}
        , m_own{own}
        , m_replaceSmaller{replaceSmaller}
    {
    }

    // Nothing of a source whose deliveries append.
    [[nodiscard]] Status ofDelivery(Batch& batch) const;
    // A batch read once more takes its own place, and never that of what was delivered since.
    [[nodiscard]] Status ofRetry(Batch& batch) const;

private:
    Status replace(
        Batch& batch, Scope& scope, const std::vector<StandingScopes::Standing>& old) const;
    Status requireNotSmaller(
        const Scope& scope, const std::vector<StandingScopes::Standing>& old) const;

    Connection& m_connection;
    const StandingScopes& m_standing;
    const std::vector<BatchRowId>& m_own;
    bool m_replaceSmaller;
};

} // namespace sluice
