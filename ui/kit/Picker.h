// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

#include <vector>

class QMenu;

namespace sluice::ui {

// A button that says what is chosen ("Period: Oct 2026 ▾") and opens the list of choices. Values are the caller's numbers.
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

    void setChoices(const std::vector<Choice>& choices);
    // What the button says; the entry with that value is ticked.
    void setCurrent(int value, const QString& text);

signals:
    void chosen(int value);

private:
    QString m_caption;
    QMenu* m_choices;
};

} // namespace sluice::ui
