// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/DemoService.h"

#include "core/services/ImportService.h"
#include "core/services/OwnershipService.h"
#include "core/services/demo/DemoCompany.h"
#include "core/services/internal/WorkspaceState.h"

namespace sluice {

Result<std::string> DemoService::fill(std::uint64_t seed, std::optional<BusinessDate> today, const TaskContext& context)
{
    const Workspace::State& state = m_workspace.state();
    const BusinessDate day = today ? *today : state.zone->localDay(state.environment.clock.now().seconds());
    DemoCompany company{seed, day};
    OwnershipService ownership{m_workspace};
    const Principal owner = Principal::owner();
    SLUICE_TRY_DO(ownership.importOrganisation(company.organisationCsv(), "organisation.csv", owner, context));
    SLUICE_TRY_DO(ownership.publishRuleset(company.rulesetJson(), "rules.json", company.firstDay(), owner, context));
    ImportService imports{m_workspace};
    std::uint64_t done = 0;
    const auto take = [&](const DemoDelivery& delivery) -> Status {
        context.report({delivery.fileName, ++done, 0});
        ImportRequest request;
        request.source = delivery.source;
        request.kind = delivery.kind;
        request.replaceSmaller = true;
        request.inMemory.push_back({delivery.fileName, std::make_shared<const std::string>(delivery.csv)});
        SLUICE_TRY_DO(imports.import(request, owner, context));
        return Status::success();
    };
    SLUICE_TRY_DO(company.deliver(take));
    return company.truthJson();
}

} // namespace sluice
