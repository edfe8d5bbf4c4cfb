// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/internal/AuditCheck.h"
#include "core/services/internal/BatchImport.h"
#include "core/store/ReadPool.h"
#include "core/store/tables/DocumentTable.h"

#include <optional>
#include <vector>

namespace sluice {

// Compares where the kept frames of a batch's documents lie, and on which lines they begin, with
// what packing the documents again gives. Of each document the first difference is named.
class FrameComparison {
public:
    // All of them outlive this object.
    FrameComparison(ReadPool& readers, const Batch& batch, AuditCheck& check)
        : m_readers{readers}
        , m_batch{batch}
        , m_check{check}
    {
    }

    // The next frame that the documents give.
    Status add(const FrameOutput& given);

private:
    ReadPool& m_readers;
    const Batch& m_batch;
    AuditCheck& m_check;
    std::optional<std::size_t> m_file; // whose frames are at hand
    std::vector<StoredFrame> m_kept;
};

} // namespace sluice
