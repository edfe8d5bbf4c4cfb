// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BoundedQueue.h"
#include "core/ledger/ChargeSegment.h"
#include "core/ledger/Rollup.h"
#include "core/store/tables/SegmentTable.h"

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace sluice {

// Packs charges into segments and adds them up, on a thread of its own.
class ChargeAssembler {
public:
    // Charges in the order of their rows. Their texts are views of what `owner` keeps alive.
    struct Charges {
        std::vector<Charge> charges;
        std::shared_ptr<void> owner;
    };
    using GiveSegment = std::function<Status(const StoredSegment&, std::string bytes)>;

    // Both are called on the assembler's thread, and their first error ends the work.
    ChargeAssembler(GiveSegment giveSegment, GiveSegment giveRollup);
    ~ChargeAssembler();
    ChargeAssembler(const ChargeAssembler&) = delete;
    ChargeAssembler& operator=(const ChargeAssembler&) = delete;

    // Waits for room. False after an error, which finish() tells.
    bool add(Charges charges);
    // Waits until all is given away. Once.
    Status finish();

private:
    Status assemble(const std::vector<Charge>& charges);
    Status addUp(const std::vector<Charge>& charges);
    Status flushSegment();
    Status flushRollup();

    GiveSegment m_giveSegment;
    GiveSegment m_giveRollup;
    ChargeSegmentBuilder m_segment;
    StoredSegment m_segmentInfo;
    RollupBuilder m_rollup;
    std::uint32_t m_rollupSegments{0};
    Status m_status;
    std::atomic<bool> m_abandoned{false}; // nobody wants what is still in the queue
    BoundedQueue<Charges> m_queue{8};
    std::jthread m_thread; // last: it uses all of the above
};

} // namespace sluice
