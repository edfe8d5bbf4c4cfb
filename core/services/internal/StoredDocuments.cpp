// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/StoredDocuments.h"

#include "core/base/WideDecimal.h"
#include "core/ingest/CsvReader.h"
#include "core/ingest/MemorySource.h"
#include "core/ingest/TextSource.h"
#include "core/services/internal/RowVerdicts.h"
#include "core/store/StoreError.h"
#include "core/store/tables/DocumentTable.h"

#include <algorithm>

namespace sluice {
namespace {

std::uint8_t needsOf(ColumnType type)
{
    if (type == ColumnType::Decimal)
        return NeedDecimal;
    return type == ColumnType::DateTime ? NeedInstant : NeedText;
}

bool isCost(const std::string& column)
{
    return std::any_of(Measures.begin(), Measures.end(),
        [&column](Measure measure) { return measureColumn(measure) == column; });
}

std::string numberOf(const Slot& slot, const RuleCell& cell)
{
    if (cell.decimalOk)
        return toStringFixed(cell.decimal);
    // Costs alone are read at any length.
    WideDecimal wide;
    if (!isCost(slot.column) || WideDecimal::parse(cell.text, wide) != WideDecimal::Fit::Held)
        return {};
    return wide.toString();
}

// What the ledger holds of a cell, as text.
std::string valueOf(const Slot& slot, const RuleCell& cell)
{
    if (cell.isNull)
        return {};
    if (slot.type == ColumnType::Decimal)
        return numberOf(slot, cell);
    if (slot.type == ColumnType::DateTime)
        return cell.instantOk ? Timestamp::fromSeconds(cell.seconds).toIso() : std::string{};
    return std::string{FocusCatalogue::canonicalValue(slot.column, cell.text)};
}

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

DocumentRecords::DocumentRecords(std::string name, DocumentFrames frames, char delimiter)
    : m_name{std::move(name)}
    , m_frames{std::move(frames)}
    , m_delimiter{delimiter}
{
}

DocumentRecords::Reading::Reading(Profile own, ColumnMap ownMap)
    : profile{std::move(own)}
    , map{std::move(ownMap)}
    , reader{map, profile}
    , periods{map, profile}
    , cells(map.columnSlots.size())
{
    for (std::size_t slot = 0; slot < cells.size(); ++slot)
        wanted.push_back({slot, needsOf(map.columnSlots[slot].type)});
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
    const DocumentInfo& document = stored.batch.documents[ordinal];
    SLUICE_TRY(DocumentFrames frames, storedDocument(readers, document));
    SLUICE_TRY(std::unique_ptr<TextSource> text, TextSource::open(frames.source()));
    SLUICE_TRY(const CsvReader reader, CsvReader::open(std::move(text)));
    const FocusCatalogue catalogue;
    SLUICE_TRY(ColumnMap map, mapColumns(reader.header(), profile, catalogue, {}));
    map.fieldCount += reader.unnamedColumns();
    DocumentRecords records{document.name, std::move(frames), reader.delimiter()};
    records.m_reading = std::make_unique<Reading>(std::move(profile), std::move(map));
    return records;
}

Result<RecordBatch> DocumentRecords::read(std::uint64_t line, const std::string& raw) const
{
    CsvReader reader
        = CsvReader::resume(std::make_unique<MemorySource>("record", raw), m_delimiter, line);
    RecordBatch batch;
    SLUICE_TRY(const bool found, reader.next(batch));
    if (!found || batch.fields(0).size() != m_reading->map.fieldCount)
        return Error{ErrorCode::Damaged, m_name,
            "line " + std::to_string(line) + " is not the record of a charge any more",
            "Run verify, or open the newest backup"};
    return batch;
}

Result<DocumentRecords::Record> DocumentRecords::at(std::uint64_t line)
{
    Record record;
    record.line = line;
    SLUICE_TRY(record.raw, m_frames.record(line));
    SLUICE_TRY(const RecordBatch batch, read(line, record.raw));
    const std::vector<Slot>& slots = m_reading->map.columnSlots;
    const auto texts = m_reading->reader.texts(batch.fields(0));
    m_reading->reader.read(m_reading->wanted, texts, m_reading->cells);
    m_reading->periods.fill(m_reading->cells);
    record.columns.reserve(slots.size());
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        record.columns.emplace_back(
            slots[slot].column, valueOf(slots[slot], m_reading->cells[slot]));
        if (slots[slot].type == ColumnType::Decimal)
            record.numbers.emplace_back(texts[slot]);
    }
    return record;
}

Result<std::vector<Verdict>> DocumentRecords::verdicts(
    const Record& record, const LedgerTimeZone& zone) const
{
    SLUICE_TRY(const RecordBatch batch, read(record.line, record.raw));
    return verdictsOfRow(batch.fields(0), record.line, m_reading->map, m_reading->profile, zone);
}

} // namespace sluice
