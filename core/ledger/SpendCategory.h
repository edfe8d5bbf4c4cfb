// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

namespace sluice {

// The eight categories of the spend map, in order, by id.
inline constexpr std::array<std::string_view, 8> SpendCategories{"infrastructure",
    "product_inference", "internal_tools", "agents", "data_preparation", "evaluation",
    "vendor_overlap", "human_review"};

[[nodiscard]] bool isSpendCategory(std::string_view id) noexcept;
// "infrastructure, product_inference, …", for messages.
std::string_view spendCategoryList();

} // namespace sluice
