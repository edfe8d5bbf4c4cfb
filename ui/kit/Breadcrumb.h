// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace sluice::ui {

// The way down to what is shown: each step but the last is a button back to it.
class Breadcrumb : public QWidget {
    Q_OBJECT

public:
    explicit Breadcrumb(QWidget* parent = nullptr);
    void setSteps(const QStringList& steps);

signals:
    void stepChosen(int step); // 0: the first

private:
    QHBoxLayout* m_row;
};

} // namespace sluice::ui
