// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace sluice::ui {

// A table of facts: whole rows selected, fixed row height from the font, elided cells, no grid but
// row lines, and Ctrl+C copies the selection as tab-separated text with its headers. Works at any
// number of rows.
class DataTable : public QTableView {
    Q_OBJECT

public:
    explicit DataTable(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;
    // Widths in characters of the font, by column; the stretching column takes what is left, and
    // where little is, keeps enough to be read: the columns after it can be scrolled to.
    void setColumnWidths(const std::vector<int>& characters, int stretching);
    // What is said in the middle while there are no rows.
    void setPlaceholder(const QString& text);
    [[nodiscard]] QString selectionText() const;

signals:
    void rowActivated(int row);
    void currentRowChanged(int row); // −1: none
    void upRequested(); // Backspace

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void fitStretching();

    int m_stretching{-1};
    int m_leastStretching{0}; // pixels
    QString m_placeholder;
};

// Rows [first, last] of a model as tab-separated text, header line first.
[[nodiscard]] QString tableText(const QAbstractItemModel& model, const QModelIndexList& rows);

} // namespace sluice::ui
