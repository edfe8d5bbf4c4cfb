// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/CanonicalJson.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <limits>

using namespace sluice;

namespace {

JsonValue randomValue(SeededRandom& random, int depth)
{
    switch (random.below(depth < 5 ? 6 : 4)) {
    case 0:
        return JsonValue{
            static_cast<std::int64_t>(random.next() >> (11 + random.below(50))) - 1000};
    case 1: {
        std::string text;
        for (std::uint64_t i = random.below(6); i > 0; --i)
            text += random.below(2) == 0 ? std::string(1, static_cast<char>(random.below(128)))
                                         : std::string{"€"};
        return JsonValue{text};
    }
    case 2:
        return JsonValue{random.below(2) == 0};
    case 3:
        return JsonValue{};
    case 4: {
        JsonValue array = JsonValue::array();
        for (std::uint64_t i = random.below(4); i > 0; --i)
            array.append(randomValue(random, depth + 1));
        return array;
    }
    default: {
        JsonValue object = JsonValue::object();
        for (std::uint64_t i = random.below(4); i > 0; --i)
            object.set("k" + std::to_string(random.below(9)), randomValue(random, depth + 1));
        return object;
    }
    }
}

} // namespace

class tst_CanonicalJson : public QObject {
    Q_OBJECT

private slots:
    void namesAreSortedByUtf16();
    void bytes();
    void integersBeyond53BitsComeBackAsText();
    void refusesWhatCannotBeWritten();
    void refusesWhatIsNotCanonical_data();
    void refusesWhatIsNotCanonical();
    void depth();
    void roundTrip();
    void textIsComposed();
};

// What looks the same has the same bytes, and no other bytes are read.
void tst_CanonicalJson::textIsComposed()
{
    JsonValue value = JsonValue::object();
    value.set("name", "Ka\u0308se\u2028");
    QCOMPARE(canonicalJson(value).value(), std::string{"{\"name\":\"K\u00E4se\u2028\"}"});
    QVERIFY(!parseCanonicalJson("{\"name\":\"Ka\u0308se\"}").ok());
}

// The example of RFC 8785 §3.2.3.
void tst_CanonicalJson::namesAreSortedByUtf16()
{
    JsonValue value = JsonValue::object();
    value.set("€", "Euro Sign");
    value.set("\r", "Carriage Return");
    value.set("\xEF\xAC\xB3", "Hebrew Letter Dalet With Dagesh");
    value.set("1", "One");
    value.set("😀", "Emoji: Grinning Face");
    value.set("\xC2\x80", "Control");
    value.set("ö", "Latin Small Letter O With Diaeresis");
    std::vector<std::string> order;
    for (const JsonMember& member : *value.asObject())
        order.push_back(member.name);
    const std::vector<std::string> expected{"\r", "1", "\xC2\x80", "ö", "€", "😀", "\xEF\xAC\xB3"};
    QCOMPARE(order, expected);
}

void tst_CanonicalJson::bytes()
{
    JsonValue value = JsonValue::object();
    QVERIFY(value.set("b", 1));
    QVERIFY(value.set("a", "tab\t"));
    QVERIFY(value.set("aa", JsonValue{}));
    QVERIFY(!value.set("b", true));
    JsonValue list = JsonValue::array();
    list.append(-5);
    list.append(JsonValue::object());
    value.set("c", list);
    const auto text = canonicalJson(value);
    QVERIFY_OK(text);
    QCOMPARE(*text, std::string{R"({"a":"tab\t","aa":null,"b":true,"c":[-5,{}]})"});
    QCOMPARE(value.text("a"), std::string_view{"tab\t"});
    QCOMPARE(value.text("b"), std::string_view{});
    QVERIFY(value.find("d") == nullptr);
}

void tst_CanonicalJson::integersBeyond53BitsComeBackAsText()
{
    const auto text = canonicalJson(JsonValue{std::numeric_limits<std::int64_t>::max()});
    QVERIFY_OK(text);
    QCOMPARE(*text, std::string{"\"9223372036854775807\""});
    const auto again = parseCanonicalJson(*text);
    QVERIFY_OK(again);
    QVERIFY(*again == JsonValue{"9223372036854775807"});
}

void tst_CanonicalJson::refusesWhatCannotBeWritten()
{
    QCOMPARE(canonicalJson(JsonValue{"\xE9"}).error().code, ErrorCode::BadInput);
    JsonValue object = JsonValue::object();
    object.set("\xE9", 1);
    QVERIFY(!canonicalJson(object).ok());
    QVERIFY_OK(canonicalJson(JsonValue{std::string(MaxCanonicalBytes - 2, 'x')}));
    QVERIFY(!canonicalJson(JsonValue{std::string(MaxCanonicalBytes - 1, 'x')}).ok());
}

void tst_CanonicalJson::refusesWhatIsNotCanonical_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray{};
    QTest::newRow("white space") << QByteArray{"{ }"};
    QTest::newRow("line end") << QByteArray{"{}\n"};
    QTest::newRow("order") << QByteArray{R"({"b":1,"a":2})"};
    QTest::newRow("doubled name") << QByteArray{R"({"a":1,"a":1})"};
    QTest::newRow("float") << QByteArray{"1.5"};
    QTest::newRow("float of an integer") << QByteArray{"1.0"};
    QTest::newRow("exponent") << QByteArray{"1e3"};
    QTest::newRow("minus zero") << QByteArray{"-0"};
    QTest::newRow("beyond 53 bits") << QByteArray{"9007199254740993"};
    QTest::newRow("beyond 63 bits") << QByteArray{"18446744073709551615"};
    QTest::newRow("beyond 64 bits") << QByteArray{"184467440737095516150"};
    QTest::newRow("long escape") << QByteArray{R"("\u0041")"};
    QTest::newRow("escaped slash") << QByteArray{R"("\/")"};
    QTest::newRow("not UTF-8") << QByteArray{"\"\xE9\""};
    QTest::newRow("two values") << QByteArray{"1 2"};
    QTest::newRow("cut off") << QByteArray{R"({"a":)"};
    QTest::newRow("byte order mark") << QByteArray{"\xEF\xBB\xBF{}"};
    QTest::newRow("NaN") << QByteArray{"NaN"};
}

void tst_CanonicalJson::refusesWhatIsNotCanonical()
{
    QFETCH(QByteArray, bytes);
    const auto value = parseCanonicalJson(bytes.toStdString());
    QVERIFY(!value.ok());
    QCOMPARE(value.error().code, ErrorCode::BadInput);
}

void tst_CanonicalJson::depth()
{
    const auto nested = [](int levels) {
        return std::string(static_cast<std::size_t>(levels), '[')
            + std::string(static_cast<std::size_t>(levels), ']');
    };
    QVERIFY_OK(parseCanonicalJson(nested(MaxCanonicalDepth)));
    QVERIFY(!parseCanonicalJson(nested(MaxCanonicalDepth + 1)).ok());
    QVERIFY(!parseCanonicalJson(nested(100'000)).ok());
    QVERIFY(!parseCanonicalJson(std::string(100'000, '[')).ok());
    QVERIFY(!parseCanonicalJson(nested(20), 39).ok());
    QVERIFY_OK(parseCanonicalJson(nested(20), 40));
}

void tst_CanonicalJson::roundTrip()
{
    SeededRandom random{test::seed(2026)};
    for (int round = 0; round < test::rounds(20'000); ++round) {
        const JsonValue value = randomValue(random, 0);
        const auto text = canonicalJson(value);
        QVERIFY_OK(text);
        const auto again = parseCanonicalJson(*text);
        QVERIFY_OK(again);
        QVERIFY(*again == value);
    }
}

QTEST_GUILESS_MAIN(tst_CanonicalJson)
#include "tst_CanonicalJson.moc"
