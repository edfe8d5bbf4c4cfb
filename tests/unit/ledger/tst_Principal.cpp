// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/Principal.h"
#include "tests/support/Qt.h"

#include <QTest>

using namespace sluice;

class TestPrincipal : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression{QStringLiteral(".")}); }

    void rolesHaveNamesThatAreReadBack()
    {
        for (const Role role : {Role::Admin, Role::Finance, Role::Department, Role::Procurement,
                 Role::Engineering, Role::Auditor}) {
            const auto again = parseRole(roleName(role));
            QVERIFY_OK(again);
            QVERIFY(*again == role);
        }
        QVERIFY(!parseRole("department").ok());
        QCOMPARE(parseRole("king").error().code, ErrorCode::BadInput);
        QVERIFY(!parseRole("").ok());
        QVERIFY(!parseRole("Admins").ok());
    }

    void whoSeesAndWhoChanges()
    {
        QVERIFY(Principal::owner().seesEverything());
        QVERIFY(Principal::owner().mayChange());
        const auto as = [](Role role) {
            Principal principal;
            principal.roles = {role};
            return principal;
        };
        QVERIFY(as(Role::Admin).seesEverything() && as(Role::Admin).mayChange());
        QVERIFY(as(Role::Auditor).seesEverything() && !as(Role::Auditor).mayChange());
        for (const Role role : {Role::Department, Role::Procurement, Role::Engineering})
            QVERIFY(!as(role).seesEverything() && !as(role).mayChange());
        Principal both;
        both.roles = {Role::Admin, Role::Auditor};
        // an auditor never changes what is audited
        QVERIFY(both.seesEverything() && !both.mayChange());
        Principal nobody;
        nobody.roles.clear();
        QVERIFY(!nobody.seesEverything() && !nobody.mayChange());
    }
};

QTEST_GUILESS_MAIN(TestPrincipal)
#include "tst_Principal.moc"
