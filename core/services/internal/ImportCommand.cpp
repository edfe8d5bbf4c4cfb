// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/ImportCommand.h"

#include "core/ingest/AzureManifest.h"
#include "core/ingest/FileSource.h"
#include "core/store/tables/DictionaryTable.h"
#include "core/store/tables/DocumentTable.h"

#include <algorithm>
#include <filesystem>
#include <thread>

namespace sluice {
namespace {

    constexpr std::size_t QueueLength = 32; // outputs waiting to be written: at most some 40 MiB

    DeliveryFile fileOnDisk(const std::filesystem::path& path)
    {
        const auto open = [path]() -> Result<std::unique_ptr<ByteSource>> {
            SLUICE_TRY(std::unique_ptr<FileSource> source, FileSource::open(path));
            return std::unique_ptr<ByteSource>{std::move(source)};
        };
        return {path.filename().string(), open, std::nullopt};
    }

    Result<Sha256> hashOf(const DeliveryFile& file)
    {
        SLUICE_TRY(const std::unique_ptr<ByteSource> source, file.open());
        Sha256Stream stream;
        for (;;) {
            SLUICE_TRY(const ByteBlock block, source->next({}));
            if (block.atEnd())
                return stream.finish();
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

Result<JsonValue> ImportCommand::run(Connection& connection, std::uint64_t revision, const std::vector<Delivery>& deliveries, ImportReport& report)
{
    JsonValue batches = JsonValue::array();
    for (const Delivery& delivery : deliveries) {
        SLUICE_TRY(ImportedBatch imported, importDelivery(connection, revision, delivery));
        if (imported.status == BatchStatus::Imported)
            batches.append(batchPayload(imported.batch));
        report.batches.push_back(std::move(imported));
    }
    JsonValue payload = JsonValue::object();
    payload.set("batches", std::move(batches));
    return payload;
}

Result<std::optional<ImportedBatch>> ImportCommand::knownBatch(Connection& connection, const Delivery& delivery) const
{
    std::vector<DocumentInfo> documents;
    for (const DeliveryFile& file : delivery.files) {
        if (file.stored) {
            documents.push_back(*file.stored);
            continue;
        }
        // Only a file of a size that is known already is worth reading twice.
        SLUICE_TRY(const std::uint64_t size, sizeOf(file));
        SLUICE_TRY(const bool possible, hasDocumentOfSize(connection, size));
        if (!possible)
            return std::optional<ImportedBatch>{};
        SLUICE_TRY(const Sha256 hash, hashOf(file));
        documents.push_back({DocumentRowId{}, file.name, hash, size});
    }
    auto stored = readBatch(connection, batchPublicId(documents));
    if (!stored.ok())
        return stored.error().code == ErrorCode::NotFound ? Result<std::optional<ImportedBatch>>{std::optional<ImportedBatch>{}} : std::move(stored).error();
    if (stored->mapping != m_mappingText && !m_mappingText.empty())
        return std::optional<ImportedBatch>{};
    return std::optional<ImportedBatch>{ImportedBatch{delivery.given, BatchStatus::Unchanged, std::move(stored->batch), std::nullopt}};
}

Result<ImportedBatch> ImportCommand::importDelivery(Connection& connection, std::uint64_t revision, const Delivery& delivery)
{
    if (!delivery.acceptedBefore) {
        SLUICE_TRY(std::optional<ImportedBatch> known, knownBatch(connection, delivery));
        if (known)
            return *std::move(known);
    }
    StoredBatch stored;
    SLUICE_TRY(const BatchRowId batchId, nextBatchId(connection));
    SLUICE_TRY(const DocumentRowId firstDocument, nextDocumentId(connection));
    std::vector<DocumentRowId> documents;
    for (std::size_t i = 0; i < delivery.files.size(); ++i)
        documents.push_back(DocumentRowId{firstDocument.value() + static_cast<std::int64_t>(i)});

    BatchImport::Options options;
    options.profile = m_request.profile.empty() ? std::nullopt : std::optional<std::string>{m_request.profile};
    options.mapping = m_mapping;
    options.source = m_request.source;
    options.kind = m_request.kind;
    if (!m_request.source.empty()) {
        SLUICE_TRY(options.demoted, readDemotedFields(connection, m_request.source));
    }
    KeyDictionary keys;
    BoundedQueue<ImportOutput> output{QueueLength};
    Result<ImportedDelivery> imported = TaskContext::cancelled();
    Status written;
    {
        std::jthread reader{[&] {
            BatchImport import{options, *m_state.zone, keys, output, m_context};
            imported = import.run(delivery.files);
            output.close();
        }};
        written = storeOutputs(connection, batchId, documents, output);
        output.close();
    }
    SLUICE_TRY_DO(std::move(written));
    SLUICE_TRY(ImportedDelivery result, std::move(imported));
    if (delivery.expectedRows && *delivery.expectedRows != result.batch.rowsRead)
        return Error{ErrorCode::BadInput, delivery.given, "the manifest speaks of " + std::to_string(*delivery.expectedRows) + " rows, the files have " + std::to_string(result.batch.rowsRead), "Download the delivery again"};

    stored.batch = std::move(result.batch);
    stored.mapping = m_mappingText;
    Batch& batch = stored.batch;
    batch.id = batchId;
    batch.revision = revision;
    batch.importedAt = m_state.environment.clock.now();
    SLUICE_TRY(const bool append, sourceAppends(connection, batch.source, result.appends));
    SLUICE_TRY_DO(storeDocuments(connection, batch, documents, delivery));
    SLUICE_TRY(stored.keys, storeKeys(connection, keys, result.demoted));
    SLUICE_TRY_DO(insertBatch(connection, stored));
    SLUICE_TRY(const std::set<std::string> known, readDemotedFields(connection, batch.source));
    for (const std::string& field : result.demoted) {
        if (known.count(field) == 0)
            SLUICE_TRY_DO(insertDemotedField(connection, batch.source, field, batchId));
    }
    SLUICE_TRY_DO(supersede(connection, stored, append));
    m_own.push_back(batchId);
    const bool news = !delivery.acceptedBefore || batch.rowsAccepted > *delivery.acceptedBefore;
    return ImportedBatch{delivery.given, news ? BatchStatus::Imported : BatchStatus::Unchanged, std::move(batch), std::nullopt};
}

Status ImportCommand::storeOutputs(Connection& connection, BatchRowId batch, const std::vector<DocumentRowId>& documents, BoundedQueue<ImportOutput>& output) const
{
    while (const std::optional<ImportOutput> next = output.pop()) {
        if (m_context.stopRequested())
            return TaskContext::cancelled();
        SLUICE_TRY_DO(storeOutput(connection, batch, documents, *next));
    }
    return Status::success();
}

Status ImportCommand::storeOutput(Connection& connection, BatchRowId batch, const std::vector<DocumentRowId>& documents, const ImportOutput& output) const
{
    if (const auto* frame = std::get_if<FrameOutput>(&output)) {
        const FrameInfo& info = frame->frame.info;
        return insertFrame(connection, documents[frame->file], {info.index, info.rawOffset, info.rawSize, info.firstLine, info.packed}, frame->frame.bytes);
    }
    if (const auto* segment = std::get_if<SegmentOutput>(&output))
        return insertChargeSegment(connection, batch, segment->segment, segment->bytes);
    if (const auto* rollup = std::get_if<RollupOutput>(&output))
        return insertRollupSegment(connection, batch, rollup->segment, rollup->bytes);
    return insertQuarantinedRows(connection, batch, std::get<QuarantineOutput>(output).rows);
}

Status ImportCommand::storeDocuments(Connection& connection, Batch& batch, const std::vector<DocumentRowId>& documents, const Delivery& delivery) const
{
    for (std::size_t i = 0; i < documents.size(); ++i) {
        DocumentInfo& document = batch.documents[i];
        if (delivery.files[i].stored)
            continue;
        SLUICE_TRY(const std::optional<DocumentRowId> twin, findDocument(connection, document.sha256));
        if (twin)
            return Error{ErrorCode::BadInput, document.name, "this file is part of the ledger already, as part of another delivery", "Import the deliveries as they came, each once"};
        document.id = documents[i];
        SLUICE_TRY_DO(insertDocument(connection, document.id, document.sha256, document.byteCount));
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
    std::vector<KeyId> mapping;
    std::vector<KeyCell> cells;
    for (KeyId key = 0; key < keys.keyCount(); ++key) {
        cells.clear();
        for (const KeyCell& cell : keys.cells(key)) {
            if (demoted.count(std::string{keys.text(cell.field)}) == 0)
                cells.push_back({ledger.intern(keys.text(cell.field)), ledger.intern(keys.text(cell.value))});
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
