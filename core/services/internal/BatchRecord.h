// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/Batch.h"
#include "core/ledger/JsonValue.h"

namespace sluice {

// What an import writes down of a batch. Verifying makes the same again and compares.

// Of a field with too many values to be part of a charge key.
Verdict crowdedVerdict(const std::string& field, std::uint64_t rowsAccepted);
// The batch's entry in the event of its import.
JsonValue batchPayload(const Batch& batch);

} // namespace sluice
