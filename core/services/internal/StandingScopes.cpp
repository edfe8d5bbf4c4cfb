// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/StandingScopes.h"

#include "core/base/TextFold.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace sluice {

std::set<std::string> providersOf(const KeyDictionary& keys, std::span<const KeyId> of)
{
    std::set<StringId> values;
    for (const std::string_view column :
        {"ServiceProviderName", "ProviderName", "InvoiceIssuerName"}) {
        const StringId* field = keys.strings().find(column);
        for (std::size_t i = 0; field != nullptr && i < of.size(); ++i)
            values.insert(keys.value(of[i], *field));
    }
    std::set<std::string> providers;
    for (const StringId value : values) {
        if (value != 0)
            providers.insert(folded(keys.text(value)));
    }
    return providers;
}

Result<StandingScopes> StandingScopes::read(
    Connection& connection, std::uint64_t revision, const KeyDictionary& keys)
{
    StandingScopes scopes;
    scopes.m_keys = &keys;
    SLUICE_TRY(scopes.m_batches, readBatches(connection, revision, false));
    SLUICE_TRY_DO(requireKnownKeys(connection, scopes.m_batches, keys));
    SLUICE_TRY(scopes.m_superseded, readSupersessions(connection, revision));
    for (const StoredBatch& stored : scopes.m_batches) {
        const Batch& batch = stored.batch;
        scopes.m_newest[batch.publicId] = &stored;
        for (std::uint32_t ordinal = 0; ordinal < batch.scopes.size(); ++ordinal) {
            const Scope& scope = batch.scopes[ordinal];
            scopes.m_byAccount[scope.billingAccount].push_back(
                {&batch, &scope, {batch.id, ordinal}});
        }
    }
    return scopes;
}

std::vector<const StoredBatch*> StandingScopes::holdersOf(DocumentRowId document) const
{
    std::vector<const StoredBatch*> found;
    for (const auto& [id, stored] : m_newest) {
        const bool has = std::ranges::any_of(stored->batch.documents,
            [document](const DocumentInfo& d) { return d.id == document; });
        if (has && !isReplaced(stored->batch))
            found.push_back(stored);
    }
    return found;
}

const std::vector<StandingScopes::Standing>& StandingScopes::ofAccount(
    const std::string& account) const
{
    static const std::vector<Standing> None;
    const auto found = m_byAccount.find(account);
    return found == m_byAccount.end() ? None : found->second;
}

bool StandingScopes::isOf(const Batch& batch, const std::set<std::string>& providers) const
{
    const auto stored = std::find_if(m_batches.begin(), m_batches.end(),
        [&batch](const StoredBatch& s) { return s.batch.id == batch.id; });
    const std::set<std::string> others = providersOf(*m_keys, stored->keys);
    return providers.empty() || others.empty()
        || std::any_of(others.begin(), others.end(),
            [&providers](const std::string& name) { return providers.count(name) > 0; });
}

std::string StandingScopes::sourceOf(
    const Batch& batch, const std::set<std::string>& providers, const std::string& own) const
{
    struct Match {
        std::set<std::size_t> scopes; // ordinals of `batch`
        std::set<std::string_view> accounts;
    };
    std::map<std::string, Match> matches; // by source
    std::map<BatchRowId, bool> related; // by batch that has such an account
    for (std::size_t i = 0; i < batch.scopes.size(); ++i) {
        const Scope& scope = batch.scopes[i];
        // Files without accounts have nothing in common by that.
        if (scope.billingAccount.empty())
            continue;
        for (const Standing& old : ofAccount(scope.billingAccount)) {
            if (old.batch->kind != batch.kind)
                continue;
            const auto [known, isNew] = related.try_emplace(old.batch->id, false);
            if (isNew)
                known->second = isOf(*old.batch, providers);
            if (!known->second)
                continue;
            Match& match = matches[old.batch->source];
            match.accounts.insert(scope.billingAccount);
            if (isSamePeriod(scope, *old.scope))
                match.scopes.insert(i);
        }
    }
    const auto worth = [&own](const auto& match) {
        return std::make_tuple(
            match.second.scopes.size(), match.second.accounts.size(), match.first == own);
    };
    const auto best = std::max_element(matches.begin(), matches.end(),
        [&worth](const auto& a, const auto& b) { return worth(a) < worth(b); });
    return best == matches.end() ? own : best->first; // of equals the first, by name
}

bool StandingScopes::isSideBySide(const Batch& batch, const std::string& account) const
{
    std::set<const Batch*> before;
    for (const Standing& old : ofAccount(account)) {
        const Batch& other = *old.batch;
        if (other.source == batch.source && other.kind == batch.kind
            && other.publicId != batch.publicId // what a retry read before may have been misread
            && &newestReading(other.publicId)->batch == &other)
            before.insert(&other);
    }
    const auto isShown = [&account](const Batch* b) { return isBilledSideBySide(*b, account); };
    return isShown(&batch) || std::ranges::any_of(before, isShown);
}

std::vector<StandingScopes::Standing> StandingScopes::meeting(
    const Batch& batch, const Scope& scope) const
{
    std::vector<Standing> met = sharingDays(batch, scope);
    const auto isOther = [&scope](const Standing& old) { return !isSamePeriod(scope, *old.scope); };
    if (std::ranges::any_of(met, isOther) && isSideBySide(batch, scope.billingAccount))
        std::erase_if(met, isOther);
    return met;
}

std::vector<StandingScopes::Standing> StandingScopes::sharingDays(
    const Batch& batch, const Scope& scope) const
{
    std::vector<Standing> found;
    for (const Standing& old : ofAccount(scope.billingAccount)) {
        if (old.batch->id != batch.id && old.batch->kind == batch.kind
            && old.batch->source == batch.source && counts(old)
            && periodRelation(scope, *old.scope) != PeriodRelation::Apart)
            found.push_back(old);
    }
    return found;
}

std::vector<StandingScopes::Standing> StandingScopes::ownOf(const Batch& batch) const
{
    std::vector<Standing> own;
    for (const StoredBatch& stored : m_batches) {
        const Batch& old = stored.batch;
        for (std::uint32_t i = 0; old.publicId == batch.publicId && i < old.scopes.size(); ++i) {
            const Standing standing{&old, &old.scopes[i], {old.id, i}};
            if (old.id != batch.id && counts(standing))
                own.push_back(standing);
        }
    }
    return own;
}

std::vector<StandingScopes::Standing> StandingScopes::elsewhere(
    const Batch& batch, const Scope& scope) const
{
    std::vector<Standing> found;
    for (const Standing& old : ofAccount(scope.billingAccount)) {
        if (!scope.billingAccount.empty() && old.batch->id != batch.id
            && old.batch->kind == batch.kind && old.batch->source != batch.source && counts(old)
            && isSamePeriod(scope, *old.scope))
            found.push_back(old);
    }
    return found;
}

Status StandingScopes::requireOneSource(
    const Batch& batch, const std::set<std::string>& providers) const
{
    const bool restatesItsOwn = std::ranges::any_of(
        batch.scopes, [&](const Scope& scope) { return !meeting(batch, scope).empty(); });
    for (const Scope& scope : batch.scopes) {
        for (const Standing& old : elsewhere(batch, scope)) {
            if (!isOf(*old.batch, providers))
                continue;
            return Error{ErrorCode::BadInput, {},
                scopeLabel(scope) + " counts already under the source '" + old.batch->source
                    + "' (batch " + old.batch->publicId + "), and under '" + batch.source
                    + "' it would count twice",
                restatesItsOwn ? "It restates months of '" + batch.source
                        + "' too: import the rows of each of these sources as a file of its own"
                               : "To restate it, say --source " + old.batch->source
                        + "; the parts of one month belong into one folder, imported as one delivery"};
        }
    }
    return Status::success();
}

std::vector<std::string> StandingScopes::besideOf(const Batch& batch) const
{
    std::vector<std::string> beside;
    for (const Scope& scope : batch.scopes) {
        for (const Standing& old : elsewhere(batch, scope))
            beside.push_back(scopeLabel(scope) + " is also in batch " + old.batch->publicId
                + " of the source '" + old.batch->source + "', of another provider: both count");
        for (const Standing& old : sharingDays(batch, scope)) {
            if (!batch.appends && old.batch->publicId != batch.publicId
                && !isSamePeriod(scope, *old.scope) && isSideBySide(batch, scope.billingAccount))
                beside.push_back(scopeLabel(scope) + " shares days with " + scopeLabel(*old.scope)
                    + " in batch " + old.batch->publicId
                    + ", and the account's bills run side by side: both count");
        }
    }
    return beside;
}

const StoredBatch* StandingScopes::newestReading(const std::string& publicId) const
{
    const auto newest = m_newest.find(publicId);
    return newest == m_newest.end() ? nullptr : newest->second;
}

const StoredBatch* StandingScopes::readOtherwise(
    const std::string& publicId, const std::string& mapping) const
{
    std::set<std::string> seen;
    std::vector<std::string> next{publicId};
    while (!next.empty()) {
        const std::string id = std::move(next.back());
        next.pop_back();
        const StoredBatch* by = newestReading(id);
        if (by == nullptr || by->mapping == mapping || !seen.insert(id).second)
            continue;
        if (!isReplaced(by->batch))
            return by;
        for (const Scope& scope : by->batch.scopes)
            next.push_back(scope.supersededBy);
    }
    return nullptr;
}

Status StandingScopes::requireBehindLater(const StoredBatch& retry) const
{
    for (const Scope& old : newestReading(retry.batch.publicId)->batch.scopes) {
        const auto isStill = [&old](const Scope& scope) {
            return isSamePeriod(scope, old) && scope.rows >= old.rows;
        };
        if (old.supersededBy.empty() || std::ranges::any_of(retry.batch.scopes, isStill))
            continue;
        if (const StoredBatch* by = readOtherwise(old.supersededBy, retry.mapping))
            return Error{ErrorCode::BadInput, {},
                "its rows of " + scopeLabel(old) + " gave way to batch " + by->batch.publicId
                    + ", and read so they would count again, as those of another account or period",
                "Read that batch with this mapping first: `sluice-cli quarantine LEDGER "
                    + by->batch.publicId + " --retry --map FILE`"};
    }
    return Status::success();
}

bool StandingScopes::isLater(const Standing& standing, const Batch& batch) const
{
    // A retry of what stands is no later delivery.
    const auto first = [this](const std::string& publicId) {
        return std::find_if(m_batches.begin(), m_batches.end(),
            [&publicId](const StoredBatch& stored) { return stored.batch.publicId == publicId; });
    };
    return first(batch.publicId) < first(standing.batch->publicId);
}

} // namespace sluice
