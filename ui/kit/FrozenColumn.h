// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace sluice::ui {

class DataTable;

// The first visible column of a table, over it at its left edge: a second view on the same model
// and selection that scrolls down with it and stays while it scrolls aside. Shown only then. Keys
// go to the table.
class FrozenColumn : public QTableView {
    Q_OBJECT

public:
    explicit FrozenColumn(DataTable& table);
    void follow(); // the table's model, columns, rows and place
    [[nodiscard]] int column() const; // of the model; −1: none

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    DataTable& m_table;
};

} // namespace sluice::ui
