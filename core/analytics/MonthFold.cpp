// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/MonthFold.h"

#include "core/ledger/Rollup.h"

#include <algorithm>

namespace sluice {

std::shared_ptr<const RollupCells> foldedByMonth(std::span<const SnapshotChunk> chunks)
{
    RollupBuilder months;
    for (const SnapshotChunk& chunk : chunks)
        months.addMonths(*chunk.cells);
    return std::make_shared<const RollupCells>(months.take());
}

std::shared_ptr<const std::vector<std::uint32_t>> runsOf(const RollupCells& cells)
{
    auto runs = std::make_shared<std::vector<std::uint32_t>>();
    for (std::uint32_t i = 0; i < cells.size(); ++i) {
        if (i == 0 || cells.key[i] != cells.key[i - 1] || cells.scope[i] != cells.scope[i - 1])
            runs->push_back(i);
    }
    return runs;
}

void foldByMonth(LedgerSnapshot& snapshot)
{
    std::vector<SnapshotChunk>& chunks = snapshot.chunks;
    for (SnapshotChunk& chunk : chunks)
        chunk.runs = runsOf(*chunk.cells);
    for (auto first = chunks.begin(); first != chunks.end();) {
        const auto last = std::find_if(first, chunks.end(),
            [&](const SnapshotChunk& chunk) { return chunk.batch != first->batch; });
        snapshot.months.push_back({first->batch, foldedByMonth({first, last})});
        first = last;
    }
}

} // namespace sluice
