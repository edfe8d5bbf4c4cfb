// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"
#include "core/ingest/ByteSource.h"
#include "core/ledger/Batch.h"
#include "core/ledger/Digest.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

// What a delivery is read from: files as they lie on disk, or documents that the ledger already
// keeps.
struct DeliveryFile {
    std::string name; // for messages and the document's name
    std::function<Result<std::unique_ptr<ByteSource>>()> open;
    std::optional<DocumentInfo> stored; // already in the ledger: not packed again
    // What a manifest says of it: the name there and the number of its rows.
    std::string blobName{};
    std::optional<std::uint64_t> expectedRows{};
};

// The files of one delivery, which becomes one batch.
struct DeliveryFiles {
    std::string given; // the path as the user gave it
    std::vector<DeliveryFile> files;
    std::optional<std::uint64_t> expectedRows; // of a manifest
    // what stands in the folder and is no part of a delivery, by name; a subfolder's ends with "/"
    std::vector<std::string> skipped;
    // A retry: the batch as it stands and the mapping it was read with. Under the same mapping only
    // more rows are news, and fewer never.
    std::optional<Batch> before;
    std::string mappingBefore{};
};

// The files of a path: itself, or those of a folder (by its manifest.json where it has one).
Result<DeliveryFiles> deliveryOf(const std::string& path);

// These read the files; the first two may be cancelled.
Result<Sha256> hashOf(const DeliveryFile& file, const TaskContext& context);
// Whether both hold the same text, however they are packed and encoded. Stops at the first
// difference, which for files of the same source is in their first rows.
Result<bool> holdSameText(const DeliveryFile& a, const DeliveryFile& b, const TaskContext& context);
Result<std::uint64_t> sizeOf(const DeliveryFile& file);

} // namespace sluice
