// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/ImportCommand.h"

#include "core/ingest/AzureManifest.h"
#include "core/ingest/FileSource.h"
#include "core/store/Transaction.h"
#include "core/store/tables/DictionaryTable.h"
#include "core/store/tables/DocumentTable.h"

#include <algorithm>
#include <filesystem>
#include <thread>

namespace sluice {
namespace {

    constexpr std::size_t QueueLength = 24; // outputs waiting to be written, some 130 KB each: what the writer may lag behind
    constexpr std::size_t StagingBytes = 3U << 20; // of one staging transaction

    DeliveryFile fileOnDisk(const std::filesystem::path& path)
    {
        const auto open = [path]() -> Result<std::unique_ptr<ByteSource>> {
            SLUICE_TRY(std::unique_ptr<FileSource> source, FileSource::open(path));
            return std::unique_ptr<ByteSource>{std::move(source)};
        };
        return {path.filename().string(), open, std::nullopt};
    }

    Result<Sha256> hashOf(const DeliveryFile& file, const TaskContext& context)
    {
        SLUICE_TRY(const std::unique_ptr<ByteSource> source, file.open());
        Sha256Stream stream;
        for (;;) {
            SLUICE_TRY(const ByteBlock block, source->next({}));
            if (block.atEnd())
                return stream.finish();
            if (context.stopRequested())
                return TaskContext::cancelled();
            stream.add(block.bytes());
        }
    }

    Result<std::uint64_t> sizeOf(const DeliveryFile& file)
    {
        SLUICE_TRY(const std::unique_ptr<ByteSource> source, file.open());
        return source->rawSize();
    }

    JsonValue batchPayload(const Batch& batch)
    {
        JsonValue payload = JsonValue::object();
        payload.set("id", batch.publicId);
        payload.set("source", batch.source);
        payload.set("kind", batchKindName(batch.kind));
        payload.set("profile", batch.profile);
        payload.set("focus_version", batch.focusVersion);
        payload.set("rows_read", static_cast<std::int64_t>(batch.rowsRead));
        payload.set("rows_accepted", static_cast<std::int64_t>(batch.rowsAccepted));
        JsonValue documents = JsonValue::array();
        for (const DocumentInfo& document : batch.documents) {
            JsonValue entry = JsonValue::object();
            entry.set("name", document.name);
            entry.set("sha256", toHex(document.sha256));
            documents.append(std::move(entry));
        }
        payload.set("documents", std::move(documents));
        return payload;
    }

    Int128 magnitude(Int128 amount)
    {
        return amount < 0 ? -amount : amount;
    }

} // namespace

Result<ImportCommand::Delivery> deliveryOf(const std::string& path)
{
    ImportCommand::Delivery delivery;
    delivery.given = path;
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status))
        return Error{ErrorCode::NotFound, path, "there is no such file", "Check the name"};
    const bool isManifest = std::filesystem::path{path}.filename() == "manifest.json";
    if (!isManifest && !std::filesystem::is_directory(status)) {
        delivery.files.push_back(fileOnDisk(path));
        return delivery;
    }
    if (isManifest || std::filesystem::exists(std::filesystem::path{path} / "manifest.json", error)) {
        SLUICE_TRY(const AzureManifest manifest, AzureManifest::read(path));
        for (const ManifestFile& file : manifest.files)
            delivery.files.push_back(fileOnDisk(file.path));
        delivery.expectedRows = manifest.dataRowCount;
        return delivery;
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{path, error}) {
        const std::string name = entry.path().filename().string();
        if (entry.is_regular_file(error) && name.front() != '.')
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files)
        delivery.files.push_back(fileOnDisk(file));
    if (delivery.files.empty())
        return Error{ErrorCode::BadInput, path, "the folder has no files", "Name the folder that holds the delivery"};
    return delivery;
}

ImportCommand::ImportCommand(Workspace::State& state, const ImportRequest& request, std::string mappingText, std::optional<Profile> mapping, const TaskContext& context)
    : m_state{state}
    , m_request{request}
    , m_mappingText{std::move(mappingText)}
    , m_mapping{std::move(mapping)}
    , m_context{context}
{
}

Status ImportCommand::stage(Connection& connection, const std::vector<Delivery>& deliveries)
{
    SLUICE_TRY(const BatchRowId batch, nextBatchId(connection));
    SLUICE_TRY(const DocumentRowId document, nextDocumentId(connection));
    m_nextBatch = batch.value();
    m_nextDocument = document.value();
    for (const Delivery& delivery : deliveries) {
        Staged staged;
        staged.delivery = &delivery;
        SLUICE_TRY_DO(stageDelivery(connection, staged));
        m_staged.push_back(std::move(staged));
    }
    return Status::success();
}

Result<JsonValue> ImportCommand::finish(Connection& connection, std::uint64_t revision, ImportReport& report)
{
    JsonValue batches = JsonValue::array();
    for (Staged& staged : m_staged) {
        if (staged.known) {
            report.batches.push_back({staged.delivery->given, BatchStatus::Unchanged, *std::move(staged.known), std::nullopt});
            continue;
        }
        SLUICE_TRY(ImportedBatch imported, finishDelivery(connection, revision, staged));
        if (imported.status == BatchStatus::Imported)
            batches.append(batchPayload(imported.batch));
        report.batches.push_back(std::move(imported));
    }
    JsonValue payload = JsonValue::object();
    payload.set("batches", std::move(batches));
    return payload;
}

Result<std::optional<Batch>> ImportCommand::knownBatch(Connection& connection, const Delivery& delivery) const
{
    std::vector<DocumentInfo> documents;
    for (const DeliveryFile& file : delivery.files) {
        // Only a file of a size that is known already is worth reading twice.
        SLUICE_TRY(const std::uint64_t size, sizeOf(file));
        SLUICE_TRY(const bool possible, hasDocumentOfSize(connection, size));
        if (!possible)
            return std::optional<Batch>{};
        SLUICE_TRY(const Sha256 hash, hashOf(file, m_context));
        documents.push_back({DocumentRowId{}, file.name, hash, size});
    }
    auto stored = readBatch(connection, batchPublicId(documents));
    if (!stored.ok())
        return stored.error().code == ErrorCode::NotFound ? Result<std::optional<Batch>>{std::optional<Batch>{}} : std::move(stored).error();
    if (m_mappingText.empty() || stored->mapping == m_mappingText)
        return std::optional<Batch>{std::move(stored->batch)};
    return Error{ErrorCode::BadInput, delivery.given, "it is in the ledger already, as batch " + stored->batch.publicId + ", read under another mapping",
        "Read it again under this one with `sluice-cli quarantine LEDGER " + stored->batch.publicId + " --retry --map FILE`"};
}

Status ImportCommand::stageDelivery(Connection& connection, Staged& staged)
{
    if (!staged.delivery->acceptedBefore) {
        SLUICE_TRY(staged.known, knownBatch(connection, *staged.delivery));
        if (staged.known)
            return Status::success();
    }
    staged.batch = BatchRowId{m_nextBatch++};
    for (std::size_t i = 0; i < staged.delivery->files.size(); ++i)
        staged.documents.push_back(DocumentRowId{m_nextDocument++});
    staged.keys = std::make_unique<KeyDictionary>();
    SLUICE_TRY_DO(readDelivery(connection, staged));
    const std::optional<std::uint64_t> expected = staged.delivery->expectedRows;
    const std::uint64_t rows = staged.result.batch.rowsRead;
    if (expected && *expected != rows)
        return Error{ErrorCode::BadInput, staged.delivery->given, "the manifest speaks of " + std::to_string(*expected) + " rows, the files have " + std::to_string(rows), "Download the delivery again"};
    return Status::success();
}

Status ImportCommand::readDelivery(Connection& connection, Staged& staged)
{
    BatchImport::Options options;
    options.profile = m_request.profile.empty() ? std::nullopt : std::optional<std::string>{m_request.profile};
    options.mapping = m_mapping;
    options.source = m_request.source;
    options.kind = m_request.kind;
    if (!m_request.source.empty()) {
        SLUICE_TRY(options.demoted, readDemotedFields(connection, m_request.source));
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

Result<ImportedBatch> ImportCommand::finishDelivery(Connection& connection, std::uint64_t revision, Staged& staged)
{
    StoredBatch stored;
    stored.batch = std::move(staged.result.batch);
    stored.mapping = m_mappingText;
    Batch& batch = stored.batch;
    batch.id = staged.batch;
    batch.revision = revision;
    batch.importedAt = m_state.environment.clock.now();
    SLUICE_TRY(const bool append, sourceAppends(connection, batch.source, staged.result.appends));
    SLUICE_TRY_DO(storeDocuments(connection, batch, staged, append));
    SLUICE_TRY(stored.keys, storeKeys(connection, *staged.keys, staged.result.demoted));
    SLUICE_TRY_DO(insertBatch(connection, stored));
    SLUICE_TRY(const std::set<std::string> known, readDemotedFields(connection, batch.source));
    for (const std::string& field : staged.result.demoted) {
        if (known.count(field) == 0)
            SLUICE_TRY_DO(insertDemotedField(connection, batch.source, field, batch.id));
    }
    SLUICE_TRY_DO(supersede(connection, stored, append));
    m_own.push_back(batch.id);
    const std::optional<std::uint64_t> before = staged.delivery->acceptedBefore;
    const bool news = !before || batch.rowsAccepted > *before;
    return ImportedBatch{staged.delivery->given, news ? BatchStatus::Imported : BatchStatus::Unchanged, std::move(batch), std::nullopt};
}

Status ImportCommand::storeOutputs(Connection& connection, const Staged& staged, BoundedQueue<ImportOutput>& output) const
{
    while (std::optional<ImportOutput> first = output.pop()) {
        SLUICE_TRY_DO(inTransaction(connection, [&](Connection& c) { return storeSome(c, staged, *std::move(first), output); }));
        SLUICE_TRY_DO(connection.checkpointWhenLong());
    }
    return Status::success();
}

Status ImportCommand::storeSome(Connection& connection, const Staged& staged, ImportOutput first, BoundedQueue<ImportOutput>& output) const
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

Result<std::size_t> ImportCommand::storeOutput(Connection& connection, const Staged& staged, const ImportOutput& output) const
{
    if (const auto* frame = std::get_if<FrameOutput>(&output)) {
        const FrameInfo& info = frame->frame.info;
        SLUICE_TRY_DO(insertFrame(connection, staged.documents[frame->file], {info.index, info.rawOffset, info.rawSize, info.firstLine, info.packed}, frame->frame.bytes));
        return frame->frame.bytes.size();
    }
    if (const auto* segment = std::get_if<SegmentOutput>(&output)) {
        SLUICE_TRY_DO(insertChargeSegment(connection, staged.batch, segment->segment, segment->bytes));
        return segment->bytes.size();
    }
    if (const auto* rollup = std::get_if<RollupOutput>(&output)) {
        SLUICE_TRY_DO(insertRollupSegment(connection, staged.batch, rollup->segment, rollup->bytes));
        return rollup->bytes.size();
    }
    const auto& rows = std::get<QuarantineOutput>(output).rows;
    SLUICE_TRY_DO(insertQuarantinedRows(connection, staged.batch, rows));
    std::size_t bytes = 0;
    for (const QuarantinedRow& row : rows)
        bytes += row.rawLine.size();
    return bytes;
}

Status ImportCommand::storeDocuments(Connection& connection, Batch& batch, const Staged& staged, bool append) const
{
    for (std::size_t i = 0; i < staged.documents.size(); ++i) {
        DocumentInfo& document = batch.documents[i];
        if (staged.delivery->files[i].stored)
            continue;
        SLUICE_TRY(const std::optional<DocumentRowId> twin, findDocument(connection, document.sha256));
        if (!twin) {
            document.id = staged.documents[i];
            SLUICE_TRY_DO(insertDocument(connection, document.id, document.sha256, document.byteCount));
            continue;
        }
        // A part of a delivery that did not change: the ledger keeps its bytes once.
        document.id = *twin;
        if (staged.result.rowsOf[i] > 0)
            SLUICE_TRY_DO(requireCountsOnce(connection, batch, document, append));
        SLUICE_TRY_DO(discardFrames(connection, staged.documents[i]));
    }
    return Status::success();
}

// The rows of a document count once: the new batch takes the place of every other that has it, which only happens
// within one source and kind.
Status ImportCommand::requireCountsOnce(Connection& connection, const Batch& batch, const DocumentInfo& document, bool append) const
{
    SLUICE_TRY(const std::vector<BatchHead> others, readBatchesOf(connection, document.id));
    for (const BatchHead& other : others) {
        if (!append && other.source == batch.source && other.kind == batch.kind)
            continue;
        const std::string place = "batch " + other.publicId + " (" + other.source + ", " + std::string{batchKindName(other.kind)} + ")";
        return Error{ErrorCode::BadInput, document.name, "its rows are in the ledger already, in " + place + ", and would count twice",
            append ? "Leave the file out: each delivery of this source adds to what is there" : "Import it with the source and kind of that batch, so that it takes its place"};
    }
    return Status::success();
}

Result<std::vector<KeyId>> ImportCommand::storeKeys(Connection& connection, const KeyDictionary& keys, const std::set<std::string>& demoted)
{
    if (!m_dictionary) {
        m_dictionary.emplace();
        SLUICE_TRY_DO(loadDictionary(connection, *m_dictionary));
    }
    KeyDictionary& ledger = *m_dictionary;
    const std::size_t firstString = ledger.strings().size();
    const std::size_t firstKey = ledger.keyCount();
    // The ledger's numbers of the batch's texts, each looked up once; fields that left the keys have none.
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

Status ImportCommand::supersede(Connection& connection, StoredBatch& stored, bool append) const
{
    if (append)
        return Status::success();
    Batch& batch = stored.batch;
    SLUICE_TRY(const std::vector<StoredBatch> all, readBatches(connection, batch.revision, false));
    SLUICE_TRY(const auto superseded, readSupersessions(connection, batch.revision));
    for (const StoredBatch& old : all) {
        if (old.batch.id == batch.id || old.batch.source != batch.source || old.batch.kind != batch.kind)
            continue;
        for (std::uint32_t ordinal = 0; ordinal < old.batch.scopes.size(); ++ordinal) {
            const Scope& oldScope = old.batch.scopes[ordinal];
            const auto mine = std::find_if(batch.scopes.begin(), batch.scopes.end(), [&oldScope](const Scope& scope) {
                return scope.billingAccount == oldScope.billingAccount && scope.periodStart == oldScope.periodStart;
            });
            if (mine == batch.scopes.end() || superseded.count({old.batch.id, ordinal}) > 0)
                continue;
            if (std::find(m_own.begin(), m_own.end(), old.batch.id) != m_own.end())
                return Error{ErrorCode::BadInput, batch.documents.front().name, "it brings the same billing account and period (" + mine->billingAccount + ", " + billingPeriodLabel(mine->periodStart, mine->periodEnd) + ") as another file of this import, and only one of them can count",
                    "Put the parts of one delivery into a folder and import that, or import a restatement on its own"};
            SLUICE_TRY_DO(requireNotSmaller(batch, *mine, old.batch, oldScope));
            mine->supersedes = old.batch.publicId;
            SLUICE_TRY_DO(insertSupersession(connection, {old.batch.id, ordinal}, batch.id, batch.revision));
        }
    }
    return Status::success();
}

Status ImportCommand::requireNotSmaller(const Batch& batch, const Scope& scope, const Batch& old, const Scope& oldScope) const
{
    if (m_request.replaceSmaller)
        return Status::success();
    bool smaller = scope.rows * 2 < oldScope.rows;
    for (const CurrencyTotals& before : oldScope.totals) {
        const auto after = std::find_if(scope.totals.begin(), scope.totals.end(), [&before](const CurrencyTotals& t) { return t.currency == before.currency; });
        const Int128 now = after == scope.totals.end() ? 0 : after->costs[0];
        smaller = smaller || magnitude(now) * 2 < magnitude(before.costs[0]);
    }
    if (!smaller)
        return Status::success();
    return Error{ErrorCode::BadInput, batch.documents.front().name, "it would shrink " + scope.billingAccount + ", " + billingPeriodLabel(scope.periodStart, scope.periodEnd) + " to less than half of what batch " + old.publicId + " brought (" + std::to_string(scope.rows) + " rows instead of " + std::to_string(oldScope.rows) + ")",
        "If the smaller file is right, say --replace-smaller"};
}

} // namespace sluice
