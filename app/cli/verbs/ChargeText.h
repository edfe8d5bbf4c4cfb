// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Table.h"
#include "core/services/SpendService.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// "BillingAccountId" → "billing_account_id"; names that are not written so (x_ columns, a vendor's
// own) stay.
std::string snakeCase(std::string_view column);

// What the principal's share of the charge costs; none where the file had no value.
Cell chargeCost(const ChargeView& charge, Measure measure);
struct NamedCell {
    std::string name;
    Cell cell;
};
// The charge's values in one list for all formats. A name stands once: what the ledger says of a
// cost comes before what the file said, because a charge may be seen with a share alone.
std::vector<NamedCell> cellsOf(const ChargeView& charge);
// The charge as an object: id, facts, attributes, every other column of the file, and of a split
// charge its shares.
void writeCharge(JsonWriter& json, const ChargeView& charge);
void writeCharges(JsonWriter& json, const std::vector<ChargeView>& charges); // as an array
// All columns that any of the charges has; people are shown the few that tell them apart.
Table chargeTable(const std::vector<ChargeView>& charges);

} // namespace sluice
