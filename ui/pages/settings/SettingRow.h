// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/kit/SettingTable.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QPushButton;

namespace sluice::ui {

// One row of the settings: what it is, what that means, what is chosen, and the way back where
// something else was chosen. Which words find it is up to the row. GUI thread.
class SettingRow : public QWidget {
    Q_OBJECT

public:
    struct Text {
        QString objectName;
        QString title;
        QString help; // may be empty
        SettingGroup group;
    };

    explicit SettingRow(const Text& text, QWidget* parent = nullptr);

    void setEditor(QWidget* editor); // beside the text
    void setChanged(bool changed); // shows the way back
    // A remark below, of something that was not done; empty: none.
    void setRemark(const QString& remark);
    [[nodiscard]] SettingGroup group() const { return m_text.group; }
    [[nodiscard]] const QString& title() const { return m_text.title; }
    // All words (of searchWords()) occur in its text, its help or the name of its group.
    [[nodiscard]] bool matches(const QStringList& words) const;

signals:
    void resetWanted();

private:
    void makeReset();

    Text m_text;
    QGridLayout* m_grid;
    QWidget* m_editor{nullptr};
    // Made when they are needed: there are many rows.
    QLabel* m_remark{nullptr};
    QPushButton* m_reset{nullptr};
};

} // namespace sluice::ui
