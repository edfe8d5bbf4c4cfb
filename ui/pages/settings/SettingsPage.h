// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/ShortcutBook.h"
#include "ui/kit/SettingStore.h"
#include "ui/pages/Page.h"

#include <QTimer>

#include <array>
#include <functional>
#include <vector>

class QLabel;
class QLineEdit;
class QScrollArea;
class QVBoxLayout;

namespace sluice::ui {

class SettingRow;

// Every setting and every shortcut, found by typing. What is chosen holds at once and can be taken
// back by name. Works without a ledger, and shows nothing of one.
class SettingsPage : public Page {
    Q_OBJECT

public:
    SettingsPage(const PageContext& context, SettingStore& store, ShortcutBook& shortcuts,
        QWidget* parent = nullptr);

    void find(const QString& text); // as if it had been typed
    [[nodiscard]] bool isComplete() const; // its rows come one after the other

protected:
    void showEvent(QShowEvent* event) override;
    void ask() override { }
    void forget() override { }
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildGroups();
    SettingRow* addRow(SettingRow* row);
    void addSetting(SettingId id);
    void addShortcut(ActionId id);
    void addSome();
    void addFacts();
    void addFact(const char* objectName, const QString& title, const QString& text);
    void choose(SettingId id, const QString& value);
    void chooseShortcut(ActionId id, const QKeySequence& shortcut);
    bool giveShortcut(ActionId id, const QKeySequence& shortcut);
    void filter();

    SettingStore& m_store;
    ShortcutBook& m_shortcuts;
    QLineEdit* m_search;
    QScrollArea* m_area;
    QLabel* m_nothing;
    struct Group {
        QWidget* box{nullptr};
        QVBoxLayout* rows{nullptr};
    };
    std::array<Group, SettingGroupCount> m_groups{};
    QTimer m_adding;
    std::size_t m_added{0}; // settings, actions, facts
    std::vector<SettingRow*> m_rows;
    std::array<SettingRow*, ActionCount> m_shortcutRows{};
};

} // namespace sluice::ui
