// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/SpendCategory.h"

#include <algorithm>

namespace sluice {

bool isSpendCategory(std::string_view id) noexcept
{
    return std::find(SpendCategories.begin(), SpendCategories.end(), id) != SpendCategories.end();
}

std::string_view spendCategoryList()
{
    return "infrastructure, product_inference, internal_tools, agents, data_preparation, evaluation, vendor_overlap, human_review";
}

} // namespace sluice
