// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/ActionRegistry.h"
#include "ui/pages/ImportJob.h"
#include "ui/pages/RecentLedgers.h"
#include "ui/pages/UndoSteps.h"
#include "ui/pages/ViewContext.h"
#include "ui/actions/ShortcutBook.h"
#include "ui/shell/LeaveQuestion.h"
#include "ui/shell/LiveSettings.h"
#include "ui/shell/SessionWatch.h"

#include <QMainWindow>

#include <chrono>
#include <functional>

class QStackedWidget;

namespace sluice::ui {

class CommandPalette;
class IdleLock;
class LedgerFrame;
class WayIn;

// What the window is given from outside.
struct WindowParts {
    TaskPool& pools;
    WorkspaceEnvironment environment;
    MakeSample makeSample; // empty: no sample is offered
    QSettings& settings;
    // of the organisation, on whose behalf ledgers are opened; empty: their owner
    std::string person{};
    std::chrono::milliseconds idleTime{
        std::chrono::minutes{10}}; // then the ledger is locked, unless the settings say otherwise
    SessionWatch* sessionWatch{nullptr}; // of the desktop's session; null: nobody tells
};

// Which page is shown, opening and locking, dropping files, themes. GUI thread; never calls a
// service itself, and never waits.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(WindowParts parts);
    ~MainWindow() override;

    // With a secret that is at hand (a key file, what the unlock page asked for).
    void openWith(const QString& path, const std::shared_ptr<Credential>& credential);
    // With the raw key in a file; what is wrong with it is said where the ledger is unlocked.
    void openWithKeyFile(const QString& path, const QString& keyFile);
    void askToUnlock(const QString& path);
    // A ledger is opened; anything else is imported, into a new ledger when none is open, and into
    // the one that is being made once it is there.
    void openDropped(const QStringList& paths);
    void openSample();
    void goTo(PageId page); // one on the way in: back to where one was there
    void lock();
    void setThemeChoice(ThemeChoice choice);

    // How large it opens the first time, where the screen has so much room.
    [[nodiscard]] static QSize firstSize(const QSize& room);
    [[nodiscard]] Session& session() { return m_session; }
    [[nodiscard]] SettingStore& settings() { return m_settings; }
    [[nodiscard]] ViewContext& view() { return m_view; }
    [[nodiscard]] ActionRegistry& actions() { return m_actions; }
    [[nodiscard]] PageId page() const;

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void connectActions();
    void connectParts();
    void connectSettings();
    void lockWithSession();
    void lockBeforeSleep();
    // At once where nothing is lost by it, else when the person says so.
    void beforeLeaving(const std::function<void()>& leave, Leaving how = Leaving::ForAnotherLedger);
    // About the ledger that is open: locking ends the question.
    void ask(const Question& question, const std::function<void()>& goOn);
    void leaveLedger(); // which is open, being opened, or about to be made
    void updateState();

    WindowParts m_parts;
    SettingStore m_settings;
    LiveSettings m_live;
    Session m_session;
    ViewContext m_view;
    ActionRegistry m_actions;
    UndoSteps m_undo;
    ShortcutBook m_shortcuts;
    RecentLedgers m_recent;
    ImportJob m_imports;
    QStackedWidget* m_stack;
    WayIn* m_wayIn{nullptr};
    LedgerFrame* m_ledger{nullptr};
    CommandPalette* m_palette{nullptr};
    IdleLock* m_idle;
    bool m_entered{false}; // the ledger is open, and its pages may be seen
    bool m_lockAfterImport{false};
};

} // namespace sluice::ui
