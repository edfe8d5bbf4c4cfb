// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace sluice::ui {

// The tree sister of DataTable: whole rows, row lines, Enter opens, Backspace goes up, Ctrl+C
// copies with headers.
class RowTree : public QTreeView {
    Q_OBJECT

public:
    explicit RowTree(QWidget* parent = nullptr);

signals:
    void rowOpened(const QModelIndex& index);
    void currentRowChanged(const QModelIndex& index);
    void upRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void drawBranches(
        QPainter* painter, const QRect& rect, const QModelIndex& index) const override;
};

} // namespace sluice::ui
