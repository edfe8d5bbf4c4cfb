// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/KeyField.h"

#include "core/base/Resource.h"
#include "core/base/TextFold.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sluice {
namespace {

    constexpr std::array<std::string_view, 3> OpenPrefixes{"tag:", "x_", "SkuPriceDetails."};

    struct DimensionColumns {
        std::string_view dimension;
        std::array<std::string_view, 2> columns;
    };
    constexpr std::array<DimensionColumns, 12> KeyDimensions{{{"provider", {"ServiceProviderName", "ProviderName"}},
        {"publisher", {"PublisherName"}}, {"issuer", {"InvoiceIssuerName"}}, {"billing_account", {"BillingAccountId"}},
        {"sub_account", {"SubAccountId"}}, {"service", {"ServiceName"}}, {"service_category", {"ServiceCategory"}},
        {"sku", {"SkuId"}}, {"meter", {"SkuMeter"}}, {"region", {"RegionId", "RegionName"}},
        {"charge_category", {"ChargeCategory"}}, {"currency", {"BillingCurrency"}}}};

    constexpr std::array<std::string_view, 9> Assigned{"owner", "unit", "cost_centre", "workflow", "app", "vendor", "category",
        "environment", "model"};

    template<class Names> bool holds(const Names& names, std::string_view name)
    {
        return std::find(names.begin(), names.end(), name) != names.end();
    }

    bool endsWith(std::string_view text, std::string_view end)
    {
        return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
    }

    bool isNumberOrDate(std::string_view name)
    {
        return endsWith(name, "Cost") || endsWith(name, "Price") || endsWith(name, "Quantity") || endsWith(name, "Start")
            || endsWith(name, "End");
    }

    std::string whyNot(std::string_view name)
    {
        if (holds(Assigned, name))
            return "it is what rules assign, so they cannot test it";
        if (name == "source" || name == "kind")
            return "it belongs to the batch, not to the charge key";
        if (name == "resource" || name == "invoice" || name.substr(0, 8) == "Resource" || name.substr(0, 7) == "Invoice")
            return "it is a detail of the single charge, and rules test the charge key only";
        if (name == "billing_period" || isNumberOrDate(name))
            return "it is a number or a date of the single charge, and rules test the charge key only";
        return "there is no such column in a charge key";
    }

} // namespace

std::string foldedFieldName(std::string_view field)
{
    for (const std::string_view prefix : OpenPrefixes)
        if (field.substr(0, prefix.size()) == prefix)
            return std::string{prefix} + folded(field.substr(prefix.size()));
    return {};
}

Result<KeyField> parseKeyField(std::string_view name)
{
    if (std::string open = foldedFieldName(name); !open.empty()) {
        if (holds(OpenPrefixes, open))
            return Error{ErrorCode::BadInput, {}, "the field '" + std::string{name} + "' names no key after its prefix", {}};
        return KeyField{{std::string{name}}, std::move(open)};
    }
    static const std::vector<std::string_view> keyColumns = resourceLines("focus/key_columns.txt");
    if (holds(keyColumns, name))
        return KeyField{{std::string{name}}, {}};
    for (const DimensionColumns& dimension : KeyDimensions) {
        if (dimension.dimension != name)
            continue;
        KeyField field;
        for (const std::string_view column : dimension.columns)
            if (!column.empty())
                field.columns.emplace_back(column);
        return field;
    }
    return Error{ErrorCode::BadInput, {}, "'" + std::string{name} + "' cannot be used here: " + whyNot(name),
        "Use a descriptive FOCUS column (ServiceName, SkuId …), a dimension (service, provider …), tag:KEY, "
        "x_NAME or SkuPriceDetails.NAME"};
}

} // namespace sluice
