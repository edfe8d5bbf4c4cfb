// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/Batch.h"
#include "tests/support/Qt.h"

#include <QTest>

using namespace sluice;

class TestBatch : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression{QStringLiteral(".")}); }

    void billingPeriodLabel_data()
    {
        QTest::addColumn<QString>("start");
        QTest::addColumn<QString>("end");
        QTest::addColumn<QString>("label");
        QTest::newRow("month") << "2025-05-01T00:00:00Z"
                               << "2025-06-01T00:00:00Z"
                               << "2025-05";
        QTest::newRow("december") << "2025-12-01T00:00:00Z"
                                  << "2026-01-01T00:00:00Z"
                                  << "2025-12";
        QTest::newRow("pacific month") << "2025-05-01T07:00:00Z"
                                       << "2025-06-01T07:00:00Z"
                                       << "2025-05";
        QTest::newRow("berlin month") << "2025-04-30T22:00:00Z"
                                      << "2025-05-31T22:00:00Z"
                                      << "2025-05";
        QTest::newRow("auckland, over its clock change") << "2025-03-31T11:00:00Z"
                                                         << "2025-04-30T12:00:00Z"
                                                         << "2025-04";
        QTest::newRow("inclusive end") << "2025-05-01T00:00:00Z"
                                       << "2025-05-31T23:59:59Z"
                                       << "2025-05";
        QTest::newRow("half a month") << "2025-05-01T00:00:00Z"
                                      << "2025-05-15T00:00:00Z"
                                      << "2025-05-01..2025-05-15";
        QTest::newRow("a day") << "2025-05-01T00:00:00Z"
                               << "2025-05-02T00:00:00Z"
                               << "2025-05-01..2025-05-02";
        QTest::newRow("two months") << "2025-05-01T00:00:00Z"
                                    << "2025-07-01T00:00:00Z"
                                    << "2025-05-01..2025-07-01";
        QTest::newRow("mid-month to mid-month") << "2025-05-15T00:00:00Z"
                                                << "2025-06-15T00:00:00Z"
                                                << "2025-05-15..2025-06-15";
        QTest::newRow("before 1970") << "1969-12-01T00:00:00Z"
                                     << "1970-01-01T00:00:00Z"
                                     << "1969-12";
    }
    void billingPeriodLabel()
    {
        QFETCH(QString, start);
        QFETCH(QString, end);
        QFETCH(QString, label);
        const auto from = Timestamp::parseIso(start.toStdString());
        const auto until = Timestamp::parseIso(end.toStdString());
        QVERIFY_OK(from);
        QVERIFY_OK(until);
        QCOMPARE(
            QString::fromStdString(sluice::billingPeriodLabel(from->seconds(), until->seconds())),
            label);
    }

    void publicIdIsTheDocumentsHash()
    {
        DocumentInfo first;
        first.sha256 = sha256("first");
        DocumentInfo second;
        second.sha256 = sha256("second");
        QCOMPARE(batchPublicId({first}), "b-" + toHex(first.sha256).substr(0, 16));
        const std::string both = batchPublicId({first, second});
        QCOMPARE(both.size(), std::size_t{18});
        QVERIFY(both != batchPublicId({second, first}));
        QCOMPARE(both, batchPublicId({first, second}));
        const std::string hashes = std::string{first.sha256.begin(), first.sha256.end()}
            + std::string{second.sha256.begin(), second.sha256.end()};
        QCOMPARE(both, "b-" + toHex(sha256(hashes)).substr(0, 16));
    }

    void aDeliveryOfKnownDocumentsIsNumbered()
    {
        const std::string id = "b-0123456789abcdef";
        QCOMPARE(deliveryId(id, 1), id);
        QCOMPARE(deliveryId(id, 2), id + ".2");
        for (const unsigned delivery : {1U, 2U, 10U})
            QCOMPARE(documentsId(deliveryId(id, delivery)), id);
        for (const char* other : {"", "b-", "b-0123", "c-0123456789abcdef", "b-0123456789abcdef.",
                 "b-0123456789abcdef2", "b-0123456789abcdef-2"})
            QVERIFY2(documentsId(other).empty(), other);
    }

    void billsSideBySideShareDays()
    {
        const auto scope = [](const char* account, int from, int until) {
            Scope s;
            s.billingAccount = account;
            s.periodStart = from * Timestamp::SecondsPerDay;
            s.periodEnd = until * Timestamp::SecondsPerDay;
            return s;
        };
        Batch batch;
        batch.scopes = {scope("a", 0, 365), scope("a", 31, 59), scope("b", 59, 90),
            scope("b", 0, 31), scope("b", 31, 59)};
        QVERIFY(isBilledSideBySide(batch, "a"));
        QVERIFY(!isBilledSideBySide(batch, "b"));
        QVERIFY(!isBilledSideBySide(batch, "c"));
        batch.scopes.push_back(scope("b", 40, 70));
        QVERIFY(isBilledSideBySide(batch, "b"));
    }

    void verdictLevelsHaveNames()
    {
        QCOMPARE(verdictLevelName(VerdictLevel::Finding), std::string_view{"finding"});
        QCOMPARE(verdictLevelName(VerdictLevel::Quarantine), std::string_view{"quarantine"});
        QCOMPARE(verdictLevelName(VerdictLevel::Reject), std::string_view{"reject"});
        QCOMPARE(verdictLevelName(VerdictLevel::Waived), std::string_view{"waived"});
    }
};

QTEST_GUILESS_MAIN(TestBatch)
#include "tst_Batch.moc"
