// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/Rollup.h"

#include "core/base/BusinessDate.h"
#include "core/base/Check.h"
#include "core/ledger/CostColumns.h"

#include <algorithm>
#include <limits>

namespace sluice {

namespace {

constexpr std::string_view Magic = "SLRU";
// ledgers have segments of up to 400,000 cells, and some room is left
constexpr std::size_t MaxStoredCells = 800'000;

struct Cell {
    std::uint32_t scope{0};
    KeyId key{0};
    std::int32_t day{0};
    std::uint32_t charges{0};
    std::array<std::int64_t, MeasureCount> costs{};
};

std::uint64_t hashOf(std::uint32_t scope, KeyId key, std::int32_t day) noexcept
{
    std::uint64_t hash = (static_cast<std::uint64_t>(key) << 32 | static_cast<std::uint32_t>(day))
        + scope * 0x9E3779B97F4A7C15ULL;
    hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93ULL;
    return hash ^ (hash >> 32);
}

// False, and nothing changed, when a sum would overflow.
bool addTo(Cell& cell, const Cell& more) noexcept
{
    std::array<std::int64_t, MeasureCount> sums{};
    std::uint32_t charges = 0;
    bool overflow = __builtin_add_overflow(cell.charges, more.charges, &charges);
    for (std::size_t m = 0; m < MeasureCount; ++m)
        overflow |= __builtin_add_overflow(cell.costs[m], more.costs[m], &sums[m]);
    if (overflow) [[unlikely]]
        return false;
    cell.costs = sums;
    cell.charges = charges;
    return true;
}

Cell cellOf(const Charge& charge)
{
    return {charge.scope, charge.key, charge.day, 1, charge.costs};
}

} // namespace

struct RollupBuilder::State {
    std::vector<Cell> cells;
    // 1 + index of the cell; 0 = free; a power of two, at most half full
    std::vector<std::uint32_t> slots;

    [[nodiscard]] std::uint32_t* slotOf(std::uint32_t scope, KeyId key, std::int32_t day) noexcept
    {
        return slots.data() + (hashOf(scope, key, day) & (slots.size() - 1));
    }
    void append(const Cell& cell, std::uint32_t& slot)
    {
        cells.push_back(cell);
        slot = static_cast<std::uint32_t>(cells.size());
    }
    void add(const Cell& more);
    // Adds `count` cells, of which `place(i)` tells scope, key and day early and `cell(i)` all. The
    // table is larger than the processor's caches, so what later cells need is asked for ahead of
    // time.
    template <class Place, class Make>
    void addMany(std::size_t count, const Place& place, const Make& cell);
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

void RollupBuilder::State::add(const Cell& more)
{
    if (slots.size() < 2 * (cells.size() + 1)) [[unlikely]]
        grow();
    const std::size_t mask = slots.size() - 1;
    for (std::size_t at = hashOf(more.scope, more.key, more.day) & mask;; at = (at + 1) & mask) {
        std::uint32_t& slot = slots[at];
        if (slot == 0)
            return append(more, slot);
        Cell& cell = cells[slot - 1];
        if (cell.key != more.key || cell.day != more.day || cell.scope != more.scope)
            continue;
        // A cell that would overflow is left as it is; a second one goes on from here.
        if (!addTo(cell, more))
            append(more, slot);
        return;
    }
}

template <class Place, class Make>
void RollupBuilder::State::addMany(std::size_t count, const Place& place, const Make& cell)
{
    constexpr std::size_t SlotsAhead = 24;
    constexpr std::size_t CellsAhead = 12;
    for (std::size_t i = 0; i < count; ++i) {
        if (!slots.empty() && i + SlotsAhead < count)
            __builtin_prefetch(place(i + SlotsAhead));
        if (!slots.empty() && i + CellsAhead < count) {
            const std::uint32_t slot = *place(i + CellsAhead);
            __builtin_prefetch(cells.data() + (slot == 0 ? 0 : slot - 1));
        }
        add(cell(i));
    }
}

void RollupBuilder::add(const Charge& charge)
{
    SLUICE_CHECK(!full());
    m_state->add(cellOf(charge));
}

std::size_t RollupBuilder::add(std::span<const Charge> charges)
{
    // Each charge makes one cell at most.
    const std::size_t count = std::min(charges.size(), MaxCells - std::min(size(), MaxCells));
    const auto place = [&](std::size_t i) {
        return m_state->slotOf(charges[i].scope, charges[i].key, charges[i].day);
    };
    m_state->addMany(count, place, [&](std::size_t i) { return cellOf(charges[i]); });
    return count;
}

void RollupBuilder::addMonths(const RollupCells& cells)
{
    if (cells.size() == 0)
        return;
    const auto [first, last] = std::minmax_element(cells.day.begin(), cells.day.end());
    std::vector<std::int32_t> months; // by day from the first on: the first day of its month
    for (std::int64_t day = *first; day <= *last; ++day)
        months.push_back(
            firstOfMonth(BusinessDate{static_cast<std::int32_t>(day)}).daysSinceEpoch());
    const auto month = [&, from = *first](std::size_t i) {
        return months[static_cast<std::size_t>(std::int64_t{cells.day[i]} - from)];
    };
    const auto place
        = [&](std::size_t i) { return m_state->slotOf(cells.scope[i], cells.key[i], month(i)); };
    m_state->addMany(cells.size(), place, [&](std::size_t i) {
        Cell cell{cells.scope[i], cells.key[i], month(i), cells.charges[i], {}};
        for (std::size_t m = 0; m < MeasureCount; ++m)
            cell.costs[m] = cells.costs[m][i];
        return cell;
    });
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
        // in the order of signed days
        const std::uint64_t day = static_cast<std::uint32_t>(cell.day) ^ 0x8000'0000U;
        order.push_back(
            static_cast<UInt128>(static_cast<std::uint64_t>(cell.scope) << 32 | cell.key) << 64
            | day << 32 | order.size());
    }
    std::sort(order.begin(), order.end());
    RollupCells sorted;
    const auto reserve = [&cells](auto&... columns) { (columns.reserve(cells.size()), ...); };
    reserve(sorted.scope, sorted.key, sorted.day, sorted.charges, sorted.costs[0], sorted.costs[1],
        sorted.costs[2], sorted.costs[3]);
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
    return PackedBlocks::pack(
        Magic, static_cast<std::uint32_t>(cells.size()), {out.data(), {}}, zstdLevel);
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
