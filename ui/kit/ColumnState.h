// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVariant>

class QAbstractItemModel;

namespace sluice::ui {

class DataTable;

// What a column is called in files and settings: its ColumnIdRole, else its title.
[[nodiscard]] QString columnId(const QAbstractItemModel& model, int column);
// Order, widths, visibility and sort of a table's columns, by id.
[[nodiscard]] QVariant columnState(const DataTable& table);
// Puts them back as far as the columns are there. One that the state does not know stands after the
// one before it in the model and is shown. Anything else than a state changes nothing.
void applyColumnState(DataTable& table, const QVariant& state);

} // namespace sluice::ui
