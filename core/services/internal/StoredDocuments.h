// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/ByteSource.h"
#include "core/ingest/CellReader.h"
#include "core/ingest/DerivedPeriods.h"
#include "core/ingest/DocumentFrames.h"
#include "core/ledger/Batch.h"
#include "core/ledger/LedgerTimeZone.h"
#include "core/store/ReadPool.h"
#include "core/store/tables/BatchTable.h"

#include <memory>

namespace sluice {

// A document that the ledger keeps, frame by frame as it is needed. Each frame takes a reader for a
// moment, so a document may be read on any thread and beside a running import. `readers` outlives
// what is returned.
Result<DocumentFrames> storedDocument(ReadPool& readers, const DocumentInfo& document);
// Its raw bytes from the start, as they were imported.
Result<std::unique_ptr<ByteSource>> openStoredDocument(
    ReadPool& readers, const DocumentInfo& document);

// Reads single records of a stored document the way they were imported: with the profile and the
// mapping of the batch.
class DocumentRecords {
public:
    static Result<DocumentRecords> open(
        ReadPool& readers, const StoredBatch& stored, std::size_t ordinal);

    struct Record {
        std::uint64_t line{0};
        std::string raw; // as in the file, without its line end
        // Canonical name and value, in file order: what the ledger and the rules took the file's
        // text for. Numbers are decimals, dates ISO 8601; empty where null or unreadable. Periods
        // that the row leaves empty are those that the profile derives.
        std::vector<std::pair<std::string, std::string>> columns;
        std::vector<std::string> numbers; // the file's own text of those that are numbers
    };
    // Down the lines is fast, see DocumentFrames::record(). Damaged when there is no such record.
    Result<Record> at(std::uint64_t line);
    // What the import found in the record.
    Result<std::vector<Verdict>> verdicts(const Record& record, const LedgerTimeZone& zone) const;

private:
    // What refers to one another, so that it stays where it is.
    struct Reading {
        Reading(Profile own, ColumnMap ownMap);

        Profile profile;
        ColumnMap map;
        CellReader reader;
        DerivedPeriods periods;
        std::vector<CellReader::Wanted> wanted; // all slots
        std::vector<RuleCell> cells;
    };

    DocumentRecords(std::string name, DocumentFrames frames, char delimiter);
    Result<RecordBatch> read(std::uint64_t line, const std::string& raw) const;

    std::string m_name;
    DocumentFrames m_frames;
    char m_delimiter;
    std::unique_ptr<Reading> m_reading;
};

} // namespace sluice
