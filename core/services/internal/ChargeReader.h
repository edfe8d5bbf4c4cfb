// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/SpendQuery.h"
#include "core/ledger/ChargeSegment.h"
#include "core/store/ReadPool.h"
#include "core/store/tables/BatchTable.h"
#include "core/store/tables/SegmentTable.h"

#include <functional>
#include <map>
#include <optional>

namespace sluice {

// A charge's place in the ledger, as its id says it: the batch's public id and the row in it.
struct ChargeId {
    std::string batch;
    std::uint64_t row{0};

    [[nodiscard]] std::string text() const { return batch + "-" + std::to_string(row); }
    static Result<ChargeId> parse(std::string_view text); // Usage
};

// Reads charges from the stored segments, their key numbers turned into the ledger's. One
// transaction for its life, so that everything it gives belongs to one revision. One thread.
class ChargeReader {
public:
    static Result<ChargeReader> open(ReadPool& readers, std::uint64_t revision);

    // The batches in the order in which they were imported.
    [[nodiscard]] const std::vector<StoredBatch>& batches() const noexcept { return m_batches; }
    [[nodiscard]] bool isLive(std::size_t batch, std::uint32_t scope) const;
    // The public id of the batch that superseded the scope; empty while it is live.
    [[nodiscard]] std::string supersededBy(std::size_t batch, std::uint32_t scope) const;
    // Where the batch stands in batches(): the newest of that public id.
    [[nodiscard]] std::optional<std::size_t> find(const std::string& publicId) const;

    struct Wanted {
        SegmentPart part{SegmentPart::Facts};
        // segments outside are not read; charges still have to be looked at
        std::optional<Period> period;
        std::uint64_t afterRow{0}; // charges up to this row are left out
    };
    // Calls `visit` for the live charges of one batch in the order of their rows, until it returns
    // false.
    Status forEach(std::size_t batch, const Wanted& wanted, const TaskContext& context,
        const std::function<Result<bool>(const Charge&)>& visit);
    // One charge with everything, live or not; nothing when the batch has no such charge. Its texts
    // live until the next at().
    Result<std::optional<Charge>> at(std::size_t batch, std::uint64_t row);

private:
    ChargeReader(ReadPool::Lease lease, std::vector<StoredBatch> batches,
        std::map<ScopeRef, BatchRowId> superseded);
    Result<ChargeSegment> load(std::size_t batch, const StoredSegment& segment, SegmentPart part);

    ReadPool::Lease m_lease;
    std::vector<StoredBatch> m_batches;
    std::map<ScopeRef, BatchRowId> m_superseded;
    std::optional<ChargeSegment> m_last; // what at() read last: the next row is mostly in it too
    std::pair<std::size_t, std::uint32_t> m_lastPlace; // its batch and segment
};

} // namespace sluice
