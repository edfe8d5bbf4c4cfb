// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/security/ProcessGuard.h"

#include <QTest>

#include <sys/prctl.h>
#include <sys/resource.h>

using namespace sluice;

class tst_ProcessGuard : public QObject {
    Q_OBJECT

private slots:
    void noDumpAndNoTrace()
    {
        keepSecretsInThisProcess();
        rlimit limit{1, 1};
        QCOMPARE(getrlimit(RLIMIT_CORE, &limit), 0);
        QCOMPARE(limit.rlim_max, rlim_t{0});
        QCOMPARE(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
    }
};

QTEST_GUILESS_MAIN(tst_ProcessGuard)
#include "tst_ProcessGuard.moc"
