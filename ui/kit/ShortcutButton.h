// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QPushButton>

namespace sluice::ui {

// Shows a shortcut; pressed, it waits for the keys of another one. Escape leaves it as it was,
// Backspace or Delete alone take it away. What was pressed is a wish: setShortcut() grants it.
class ShortcutButton : public QPushButton {
    Q_OBJECT

public:
    // `what` it is a shortcut of, as screen readers say it.
    ShortcutButton(const QString& objectName, const QString& what, QWidget* parent = nullptr);

    void setShortcut(const QKeySequence& shortcut);
    [[nodiscard]] bool isListening() const { return m_listening; }

signals:
    void wanted(const QKeySequence& shortcut); // empty: none

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void listen(bool listening);
    void follow();

    QString m_what;
    QKeySequence m_shown;
    bool m_listening{false};
};

} // namespace sluice::ui
