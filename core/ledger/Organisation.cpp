// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/Organisation.h"

#include <algorithm>
#include <map>
#include <set>

namespace sluice {
namespace {

template <class Record>
const Record* findRecord(const std::vector<Record>& records, std::string_view id, BusinessDate day)
{
    const auto found = std::find_if(records.begin(), records.end(),
        [&](const Record& record) { return record.id == id && record.effective.covers(day); });
    return found == records.end() ? nullptr : &*found;
}

template <class Record>
void addBreakpoints(const std::vector<Record>& records, std::set<BusinessDate>& days)
{
    for (const Record& record : records) {
        if (record.effective.from != Effective{}.from)
            days.insert(record.effective.from);
        if (record.effective.until != Effective{}.until)
            days.insert(record.effective.until);
    }
}

} // namespace

const Person* Organisation::person(std::string_view id, BusinessDate day) const
{
    return findRecord(people, id, day);
}

const Unit* Organisation::unit(std::string_view id, BusinessDate day) const
{
    return findRecord(units, id, day);
}

const CostCentre* Organisation::costCentre(std::string_view id, BusinessDate day) const
{
    return findRecord(costCentres, id, day);
}

const Workflow* Organisation::workflow(std::string_view id, BusinessDate day) const
{
    return findRecord(workflows, id, day);
}

std::vector<std::string> Organisation::subtree(std::string_view id, BusinessDate day) const
{
    std::multimap<std::string_view, std::string_view> children;
    bool known = false;
    for (const Unit& unit : units) {
        if (!unit.effective.covers(day))
            continue;
        children.emplace(unit.parent, unit.id);
        known = known || unit.id == id;
    }
    if (!known)
        return {};
    std::vector<std::string> found{std::string{id}};
    std::set<std::string_view> seen{id}; // an organisation made by hand may hold a cycle
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto range = children.equal_range(found[i]);
        for (auto child = range.first; child != range.second; ++child)
            if (seen.insert(child->second).second)
                found.emplace_back(child->second);
    }
    return found;
}

std::vector<BusinessDate> Organisation::breakpoints() const
{
    std::set<BusinessDate> days;
    addBreakpoints(people, days);
    addBreakpoints(units, days);
    addBreakpoints(costCentres, days);
    addBreakpoints(workflows, days);
    return {days.begin(), days.end()};
}

} // namespace sluice
