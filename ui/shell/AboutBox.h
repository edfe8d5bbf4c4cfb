// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace sluice::ui {

// What this program is, which version, under which licence. Returns at once.
void showAboutBox(QWidget* parent);

} // namespace sluice::ui
