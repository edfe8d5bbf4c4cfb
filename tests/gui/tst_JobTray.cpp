// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Gui.h"
#include "tests/support/Qt.h"
#include "ui/shell/JobTray.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sluice;
using namespace sluice::ui;

// What the tray says of jobs that run and of those that failed.
class TestJobTray : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        test::failOnWarnings();
        m_tray = std::make_unique<JobTray>();
        m_tray->resize(900, 120); // empty it would have no size to be exposed in
        m_tray->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_tray.get()));
    }
    void cleanup() { m_tray.reset(); }

    void aQuickOneIsNeverShown()
    {
        const JobRow& row = m_tray->start(1, QStringLiteral("Importing a.csv"));
        QVERIFY(!row.isVisible());
        m_tray->finish(1);
        QVERIFY(m_tray->row(1) == nullptr);
    }

    void aLongOneSaysHowFarItIsAndCanBeStopped()
    {
        JobRow& row = m_tray->start(1, QStringLiteral("Importing a.csv"));
        row.setProgress({"a.csv", 5'000'000, 10'000'000, ProgressUnit::Bytes});
        QTRY_VERIFY(row.isVisible());
        QCOMPARE(text("jobWhat"), QStringLiteral("Importing a.csv: a.csv"));
        QVERIFY(text("jobFar").startsWith(QStringLiteral("5.0 of 10.0 MB")));
        const QSignalSpy stopped{m_tray.get(), &JobTray::cancelWanted};
        QTest::mouseClick(button("jobCancel"), Qt::LeftButton);
        QCOMPARE(stopped.size(), 1);
        QCOMPARE(stopped.front().front().toInt(), 1);
        QVERIFY(!button("jobCancel")->isEnabled()); // once is enough
    }

    void oneThatFailedStaysUntilItIsDealtWith()
    {
        const Error error{ErrorCode::DiskFull, "/data/out.xlsx", "no space left", "Free some room"};
        m_tray->start(7, QStringLiteral("Exporting")).fail(error, true);
        JobRow* row = m_tray->row(7);
        QVERIFY(row->isVisible() && row->hasFailed());
        QVERIFY(text("jobWhat").startsWith(QStringLiteral("Exporting: ")));
        QVERIFY2(
            text("jobFar").contains(QStringLiteral("Free some room")), qPrintable(text("jobFar")));
        QTest::mouseClick(button("jobCopy"), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("/data/out.xlsx")));
        const QSignalSpy again{m_tray.get(), &JobTray::retryWanted};
        QTest::mouseClick(button("jobRetry"), Qt::LeftButton);
        QCOMPARE(again.front().front().toInt(), 7);
        const QSignalSpy stopped{m_tray.get(), &JobTray::cancelWanted};
        QTest::mouseClick(button("jobCancel"), Qt::LeftButton); // says "Dismiss" now
        QVERIFY(m_tray->row(7) == nullptr);
        QVERIFY(stopped.isEmpty());
    }

    void whatCannotBeTriedAgainOffersNothing()
    {
        const Error error{ErrorCode::BadInput, {}, "no such thing", {}};
        m_tray->start(2, QStringLiteral("Exporting")).fail(error, false);
        QVERIFY(!button("jobRetry")->isVisible());
        m_tray->start(2, QStringLiteral("Exporting")); // the same again takes its place
        QVERIFY(!m_tray->row(2)->hasFailed());
    }

private:
    QPushButton* button(const char* name) const
    {
        return m_tray->findChild<QPushButton*>(QLatin1StringView{name});
    }
    QString text(const char* name) const
    {
        return m_tray->findChild<QLabel*>(QLatin1StringView{name})->text();
    }

    std::unique_ptr<JobTray> m_tray;
};

QTEST_MAIN(TestJobTray)
#include "tst_JobTray.moc"
