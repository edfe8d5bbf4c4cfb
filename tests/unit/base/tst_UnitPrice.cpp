// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/UnitPrice.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/base/Oracle.h"

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr Currency Usd = Currency::literal("USD");

UnitPrice price(std::string_view text)
{
    return UnitPrice{Scaled::fromDecimal(*parseDecimal(text))};
}
Quantity quantity(std::string_view text)
{
    return Quantity{Scaled::fromDecimal(*parseDecimal(text))};
}

} // namespace

class TestUnitPrice : public QObject {
    Q_OBJECT

private slots:
    void keepsWhatFits();
    void roundsOnce();
    void multipliesByExample();
    void multipliesLikeTheOracle();
};

void TestUnitPrice::keepsWhatFits()
{
    const Scaled small = Scaled::fromDecimal({1, 36});
    QVERIFY(small.exact);
    QCOMPARE(small.mantissa, std::int64_t{1});
    QCOMPARE(static_cast<int>(small.scale), 36);
    const Scaled tiny = Scaled::fromDecimal({5, Decimal::MaxScale});
    QVERIFY(!tiny.exact);
    QCOMPARE(tiny.mantissa, std::int64_t{0});
    QVERIFY(Scaled::fromDecimal({0, Decimal::MaxScale}).exact);
    const Scaled zeros = Scaled::fromDecimal({powerOfTen(30), 20});
    QVERIFY(zeros.exact);
    QCOMPARE(compare(zeros.toDecimal(), {powerOfTen(10), 0}), 0);
    const Scaled huge = Scaled::fromDecimal({powerOfTen(30), 0});
    QVERIFY(!huge.exact);
    QCOMPARE(huge.mantissa, std::numeric_limits<std::int64_t>::max());
}

void TestUnitPrice::roundsOnce()
{
    // 1.46 of the last place that fits: rounded digit by digit it would become 1.5, then 2.
    QCOMPARE(Scaled::fromDecimal(*parseDecimal("1000000000000000000.146")).mantissa,
        std::int64_t{1'000'000'000'000'000'000});
    QCOMPARE(Scaled::fromDecimal(*parseDecimal("5000000000000000001.46")).mantissa,
        std::int64_t{5'000'000'000'000'000'001});
    SeededRandom random{seed(21)};
    for (int round = rounds(100'000); round > 0; --round) {
        const Decimal value{
            anyInt128(random), static_cast<int>(random.below(Decimal::MaxScale + 1))};
        const Scaled scaled = Scaled::fromDecimal(value);
        if (static_cast<int>(scaled.scale) == 0 && !scaled.exact)
            continue; // beyond 64 bits, held at the limit
        const Big wanted = bigDivide(
            big(value.mantissa), bigPower(value.scale - scaled.scale), Rounding::HalfEven);
        QVERIFY(Big{scaled.mantissa} == wanted);
        QCOMPARE(scaled.exact, compare(scaled.toDecimal(), value) == 0);
    }
}

void TestUnitPrice::multipliesByExample()
{
    QCOMPARE(multiply(price("0.0000025"), quantity("1000000"), Usd, Rounding::HalfEven)->toString(),
        std::string{"2.5"});
    QCOMPARE(multiply(price("1e-30"), quantity("1e-30"), Usd, Rounding::HalfEven)->units(),
        std::int64_t{0});
    QCOMPARE(
        multiply(price("1e-30"), quantity("-1e-30"), Usd, Rounding::Up)->units(), std::int64_t{-1});
    QCOMPARE(multiply(price("9e9"), quantity("9e9"), Usd, Rounding::Down).error().code,
        ErrorCode::Overflow);
}

void TestUnitPrice::multipliesLikeTheOracle()
{
    SeededRandom random{seed(22)};
    for (int round = rounds(100'000); round > 0; --round) {
        const UnitPrice each{{anyInt64(random), static_cast<std::uint8_t>(random.below(37)), true}};
        const Quantity count{{anyInt64(random), static_cast<std::uint8_t>(random.below(37)), true}};
        for (const Rounding rounding : AllRoundings) {
            const Big exact = Big{each.mantissa} * count.mantissa * bigPower(9);
            const Big wanted = bigDivide(exact, bigPower(each.scale + count.scale), rounding);
            const auto got = multiply(each, count, Usd, rounding);
            const bool fits = wanted >= std::numeric_limits<std::int64_t>::min()
                && wanted <= std::numeric_limits<std::int64_t>::max();
            QCOMPARE(got.ok(), fits);
            QVERIFY(!fits || Big{got->units()} == wanted);
        }
    }
}

QTEST_GUILESS_MAIN(TestUnitPrice)
#include "tst_UnitPrice.moc"
