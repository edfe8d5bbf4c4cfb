// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/SecretMemory.h"
#include "core/base/SecureBytes.h"
#include "tests/support/Qt.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <thread>
#include <type_traits>
#include <vector>

using namespace sluice;

static_assert(
    !std::is_copy_constructible_v<SecureBytes> && !std::is_copy_assignable_v<SecureBytes>);
static_assert(std::is_nothrow_move_constructible_v<
                  SecureBytes> && std::is_nothrow_move_assignable_v<SecureBytes>);

namespace {

bool isAll(const SecureBytes& bytes, std::uint8_t value)
{
    return std::ranges::all_of(bytes.bytes(), [value](std::uint8_t b) { return b == value; });
}

void fill(SecureBytes& bytes, std::uint8_t value)
{
    std::fill_n(bytes.data(), bytes.size(), value);
}

// What the process has locked; empty where the system does not say.
QByteArray lockedMemory()
{
    QFile status{QStringLiteral("/proc/self/status")};
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray& line : status.readAll().split('\n')) {
            if (line.startsWith("VmLck:"))
                return line;
        }
    }
    return {};
}

} // namespace

class TestSecureBytes : public QObject {
    Q_OBJECT

private slots:
    void startsAsZeros();
    void movesAndClones();
    void comparesByContent();
    void wipeEmpties();
    void smallOnesComeFromPagesThatAreThere();
    void aLargeOneGoesWithItsLock();
    void moreThanThePagesHold();
    void threadsGetPiecesOfTheirOwn();
};

void TestSecureBytes::startsAsZeros()
{
    const SecureBytes bytes{64};
    QCOMPARE(bytes.size(), std::size_t{64});
    for (const std::uint8_t byte : bytes.bytes())
        QCOMPARE(static_cast<int>(byte), 0);
    QVERIFY(SecureBytes{}.empty());
    QVERIFY(SecureBytes{0}.empty());
    QVERIFY(SecureBytes::copyOf(std::string_view{}).empty());
}

void TestSecureBytes::movesAndClones()
{
    SecureBytes key = SecureBytes::copyOf("a secret");
    const SecureBytes twin = key.clone();
    QVERIFY(twin.data() != key.data());
    const std::uint8_t* const where = key.data();
    SecureBytes moved{std::move(key)};
    QCOMPARE(static_cast<const std::uint8_t*>(moved.data()), where);
    QVERIFY(moved == twin);
    SecureBytes other = SecureBytes::copyOf("something longer");
    other = std::move(moved);
    QVERIFY(other == twin);
}

void TestSecureBytes::comparesByContent()
{
    QVERIFY(SecureBytes::copyOf("abc") == SecureBytes::copyOf("abc"));
    QVERIFY(!(SecureBytes::copyOf("abc") == SecureBytes::copyOf("abd")));
    QVERIFY(!(SecureBytes::copyOf("abc") == SecureBytes::copyOf("ab")));
    QVERIFY(SecureBytes{} == SecureBytes{});
}

void TestSecureBytes::wipeEmpties()
{
    SecureBytes key = SecureBytes::copyOf("a secret");
    key.wipe();
    QVERIFY(key.empty());
    QVERIFY(!key.data());
    key.wipe();
    QVERIFY(key.empty());
}

// A thread that makes one would wait for another that derives a key, if it had to map or to lock.
void TestSecureBytes::smallOnesComeFromPagesThatAreThere()
{
    std::vector<SecureBytes> keys;
    keys.emplace_back(32);
    const QByteArray locked = lockedMemory();
    while (keys.size() < 40)
        keys.emplace_back(SmallSecretMax);
    QCOMPARE(lockedMemory(), locked);
    const auto [first, last] = std::minmax_element(keys.begin(), keys.end(),
        [](const SecureBytes& a, const SecureBytes& b) { return a.data() < b.data(); });
    QVERIFY(last->data() - first->data() < static_cast<std::ptrdiff_t>(64 * SmallSecretMax));

    SecureBytes& key = keys.front();
    fill(key, 0xA5);
    const std::uint8_t* const where = key.data();
    key.wipe();
    const SecureBytes next{32};
    QCOMPARE(static_cast<const std::uint8_t*>(next.data()), where);
    QVERIFY(isAll(next, 0)); // nothing is left of the one before
}

void TestSecureBytes::aLargeOneGoesWithItsLock()
{
    const SecureBytes small{1};
    const QByteArray locked = lockedMemory();
    {
        SecureBytes large{64 * 1024};
        QVERIFY(isAll(large, 0));
        fill(large, 0xA5);
        QVERIFY(isAll(large, 0xA5));
    }
    QCOMPARE(lockedMemory(), locked);
}

void TestSecureBytes::moreThanThePagesHold()
{
    for (int round = 0; round < 2; ++round) {
        std::vector<SecureBytes> keys;
        for (std::uint8_t i = 1; i <= 200; ++i) {
            keys.emplace_back(i);
            QVERIFY(isAll(keys.back(), 0));
            fill(keys.back(), i);
        }
        for (std::uint8_t i = 1; i <= 200; ++i)
            QVERIFY(isAll(keys[i - 1U], i));
    }
}

void TestSecureBytes::threadsGetPiecesOfTheirOwn()
{
    std::array<bool, 4> held{};
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < held.size(); ++t) {
        threads.emplace_back([t, &held] {
            bool good = true;
            for (std::size_t i = 1; i <= 2000; ++i) {
                SecureBytes key{1 + i % (SmallSecretMax + 20)};
                good = good && isAll(key, 0);
                fill(key, static_cast<std::uint8_t>(t + 1));
                good = good && isAll(key, static_cast<std::uint8_t>(t + 1));
            }
            held[t] = good;
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    for (const bool good : held)
        QVERIFY(good);
}

QTEST_GUILESS_MAIN(TestSecureBytes)
#include "tst_SecureBytes.moc"
