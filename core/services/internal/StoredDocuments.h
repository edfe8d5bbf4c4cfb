// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/ByteSource.h"
#include "core/ingest/ColumnMap.h"
#include "core/ingest/DocumentFrames.h"
#include "core/ingest/Profile.h"
#include "core/ledger/Batch.h"
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

// Reads single records of a stored document under the mapping of its batch.
class DocumentRecords {
public:
    static Result<DocumentRecords> open(
        ReadPool& readers, const StoredBatch& stored, std::size_t ordinal);

    struct Record {
        std::string raw; // as in the file, without its line end
        // canonical name and text (null: empty), in file order
        std::vector<std::pair<std::string, std::string>> columns;
    };
    // Down the lines is fast, see DocumentFrames::record().
    Result<Record> at(std::uint64_t line);

private:
    DocumentRecords(DocumentFrames frames, Profile profile);

    DocumentFrames m_frames;
    std::shared_ptr<const Profile> m_profile; // the map refers to its tables
    ColumnMap m_map;
    char m_delimiter{','};
};

} // namespace sluice
