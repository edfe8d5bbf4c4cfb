// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/ScopedOrganisation.h"

#include <algorithm>
#include <set>

namespace sluice {

namespace {

using Ids = std::set<std::string, std::less<>>;

Ids namedBy(const AttributionTable& visible, Attribute attribute)
{
    Ids ids;
    for (const Assignment& assignment : visible.assignments) {
        for (const AttributionPart& part : assignment.parts)
            ids.emplace(visible.strings.text(part.values[static_cast<std::size_t>(attribute)]));
    }
    ids.erase(std::string{});
    return ids;
}

template <class Record>
std::vector<Record> kept(const std::vector<Record>& records, const Ids& ids)
{
    std::vector<Record> result;
    std::copy_if(records.begin(), records.end(), std::back_inserter(result),
        [&](const Record& record) { return ids.count(record.id) != 0; });
    return result;
}

} // namespace

Organisation scopedOrganisation(
    const Organisation& whole, const Principal& principal, const AttributionTable& visible)
{
    std::vector<BusinessDate> days = whole.breakpoints();
    days.push_back(Effective{}.from);
    Ids units;
    for (const BusinessDate day : days) {
        for (const std::string& root : principal.scope) {
            const std::vector<std::string> below = whole.subtree(root, day);
            units.insert(below.begin(), below.end());
        }
    }
    Organisation scoped;
    scoped.version = whole.version;
    const Ids namedUnits = namedBy(visible, Attribute::Unit);
    std::copy_if(whole.units.begin(), whole.units.end(), std::back_inserter(scoped.units),
        [&](const Unit& unit) {
            return units.count(unit.id) != 0 || namedUnits.count(unit.id) != 0;
        });
    for (Unit& unit : scoped.units) {
        if (units.count(unit.id) != 0)
            continue;
        unit.owner.clear();
        unit.costCentre.clear();
    }
    Ids workflows = namedBy(visible, Attribute::Workflow);
    for (const Workflow& workflow : whole.workflows) {
        if (units.count(workflow.unit) != 0)
            workflows.insert(workflow.id);
    }
    scoped.workflows = kept(whole.workflows, workflows);
    Ids costCentres = namedBy(visible, Attribute::CostCentre);
    for (Unit& unit : scoped.units) {
        costCentres.insert(unit.costCentre);
        if (units.count(unit.parent) == 0)
            unit.parent.clear(); // a root of what is visible
    }
    scoped.costCentres = kept(whole.costCentres, costCentres);
    // A workflow may be of another unit at another time: that is nobody's business here.
    for (Workflow& workflow : scoped.workflows) {
        if (units.count(workflow.unit) == 0)
            workflow.unit.clear();
    }

    Ids people = namedBy(visible, Attribute::Owner);
    people.insert(principal.person);
    const auto addOwners = [&people](const auto& records) {
        for (const auto& record : records)
            people.insert(record.owner);
    };
    addOwners(scoped.units);
    addOwners(scoped.workflows);
    addOwners(scoped.costCentres);
    scoped.people = kept(whole.people, people);
    for (Person& person : scoped.people) {
        if (person.id != principal.person)
            std::erase_if(
                person.scope, [&](const std::string& unit) { return units.count(unit) == 0; });
    }
    return scoped;
}

} // namespace sluice
