// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/DeliveryAudit.h"

#include "core/services/internal/BatchRecord.h"
#include "core/services/internal/FrameComparison.h"
#include "core/services/internal/StoredDocuments.h"

#include <algorithm>
#include <thread>

namespace sluice {
namespace {

bool sameScope(const Scope& a, const Scope& b)
{
    return a.billingAccount == b.billingAccount && a.periodStart == b.periodStart
        && a.periodEnd == b.periodEnd && a.rows == b.rows && a.totals == b.totals;
}

} // namespace

DeliveryAudit::DeliveryAudit(ReadPool& readers, const LedgerTimeZone& zone,
    const LedgerDictionary& dictionary, AuditCheck& documents, AuditCheck& totals)
    : m_readers{readers}
    , m_zone{zone}
    , m_dictionary{dictionary}
    , m_documents{documents}
    , m_totals{totals}
{
}

Status DeliveryAudit::audit(const StoredBatch& stored, const TaskContext& context)
{
    const Batch& batch = stored.batch;
    KeyDictionary keys;
    ChargeComparison charges{m_readers, stored, m_documents};
    auto again = readAgain(stored, keys, charges, context);
    if (!again.ok()) {
        // What was imported once can be read: that it cannot any more is a fault of the documents,
        // whatever the reader says of it. Only what has nothing to do with them ends the audit.
        Error error = std::move(again).error();
        if (error.code == ErrorCode::Cancelled || error.code == ErrorCode::Io)
            return error;
        m_documents.fault(batch.publicId + ": " + error.what);
        return Status::success();
    }
    compareDelivery(batch, again->batch);
    compareScopes(batch, again->batch);
    std::set<std::string> demoted = again->demoted;
    std::vector<Verdict> verdicts = again->batch.verdicts;
    for (const DemotedField& field : m_dictionary.demoted) {
        if (field.source == batch.source && field.since <= batch.id)
            demoted.insert(field.field);
        if (field.source == batch.source && field.since == batch.id)
            verdicts.push_back(crowdedVerdict(field.field, batch.rowsAccepted));
    }
    compareVerdicts(batch, verdicts);
    if (m_dictionary.keys)
        charges.compareKeys(keys, *m_dictionary.keys, demoted);
    return Status::success();
}

Result<ImportedDelivery> DeliveryAudit::readAgain(const StoredBatch& stored, KeyDictionary& keys,
    ChargeComparison& charges, const TaskContext& context)
{
    BatchImport::Options options;
    options.profile = stored.batch.profile;
    options.source = stored.batch.source;
    options.kind = stored.batch.kind;
    if (!stored.mapping.empty()) {
        SLUICE_TRY(options.mapping, parseProfile(stored.mapping, "the batch's mapping"));
    }
    std::vector<DeliveryFile> files;
    for (const DocumentInfo& document : stored.batch.documents)
        files.push_back({document.name,
            [this, document] { return openStoredDocument(m_readers, document); }, std::nullopt});
    FrameComparison frames{m_readers, stored.batch, m_documents};
    BoundedQueue<ImportOutput> output{8};
    Status compared;
    Result<ImportedDelivery> result = TaskContext::cancelled();
    {
        const std::jthread comparing{[&] {
            while (const std::optional<ImportOutput> next = output.pop()) {
                const auto* frame = std::get_if<FrameOutput>(&*next);
                compared = frame ? frames.add(*frame) : charges.add(*next);
                if (!compared.ok())
                    return output.close(); // which ends the reading too
            }
        }};
        result = BatchImport{options, m_zone, keys, output, context}.run(files);
        output.close();
    }
    SLUICE_TRY_DO(std::move(compared));
    if (result.ok())
        SLUICE_TRY_DO(charges.finish());
    return result;
}

void DeliveryAudit::compareDelivery(const Batch& batch, const Batch& again)
{
    for (std::size_t i = 0; i < batch.documents.size(); ++i) {
        if (again.documents[i].sha256 != batch.documents[i].sha256
            || again.documents[i].byteCount != batch.documents[i].byteCount)
            m_documents.fault(batch.documents[i].name + " is not the file that was imported");
    }
    if (again.publicId != documentsId(batch.publicId))
        m_documents.fault(
            batch.publicId + ": its documents make it batch " + again.publicId + " instead");
    if (again.focusVersion != batch.focusVersion)
        m_documents.fault(batch.publicId + ": its documents are of FOCUS '" + again.focusVersion
            + "', not '" + batch.focusVersion + "'");
    if (again.rowsRead != batch.rowsRead || again.rowsAccepted != batch.rowsAccepted)
        m_totals.fault(batch.publicId + ": its documents now give "
            + std::to_string(again.rowsAccepted) + " charges, not "
            + std::to_string(batch.rowsAccepted));
    if (again.controlTotals != batch.controlTotals)
        m_totals.fault(batch.publicId + ": the control totals differ from those of its documents");
}

void DeliveryAudit::compareScopes(const Batch& batch, const Batch& again)
{
    for (std::size_t i = 0; i < std::max(batch.scopes.size(), again.scopes.size()); ++i) {
        if (i < batch.scopes.size() && i < again.scopes.size()
            && sameScope(batch.scopes[i], again.scopes[i]))
            continue;
        const auto name = [i](const Batch& of) {
            return i < of.scopes.size() ? "'" + scopeLabel(of.scopes[i]) + "'" : "none";
        };
        m_documents.fault(batch.publicId + ": its scope " + std::to_string(i + 1) + " is "
            + name(batch) + ", its documents give " + name(again)
            + (name(batch) == name(again) ? " with other rows or totals" : ""));
    }
}

void DeliveryAudit::compareVerdicts(const Batch& batch, const std::vector<Verdict>& again)
{
    for (std::size_t i = 0; i < std::max(batch.verdicts.size(), again.size()); ++i) {
        if (i < batch.verdicts.size() && i < again.size() && batch.verdicts[i] == again[i])
            continue;
        const std::string& rule = i < again.size() ? again[i].rule : batch.verdicts[i].rule;
        m_documents.fault(batch.publicId + ": its verdict " + std::to_string(i + 1) + ", of " + rule
            + ", is not what the rules say of its documents");
        return; // those after it have moved up
    }
}

} // namespace sluice
