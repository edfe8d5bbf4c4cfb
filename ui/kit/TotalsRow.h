// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QTableView;

namespace sluice::ui {

// The totals of a table below its rows, each under its column: what the model's header says in
// TotalTextRole. Stays while the rows scroll.
class TotalsRow : public QWidget {
    Q_OBJECT

public:
    explicit TotalsRow(QTableView& table);
    [[nodiscard]] bool hasTotals() const;
    // A column of the model that stays at the left edge, −1 for none.
    void setFrozen(int column);
    [[nodiscard]] QSize sizeHint() const override;
    void refresh(); // after the model said something new

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QTableView& m_table;
    int m_frozen{-1};
};

} // namespace sluice::ui
