// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QListWidget;

namespace sluice::ui {

class DataTable;

// Which columns a table shows and in which order, applied as they are chosen: Space shows or hides,
// Alt+Up and Alt+Down move, the mouse drags. One column always stays.
class ColumnChooser : public QDialog {
    Q_OBJECT

public:
    explicit ColumnChooser(DataTable& table);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void apply();
    void move(int by);

    DataTable& m_table;
    QListWidget* m_list;
};

} // namespace sluice::ui
