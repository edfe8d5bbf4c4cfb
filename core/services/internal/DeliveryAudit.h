// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/LedgerTimeZone.h"
#include "core/services/internal/AuditCheck.h"
#include "core/services/internal/BatchImport.h"
#include "core/services/internal/ChargeComparison.h"
#include "core/store/ReadPool.h"
#include "core/store/tables/BatchTable.h"

#include <optional>
#include <set>
#include <vector>

namespace sluice {

// What the ledger keeps for all batches together.
struct LedgerDictionary {
    std::optional<KeyDictionary> keys; // nothing: it cannot be read
    std::vector<DemotedField> demoted;
};

// Reads the documents of one batch again as if they were imported now, and compares all they give
// with what is stored: the documents, the scopes, the verdicts, each charge with its key, each row
// in quarantine. Charges are compared while they are read, so memory does not grow with the batch.
class DeliveryAudit {
public:
    // All of them outlive this object.
    DeliveryAudit(ReadPool& readers, const LedgerTimeZone& zone, const LedgerDictionary& dictionary,
        AuditCheck& documents, AuditCheck& totals);

    Status audit(const StoredBatch& stored, const TaskContext& context);

private:
    Result<ImportedDelivery> readAgain(const StoredBatch& stored, KeyDictionary& keys,
        ChargeComparison& charges, const TaskContext& context);
    void compareDelivery(const Batch& batch, const Batch& again);
    void compareScopes(const Batch& batch, const Batch& again);
    void compareVerdicts(const Batch& batch, const std::vector<Verdict>& again);

    ReadPool& m_readers;
    const LedgerTimeZone& m_zone;
    const LedgerDictionary& m_dictionary;
    AuditCheck& m_documents;
    AuditCheck& m_totals;
};

} // namespace sluice
