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

    void setDay(BusinessDate day);
    [[nodiscard]] Assignment resolve(const Assignment& raw);
    // The first day after setDay()'s on which anything resolved since then may resolve to something
    // else; Effective{}.until when there is none. Until then each of those answers holds.
    [[nodiscard]] BusinessDate nextChange() const noexcept { return m_nextChange; }

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
    const Record* onDay(const std::vector<Record>& records, const Records& which);
    template <class Record>
    StringId idOf(const std::vector<Record>& records, const Names& names, StringId text,
        std::vector<StringId>& memo);
    StringId ownerOf(StringId text);
    template <class Record>
    const Record* recordOn(
        const std::vector<Record>& records, const Names& names, std::string_view id);
    void resolvePart(AttributionPart& part);
    void addFromUnits(
        AttributionPart& part, const std::function<void(Attribute, const std::string&)>& add);

    const Organisation& m_organisation;
    Interner& m_strings;
    BusinessDate m_day;
    BusinessDate m_nextChange{Effective{}.until};
    Names m_people;
    Names m_units;
    Names m_costCentres;
    Names m_workflows;
    std::array<std::vector<StringId>, AttributeCount> m_memo; // by text; Unknown until asked for
};

} // namespace sluice
