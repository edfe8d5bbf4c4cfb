// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/Workspace.h"
#include "core/tasks/LatestTask.h"
#include "core/tasks/TaskPool.h"
#include "ui/models/LedgerFacts.h"

#include <QObject>

#include <functional>
#include <future>
#include <memory>

namespace sluice::ui {

// Makes the sample ledger somewhere it will be thrown away; on a worker.
using MakeSample = std::function<Result<std::unique_ptr<Workspace>>(const TaskContext&)>;

// The ledger that the window has open, if any. Opening and closing happen on a worker; jobs hold
// the workspace while they run, so that locking never pulls it from under them. GUI thread.
class Session : public QObject {
    Q_OBJECT

public:
    // `person` of the organisation on whose behalf ledgers are opened; empty: the ledger's owner.
    Session(TaskPool& pools, WorkspaceEnvironment environment, MakeSample makeSample,
        std::string person = {}, QObject* parent = nullptr);
    ~Session() override;

    void open(const QString& path, Credential credential);
    // With the raw key in a file, which is read on the worker.
    void openWithKeyFile(const QString& path, const QString& keyFile);
    // All of it or nothing: what is given up before opened() leaves no files behind.
    void create(const QString& path, const NewLedger& wanted, Credential credential);
    void openSample();
    // What is being opened is not wanted any more: neither opened() nor openFailed() follows.
    void abandonOpening() { m_opening.cancel(); }
    // Stops what runs, forgets the ledger; its key is wiped as soon as the last job has let go of
    // it.
    void lock();

    [[nodiscard]] bool isOpen() const { return m_workspace != nullptr; }
    [[nodiscard]] bool isOpening() const { return m_opening.isRunning(); }
    [[nodiscard]] bool isSample() const { return m_sample; }
    [[nodiscard]] const std::shared_ptr<Workspace>& workspace() const { return m_workspace; }
    [[nodiscard]] const Principal& principal() const { return m_principal; }
    [[nodiscard]] const LedgerFacts& facts() const { return m_facts; }
    [[nodiscard]] QString path() const { return m_path; } // also while locked
    [[nodiscard]] QString name() const; // the file's name without folder and ending
    [[nodiscard]] TaskPool& pools() const { return m_pools; }
    [[nodiscard]] bool hasKeychain() const { return m_environment.vault != nullptr; }
    [[nodiscard]] bool hasSample() const { return static_cast<bool>(m_makeSample); }

signals:
    void openingProgressed(const sluice::Progress& progress);
    void opened();
    void recoveryCodeMade(const QString& code); // before opened()
    void openFailed(const sluice::Error& error);
    void locked();
    void factsChanged(); // a revision was committed and its facts are known

private:
    // Tells, when it goes, that nobody has the ledger's file any more: it goes after the workspace.
    struct Hold {
        ~Hold() { released.set_value(); }
        std::promise<void> released;
    };
    struct Opened {
        std::shared_ptr<Hold> hold;
        std::unique_ptr<Workspace> workspace;
        std::string recoveryCode;
        Principal principal;
        LedgerFacts facts;
    };
    static Result<Opened> factsOfOpened(std::unique_ptr<Workspace> workspace,
        const std::string& person, const TaskContext& context);
    using Open = std::function<Result<Opened>(const TaskContext&)>;
    void start(const QString& path, bool sample, Open open);
    void adopt(Opened made);
    void askFacts();

    TaskPool& m_pools;
    WorkspaceEnvironment m_environment;
    MakeSample m_makeSample;
    std::string m_person;
    std::shared_ptr<Workspace> m_workspace;
    // when the one that was opened last, or was to be, has let go of its file
    std::shared_future<void> m_released;
    Principal m_principal;
    LedgerFacts m_facts;
    QString m_path;
    bool m_sample{false};
    Subscription m_subscription;
    LatestTask<Opened> m_opening;
    LatestTask<LedgerFacts> m_askingFacts;
};

} // namespace sluice::ui
