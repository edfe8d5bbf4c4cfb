// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/Dimension.h"
#include "tests/support/Qt.h"

#include <QTest>

using namespace sluice;

class TestDimension : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression{QStringLiteral(".")}); }

    void everyNameOfTheContractIsKnown()
    {
        const auto names = dimensionNames();
        QCOMPARE(names.size(), std::size_t{26});
        for (const std::string_view name : names) {
            const auto dimension = parseDimension(name);
            QVERIFY_OK(dimension);
            QCOMPARE(dimension->name, std::string{name});
            QCOMPARE(dimension->source == Dimension::Source::Key, !dimension->fields.empty());
            QCOMPARE(dimension->hasName(),
                name == "owner" || name == "unit" || name == "cost_centre" || name == "workflow");
        }
        QCOMPARE(parseDimension("provider")->fields,
            (std::vector<std::string>{"ServiceProviderName", "ProviderName"}));
        QVERIFY(parseDimension("resource")->source == Dimension::Source::Detail);
        QVERIFY(parseDimension("source")->source == Dimension::Source::Batch);
        QVERIFY(parseDimension("batch")->source == Dimension::Source::Batch);
        QCOMPARE(parseDimension("currency")->fields, (std::vector<std::string>{"BillingCurrency"}));
        QVERIFY(parseDimension("model")->attribute == Attribute::Model);
        for (const char* open : {"tag:team", "x_project", "x_Cost Pool"}) {
            QVERIFY_OK(parseDimension(open));
            QVERIFY(parseDimension(open)->source == Dimension::Source::Key);
            QCOMPARE(parseDimension(open)->fields, std::vector<std::string>{open});
        }
    }

    void othersAreRefused()
    {
        for (const char* name :
            {"", "tag:", "Unit", "ServiceName", "cost", "tags", "x_", "X_Project"})
            QCOMPARE(parseDimension(name).error().code, ErrorCode::Usage);
    }

    void namesAreThoseOfTheDayOrTheLastKnown()
    {
        Organisation organisation;
        Unit unit;
        unit.id = "u";
        unit.name = "Old";
        unit.effective = {BusinessDate{0}, BusinessDate{10}};
        organisation.units.push_back(unit);
        unit.name = "New";
        unit.effective = {BusinessDate{10}, BusinessDate{20}};
        organisation.units.push_back(unit);
        const auto nameOn = [&](std::int32_t day) {
            return sluice::objectName(organisation, Attribute::Unit, "u", BusinessDate{day});
        };
        QCOMPARE(nameOn(9), std::string{"Old"});
        QCOMPARE(nameOn(10), std::string{"New"});
        QCOMPARE(nameOn(99), std::string{"New"});
        QCOMPARE(
            sluice::objectName(organisation, Attribute::Unit, "v", BusinessDate{1}), std::string{});
        QCOMPARE(sluice::objectName(organisation, Attribute::Vendor, "u", BusinessDate{1}),
            std::string{});
    }
};

QTEST_GUILESS_MAIN(TestDimension)
#include "tst_Dimension.moc"
