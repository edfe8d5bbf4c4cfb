// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/ActionRegistry.h"
#include "ui/pages/ImportJob.h"
#include "ui/pages/RecentLedgers.h"
#include "ui/shell/LeaveQuestion.h"

#include <QStackedWidget>

#include <functional>
#include <memory>

namespace sluice::ui {

class CreatePage;
class StartPage;
class UnlockPage;

// The pages before a ledger is open: start, unlock, create; and what happens from the wish to open
// one until it is there. GUI thread; never waits.
class WayIn : public QStackedWidget {
    Q_OBJECT

public:
    struct Parts {
        Session& session;
        ImportJob& imports;
        RecentLedgers& recent;
        const Clock& clock;
        const ActionRegistry& actions;
    };
    explicit WayIn(const Parts& parts, QWidget* parent = nullptr);

    void showStart();
    // With a secret that is at hand (a key file, what the unlock page asked for).
    void openWith(const QString& path, const std::shared_ptr<Credential>& credential);
    void openWithKeyFile(const QString& path, const QString& keyFile);
    void askToUnlock(const QString& path);
    void openSample();
    // The files are imported once it is there.
    void startNewLedger(const QStringList& importAfterwards);
    void importLater(const QStringList& paths); // into the one that is being made
    void chooseLedger();
    // Of the ledger that was open: nothing of it is left on these pages either.
    void showLocked();
    // What is being opened, or about to be made, is not wanted any more.
    void abandon();
    void setDropping(bool dropping); // something is over the window right now

    [[nodiscard]] PageId page() const; // Start, Unlock or Create
    [[nodiscard]] bool makesLedger() const; // right now: it cannot be called off
    [[nodiscard]] QString lockedPath() const; // that the unlock page is about
    // Nothing: nothing would be lost by leaving.
    [[nodiscard]] std::optional<Question> questionBeforeLeaving(Leaving how) const;
    // A file or folder was chosen for a ledger other than the one that is open: asks first where
    // something would be lost.
    using BeforeLeaving = std::function<void(const std::function<void()>& leave)>;
    void setBeforeLeaving(BeforeLeaving ask) { m_beforeLeaving = std::move(ask); }

signals:
    void leaving(); // what is open is left now
    void shown(); // one of these pages
    void stateChanged();
    void entered(); // the ledger is open, and its recovery code kept

private:
    void connectPages();
    void connectSession();
    void show(QWidget* page);
    void chooseNewPath();
    void chooseKeyFile();
    void onOpened();
    void onOpenFailed(const Error& error);

    Session& m_session;
    ImportJob& m_imports;
    RecentLedgers& m_recent;
    const Clock& m_clock;
    BeforeLeaving m_beforeLeaving;
    LatestTask<QString> m_folder; // that is proposed for a new ledger
    StartPage* m_start;
    UnlockPage* m_unlock;
    CreatePage* m_create;
};

} // namespace sluice::ui
