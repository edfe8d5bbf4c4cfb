// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/CsvText.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <QTest>

using namespace sluice;

class tst_CsvText : public QObject {
    Q_OBJECT
private slots:
    void reads();
    void separators();
    void faults_data();
    void faults();
    void printedIsReadBack();
};

void tst_CsvText::reads()
{
    const auto rows = parseCsvText(
        "\xEF\xBB\xBFid,name\r\n\r\np1,\"Ann, \"\"the\"\"\nboss\"\np2,\n", "people.csv");
    QVERIFY_OK(rows);
    QCOMPARE(rows->size(), std::size_t{3});
    QCOMPARE((*rows)[1][1].text, std::string{"Ann, \"the\"\nboss"});
    QCOMPARE((*rows)[1][1].line, std::size_t{3});
    QCOMPARE((*rows)[1][1].column, std::size_t{4});
    QCOMPARE((*rows)[2][0].line, std::size_t{5});
    QCOMPARE((*rows)[2].size(), std::size_t{2});
    QVERIFY(parseCsvText("", "x")->empty());
}

void tst_CsvText::separators()
{
    QCOMPARE(parseCsvText("a;b;c\n1,5;2;3", "x")->at(1).at(0).text, std::string{"1,5"});
    QCOMPARE(parseCsvText("a\tb\n1\t2", "x")->at(1).at(1).text, std::string{"2"});
    QCOMPARE(parseCsvText("\"a;;;\",b\n1,2", "x")->at(1).at(1).text, std::string{"2"});
}

void tst_CsvText::faults_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("where");
    QTest::newRow("open quote") << std::string{"a,b\n1,\"2\n3"} << std::string{"f.csv:2:3"};
    QTest::newRow("after quote") << std::string{"a,b\n\"1\"x,2"} << std::string{"f.csv:2:4"};
    QTest::newRow("not utf-8") << std::string{"a,b\n1,\xE9"} << std::string{"f.csv:2:3"};
}

void tst_CsvText::faults()
{
    QFETCH(std::string, text);
    QFETCH(std::string, where);
    const auto rows = parseCsvText(text, "f.csv");
    QVERIFY(!rows.ok());
    QCOMPARE(rows.error().where, where);
    QVERIFY(!rows.error().fix.empty());
}

void tst_CsvText::printedIsReadBack()
{
    SeededRandom random{test::seed(3)};
    constexpr std::string_view Letters = "ab\",;\t\n\r ";
    for (int round = 0; round < test::rounds(20'000); ++round) {
        std::vector<std::string> row{"first"};
        for (int i = 0; i < 3; ++i) {
            std::string value;
            for (std::uint64_t n = random.below(6); n > 0; --n)
                value.push_back(Letters[random.below(Letters.size())]);
            row.push_back(value);
        }
        std::string text = "a,b,c,d\n";
        for (std::size_t i = 0; i < row.size(); ++i)
            text += (i == 0 ? "" : ",") + csvQuoted(row[i]);
        const auto rows = parseCsvText(text, "x");
        QVERIFY_OK(rows);
        QCOMPARE(rows->size(), std::size_t{2});
        for (std::size_t i = 0; i < row.size(); ++i)
            QCOMPARE((*rows)[1][i].text, row[i]);
    }
}

QTEST_GUILESS_MAIN(tst_CsvText)
#include "tst_CsvText.moc"
