// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/Batch.h"
#include "core/ledger/KeyDictionary.h"
#include "core/store/Connection.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace sluice {

// A batch as it is stored: with what only the store needs to know.
struct StoredBatch {
    Batch batch;
    std::vector<KeyId> keys; // the batch's key numbers → the ledger's
    std::string mapping; // the user's mapping as it came; empty: none
};

// One (batch, scope) pair; scopes are named by batch and ordinal.
struct ScopeRef {
    BatchRowId batch;
    std::uint32_t ordinal{0};
    auto operator<=>(const ScopeRef&) const = default;
};

// The scope gave way to the batch in that revision.
struct StoredSupersession {
    ScopeRef scope;
    BatchRowId by;
    std::uint64_t revision{0};
};

Result<BatchRowId> nextBatchId(Connection& connection);
// Removes a piece, some megabytes at most, of what imports that never ended left behind: frames
// without a document, segments and rows without a batch. False when nothing was left.
Result<bool> discardSomeStaged(Connection& connection);
Status insertBatch(Connection& connection, const StoredBatch& stored);
Status insertQuarantinedRows(
    Connection& connection, BatchRowId batch, const std::vector<QuarantinedRow>& rows);
Status insertSupersession(
    Connection& connection, ScopeRef scope, BatchRowId by, std::uint64_t revision);

// All batches up to a revision, oldest first, with documents and scopes; `withReports` adds control
// totals and verdicts.
Result<std::vector<StoredBatch>> readBatches(
    Connection& connection, std::uint64_t revision, bool withReports);
// Damaged when a batch has a charge key that the dictionary, read no later than the batches, does
// not have: the key that is made next would take its number, and its charges.
Status requireKnownKeys(Connection& connection, const std::vector<StoredBatch>& batches,
    const KeyDictionary& dictionary);
// The newest batch of that public id, with everything. NotFound.
Result<StoredBatch> readBatch(Connection& connection, const std::string& publicId);
// What was superseded up to a revision, and by which batch.
Result<std::map<ScopeRef, BatchRowId>> readSupersessions(
    Connection& connection, std::uint64_t revision);
// All of them.
Result<std::vector<StoredSupersession>> readSupersessions(Connection& connection);
// The first `limit` of the rows after `afterRow`.
Result<std::vector<QuarantinedRow>> readQuarantine(
    Connection& connection, BatchRowId batch, std::size_t limit, std::uint64_t afterRow = 0);

// Whether the deliveries of a source append to what is there, instead of taking its place: an
// unknown source is registered and overwrites. What is set holds from now on.
Result<bool> sourceAppends(Connection& connection, const std::string& source);
Status setSourceAppends(Connection& connection, const std::string& source, bool append);
// Sources of which there is no batch: an import makes both together.
Result<std::vector<std::string>> readSourcesWithoutBatch(Connection& connection);
// A field that left the charge keys of a source because of too many values, and the batch with
// which it did.
struct DemotedField {
    std::string source;
    std::string field;
    BatchRowId since;
    std::string sincePublicId;
};
Result<std::vector<DemotedField>> readDemotedFields(Connection& connection); // of all sources
Result<std::set<std::string>> readDemotedFields(Connection& connection, const std::string& source);
Status insertDemotedField(
    Connection& connection, const std::string& source, const std::string& field, BatchRowId batch);

} // namespace sluice
