// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tasks/LatestTask.h"
#include "ui/kit/MoneyText.h"
#include "ui/kit/SelectionSums.h"

#include <QTimer>
#include <QWidget>

#include <memory>

namespace sluice::ui {

class DataTable;

// "1,204 rows · 3 selected · Cost: sum USD 36.00, average USD 12.00, count 3 · …": of the number
// columns that are shown, the one with the cursor first. More than ImmediateRows selected rows are
// added up on the model's pool, and the newest selection wins.
class TableFooter : public QWidget {
    Q_OBJECT

public:
    static constexpr int ImmediateRows = 20'000;

    TableFooter(DataTable& table, MoneyText money);
    void refreshSoon(); // gathers what one movement of the mouse brings
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    void say(const std::vector<int>& columns, const std::vector<ColumnSums>& sums);
    [[nodiscard]] QString counts() const;
    [[nodiscard]] std::vector<int> numberColumns() const;
    void show(const QString& text);

    DataTable& m_table;
    MoneyText m_money;
    QString m_text;
    QTimer m_soon;
    std::unique_ptr<LatestTask<std::vector<ColumnSums>>> m_task;
};

} // namespace sluice::ui
