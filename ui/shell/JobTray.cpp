// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/JobTray.h"

#include "ui/kit/ErrorText.h"
#include "ui/kit/ProgressText.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVariant>

namespace sluice::ui {

namespace {

constexpr int ShowAfterMs = 400;
constexpr int BarMax = 1000;

} // namespace

JobRow::JobRow(const QString& title, QWidget* parent)
    : QFrame{parent}
    , m_title{title}
    , m_what{new QLabel{title, this}}
    , m_far{new QLabel{this}}
    , m_bar{new QProgressBar{this}}
    , m_cancel{new QPushButton{tr("Cancel"), this}}
    , m_retry{new QPushButton{tr("Try again"), this}}
    , m_copy{new QPushButton{tr("Copy details"), this}}
{
    setObjectName(QStringLiteral("jobRow"));
    setProperty("role", QStringLiteral("card"));
    m_what->setObjectName(QStringLiteral("jobWhat"));
    m_far->setObjectName(QStringLiteral("jobFar"));
    m_far->setProperty("role", QStringLiteral("muted"));
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 0);
    m_bar->setAccessibleName(tr("Progress of the job"));
    m_cancel->setObjectName(QStringLiteral("jobCancel"));
    m_cancel->setAccessibleName(tr("Cancel the job"));
    m_retry->setObjectName(QStringLiteral("jobRetry"));
    m_copy->setObjectName(QStringLiteral("jobCopy"));
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_failed)
            return emit dismissed();
        m_cancel->setEnabled(false);
        emit cancelWanted();
    });
    connect(m_retry, &QPushButton::clicked, this, &JobRow::retryWanted);
    connect(m_copy, &QPushButton::clicked, this, &JobRow::copyDetails);
    m_retry->hide();
    m_copy->hide();
    auto* row = new QHBoxLayout{this};
    row->setContentsMargins(14, 6, 8, 6);
    row->setSpacing(14);
    row->addWidget(m_what);
    row->addWidget(m_bar, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_far, m_retry, m_copy, m_cancel})
        row->addWidget(widget);
    m_running.start();
    m_showSoon.setSingleShot(true);
    connect(&m_showSoon, &QTimer::timeout, this, &QWidget::show);
    hide();
    m_showSoon.start(ShowAfterMs);
}

void JobRow::setProgress(const Progress& progress)
{
    if (!progress.what.empty())
        m_what->setText(tr("%1: %2").arg(m_title, QString::fromStdString(progress.what)));
    const auto far = progressPerMille(progress);
    m_bar->setRange(0, far ? BarMax : 0);
    m_bar->setValue(far.value_or(0));
    m_far->setText(progressText(progress, m_running.elapsed()));
}

void JobRow::setWaiting(std::size_t jobs)
{
    if (jobs > 0)
        m_what->setText(tr("%1 (%2 waiting)").arg(m_title).arg(jobs));
}

void JobRow::fail(const Error& error, bool canRetry)
{
    const ErrorText text = ErrorText::of(error);
    m_failed = true;
    m_details = text.whole();
    m_what->setText(tr("%1: %2").arg(m_title, text.headline));
    m_what->setToolTip(text.detail);
    m_far->setText(text.detail);
    m_far->setWordWrap(true);
    m_bar->hide();
    m_retry->setVisible(canRetry);
    m_copy->show();
    m_cancel->setEnabled(true);
    m_cancel->setText(tr("Dismiss"));
    m_cancel->setAccessibleName(tr("Dismiss the message"));
    m_showSoon.stop();
    show();
}

void JobRow::copyDetails() const
{
    QGuiApplication::clipboard()->setText(m_details);
}

JobTray::JobTray(QWidget* parent)
    : QFrame{parent}
{
    setObjectName(QStringLiteral("jobTray"));
    auto* column = new QVBoxLayout{this};
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
}

JobRow& JobTray::start(int job, const QString& title)
{
    finish(job);
    auto* row = new JobRow{title, this};
    m_rows.emplace(job, row);
    layout()->addWidget(row);
    connect(row, &JobRow::cancelWanted, this, [this, job] { emit cancelWanted(job); });
    connect(row, &JobRow::retryWanted, this, [this, job] { emit retryWanted(job); });
    connect(row, &JobRow::dismissed, this, [this, job] { finish(job); });
    return *row;
}

JobRow* JobTray::row(int job) const
{
    const auto found = m_rows.find(job);
    return found == m_rows.end() ? nullptr : found->second;
}

void JobTray::finish(int job)
{
    const auto found = m_rows.find(job);
    if (found == m_rows.end())
        return;
    found->second->hide();
    found->second->deleteLater(); // it may be the one whose button was pressed
    m_rows.erase(found);
}

void JobTray::clear()
{
    while (!m_rows.empty())
        finish(m_rows.begin()->first);
}

} // namespace sluice::ui
