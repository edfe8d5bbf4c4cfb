// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/Rollup.h"

#include "core/base/Check.h"
#include "core/ledger/CostColumns.h"

#include <algorithm>
#include <limits>

namespace sluice {

namespace {

constexpr std::string_view Magic = "SLRU";
constexpr std::size_t MaxStoredCells = 800'000; // ledgers have segments of up to 400,000 cells, and some room is left

struct Cell {
    std::uint32_t scope{0};
    KeyId key{0};
    std::int32_t day{0};
    std::uint32_t charges{0};
    std::array<std::int64_t, MeasureCount> costs{};
};

std::uint64_t hashOf(std::uint32_t scope, KeyId key, std::int32_t day) noexcept
{
    std::uint64_t hash = (static_cast<std::uint64_t>(key) << 32 | static_cast<std::uint32_t>(day)) + scope * 0x9E3779B97F4A7C15ULL;
    hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93ULL;
    return hash ^ (hash >> 32);
}

// False, and nothing changed, when a sum would overflow.
bool addTo(Cell& cell, const Charge& charge) noexcept
{
    std::array<std::int64_t, MeasureCount> sums{};
    bool overflow = cell.charges == std::numeric_limits<std::uint32_t>::max();
    for (std::size_t m = 0; m < MeasureCount; ++m)
        overflow |= __builtin_add_overflow(cell.costs[m], charge.costs[m], &sums[m]);
    if (overflow) [[unlikely]]
        return false;
    cell.costs = sums;
    ++cell.charges;
    return true;
}

} // namespace

struct RollupBuilder::State {
    std::vector<Cell> cells;
    std::vector<std::uint32_t> slots; // 1 + index of the cell; 0 = free; a power of two, at most half full

    void append(const Charge& charge, std::uint32_t& slot)
    {
        cells.push_back({charge.scope, charge.key, charge.day, 1, charge.costs});
        slot = static_cast<std::uint32_t>(cells.size());
    }
    void grow();
};

void RollupBuilder::State::grow()
{
    slots.assign(std::max<std::size_t>(1'024, slots.size() * 2), 0);
    const std::size_t mask = slots.size() - 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::size_t at = hashOf(cells[i].scope, cells[i].key, cells[i].day) & mask;
        while (slots[at] != 0)
            at = (at + 1) & mask;
        slots[at] = static_cast<std::uint32_t>(i + 1);
    }
}

RollupBuilder::RollupBuilder()
    : m_state{std::make_unique<State>()}
{
}
RollupBuilder::~RollupBuilder() = default;

void RollupBuilder::add(const Charge& charge)
{
    State& state = *m_state;
    SLUICE_CHECK(!full());
    if (state.slots.size() < 2 * (state.cells.size() + 1)) [[unlikely]]
        state.grow();
    const std::size_t mask = state.slots.size() - 1;
    for (std::size_t at = hashOf(charge.scope, charge.key, charge.day) & mask;; at = (at + 1) & mask) {
        std::uint32_t& slot = state.slots[at];
        if (slot == 0)
            return state.append(charge, slot);
        Cell& cell = state.cells[slot - 1];
        if (cell.key != charge.key || cell.day != charge.day || cell.scope != charge.scope)
            continue;
        // A cell that would overflow is left as it is; a second one goes on from here.
        if (!addTo(cell, charge))
            state.append(charge, slot);
        return;
    }
}

std::size_t RollupBuilder::add(std::span<const Charge> charges)
{
    constexpr std::size_t SlotsAhead = 24;
    constexpr std::size_t CellsAhead = 12;
    State& state = *m_state;
    std::size_t done = 0;
    for (; done < charges.size() && !full(); ++done) {
        const std::size_t mask = state.slots.size() - 1;
        const auto slotOf = [&](const Charge& charge) { return state.slots.data() + (hashOf(charge.scope, charge.key, charge.day) & mask); };
        if (!state.slots.empty() && done + SlotsAhead < charges.size())
            __builtin_prefetch(slotOf(charges[done + SlotsAhead]));
        if (!state.slots.empty() && done + CellsAhead < charges.size()) {
            const std::uint32_t slot = *slotOf(charges[done + CellsAhead]);
            __builtin_prefetch(state.cells.data() + (slot == 0 ? 0 : slot - 1));
        }
        add(charges[done]);
    }
    return done;
}

bool RollupBuilder::full() const noexcept
{
    return size() >= MaxCells;
}

std::size_t RollupBuilder::size() const noexcept
{
    return m_state->cells.size();
}

RollupCells RollupBuilder::take()
{
    const std::vector<Cell>& cells = m_state->cells;
    // Scope, key, day and index in one number: of equal cells the first made stays first.
    std::vector<UInt128> order;
    order.reserve(cells.size());
    for (const Cell& cell : cells) {
        const std::uint64_t day = static_cast<std::uint32_t>(cell.day) ^ 0x8000'0000U; // in the order of signed days
        order.push_back(static_cast<UInt128>(static_cast<std::uint64_t>(cell.scope) << 32 | cell.key) << 64 | day << 32 | order.size());
    }
    std::sort(order.begin(), order.end());
    RollupCells sorted;
    const auto reserve = [&cells](auto&... columns) { (columns.reserve(cells.size()), ...); };
    reserve(sorted.scope, sorted.key, sorted.day, sorted.charges, sorted.costs[0], sorted.costs[1], sorted.costs[2], sorted.costs[3]);
    for (const UInt128 place : order) {
        const Cell& cell = cells[static_cast<std::uint32_t>(place)];
        sorted.scope.push_back(cell.scope);
        sorted.key.push_back(cell.key);
        sorted.day.push_back(cell.day);
        sorted.charges.push_back(cell.charges);
        for (std::size_t m = 0; m < MeasureCount; ++m)
            sorted.costs[m].push_back(cell.costs[m]);
    }
    m_state->cells.clear();
    std::fill(m_state->slots.begin(), m_state->slots.end(), 0);
    return sorted;
}

std::string encodeRollup(const RollupCells& cells, int zstdLevel)
{
    SLUICE_CHECK(cells.size() <= MaxStoredCells);
    std::vector<std::uint64_t> column(cells.size());
    ColumnWriter out;
    const auto writeDifferences = [&](const auto& values) {
        std::int64_t last = 0;
        for (std::size_t i = 0; i < column.size(); ++i) {
            column[i] = difference(values[i], last);
            last = values[i];
        }
        out.numbers(column);
    };
    writeDifferences(cells.scope);
    writeDifferences(cells.key);
    writeDifferences(cells.day);
    out.numbers(std::vector<std::uint64_t>{cells.charges.begin(), cells.charges.end()});
    writeCosts(out, cells.costs);
    return PackedBlocks::pack(Magic, static_cast<std::uint32_t>(cells.size()), {out.data(), {}}, zstdLevel);
}

Result<RollupCells> decodeRollup(std::string_view bytes)
{
    SLUICE_TRY(const PackedBlocks blocks, PackedBlocks::open(bytes, Magic, MaxStoredCells));
    SLUICE_TRY(const std::string raw, blocks.unpack(0));
    return decodeRollupColumns(blocks.rows, raw);
}

Result<RollupCells> decodeRollupColumns(std::size_t count, std::string_view columns)
{
    RollupCells cells;
    ColumnReader in{columns};
    std::vector<std::uint64_t> column;
    const auto readDifferences = [&]<class Number>(std::vector<Number>& values) {
        in.numbers(count, column);
        values.resize(count);
        std::int64_t last = 0;
        for (std::size_t i = 0; i < count; ++i) {
            last = addDifference(column[i], last);
            values[i] = static_cast<Number>(last);
            if (values[i] != last)
                in.fail();
        }
    };
    readDifferences(cells.scope);
    readDifferences(cells.key);
    readDifferences(cells.day);
    in.numbers(count, column);
    cells.charges.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        cells.charges[i] = static_cast<std::uint32_t>(column[i]);
        if (cells.charges[i] != column[i])
            in.fail();
    }
    readCosts(in, count, cells.costs);
    if (!in.ok() || !in.atEnd())
        return Error{ErrorCode::Damaged, {}, "the columns of a roll-up contradict each other",
            "Run sluice-cli verify, and restore a backup if it finds faults"};
    return cells;
}

} // namespace sluice
