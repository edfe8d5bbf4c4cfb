// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/UnitPrice.h"
#include "core/ledger/KeyDictionary.h"
#include "core/ledger/Measure.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace sluice {

// An immutable fact. Everything descriptive is behind `key`; what differs from row to row stands
// here. Text views belong to whoever made the charge (a segment, an import buffer).
struct Charge {
    std::uint64_t row{0}; // 1-based data row of the batch, quarantined rows counted
    std::uint32_t document{0}; // ordinal of the document in the batch
    std::uint64_t line{0}; // 1-based line of that document on which the record starts
    KeyId key{0}; // in a segment: number within the batch; elsewhere: number within the ledger
    std::uint32_t scope{0}; // ordinal of the scope in the batch
    std::int32_t day{0}; // local day of `start` in the ledger's time zone, days since 1970-01-01
    std::int64_t start{0}; // UTC seconds, inclusive
    std::int64_t end{0}; // UTC seconds, exclusive
    std::array<std::int64_t, MeasureCount> costs{}; // units of the currency's scale; 0 where null
    std::uint8_t nullCosts{0}; // bit m set: measure m was null in the file
    std::uint8_t nullNumbers{0}; // bits as NumberBit: quantity or unit price was null
    Quantity pricingQuantity;
    Quantity consumedQuantity;
    UnitPrice listUnitPrice;
    UnitPrice contractedUnitPrice;
    std::string_view resourceId;
    std::string_view resourceName;
    std::string_view invoiceId;
};

enum NumberBit : std::uint8_t {
    PricingQuantityBit = 1,
    ConsumedQuantityBit = 2,
    ListUnitPriceBit = 4,
    ContractedUnitPriceBit = 8
};

} // namespace sluice
