// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleDistinct.h"

#include "core/ingest/RuleCell.h"

#include <functional>

namespace sluice {
namespace {

std::uint64_t hashOf(std::string_view text)
{
    return std::hash<std::string_view>{}(text);
}

std::uint64_t mixed(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t z = a * 0x9E3779B97F4A7C15ULL ^ b;
    z = (z ^ (z >> 31)) * 0xBF58476D1CE4E5B9ULL;
    return z ^ (z >> 29);
}

} // namespace

RuleDistinct::RuleDistinct(const std::vector<std::int64_t>& expected)
{
    for (const std::int64_t count : expected)
        m_counters.emplace_back().expected = count;
}

std::uint32_t RuleDistinct::note(
    std::size_t at, std::string_view a, std::string_view b, std::uint64_t line)
{
    Counter& counter = m_counters[at];
    if (counter.gaveUp || isNullText(a))
        return NoPlace;
    const std::uint64_t key = hashOf(a);
    const auto [found, fresh]
        = counter.index.try_emplace(key, static_cast<std::uint32_t>(counter.places.size()));
    const std::uint32_t place = found->second;
    if (fresh) {
        counter.places.push_back({key, 0, line, 0, 0});
        ++m_values;
    }
    noteB(counter, counter.places[place], a, b);
    if (m_values <= MaxValues)
        return place;
    giveUp(counter);
    return NoPlace;
}

void RuleDistinct::noteB(Counter& counter, Place& place, std::string_view a, std::string_view b)
{
    if (isNullText(b) || place.distinct > counter.expected)
        return;
    const std::uint64_t value = hashOf(b);
    if (place.distinct == 0) {
        place.firstB = value;
    } else if (value == place.firstB) {
        return;
    } else if (counter.expected > 1) {
        if (!counter.pairs.insert(mixed(place.key, value)).second)
            return;
        ++m_values;
    }
    ++place.distinct;
    if (place.distinct > counter.expected
        && (counter.sampleLine == 0 || place.firstLine < counter.sampleLine)) {
        counter.sampleLine = place.firstLine;
        counter.sample = std::string{a};
    }
}

void RuleDistinct::giveUp(Counter& counter)
{
    m_values -= counter.places.size() + counter.pairs.size();
    counter = {};
    counter.gaveUp = true;
}

void RuleDistinct::addRows(std::size_t counter, std::uint32_t place, std::uint64_t rows) noexcept
{
    if (place != NoPlace && !m_counters[counter].gaveUp)
        m_counters[counter].places[place].rows += rows;
}

RuleDistinct::Tally RuleDistinct::tally(std::size_t at) const
{
    const Counter& counter = m_counters[at];
    Tally tally;
    tally.gaveUp = counter.gaveUp;
    for (const Place& place : counter.places) {
        if (place.distinct == counter.expected || place.rows == 0)
            continue;
        tally.failingRows += place.rows;
        if (tally.firstLine == 0 || place.firstLine < tally.firstLine)
            tally.firstLine = place.firstLine;
    }
    if (tally.firstLine == counter.sampleLine)
        tally.sample = counter.sample;
    return tally;
}

} // namespace sluice
