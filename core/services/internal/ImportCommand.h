// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/JsonValue.h"
#include "core/services/ImportService.h"
#include "core/services/internal/BatchImport.h"
#include "core/services/internal/DeliveryFiles.h"
#include "core/services/internal/StandingScopes.h"
#include "core/services/internal/WorkspaceState.h"
#include "core/store/tables/BatchTable.h"

namespace sluice {

// One import command: every delivery of the request is read and staged, then all of them become
// part of the ledger and take the place of what they restate in one transaction, or nothing
// happens. Runs on the writer's thread; each delivery is read on threads of its own, so that
// encrypting and reading go on side by side.
class ImportCommand {
public:
    ImportCommand(Workspace::State& state, const ImportRequest& request, std::string mappingText,
        std::optional<Profile> mapping, const TaskContext& context);

    // Called with each delivery that was read, as it would stand, before the command ends.
    using Look = std::function<Status(
        Connection& connection, std::uint64_t revision, const KeyDictionary& keys, ImportedBatch&)>;
    void lookAt(Look look) { m_look = std::move(look); }

    // Outside of a transaction.
    Status stage(Connection& connection, const std::vector<DeliveryFiles>& deliveries);
    // Inside the command's transaction: fills `report`; the result is the event's payload.
    Result<JsonValue> finish(Connection& connection, std::uint64_t revision, ImportReport& report);

private:
    // A delivery that was read, or is known already.
    struct Staged {
        const DeliveryFiles* delivery{nullptr};
        std::optional<Batch> known;
        std::string id; // public; empty: as its documents make it
        std::string mappingText;
        BatchImport::Options options;
        ImportedDelivery result;
        std::unique_ptr<KeyDictionary> keys; // the batch's own
        BatchRowId batch;
        std::vector<DocumentRowId> documents; // by file
    };

    Status stageDelivery(Connection& connection, Staged& staged);
    Status readDelivery(Connection& connection, Staged& staged);
    Result<ImportedBatch> finishDelivery(
        Connection& connection, std::uint64_t revision, Staged& staged);
    // The last delivery of these documents.
    struct Known {
        StoredBatch stored;
        unsigned deliveries{0};
    };
    Result<std::optional<Known>> knownDelivery(
        Connection& connection, const DeliveryFiles& delivery) const;
    Status readAsBefore(Staged& staged, const Known& known) const;
    Status requireAsBefore(const DeliveryFiles& delivery, const StoredBatch& stored) const;
    Status storeOutputs(
        Connection& connection, const Staged& staged, BoundedQueue<ImportOutput>& output) const;
    Status storeSome(Connection& connection, const Staged& staged, ImportOutput first,
        BoundedQueue<ImportOutput>& output) const;
    Result<std::size_t> storeOutput(
        Connection& connection, const Staged& staged, const ImportOutput& output) const;
    Status storeDocuments(Connection& connection, Batch& batch, const Staged& staged,
        const StandingScopes& standing) const;
    // Files that may hold the same charges as one that counts already, though nothing tells it.
    [[nodiscard]] Status requireNewText(
        const Batch& batch, const Staged& staged, const StandingScopes& standing) const;
    [[nodiscard]] Status requireCountsOnce(const Batch& batch, const Staged& staged,
        const DocumentInfo& document, const StandingScopes& standing) const;
    Status loadLedgerKeys(Connection& connection);
    Result<std::vector<KeyId>> storeKeys(
        Connection& connection, const KeyDictionary& keys, const std::set<std::string>& demoted);
    // Fields of the source with too many values leave the charge keys; each new one is a finding of
    // the batch.
    Status moveToDetails(
        Connection& connection, Batch& batch, std::set<std::string>& demoted) const;

    Workspace::State& m_state;
    const ImportRequest& m_request;
    std::string m_mappingText;
    std::optional<Profile> m_mapping;
    const TaskContext& m_context;
    std::vector<Staged> m_staged;
    std::int64_t m_nextBatch{0};
    std::int64_t m_nextDocument{0};
    std::optional<KeyDictionary> m_dictionary; // the ledger's, loaded once for the command
    std::vector<BatchRowId> m_own; // batches of this command
    Look m_look; // may be empty
};

} // namespace sluice
