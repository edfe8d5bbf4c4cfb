// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/KeyField.h"
#include "tests/support/Qt.h"

#include <QTest>

using namespace sluice;

class tst_KeyField : public QObject {
    Q_OBJECT
private slots:
    void known();
    void refused_data();
    void refused();
};

void tst_KeyField::known()
{
    QCOMPARE(parseKeyField("ServiceName")->columns, std::vector<std::string>{"ServiceName"});
    QCOMPARE(parseKeyField("provider")->columns,
        (std::vector<std::string>{"ServiceProviderName", "ProviderName"}));
    QCOMPARE(parseKeyField("tag: Org")->foldedName, std::string{"tag:org"});
    QCOMPARE(parseKeyField("x_Project")->foldedName, std::string{"x_project"});
    QCOMPARE(parseKeyField("SkuPriceDetails.ModelId")->foldedName,
        std::string{"SkuPriceDetails.modelid"});
    QVERIFY(foldedFieldName("ServiceName").empty());
}

void tst_KeyField::refused_data()
{
    QTest::addColumn<std::string>("field");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* field, const char* reason) {
        QTest::newRow(field) << std::string{field} << QString::fromUtf8(reason);
    };
    row("ResourceId", "detail of the single charge");
    row("InvoiceId", "detail of the single charge");
    row("resource", "detail of the single charge");
    row("BilledCost", "number or a date");
    row("ListUnitPrice", "number or a date");
    row("PricingQuantity", "number or a date");
    row("ChargePeriodStart", "number or a date");
    row("Tags", "members are fields of their own");
    row("Region", "called RegionId today");
    row("owner", "what rules assign");
    row("source", "belongs to the batch");
    row("ServiceNmae", "no such column");
    row("tag: ", "names no key");
}

void tst_KeyField::refused()
{
    QFETCH(std::string, field);
    QFETCH(QString, reason);
    const auto parsed = parseKeyField(field);
    QVERIFY(!parsed.ok());
    QVERIFY2(
        QString::fromStdString(parsed.error().what).contains(reason), parsed.error().what.c_str());
}

QTEST_GUILESS_MAIN(tst_KeyField)
#include "tst_KeyField.moc"
