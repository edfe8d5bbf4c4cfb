// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/LineCounter.h"
#include "core/ingest/ByteMasks.h"

#include <algorithm>
#include <array>

namespace sluice {
namespace {

// Carriage returns that a line feed does not follow inside `bytes`; the last byte is left to the
// caller.
std::uint64_t countLoneReturns(std::string_view bytes)
{
    std::uint64_t count = 0;
    std::size_t at = 0;
    for (; at + ByteMasks::Width < bytes.size(); at += ByteMasks::Width) {
        const std::uint64_t returns = ByteMasks(bytes.data() + at).equal('\r');
        if (returns != 0)
            count += static_cast<std::uint64_t>(
                std::popcount(returns & ~ByteMasks(bytes.data() + at + 1).equal('\n')));
    }
    for (; at + 1 < bytes.size(); ++at)
        count += bytes[at] == '\r' && bytes[at + 1] != '\n' ? 1U : 0U;
    return count;
}

} // namespace

ByteCensus takeCensus(std::string_view bytes)
{
    // Lanes side by side become vector code; a lane of 8 bits is taken over before it can run over.
    constexpr std::size_t Lanes = 64;
    constexpr std::size_t StepsMax = 255;
    ByteCensus census;
    std::uint8_t returns = 0;
    std::uint8_t nuls = 0;
    std::uint8_t all = 0;
    while (!bytes.empty()) {
        std::array<std::uint8_t, Lanes> feeds{};
        std::array<std::uint8_t, Lanes> laneReturns{};
        std::array<std::uint8_t, Lanes> laneNuls{};
        std::array<std::uint8_t, Lanes> laneAll{};
        const auto look = [&](std::string_view row) {
            for (std::size_t lane = 0; lane < row.size(); ++lane) {
                const auto byte = static_cast<std::uint8_t>(row[lane]);
                feeds[lane] = static_cast<std::uint8_t>(feeds[lane] + (byte == '\n'));
                laneReturns[lane] = static_cast<std::uint8_t>(laneReturns[lane] | (byte == '\r'));
                laneNuls[lane] = static_cast<std::uint8_t>(laneNuls[lane] | (byte == 0));
                laneAll[lane] = static_cast<std::uint8_t>(laneAll[lane] | byte);
            }
        };
        std::size_t step = 0;
        for (; step + 1 < StepsMax && bytes.size() >= Lanes; ++step, bytes.remove_prefix(Lanes))
            look(bytes.substr(0, Lanes));
        if (bytes.size() < Lanes) {
            look(bytes);
            bytes = {};
        }
        for (std::size_t lane = 0; lane < Lanes; ++lane) {
            census.lineFeeds += feeds[lane];
            returns |= laneReturns[lane];
            nuls |= laneNuls[lane];
            all |= laneAll[lane];
        }
    }
    census.carriageReturn = returns != 0;
    census.nul = nuls != 0;
    census.high = (all & 0x80U) != 0;
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
