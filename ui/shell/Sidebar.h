// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/ActionRegistry.h"
#include "ui/actions/PageTable.h"

#include <QFrame>

#include <functional>
#include <map>
#include <vector>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace sluice::ui {

class NavButton;

// The pages that there are, and at the foot how fresh the data are and that the ledger is open.
class Sidebar : public QFrame {
    Q_OBJECT

public:
    explicit Sidebar(const ActionRegistry& actions, QWidget* parent = nullptr);

    void setLedger(const QString& name, const QString& who);
    void setFreshness(const QString& text);
    // What waits on a page for the person who looks; 0: nothing.
    void setCount(PageId page, std::size_t count, const QString& meaning);
    void setCollapsed(bool collapsed); // icons alone
    [[nodiscard]] bool isCollapsed() const { return m_collapsed; }
    void clear();

protected:
    void changeEvent(QEvent* event) override;

private:
    void addGroups(const ActionRegistry& actions, QBoxLayout& column);
    void addLock(const ActionRegistry& actions, QBoxLayout& column);

    void fitWidth();

    std::map<PageId, NavButton*> m_buttons;
    std::vector<QWidget*> m_words; // what a collapsed one has no room for
    QPushButton* m_lock{nullptr};
    std::function<void()> m_sayShortcut;
    bool m_collapsed{false};
    QLabel* m_name;
    QLabel* m_who;
    QLabel* m_freshness;
};

} // namespace sluice::ui
