// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/JsonValue.h"
#include "core/services/ImportService.h"
#include "core/services/internal/BatchImport.h"
#include "core/services/internal/WorkspaceState.h"
#include "core/store/tables/BatchTable.h"

namespace sluice {

// One import command inside its transaction: every delivery of the request is read, stored and takes the place of what
// it restates, or nothing happens. Runs on the writer's thread; each delivery is read on a thread of its own.
class ImportCommand {
public:
    struct Delivery {
        std::string given; // the path as the user gave it
        std::vector<DeliveryFile> files;
        std::optional<std::uint64_t> expectedRows; // of a manifest
        std::optional<std::uint64_t> acceptedBefore; // a retry: known already, and only more rows are news
    };

    ImportCommand(Workspace::State& state, const ImportRequest& request, std::string mappingText, std::optional<Profile> mapping, const TaskContext& context);

    // Fills `report`; the result is the event's payload. Cancelled for a dry run: the transaction rolls back.
    Result<JsonValue> run(Connection& connection, std::uint64_t revision, const std::vector<Delivery>& deliveries, ImportReport& report);

private:
    Result<ImportedBatch> importDelivery(Connection& connection, std::uint64_t revision, const Delivery& delivery);
    Result<std::optional<ImportedBatch>> knownBatch(Connection& connection, const Delivery& delivery) const;
    Status storeOutputs(Connection& connection, BatchRowId batch, const std::vector<DocumentRowId>& documents, BoundedQueue<ImportOutput>& output) const;
    Status storeOutput(Connection& connection, BatchRowId batch, const std::vector<DocumentRowId>& documents, const ImportOutput& output) const;
    Status storeDocuments(Connection& connection, Batch& batch, const std::vector<DocumentRowId>& documents, const Delivery& delivery) const;
    Result<std::vector<KeyId>> storeKeys(Connection& connection, const KeyDictionary& keys, const std::set<std::string>& demoted);
    Status supersede(Connection& connection, StoredBatch& stored, bool append) const;
    Status requireNotSmaller(const Batch& batch, const Scope& scope, const Batch& old, const Scope& oldScope) const;

    Workspace::State& m_state;
    const ImportRequest& m_request;
    std::string m_mappingText;
    std::optional<Profile> m_mapping;
    const TaskContext& m_context;
    std::optional<KeyDictionary> m_dictionary; // the ledger's, loaded once for the command
    std::vector<BatchRowId> m_own; // batches of this command
};

// The files of a path: itself, or those of a folder (by its manifest.json where it has one).
Result<ImportCommand::Delivery> deliveryOf(const std::string& path);

} // namespace sluice
