// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Period.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// [from, until): a missing end is open. Ownership is effective-dated; a re-organisation does not
// rewrite history.
struct Effective {
    BusinessDate from{-2'000'000};
    BusinessDate until{2'000'000};
    [[nodiscard]] bool covers(BusinessDate day) const noexcept
    {
        return from <= day && day < until;
    }
    bool operator==(const Effective&) const = default;
};

struct Person {
    std::string id;
    std::string name;
    std::string email;
    std::vector<std::string> roles; // Admin, Finance, Department, Procurement, Engineering, Auditor
    // unit ids whose subtrees a Department or Engineering person may see
    std::vector<std::string> scope;
    Effective effective;
    bool operator==(const Person&) const = default;
};

struct Unit {
    std::string id;
    std::string parent; // empty: a root
    std::string name;
    std::string owner; // person id; empty: none
    std::string costCentre;
    Effective effective;
    bool operator==(const Unit&) const = default;
};

struct CostCentre {
    std::string id;
    std::string name;
    std::string owner;
    Effective effective;
    bool operator==(const CostCentre&) const = default;
};

struct Workflow {
    std::string id;
    std::string name;
    std::string unit;
    std::string owner;
    std::string category;
    Effective effective;
    bool operator==(const Workflow&) const = default;
};

// The whole organisation as of one version: an immutable value. The same id may occur several times
// with effective periods that do not overlap.
struct Organisation {
    std::uint64_t version{0};
    std::vector<Person> people;
    std::vector<Unit> units;
    std::vector<CostCentre> costCentres;
    std::vector<Workflow> workflows;

    [[nodiscard]] const Person* person(std::string_view id, BusinessDate day) const;
    [[nodiscard]] const Unit* unit(std::string_view id, BusinessDate day) const;
    [[nodiscard]] const CostCentre* costCentre(std::string_view id, BusinessDate day) const;
    [[nodiscard]] const Workflow* workflow(std::string_view id, BusinessDate day) const;
    // `id` and all units below it on that day.
    [[nodiscard]] std::vector<std::string> subtree(std::string_view id, BusinessDate day) const;
    // The days on which anything changes, sorted, each once; open ends are none.
    [[nodiscard]] std::vector<BusinessDate> breakpoints() const;

    bool operator==(const Organisation&) const = default;
};

// One CSV with a column `kind` (person, unit, cost_centre, workflow) and the columns id, name,
// parent, owner, roles, scope, cost_centre, unit, email, category, valid_from, valid_to
// (exclusive); lists are separated by ';'. Columns may be absent, x_ columns are left alone, values
// are trimmed. Errors name line and column; references to unknown ids, a parent that is not there
// on each day of its child, cycles in the tree and overlapping periods are refused. A person who
// has left may still stand as an owner: then nobody owns it, which shows.
// Ids of one kind that tags cannot tell apart on some day are refused in what is new; a version
// that was published before that rule stays readable.
enum class OrganisationText : std::uint8_t { New, Published };
Result<Organisation> parseOrganisationCsv(std::string_view text, std::string_view fileName,
    OrganisationText kind = OrganisationText::New);
// parse(print(x)) == x, but for the version
std::string organisationCsv(const Organisation& organisation);

} // namespace sluice
