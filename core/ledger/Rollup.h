// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/Charge.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace sluice {

// The daily roll-up: sums by (scope, charge key, day) within one batch, column by column. Cells are
// additive: the same (scope, key, day) may stand in several segments of a batch (the builder is
// flushed when it is full, so that an import's memory is bounded) and even twice in one (when a
// 64-bit sum would overflow).
struct RollupCells {
    std::vector<std::uint32_t> scope; // ordinal in the batch
    // number within the batch while importing, within the ledger once stored and read
    std::vector<KeyId> key;
    std::vector<std::int32_t> day;
    std::vector<std::uint32_t> charges;
    std::array<std::vector<std::int64_t>, MeasureCount> costs;

    [[nodiscard]] std::size_t size() const noexcept { return key.size(); }
};

class RollupBuilder {
public:
    // some 10 MB, of which the processor's caches hold a good part
    static constexpr std::size_t MaxCells = 1U << 17;

    RollupBuilder();
    ~RollupBuilder();
    // hot path: one probe of an open-addressed table; not when full()
    void add(const Charge& charge);
    // Adds many, until none more is sure to find room; returns how many were added.
    std::size_t add(std::span<const Charge> charges);
    [[nodiscard]] bool full() const noexcept;
    [[nodiscard]] std::size_t size() const noexcept;
    // Adds cells up by month: each counts for the first day of its month. The number of cells is
    // not bounded then.
    void addMonths(const RollupCells& cells);
    // Cells sorted by (scope, key, day); the builder is empty afterwards and keeps its memory.
    [[nodiscard]] RollupCells take();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

std::string encodeRollup(const RollupCells& cells, int zstdLevel = 1);
// Damaged when the bytes are not a roll-up; never reads outside of them.
Result<RollupCells> decodeRollup(std::string_view bytes);
// The second half of decodeRollup(): the unpacked columns. Apart, so that a fuzzer gets past the
// checksum.
Result<RollupCells> decodeRollupColumns(std::size_t count, std::string_view columns);

} // namespace sluice
