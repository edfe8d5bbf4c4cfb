// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice {

// Small files whose loss would be a disaster. Any thread; one writer per path. Errors: NotFound,
// ReadOnly, DiskFull, Io, BadInput (larger than the limit).

// The whole file, refused when it is larger than `sizeMax` bytes.
Result<std::string> readSmallFile(const std::string& path, std::size_t sizeMax);
// Replaces the file so that after a power cut either the old or the new content stands there, never
// a mixture: a temporary file beside it (owner-only rights), fsync, rename, fsync of the folder.
Status replaceFileDurably(const std::string& path, std::string_view content);
// A file written piece by piece that appears under its name whole or not at all: a temporary file
// beside it until commit(), which syncs and renames it as above. For what people asked to have
// written, so with the rights that their new files have. A writer that goes without commit() leaves
// nothing. One thread at a time.
class DurableWriter {
public:
    static Result<DurableWriter> create(const std::string& path);
    ~DurableWriter();
    DurableWriter(DurableWriter&& other) noexcept;
    DurableWriter& operator=(DurableWriter&&) = delete;
    DurableWriter(const DurableWriter&) = delete;
    DurableWriter& operator=(const DurableWriter&) = delete;

    Status write(std::string_view bytes);
    Status commit();

private:
    explicit DurableWriter(std::string path);
    Status flush();

    std::string m_path;
    std::string m_buffer;
    int m_file{-1};
};
// Copies byte by byte to a new file (owner-only rights) and makes it durable. Refuses to overwrite:
// AlreadyExists.
Status copyFileDurably(const std::string& from, const std::string& to);
// Renames and never overwrites: AlreadyExists. Not durable before syncFolderOf().
Status moveToNewName(const std::string& from, const std::string& to);
// Makes a creation, rename or removal in the folder of `path` durable.
Status syncFolderOf(const std::string& path);
// The error for a failed system call on `path`, from errno.
Error systemError(int errorNumber, const std::string& path, std::string_view doing);

} // namespace sluice
