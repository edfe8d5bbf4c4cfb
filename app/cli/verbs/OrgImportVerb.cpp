// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/OrgImportVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "core/services/OwnershipService.h"

namespace sluice {

namespace {

constexpr std::size_t MaxOrganisationBytes = 64U << 20;

constexpr std::string_view OrganisationNotes =
    R"(The file has one line for each person, unit, cost centre and workflow; columns that say nothing may be missing:
  kind,id,name,parent,owner,roles,scope,cost_centre,unit,email,category,valid_from,valid_to
  person,ana,Ana Marsh,,,Finance,,,,ana@company.example,,,
  person,bo,Bo Lind,,,Department,product,,,bo@company.example,,2026-01-01,
  unit,company,Company,,ana,,,,,,,,
  unit,product,Product,company,bo,,,cc-1,,,,,
  cost_centre,cc-1,Product,,bo,,,,,,,,
  workflow,ranking,Search ranking,,bo,,,,product,,product_inference,,
  Roles are Admin, Finance, Department, Procurement, Engineering and Auditor; several roles or units of a scope are
  separated by ';'. valid_to is the day after the last. The file takes the place of the organisation before it.
)";

} // namespace

VerbInfo OrgImportVerb::info() const
{
    return {"org import",
        "Takes the organisation from a CSV file: people, units, cost centres, workflows.",
        "sluice-cli org import company.sluice organisation.csv", OrganisationNotes};
}

void OrgImportVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.argument("FILE", m_file,
        "CSV with the columns kind, id, name, parent, owner, roles, scope, valid_from …");
}

Result<ExitCode> OrgImportVerb::run(VerbContext& context)
{
    SLUICE_TRY(const std::string csv, readTextFile(m_file, MaxOrganisationBytes));
    SLUICE_TRY(const OpenLedger ledger, context.open(m_ledger));
    OwnershipService ownership{*ledger.workspace};
    SLUICE_TRY(const std::uint64_t revision,
        ownership.importOrganisation(csv, m_file, ledger.principal, context.task()));
    SLUICE_TRY(const std::shared_ptr<const Organisation> organisation,
        ownership.organisation(ledger.principal, context.task()));
    Table table{{{"people", "people"}, {"units", "units"}, {"cost_centres", "cost centres"},
        {"workflows", "workflows"}}};
    table.addRow({Cell::count(organisation->people.size()), Cell::count(organisation->units.size()),
        Cell::count(organisation->costCentres.size()),
        Cell::count(organisation->workflows.size())});
    Output& output = context.output();
    output.answer(revision, [&](JsonWriter& json) {
        json.countMember("version", organisation->version)
            .countMember("people", organisation->people.size());
        json.countMember("units", organisation->units.size())
            .countMember("cost_centres", organisation->costCentres.size());
        json.countMember("workflows", organisation->workflows.size());
    });
    output.table(table);
    return ExitCode::Done;
}

} // namespace sluice
