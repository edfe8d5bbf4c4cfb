// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/ImportService.h"
#include "ui/pages/Session.h"

#include <QStringList>

#include <deque>

namespace sluice::ui {

// Imports one after the other, each as one command on a worker, with progress and cancel. A wish is
// for the ledger that is open when it is made: without one it is none, and locking forgets them
// all. GUI thread.
class ImportJob : public QObject {
    Q_OBJECT

public:
    explicit ImportJob(Session& session, QObject* parent = nullptr);

    void importPaths(const QStringList& paths);
    void import(ImportRequest request);
    // The import that failed last, to be asked for again in another way; no paths: none did.
    [[nodiscard]] const ImportRequest& refused() const { return m_refused.request; }
    [[nodiscard]] const QString& whatWasRefused() const { return m_refused.what; } // a file, say
    // What failed last once more, also where it brings less than it replaces.
    void replaceAnyway();
    // Under the mapping in that file; empty: under the one it had.
    void retryQuarantine(const QString& batch, const QString& mappingFile = {});
    // A batch that has given way, from its stored documents.
    void bringBack(const QString& batch);
    void cancel();
    // Stops and forgets everything.
    void abandon();
    [[nodiscard]] bool isRunning() const { return m_task.isRunning(); }
    [[nodiscard]] QString howFar() const; // while it runs: "40 % of big.csv"
    [[nodiscard]] std::size_t waiting() const { return m_waiting.size(); }

signals:
    void started(const QString& what);
    void progressed(const sluice::Progress& progress);
    void finished(const sluice::ImportReport& report);
    void retried(const sluice::ImportReport& report);
    void failed(const sluice::Error& error);

private:
    struct Wish {
        QString title; // of the job
        QString what; // is read: a file, say
        ImportRequest request;
        // of that batch instead of the request's files
        enum class Again : std::uint8_t { No, Retry, BringBack } again{Again::No};
        std::string batch;
        std::string mapping; // of the retry
    };
    static Result<ImportReport> fulfil(const Wish& wish, Workspace& workspace,
        const Principal& principal, const TaskContext& context);
    void enqueue(Wish wish);
    void next();
    void fail(const Error& error);

    Session& m_session;
    std::deque<Wish> m_waiting;
    Wish m_now; // the one that runs
    Progress m_progress; // of it
    Wish m_refused;
    LatestTask<ImportReport> m_task;
};

} // namespace sluice::ui
