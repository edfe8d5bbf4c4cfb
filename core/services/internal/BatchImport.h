// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BoundedQueue.h"
#include "core/base/TaskContext.h"
#include "core/ingest/ByteSource.h"
#include "core/ingest/ControlTotals.h"
#include "core/ingest/CsvReader.h"
#include "core/ingest/DocumentPacker.h"
#include "core/ingest/Profile.h"
#include "core/ingest/RowMapper.h"
#include "core/ingest/ScopeTable.h"
#include "core/ledger/Batch.h"
#include "core/ledger/LedgerTimeZone.h"
#include "core/services/internal/ChargeAssembler.h"
#include "core/services/internal/DeliveryFiles.h"
#include "core/services/internal/RecordFeed.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace sluice {

// What the thread that reads hands to the thread that writes, in order.
struct FrameOutput {
    std::size_t file;
    PackedFrame frame;
};
struct SegmentOutput {
    StoredSegment segment;
    std::string bytes;
};
struct RollupOutput {
    StoredSegment segment;
    std::string bytes;
};
struct QuarantineOutput {
    std::vector<QuarantinedRow> rows;
};
using ImportOutput = std::variant<FrameOutput, SegmentOutput, RollupOutput, QuarantineOutput>;

// What is known once the last record was read.
struct ImportedDelivery {
    Batch batch; // without ids, revision and time; documents without row ids where they are new
    std::vector<std::uint64_t> rowsOf; // by document
    // fields with too many values, those of the source before included
    std::set<std::string> demoted;
    std::optional<Delivery> delivery; // what profile and mapping say of the source's deliveries
    std::string ownSource; // a name for the source where neither the user nor the ledger knows one
};

// Reads one delivery from the first byte to the last: hashes and packs its documents, maps records
// to charges, runs the rules, fills segments and roll-up. Cutting records, mapping them, assembling
// charges and packing the document go on side by side; everything that has to be stored goes
// through the queue. Memory does not grow with the files, apart from the dictionary of keys.
class BatchImport {
public:
    struct Options {
        std::optional<std::string> profile; // id; else recognised by columns
        std::optional<Profile> mapping; // laid over the profile
        // empty: the mapping's; the batch has none where that says nothing either
        std::string source;
        std::optional<BatchKind> kind;
        std::set<std::string> demoted;
    };

    // `keys` is the batch's own dictionary, empty.
    BatchImport(const Options& options, const LedgerTimeZone& zone, KeyDictionary& keys,
        BoundedQueue<ImportOutput>& output, const TaskContext& context);
    Result<ImportedDelivery> run(const std::vector<DeliveryFile>& files);

private:
    Status readFile(const DeliveryFile& file);
    Status requireNoTwin(const DeliveryFile& file, const DocumentInfo& document);
    Status readRecords(CsvReader& reader);
    Status setUpMapper(const std::vector<std::string>& header, const RecordBatch* first);
    Status noteProfile();
    Status mapRecords(const RecordBatch& records, std::vector<Charge>& charges);
    Status flushQuarantine();
    Status give(ImportOutput output);
    void noteFault(const MappedRow& row, std::string_view raw);
    void collectVerdicts(const Profile& profile);
    void addVerdict(Verdict verdict);
    [[nodiscard]] std::string ownSource() const;

    const Options& m_options;
    const LedgerTimeZone& m_zone;
    KeyDictionary& m_keys;
    BoundedQueue<ImportOutput>& m_output;
    const TaskContext& m_context;
    FocusCatalogue m_catalogue;
    RuleModel m_model; // our own, all versions

    ImportedDelivery m_result;
    std::size_t m_file{0};
    std::string m_where; // the file at hand, for messages
    std::vector<DeliveryFile> m_filesBefore; // with rows
    std::vector<std::pair<std::uint64_t, std::string>> m_looks; // theirs: rows, the first of them
    std::string m_firstRow; // of the file at hand
    std::uint64_t m_bytesBefore{0};
    Profile m_profile; // of the file at hand
    std::optional<Profile> m_deliveryProfile; // of the first file that has rows
    std::string m_profileFile; // that file
    std::optional<ColumnMap> m_map;
    std::optional<RowMapper> m_mapper;
    MappedRow m_row;
    std::optional<ChargeAssembler> m_assembler;
    std::vector<QuarantinedRow> m_quarantine;
    ControlTotals m_totals;
    ScopeTable m_scopes;
    std::vector<std::uint64_t> m_rowsOfKey;
    std::map<std::string, Verdict> m_verdicts; // by rule id
    std::map<std::string, Verdict> m_refusals; // of the file at hand: what set its rows aside
};

} // namespace sluice
