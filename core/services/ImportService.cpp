// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/ImportService.h"

#include "core/ingest/MemorySource.h"
#include "core/services/internal/BatchComparison.h"
#include "core/services/internal/DeliverySniff.h"
#include "core/services/internal/ImportCommand.h"
#include "core/services/internal/RowComparison.h"
#include "core/services/internal/StoredDocuments.h"
#include "core/store/StoreError.h"

#include <algorithm>
#include <fstream>
#include <mutex>
#include <sstream>

namespace sluice {
namespace {

Result<std::string> readTextFile(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    if (!file || !(text << file.rdbuf()))
        return Error{
            ErrorCode::NotFound, path, "the file cannot be read", "Check the name and the rights"};
    return text.str();
}

struct Mapping {
    std::string text;
    std::optional<Profile> profile;
};

Result<Mapping> readMapping(const std::string& path)
{
    Mapping mapping;
    if (path.empty())
        return mapping;
    SLUICE_TRY(mapping.text, readTextFile(path));
    SLUICE_TRY(mapping.profile, parseProfile(mapping.text, path));
    return mapping;
}

DeliveryFiles storedDelivery(ReadPool& readers, const Batch& batch)
{
    DeliveryFiles delivery;
    delivery.given = batch.publicId;
    for (const DocumentInfo& document : batch.documents)
        delivery.files.push_back({document.name,
            [&readers, document] { return openStoredDocument(readers, document); }, document});
    return delivery;
}

// Lets progress through until the caller has its answer.
class ProgressGate {
public:
    explicit ProgressGate(const TaskContext& caller)
        : m_caller{&caller}
    {
    }
    void report(const Progress& progress)
    {
        const std::lock_guard lock{m_mutex};
        if (m_caller != nullptr)
            m_caller->report(progress);
    }
    void close()
    {
        const std::lock_guard lock{m_mutex};
        m_caller = nullptr;
    }

private:
    std::mutex m_mutex;
    const TaskContext* m_caller; // guarded by m_mutex
};

// What the files say, as against what happened while they were read.
bool isRefusal(ErrorCode code)
{
    return code == ErrorCode::BadInput || code == ErrorCode::MissingColumns
        || code == ErrorCode::SmallerDelivery || code == ErrorCode::Overflow;
}

// A delivery that the ledger has: what counts of it, and what has given way.
void standsAlready(const Batch& batch, DeliveryPreview& preview)
{
    preview.isThere = true;
    preview.batch = batch;
    std::map<std::pair<std::string, Currency>, PreviewTotal> totals;
    for (const Scope& scope : batch.scopes) {
        const bool counts = scope.supersededBy.empty();
        (counts ? preview.counts[static_cast<std::size_t>(PreviewState::Duplicate)]
                : preview.givenWay)
            += scope.rows;
        const std::string label = billingPeriodLabel(scope.periodStart, scope.periodEnd);
        for (const CurrencyTotals& part : scope.totals) {
            PreviewTotal& total = totals[{label, part.currency}];
            total.rows += part.charges;
            total.standingRows += counts ? part.charges : 0;
            for (std::size_t m = 0; m < MeasureCount; ++m) {
                total.costs[m] += part.costs[m];
                total.standingCosts[m] += counts ? part.costs[m] : 0;
            }
        }
    }
    for (auto& [place, total] : totals) {
        total.billingPeriod = place.first;
        total.currency = place.second;
        preview.totals.push_back(total);
    }
    preview.counts[static_cast<std::size_t>(PreviewState::Error)] = batch.rowsQuarantined;
}

// All that an import uses: after a cancel the threads that are still ending it have it to
// themselves.
struct ImportJob {
    ImportJob(Workspace::State& state, ImportRequest wanted, std::vector<DeliveryFiles> files,
        Mapping mapping, const TaskContext& caller)
        : request{std::move(wanted)}
        , deliveries{std::move(files)}
        , gate{caller}
        , context{caller.stopToken(), [this](const Progress& progress) { gate.report(progress); }}
        , command{state, request, std::move(mapping.text), std::move(mapping.profile), context}
    {
    }
    Result<std::optional<JsonValue>> finish(Connection& connection, std::uint64_t revision)
    {
        SLUICE_TRY(JsonValue payload, command.finish(connection, revision, report));
        const bool nothingNew = std::all_of(report.batches.begin(), report.batches.end(),
            [](const ImportedBatch& b) { return b.status == BatchStatus::Unchanged; });
        return request.dryRun || nothingNew ? std::nullopt : std::optional{std::move(payload)};
    }

    ImportRequest request;
    std::vector<DeliveryFiles> deliveries;
    ProgressGate gate;
    TaskContext context;
    ImportCommand command;
    ImportReport report;
    std::vector<DeliveryPreview> previews; // of a preview: the deliveries that were read
};

Status runJob(Workspace::State& state, const std::shared_ptr<ImportJob>& job,
    const Principal& principal, const TaskContext& context)
{
    const auto stage
        = [job](Connection& connection) { return job->command.stage(connection, job->deliveries); };
    const auto work = [job](Connection& connection, std::uint64_t revision) {
        return job->finish(connection, revision);
    };
    const auto committed = state.commitStaged("ImportFile", principal, stage, work, context);
    job->gate.close();
    if (!committed.ok())
        return committed.error();
    job->report.revision = *committed;
    return Status::success();
}

Result<ImportReport> runImport(Workspace::State& state, ImportRequest request,
    std::vector<DeliveryFiles> deliveries, Mapping mapping, const Principal& principal,
    const TaskContext& context)
{
    const auto job = std::make_shared<ImportJob>(
        state, std::move(request), std::move(deliveries), std::move(mapping), context);
    SLUICE_TRY_DO(runJob(state, job, principal, context));
    return std::move(job->report);
}

// What a request names.
struct Wanted {
    Mapping mapping;
    std::vector<DeliveryFiles> deliveries;
};

Result<Wanted> wantedBy(const ImportRequest& request)
{
    if (request.paths.empty() && request.inMemory.empty())
        return Error{ErrorCode::Usage, {}, "there is no file to import",
            "Name one or more files or folders"};
    Wanted wanted;
    SLUICE_TRY(wanted.mapping, readMapping(request.mappingFile));
    if (!request.profile.empty())
        SLUICE_TRY_DO(findProfile(request.profile));
    for (const std::string& path : request.paths) {
        SLUICE_TRY(DeliveryFiles delivery, deliveryOf(path));
        wanted.deliveries.push_back(std::move(delivery));
    }
    for (const NamedBytes& file : request.inMemory) {
        const auto open = [file]() -> Result<std::unique_ptr<ByteSource>> {
            return std::unique_ptr<ByteSource>{
                std::make_unique<MemorySource>(file.name, *file.bytes)};
        };
        wanted.deliveries.push_back(
            {file.name, {{file.name, open, std::nullopt}}, std::nullopt, {}, std::nullopt});
    }
    return wanted;
}

// The rows of each delivery that can be read, or the reason why the import would be refused.
Result<std::vector<DeliveryPreview>> previewRows(Workspace::State& state,
    const ImportRequest& request, const Wanted& wanted, std::size_t samples,
    const Principal& principal, const TaskContext& context)
{
    const auto job
        = std::make_shared<ImportJob>(state, request, wanted.deliveries, wanted.mapping, context);
    job->command.lookAt([job = job.get(), samples](Connection& connection, std::uint64_t revision,
                            const KeyDictionary& keys, ImportedBatch& imported) {
        DeliveryPreview& preview = job->previews.emplace_back();
        preview.batch = imported.batch;
        return RowComparison{{connection, revision, keys}, samples, job->context}.run(preview);
    });
    SLUICE_TRY_DO(runJob(state, job, principal, context));
    std::vector<DeliveryPreview> previews;
    auto read = job->previews.begin();
    for (ImportedBatch& imported : job->report.batches) {
        DeliveryPreview preview;
        if (imported.status == BatchStatus::Imported)
            preview = std::move(*read++);
        else
            standsAlready(imported.batch, preview);
        preview.beside = std::move(imported.beside);
        preview.skipped = std::move(imported.skipped);
        previews.push_back(std::move(preview));
    }
    return previews;
}

} // namespace

std::string_view batchStatusName(BatchStatus status)
{
    switch (status) {
    case BatchStatus::Imported:
        return "imported";
    case BatchStatus::Unchanged:
        return "unchanged";
    }
    return {};
}

Result<ImportReport> ImportService::import(
    const ImportRequest& request, const Principal& principal, const TaskContext& context)
{
    SLUICE_TRY_DO(Workspace::State::requireChange(principal));
    SLUICE_TRY(Wanted wanted, wantedBy(request));
    return runImport(m_workspace.state(), request, std::move(wanted.deliveries),
        std::move(wanted.mapping), principal, context);
}

Result<ImportPreview> ImportService::preview(const ImportRequest& asked, const Principal& principal,
    const TaskContext& context, std::size_t samples)
{
    SLUICE_TRY_DO(Workspace::State::requireChange(principal));
    SLUICE_TRY(const Wanted wanted, wantedBy(asked));
    ImportPreview preview;
    for (const DeliveryFiles& delivery : wanted.deliveries) {
        SLUICE_TRY(DeliveryPreview sniffed,
            sniffDelivery(delivery, asked.profile, wanted.mapping.profile, context));
        preview.deliveries.push_back(std::move(sniffed));
    }
    ImportRequest request = asked;
    request.dryRun = true;
    Workspace::State& state = m_workspace.state();
    preview.revision = state.revision;
    auto read = previewRows(state, request, wanted, samples, principal, context);
    if (!read.ok() && isRefusal(read.error().code)) {
        preview.refusal = read.error();
        if (read.error().code != ErrorCode::SmallerDelivery)
            return preview;
        // what insisting would do
        request.replaceSmaller = true;
        read = previewRows(state, request, wanted, samples, principal, context);
        if (!read.ok() && isRefusal(read.error().code)) {
            preview.refusal = read.error();
            return preview;
        }
    }
    if (!read.ok())
        return std::move(read).error();
    for (std::size_t i = 0; i < read->size(); ++i) {
        DeliveryPreview& sniffed = preview.deliveries[i];
        DeliveryPreview& rows = (*read)[i];
        rows.file = std::move(sniffed.file);
        rows.profile = std::move(sniffed.profile);
        rows.profileTitle = std::move(sniffed.profileTitle);
        rows.isRecognised = sniffed.isRecognised;
        rows.columns = std::move(sniffed.columns);
        rows.missing = std::move(sniffed.missing);
        sniffed = std::move(rows);
    }
    return preview;
}

Result<std::vector<Batch>> ImportService::batches(const Principal& principal) const
{
    if (!principal.seesEverything())
        return Error{ErrorCode::NotAllowed, principal.person,
            "batches hold charges of all owners, so they are for Finance, Admin and Auditor",
            "Ask somebody with one of these roles"};
    Workspace::State& state = m_workspace.state();
    SLUICE_TRY(ReadPool::Lease lease, state.readers->acquire());
    SLUICE_TRY(
        std::vector<StoredBatch> stored, readBatches(lease.connection(), state.revision, true));
    std::vector<Batch> batches;
    for (auto batch = stored.rbegin(); batch != stored.rend(); ++batch)
        batches.push_back(std::move(batch->batch));
    return batches;
}

Result<std::vector<QuarantinedRow>> ImportService::quarantine(
    const std::string& batch, std::size_t limit, const Principal& principal) const
{
    if (!principal.seesEverything())
        return Error{ErrorCode::NotAllowed, principal.person,
            "the quarantine is for Finance, Admin and Auditor",
            "Ask somebody with one of these roles"};
    SLUICE_TRY(ReadPool::Lease lease, m_workspace.state().readers->acquire());
    SLUICE_TRY(const StoredBatch stored, readBatch(lease.connection(), batch));
    return readQuarantine(lease.connection(), stored.batch.id, limit);
}

Result<ImportReport> ImportService::retry(const std::string& batch, const std::string& mappingFile,
    const Principal& principal, const TaskContext& context, bool replaceSmaller)
{
    SLUICE_TRY_DO(Workspace::State::requireChange(principal));
    SLUICE_TRY(Mapping mapping, readMapping(mappingFile));
    Workspace::State& state = m_workspace.state();
    StoredBatch stored;
    {
        SLUICE_TRY(ReadPool::Lease lease, state.readers->acquire());
        SLUICE_TRY(stored, readBatch(lease.connection(), batch));
    }
    if (mapping.text.empty() && !stored.mapping.empty()) {
        mapping.text = stored.mapping;
        SLUICE_TRY(
            mapping.profile, asStored(parseProfile(stored.mapping, "the batch's mapping"), batch));
    }
    ImportRequest request;
    request.source = stored.batch.source;
    request.profile = stored.batch.profile;
    request.kind = stored.batch.kind;
    request.replaceSmaller = replaceSmaller;
    DeliveryFiles delivery = storedDelivery(*state.readers, stored.batch);
    delivery.before = stored.batch;
    delivery.mappingBefore = stored.mapping;
    return runImport(
        state, std::move(request), {std::move(delivery)}, std::move(mapping), principal, context);
}

Result<ImportReport> ImportService::restate(const std::string& batch, const Principal& principal,
    const TaskContext& context, bool replaceSmaller)
{
    SLUICE_TRY_DO(Workspace::State::requireChange(principal));
    Workspace::State& state = m_workspace.state();
    ImportRequest request;
    request.restate = true;
    request.replaceSmaller = replaceSmaller;
    std::vector<DeliveryFiles> deliveries;
    {
        SLUICE_TRY(ReadPool::Lease lease, state.readers->acquire());
        SLUICE_TRY(const StoredBatch stored, readBatch(lease.connection(), batch));
        deliveries.push_back(storedDelivery(*state.readers, stored.batch));
    }
    return runImport(state, std::move(request), std::move(deliveries), {}, principal, context);
}

Result<BatchDiff> ImportService::diff(const std::string& batch, const std::string& against,
    const Principal& principal, const TaskContext& context) const
{
    if (!principal.seesEverything())
        return Error{ErrorCode::NotAllowed, principal.person,
            "comparing batches is for Finance, Admin and Auditor",
            "Ask somebody with one of these roles"};
    Workspace::State& state = m_workspace.state();
    SLUICE_TRY(const auto snapshot, m_workspace.snapshot(principal, {}, context));
    SLUICE_TRY(ReadPool::Lease lease, state.readers->acquire());
    return compareBatches(lease.connection(), *snapshot, batch, against, context);
}

} // namespace sluice
