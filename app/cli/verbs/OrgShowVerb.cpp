// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/OrgShowVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "app/cli/verbs/QueryOptions.h"
#include "core/services/OwnershipService.h"

namespace sluice {

namespace {

Cell dayCell(BusinessDate day)
{
    const Effective open;
    return day == open.from || day == open.until ? Cell::none() : Cell::text(day.toIso());
}

Table peopleOf(const Organisation& organisation, BusinessDate day)
{
    Table table{{{"id", "person"}, {"name", "name"}, {"email", ""}, {"roles", "roles"},
        {"scope", "scope"}, {"valid_from", ""}, {"valid_to", ""}}};
    for (const Person& person : organisation.people) {
        if (person.effective.covers(day))
            table.addRow({Cell::text(person.id), Cell::text(person.name),
                Cell::textOrNone(person.email), Cell::list(person.roles), Cell::list(person.scope),
                dayCell(person.effective.from), dayCell(person.effective.until)});
    }
    return table;
}

Table unitsOf(const Organisation& organisation, BusinessDate day)
{
    Table table{{{"id", "unit"}, {"parent", "parent"}, {"name", "name"}, {"owner", "owner"},
        {"cost_centre", "cost centre"}, {"valid_from", ""}, {"valid_to", ""}}};
    for (const Unit& unit : organisation.units) {
        if (unit.effective.covers(day))
            table.addRow({Cell::text(unit.id), Cell::textOrNone(unit.parent), Cell::text(unit.name),
                Cell::textOrNone(unit.owner), Cell::textOrNone(unit.costCentre),
                dayCell(unit.effective.from), dayCell(unit.effective.until)});
    }
    return table;
}

Table costCentresOf(const Organisation& organisation, BusinessDate day)
{
    Table table{{{"id", "cost centre"}, {"name", "name"}, {"owner", "owner"}, {"valid_from", ""},
        {"valid_to", ""}}};
    for (const CostCentre& centre : organisation.costCentres) {
        if (centre.effective.covers(day))
            table.addRow(
                {Cell::text(centre.id), Cell::text(centre.name), Cell::textOrNone(centre.owner),
                    dayCell(centre.effective.from), dayCell(centre.effective.until)});
    }
    return table;
}

Table workflowsOf(const Organisation& organisation, BusinessDate day)
{
    Table table{{{"id", "workflow"}, {"name", "name"}, {"unit", "unit"}, {"owner", "owner"},
        {"category", "category"}, {"valid_from", ""}, {"valid_to", ""}}};
    for (const Workflow& workflow : organisation.workflows) {
        if (workflow.effective.covers(day))
            table.addRow({Cell::text(workflow.id), Cell::text(workflow.name),
                Cell::textOrNone(workflow.unit), Cell::textOrNone(workflow.owner),
                Cell::textOrNone(workflow.category), dayCell(workflow.effective.from),
                dayCell(workflow.effective.until)});
    }
    return table;
}

} // namespace

VerbInfo OrgShowVerb::info() const
{
    return {"org show",
        "People, units, cost centres and workflows as of a day. CSV holds the units.",
        "sluice-cli org show company.sluice --on 2026-07-01"};
}

void OrgShowVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.option({"--on", "D", "the day (today)"}, m_on);
}

Result<ExitCode> OrgShowVerb::run(VerbContext& context)
{
    BusinessDate day = context.clock().now().utcDate();
    if (!m_on.empty()) {
        SLUICE_TRY(day, parseDay("--on", m_on));
    }
    SLUICE_TRY(const OpenLedger ledger, context.open(m_ledger));
    SLUICE_TRY(const std::shared_ptr<const Organisation> organisation,
        OwnershipService{*ledger.workspace}.organisation(ledger.principal, context.task()));
    const Table people = peopleOf(*organisation, day);
    const Table units = unitsOf(*organisation, day);
    const Table costCentres = costCentresOf(*organisation, day);
    const Table workflows = workflowsOf(*organisation, day);
    Output& output = context.output();
    output.answer(ledger.workspace->revision(), [&](JsonWriter& json) {
        people.writeJsonRows(json.key("people"));
        units.writeJsonRows(json.key("units"));
        costCentres.writeJsonRows(json.key("cost_centres"));
        workflows.writeJsonRows(json.key("workflows"));
    });
    output.table(units);
    for (const Table* table : {&people, &costCentres, &workflows}) {
        output.line("");
        output.peopleTable(*table);
    }
    return ExitCode::Done;
}

} // namespace sluice
