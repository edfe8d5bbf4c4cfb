// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/ledger/Batch.h"
#include "core/ledger/JsonValue.h"

namespace sluice {

// What an import writes down of a batch. Verifying makes the same again and compares.

// Of a field with too many values to be part of a charge key.
Verdict crowdedVerdict(const std::string& field, std::uint64_t rowsAccepted);
// The batch's entry in the event of its import.
JsonValue batchPayload(const Batch& batch);
// The event's own, of all entries. Where they are too long for an event, each is named by its id
// and digest; BadInput where even those are.
Result<JsonValue> importPayload(JsonValue batches);
// Whether the event's entry says what `batch` would: its members, or their digest.
bool isEntryOf(const JsonValue& entry, const JsonValue& batch, std::string& differs);

} // namespace sluice
