// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/UnknownObjects.h"

#include "core/attribution/OrganisationResolver.h"

#include <algorithm>

namespace sluice {
namespace {

class Finder {
public:
    explicit Finder(const Organisation& organisation)
        : m_organisation{organisation}
        , m_resolver{organisation, m_strings}
    {
        m_resolver.setDay({});
    }

    void look(const AttributionRule& rule, const std::map<Attribute, RuleValue>& assign)
    {
        for (const auto& [attribute, value] : assign) {
            if (value.literal.empty() || isKnown(attribute, value.literal))
                continue;
            m_remarks.push_back({false, rule.id, rule.line, 0,
                "it assigns the " + std::string{attributeName(attribute)} + " '" + value.literal
                    + "', which the organisation does not have",
                "Correct it, or bring it in with 'org import'"});
        }
    }
    std::vector<RulesetRemark> takeRemarks() { return std::move(m_remarks); }

private:
    // Names and e-mails are resolved as attribution does it.
    bool isKnown(Attribute attribute, const std::string& text)
    {
        Assignment raw;
        raw.parts.resize(1);
        raw.parts.front().values[static_cast<std::size_t>(attribute)] = m_strings.intern(text);
        const StringId found
            = m_resolver.resolve(raw).parts.front().values[static_cast<std::size_t>(attribute)];
        const auto has = [&](const auto& records) {
            return found == 0
                || std::any_of(records.begin(), records.end(),
                    [&](const auto& record) { return record.id == m_strings.text(found); });
        };
        switch (attribute) {
        case Attribute::Owner:
            // nothing: somebody who is known, and not there on that day
            return has(m_organisation.people);
        case Attribute::Unit:
            return has(m_organisation.units);
        case Attribute::CostCentre:
            return has(m_organisation.costCentres);
        case Attribute::Workflow:
            return has(m_organisation.workflows);
        default:
            return true;
        }
    }

    const Organisation& m_organisation;
    Interner m_strings;
    OrganisationResolver m_resolver;
    std::vector<RulesetRemark> m_remarks;
};

} // namespace

std::vector<RulesetRemark> unknownObjects(const Ruleset& ruleset, const Organisation& organisation)
{
    if (organisation.version == 0)
        return {};
    Finder finder{organisation};
    for (const AttributionRule& rule : ruleset.rules) {
        if (rule.line == 0)
            continue;
        finder.look(rule, rule.assign);
        for (const RuleShare& share : rule.split)
            finder.look(rule, share.assign);
    }
    return finder.takeRemarks();
}

} // namespace sluice
