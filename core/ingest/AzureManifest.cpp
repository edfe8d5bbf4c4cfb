// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/AzureManifest.h"
#include "core/ingest/FileSource.h"

#include <simdjson.h>

#include <algorithm>
#include <set>
#include <system_error>

namespace sluice {
namespace {

namespace fs = std::filesystem;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::uint64_t ManifestBytesMax = 16U << 20;

Error manifestError(
    const std::string& name, std::string what, std::string fix = "download the export run again")
{
    return {ErrorCode::BadInput, name, std::move(what), std::move(fix)};
}

// The text under `key`; empty where it is absent or of another kind.
std::string textOf(const object& parent, std::string_view key)
{
    std::string_view text;
    return parent[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

// A count that may be absent or null, but not anything else.
Result<std::optional<std::uint64_t>> countOf(
    const object& parent, std::string_view key, const std::string& name)
{
    element value;
    if (parent[key].get(value) != simdjson::SUCCESS || value.is_null())
        return std::optional<std::uint64_t>{};
    std::uint64_t count = 0;
    if (value.get(count) != simdjson::SUCCESS)
        return manifestError(name, std::string(key) + " is not a whole number");
    return std::optional<std::uint64_t>{count};
}

// The parts of a blob's name, which is a path with '/'. Empty: it leads outside of its folder, or
// is no name.
std::vector<std::string_view> safeParts(std::string_view blobName)
{
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= blobName.size();) {
        const std::size_t end = std::min(blobName.find('/', begin), blobName.size());
        const std::string_view part = blobName.substr(begin, end - begin);
        const bool safe = !part.empty() && part != "." && part != ".."
            && part.find('\\') == std::string_view::npos && part.find(':') == std::string_view::npos
            && part.find('\0') == std::string_view::npos;
        if (!safe)
            return {};
        parts.push_back(part);
        begin = end + 1;
    }
    return parts;
}

// Where the blob lies in the folder, by the longest end of its name that is there. `folder` is
// canonical.
Result<fs::path> findBlob(
    const fs::path& folder, const std::string& blobName, const std::string& name)
{
    const std::vector<std::string_view> parts = safeParts(blobName);
    SLUICE_CHECK(!parts.empty());
    for (std::size_t skipped = 0; skipped < parts.size(); ++skipped) {
        fs::path path = folder;
        for (std::size_t index = skipped; index < parts.size(); ++index)
            path /= parts[index];
        std::error_code error;
        if (!fs::exists(path, error))
            continue;
        // Links may lead anywhere: what counts is where the file really lies.
        const fs::path real = fs::canonical(path, error);
        const auto [differs, rest]
            = std::mismatch(folder.begin(), folder.end(), real.begin(), real.end());
        if (error || differs != folder.end())
            return manifestError(name,
                "the file " + blobName + " is a link that leads outside of the manifest's folder",
                "put the file itself into the folder");
        return real;
    }
    return Error{ErrorCode::NotFound, name,
        "the manifest lists " + blobName + ", which is not in its folder",
        "download all files of the export run"};
}

Result<std::string> readAll(const fs::path& path)
{
    SLUICE_TRY(const std::unique_ptr<FileSource> source, FileSource::open(path));
    std::string text;
    for (;;) {
        SLUICE_TRY(const ByteBlock block, source->next({}));
        if (block.atEnd())
            return text;
        text += block.bytes();
        if (text.size() > ManifestBytesMax)
            return manifestError(
                path.string(), "the manifest is longer than 16 MiB", "name the export's folder");
    }
}

Result<ManifestFile> fileOf(const element& blob, const std::string& name)
{
    object entry;
    if (blob.get(entry) != simdjson::SUCCESS)
        return manifestError(name, "an entry of blobs is not an object");
    ManifestFile file;
    file.blobName = textOf(entry, "blobName");
    if (safeParts(file.blobName).empty())
        return manifestError(name,
            "the file name \"" + file.blobName + "\" is empty or leads outside of the folder",
            "do not import this folder: the manifest is wrong or was tampered with");
    SLUICE_TRY(file.byteCount, countOf(entry, "byteCount", name));
    SLUICE_TRY(file.dataRowCount, countOf(entry, "dataRowCount", name));
    return file;
}

} // namespace

Result<AzureManifest> AzureManifest::parse(std::string_view json, const std::string& name)
{
    simdjson::dom::parser parser;
    simdjson::dom::object root;
    if (const auto error = parser.parse(simdjson::padded_string(json)).get(root);
        error != simdjson::SUCCESS)
        return manifestError(
            name, std::string("is not a manifest: ") + simdjson::error_message(error));
    AzureManifest manifest;
    object part;
    if (root["exportConfig"].get(part) == simdjson::SUCCESS) {
        manifest.exportName = textOf(part, "exportName");
        manifest.type = textOf(part, "type");
        manifest.dataVersion = textOf(part, "dataVersion");
    }
    if (root["deliveryConfig"].get(part) == simdjson::SUCCESS)
        manifest.overwriteBehavior = textOf(part, "dataOverwriteBehavior");
    if (root["runInfo"].get(part) == simdjson::SUCCESS) {
        manifest.runId = textOf(part, "runId");
        manifest.startDate = textOf(part, "startDate");
        manifest.endDate = textOf(part, "endDate");
    }
    simdjson::dom::array blobs;
    if (root["blobs"].get(blobs) != simdjson::SUCCESS)
        return manifestError(
            name, "is not the manifest of an Azure export: it has no list of blobs");
    for (const element blob : blobs) {
        SLUICE_TRY(ManifestFile file, fileOf(blob, name));
        manifest.files.push_back(std::move(file));
    }
    if (manifest.files.empty())
        return manifestError(name, "lists no files");
    SLUICE_TRY(const std::optional<std::uint64_t> blobCount, countOf(root, "blobCount", name));
    if (blobCount && *blobCount != manifest.files.size())
        return manifestError(name,
            "says blobCount " + std::to_string(*blobCount) + " but lists "
                + std::to_string(manifest.files.size()) + " files");
    SLUICE_TRY(manifest.dataRowCount, countOf(root, "dataRowCount", name));
    return manifest;
}

Result<AzureManifest> AzureManifest::read(const fs::path& folderOrFile)
{
    std::error_code error;
    const fs::path file
        = fs::is_directory(folderOrFile, error) ? folderOrFile / "manifest.json" : folderOrFile;
    const std::string name = file.string();
    SLUICE_TRY(const std::string json, readAll(file));
    SLUICE_TRY(AzureManifest manifest, parse(json, name));
    const fs::path folder
        = fs::canonical(file.has_parent_path() ? file.parent_path() : fs::path("."), error);
    if (error)
        return Error{ErrorCode::Io, name, "the folder cannot be read: " + error.message(), {}};
    std::set<fs::path> seen;
    for (ManifestFile& entry : manifest.files) {
        SLUICE_TRY(entry.path, findBlob(folder, entry.blobName, name));
        if (!seen.insert(entry.path).second)
            return manifestError(name,
                "lists the file " + entry.path.filename().string() + " twice",
                "keep the folders of the export, whose files have equal names");
        const std::uint64_t size = fs::file_size(entry.path, error);
        if (error)
            return Error{ErrorCode::Io, entry.path.string(),
                "its size cannot be read: " + error.message(), {}};
        if (entry.byteCount && *entry.byteCount != size)
            return manifestError(entry.path.string(),
                "has " + std::to_string(size) + " bytes where the manifest says "
                    + std::to_string(*entry.byteCount));
    }
    return manifest;
}

} // namespace sluice
