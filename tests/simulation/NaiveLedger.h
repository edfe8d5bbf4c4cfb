// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Int128.h"

#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace sluice::test {

// A ledger as one would write it in an afternoon: a list of lines, replaced by (source, account,
// month). The oracle of the simulation; it shares nothing with the real one.
class NaiveLedger {
public:
    struct Line {
        std::string source;
        std::string account;
        std::string month; // 2026-03
        std::string day; // 2026-03-14
        std::string service;
        std::string team;
        std::int64_t nanos{0};
    };
    void deliver(const std::vector<Line>& lines)
    {
        std::map<Place, bool> places;
        for (const Line& line : lines)
            places[placeOf(line)] = true;
        std::vector<Line> kept;
        for (Line& line : m_lines) {
            if (places.count(placeOf(line)) == 0)
                kept.push_back(std::move(line));
        }
        kept.insert(kept.end(), lines.begin(), lines.end());
        m_lines = std::move(kept);
    }
    // Whether an account and month of the lines counts under another source only: the real ledger
    // refuses such lines.
    [[nodiscard]] bool countsElsewhere(const std::vector<Line>& lines) const
    {
        for (const Line& line : lines) {
            bool mine = false;
            bool others = false;
            for (const Line& kept : m_lines) {
                const bool same = kept.account == line.account && kept.month == line.month;
                mine = mine || (same && kept.source == line.source);
                others = others || (same && kept.source != line.source);
            }
            if (others && !mine)
                return true;
        }
        return false;
    }
    // Sums by what `key` says of a line.
    template <class KeyOf>
    [[nodiscard]] std::map<std::string, Int128> sums(KeyOf key) const
    {
        std::map<std::string, Int128> result;
        for (const Line& line : m_lines)
            result[key(line)] += line.nanos;
        return result;
    }
    [[nodiscard]] std::size_t size() const { return m_lines.size(); }

private:
    using Place = std::tuple<std::string, std::string, std::string>;
    static Place placeOf(const Line& line) { return {line.source, line.account, line.month}; }

    std::vector<Line> m_lines;
};

} // namespace sluice::test
