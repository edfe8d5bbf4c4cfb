// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/CostColumns.h"

#include <algorithm>

namespace sluice {

namespace {

// One cost column says first which earlier column it refers to: 0 = none, else 1 + that column.
void differences(const CostColumns& costs, std::size_t column, std::size_t reference,
    std::vector<std::uint64_t>& out)
{
    const std::vector<std::int64_t>& values = costs[column];
    out.resize(values.size());
    if (reference == 0) {
        std::transform(values.begin(), values.end(), out.begin(), zigzag);
        return;
    }
    std::transform(
        values.begin(), values.end(), costs[reference - 1].begin(), out.begin(), difference);
}

std::size_t bytesNeeded(std::span<const std::uint64_t> coded)
{
    std::size_t total = 0;
    for (const std::uint64_t value : coded)
        total += byteLength(value);
    return total;
}

} // namespace

void writeCosts(ColumnWriter& out, const CostColumns& costs)
{
    std::vector<std::uint64_t> best;
    std::vector<std::uint64_t> tried;
    for (std::size_t column = 0; column < MeasureCount; ++column) {
        differences(costs, column, 0, best);
        std::size_t bestSize = bytesNeeded(best);
        std::size_t bestReference = 0;
        for (std::size_t reference = 1; reference <= column && bestSize > 0; ++reference) {
            differences(costs, column, reference, tried);
            if (const std::size_t size = bytesNeeded(tried); size < bestSize) {
                bestSize = size;
                bestReference = reference;
                std::swap(best, tried);
            }
        }
        out.number(bestReference);
        out.numbers(best);
    }
}

void readCosts(ColumnReader& in, std::size_t count, CostColumns& costs)
{
    std::vector<std::uint64_t> coded;
    for (std::size_t column = 0; column < MeasureCount; ++column) {
        std::uint64_t reference = in.number();
        if (reference > column) {
            in.fail();
            reference = 0;
        }
        in.numbers(count, coded);
        std::vector<std::int64_t>& values = costs[column];
        values.resize(count);
        if (reference == 0)
            std::transform(coded.begin(), coded.end(), values.begin(), unzigzag);
        else
            std::transform(coded.begin(), coded.end(), costs[reference - 1].begin(), values.begin(),
                addDifference);
    }
}

} // namespace sluice
