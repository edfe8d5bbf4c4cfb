// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Int128.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace sluice {

// A hash of a list of texts that may stand for the texts themselves: 128 bits under a key drawn
// anew by each process, so that nobody can prepare two lists that share one, and a million lists
// share one by accident with a chance below 10^-26. Multiply-and-fold over 16 bytes at a time in
// two lanes (the construction of wyhash, github.com/wangyi-fudan/wyhash). Not for anything that is
// kept or leaves the process.
class KeyedHash {
public:
    struct Value {
        std::uint64_t first{0};
        std::uint64_t second{0};
        bool operator==(const Value&) const = default;
    };

    KeyedHash() noexcept
        : m_value{Key[0], Key[1]}
    {
    }
    // Where one text ends and the next begins counts too.
    void add(std::string_view text) noexcept
    {
        const std::uint64_t length = text.size();
        const char* at = text.data();
        std::size_t left = text.size();
        for (; left > 16; at += 16, left -= 16)
            mix(load<std::uint64_t>(at), load<std::uint64_t>(at + 8), ~std::uint64_t{0});
        if (left >= 8)
            return mix(load<std::uint64_t>(at), load<std::uint64_t>(at + left - 8), length);
        if (left >= 4)
            return mix(load<std::uint32_t>(at), load<std::uint32_t>(at + left - 4), length);
        if (left == 0)
            return mix(0, 0, length);
        const auto byte = [at](std::size_t index) {
            return static_cast<std::uint64_t>(static_cast<unsigned char>(at[index]));
        };
        mix(byte(0) | byte(left / 2) << 8 | byte(left - 1) << 16, 0, length);
    }
    [[nodiscard]] Value value() const noexcept
    {
        return {m_value.first ^ m_value.second, m_value.second};
    }

private:
    static const std::array<std::uint64_t, 4> Key; // of this process

    template <class Number>
    static std::uint64_t load(const char* from) noexcept
    {
        Number number = 0;
        std::memcpy(&number, from, sizeof number);
        return number;
    }
    static std::uint64_t fold(std::uint64_t a, std::uint64_t b) noexcept
    {
        const UInt128 product = static_cast<UInt128>(a) * b;
        return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
    }
    void mix(std::uint64_t a, std::uint64_t b, std::uint64_t length) noexcept
    {
        // makes each length another number in every bit
        constexpr std::uint64_t Spread = 0x9E3779B97F4A7C15ULL;
        m_value.first = fold(a ^ m_value.first, b ^ Key[2] ^ length * Spread);
        m_value.second = fold(b ^ m_value.second, a ^ Key[3] ^ length * Spread);
    }

    Value m_value;
};

} // namespace sluice
