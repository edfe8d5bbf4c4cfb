// SPDX-License-Identifier: GPL-3.0-or-later
// Any text as a manifest: parsing never crashes, and no file name leads outside of the folder.
#include "core/ingest/AzureManifest.h"

#include <cstddef>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace sluice;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const Result<AzureManifest> manifest = AzureManifest::parse(text, "manifest.json");
    if (!manifest.ok()) {
        SLUICE_CHECK(
            manifest.error().code == ErrorCode::BadInput && !manifest.error().what.empty());
        return 0;
    }
    SLUICE_CHECK(!manifest->files.empty());
    for (const ManifestFile& file : manifest->files) {
        const std::filesystem::path path = file.blobName;
        SLUICE_CHECK(path.is_relative() && !path.empty());
        for (const std::filesystem::path& part : path)
            SLUICE_CHECK(part != ".." && part != "." && !part.empty());
    }
    return 0;
}
