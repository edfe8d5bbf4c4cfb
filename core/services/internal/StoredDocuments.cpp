// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/StoredDocuments.h"

#include "core/ingest/CsvReader.h"
#include "core/ingest/MemorySource.h"
#include "core/ingest/RuleCell.h"
#include "core/ingest/TextSource.h"
#include "core/store/StoreError.h"
#include "core/store/tables/DocumentTable.h"

namespace sluice {
namespace {

// Whether the frames are the document from its first byte to its last, each no larger than they are
// made: the bytes that they unpack to are asked for before they are read.
bool areWhole(const std::vector<StoredFrame>& frames, std::uint64_t byteCount)
{
    std::uint64_t offset = 0;
    for (const StoredFrame& frame : frames) {
        if (frame.rawOffset != offset || frame.rawSize == 0
            || frame.rawSize > DocumentPacker::FrameSize)
            return false;
        offset += frame.rawSize;
    }
    return offset == byteCount;
}

} // namespace

Result<DocumentFrames> storedDocument(ReadPool& readers, const DocumentInfo& document)
{
    std::vector<FrameInfo> frames;
    {
        SLUICE_TRY(ReadPool::Lease lease, readers.acquire());
        SLUICE_TRY(
            const std::vector<StoredFrame> stored, readFrames(lease.connection(), document.id));
        if (!areWhole(stored, document.byteCount))
            return Error{ErrorCode::Damaged, lease.connection().path(),
                "the kept parts of the document " + document.name + " do not make it up",
                "Run verify, or open the newest backup"};
        for (const StoredFrame& frame : stored)
            frames.push_back(
                {frame.index, frame.rawOffset, frame.rawSize, frame.firstLine, frame.packed});
    }
    const auto load = [&readers, id = document.id](std::uint32_t index) -> Result<std::string> {
        SLUICE_TRY(ReadPool::Lease lease, readers.acquire());
        return readFrameBytes(lease.connection(), id, index);
    };
    return DocumentFrames{document.name, std::move(frames), load};
}

Result<std::unique_ptr<ByteSource>> openStoredDocument(
    ReadPool& readers, const DocumentInfo& document)
{
    SLUICE_TRY(const DocumentFrames frames, storedDocument(readers, document));
    return frames.source();
}

DocumentRecords::DocumentRecords(DocumentFrames frames, Profile profile)
    : m_frames{std::move(frames)}
    , m_profile{std::make_shared<const Profile>(std::move(profile))}
{
}

Result<DocumentRecords> DocumentRecords::open(
    ReadPool& readers, const StoredBatch& stored, std::size_t ordinal)
{
    SLUICE_CHECK(ordinal < stored.batch.documents.size());
    const std::string& where = stored.batch.publicId;
    SLUICE_TRY(const Profile* base, asStored(findProfile(stored.batch.profile), where));
    Profile profile = *base;
    if (!stored.mapping.empty()) {
        SLUICE_TRY(const Profile mapping,
            asStored(parseProfile(stored.mapping, "the batch's mapping"), where));
        profile = overlaid(std::move(profile), mapping);
    }
    SLUICE_TRY(DocumentFrames frames, storedDocument(readers, stored.batch.documents[ordinal]));
    SLUICE_TRY(std::unique_ptr<TextSource> text, TextSource::open(frames.source()));
    SLUICE_TRY(const CsvReader reader, CsvReader::open(std::move(text)));
    DocumentRecords records{std::move(frames), std::move(profile)};
    records.m_delimiter = reader.delimiter();
    const FocusCatalogue catalogue;
    SLUICE_TRY(records.m_map, mapColumns(reader.header(), *records.m_profile, catalogue, {}));
    return records;
}

Result<DocumentRecords::Record> DocumentRecords::at(std::uint64_t line)
{
    Record record;
    SLUICE_TRY(record.raw, m_frames.record(line));
    CsvReader reader = CsvReader::resume(
        std::make_unique<MemorySource>("record", record.raw), m_delimiter, line);
    RecordBatch batch;
    SLUICE_TRY(const bool found, reader.next(batch));
    if (!found)
        return record;
    const auto fields = batch.fields(0);
    for (const Slot& slot : m_map.columnSlots) {
        const bool inRecord
            = slot.field >= 0 && static_cast<std::size_t>(slot.field) < fields.size();
        const std::string_view text = inRecord ? fields[static_cast<std::size_t>(slot.field)]
                                               : std::string_view{slot.constant};
        record.columns.emplace_back(slot.column, isNullText(text) ? std::string_view{} : text);
    }
    return record;
}

} // namespace sluice
