// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace sluice::ui {

// What a page shows when it has nothing to show: one sentence, why, one main action, one other way.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    struct Text {
        QString sentence;
        QString why;
        QString primary; // empty: no button
        QString secondary;
    };

    explicit EmptyState(QWidget* parent = nullptr);
    void setText(const Text& text);

signals:
    void primaryTriggered();
    void secondaryTriggered();

private:
    QLabel* m_sentence;
    QLabel* m_why;
    QPushButton* m_primary;
    QPushButton* m_secondary;
};

} // namespace sluice::ui
