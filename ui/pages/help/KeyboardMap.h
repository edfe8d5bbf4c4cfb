// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace sluice::ui {

class ActionRegistry;

// The keyboard map as Markdown: one table for each menu, with the shortcuts as they are now. Each
// action is a link that triggers it.
[[nodiscard]] QString keyboardMap(const ActionRegistry& actions);

} // namespace sluice::ui
