// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QPointer>

class QAction;

namespace sluice::ui {

// One line of the sidebar: a view of a checkable action, with a bar at its side while its page is
// shown and, at its end, what waits there.
class NavButton : public QAbstractButton {
    Q_OBJECT

public:
    NavButton(QAction* action, QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override;
    // How many things wait there for the person who looks; 0: nothing is shown.
    void setCount(std::size_t count, const QString& meaning);
    void setCollapsed(bool collapsed); // the icon alone

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void follow();

    QPointer<QAction> m_action;
    bool m_hovered{false};
    bool m_collapsed{false};
    std::size_t m_count{0};
    QString m_meaning; // of the count: "3 rows held back"
};

} // namespace sluice::ui
