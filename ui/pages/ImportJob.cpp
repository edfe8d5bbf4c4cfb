// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/ImportJob.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

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
    ImportRequest request;
    for (const QString& path : paths)
        request.paths.push_back(QFile::encodeName(path).toStdString());
    import(std::move(request));
}

void ImportJob::import(ImportRequest request)
{
    if (request.paths.empty())
        return;
    const QString first = QFileInfo{QFile::decodeName(request.paths.front().c_str())}.fileName();
    const auto more = static_cast<int>(request.paths.size()) - 1;
    Wish wish;
    wish.what = more == 0 ? first : tr("%1 and %n more", nullptr, more).arg(first);
    wish.title = tr("Importing %1").arg(wish.what);
    wish.request = std::move(request);
    enqueue(std::move(wish));
}

void ImportJob::retryQuarantine(const QString& batch, const QString& mappingFile)
{
    enqueue({tr("Retrying the quarantined rows"), tr("the quarantined rows"), {},
        Wish::Again::Retry, batch.toStdString(), QFile::encodeName(mappingFile).toStdString()});
}

void ImportJob::bringBack(const QString& batch)
{
    enqueue({tr("Bringing batch %1 back").arg(batch), tr("batch %1").arg(batch), {},
        Wish::Again::BringBack, batch.toStdString(), {}});
}

Result<ImportReport> ImportJob::fulfil(
    const Wish& wish, Workspace& workspace, const Principal& principal, const TaskContext& context)
{
    ImportService service{workspace};
    const bool replaceSmaller = wish.request.replaceSmaller;
    switch (wish.again) {
    case Wish::Again::No:
        return service.import(wish.request, principal, context);
    case Wish::Again::Retry:
        return service.retry(wish.batch, wish.mapping, principal, context, replaceSmaller);
    case Wish::Again::BringBack:
        return service.restate(wish.batch, principal, context, replaceSmaller);
    }
    return TaskContext::cancelled();
}

void ImportJob::replaceAnyway()
{
    Wish wish = m_refused;
    wish.request.replaceSmaller = true;
    if (!wish.request.paths.empty() || !wish.batch.empty())
        enqueue(std::move(wish));
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
    m_progress = {};
    m_task.start(
        [workspace = m_session.workspace(), principal = m_session.principal(), wish = m_now](
            const TaskContext& context) { return fulfil(wish, *workspace, principal, context); },
        [this](Result<ImportReport> report) {
            if (!report.ok())
                fail(report.error());
            else if (m_now.again == Wish::Again::Retry)
                emit retried(*report);
            else
                emit finished(*report);
            if (!m_task.isRunning())
                next();
        },
        [this](const Progress& progress) {
            m_progress = progress;
            emit progressed(progress);
        });
    emit started(m_now.title);
}

void ImportJob::fail(const Error& error)
{
    m_refused = m_now;
    emit failed(error);
}

QString ImportJob::howFar() const
{
    if (m_progress.total == 0)
        return m_now.what;
    const std::uint64_t done = std::min(m_progress.done, m_progress.total);
    return tr("%1 % of %2").arg(done * 100 / m_progress.total).arg(m_now.what);
}

void ImportJob::cancel()
{
    m_waiting.clear();
    m_task.requestStop();
}

void ImportJob::abandon()
{
    m_waiting.clear();
    m_refused = {};
    m_task.cancel();
}

} // namespace sluice::ui
