// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/security/KeyDerivation.h"

#include "tests/support/Qt.h"

#include <QTest>

using namespace sluice;
using namespace sluice::test;

class tst_KeyDerivation : public QObject {
    Q_OBJECT

private slots:
    void isArgon2id()
    {
        const std::array<std::uint8_t, KdfSaltSize> salt{1, 2, 3};
        const auto key
            = deriveFromPassphrase(SecureBytes::copyOf("correct horse"), salt, {64 << 10, 2});
        QVERIFY_OK(key);
        // From an independent implementation: argon2id({password, salt, parallelism: 1, iterations:
        // 2, memorySize: 64, hashLength: 32}) of npm's hash-wasm.
        const QByteArray hex = QByteArray{reinterpret_cast<const char*>(key->data()), 32}.toHex();
        QCOMPARE(
            hex, QByteArray{"b0af4690fa3b7f8a87ebcb78ae8663adae76bc3a5177899748f410e86f6a2fd3"});
    }

    void everyInputCounts()
    {
        const std::array<std::uint8_t, KdfSaltSize> salt{1};
        const auto key = deriveFromPassphrase(SecureBytes::copyOf("a"), salt, {64 << 10, 1});
        QVERIFY(*key != *deriveFromPassphrase(SecureBytes::copyOf("b"), salt, {64 << 10, 1}));
        QVERIFY(*key != *deriveFromPassphrase(SecureBytes::copyOf("a"), {2}, {64 << 10, 1}));
        QVERIFY(*key != *deriveFromPassphrase(SecureBytes::copyOf("a"), salt, {64 << 10, 2}));
        QVERIFY(*key != *deriveFromPassphrase(SecureBytes::copyOf("a"), salt, {128 << 10, 1}));
    }

    void tooMuchMemoryIsAnError()
    {
        const auto key = deriveFromPassphrase(SecureBytes::copyOf("a"), {}, {1ULL << 60, 1});
        QCOMPARE(key.error().code, ErrorCode::Unavailable);
    }

    void tunesWithinBounds_data()
    {
        QTest::addColumn<quint64>("memory");
        QTest::addColumn<qint64>("msPer256MiBPass");
        QTest::addColumn<quint64>("expectedMiB");
        QTest::addColumn<quint64>("expectedPasses");
        QTest::newRow("usual") << quint64{16} << qint64{190} << quint64{256} << quint64{5};
        QTest::newRow("slow") << quint64{16} << qint64{700} << quint64{64} << quint64{5};
        QTest::newRow("very slow") << quint64{16} << qint64{90000} << quint64{64} << quint64{3};
        QTest::newRow("fast") << quint64{16} << qint64{1} << quint64{256} << quint64{16};
        QTest::newRow("little memory") << quint64{2} << qint64{2000} << quint64{64} << quint64{3};
    }
    void tunesWithinBounds()
    {
        QFETCH(quint64, memory);
        QFETCH(qint64, msPer256MiBPass);
        QFETCH(quint64, expectedMiB);
        QFETCH(quint64, expectedPasses);
        const auto measure = [&](const KdfParameters& parameters) {
            return msPer256MiBPass * static_cast<qint64>(parameters.memoryBytes >> 20) / 256
                * static_cast<qint64>(parameters.passes);
        };
        const KdfParameters tuned = tuneKdf(memory << 30, measure);
        QCOMPARE(tuned.memoryBytes >> 20, expectedMiB);
        QCOMPARE(tuned.passes, expectedPasses);
    }
};

QTEST_GUILESS_MAIN(tst_KeyDerivation)
#include "tst_KeyDerivation.moc"
