// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/ActionRegistry.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace sluice::ui {

// The pages that there are, and at the foot how fresh the data are and that the ledger is open.
class Sidebar : public QFrame {
    Q_OBJECT

public:
    explicit Sidebar(const ActionRegistry& actions, QWidget* parent = nullptr);

    void setLedger(const QString& name, const QString& who);
    void setFreshness(const QString& text);
    void clear();

protected:
    void changeEvent(QEvent* event) override;

private:
    void fitWidth();

    QLabel* m_name;
    QLabel* m_who;
    QLabel* m_freshness;
    QPushButton* m_state{nullptr}; // that it is open, and locks it
};

} // namespace sluice::ui
