// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/BatchRecord.h"

#include "core/ingest/ClassTable.h"

namespace sluice {
namespace {

constexpr std::string_view CrowdedRule = "SLUICE-F5";

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

} // namespace sluice
