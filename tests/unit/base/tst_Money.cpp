// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Money.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/base/Oracle.h"

#include <numeric>

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr Currency Usd = Currency::literal("USD");
constexpr Currency Jpy = Currency::literal("JPY");
constexpr std::int64_t Least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t Most = std::numeric_limits<std::int64_t>::max();

} // namespace

class TestMoney : public QObject {
    Q_OBJECT

private slots:
    void keepsTheScaleOfItsCurrency();
    void roundsHalfEvenAndLeavesAResidual();
    void overflowIsAnError();
    void addsWithinOneCurrency();
    void addsLikeTheOracle();
    void allocateLosesNothing();
    void allocateIsFair();
    void allocateTakesTheLimits();
    void turnsLoseNothing();
    void turnsAreFair();
};

void TestMoney::keepsTheScaleOfItsCurrency()
{
    const auto dollars = Money::parse("12.5", Usd);
    QVERIFY_OK(dollars);
    QCOMPARE(dollars->units(), std::int64_t{12'500'000'000});
    QCOMPARE(dollars->toString(), std::string{"12.5"});
    const auto yen = Money::parse("12.5", Jpy);
    QVERIFY_OK(yen);
    QCOMPARE(yen->units(), std::int64_t{12'500'000});
    QCOMPARE(amountText(Int128{1} << 80, Usd), std::string{"1208925819614629.174706176"});
    QVERIFY(!Money::parse("1,5", Usd).ok());
}

void TestMoney::roundsHalfEvenAndLeavesAResidual()
{
    SeededRandom random{seed(11)};
    for (int round = rounds(100'000); round > 0; --round) {
        const Decimal value{Int128{anyInt64(random)}, static_cast<int>(random.below(20))};
        const auto money = Money::fromDecimal(value, Usd);
        if (!money.ok())
            continue;
        const Big wanted = value.scale <= 9
            ? Big{big(value.mantissa) * bigPower(9 - value.scale)}
            : bigDivide(big(value.mantissa), bigPower(value.scale - 9), Rounding::HalfEven);
        QVERIFY(big(money->units()) == wanted);
        DecimalSum residual;
        residual.add(value);
        residual.subtract(money->toDecimal());
        residual.add(money->toDecimal());
        QCOMPARE(residual.toString(), toString(value));
    }
}

void TestMoney::overflowIsAnError()
{
    QVERIFY_OK(Money::parse("9223372036.854775807", Usd));
    QVERIFY_OK(Money::parse("-9223372036.854775808", Usd));
    for (const char* text : {"9223372036.854775808", "-9223372036.854775809", "1e30"}) {
        const auto money = Money::parse(text, Usd);
        QVERIFY(!money.ok());
        QCOMPARE(money.error().code, ErrorCode::Overflow);
    }
    QVERIFY_OK(Money::parse("9223372036854.775807", Jpy));
}

void TestMoney::addsWithinOneCurrency()
{
    QCOMPARE((Money{1, Usd}.plus(Money{1, Jpy}).error().code), ErrorCode::Usage);
    QCOMPARE((Money{1, Usd}.minus(Money{1, Jpy}).error().code), ErrorCode::Usage);
    QCOMPARE((Money{Most, Usd}.plus(Money{1, Usd}).error().code), ErrorCode::Overflow);
    QCOMPARE((Money{Least, Usd}.minus(Money{1, Usd}).error().code), ErrorCode::Overflow);
    QCOMPARE((*Money{Least, Usd}.minus(Money{Least, Usd})), (Money{0, Usd}));
    QCOMPARE((*Money{-1, Usd}.minus(Money{Least, Usd})), (Money{Most, Usd}));
}

void TestMoney::addsLikeTheOracle()
{
    SeededRandom random{seed(12)};
    for (int round = rounds(100'000); round > 0; --round) {
        const Money a{anyInt64(random), Usd};
        const Money b{anyInt64(random), Usd};
        const Big sum = Big{a.units()} + b.units();
        const auto got = a.plus(b);
        QCOMPARE(got.ok(), sum >= Least && sum <= Most);
        QVERIFY(!got.ok() || Big{got->units()} == sum);
        const Big difference = Big{a.units()} - b.units();
        const auto less = a.minus(b);
        QCOMPARE(less.ok(), difference >= Least && difference <= Most);
        QVERIFY(!less.ok() || Big{less->units()} == difference);
    }
}

void TestMoney::allocateLosesNothing()
{
    SeededRandom random{seed(13)};
    for (int round = rounds(50'000); round > 0; --round) {
        const std::int64_t units = anyInt64(random);
        std::vector<std::uint32_t> weights(1 + random.below(9));
        for (auto& weight : weights)
            weight = random.chance(1, 5)
                ? 0
                : static_cast<std::uint32_t>(random.next() >> (32 + random.below(31)));
        weights[random.below(weights.size())] = 1 + static_cast<std::uint32_t>(random.below(1000));
        const auto total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
        const auto parts = allocate(units, weights);
        QCOMPARE(parts.size(), weights.size());
        Big sum = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            sum += parts[i];
            QVERIFY2(parts[i] == 0 || (parts[i] < 0) == (units < 0), "a part has the other sign");
            QVERIFY2(weights[i] > 0 || parts[i] == 0, "a part without weight got something");
            // Within one unit of the exact share: |part × total - units × weight| < total.
            const Big off = Big{parts[i]} * total - Big{units} * weights[i];
            QVERIFY(boost::multiprecision::abs(off) < total);
        }
        QVERIFY(sum == units);
    }
}

void TestMoney::allocateIsFair()
{
    const std::vector<std::uint32_t> equal{1, 1, 1};
    // a tie goes to the earlier part
    QCOMPARE(allocate(100, equal), (std::vector<std::int64_t>{34, 33, 33}));
    QCOMPARE(allocate(-100, equal), (std::vector<std::int64_t>{-34, -33, -33}));
    QCOMPARE(
        allocate(10, std::vector<std::uint32_t>{5, 3, 2}), (std::vector<std::int64_t>{5, 3, 2}));
    // the larger remainder
    QCOMPARE(allocate(1, std::vector<std::uint32_t>{1, 2}), (std::vector<std::int64_t>{0, 1}));
    QCOMPARE(allocate(0, equal), (std::vector<std::int64_t>{0, 0, 0}));
}

void TestMoney::turnsLoseNothing()
{
    SeededRandom random{seed(14)};
    for (int round = rounds(50'000); round > 0; --round) {
        const std::int64_t units = anyInt64(random);
        std::vector<std::uint32_t> weights(1 + random.below(9));
        for (auto& weight : weights)
            weight = random.chance(1, 5)
                ? 0
                : static_cast<std::uint32_t>(random.next() >> (32 + random.below(31)));
        weights[random.below(weights.size())] = 1 + static_cast<std::uint32_t>(random.below(1000));
        const auto total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
        const auto parts = allocateInTurn(units, weights, random.next());
        Big sum = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            sum += parts[i];
            QVERIFY2(parts[i] == 0 || (parts[i] < 0) == (units < 0), "a part has the other sign");
            QVERIFY2(weights[i] > 0 || parts[i] == 0, "a part without weight got something");
            const Big off = Big{parts[i]} * total - Big{units} * weights[i];
            QVERIFY(boost::multiprecision::abs(off) < total);
        }
        QVERIFY(sum == units);
    }
}

// Amounts below the unit of a share, many times: each share of the sum is within a few units of the
// exact one, whatever the first turn, the weights and the distance between turns.
void TestMoney::turnsAreFair()
{
    constexpr std::int64_t Turns = 20'000;
    for (const std::vector<std::uint32_t>& weights :
        {std::vector<std::uint32_t>{1, 1}, {1, 1, 1}, {60, 40}, {1, 99}, {7, 5, 3, 1}}) {
        const auto total = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
        for (const std::int64_t units : {1, -1, 2, 400}) {
            for (const std::uint64_t step : {1, 2, 3, 10, 64}) {
                std::vector<std::int64_t> sums(weights.size());
                for (std::uint64_t turn = 1; turn <= Turns; ++turn) {
                    const auto parts = allocateInTurn(units, weights, turn * step);
                    for (std::size_t i = 0; i < parts.size(); ++i)
                        sums[i] += parts[i];
                }
                for (std::size_t i = 0; i < sums.size(); ++i) {
                    const std::int64_t off = sums[i] * total - units * Turns * weights[i];
                    QVERIFY2(std::abs(off) <= 20 * total, std::to_string(off / total).c_str());
                }
            }
        }
    }
}

void TestMoney::allocateTakesTheLimits()
{
    const std::vector<std::uint32_t> one{1};
    QCOMPARE(allocate(Least, one), std::vector<std::int64_t>{Least});
    QCOMPARE(allocate(Most, one), std::vector<std::int64_t>{Most});
    const std::vector<std::uint32_t> lopsided{std::numeric_limits<std::uint32_t>::max(), 1};
    const auto parts = allocate(Least, lopsided);
    QVERIFY(Big{parts[0]} + parts[1] == Least);
}

QTEST_GUILESS_MAIN(TestMoney)
#include "tst_Money.moc"
