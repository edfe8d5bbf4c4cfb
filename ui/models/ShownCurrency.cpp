// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/ShownCurrency.h"

#include "core/base/Check.h"

#include <algorithm>
#include <functional>

namespace sluice::ui {

std::vector<Currency> largestFirst(std::vector<std::pair<Currency, Int128>> amounts)
{
    std::ranges::stable_sort(amounts, std::greater{},
        [](const auto& amount) { return amount.second < 0 ? -amount.second : amount.second; });
    std::vector<Currency> currencies;
    currencies.reserve(amounts.size());
    for (const auto& amount : amounts)
        currencies.push_back(amount.first);
    return currencies;
}

Currency shownCurrency(
    const std::vector<Currency>& largestFirst, std::optional<Currency> picked, Currency ledgers)
{
    if (largestFirst.empty())
        return {};
    for (const Currency wanted : {picked.value_or(Currency{}), ledgers}) {
        if (std::ranges::find(largestFirst, wanted) != largestFirst.end())
            return wanted;
    }
    return largestFirst.front();
}

void narrowTo(SpendQuery& query, Currency currency)
{
    const auto dimension = parseDimension("currency");
    SLUICE_CHECK(dimension.ok());
    query.where.push_back({*dimension, {std::string{currency.code()}}});
}

} // namespace sluice::ui
