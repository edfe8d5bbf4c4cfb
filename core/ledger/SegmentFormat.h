// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sluice {

// What the writer and the reader of charge segments must agree on.
//
// Prices and texts are dictionary columns: each row says which entry it means, seen from what the
// last charge of the same key had, because a charge key nearly always has one price, one invoice
// and one family of resources.
struct SegmentFormat {
    static constexpr std::string_view Magic = "SLSG";

    static constexpr std::uint64_t Predicted = 0; // as the last row with this key
    static constexpr std::uint64_t New = 1; // the next entry of the dictionary
    static constexpr std::uint64_t NewTwin = 2; // the same, and its text is this row's resource id
    // this row's resource id, and already in the dictionary
    static constexpr std::uint64_t Twin = 3;
    static constexpr std::uint64_t First = 4; // First + i: entry i

    // Where a resource id is cut: everything up to the last '/' or ':' is shared by many, the rest
    // is its own.
    [[nodiscard]] static std::size_t prefixLength(std::string_view text) noexcept
    {
        const std::size_t cut = text.find_last_of("/:");
        return cut == std::string_view::npos ? 0 : cut + 1;
    }

    // The memory of the prediction: direct-mapped, so that it is bounded whatever the keys are. A
    // collision costs bytes, never correctness: writer and reader have the same collisions.
    template <class Value>
    class Prediction {
    public:
        [[nodiscard]] Value& of(std::uint32_t key) noexcept { return m_last[key % Slots]; }

    private:
        static constexpr std::size_t Slots = 16'384;
        std::array<Value, Slots> m_last{};
    };
};

} // namespace sluice
