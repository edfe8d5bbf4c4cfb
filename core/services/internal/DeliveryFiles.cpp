// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/DeliveryFiles.h"

#include "core/base/TextFold.h"
#include "core/ingest/AzureManifest.h"
#include "core/ingest/FileSource.h"
#include "core/ingest/TextSource.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace sluice {
namespace {

DeliveryFile fileOnDisk(const std::filesystem::path& path)
{
    const auto open = [path]() -> Result<std::unique_ptr<ByteSource>> {
        SLUICE_TRY(std::unique_ptr<FileSource> source, FileSource::open(path));
        return std::unique_ptr<ByteSource>{std::move(source)};
    };
    return {path.filename().string(), open, std::nullopt, {}, {}};
}

// What tools leave beside the parts of a delivery: hidden files, marks like _SUCCESS, texts to be
// read.
bool isNoDelivery(const std::filesystem::path& path)
{
    const std::string name = folded(path.filename().string());
    const std::string extension = folded(path.extension().string());
    if (name.front() == '.' || name.front() == '_' || name.rfind("readme", 0) == 0
        || extension == ".md" || extension == ".json")
        return true;
    if (extension != ".txt")
        return false;
    std::string first;
    std::ifstream file{path, std::ios::binary};
    std::getline(file, first);
    return first.find_first_of(",;\t") == std::string::npos; // no table
}

} // namespace

Result<DeliveryFiles> deliveryOf(const std::string& path)
{
    DeliveryFiles delivery;
    delivery.given = path;
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status))
        return Error{ErrorCode::NotFound, path, "there is no such file", "Check the name"};
    const bool isManifest = std::filesystem::path{path}.filename() == "manifest.json";
    if (!isManifest && !std::filesystem::is_directory(status)) {
        delivery.files.push_back(fileOnDisk(path));
        return delivery;
    }
    if (isManifest
        || std::filesystem::exists(std::filesystem::path{path} / "manifest.json", error)) {
        SLUICE_TRY(const AzureManifest manifest, AzureManifest::read(path));
        for (const ManifestFile& file : manifest.files) {
            delivery.files.push_back(fileOnDisk(file.path));
            delivery.files.back().blobName = file.blobName;
            delivery.files.back().expectedRows = file.dataRowCount;
        }
        delivery.expectedRows = manifest.dataRowCount;
        return delivery;
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{path, error}) {
        // The parts of a subfolder may be those of another delivery: they are never guessed at.
        const bool isFolder = entry.is_directory(error);
        if (isFolder || !entry.is_regular_file(error) || isNoDelivery(entry.path()))
            delivery.skipped.push_back(entry.path().filename().string() + (isFolder ? "/" : ""));
        else
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::sort(delivery.skipped.begin(), delivery.skipped.end());
    for (const auto& file : files)
        delivery.files.push_back(fileOnDisk(file));
    if (delivery.files.empty())
        return Error{ErrorCode::BadInput, path,
            "the folder has no files"
                + std::string{delivery.skipped.empty()
                        ? ""
                        : " of a delivery, only " + delivery.skipped.front() + " and the like"},
            "Name the folder that holds the delivery"};
    return delivery;
}

Result<Sha256> hashOf(const DeliveryFile& file, const TaskContext& context)
{
    SLUICE_TRY(const std::unique_ptr<ByteSource> source, file.open());
    Sha256Stream stream;
    for (;;) {
        SLUICE_TRY(const ByteBlock block, source->next({}));
        if (block.atEnd())
            return stream.finish();
        if (context.stopRequested())
            return TaskContext::cancelled();
        stream.add(block.bytes());
    }
}

Result<bool> holdSameText(const DeliveryFile& a, const DeliveryFile& b, const TaskContext& context)
{
    struct Side {
        std::unique_ptr<TextSource> text;
        ByteBlock block;
        std::string_view rest; // of the block, not compared yet
        bool ended{false};

        Status open(const DeliveryFile& file)
        {
            SLUICE_TRY(std::unique_ptr<ByteSource> raw, file.open());
            SLUICE_TRY(text, TextSource::open(std::move(raw)));
            return Status::success();
        }
        Status fill()
        {
            if (!rest.empty() || ended)
                return Status::success();
            SLUICE_TRY(block, text->next({}));
            rest = block.bytes();
            ended = block.atEnd();
            return Status::success();
        }
    };
    Side left;
    Side right;
    SLUICE_TRY_DO(left.open(a));
    SLUICE_TRY_DO(right.open(b));
    for (;;) {
        if (context.stopRequested())
            return TaskContext::cancelled();
        SLUICE_TRY_DO(left.fill());
        SLUICE_TRY_DO(right.fill());
        if (left.ended || right.ended)
            return left.ended && right.ended;
        const std::size_t size = std::min(left.rest.size(), right.rest.size());
        if (left.rest.substr(0, size) != right.rest.substr(0, size))
            return false;
        left.rest.remove_prefix(size);
        right.rest.remove_prefix(size);
    }
}

Result<std::uint64_t> sizeOf(const DeliveryFile& file)
{
    SLUICE_TRY(const std::unique_ptr<ByteSource> source, file.open());
    return source->rawSize();
}

} // namespace sluice
