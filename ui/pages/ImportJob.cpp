// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/ImportJob.h"

#include <QFile>
#include <QFileInfo>

namespace sluice::ui {

ImportJob::ImportJob(Session& session, QObject* parent)
    : QObject{parent}
    , m_session{session}
    , m_task{session.pools().io(), this}
{
    connect(&session, &Session::locked, this, &ImportJob::abandon);
}

void ImportJob::importPaths(const QStringList& paths)
{
    if (paths.isEmpty())
        return;
    Wish wish;
    const QString first = QFileInfo{paths.front()}.fileName();
    wish.what = paths.size() == 1
        ? tr("Importing %1").arg(first)
        : tr("Importing %1 and %n more", nullptr, static_cast<int>(paths.size()) - 1).arg(first);
    for (const QString& path : paths)
        wish.request.paths.push_back(QFile::encodeName(path).toStdString());
    enqueue(std::move(wish));
}

void ImportJob::importAgainReplacingSmaller()
{
    if (!m_refused)
        return;
    Wish wish = *std::exchange(m_refused, std::nullopt);
    wish.request.replaceSmaller = true;
    enqueue(std::move(wish));
}

void ImportJob::retryQuarantine(const QString& batch, const QString& mappingFile)
{
    enqueue({tr("Retrying the quarantined rows"), {}, batch.toStdString(),
        QFile::encodeName(mappingFile).toStdString()});
}

void ImportJob::enqueue(Wish wish)
{
    if (!m_session.isOpen())
        return;
    m_waiting.push_back(std::move(wish));
    if (!m_task.isRunning())
        next();
}

void ImportJob::next()
{
    if (m_waiting.empty())
        return;
    m_now = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_task.start(
        [workspace = m_session.workspace(), principal = m_session.principal(), wish = m_now](
            const TaskContext& context) {
            ImportService service{*workspace};
            return wish.retryBatch.empty()
                ? service.import(wish.request, principal, context)
                : service.retry(wish.retryBatch, wish.retryMapping, principal, context);
        },
        [this](Result<ImportReport> report) {
            if (!report.ok())
                refuse(report.error());
            else if (m_now.retryBatch.empty())
                emit finished(*report);
            else
                emit retried(*report);
            if (!m_task.isRunning())
                next();
        },
        [this](const Progress& progress) { emit progressed(progress); });
    emit started(m_now.what);
}

void ImportJob::refuse(const Error& error)
{
    if (error.code == ErrorCode::SmallerDelivery)
        m_refused = m_now;
    emit failed(error);
}

void ImportJob::cancel()
{
    m_waiting.clear();
    m_task.requestStop();
}

void ImportJob::abandon()
{
    m_waiting.clear();
    m_refused.reset();
    m_task.cancel();
}

} // namespace sluice::ui
