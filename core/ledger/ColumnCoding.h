// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// Signed numbers near zero become small unsigned ones, so that they take few bytes.
[[nodiscard]] constexpr std::uint64_t zigzag(std::int64_t value) noexcept
{
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
[[nodiscard]] constexpr std::int64_t unzigzag(std::uint64_t value) noexcept
{
    return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
}
// Sums and differences wrap around, so that they are exact for all values and defined for damaged
// ones.
[[nodiscard]] constexpr std::int64_t wrappedSum(std::int64_t a, std::int64_t b) noexcept
{
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
[[nodiscard]] constexpr std::int64_t wrappedDifference(std::int64_t a, std::int64_t b) noexcept
{
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
[[nodiscard]] constexpr std::uint64_t difference(
    std::int64_t value, std::int64_t reference) noexcept
{
    return zigzag(wrappedDifference(value, reference));
}
[[nodiscard]] constexpr std::int64_t addDifference(
    std::uint64_t coded, std::int64_t reference) noexcept
{
    return wrappedSum(unzigzag(coded), reference);
}
[[nodiscard]] constexpr std::size_t byteLength(std::uint64_t value) noexcept
{
    return value == 0 ? 0 : (71 - static_cast<std::size_t>(__builtin_clzll(value))) / 8;
}

// Writes columns one after the other. A column of numbers is one lengths stream (one byte each) and
// one stream of just the bytes needed: the general compressor behind it packs the lengths, and the
// bytes of random digits are left alone, which is smaller and faster than bytes with continuation
// bits.
class ColumnWriter {
public:
    void number(std::uint64_t value);
    void numbers(std::span<const std::uint64_t> values);
    // For days, hours and durations: the smallest value, the greatest common step, and counts of
    // steps.
    void steps(std::span<const std::int64_t> values);
    void bytes(std::string_view text) { m_bytes.append(text); }

    [[nodiscard]] const std::string& data() const noexcept { return m_bytes; }
    void clear() noexcept { m_bytes.clear(); }

private:
    std::string m_bytes;
    std::vector<std::uint64_t> m_scratch;
};

// Reads what ColumnWriter wrote, from bytes nobody vouches for: after the first thing that does not
// fit, ok() is false and every answer is zero or empty.
class ColumnReader {
public:
    explicit ColumnReader(std::string_view bytes) noexcept
        : m_rest{bytes}
    {
    }
    [[nodiscard]] std::uint64_t number();
    void numbers(std::size_t count, std::vector<std::uint64_t>& out);
    void steps(std::size_t count, std::vector<std::int64_t>& out);
    [[nodiscard]] std::string_view bytes(std::size_t count);

    [[nodiscard]] bool ok() const noexcept { return m_ok; }
    void fail() noexcept { m_ok = false; }
    [[nodiscard]] bool atEnd() const noexcept { return m_rest.empty(); }

private:
    std::string_view m_rest;
    bool m_ok{true};
};

// A magic word, a count of rows and some blocks, each compressed and with a checksum.
struct PackedBlocks {
    static constexpr std::size_t MaxBlocks = 2;
    static constexpr std::size_t MaxRawBytes = 256U << 20;

    std::uint32_t rows{0};
    std::array<std::string_view, MaxBlocks> packed{};
    std::array<std::uint32_t, MaxBlocks> rawSizes{};

    static std::string pack(std::string_view magic, std::uint32_t rows,
        std::array<std::string_view, MaxBlocks> blocks, int zstdLevel);
    // Damaged when the header is not one of ours or does not describe `bytes`.
    static Result<PackedBlocks> open(
        std::string_view bytes, std::string_view magic, std::size_t maxRows);
    [[nodiscard]] Result<std::string> unpack(std::size_t block) const;
};

} // namespace sluice
