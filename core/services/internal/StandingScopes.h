// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/tables/BatchTable.h"

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace sluice {

// The providers and invoice issuers that charge keys name, case folded.
std::set<std::string> providersOf(const KeyDictionary& keys, std::span<const KeyId> of);

// What stands in the ledger before a delivery, scope by scope: tells which source the delivery
// belongs to and which scopes it meets. Only scopes of the delivery's own kind of number matter.
class StandingScopes {
public:
    struct Standing {
        const Batch* batch{nullptr};
        const Scope* scope{nullptr};
        ScopeRef ref;
    };

    // `keys` is the ledger's dictionary and outlives this.
    static Result<StandingScopes> read(
        Connection& connection, std::uint64_t revision, const KeyDictionary& keys);

    [[nodiscard]] const std::vector<StoredBatch>& batches() const { return m_batches; } // all
    // The newest reading of each delivery that has the document and counts, or may count after a
    // retry of rows it holds back.
    [[nodiscard]] std::vector<const StoredBatch*> holdersOf(DocumentRowId document) const;
    // The source that brought the same billing accounts and periods of one of these providers
    // before, or at least the same accounts: it does not depend on the order of rows, on extra
    // columns or on which of its providers has most rows this month. `own` when no account is
    // known, and rather than another one that is as near.
    [[nodiscard]] std::string sourceOf(
        const Batch& batch, const std::set<std::string>& providers, const std::string& own) const;
    // The scopes of the batch's source that count now and share some time with `scope`, but for
    // other periods of an account whose bills run side by side: those that a delivery of the
    // source has shown to, the batch itself or one before.
    [[nodiscard]] std::vector<Standing> meeting(const Batch& batch, const Scope& scope) const;
    // The scopes that count now of the batch that `batch` is a retry of.
    [[nodiscard]] std::vector<Standing> ownOf(const Batch& batch) const;
    // BadInput when an account and period of the batch counts already under another source: it
    // would count twice. Another provider's account may have the same name.
    [[nodiscard]] Status requireOneSource(
        const Batch& batch, const std::set<std::string>& providers) const;
    // What counts beside the batch though it looks like its own: the same account and period of
    // another provider, periods of bills that run side by side. Sentences.
    [[nodiscard]] std::vector<std::string> besideOf(const Batch& batch) const;
    // BadInput when rows that gave way to a later delivery would count again, because the retry
    // reads them as another account's or period's, and that delivery is not read so yet.
    [[nodiscard]] Status requireBehindLater(const StoredBatch& retry) const;
    // Whether the delivery of `standing` came after that of `batch`, each when it was first
    // imported.
    [[nodiscard]] bool isLater(const Standing& standing, const Batch& batch) const;

private:
    [[nodiscard]] const std::vector<Standing>& ofAccount(const std::string& account) const;
    // What counts for the account and period of the scope under other sources.
    [[nodiscard]] std::vector<Standing> elsewhere(const Batch& batch, const Scope& scope) const;
    [[nodiscard]] bool counts(const Standing& standing) const
    {
        return m_superseded.count(standing.ref) == 0;
    }
    [[nodiscard]] bool isSideBySide(const Batch& batch, const std::string& account) const;
    // Those of `batch`'s source that count now and share some time with `scope`.
    [[nodiscard]] std::vector<Standing> sharingDays(const Batch& batch, const Scope& scope) const;
    [[nodiscard]] const StoredBatch* newestReading(const std::string& publicId) const;
    // The first of the deliveries that took the batch's place, and count, that is read with
    // another mapping.
    [[nodiscard]] const StoredBatch* readOtherwise(
        const std::string& publicId, const std::string& mapping) const;
    // Whether the batch has a provider of these, or either of them is not known.
    [[nodiscard]] bool isOf(const Batch& batch, const std::set<std::string>& providers) const;

    const KeyDictionary* m_keys{nullptr};
    std::vector<StoredBatch> m_batches; // oldest first
    std::map<std::string_view, const StoredBatch*> m_newest; // reading of a delivery, by public id
    std::unordered_map<std::string, std::vector<Standing>> m_byAccount; // oldest first
    std::map<ScopeRef, BatchRowId> m_superseded;
};

} // namespace sluice
