// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/ImportCommand.h"

#include "core/services/internal/BatchRecord.h"
#include "core/services/internal/StoredDocuments.h"
#include "core/services/internal/Supersession.h"
#include "core/store/StoreError.h"
#include "core/store/Transaction.h"
#include "core/store/tables/DictionaryTable.h"
#include "core/store/tables/DocumentTable.h"

#include <algorithm>
#include <numeric>
#include <thread>

namespace sluice {
namespace {

// outputs waiting to be written, some 130 KB each: what the writer may lag behind
constexpr std::size_t QueueLength = 24;
constexpr std::size_t StagingBytes = 3U << 20; // of one staging transaction

Error countsAlready(const std::string& file, const std::string& batch, const std::string& source,
    BatchKind kind, bool append)
{
    return {ErrorCode::BadInput, file,
        "its rows are in the ledger already, in batch " + batch + " (" + source + ", "
            + std::string{batchKindName(kind)} + "), and would count twice",
        append ? "Leave the file out: each delivery of this source adds to what is there"
               : "Import it with the source and kind of that batch, so that it takes its place"};
}

std::vector<KeyId> allKeys(const KeyDictionary& keys)
{
    std::vector<KeyId> all(keys.keyCount());
    std::iota(all.begin(), all.end(), KeyId{0});
    return all;
}

// Whether a retry brings anything. A mapping under which fewer rows can be charges is no repair;
// one under which as many can says something else of them.
bool isNews(const DeliveryFiles& retry, const Batch& again, const std::string& mapping)
{
    return mapping == retry.mappingBefore ? again.rowsAccepted > retry.before->rowsAccepted
                                          : again.rowsAccepted >= retry.before->rowsAccepted;
}

// Whether only their text can tell that two batches hold the same charges: deliveries of a source
// that appends, or of two sources and no account that would show it.
bool mayHoldTheSame(const Batch& batch, const Batch& old)
{
    const auto namesNoAccount = [](const Scope& scope) { return scope.billingAccount.empty(); };
    return old.source == batch.source ? batch.appends
                                      : std::ranges::any_of(batch.scopes, namesNoAccount)
            && std::ranges::any_of(old.scopes, namesNoAccount);
}

// A total that fits says nothing of the parts: one may be cut short and another too long.
Status requireAllRows(const DeliveryFiles& delivery, const ImportedDelivery& read)
{
    const auto fault
        = [&delivery](std::uint64_t expected, const std::string& of, std::uint64_t rows) -> Status {
        return Error{ErrorCode::BadInput, delivery.given,
            "the manifest speaks of " + std::to_string(expected) + " rows" + of + " "
                + std::to_string(rows),
            "Download the delivery again"};
    };
    for (std::size_t i = 0; i < delivery.files.size(); ++i) {
        const DeliveryFile& file = delivery.files[i];
        if (file.expectedRows && *file.expectedRows != read.rowsOf[i])
            return fault(
                *file.expectedRows, " in " + file.blobName + ", the file has", read.rowsOf[i]);
    }
    const std::uint64_t rows = read.batch.rowsRead;
    if (delivery.expectedRows && *delivery.expectedRows != rows)
        return fault(*delivery.expectedRows, ", the files have", rows);
    return Status::success();
}

} // namespace

ImportCommand::ImportCommand(Workspace::State& state, const ImportRequest& request,
    std::string mappingText, std::optional<Profile> mapping, const TaskContext& context)
    : m_state{state}
    , m_request{request}
    , m_mappingText{std::move(mappingText)}
    , m_mapping{std::move(mapping)}
    , m_context{context}
{
}

Status ImportCommand::stage(Connection& connection, const std::vector<DeliveryFiles>& deliveries)
{
    SLUICE_TRY(const BatchRowId batch, nextBatchId(connection));
    SLUICE_TRY(const DocumentRowId document, nextDocumentId(connection));
    m_nextBatch = batch.value();
    m_nextDocument = document.value();
    for (const DeliveryFiles& delivery : deliveries) {
        Staged staged;
        staged.delivery = &delivery;
        SLUICE_TRY_DO(stageDelivery(connection, staged));
        m_staged.push_back(std::move(staged));
    }
    return Status::success();
}

Result<JsonValue> ImportCommand::finish(
    Connection& connection, std::uint64_t revision, ImportReport& report)
{
    JsonValue batches = JsonValue::array();
    for (Staged& staged : m_staged) {
        if (staged.known) {
            report.batches.push_back({staged.delivery->given, BatchStatus::Unchanged,
                *std::move(staged.known), staged.delivery->skipped, {}});
            continue;
        }
        SLUICE_TRY(ImportedBatch imported, finishDelivery(connection, revision, staged));
        if (m_look)
            SLUICE_TRY_DO(m_look(connection, revision, *m_dictionary, imported));
        if (imported.status == BatchStatus::Imported)
            batches.append(batchPayload(imported.batch));
        report.batches.push_back(std::move(imported));
    }
    return importPayload(std::move(batches));
}

Result<std::optional<ImportCommand::Known>> ImportCommand::knownDelivery(
    Connection& connection, const DeliveryFiles& delivery) const
{
    std::vector<DocumentInfo> documents;
    for (const DeliveryFile& file : delivery.files) {
        // Only a file of a size that is known already is worth reading twice.
        SLUICE_TRY(const std::uint64_t size, sizeOf(file));
        SLUICE_TRY(const bool possible, hasDocumentOfSize(connection, size));
        if (!possible)
            return std::optional<Known>{};
        SLUICE_TRY(const Sha256 hash, hashOf(file, m_context));
        documents.push_back({DocumentRowId{}, file.name, hash, size});
    }
    const std::string id = batchPublicId(documents);
    std::optional<Known> known;
    for (unsigned number = 1;; ++number) {
        auto stored = readBatch(connection, deliveryId(id, number));
        if (!stored.ok() && stored.error().code != ErrorCode::NotFound)
            return std::move(stored).error();
        if (!stored.ok())
            break;
        known = Known{*std::move(stored), number};
    }
    if (known)
        SLUICE_TRY_DO(requireAsBefore(delivery, known->stored));
    return known;
}

// What is restated by its old bytes is read as it was, or it would be something else.
Status ImportCommand::readAsBefore(Staged& staged, const Known& known) const
{
    const Batch& batch = known.stored.batch;
    staged.id = deliveryId(documentsId(batch.publicId), known.deliveries + 1);
    staged.mappingText = known.stored.mapping;
    staged.options.source = batch.source;
    staged.options.profile = batch.profile;
    staged.options.kind = batch.kind;
    if (staged.mappingText.empty())
        return Status::success();
    SLUICE_TRY(staged.options.mapping,
        asStored(parseProfile(staged.mappingText, "the batch's mapping"), batch.publicId));
    return Status::success();
}

Status ImportCommand::requireAsBefore(
    const DeliveryFiles& delivery, const StoredBatch& stored) const
{
    const Batch& batch = stored.batch;
    if (!m_mappingText.empty() && m_mappingText != stored.mapping)
        return Error{ErrorCode::BadInput, delivery.given,
            "it is batch " + batch.publicId + " already, imported with another mapping or none",
            "To read it again with this one, say `sluice-cli quarantine LEDGER " + batch.publicId
                + " --retry --map FILE`"};
    const auto differs = [](const std::string& wanted, std::string_view is) {
        return !wanted.empty() && wanted != is;
    };
    if (differs(m_request.source, batch.source) || differs(m_request.profile, batch.profile)
        || (m_request.kind && *m_request.kind != batch.kind))
        return Error{ErrorCode::BadInput, delivery.given,
            "it is batch " + batch.publicId + " already, imported as source '" + batch.source
                + "', profile " + batch.profile + ", kind "
                + std::string{batchKindName(batch.kind)},
            "A file keeps what it was imported as: leave --source, --profile and --kind out"};
    return Status::success();
}

Status ImportCommand::stageDelivery(Connection& connection, Staged& staged)
{
    staged.mappingText = m_mappingText;
    staged.options.mapping = m_mapping;
    staged.options.source = m_request.source;
    staged.options.kind = m_request.kind;
    if (!m_request.profile.empty())
        staged.options.profile = m_request.profile;
    if (!staged.delivery->before) {
        SLUICE_TRY(std::optional<Known> known, knownDelivery(connection, *staged.delivery));
        if (known && !(m_request.restate && hasGivenWay(known->stored.batch))) {
            staged.known = std::move(known->stored.batch);
            return Status::success();
        }
        if (known)
            SLUICE_TRY_DO(readAsBefore(staged, *known));
    }
    staged.batch = BatchRowId{m_nextBatch++};
    for (std::size_t i = 0; i < staged.delivery->files.size(); ++i)
        staged.documents.push_back(DocumentRowId{m_nextDocument++});
    staged.keys = std::make_unique<KeyDictionary>();
    SLUICE_TRY_DO(readDelivery(connection, staged));
    return requireAllRows(*staged.delivery, staged.result);
}

Status ImportCommand::readDelivery(Connection& connection, Staged& staged)
{
    BatchImport::Options& options = staged.options;
    if (!options.source.empty()) {
        SLUICE_TRY(options.demoted, readDemotedFields(connection, options.source));
    }
    BoundedQueue<ImportOutput> output{QueueLength};
    Result<ImportedDelivery> imported = TaskContext::cancelled();
    Status written;
    {
        std::jthread reader{[&] {
            BatchImport import{options, *m_state.zone, *staged.keys, output, m_context};
            imported = import.run(staged.delivery->files);
            output.close();
        }};
        written = storeOutputs(connection, staged, output);
        output.close();
    }
    SLUICE_TRY_DO(std::move(written));
    SLUICE_TRY(staged.result, std::move(imported));
    return Status::success();
}

Result<ImportedBatch> ImportCommand::finishDelivery(
    Connection& connection, std::uint64_t revision, Staged& staged)
{
    const DeliveryFiles& delivery = *staged.delivery;
    StoredBatch stored;
    stored.batch = std::move(staged.result.batch);
    stored.mapping = staged.mappingText;
    Batch& batch = stored.batch;
    if (delivery.before && !isNews(delivery, batch, staged.mappingText))
        return ImportedBatch{delivery.given, BatchStatus::Unchanged, *delivery.before, {}, {}};
    for (const Staged& other : m_staged) { // those after this one still have their batches
        if (!other.known && other.result.batch.publicId == batch.publicId)
            return Error{ErrorCode::BadInput, other.delivery->given,
                "it is the same file as " + delivery.given, "Name each file once"};
    }
    if (delivery.before)
        batch.publicId = delivery.before->publicId;
    else if (!staged.id.empty())
        batch.publicId = staged.id;
    batch.id = staged.batch;
    batch.revision = revision;
    batch.importedAt = m_state.environment.clock.now();
    SLUICE_TRY_DO(loadLedgerKeys(connection));
    SLUICE_TRY(
        const StandingScopes standing, StandingScopes::read(connection, revision, *m_dictionary));
    const std::set<std::string> providers = providersOf(*staged.keys, allKeys(*staged.keys));
    if (batch.source.empty())
        batch.source = standing.sourceOf(batch, providers, staged.result.ownSource);
    if (!delivery.before && staged.result.delivery)
        SLUICE_TRY_DO(setSourceAppends(
            connection, batch.source, *staged.result.delivery == Delivery::Append));
    SLUICE_TRY(batch.appends, sourceAppends(connection, batch.source));
    SLUICE_TRY_DO(storeDocuments(connection, batch, staged, standing));
    SLUICE_TRY_DO(requireNewText(batch, staged, standing));
    SLUICE_TRY_DO(moveToDetails(connection, batch, staged.result.demoted));
    SLUICE_TRY(stored.keys, storeKeys(connection, *staged.keys, staged.result.demoted));
    SLUICE_TRY_DO(insertBatch(connection, stored));
    Status placed = standing.requireOneSource(batch, providers);
    if (placed.ok() && delivery.before)
        placed = standing.requireBehindLater(stored);
    if (placed.ok()) {
        const Supersession supersession{connection, standing, m_own, m_request.replaceSmaller};
        placed = delivery.before ? supersession.ofRetry(batch) : supersession.ofDelivery(batch);
    }
    if (!placed.ok()) {
        Error error = placed.error();
        error.where = delivery.given;
        return error;
    }
    m_own.push_back(batch.id);
    std::vector<std::string> beside = standing.besideOf(batch);
    return ImportedBatch{delivery.given, BatchStatus::Imported, std::move(batch), delivery.skipped,
        std::move(beside)};
}

Status ImportCommand::moveToDetails(
    Connection& connection, Batch& batch, std::set<std::string>& demoted) const
{
    SLUICE_TRY(const std::set<std::string> known, readDemotedFields(connection, batch.source));
    for (const std::string& field : demoted) {
        if (known.count(field) > 0)
            continue;
        SLUICE_TRY_DO(insertDemotedField(connection, batch.source, field, batch.id));
        batch.verdicts.push_back(crowdedVerdict(field, batch.rowsAccepted));
    }
    demoted.insert(known.begin(), known.end());
    return Status::success();
}

Status ImportCommand::storeOutputs(
    Connection& connection, const Staged& staged, BoundedQueue<ImportOutput>& output) const
{
    while (std::optional<ImportOutput> first = output.pop()) {
        SLUICE_TRY_DO(inTransaction(connection,
            [&](Connection& c) { return storeSome(c, staged, *std::move(first), output); }));
        SLUICE_TRY_DO(connection.checkpointWhenLong());
    }
    return Status::success();
}

Status ImportCommand::storeSome(Connection& connection, const Staged& staged, ImportOutput first,
    BoundedQueue<ImportOutput>& output) const
{
    std::size_t bytes = 0;
    std::optional<ImportOutput> next{std::move(first)};
    while (next) {
        if (m_context.stopRequested())
            return TaskContext::cancelled();
        SLUICE_TRY(const std::size_t stored, storeOutput(connection, staged, *next));
        bytes += stored;
        next = bytes < StagingBytes ? output.pop() : std::nullopt;
    }
    // The reading side ends its output too when it is stopped: no commit for that.
    return m_context.stopRequested() ? Status{TaskContext::cancelled()} : Status::success();
}

Result<std::size_t> ImportCommand::storeOutput(
    Connection& connection, const Staged& staged, const ImportOutput& output) const
{
    if (const auto* frame = std::get_if<FrameOutput>(&output)) {
        const FrameInfo& info = frame->frame.info;
        SLUICE_TRY_DO(insertFrame(connection, staged.documents[frame->file],
            {info.index, info.rawOffset, info.rawSize, info.firstLine, info.packed},
            frame->frame.bytes));
        return frame->frame.bytes.size();
    }
    if (const auto* segment = std::get_if<SegmentOutput>(&output)) {
        SLUICE_TRY_DO(
            insertChargeSegment(connection, staged.batch, segment->segment, segment->bytes));
        return segment->bytes.size();
    }
    if (const auto* rollup = std::get_if<RollupOutput>(&output)) {
        SLUICE_TRY_DO(
            insertRollupSegment(connection, staged.batch, rollup->segment, rollup->bytes));
        return rollup->bytes.size();
    }
    const auto& rows = std::get<QuarantineOutput>(output).rows;
    SLUICE_TRY_DO(insertQuarantinedRows(connection, staged.batch, rows));
    std::size_t bytes = 0;
    for (const QuarantinedRow& row : rows)
        bytes += row.rawLine.size();
    return bytes;
}

Status ImportCommand::storeDocuments(Connection& connection, Batch& batch, const Staged& staged,
    const StandingScopes& standing) const
{
    for (std::size_t i = 0; i < staged.documents.size(); ++i) {
        DocumentInfo& document = batch.documents[i];
        if (staged.delivery->files[i].stored)
            continue;
        SLUICE_TRY(
            const std::optional<DocumentRowId> twin, findDocument(connection, document.sha256));
        if (!twin) {
            document.id = staged.documents[i];
            SLUICE_TRY_DO(
                insertDocument(connection, document.id, document.sha256, document.byteCount));
            continue;
        }
        // A part of a delivery that did not change: the ledger keeps its bytes once.
        document.id = *twin;
        if (staged.result.rowsOf[i] > 0)
            SLUICE_TRY_DO(requireCountsOnce(batch, staged, document, standing));
        SLUICE_TRY_DO(discardFrames(connection, staged.documents[i]));
    }
    return Status::success();
}

// The rows of a document count once: the new batch takes the place of every other that has it,
// which only happens within one source and kind, and for sure only under one mapping: another one
// may find other accounts and periods in it.
Status ImportCommand::requireCountsOnce(const Batch& batch, const Staged& staged,
    const DocumentInfo& document, const StandingScopes& standing) const
{
    for (const StoredBatch* holder : standing.holdersOf(document.id)) {
        const Batch& other = holder->batch;
        if (batch.appends || other.source != batch.source || other.kind != batch.kind)
            return countsAlready(
                document.name, other.publicId, other.source, other.kind, batch.appends);
        if (holder->mapping != staged.mappingText)
            return Error{ErrorCode::BadInput, document.name,
                "it is in batch " + other.publicId + " already, read with another mapping or none",
                "Read that batch again with this one first: `sluice-cli quarantine LEDGER "
                    + other.publicId + " --retry --map FILE`"};
    }
    return Status::success();
}

// Documents are known by the hash of their bytes, which is another one when the same file comes
// packed, or packed anew.
Status ImportCommand::requireNewText(
    const Batch& batch, const Staged& staged, const StandingScopes& standing) const
{
    for (std::size_t i = 0; i < staged.documents.size(); ++i) {
        const DeliveryFile& file = staged.delivery->files[i];
        const std::uint64_t rows = staged.result.rowsOf[i];
        if (file.stored || rows == 0)
            continue;
        for (const StoredBatch& stored : standing.batches()) {
            const Batch& old = stored.batch;
            const bool possible
                = old.documents.size() == 1 ? old.rowsRead == rows : old.rowsRead >= rows;
            if (!possible || old.kind != batch.kind || !mayHoldTheSame(batch, old))
                continue;
            for (const DocumentInfo& document : old.documents) {
                const DeliveryFile kept{document.name,
                    [this, &document] { return openStoredDocument(*m_state.readers, document); },
                    document};
                SLUICE_TRY(const bool same, holdSameText(file, kept, m_context));
                if (same)
                    return countsAlready(
                        file.name, old.publicId, old.source, old.kind, batch.appends);
            }
        }
    }
    return Status::success();
}

Status ImportCommand::loadLedgerKeys(Connection& connection)
{
    if (m_dictionary)
        return Status::success();
    m_dictionary.emplace();
    return loadDictionary(connection, *m_dictionary);
}

Result<std::vector<KeyId>> ImportCommand::storeKeys(
    Connection& connection, const KeyDictionary& keys, const std::set<std::string>& demoted)
{
    SLUICE_TRY_DO(loadLedgerKeys(connection));
    KeyDictionary& ledger = *m_dictionary;
    const std::size_t firstString = ledger.strings().size();
    const std::size_t firstKey = ledger.keyCount();
    // The ledger's numbers of the batch's texts, each looked up once; fields that left the keys
    // have none.
    std::vector<std::optional<StringId>> texts(keys.strings().size());
    std::vector<bool> left(keys.strings().size(), false);
    for (const std::string& field : demoted) {
        if (const StringId* id = keys.strings().find(field))
            left[*id] = true;
    }
    const auto ledgerId = [&](StringId id) {
        if (!texts[id])
            texts[id] = ledger.intern(keys.text(id));
        return *texts[id];
    };
    std::vector<KeyId> mapping;
    std::vector<KeyCell> cells;
    for (KeyId key = 0; key < keys.keyCount(); ++key) {
        cells.clear();
        for (const KeyCell& cell : keys.cells(key)) {
            if (!left[cell.field])
                cells.push_back({ledgerId(cell.field), ledgerId(cell.value)});
        }
        std::sort(cells.begin(), cells.end());
        mapping.push_back(ledger.internKey(cells));
    }
    SLUICE_TRY_DO(saveDictionary(connection, ledger, firstString, firstKey));
    return mapping;
}

} // namespace sluice