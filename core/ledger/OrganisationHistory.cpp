// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/OrganisationHistory.h"

#include <algorithm>
#include <map>

namespace sluice {

namespace {

using Columns = std::vector<std::pair<std::string_view, std::string>>;

std::string joined(const std::vector<std::string>& texts)
{
    std::string list;
    for (const std::string& text : texts)
        list += (list.empty() ? "" : ";") + text;
    return list;
}

Columns columnsOf(const Unit& unit)
{
    return {{"name", unit.name}, {"parent", unit.parent}, {"owner", unit.owner},
        {"cost_centre", unit.costCentre}};
}
Columns columnsOf(const Person& person)
{
    return {{"name", person.name}, {"email", person.email}, {"roles", joined(person.roles)},
        {"scope", joined(person.scope)}};
}
Columns columnsOf(const CostCentre& centre)
{
    return {{"name", centre.name}, {"owner", centre.owner}};
}
Columns columnsOf(const Workflow& workflow)
{
    return {{"name", workflow.name}, {"unit", workflow.unit}, {"owner", workflow.owner},
        {"category", workflow.category}};
}

std::vector<OrganisationStep::Field> differences(const Columns& before, const Columns& after)
{
    std::vector<OrganisationStep::Field> fields;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i].second != after[i].second)
            fields.push_back({std::string{before[i].first}, before[i].second, after[i].second});
    }
    return fields;
}

template <class Record>
void addSteps(
    std::string_view kind, const std::vector<Record>& records, std::vector<OrganisationStep>& steps)
{
    const Effective open;
    std::map<std::string_view, std::vector<const Record*>> byId;
    for (const Record& record : records)
        byId[record.id].push_back(&record);
    for (auto& [id, versions] : byId) {
        std::ranges::sort(
            versions, {}, [](const Record* record) { return record->effective.from; });
        const Record* before = nullptr; // the one that ended on the day at hand
        for (std::size_t i = 0; i < versions.size(); ++i) {
            const Record& now = *versions[i];
            OrganisationStep step;
            step.kind = kind;
            step.id = id;
            step.name = now.name;
            if (now.effective.from != open.from)
                step.day = now.effective.from;
            if (before != nullptr) {
                step.change = OrganisationChange::Changed;
                step.fields = differences(columnsOf(*before), columnsOf(now));
            }
            if (before == nullptr || !step.fields.empty())
                steps.push_back(step);
            const bool goesOn
                = i + 1 < versions.size() && versions[i + 1]->effective.from == now.effective.until;
            before = goesOn ? &now : nullptr;
            if (goesOn || now.effective.until == open.until)
                continue;
            step.day = now.effective.until;
            step.change = OrganisationChange::Ended;
            step.fields.clear();
            steps.push_back(step);
        }
    }
}

} // namespace

std::string_view organisationChangeName(OrganisationChange change)
{
    switch (change) {
    case OrganisationChange::Introduced:
        return "introduced";
    case OrganisationChange::Changed:
        return "changed";
    case OrganisationChange::Ended:
        return "ended";
    }
    return {};
}

std::vector<OrganisationStep> organisationHistory(const Organisation& organisation)
{
    std::vector<OrganisationStep> steps;
    addSteps("unit", organisation.units, steps);
    addSteps("person", organisation.people, steps);
    addSteps("cost_centre", organisation.costCentres, steps);
    addSteps("workflow", organisation.workflows, steps);
    std::ranges::stable_sort(steps, {}, &OrganisationStep::day);
    return steps;
}

} // namespace sluice
