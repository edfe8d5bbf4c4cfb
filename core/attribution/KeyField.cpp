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
constexpr std::array<DimensionColumns, 12> KeyDimensions{
    {{"provider", {"ServiceProviderName", "ProviderName"}}, {"publisher", {"PublisherName"}},
        {"issuer", {"InvoiceIssuerName"}}, {"billing_account", {"BillingAccountId"}},
        {"sub_account", {"SubAccountId"}}, {"service", {"ServiceName"}},
        {"service_category", {"ServiceCategory"}}, {"sku", {"SkuId"}}, {"meter", {"SkuMeter"}},
        {"region", {"RegionId", "RegionName"}}, {"charge_category", {"ChargeCategory"}},
        {"currency", {"BillingCurrency"}}}};

constexpr std::array<std::string_view, 9> Assigned{"owner", "unit", "cost_centre", "workflow",
    "app", "vendor", "category", "environment", "model"};

template <class Names>
bool holds(const Names& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

// A line of resources/focus/columns.csv.
struct FocusLine {
    std::string_view name;
    std::string_view type;
    std::string_view role;
    std::string_view renamedTo;
};

std::vector<FocusLine> readFocusLines()
{
    std::vector<FocusLine> lines;
    for (std::string_view rest : resourceLines("focus/columns.csv")) {
        std::array<std::string_view, 8> cells{};
        for (std::string_view& cell : cells) {
            cell = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(cell.size() + 1, rest.size()));
        }
        lines.push_back({cells[0], cells[1], cells[2], cells[6]});
    }
    return lines;
}

const FocusLine* focusLine(std::string_view name)
{
    static const std::vector<FocusLine> lines = readFocusLines();
    const auto found = std::find_if(
        lines.begin(), lines.end(), [&](const FocusLine& line) { return line.name == name; });
    return found == lines.end() ? nullptr : &*found;
}

std::string whyNot(std::string_view name)
{
    if (holds(Assigned, name))
        return "it is what rules assign, so they cannot test it";
    if (name == "source" || name == "kind")
        return "it belongs to the batch, not to the charge key";
    const FocusLine* line = focusLine(name);
    if (name == "resource" || name == "invoice" || (line != nullptr && line->role == "detail"))
        return "it is a detail of the single charge, and rules test the charge key only";
    if (name == "billing_period" || (line != nullptr && line->role == "value"))
        return "it is a number or a date of the single charge, and rules test the charge key only";
    if (line != nullptr && !line->renamedTo.empty())
        return "it is called " + std::string{line->renamedTo}
        + " today, also when the file had the old name";
    if (line != nullptr)
        return "its members are fields of their own";
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

bool isSameField(std::string_view a, std::string_view b)
{
    return a == b || (!foldedFieldName(a).empty() && foldedFieldName(a) == foldedFieldName(b));
}

Result<KeyField> parseKeyField(std::string_view name)
{
    if (std::string open = foldedFieldName(name); !open.empty()) {
        if (holds(OpenPrefixes, open))
            return Error{ErrorCode::BadInput, {},
                "the field '" + std::string{name} + "' names no key after its prefix", {}};
        return KeyField{{std::string{name}}, std::move(open)};
    }
    const FocusLine* line = focusLine(name);
    if (line != nullptr && line->role == "key" && line->type == "string" && line->renamedTo.empty())
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
    return Error{ErrorCode::BadInput, {},
        "'" + std::string{name} + "' cannot be used here: " + whyNot(name),
        "Use a descriptive FOCUS column (ServiceName, SkuId …), a dimension (service, provider …), tag:KEY, "
        "x_NAME or SkuPriceDetails.NAME"};
}

} // namespace sluice
