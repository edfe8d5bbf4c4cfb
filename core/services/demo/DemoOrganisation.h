// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/demo/DemoCalendar.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace sluice {

struct DemoDepartment {
    std::string_view id;
    std::string_view name;
    std::string_view division;
    std::string_view head; // person id
    std::string_view costCentre;
    std::string_view alias; // how some people write it in tags
};

struct DemoWorkflow {
    std::string_view id;
    std::string_view name;
    std::string_view category;
};

// The people, units, cost centres and workflows of the invented Marlow Group, and its rules. Fixed
// but for the days on which things change, which follow the calendar.
class DemoOrganisation {
public:
    static constexpr std::size_t DepartmentCount = 12;
    static constexpr std::size_t WorkflowsPerDepartment = 5;
    static constexpr std::size_t WorkflowCount = DepartmentCount * WorkflowsPerDepartment;

    static const DemoDepartment& department(std::size_t index);
    // 5 per department, in the order of departments
    static const DemoWorkflow& workflow(std::size_t index);
    static std::size_t departmentOf(std::size_t workflowIndex)
    {
        return workflowIndex / WorkflowsPerDepartment;
    }

    static std::string csv(const DemoCalendar& calendar);
    static std::string rulesetJson(const DemoCalendar& calendar);
    // The day from which Security reports to Operations, and Data Science is called Applied AI and
    // reports to Product.
    static BusinessDate reorganisation(const DemoCalendar& calendar) { return calendar.month(14); }
};

} // namespace sluice
