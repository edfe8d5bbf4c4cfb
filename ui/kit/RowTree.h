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

    // Widths in characters of the font. The first column takes what is left, but never less than
    // its own width: then the columns scroll.
    void setColumnWidths(const std::vector<int>& characters);

signals:
    void rowOpened(const QModelIndex& index);
    void currentRowChanged(const QModelIndex& index);
    void upRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void resizeEvent(QResizeEvent* event) override;
    void drawBranches(
        QPainter* painter, const QRect& rect, const QModelIndex& index) const override;

private:
    void fitFirstColumn();

    int m_leastFirst{0};
};

} // namespace sluice::ui
