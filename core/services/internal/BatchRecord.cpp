// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/BatchRecord.h"

#include "core/ingest/ClassTable.h"
#include "core/ledger/CanonicalJson.h"
#include "core/ledger/Digest.h"

#include <limits>

namespace sluice {
namespace {

constexpr std::string_view CrowdedRule = "SLUICE-F5";
constexpr std::string_view Digest = "sha256"; // of an entry that is named by it

Result<std::string> canonicalOf(const JsonValue& value)
{
    return canonicalJson(value, std::numeric_limits<std::size_t>::max());
}

Result<JsonValue> shortEntry(const JsonValue& batch)
{
    SLUICE_TRY(const std::string whole, canonicalOf(batch));
    JsonValue entry = JsonValue::object();
    entry.set("id", batch.text("id"));
    entry.set("delivery", batch.text("delivery"));
    entry.set(Digest, toHex(sha256(whole)));
    return entry;
}

} // namespace

Verdict crowdedVerdict(const std::string& field, std::uint64_t rowsAccepted)
{
    return {std::string{CrowdedRule}, field, VerdictLevel::Finding, rowsAccepted, 1,
        "more than " + std::to_string(ClassTable::MaxDistinct) + " values",
        "From this batch on the source's charges keep " + field
            + " as a detail: charges and explain show it, rules and spend cannot use it. Leave it out of the export where nobody needs it"};
}

JsonValue batchPayload(const Batch& batch)
{
    JsonValue payload = JsonValue::object();
    payload.set("id", batch.publicId);
    payload.set("source", batch.source);
    payload.set("kind", batchKindName(batch.kind));
    payload.set("delivery", batch.appends ? "append" : "overwrite");
    payload.set("profile", batch.profile);
    payload.set("focus_version", batch.focusVersion);
    payload.set("rows_read", static_cast<std::int64_t>(batch.rowsRead));
    payload.set("rows_accepted", static_cast<std::int64_t>(batch.rowsAccepted));
    JsonValue documents = JsonValue::array();
    for (const DocumentInfo& document : batch.documents) {
        JsonValue entry = JsonValue::object();
        entry.set("name", document.name);
        entry.set("sha256", toHex(document.sha256));
        documents.append(std::move(entry));
    }
    payload.set("documents", std::move(documents));
    JsonValue moved = JsonValue::array();
    for (const Verdict& verdict : batch.verdicts) {
        if (verdict.rule == CrowdedRule)
            moved.append(verdict.column);
    }
    payload.set("moved_to_details", std::move(moved));
    return payload;
}

Result<JsonValue> importPayload(JsonValue batches)
{
    constexpr std::size_t Room = 4096; // for the other fields of the event
    SLUICE_TRY(const std::string list, canonicalOf(batches));
    JsonValue payload = JsonValue::object();
    if (list.size() + Room <= MaxCanonicalBytes) {
        payload.set("batches", std::move(batches));
        return payload;
    }
    JsonValue entries = JsonValue::array();
    for (const JsonValue& batch : *batches.asArray()) {
        SLUICE_TRY(JsonValue entry, shortEntry(batch));
        entries.append(std::move(entry));
    }
    SLUICE_TRY(const std::string names, canonicalOf(entries));
    if (names.size() + Room > MaxCanonicalBytes)
        return Error{ErrorCode::BadInput, {},
            std::to_string(batches.asArray()->size())
                + " deliveries are more than one import can record",
            "Import a thousand at a time"};
    payload.set("batches", std::move(entries));
    return payload;
}

bool isEntryOf(const JsonValue& entry, const JsonValue& batch, std::string& differs)
{
    if (entry.find(Digest) != nullptr) {
        const auto again = shortEntry(batch);
        differs = "record";
        return again.ok() && *again == entry;
    }
    for (const JsonMember& member : *batch.asObject()) {
        const JsonValue* said = entry.find(member.name);
        differs = member.name;
        // In the bytes of the log, where texts are composed.
        const auto one = said == nullptr ? Result<std::string>{std::string{}} : canonicalOf(*said);
        const auto other = canonicalOf(member.value);
        if (!one.ok() || !other.ok() || *one != *other)
            return false;
    }
    return true;
}

} // namespace sluice
