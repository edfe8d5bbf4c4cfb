// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribution/Attribution.h"
#include "core/ledger/Organisation.h"

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluice {

// Turns the texts that rules assigned into objects of the organisation as of one day, and adds what
// follows from them (see attribute()). One resolver serves many days: setDay() first.
class OrganisationResolver {
public:
    // Both outlive this object.
    OrganisationResolver(const Organisation& organisation, Interner& strings);

    // The days on which resolving may change: those of units, cost centres, workflows, and of
    // people who are or may become owners.
    [[nodiscard]] std::vector<BusinessDate> breakpoints(const std::vector<Assignment>& raw) const;
    void setDay(BusinessDate day);
    [[nodiscard]] Assignment resolve(const Assignment& raw);

private:
    using Records = std::vector<std::uint32_t>;
    // Which records a text may mean: those with this id, or else those whose name or id looks like
    // it.
    struct Names {
        std::unordered_map<std::string, Records> exact; // by id
        std::unordered_map<std::string, Records> ids; // folded; of people also by e-mail
        std::unordered_map<std::string, Records> likenesses;
        void add(const std::string& id, const std::string& name, std::uint32_t record);
        [[nodiscard]] const Records* find(std::string_view text) const;
    };

    template <class Record>
    StringId idOf(const std::vector<Record>& records, const Names& names, StringId text,
        std::vector<StringId>& memo);
    StringId ownerOf(StringId text);
    template <class Record>
    [[nodiscard]] const Record* recordOn(
        const std::vector<Record>& records, const Names& names, std::string_view id) const;
    void resolvePart(AttributionPart& part);
    void addFromUnits(
        AttributionPart& part, const std::function<void(Attribute, const std::string&)>& add) const;

    const Organisation& m_organisation;
    Interner& m_strings;
    BusinessDate m_day;
    Names m_people;
    Names m_units;
    Names m_costCentres;
    Names m_workflows;
    std::array<std::vector<StringId>, AttributeCount> m_memo; // by text; Unknown until asked for
};

} // namespace sluice
