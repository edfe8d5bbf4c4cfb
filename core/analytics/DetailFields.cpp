// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/DetailFields.h"

#include "core/analytics/SpendPlan.h"
#include "core/attribution/KeyField.h"

#include <algorithm>

namespace sluice {

namespace {

// The first dimension of the query that is a detail in the batch.
const Dimension* detailOf(const SnapshotBatch& batch, const SpendQuery& query)
{
    const auto isDetail = [&batch](const Dimension& dimension) {
        return dimension.source == Dimension::Source::Key
            && std::any_of(batch.details.begin(), batch.details.end(),
                [&dimension](const std::string& detail) {
                    return isSameField(detail, dimension.fields.front());
                });
    };
    const auto by = std::find_if(query.by.begin(), query.by.end(), isDetail);
    if (by != query.by.end())
        return &*by;
    const auto where = std::find_if(query.where.begin(), query.where.end(),
        [&](const DimensionFilter& filter) { return isDetail(filter.dimension); });
    return where == query.where.end() ? nullptr : &where->dimension;
}

} // namespace

Status requireKeyFields(const LedgerSnapshot& snapshot, const SpendQuery& query)
{
    if (std::none_of(snapshot.batches.begin(), snapshot.batches.end(),
            [&query](const SnapshotBatch& batch) { return detailOf(batch, query) != nullptr; }))
        return Status::success();
    const SpendPlan plan{snapshot, query, {}};
    for (const SnapshotChunk& chunk : snapshot.chunks) {
        const SnapshotBatch& batch = snapshot.batches[chunk.batch];
        const Dimension* dimension = detailOf(batch, query);
        if (dimension != nullptr && plan.wants(chunk.batch)
            && plan.overlaps(chunk.firstDay, chunk.lastDay))
            return Error{ErrorCode::Usage, dimension->name,
                "it has too many values in batch " + batch.publicId + " of source " + batch.source
                    + " to be cut by: there it is a detail of the single charge",
                "`sluice-cli charges` shows it; to cut by it elsewhere, leave those charges out with --from, --to or --where source=NAME"};
    }
    return Status::success();
}

} // namespace sluice
