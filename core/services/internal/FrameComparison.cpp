// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/FrameComparison.h"

namespace sluice {

Status FrameComparison::add(const FrameOutput& given)
{
    const DocumentInfo& document = m_batch.documents[given.file];
    if (m_file != given.file) {
        SLUICE_TRY(ReadPool::Lease lease, m_readers.acquire());
        SLUICE_TRY(m_kept, readFrames(lease.connection(), document.id));
        m_file = given.file;
    }
    const FrameInfo& info = given.frame.info;
    if (info.index >= m_kept.size())
        return Status::success(); // the document was cut short, or a difference is named already
    const StoredFrame& kept = m_kept[info.index];
    if (kept.rawOffset == info.rawOffset && kept.rawSize == info.rawSize
        && kept.firstLine == info.firstLine)
        return Status::success();
    m_check.fault(m_batch.publicId + ", " + document.name + ": part "
        + std::to_string(info.index + 1) + " of it begins on line " + std::to_string(info.firstLine)
        + ", not " + std::to_string(kept.firstLine));
    m_kept.clear();
    return Status::success();
}

} // namespace sluice
