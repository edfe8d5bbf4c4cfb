// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"
#include "core/ingest/ByteSource.h"

#include <filesystem>
#include <memory>

namespace sluice {

// The bytes of a regular file, read in blocks of 2 MiB. Read, not mapped: a mapped file that
// another program cuts short ends this one with a signal. A file that changed while it was read is
// an error, since its hash and its figures would not belong together. Errors: NotFound, BadInput (a
// folder, a device), Io, Cancelled.
class FileSource final : public ByteSource {
public:
    static Result<std::unique_ptr<FileSource>> open(
        const std::filesystem::path& path, StopToken stop = {});
    ~FileSource() override;

    Result<ByteBlock> next(std::string_view carry) override;
    [[nodiscard]] const std::string& name() const noexcept override { return m_name; }
    [[nodiscard]] std::uint64_t rawSize() const noexcept override { return m_size; }
    [[nodiscard]] std::uint64_t rawDone() const noexcept override { return m_done; }

private:
    FileSource(int descriptor, std::string name, std::uint64_t size, std::int64_t changedNs,
        StopToken stop);
    Status checkUnchanged() const;

    int m_descriptor{-1};
    std::string m_name;
    std::uint64_t m_size{0};
    std::uint64_t m_done{0};
    std::int64_t m_changedNs{0};
    StopToken m_stop;
    BlockPool m_pool;
};

} // namespace sluice
