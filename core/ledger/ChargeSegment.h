// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/Charge.h"

#include <memory>
#include <string>
#include <vector>

namespace sluice {

// Up to MaxRows charges of one batch, column by column: the form in which charges are stored. The
// columns are encoded by what they are (delta + variable length for numbers, a dictionary of the
// segment's own for texts) and compressed with zstd as two blocks, so that a reader of money and
// keys never unpacks the details. Text columns have segment-local dictionaries: memory during an
// import does not grow with the file.
class ChargeSegmentBuilder {
public:
    static constexpr std::size_t MaxRows = 65'536;
    static constexpr std::size_t MaxTextBytes = 16U << 20; // of one text

    ChargeSegmentBuilder();
    ~ChargeSegmentBuilder();
    void add(const Charge& charge); // copies the texts; not when full()
    [[nodiscard]] std::size_t size() const noexcept;
    // MaxRows rows, or so much text that memory would not stay bounded: encode() is due.
    [[nodiscard]] bool full() const noexcept;
    // The segment's bytes; the builder is empty afterwards and keeps its memory.
    [[nodiscard]] std::string encode(int zstdLevel = 1);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

// Which part of a segment is wanted. Facts: row, key, scope, day, start, costs, nullCosts. All:
// everything.
enum class SegmentPart : std::uint8_t { Facts, All };

// A decoded segment. Immutable; views of texts live as long as it does. Thread-safe to read.
class ChargeSegment {
public:
    // Damaged when the bytes are not a segment (length, checks, ranges); never reads outside of
    // them.
    static Result<ChargeSegment> decode(std::string_view bytes, SegmentPart part);
    // The second half of decode(): the unpacked blocks. Apart, so that a fuzzer gets past the
    // checksums.
    static Result<ChargeSegment> decodeBlocks(
        std::size_t rows, std::string_view facts, std::string_view details, SegmentPart part);
    ChargeSegment(ChargeSegment&&) noexcept;
    ChargeSegment& operator=(ChargeSegment&&) noexcept;
    ~ChargeSegment();

    [[nodiscard]] std::size_t size() const noexcept;
    [[nodiscard]] Charge at(std::size_t index) const; // key numbers are the batch's own
    [[nodiscard]] const std::vector<std::uint64_t>& rows() const noexcept;
    [[nodiscard]] const std::vector<KeyId>& keys() const noexcept;
    [[nodiscard]] const std::vector<std::uint32_t>& scopes() const noexcept;
    [[nodiscard]] const std::vector<std::uint32_t>& documents() const noexcept; // of All
    [[nodiscard]] const std::vector<std::int32_t>& days() const noexcept;
    [[nodiscard]] const std::vector<std::int64_t>& costs(Measure measure) const noexcept;

private:
    struct State;
    explicit ChargeSegment(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace sluice
