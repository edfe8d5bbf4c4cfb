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
        batch.toStdString(), QFile::encodeName(mappingFile).toStdString()});
}

void ImportJob::replaceAnyway()
{
    Wish wish = m_refused;
    wish.request.replaceSmaller = true;
    if (!wish.request.paths.empty() || !wish.retryBatch.empty())
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
            const TaskContext& context) {
            ImportService service{*workspace};
            return wish.retryBatch.empty() ? service.import(wish.request, principal, context)
                                           : service.retry(wish.retryBatch, wish.retryMapping,
                                               principal, context, wish.request.replaceSmaller);
        },
        [this](Result<ImportReport> report) {
            if (!report.ok())
                fail(report.error());
            else if (m_now.retryBatch.empty())
                emit finished(*report);
            else
                emit retried(*report);
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
