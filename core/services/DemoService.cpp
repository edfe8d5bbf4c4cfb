// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/DemoService.h"

#include "core/services/ImportService.h"
#include "core/services/OwnershipService.h"
#include "core/services/demo/DemoCompany.h"
#include "core/services/internal/WorkspaceState.h"

namespace sluice {

Result<DemoService::Made> DemoService::make(const std::string& path, const Credential& credential,
    std::uint64_t seed, std::optional<BusinessDate> today, WorkspaceEnvironment environment,
    const TaskContext& context)
{
    SLUICE_TRY_DO(Workspace::requireFreeName(path));
    const std::string partial = path + ".partial";
    SLUICE_TRY_DO(Workspace::remove(partial)); // of a demo that was killed
    const auto build = [&]() -> Result<Made> {
        SLUICE_TRY(const Workspace::Created created,
            Workspace::create(partial, {}, credential, environment));
        SLUICE_TRY(std::string truth, DemoService{*created.workspace}.fill(seed, today, context));
        // Closing would do it too, but could not say that the disk is full.
        SLUICE_TRY_DO(created.workspace->state()
                          .writer->maintain([](Connection& c) { return c.checkpoint(); })
                          .get());
        return Made{created.workspace->settings().ledgerId, created.recoveryCode, std::move(truth),
            created.workspace->revision()};
    };
    Result<Made> made = build();
    if (made.ok()) {
        if (Status renamed = Workspace::rename(partial, path); !renamed.ok())
            made = std::move(renamed).error();
    }
    if (!made.ok()) {
        // What cannot be removed now is removed by the next demo of that name.
        [[maybe_unused]] const Status removed = Workspace::remove(partial);
    }
    return made;
}

Result<std::string> DemoService::fill(
    std::uint64_t seed, std::optional<BusinessDate> today, const TaskContext& context)
{
    const Workspace::State& state = m_workspace.state();
    const BusinessDate day
        = today ? *today : state.zone->localDay(state.environment.clock.now().seconds());
    DemoCompany company{seed, day};
    OwnershipService ownership{m_workspace};
    const Principal owner = Principal::owner();
    SLUICE_TRY_DO(ownership.importOrganisation(
        company.organisationCsv(), "organisation.csv", owner, context));
    SLUICE_TRY_DO(ownership.publishRuleset(
        company.rulesetJson(), "rules.json", company.firstDay(), owner, context));
    ImportService imports{m_workspace};
    std::uint64_t done = 0;
    const auto take = [&](const DemoDelivery& delivery) -> Status {
        context.report({delivery.fileName, ++done, 0});
        ImportRequest request;
        request.source = delivery.source;
        request.kind = delivery.kind;
        request.replaceSmaller = true;
        request.inMemory.push_back(
            {delivery.fileName, std::make_shared<const std::string>(delivery.csv)});
        SLUICE_TRY_DO(imports.import(request, owner, context));
        return Status::success();
    };
    SLUICE_TRY_DO(company.deliver(take));
    return company.truthJson();
}

} // namespace sluice
