// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// One file of a delivery, found on disk inside the manifest's folder.
struct ManifestFile {
    std::string blobName; // as the manifest names it
    std::filesystem::path path;
    std::optional<std::uint64_t> byteCount; // as the manifest says, where it does
    std::optional<std::uint64_t> dataRowCount; // the same

    bool operator==(const ManifestFile&) const = default;
};

// The manifest.json that Azure Cost Management writes beside the parts of one export run: one
// delivery. Absent texts are empty.
struct AzureManifest {
    std::string exportName;
    std::string type; // FocusCost, ActualCost, …
    std::string dataVersion;
    std::string overwriteBehavior; // CreateNewReport, OverwritePreviousReport
    std::string runId;
    std::string startDate;
    std::string endDate;
    std::vector<ManifestFile> files;
    std::optional<std::uint64_t> dataRowCount;

    // Reads FOLDER/manifest.json, or the manifest file itself. Each blob is looked for inside the
    // folder by the end of its name, since a download keeps only some of its folders; names that
    // lead outside are refused. Checks that the number of blobs and each file's size are as said.
    // Errors: NotFound, BadInput, Io.
    static Result<AzureManifest> read(const std::filesystem::path& folderOrFile);
    // Parses and checks the text alone; the files' paths stay empty.
    static Result<AzureManifest> parse(std::string_view json, const std::string& name);

    bool operator==(const AzureManifest&) const = default;
};

} // namespace sluice
