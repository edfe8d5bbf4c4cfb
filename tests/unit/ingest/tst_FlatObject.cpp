// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/FlatObject.h"
#include "core/ingest/RuleCheck.h"

#include <QTest>

using namespace sluice;

class tst_FlatObject : public QObject {
    Q_OBJECT

private slots:
    void numbersAreTheirText_data()
    {
        QTest::addColumn<QByteArray>("number");
        for (const char* number : {"18446744073709551616", "99999999999999999999999.5", "1e400",
                 "1.10", "1e3", "-0", "0", "-12.5E+07"})
            QTest::newRow(number) << QByteArray{number};
    }
    void numbersAreTheirText()
    {
        QFETCH(QByteArray, number);
        const std::string json = "{\"team\": \"x\", \"id\": " + number.toStdString() + " }";
        const auto members = parseFlatObject(json);
        QCOMPARE(members.size(), std::size_t{2});
        QCOMPARE(members[0].second, std::string{"x"});
        QCOMPARE(members[1].second, number.toStdString());
        QVERIFY(isKeyValueFormat(json));
    }

    void brokenTextIsNoObject_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char* json : {"{\"a\": 01}", "{\"a\": 1.}", "{\"a\": .5}", "{\"a\": 1e}",
                 "{\"a\": -}", "{\"a\": 1x}", "{\"a\": 1", "{\"a\" 1}", "{\"a\": 1} 2",
                 "{\"a\": tru}", "{\"a\": nul}", "[1]", "5", "{\"a\": \"b}", ""})
            QTest::newRow(json) << QByteArray{json};
    }
    void brokenTextIsNoObject()
    {
        QFETCH(QByteArray, json);
        QVERIFY(!readFlatObject(json.toStdString()));
        QVERIFY(!isKeyValueFormat(json.toStdString()));
        QVERIFY(parseFlatObject(json.toStdString()).empty());
    }

    void otherMembers()
    {
        const auto object = readFlatObject(
            R"({"a": true, "b": null, "c": [1, 2.50], "d": {"e": 1e400}, "\u0066": "\u00e9"})");
        QVERIFY(object.has_value());
        QVERIFY(!object->isFlat);
        using Members = std::vector<std::pair<std::string, std::string>>;
        QVERIFY((object->members
            == Members{{"a", "true"}, {"c", "[1,2.50]"}, {"d", "{\"e\":1e400}"}, {"f", "\u00e9"}}));
        QVERIFY(!readFlatObject(R"({"a": 1, "a": 2})")->isFlat);
        // Azure's, without braces
        QVERIFY((parseFlatObject(R"("a": "1", "b": "2")") == Members{{"a", "1"}, {"b", "2"}}));
    }
};

QTEST_APPLESS_MAIN(tst_FlatObject)
#include "tst_FlatObject.moc"
