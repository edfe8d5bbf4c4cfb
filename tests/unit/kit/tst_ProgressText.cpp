// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Gui.h"
#include "tests/support/Qt.h"
#include "ui/kit/ProgressText.h"

#include <QTest>

using namespace sluice;
using namespace sluice::ui;

class TestProgressText : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        test::failOnWarnings();
        QLocale::setDefault(QLocale::c());
    }

    void texts_data()
    {
        QTest::addColumn<qulonglong>("done");
        QTest::addColumn<qulonglong>("total");
        QTest::addColumn<bool>("bytes");
        QTest::addColumn<qlonglong>("elapsed");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, qulonglong done, qulonglong total, bool bytes,
                             qlonglong elapsed, const char* text) {
            QTest::newRow(name) << done << total << bytes << elapsed << QString::fromUtf8(text);
        };
        row("unknown", 5, 0, false, 9000, "");
        row("early", 12'400'000, 40'100'000, true, 900, "12.4 of 40.1 MB");
        row("late", 20'000'000, 40'000'000, true, 4000,
            "20.0 of 40.0 MB \u00B7 5.0 MB/s \u00B7 about 5 s left");
        row("steps", 50, 100, false, 10'000, "50 of 100 \u00B7 5 a second \u00B7 about 11 s left");
        row("slow steps", 1, 100, false, 10'000, "1 of 100 \u00B7 about 17 min left");
        row("nothing done", 0, 100, false, 10'000, "0 of 100");
        row("more than all", 120, 100, false, 10, "100 of 100");
    }
    void texts()
    {
        QFETCH(qulonglong, done);
        QFETCH(qulonglong, total);
        QFETCH(bool, bytes);
        QFETCH(qlonglong, elapsed);
        QFETCH(QString, text);
        const Progress progress{
            {}, done, total, bytes ? ProgressUnit::Bytes : ProgressUnit::Steps};
        QCOMPARE(progressText(progress, elapsed), text);
        QCOMPARE(progressPerMille(progress).has_value(), total > 0);
        QVERIFY(progressPerMille(progress).value_or(0) <= 1000);
    }
};

QTEST_GUILESS_MAIN(TestProgressText)
#include "tst_ProgressText.moc"
