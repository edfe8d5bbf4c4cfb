// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/JsonWriter.h"
#include "core/base/Utf8.h"
#include "tests/support/Seed.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <limits>

using namespace sluice;

class tst_JsonWriter : public QObject {
    Q_OBJECT

private slots:
    void nests();
    void indents();
    void escapes();
    void largeIntegersAreStrings();
    void badBytesAreReplaced();
    void anyTextReadsBack();
    void utf8_data();
    void utf8();
};

void tst_JsonWriter::nests()
{
    JsonWriter json;
    json.beginObject()
        .member("a", "x")
        .key("list")
        .beginArray()
        .integer(1)
        .integer(-2)
        .null()
        .boolean(true)
        .endArray();
    json.key("none")
        .beginObject()
        .endObject()
        .key("empty")
        .beginArray()
        .endArray()
        .countMember("n", 7)
        .endObject();
    QCOMPARE(json.take(),
        std::string{R"({"a":"x","list":[1,-2,null,true],"none":{},"empty":[],"n":7})"});
}

void tst_JsonWriter::indents()
{
    JsonWriter json{JsonWriter::Style::Indented};
    json.beginObject()
        .member("a", "x")
        .key("list")
        .beginArray()
        .integer(1)
        .beginObject()
        .endObject()
        .endArray()
        .endObject();
    QCOMPARE(json.take(), std::string{"{\n  \"a\": \"x\",\n  \"list\": [\n    1,\n    {}\n  ]\n}"});
}

void tst_JsonWriter::escapes()
{
    JsonWriter json;
    json.string("\"\\/\b\t\n\f\r\x01\x1f\x7f ü€");
    QCOMPARE(json.take(), std::string{"\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u001f\x7f ü€\""});
}

void tst_JsonWriter::largeIntegersAreStrings()
{
    JsonWriter json;
    constexpr std::int64_t Edge = std::int64_t{1} << 53;
    json.beginArray().integer(Edge).integer(-Edge).integer(Edge + 1).integer(
        std::numeric_limits<std::int64_t>::min());
    json.count(std::numeric_limits<std::uint64_t>::max()).count(0).endArray();
    QCOMPARE(json.take(),
        std::string{
            R"([9007199254740992,-9007199254740992,"9007199254740993","-9223372036854775808","18446744073709551615",0])"});
}

void tst_JsonWriter::badBytesAreReplaced()
{
    JsonWriter json;
    json.string("caf\xE9 1");
    QCOMPARE(json.take(), std::string{"\"caf\xEF\xBF\xBD 1\""});
}

// Oracle: Qt's parser reads every text back, whatever bytes it was made of.
void tst_JsonWriter::anyTextReadsBack()
{
    SeededRandom random{test::seed(4711)};
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        const auto length = random.below(12);
        for (std::uint64_t i = 0; i < length; ++i)
            text += static_cast<char>(random.below(256));
        JsonWriter json{round % 2 == 0 ? JsonWriter::Style::Compact : JsonWriter::Style::Indented};
        json.beginArray().string(text).endArray();
        const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(json.take()));
        QCOMPARE(document.array().at(0).toString().toStdString(), repairUtf8(text));
    }
}

void tst_JsonWriter::utf8_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<int>("length");
    QTest::newRow("empty") << QByteArray{} << true << 0;
    QTest::newRow("ascii") << QByteArray{"abc"} << true << 3;
    QTest::newRow("two, three and four bytes")
        << QByteArray{"\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80"} << true << 3;
    QTest::newRow("latin-1") << QByteArray{"\xE9"} << false << 1;
    QTest::newRow("overlong slash") << QByteArray{"\xC0\xAF"} << false << 1;
    QTest::newRow("overlong three") << QByteArray{"\xE0\x9F\xBF"} << false << 1;
    QTest::newRow("surrogate") << QByteArray{"\xED\xA0\x80"} << false << 1;
    QTest::newRow("last character") << QByteArray{"\xF4\x8F\xBF\xBF"} << true << 1;
    QTest::newRow("beyond the last") << QByteArray{"\xF4\x90\x80\x80"} << false << 1;
    QTest::newRow("cut off") << QByteArray{"a\xE2\x82"} << false << 2;
}

void tst_JsonWriter::utf8()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, valid);
    QFETCH(int, length);
    const std::string text = bytes.toStdString();
    QCOMPARE(isUtf8(text), valid);
    QVERIFY(isUtf8(repairUtf8(text)));
    QCOMPARE(repairUtf8(text) == text, valid);
    QCOMPARE(utf8Length(text), static_cast<std::size_t>(length));
}

QTEST_GUILESS_MAIN(tst_JsonWriter)
#include "tst_JsonWriter.moc"
