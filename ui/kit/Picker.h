// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

#include <vector>

class QMenu;

namespace sluice::ui {

// A button that says what is chosen ("Period: Oct 2026 ▾") and opens the list of choices. Values
// are the caller's numbers. The list is its own: QToolButton::setMenu() would open it in a nested
// event loop.
class Picker : public QToolButton {
    Q_OBJECT

public:
    struct Choice {
        QString text;
        int value{0};
        QString toolTip{};
        bool startsGroup{false};
    };

    Picker(const QString& objectName, const QString& caption, QWidget* parent = nullptr);

    void hideCaption() { m_showsCaption = false; } // what is chosen says it all ("USD ▾")
    void setChoices(const std::vector<Choice>& choices);
    // What the button says; the entry with that value is ticked.
    void setCurrent(int value, const QString& text);
    [[nodiscard]] QMenu* choices() const { return m_choices; }

signals:
    void chosen(int value);

protected:
    void keyPressEvent(QKeyEvent* event) override; // Down and Enter open the list too

private:
    void open();

    QString m_caption;
    bool m_showsCaption{true};
    QMenu* m_choices;
};

} // namespace sluice::ui
