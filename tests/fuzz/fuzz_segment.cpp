// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a stored segment, and as the unpacked columns of a segment and of a roll-up (behind
// the checksums, which a fuzzer does not get past): refused, or read without a step outside.
#include "core/ledger/ChargeSegment.h"
#include "core/ledger/Rollup.h"

#include <algorithm>
#include <cstddef>

namespace {

std::uint64_t touch(const sluice::ChargeSegment& segment)
{
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < segment.size(); ++i) {
        const sluice::Charge charge = segment.at(i);
        sum += charge.row + charge.key;
        for (const std::string_view text :
            {charge.resourceId, charge.resourceName, charge.invoiceId})
            sum += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), 'x'));
    }
    return sum;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace sluice;
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    std::uint64_t sum = 0;
    if (const auto segment = ChargeSegment::decode(bytes, SegmentPart::All); segment.ok())
        sum += touch(*segment);
    if (const auto cells = decodeRollup(bytes); cells.ok())
        sum += cells->size();
    // A byte for the rows, two for the length of the facts, then facts and details.
    if (size < 3)
        return 0;
    const std::size_t rows = data[0];
    const std::string_view blocks = bytes.substr(3);
    const std::size_t factsLength = std::min<std::size_t>(data[1] + 256U * data[2], blocks.size());
    if (const auto segment = ChargeSegment::decodeBlocks(
            rows, blocks.substr(0, factsLength), blocks.substr(factsLength), SegmentPart::All);
        segment.ok())
        sum += touch(*segment);
    if (const auto cells = decodeRollupColumns(rows, blocks); cells.ok())
        SLUICE_CHECK(cells->size() == rows);
    volatile std::uint64_t read = sum; // so that nothing is optimised away
    static_cast<void>(read);
    return 0;
}
