// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/StandingScopes.h"

#include <algorithm>
#include <tuple>

namespace sluice {

Result<StandingScopes> StandingScopes::read(Connection& connection, std::uint64_t revision)
{
    StandingScopes scopes;
    SLUICE_TRY(scopes.m_batches, readBatches(connection, revision, false));
    SLUICE_TRY(scopes.m_superseded, readSupersessions(connection, revision));
    return scopes;
}

std::optional<std::string> StandingScopes::sourceOf(const Batch& batch) const
{
    struct Match {
        std::set<std::size_t> scopes; // ordinals of `batch`
        std::set<std::string_view> accounts;
    };
    std::map<std::string, Match> matches; // by source
    for (const StoredBatch& stored : m_batches) {
        if (stored.batch.kind != batch.kind)
            continue;
        for (const Scope& old : stored.batch.scopes) {
            for (std::size_t i = 0; i < batch.scopes.size(); ++i) {
                const Scope& scope = batch.scopes[i];
                // Files without accounts have nothing in common by that.
                if (scope.billingAccount.empty() || scope.billingAccount != old.billingAccount)
                    continue;
                Match& match = matches[stored.batch.source];
                match.accounts.insert(scope.billingAccount);
                if (isSamePeriod(scope, old))
                    match.scopes.insert(i);
            }
        }
    }
    const auto best
        = std::max_element(matches.begin(), matches.end(), [](const auto& a, const auto& b) {
              const auto worth = [](const Match& match) {
                  return std::make_tuple(match.scopes.size(), match.accounts.size());
              };
              return worth(a.second) < worth(b.second); // of equals the first, by name
          });
    return best == matches.end() ? std::nullopt : std::optional<std::string>{best->first};
}

std::vector<StandingScopes::Standing> StandingScopes::counting(
    const Batch& batch, const Scope& scope) const
{
    std::vector<Standing> found;
    for (const StoredBatch& stored : m_batches) {
        const Batch& old = stored.batch;
        if (old.id == batch.id || old.kind != batch.kind)
            continue;
        for (std::uint32_t ordinal = 0; ordinal < old.scopes.size(); ++ordinal) {
            const Scope& other = old.scopes[ordinal];
            if (isSamePeriod(other, scope) && m_superseded.count({old.id, ordinal}) == 0)
                found.push_back({&old, &other, {old.id, ordinal}});
        }
    }
    return found;
}

std::vector<StandingScopes::Standing> StandingScopes::meeting(
    const Batch& batch, const Scope& scope) const
{
    std::vector<Standing> found = counting(batch, scope);
    found.erase(
        std::remove_if(found.begin(), found.end(),
            [&batch](const Standing& standing) { return standing.batch->source != batch.source; }),
        found.end());
    return found;
}

Status StandingScopes::requireOneSource(const Batch& batch) const
{
    for (const Scope& scope : batch.scopes) {
        if (scope.billingAccount.empty() || !meeting(batch, scope).empty())
            continue;
        for (const Standing& standing : counting(batch, scope)) {
            const std::string month = scope.billingAccount + ", "
                + billingPeriodLabel(scope.periodStart, scope.periodEnd);
            return Error{ErrorCode::BadInput, {},
                month + " counts already under the source '" + standing.batch->source + "' (batch "
                    + standing.batch->publicId + "), and under '" + batch.source
                    + "' it would count twice",
                "To restate it, say --source " + standing.batch->source
                    + "; the parts of one month belong into one folder, imported as one delivery"};
        }
    }
    return Status::success();
}

bool StandingScopes::isLater(const Standing& standing, const Batch& batch) const
{
    const auto first = std::find_if(m_batches.begin(), m_batches.end(),
        [&batch](const StoredBatch& stored) { return stored.batch.publicId == batch.publicId; });
    return first != m_batches.end() && first->batch.id < standing.batch->id;
}

} // namespace sluice
