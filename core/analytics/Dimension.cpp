// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/Dimension.h"

#include "core/attribution/KeyField.h"

#include <algorithm>
#include <array>

namespace sluice {

namespace {

constexpr std::array<std::string_view, 25> Names{"batch", "billing_period", "currency", "invoice",
    "source", "provider", "publisher", "issuer", "billing_account", "sub_account", "service",
    "service_category", "category", "sku", "meter", "model", "region", "environment",
    "charge_category", "owner", "unit", "cost_centre", "workflow", "app", "vendor"};
constexpr std::string_view Resource = "resource";
constexpr std::array<std::string_view, 2> OpenPrefixes{"tag:", "x_"};

template <class Record>
std::string nameOn(const std::vector<Record>& records, std::string_view id, BusinessDate day)
{
    const Record* best = nullptr;
    for (const Record& record : records) {
        if (record.id != id)
            continue;
        if (record.effective.covers(day))
            return record.name;
        if (best == nullptr || best->effective.from < record.effective.from)
            best = &record;
    }
    return best == nullptr ? std::string{} : best->name;
}

} // namespace

bool Dimension::hasName() const noexcept
{
    return source == Source::Attribute
        && (attribute == Attribute::Owner || attribute == Attribute::Unit
            || attribute == Attribute::CostCentre || attribute == Attribute::Workflow);
}

bool DimensionFilter::wants(std::string_view value) const
{
    const bool holds
        = std::find(values.begin(), values.end(), value.empty() ? NoValue : value) != values.end();
    return holds != excludes;
}

std::vector<std::string_view> dimensionNames()
{
    std::vector<std::string_view> names{Names.begin(), Names.end()};
    names.push_back(Resource);
    return names;
}

Result<Dimension> parseDimension(std::string_view name)
{
    Dimension dimension;
    dimension.name = name;
    const bool isOpen
        = std::any_of(OpenPrefixes.begin(), OpenPrefixes.end(), [name](std::string_view prefix) {
              return name.substr(0, prefix.size()) == prefix && name.size() > prefix.size();
          });
    if (!isOpen && name != Resource && std::find(Names.begin(), Names.end(), name) == Names.end())
        return Error{ErrorCode::Usage, {}, "'" + dimension.name + "' is not a dimension",
            "Use one of provider, service, category, unit, workflow, model, tag:KEY, x_COLUMN and the others that the help lists"};
    if (name == "batch" || name == "billing_period" || name == "source") {
        dimension.source = Dimension::Source::Batch;
    } else if (name == "invoice" || name == Resource) {
        dimension.source = Dimension::Source::Detail;
    } else if (const auto attribute = parseAttribute(name); attribute.ok()) {
        dimension.source = Dimension::Source::Attribute;
        dimension.attribute = *attribute;
    } else {
        SLUICE_TRY(KeyField field, parseKeyField(name));
        dimension.fields = std::move(field.columns);
    }
    return dimension;
}

std::string objectName(
    const Organisation& organisation, Attribute attribute, std::string_view id, BusinessDate day)
{
    switch (attribute) {
    case Attribute::Owner:
        return nameOn(organisation.people, id, day);
    case Attribute::Unit:
        return nameOn(organisation.units, id, day);
    case Attribute::CostCentre:
        return nameOn(organisation.costCentres, id, day);
    case Attribute::Workflow:
        return nameOn(organisation.workflows, id, day);
    case Attribute::App:
    case Attribute::Vendor:
    case Attribute::Category:
    case Attribute::Environment:
    case Attribute::Model:
        return {};
    }
    return {};
}

} // namespace sluice
