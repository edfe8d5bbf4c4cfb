// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace sluice::ui {

// Centres for labels of `height` pixels that would like to stand at `wanted` and must not overlap
// or leave [top, bottom]: each as near to its wish as the others allow (least squares), in the
// order of their wishes. When not all have room the last of the input get none. Pure.
[[nodiscard]] std::vector<std::optional<double>> spreadLabels(
    std::span<const double> wanted, double height, double top, double bottom);

} // namespace sluice::ui
