// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sluice {

// Which of 64 bytes equal a value, one bit a byte, the first byte lowest. SSE2 is part of every
// x86-64; elsewhere the same comes from a loop that compilers turn into the machine's own vectors.
class ByteMasks {
public:
    static constexpr std::size_t Width = 64;

    explicit ByteMasks(const char* bytes) noexcept
#if defined(__SSE2__)
        : m_parts{load(bytes), load(bytes + 16), load(bytes + 32), load(bytes + 48)}
#else
        : m_bytes{bytes}
#endif
    {
    }
    [[nodiscard]] std::uint64_t equal(char value) const noexcept
    {
#if defined(__SSE2__)
        const __m128i wanted = _mm_set1_epi8(value);
        std::uint64_t mask = 0;
        for (std::size_t part = 4; part-- > 0;)
            mask = (mask << 16)
                | static_cast<std::uint32_t>(
                    _mm_movemask_epi8(_mm_cmpeq_epi8(m_parts[part], wanted)));
        return mask;
#else
        std::uint64_t mask = 0;
        for (std::size_t index = 0; index < Width; ++index)
            mask |= static_cast<std::uint64_t>(m_bytes[index] == value) << index;
        return mask;
#endif
    }
    // Bytes above 127.
    [[nodiscard]] std::uint64_t high() const noexcept
    {
        std::uint64_t mask = 0;
#if defined(__SSE2__)
        for (std::size_t part = 4; part-- > 0;)
            mask = (mask << 16) | static_cast<std::uint32_t>(_mm_movemask_epi8(m_parts[part]));
#else
        for (std::size_t index = 0; index < Width; ++index)
            mask |= static_cast<std::uint64_t>(static_cast<unsigned char>(m_bytes[index]) >> 7U)
                << index;
#endif
        return mask;
    }

private:
#if defined(__SSE2__)
    static __m128i load(const char* bytes) noexcept
    {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
    }
    __m128i m_parts[4];
#else
    const char* m_bytes;
#endif
};

// Bit n is the parity of bits 0…n of `mask`: with the quotes of a text as mask, where the text is
// inside quotes.
constexpr std::uint64_t prefixParity(std::uint64_t mask) noexcept
{
    for (unsigned shift = 1; shift < 64; shift *= 2)
        mask ^= mask << shift;
    return mask;
}

} // namespace sluice
