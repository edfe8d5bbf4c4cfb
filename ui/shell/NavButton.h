// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QPointer>

class QAction;

namespace sluice::ui {

// One line of the sidebar: a view of a checkable action, with a bar at its side while its page is
// shown.
class NavButton : public QAbstractButton {
    Q_OBJECT

public:
    NavButton(QAction* action, QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void follow();

    QPointer<QAction> m_action;
    bool m_hovered{false};
};

} // namespace sluice::ui
