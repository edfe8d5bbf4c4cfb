// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace sluice {

// A small seeded generator (SplitMix64, Steele, Lea & Flood 2014) for the demo company, simulations
// and tests: the same seed gives the same numbers on every platform. Never for keys: those come
// from libsodium.
class SeededRandom {
public:
    explicit SeededRandom(std::uint64_t seed) noexcept
        : m_state{seed}
    {
    }
    std::uint64_t next() noexcept
    {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    // Uniform in [0, bound); bound > 0. The bias of the multiplication method is below 2^-32 for
    // our bounds.
    std::uint64_t below(std::uint64_t bound) noexcept
    {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64);
    }
    std::int64_t between(std::int64_t low, std::int64_t high) noexcept // both inclusive
    {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
    }
    bool chance(std::uint32_t numerator, std::uint32_t denominator) noexcept
    {
        return below(denominator) < numerator;
    }

private:
    std::uint64_t m_state;
};

} // namespace sluice
