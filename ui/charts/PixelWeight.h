// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Int128.h"

namespace sluice::ui {

// The one place where money becomes a floating point number: to be drawn as pixels, and for nothing
// else.
[[nodiscard]] double pixelWeight(Int128 units) noexcept;

} // namespace sluice::ui
