// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/SecureBytes.h"
#include "tests/support/Qt.h"

#include <type_traits>

using namespace sluice;

static_assert(
    !std::is_copy_constructible_v<SecureBytes> && !std::is_copy_assignable_v<SecureBytes>);
static_assert(std::is_nothrow_move_constructible_v<
                  SecureBytes> && std::is_nothrow_move_assignable_v<SecureBytes>);

class TestSecureBytes : public QObject {
    Q_OBJECT

private slots:
    void startsAsZeros();
    void movesAndClones();
    void comparesByContent();
    void wipeEmpties();
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

QTEST_GUILESS_MAIN(TestSecureBytes)
#include "tst_SecureBytes.moc"
