// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sluice {

// The distinct-count rules of one run: how many different B stand beside each A over the whole
// file. Texts are held as 64-bit hashes, all rules together never hold more than MaxValues of them;
// a rule that would need more gives up. Two texts of a million sharing a hash has a chance below
// 10^-7 and could only turn a finding.
class RuleDistinct {
public:
    static constexpr std::size_t MaxValues = std::size_t{1} << 20;
    static constexpr std::uint32_t NoPlace = 0xFFFF'FFFF; // a null A, or a counter that gave up

    struct Tally {
        bool gaveUp{false};
        std::uint64_t failingRows{0};
        std::uint64_t firstLine{0};
        std::string sample;
    };

    // One counter per rule, told by its place; `expected` is the count of B that each A should
    // have.
    explicit RuleDistinct(const std::vector<std::int64_t>& expected);

    // Notes that `a` stands beside `b` on `line`. Returns where its rows are counted.
    std::uint32_t note(
        std::size_t counter, std::string_view a, std::string_view b, std::uint64_t line);
    void addRows(std::size_t counter, std::uint32_t place, std::uint64_t rows) noexcept;
    [[nodiscard]] Tally tally(std::size_t counter) const;

private:
    struct Place {
        std::uint64_t key{0};
        std::uint64_t rows{0};
        std::uint64_t firstLine{0};
        std::uint64_t firstB{0};
        std::int64_t distinct{0};
    };
    struct Counter {
        std::int64_t expected{1};
        std::unordered_map<std::uint64_t, std::uint32_t> index;
        std::vector<Place> places;
        std::unordered_set<std::uint64_t> pairs; // of A with its second and later B
        std::uint64_t sampleLine{0};
        std::string sample;
        bool gaveUp{false};
    };

    void noteB(Counter& counter, Place& place, std::string_view a, std::string_view b);
    void giveUp(Counter& counter);

    std::vector<Counter> m_counters;
    std::size_t m_values{0};
};

} // namespace sluice
