// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/security/KeyEnvelope.h"

#include "core/base/DurableFile.h"
#include "tests/support/FakeVault.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/support/Unprivileged.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <string>

using namespace sluice;
using namespace sluice::test;

namespace {

// The real floor takes half a second and 64 MiB a try.
constexpr KdfParameters Cheap{64 << 10, 1};
constexpr EnvelopePolicy CheapPolicy{.floor = Cheap, .ceiling = KdfCeiling};

SecureBytes secret(std::string_view text)
{
    return SecureBytes::copyOf(text);
}

std::string_view view(const SecureBytes& bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// A saved envelope with a passphrase and a recovery code.
struct Saved {
    QTemporaryDir folder;
    std::string path{folder.filePath(QStringLiteral("company.sluice.keys")).toStdString()};
    SecureBytes dataKey{KeyEnvelope::newDataKey()};
    SecureBytes recoveryCode;

    Saved()
    {
        auto created = KeyEnvelope::create(dataKey, "ledger-1", {1, 2, 3});
        recoveryCode = std::move(created.recoveryCode);
        SLUICE_CHECK(created.envelope.setPassphrase(dataKey, secret("open sesame"), Cheap).ok());
        SLUICE_CHECK(created.envelope.save(path).ok());
    }
    [[nodiscard]] Result<KeyEnvelope> load() const { return KeyEnvelope::load(path, CheapPolicy); }
    [[nodiscard]] std::string text(const char* generation = "") const
    {
        return *readSmallFile(path + generation, 1 << 20);
    }
    void write(std::string_view content, const char* generation = "") const
    {
        SLUICE_CHECK(replaceFileDurably(path + generation, content).ok());
    }
};

} // namespace

class tst_KeyEnvelope : public QObject {
    Q_OBJECT

private slots:
    void everyWayInGivesTheKey()
    {
        const Saved saved;
        FakeVault vault;
        {
            auto envelope = saved.load();
            QVERIFY_OK(envelope);
            QVERIFY_OK(envelope->addKeychain(saved.dataKey, vault));
            QVERIFY_OK(envelope->save(saved.path));
        }
        const auto envelope = saved.load();
        QVERIFY_OK(envelope);
        QCOMPARE(envelope->ledgerId(), std::string{"ledger-1"});
        QCOMPARE(envelope->fileSalt(), (FileSalt{1, 2, 3}));
        QVERIFY(*envelope->unlockWithPassphrase(secret("open sesame")) == saved.dataKey);
        QVERIFY(*envelope->unlockWithRecoveryCode(view(saved.recoveryCode)) == saved.dataKey);
        QVERIFY(*envelope->unlockWithKeychain(vault) == saved.dataKey);
        QVERIFY(*envelope->unlockWithKeyFile(saved.dataKey) == saved.dataKey);
        const QByteArray hex
            = QByteArray{reinterpret_cast<const char*>(saved.dataKey.data()), 32}.toHex();
        QVERIFY(*envelope->unlockWithKeyFile(secret((" " + hex.toUpper() + "\r\n").toStdString()))
            == saved.dataKey);
        QVERIFY(saved.text().find(hex.toStdString()) == std::string::npos);
    }

    void aWrongSecretIsNamedSo()
    {
        const Saved saved;
        const auto envelope = saved.load();
        QVERIFY_OK(envelope);
        QCOMPARE(envelope->unlockWithPassphrase(secret("open sesame ")).error().code,
            ErrorCode::WrongPassphrase);
        QCOMPARE(envelope->unlockWithPassphrase({}).error().code, ErrorCode::WrongPassphrase);
        const Saved other;
        QCOMPARE(envelope->unlockWithRecoveryCode(view(other.recoveryCode)).error().code,
            ErrorCode::WrongPassphrase);
        QCOMPARE(envelope->unlockWithRecoveryCode("abc").error().code, ErrorCode::BadInput);
        QCOMPARE(
            envelope->unlockWithKeyFile(other.dataKey).error().code, ErrorCode::WrongPassphrase);
        QCOMPARE(
            envelope->unlockWithKeyFile(secret("too short")).error().code, ErrorCode::BadInput);
        FakeVault vault;
        QCOMPARE(envelope->unlockWithKeychain(vault).error().code, ErrorCode::Locked);
    }

    void eachMachineHasItsOwnKeychainEntry()
    {
        const Saved saved;
        auto envelope = saved.load();
        FakeVault here;
        FakeVault there;
        QVERIFY_OK(envelope->addKeychain(saved.dataKey, there));
        QCOMPARE(envelope->unlockWithKeychain(here).error().code, ErrorCode::Locked);
        QVERIFY_OK(envelope->addKeychain(saved.dataKey, here));
        QVERIFY(*envelope->unlockWithKeychain(here) == saved.dataKey);
        QVERIFY(*envelope->unlockWithKeychain(there) == saved.dataKey);
        here.available = false;
        QCOMPARE(envelope->unlockWithKeychain(here).error().code, ErrorCode::Unavailable);
        QCOMPARE(envelope->addKeychain(saved.dataKey, here).error().code, ErrorCode::Unavailable);
    }

    void aChangedPassphraseEndsTheOldOneInBothGenerations()
    {
        const Saved saved;
        auto envelope = saved.load();
        QVERIFY_OK(envelope->setPassphrase(saved.dataKey, secret("second"), Cheap));
        QVERIFY_OK(envelope->save(saved.path));
        QCOMPARE(saved.text(".1"), saved.text());
        for (const bool damageFirst : {false, true}) {
            if (damageFirst)
                saved.write("{}");
            const auto again = saved.load();
            QCOMPARE(again->isOlderGeneration(), damageFirst);
            QVERIFY(*again->unlockWithPassphrase(secret("second")) == saved.dataKey);
            QCOMPARE(again->unlockWithPassphrase(secret("open sesame")).error().code,
                ErrorCode::WrongPassphrase);
            QVERIFY(*again->unlockWithRecoveryCode(view(saved.recoveryCode)) == saved.dataKey);
        }
    }

    void aRenewedCodeEndsTheOldOne()
    {
        const Saved saved;
        auto envelope = saved.load();
        const SecureBytes code = envelope->renewRecoveryCode(saved.dataKey);
        QVERIFY(*envelope->unlockWithRecoveryCode(view(code)) == saved.dataKey);
        QCOMPARE(envelope->unlockWithRecoveryCode(view(saved.recoveryCode)).error().code,
            ErrorCode::WrongPassphrase);
    }

    void waysCanBeRemovedButNotTheLast()
    {
        const Saved saved;
        auto envelope = saved.load();
        QVERIFY_OK(envelope->removeAll(saved.dataKey, WrapKind::Passphrase));
        QCOMPARE(
            envelope->unlockWithPassphrase(secret("open sesame")).error().code, ErrorCode::Locked);
        QCOMPARE(envelope->removeAll(saved.dataKey, WrapKind::Recovery).error().code,
            ErrorCode::NotAllowed);
        QVERIFY(envelope->has(WrapKind::Recovery));
        QVERIFY(!envelope->setPassphrase(saved.dataKey, {}, Cheap).ok());
    }

    void parametersNeverFall()
    {
        const Saved saved;
        auto envelope = saved.load();
        QVERIFY_OK(envelope->setPassphrase(saved.dataKey, secret("x"), {128 << 10, 2}));
        QVERIFY_OK(envelope->setPassphrase(saved.dataKey, secret("y"), Cheap));
        QVERIFY_OK(envelope->save(saved.path));
        const auto content = parseEnvelope(saved.text(), CheapPolicy);
        QVERIFY_OK(content);
        const auto& wraps = content->wraps;
        const auto found = std::ranges::find(wraps, WrapKind::Passphrase, &KeyWrap::kind);
        QVERIFY(found != wraps.end());
        QCOMPARE(found->kdf, (KdfParameters{128 << 10, 2}));
    }

    void weakOrMonstrousDerivationIsRefused()
    {
        const Saved saved;
        const auto strict = KeyEnvelope::load(saved.path);
        QCOMPARE(strict.error().code, ErrorCode::Damaged);
        QVERIFY(strict.error().what.find("weaker") != std::string::npos);
        auto content = parseEnvelope(saved.text(), CheapPolicy);
        for (KeyWrap& wrap : content->wraps)
            wrap.kdf = {1ULL << 50, 3};
        saved.write(envelopeText(*content));
        saved.write(envelopeText(*content), ".1");
        QVERIFY(KeyEnvelope::load(saved.path, CheapPolicy).error().what.find("more memory")
            != std::string::npos);
    }

    // Whoever can write the file can fix its checksum, but not its MAC.
    void tamperingIsFound_data()
    {
        QTest::addColumn<int>("field");
        QTest::newRow("salt of the file") << 0;
        QTest::newRow("a wrap dropped") << 1;
        QTest::newRow("a wrap doubled") << 2;
        QTest::newRow("ledger id") << 3;
        QTest::newRow("mac") << 4;
        QTest::newRow("cheaper derivation") << 5;
    }
    void tamperingIsFound()
    {
        QFETCH(int, field);
        const Saved saved;
        auto content = parseEnvelope(saved.text(), CheapPolicy);
        QVERIFY_OK(content);
        auto& passphrase = *std::ranges::find(content->wraps, WrapKind::Passphrase, &KeyWrap::kind);
        if (field == 0)
            content->fileSalt[5] ^= 1;
        else if (field == 1)
            std::erase_if(content->wraps,
                [](const KeyWrap& wrap) { return wrap.kind == WrapKind::Recovery; });
        else if (field == 2)
            content->wraps.push_back(KeyWrap{passphrase});
        else if (field == 3)
            content->ledgerId = "ledger-2";
        else if (field == 4)
            content->mac[0] ^= 1;
        else
            passphrase.kdf.passes += 1;
        saved.write(envelopeText(*content));
        const auto envelope = saved.load();
        QVERIFY_OK(envelope);
        QVERIFY(!envelope->isOlderGeneration());
        const auto unlocked = envelope->unlockWithPassphrase(secret("open sesame"));
        // these already change what the wrap is opened with
        const bool bound = field == 3 || field == 5;
        QCOMPARE(unlocked.error().code, bound ? ErrorCode::WrongPassphrase : ErrorCode::Damaged);
        QVERIFY(!envelope->unlockWithKeyFile(saved.dataKey).ok());
    }

    void aWrapOfAnotherKindOrLedgerDoesNotOpen()
    {
        const Saved saved;
        auto content = parseEnvelope(saved.text(), CheapPolicy);
        auto& wraps = content->wraps;
        FakeVault vault;
        QVERIFY_OK(vault.store("entry", saved.dataKey));
        KeyWrap moved = *std::ranges::find(wraps, WrapKind::Recovery, &KeyWrap::kind);
        moved.kind = WrapKind::Keychain;
        moved.entry = "entry";
        wraps.push_back(moved);
        saved.write(envelopeText(*content));
        QVERIFY(!saved.load()->unlockWithKeychain(vault).ok());
    }

    void anyDamageOfTheFirstGenerationIsSurvived()
    {
        const Saved saved;
        const std::string good = saved.text();
        for (std::size_t i = 0; i < good.size(); ++i) {
            std::string bad = good;
            bad[i] = static_cast<char>(bad[i] ^ (1 << (i % 7)));
            auto parsed = parseEnvelope(bad, CheapPolicy);
            // White space between the fields, a digit's case and the name of an unread member may
            // change unnoticed.
            QVERIFY(!parsed.ok() || *parsed == *parseEnvelope(good, CheapPolicy));
            if (i % 16 != 0)
                continue;
            saved.write(bad);
            const auto envelope = saved.load();
            QVERIFY_OK(envelope);
            QVERIFY(*envelope->unlockWithPassphrase(secret("open sesame")) == saved.dataKey);
        }
        for (std::size_t size = 0; size < good.size() - 2; size += 7) {
            saved.write(good.substr(0, size));
            auto envelope = saved.load();
            QVERIFY_OK(envelope);
            QVERIFY(envelope->isOlderGeneration());
        }
        auto envelope = saved.load();
        QVERIFY_OK(envelope->save(saved.path));
        QVERIFY(!saved.load()->isOlderGeneration());
    }

    void bothGenerationsDamagedOrMissing()
    {
        const Saved saved;
        saved.write("");
        saved.write("[]", ".1");
        QCOMPARE(saved.load().error().code, ErrorCode::Damaged);
        QCOMPARE(
            KeyEnvelope::load(saved.path + ".none", CheapPolicy).error().code, ErrorCode::NotFound);
    }

    void aNewerVersionIsNamedAndNotReplaced()
    {
        const Saved saved;
        std::string newer = saved.text();
        const std::size_t at = newer.find("\"v\": 1");
        QVERIFY(at != std::string::npos);
        newer.replace(at, 6, "\"v\": 2");
        saved.write(newer);
        QCOMPARE(saved.load().error().code, ErrorCode::NewerSchema);
    }

    void aFolderThatCannotBeWrittenIsNamedSo()
    {
        const Saved saved;
        auto envelope = saved.load();
        QVERIFY_OK(envelope);
        constexpr auto ReadAll
            = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;
        QVERIFY(QFile::setPermissions(saved.folder.path(), ReadAll));
        Status status;
        {
            const Unprivileged unprivileged;
            status = envelope->save(saved.path);
        }
        QVERIFY(QFile::setPermissions(saved.folder.path(), ReadAll | QFile::WriteOwner));
        QCOMPARE(status.error().code, ErrorCode::ReadOnly);
        QVERIFY_OK(saved.load());
    }

    void anyBytesAreRead_property()
    {
        SeededRandom random{seed(44)};
        const Saved saved;
        const std::string good = saved.text();
        for (int i = 0; i < rounds(20000); ++i) {
            std::string bytes = good;
            const auto changes = static_cast<int>(random.between(1, 8));
            for (int j = 0; j < changes; ++j) {
                const auto at = static_cast<std::size_t>(random.below(bytes.size()));
                switch (random.below(3)) {
                case 0:
                    bytes[at] = static_cast<char>(random.next());
                    break;
                case 1:
                    bytes.erase(at, random.below(40));
                    break;
                default:
                    bytes.insert(at, bytes.substr(random.below(bytes.size()), random.below(40)));
                }
                if (bytes.empty())
                    bytes = "{";
            }
            const auto content = parseEnvelope(bytes, CheapPolicy);
            QVERIFY(!content.ok() || *content == *parseEnvelope(good, CheapPolicy));
        }
    }

    // An envelope written by the first release opens for ever.
    void theFirstReleasesEnvelopeOpens()
    {
        const auto envelope = KeyEnvelope::load(
            SLUICE_SOURCE_DIR "/tests/unit/security/envelope_v1.json", CheapPolicy);
        QVERIFY_OK(envelope);
        const auto key = envelope->unlockWithPassphrase(secret("open sesame"));
        QVERIFY_OK(key);
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(key->data()), 32), QByteArray(32, 'k'));
        QVERIFY(*envelope->unlockWithRecoveryCode("HMFSJ-5DH0X-JB4JN-15EKS-HJETF-RNA3Z-5Q27G-YE847")
            == *key);
    }
};

QTEST_GUILESS_MAIN(tst_KeyEnvelope)
#include "tst_KeyEnvelope.moc"
