// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/TableSheet.h"

#include <QMetaType>
#include <QtCore/qnamespace.h>

#include <cstdint>

namespace sluice::ui {

// Roles that all our models speak. SortKeyRole is the raw value, a TableCell: sums, tests and
// exports read it, never the text.
inline constexpr int SortKeyRole = Qt::UserRole;
inline constexpr int KeyRole = Qt::UserRole + 1; // the id of what the row stands for
inline constexpr int TokenRole = Qt::UserRole + 2; // the colour of the text, as a Token
inline constexpr int LoadingRole = Qt::UserRole + 3; // true while the row is still on its way
inline constexpr int LookRole = Qt::UserRole + 4; // how the cell is painted, as a CellLook
// The length of the cell's bar, a double for pixels: −1 … 1 of a variance, 0 … 1 of a share.
inline constexpr int BarRole = Qt::UserRole + 5;

// Of headerData(), for a column:
inline constexpr int ColumnIdRole = Qt::UserRole + 16; // stable, for what is saved and exported
inline constexpr int ColumnKindRole = Qt::UserRole + 17; // a CellKind
inline constexpr int TotalRole = Qt::UserRole + 18; // the total below it, as a TableCell
inline constexpr int TotalTextRole = Qt::UserRole + 19; // the same for people

enum class CellLook : std::uint8_t {
    Plain,
    Money, // the code of the currency stands back
    Variance, // a bar both ways from zero
    Share, // a bar from the left
    Chip, // a state: sign and word in a frame of its colour
};

} // namespace sluice::ui

Q_DECLARE_METATYPE(sluice::TableCell)
