// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/LineCounter.h"
#include "core/ingest/ByteMasks.h"

#include <algorithm>

namespace sluice {
namespace {

    // Carriage returns that a line feed does not follow inside `bytes`; the last byte is left to the caller.
    std::uint64_t countLoneReturns(std::string_view bytes)
    {
        std::uint64_t count = 0;
        std::size_t at = 0;
        for (; at + ByteMasks::Width < bytes.size(); at += ByteMasks::Width) {
            const std::uint64_t returns = ByteMasks(bytes.data() + at).equal('\r');
            if (returns != 0)
                count += static_cast<std::uint64_t>(std::popcount(returns & ~ByteMasks(bytes.data() + at + 1).equal('\n')));
        }
        for (; at + 1 < bytes.size(); ++at)
            count += bytes[at] == '\r' && bytes[at + 1] != '\n' ? 1U : 0U;
        return count;
    }

} // namespace

ByteCensus takeCensus(std::string_view bytes)
{
    ByteCensus census;
    std::uint64_t high = 0;
    std::uint64_t returns = 0;
    std::uint64_t nuls = 0;
    std::size_t at = 0;
    for (; at + ByteMasks::Width <= bytes.size(); at += ByteMasks::Width) {
        const ByteMasks masks(bytes.data() + at);
        census.lineFeeds += static_cast<std::uint64_t>(std::popcount(masks.equal('\n')));
        returns |= masks.equal('\r');
        nuls |= masks.equal('\0');
        high |= masks.high();
    }
    for (; at < bytes.size(); ++at) {
        const char byte = bytes[at];
        census.lineFeeds += byte == '\n' ? 1U : 0U;
        returns |= byte == '\r' ? 1U : 0U;
        nuls |= byte == '\0' ? 1U : 0U;
        high |= static_cast<unsigned char>(byte) >> 7U;
    }
    census.carriageReturn = returns != 0;
    census.nul = nuls != 0;
    census.high = high != 0;
    return census;
}

void LineCounter::add(std::string_view bytes, const ByteCensus& census)
{
    if (bytes.empty())
        return;
    m_line += census.lineFeeds + (m_afterReturn && bytes.front() != '\n' ? 1U : 0U);
    if (census.carriageReturn)
        m_line += countLoneReturns(bytes);
    m_afterReturn = bytes.back() == '\r';
}

} // namespace sluice
