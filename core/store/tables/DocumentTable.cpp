// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/tables/DocumentTable.h"

#include "core/store/tables/RowText.h"

namespace sluice {

Result<DocumentRowId> nextDocumentId(Connection& connection)
{
    SLUICE_TRY(const std::int64_t newest,
        connection.queryInt("SELECT coalesce(max(id), 0) FROM documents"));
    return DocumentRowId{newest + 1};
}

Result<std::optional<DocumentRowId>> findDocument(Connection& connection, const Sha256& sha256)
{
    SLUICE_TRY(Statement query, connection.prepare("SELECT id FROM documents WHERE sha256 = ?1"));
    query.bindBlob(1, sha256);
    SLUICE_TRY(const bool found, query.step());
    return found ? std::optional<DocumentRowId>{DocumentRowId{query.columnInt(0)}} : std::nullopt;
}

Result<bool> hasDocumentOfSize(Connection& connection, std::uint64_t byteCount)
{
    SLUICE_TRY(Statement query,
        connection.prepare("SELECT 1 FROM documents WHERE byte_count = ?1 LIMIT 1"));
    query.bind(1, static_cast<std::int64_t>(byteCount));
    return query.step();
}

Status insertDocument(
    Connection& connection, DocumentRowId id, const Sha256& sha256, std::uint64_t byteCount)
{
    SLUICE_TRY(Statement insert,
        connection.prepare("INSERT INTO documents(id, sha256, byte_count) VALUES (?1, ?2, ?3)"));
    insert.bind(1, id.value()).bindBlob(2, sha256).bind(3, static_cast<std::int64_t>(byteCount));
    return insert.run();
}

Status insertFrame(Connection& connection, DocumentRowId document, const StoredFrame& frame,
    std::string_view bytes)
{
    SLUICE_TRY(Statement insert,
        connection.prepare(
            "INSERT INTO document_frames(document, frame, raw_offset, raw_size, first_line, packed, bytes) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
    insert.bind(1, document.value())
        .bind(2, std::int64_t{frame.index})
        .bind(3, static_cast<std::int64_t>(frame.rawOffset));
    insert.bind(4, std::int64_t{frame.rawSize})
        .bind(5, static_cast<std::int64_t>(frame.firstLine))
        .bind(6, std::int64_t{frame.packed ? 1 : 0});
    insert.bindBlobRef(7, bytesOf(bytes));
    return insert.run();
}

Status discardFrames(Connection& connection, DocumentRowId document)
{
    SLUICE_TRY(
        Statement remove, connection.prepare("DELETE FROM document_frames WHERE document = ?1"));
    remove.bind(1, document.value());
    return remove.run();
}

Result<std::vector<StoredFrame>> readFrames(Connection& connection, DocumentRowId document)
{
    SLUICE_TRY(Statement query,
        connection.prepare(
            "SELECT frame, raw_offset, raw_size, first_line, packed FROM document_frames WHERE document = ?1 ORDER BY frame"));
    query.bind(1, document.value());
    std::vector<StoredFrame> frames;
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return frames;
        frames.push_back({static_cast<std::uint32_t>(query.columnInt(0)),
            static_cast<std::uint64_t>(query.columnInt(1)),
            static_cast<std::uint32_t>(query.columnInt(2)),
            static_cast<std::uint64_t>(query.columnInt(3)), query.columnInt(4) != 0});
    }
}

Result<std::string> readFrameBytes(
    Connection& connection, DocumentRowId document, std::uint32_t index)
{
    SLUICE_TRY(Statement query,
        connection.prepare("SELECT bytes FROM document_frames WHERE document = ?1 AND frame = ?2"));
    query.bind(1, document.value()).bind(2, std::int64_t{index});
    SLUICE_TRY(const bool found, query.step());
    if (!found)
        return Error{ErrorCode::Damaged, connection.path(),
            "a part of a stored document is missing", "Open the newest backup"};
    return std::string{blobText(query, 0)};
}

} // namespace sluice
