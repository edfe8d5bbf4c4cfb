// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/JobStrip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVariant>

namespace sluice::ui {

namespace {

constexpr int ShowAfterMs = 400;
constexpr qint64 EstimateAfterMs = 3000;
constexpr int BarMax = 1000;

} // namespace

JobStrip::JobStrip(QWidget* parent)
    : QFrame{parent}
    , m_what{new QLabel{this}}
    , m_far{new QLabel{this}}
    , m_bar{new QProgressBar{this}}
    , m_cancel{new QPushButton{tr("Cancel"), this}}
{
    setObjectName(QStringLiteral("jobStrip"));
    setProperty("role", QStringLiteral("card"));
    m_what->setObjectName(QStringLiteral("jobWhat"));
    m_far->setProperty("role", QStringLiteral("muted"));
    m_far->setMinimumWidth(fontMetrics().horizontalAdvance(u'0') * 22);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the job"));
    m_cancel->setObjectName(QStringLiteral("jobCancel"));
    m_cancel->setAccessibleName(tr("Cancel the job"));
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        emit cancelWanted();
    });
    auto* row = new QHBoxLayout{this};
    row->setContentsMargins(14, 6, 8, 6);
    row->setSpacing(14);
    row->addWidget(m_what);
    row->addWidget(m_bar, 1);
    row->addWidget(m_far);
    row->addWidget(m_cancel);
    m_showSoon.setSingleShot(true);
    m_showSoon.setInterval(ShowAfterMs);
    connect(&m_showSoon, &QTimer::timeout, this, &QWidget::show);
    hide();
}

void JobStrip::start(const QString& what)
{
    m_title = what;
    m_what->setText(what);
    m_far->clear();
    m_bar->setRange(0, 0);
    m_cancel->setEnabled(true);
    m_running.start();
    m_showSoon.start();
}

void JobStrip::setProgress(const Progress& progress)
{
    if (!progress.what.empty())
        m_what->setText(tr("%1: %2").arg(m_title, QString::fromStdString(progress.what)));
    if (progress.total == 0)
        return;
    const std::uint64_t done = std::min(progress.done, progress.total);
    m_bar->setRange(0, BarMax);
    m_bar->setValue(static_cast<int>(done * BarMax / progress.total));
    QString far = tr("%1 %").arg(done * 100 / progress.total);
    if (m_running.elapsed() > EstimateAfterMs && done > 0) {
        const auto left = static_cast<std::uint64_t>(m_running.elapsed()) * (progress.total - done)
            / done / 1000;
        far += QStringLiteral(" \u00B7 ") + tr("about %1 s left").arg(left + 1);
    }
    m_far->setText(far);
}

void JobStrip::setWaiting(std::size_t jobs)
{
    if (jobs > 0)
        m_what->setText(tr("%1 (%2 waiting)").arg(m_title).arg(jobs));
}

void JobStrip::finish()
{
    m_showSoon.stop();
    hide();
}

} // namespace sluice::ui
