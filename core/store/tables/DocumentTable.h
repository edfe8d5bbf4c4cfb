// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/Batch.h"
#include "core/store/Connection.h"

#include <optional>
#include <string>
#include <vector>

namespace sluice {

// A frame of a stored document without its bytes.
struct StoredFrame {
    std::uint32_t index{0};
    std::uint64_t rawOffset{0};
    std::uint32_t rawSize{0};
    std::uint64_t firstLine{1};
    bool packed{true};
};

Result<DocumentRowId> nextDocumentId(Connection& connection);
// The document with these bytes, where it is stored already.
Result<std::optional<DocumentRowId>> findDocument(Connection& connection, const Sha256& sha256);
Result<bool> hasDocumentOfSize(Connection& connection, std::uint64_t byteCount);
Status insertDocument(
    Connection& connection, DocumentRowId id, const Sha256& sha256, std::uint64_t byteCount);
Status insertFrame(Connection& connection, DocumentRowId document, const StoredFrame& frame,
    std::string_view bytes);
// Removes the frames that were staged for a document that then was no new one.
Status discardFrames(Connection& connection, DocumentRowId document);
Result<std::vector<StoredFrame>> readFrames(Connection& connection, DocumentRowId document);
Result<std::string> readFrameBytes(
    Connection& connection, DocumentRowId document, std::uint32_t index);

} // namespace sluice
