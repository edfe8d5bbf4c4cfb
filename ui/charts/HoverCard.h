// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <vector>

class QGridLayout;
class QLabel;

namespace sluice::ui {

struct CardLine {
    QString label;
    QString value;
};

// The card beside the pointer that tells what a shape of a chart stands for. Never takes the focus
// or the pointer.
class HoverCard : public QFrame {
    Q_OBJECT

public:
    explicit HoverCard(QWidget* chart);
    // `anchor` in the chart's coordinates; the card keeps inside the chart's window.
    void showAt(const QPoint& anchor, const QString& title, const std::vector<CardLine>& lines);

private:
    QLabel* m_title;
    QGridLayout* m_grid;
    std::vector<QLabel*> m_cells;
};

} // namespace sluice::ui
