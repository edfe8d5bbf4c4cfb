// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/OrgHistoryVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "core/services/OwnershipService.h"

namespace sluice {

namespace {

std::string fieldText(const OrganisationStep::Field& field)
{
    const auto shown = [](const std::string& text) { return text.empty() ? "(none)" : text; };
    return field.column + ": " + shown(field.before) + " -> " + shown(field.after);
}

Table stepTable(const std::vector<OrganisationStep>& steps)
{
    Table table{{{"day", "day"}, {"kind", "kind"}, {"id", "id"}, {"name", "name"},
        {"change", "change"}, {"fields", "what"}}};
    for (const OrganisationStep& step : steps) {
        std::vector<std::string> fields;
        for (const OrganisationStep::Field& field : step.fields)
            fields.push_back(fieldText(field));
        table.addRow({Cell::textOrNone(step.day ? step.day->toIso() : std::string{}),
            Cell::text(step.kind), Cell::text(step.id), Cell::text(step.name),
            Cell::text(organisationChangeName(step.change)), Cell::list(std::move(fields))});
    }
    return table;
}

void writeStep(JsonWriter& json, const OrganisationStep& step)
{
    json.beginObject();
    Cell::textOrNone(step.day ? step.day->toIso() : std::string{}).writeJson(json.key("day"));
    json.member("kind", step.kind)
        .member("id", step.id)
        .member("name", step.name)
        .member("change", organisationChangeName(step.change));
    json.key("fields").beginArray();
    for (const OrganisationStep::Field& field : step.fields)
        json.beginObject()
            .member("column", field.column)
            .member("before", field.before)
            .member("after", field.after)
            .endObject();
    json.endArray();
    json.endObject();
}

} // namespace

VerbInfo OrgHistoryVerb::info() const
{
    return {"org history", "When people, units, cost centres and workflows came, changed and went.",
        "sluice-cli org history company.sluice"};
}

void OrgHistoryVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
}

Result<ExitCode> OrgHistoryVerb::run(VerbContext& context)
{
    SLUICE_TRY(const OpenLedger ledger, context.open(m_ledger));
    SLUICE_TRY(const std::vector<OrganisationStep> steps,
        OwnershipService{*ledger.workspace}.history(ledger.principal, context.task()));
    Output& output = context.output();
    output.answer(ledger.workspace->revision(), [&](JsonWriter& json) {
        json.key("steps").beginArray();
        for (const OrganisationStep& step : steps)
            writeStep(json, step);
        json.endArray();
    });
    const Table table = stepTable(steps);
    output.table(table);
    if (table.empty())
        output.note("There is no organisation.");
    return ExitCode::Done;
}

} // namespace sluice
