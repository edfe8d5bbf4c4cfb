// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/Organisation.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

enum class OrganisationChange : std::uint8_t { Introduced, Changed, Ended };
std::string_view organisationChangeName(OrganisationChange change); // "introduced"

// What became of one object on one day, for a timeline.
struct OrganisationStep {
    std::optional<BusinessDate> day; // nothing: it was there from the beginning
    std::string kind; // "unit", "person", "cost_centre", "workflow"
    std::string id;
    std::string name; // as of that day; of what ended: its last one
    OrganisationChange change{OrganisationChange::Introduced};
    // Changed: the columns of the organisation's CSV that are not as they were.
    struct Field {
        std::string column;
        std::string before;
        std::string after;
        bool operator==(const Field&) const = default;
    };
    std::vector<Field> fields;
    bool operator==(const OrganisationStep&) const = default;
};

// By day (the beginning first), then kind as above, then id. What ends on the day on which it
// begins again has changed. Pure.
std::vector<OrganisationStep> organisationHistory(const Organisation& organisation);

} // namespace sluice
