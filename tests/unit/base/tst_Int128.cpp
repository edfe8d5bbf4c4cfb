// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Int128.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/base/Oracle.h"

using namespace sluice;

class TestInt128 : public QObject {
    Q_OBJECT

private slots:
    void printsWhatItReads();
    void refusesText();
    void knowsWhatFits64Bits();
};

void TestInt128::printsWhatItReads()
{
    SeededRandom random{test::seed(51)};
    for (int round = test::rounds(200'000); round > 0; --round) {
        const Int128 value = test::anyInt128(random);
        QCOMPARE(toString(value), test::big(value).str());
        QVERIFY(parseInt128(toString(value)) == value);
    }
    for (const Int128 value : {Int128Min, Int128{0}, Int128Max}) {
        QCOMPARE(toString(value), test::big(value).str());
        QVERIFY(parseInt128(toString(value)) == value);
    }
}

void TestInt128::refusesText()
{
    for (const char* text : {"", "-", "+1", "1.0", " 1", "1e3",
             "170141183460469231731687303715884105728", "-170141183460469231731687303715884105729"})
        QVERIFY2(!parseInt128(text), text);
}

void TestInt128::knowsWhatFits64Bits()
{
    constexpr Int128 Most = std::numeric_limits<std::int64_t>::max();
    constexpr Int128 Least = std::numeric_limits<std::int64_t>::min();
    QVERIFY(fitsInt64(Most) && fitsInt64(Least) && fitsInt64(0));
    QVERIFY(!fitsInt64(Most + 1) && !fitsInt64(Least - 1));
}

QTEST_GUILESS_MAIN(TestInt128)
#include "tst_Int128.moc"
