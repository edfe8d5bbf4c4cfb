// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/qnamespace.h>

namespace sluice::ui {

// Roles that all our models speak. SortKeyRole is the raw value: delegates, tests and exports read
// it, never the text.
inline constexpr int SortKeyRole = Qt::UserRole;
inline constexpr int KeyRole = Qt::UserRole + 1; // the id of what the row stands for
inline constexpr int TokenRole = Qt::UserRole + 2; // the colour of the text, as a Token
inline constexpr int LoadingRole = Qt::UserRole + 3; // true while the row is still on its way

} // namespace sluice::ui
