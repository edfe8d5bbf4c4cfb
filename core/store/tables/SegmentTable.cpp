// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/tables/SegmentTable.h"

#include "core/store/tables/RowText.h"

namespace sluice {

Status insertChargeSegment(
    Connection& connection, BatchRowId batch, const StoredSegment& segment, std::string_view bytes)
{
    SLUICE_TRY(Statement insert,
        connection.prepare(
            "INSERT INTO charge_segments(batch, segment, first_row, last_row, first_day, last_day, rows, bytes) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
    insert.bind(1, batch.value())
        .bind(2, std::int64_t{segment.index})
        .bind(3, static_cast<std::int64_t>(segment.firstRow));
    insert.bind(4, static_cast<std::int64_t>(segment.lastRow))
        .bind(5, std::int64_t{segment.firstDay})
        .bind(6, std::int64_t{segment.lastDay});
    insert.bind(7, static_cast<std::int64_t>(segment.count)).bindBlobRef(8, bytesOf(bytes));
    return insert.run();
}

Result<std::vector<StoredSegment>> readChargeSegments(Connection& connection, BatchRowId batch)
{
    SLUICE_TRY(Statement query,
        connection.prepare(
            "SELECT segment, first_row, last_row, first_day, last_day, rows FROM charge_segments "
            "WHERE batch = ?1 ORDER BY segment"));
    query.bind(1, batch.value());
    std::vector<StoredSegment> segments;
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return segments;
        segments.push_back({static_cast<std::uint32_t>(query.columnInt(0)),
            static_cast<std::uint64_t>(query.columnInt(1)),
            static_cast<std::uint64_t>(query.columnInt(2)),
            static_cast<std::int32_t>(query.columnInt(3)),
            static_cast<std::int32_t>(query.columnInt(4)),
            static_cast<std::uint64_t>(query.columnInt(5))});
    }
}

Result<std::string> readChargeSegmentBytes(
    Connection& connection, BatchRowId batch, std::uint32_t index)
{
    SLUICE_TRY(Statement query,
        connection.prepare("SELECT bytes FROM charge_segments WHERE batch = ?1 AND segment = ?2"));
    query.bind(1, batch.value()).bind(2, std::int64_t{index});
    SLUICE_TRY(const bool found, query.step());
    if (!found)
        return Error{ErrorCode::Damaged, connection.path(), "a segment of charges is missing",
            "Open the newest backup"};
    return std::string{blobText(query, 0)};
}

Status insertRollupSegment(
    Connection& connection, BatchRowId batch, const StoredSegment& segment, std::string_view bytes)
{
    SLUICE_TRY(Statement insert,
        connection.prepare(
            "INSERT INTO rollup_segments(batch, segment, first_day, last_day, cells, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
    insert.bind(1, batch.value())
        .bind(2, std::int64_t{segment.index})
        .bind(3, std::int64_t{segment.firstDay});
    insert.bind(4, std::int64_t{segment.lastDay})
        .bind(5, static_cast<std::int64_t>(segment.count))
        .bindBlobRef(6, bytesOf(bytes));
    return insert.run();
}

Status forEachRollupSegment(Connection& connection, BatchRowId batch,
    const std::function<Status(const StoredSegment&, std::string_view)>& visit)
{
    SLUICE_TRY(Statement query,
        connection.prepare(
            "SELECT segment, first_day, last_day, cells, bytes FROM rollup_segments WHERE batch = ?1 ORDER BY segment"));
    query.bind(1, batch.value());
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return Status::success();
        StoredSegment segment;
        segment.index = static_cast<std::uint32_t>(query.columnInt(0));
        segment.firstDay = static_cast<std::int32_t>(query.columnInt(1));
        segment.lastDay = static_cast<std::int32_t>(query.columnInt(2));
        segment.count = static_cast<std::uint64_t>(query.columnInt(3));
        SLUICE_TRY_DO(visit(segment, blobText(query, 4)));
    }
}

} // namespace sluice
