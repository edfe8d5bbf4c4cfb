// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/PixelWeight.h"

namespace sluice::ui {

double pixelWeight(Int128 units) noexcept
{
    return static_cast<double>(units);
}

} // namespace sluice::ui
