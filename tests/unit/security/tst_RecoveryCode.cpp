// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/security/RecoveryCode.h"

#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <QTest>

#include <string>
#include <utility>

using namespace sluice;
using namespace sluice::test;

namespace {

std::string text(const SecureBytes& bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

SecureBytes randomSecret(SeededRandom& random)
{
    SecureBytes secret{RecoverySecretSize};
    for (std::size_t i = 0; i < secret.size(); ++i)
        secret.data()[i] = static_cast<std::uint8_t>(random.next());
    return secret;
}

} // namespace

class tst_RecoveryCode : public QObject {
    Q_OBJECT

private slots:
    void comesBack_property()
    {
        SeededRandom random{seed(41)};
        for (int i = 0; i < rounds(20000); ++i) {
            const SecureBytes secret = randomSecret(random);
            const auto parsed = parseRecoveryCode(text(formatRecoveryCode(secret)));
            QVERIFY_OK(parsed);
            QVERIFY(*parsed == secret);
        }
    }

    void looksAsPrinted()
    {
        const std::string code = text(formatRecoveryCode(SecureBytes{RecoverySecretSize}));
        QCOMPARE(code, std::string{"00007-0000E-00009-0000W-0000V-0000J-0000N-0000X"});
        QVERIFY(newRecoverySecret() != newRecoverySecret());
    }

    void isReadAsPeopleType()
    {
        SeededRandom random{seed(42)};
        const SecureBytes secret = randomSecret(random);
        std::string code = text(formatRecoveryCode(secret));
        for (char& c : code) {
            c = c == '0' ? 'o' : c == '1' ? 'l' : c == '-' ? ' ' : c;
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        const auto parsed = parseRecoveryCode("\n" + code + ".\t");
        QVERIFY_OK(parsed);
        QVERIFY(*parsed == secret);
    }

    void findsEverySingleMistake_property()
    {
        constexpr std::string_view Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        SeededRandom random{seed(43)};
        const std::string code = text(formatRecoveryCode(randomSecret(random)));
        for (std::size_t i = 0; i < code.size(); ++i) {
            if (code[i] == '-')
                continue;
            for (const char c : Alphabet) {
                std::string wrong = code;
                wrong[i] = c;
                QCOMPARE(parseRecoveryCode(wrong).ok(), wrong == code);
            }
            // any two changed places, within a group or not
            for (std::size_t j = i + 1; j < code.size(); ++j) {
                std::string wrong = code;
                std::swap(wrong[i], wrong[j]);
                if (code[j] != '-' && i / 6 == j / 6)
                    QCOMPARE(parseRecoveryCode(wrong).ok(), wrong == code);
            }
        }
        for (std::size_t i = 0; i < 8; ++i) {
            for (std::size_t j = i + 1; j < 8; ++j) {
                std::string wrong = code;
                for (std::size_t k = 0; k < 5; ++k)
                    std::swap(wrong[6 * i + k], wrong[6 * j + k]);
                QCOMPARE(parseRecoveryCode(wrong).ok(), wrong == code);
            }
        }
    }

    void namesTheMistake_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QByteArray>("message");
        const QByteArray zero = "00007-0000E-00009-0000W-0000V-0000J-0000N-0000X";
        QTest::newRow("group") << QByteArray{"00007-0010E-00009-0000W-0000V-0000J-0000N-0000X"}
                               << QByteArray{"group 2 has a typing error"};
        QTest::newRow("short") << zero.left(20)
                               << QByteArray{"there are 17 characters instead of 40"};
        QTest::newRow("long") << zero + "0" << QByteArray{"there are more than 40 characters"};
        QTest::newRow("foreign") << QByteArray{"00u0"}
                                 << QByteArray{"character 3 is not one of a recovery code"};
        QTest::newRow("empty") << QByteArray{}
                               << QByteArray{"there are 0 characters instead of 40"};
    }
    void namesTheMistake()
    {
        QFETCH(QByteArray, typed);
        QFETCH(QByteArray, message);
        const auto parsed = parseRecoveryCode(typed.toStdString());
        QVERIFY(!parsed.ok());
        QCOMPARE(parsed.error().code, ErrorCode::BadInput);
        QCOMPARE(parsed.error().what, message.toStdString());
    }
};

QTEST_GUILESS_MAIN(tst_RecoveryCode)
#include "tst_RecoveryCode.moc"
