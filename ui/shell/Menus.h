// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMenuBar;

namespace sluice::ui {

class ActionRegistry;

// The one menu bar that holds every command.
void fillMenuBar(QMenuBar& bar, const ActionRegistry& actions);

} // namespace sluice::ui
