// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Id.h"
#include "core/store/Connection.h"

#include <functional>
#include <string>
#include <vector>

namespace sluice {

// A stored segment of charges or of the roll-up, without its bytes. Rows and days are inclusive; a
// roll-up has no rows.
struct StoredSegment {
    std::uint32_t index{0};
    std::uint64_t firstRow{0};
    std::uint64_t lastRow{0};
    std::int32_t firstDay{0};
    std::int32_t lastDay{0};
    std::uint64_t count{0}; // charges or cells
};

Status insertChargeSegment(
    Connection& connection, BatchRowId batch, const StoredSegment& segment, std::string_view bytes);
Result<std::vector<StoredSegment>> readChargeSegments(Connection& connection, BatchRowId batch);
Result<std::string> readChargeSegmentBytes(
    Connection& connection, BatchRowId batch, std::uint32_t index);

Status insertRollupSegment(
    Connection& connection, BatchRowId batch, const StoredSegment& segment, std::string_view bytes);
Status forEachRollupSegment(Connection& connection, BatchRowId batch,
    const std::function<Status(const StoredSegment&, std::string_view bytes)>& visit);

} // namespace sluice
