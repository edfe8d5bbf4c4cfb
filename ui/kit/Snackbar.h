// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;

namespace sluice::ui {

// A passing word on what was just done, at the lower left of its parent, with Undo where that is
// possible. Stays 8 s, longer while it is pointed at or has the focus. One at a time: a new one
// takes the place of the one before. Announced to screen readers.
class Snackbar : public QFrame {
    Q_OBJECT

public:
    explicit Snackbar(QWidget* parent);

    // "Deleted the view Q3 by vendor".
    void say(const QString& text, bool canUndo);
    void dismiss();
    [[nodiscard]] QString text() const; // empty while it is not shown

signals:
    void undoWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override; // the parent's size
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void place();

    QLabel* m_text;
    QPushButton* m_undo;
    QTimer m_goes;
};

} // namespace sluice::ui
