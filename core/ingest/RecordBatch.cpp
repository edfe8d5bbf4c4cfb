// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RecordBatch.h"
#include "core/ingest/ByteMasks.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace sluice {

void RecordBatch::reset(
    std::shared_ptr<const char> owner, std::size_t textSize, std::uint64_t firstRecord)
{
    // One record may begin just below MaxFields, and the fast reader looks at the limit every 64
    // fields only; but no text has more fields than bytes and one.
    constexpr std::size_t FieldsMax = MaxFields + MaxColumns + 2 * ByteMasks::Width;
    if (m_fieldCapacity < std::min(FieldsMax, textSize + 1)) {
        m_fieldCapacity = std::min(FieldsMax, std::bit_ceil(textSize + 1));
        m_fields = std::make_unique<std::string_view[]>(m_fieldCapacity);
    }
    if (m_scratchCapacity < textSize) {
        m_scratchCapacity = std::bit_ceil(textSize);
        m_scratch = std::make_unique_for_overwrite<char[]>(m_scratchCapacity);
    }
    m_rows.clear();
    m_fieldCount = m_rowFields = 0;
    m_scratchSize = m_rowScratch = 0;
    m_firstRecord = firstRecord;
    m_text = std::move(owner);
}

std::string_view RecordBatch::undoubled(std::string_view quoted)
{
    std::size_t quote = quoted.find('"');
    if (quote == std::string_view::npos)
        return quoted;
    // The values of one batch together are no longer than its text: the scratch memory never has to
    // grow.
    char* const begin = m_scratch.get() + m_scratchSize;
    char* out = begin;
    while (quote != std::string_view::npos) {
        std::memcpy(out, quoted.data(), quote + 1);
        out += quote + 1;
        quoted.remove_prefix(quote + 2);
        quote = quoted.find('"');
    }
    out = std::copy(quoted.begin(), quoted.end(), out);
    const std::size_t size = static_cast<std::size_t>(out - begin);
    m_scratchSize += size;
    return {begin, size};
}

void RecordBatch::addRow(const char* begin, std::size_t size, std::uint64_t line)
{
    m_rows.push_back({.begin = begin,
        .line = line,
        .size = static_cast<std::uint32_t>(size),
        .firstField = m_rowFields});
    m_rowFields = m_fieldCount;
    m_rowScratch = m_scratchSize;
}

void RecordBatch::dropUnfinished() noexcept
{
    m_fieldCount = m_rowFields;
    m_scratchSize = m_rowScratch;
}

} // namespace sluice
