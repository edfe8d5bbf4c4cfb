// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/tables/BatchTable.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

// What stands in the ledger before a delivery, scope by scope: tells which source the delivery
// belongs to and which scopes it meets. Only scopes of the delivery's own kind of number matter.
class StandingScopes {
public:
    struct Standing {
        const Batch* batch{nullptr};
        const Scope* scope{nullptr};
        ScopeRef ref;
    };

    static Result<StandingScopes> read(Connection& connection, std::uint64_t revision);

    [[nodiscard]] const std::vector<StoredBatch>& batches() const { return m_batches; } // all
    // The source that brought the same billing accounts and periods before, or at least the same
    // accounts: it does not depend on the order of rows, on extra columns or on how the provider
    // calls itself this month. Nothing when no account is known.
    [[nodiscard]] std::optional<std::string> sourceOf(const Batch& batch) const;
    // The scopes that count now for the account and period of `scope`, under the batch's source.
    [[nodiscard]] std::vector<Standing> meeting(const Batch& batch, const Scope& scope) const;
    // BadInput when an account and period of the batch counts already under another source: it
    // would count twice.
    [[nodiscard]] Status requireOneSource(const Batch& batch) const;
    // Whether `standing` came later than the first import of `batch`, of which `batch` is a retry.
    [[nodiscard]] bool isLater(const Standing& standing, const Batch& batch) const;

private:
    [[nodiscard]] std::vector<Standing> counting(const Batch& batch, const Scope& scope) const;

    std::vector<StoredBatch> m_batches; // oldest first
    std::map<ScopeRef, BatchRowId> m_superseded;
};

} // namespace sluice
