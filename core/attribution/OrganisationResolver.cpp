// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/OrganisationResolver.h"

#include "core/base/TextFold.h"
#include "core/ledger/SpendCategory.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace sluice {
namespace {

constexpr StringId Unknown = std::numeric_limits<StringId>::max();
constexpr std::size_t MaxDepth = 64; // an organisation made by hand may hold a cycle

std::size_t at(Attribute attribute)
{
    return static_cast<std::size_t>(attribute);
}

} // namespace

void OrganisationResolver::Names::add(
    const std::string& id, const std::string& name, std::uint32_t record)
{
    exact[id].push_back(record);
    ids[folded(id)].push_back(record);
    for (const std::string& text : {likeness(id), likeness(name)}) {
        Records& records = likenesses[text];
        if (!text.empty() && (records.empty() || records.back() != record))
            records.push_back(record);
    }
}

const OrganisationResolver::Records* OrganisationResolver::Names::find(std::string_view text) const
{
    if (const auto same = ids.find(folded(text)); same != ids.end())
        return &same->second;
    const auto alike = likenesses.find(likeness(text));
    return alike == likenesses.end() || alike->second.empty() ? nullptr : &alike->second;
}

OrganisationResolver::OrganisationResolver(const Organisation& organisation, Interner& strings)
    : m_organisation{organisation}
    , m_strings{strings}
{
    const auto each = [](const auto& records, auto&& visit) {
        for (std::uint32_t i = 0; i < records.size(); ++i)
            visit(records[i], i);
    };
    each(organisation.people, [&](const Person& person, std::uint32_t i) {
        m_people.add(person.id, {}, i);
        if (!person.email.empty())
            m_people.ids[folded(person.email)].push_back(i);
    });
    each(organisation.units,
        [&](const Unit& unit, std::uint32_t i) { m_units.add(unit.id, unit.name, i); });
    each(organisation.costCentres, [&](const CostCentre& centre, std::uint32_t i) {
        m_costCentres.add(centre.id, centre.name, i);
    });
    each(organisation.workflows, [&](const Workflow& workflow, std::uint32_t i) {
        m_workflows.add(workflow.id, workflow.name, i);
    });
}

void OrganisationResolver::setDay(BusinessDate day)
{
    m_day = day;
    m_nextChange = Effective{}.until;
    for (std::vector<StringId>& memo : m_memo)
        memo.assign(m_strings.size(), Unknown);
}

// Every look at effective dates goes through here, so that the day on which an answer may change is
// known from the records that the answer rests on, and from nothing else.
template <class Record>
const Record* OrganisationResolver::onDay(const std::vector<Record>& records, const Records& which)
{
    const Record* found = nullptr;
    for (const std::uint32_t i : which) {
        const Effective& effective = records[i].effective;
        if (found == nullptr && effective.covers(m_day))
            found = &records[i];
        for (const BusinessDate change : {effective.from, effective.until})
            if (m_day < change && change < m_nextChange)
                m_nextChange = change;
    }
    return found;
}

// The object's id as it was that day, else as it was on another day, else the text as it is.
template <class Record>
StringId OrganisationResolver::idOf(const std::vector<Record>& records, const Names& names,
    StringId text, std::vector<StringId>& memo)
{
    if (text == 0)
        return 0;
    if (text >= memo.size())
        memo.resize(m_strings.size(), Unknown);
    if (memo[text] != Unknown)
        return memo[text];
    StringId id = text;
    if (const Records* which = names.find(m_strings.text(text))) {
        const Record* record = onDay(records, *which);
        id = m_strings.intern(record != nullptr ? record->id : records[which->front()].id);
    }
    memo[text] = id;
    return id;
}

template <class Record>
const Record* OrganisationResolver::recordOn(
    const std::vector<Record>& records, const Names& names, std::string_view id)
{
    const auto known = names.exact.find(std::string{id});
    return known == names.exact.end() ? nullptr : onDay(records, known->second);
}

StringId OrganisationResolver::ownerOf(StringId text)
{
    const StringId id = idOf(m_organisation.people, m_people, text, m_memo[at(Attribute::Owner)]);
    const std::string person{m_strings.text(id)};
    return m_people.exact.contains(person)
            && recordOn(m_organisation.people, m_people, person) == nullptr
        ? 0
        : id;
}

// From the unit upwards: the nearest one with an owner who is still there, and with a cost centre.
void OrganisationResolver::addFromUnits(
    AttributionPart& part, const std::function<void(Attribute, const std::string&)>& add)
{
    const Unit* unit
        = recordOn(m_organisation.units, m_units, m_strings.text(part.values[at(Attribute::Unit)]));
    for (std::size_t depth = 0; unit != nullptr && depth < MaxDepth; ++depth) {
        add(Attribute::Owner, unit->owner);
        add(Attribute::CostCentre, unit->costCentre);
        unit = recordOn(m_organisation.units, m_units, unit->parent);
    }
}

void OrganisationResolver::resolvePart(AttributionPart& part)
{
    auto& values = part.values;
    values[at(Attribute::Owner)] = ownerOf(values[at(Attribute::Owner)]);
    values[at(Attribute::Unit)] = idOf(
        m_organisation.units, m_units, values[at(Attribute::Unit)], m_memo[at(Attribute::Unit)]);
    values[at(Attribute::CostCentre)] = idOf(m_organisation.costCentres, m_costCentres,
        values[at(Attribute::CostCentre)], m_memo[at(Attribute::CostCentre)]);
    values[at(Attribute::Workflow)] = idOf(m_organisation.workflows, m_workflows,
        values[at(Attribute::Workflow)], m_memo[at(Attribute::Workflow)]);
    if (!isSpendCategory(m_strings.text(values[at(Attribute::Category)])))
        values[at(Attribute::Category)] = 0;
    for (std::size_t i = 0; i < AttributeCount; ++i)
        if (values[i] == 0)
            part.rules[i] = NoRule;

    const auto add = [&](Attribute attribute, const std::string& id) {
        if (id.empty() || values[at(attribute)] != 0
            || (attribute == Attribute::Owner
                && recordOn(m_organisation.people, m_people, id) == nullptr))
            return;
        values[at(attribute)] = m_strings.intern(id);
        part.rules[at(attribute)] = FromOrganisation;
    };
    if (const Workflow* workflow = recordOn(m_organisation.workflows, m_workflows,
            m_strings.text(values[at(Attribute::Workflow)]))) {
        add(Attribute::Unit, workflow->unit);
        add(Attribute::Owner, workflow->owner);
        if (isSpendCategory(workflow->category))
            add(Attribute::Category, workflow->category);
    }
    addFromUnits(part, add);
    if (const CostCentre* centre = recordOn(m_organisation.costCentres, m_costCentres,
            m_strings.text(values[at(Attribute::CostCentre)])))
        add(Attribute::Owner, centre->owner);
}

Assignment OrganisationResolver::resolve(const Assignment& raw)
{
    Assignment out;
    out.ruleset = raw.ruleset;
    for (const AttributionPart& share : raw.parts) {
        AttributionPart part = share;
        resolvePart(part);
        const auto same = std::find_if(out.parts.begin(), out.parts.end(),
            [&](const AttributionPart& p) { return p.values == part.values; });
        if (same == out.parts.end())
            out.parts.push_back(part);
        else
            same->weight += part.weight;
    }
    if (out.parts.size() == 1)
        out.parts.front().weight = 1;
    return out;
}

} // namespace sluice
