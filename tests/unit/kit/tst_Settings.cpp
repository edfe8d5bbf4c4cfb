// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Gui.h"
#include "ui/kit/Comfort.h"
#include "ui/kit/DataTable.h"
#include "ui/kit/Fonts.h"
#include "ui/kit/Language.h"
#include "ui/kit/MineralStyle.h"
#include "ui/kit/SearchText.h"
#include "ui/kit/SecretClipboard.h"
#include "ui/kit/SettingStore.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <set>

using namespace sluice;
using namespace sluice::ui;

class TestSettings : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        test::failOnWarnings();
        m_settings = std::make_unique<QSettings>(
            m_folder.filePath(QStringLiteral("%1.ini").arg(++m_files)), QSettings::IniFormat);
    }

    void eachLineOfTheTableMakesSense()
    {
        std::set<QString> keys;
        std::size_t i = 0;
        for (const SettingLine& line : settingTable()) {
            QCOMPARE(static_cast<std::size_t>(line.id), i++);
            QVERIFY2(keys.insert(QString::fromLatin1(line.key)).second, line.key);
            QVERIFY2(!settingText(line.id).isEmpty() && !settingHelp(line.id).isEmpty(), line.key);
            const QString standard = QString::fromLatin1(line.standard);
            QVERIFY2(isSettingValue(line.id, standard), line.key);
            QVERIFY2(!settingValueText(line.id, standard).isEmpty(), line.key);
            QVERIFY2(!isSettingValue(line.id, QStringLiteral("nonsense")), line.key);
            QVERIFY2(!isSettingValue(line.id, {}), line.key);
            QCOMPARE(settingChoices(line.id).empty(), line.kind != SettingKind::Choice);
            for (const SettingChoice& choice : settingChoices(line.id))
                QVERIFY2(isSettingValue(line.id, choice.value) && !choice.text.isEmpty(), line.key);
        }
        QVERIFY(!isSettingValue(SettingId::IdleMinutes, QStringLiteral("0")));
        QVERIFY(isSettingValue(SettingId::IdleMinutes, QStringLiteral("480")));
        QVERIFY(!isSettingValue(SettingId::IdleMinutes, QStringLiteral("481")));
        for (const SettingGroup group : {SettingGroup::Appearance, SettingGroup::Data})
            QVERIFY(!groupText(group).isEmpty());
    }

    void whatIsChosenIsKeptAndCanBeReset()
    {
        for (const SettingLine& line : settingTable()) {
            SettingStore store{*m_settings};
            QSignalSpy changed{&store, &SettingStore::changed};
            const QString other = otherValue(line);
            QVERIFY2(!store.isChanged(line.id), line.key);
            QVERIFY2(store.set(line.id, other), line.key);
            QCOMPARE(changed.size(), 1);
            QVERIFY(store.set(line.id, other)); // the same again is nothing new
            QCOMPARE(changed.size(), 1);
            QVERIFY(!store.set(line.id, QStringLiteral("nonsense")));
            QVERIFY2(store.isChanged(line.id), line.key);
            QCOMPARE(SettingStore{*m_settings}.value(line.id), other);
            store.reset(line.id);
            QCOMPARE(changed.size(), 2);
            QVERIFY2(!m_settings->contains(QString::fromLatin1(line.key)), line.key);
            QCOMPARE(store.value(line.id), QString::fromLatin1(line.standard));
        }
    }

    void whatMakesNoSenseCountsAsNotChosen()
    {
        m_settings->setValue(QStringLiteral("security/idleMinutes"), 100'000);
        m_settings->setValue(QStringLiteral("formats/numbers"), QStringLiteral("xx_YY"));
        const SettingStore store{*m_settings};
        QCOMPARE(store.number(SettingId::IdleMinutes), 10);
        QCOMPARE(store.value(SettingId::NumberFormat), QStringLiteral("system"));
        QVERIFY(!store.isChanged(SettingId::IdleMinutes));
    }

    void theThemeOfTheFirstVersionIsTakenOver_data()
    {
        QTest::addColumn<int>("kept");
        QTest::addColumn<QString>("word");
        QTest::newRow("system") << 0 << QStringLiteral("system");
        QTest::newRow("light") << 1 << QStringLiteral("light");
        QTest::newRow("dark") << 2 << QStringLiteral("dark");
        QTest::newRow("nonsense") << 7 << QStringLiteral("system");
    }
    void theThemeOfTheFirstVersionIsTakenOver()
    {
        QFETCH(int, kept);
        m_settings->setValue(QStringLiteral("theme"), kept);
        m_settings->setValue(QStringLiteral("geometry"), QByteArray{"as it was"});
        const SettingStore store{*m_settings};
        QTEST(store.value(SettingId::Theme), "word");
        QVERIFY(!m_settings->contains(QStringLiteral("theme")));
        QCOMPARE(
            m_settings->value(QStringLiteral("geometry")).toByteArray(), QByteArray{"as it was"});
    }

    void rowsFollowAtOnce()
    {
        DataTable table;
        const int normal = table.verticalHeader()->defaultSectionSize();
        QCOMPARE(normal, heightOfRow(table.fontMetrics()));
        setRowRoom(RowRoom::Roomy);
        QVERIFY(table.verticalHeader()->defaultSectionSize() > normal);
        setRowRoom(RowRoom::Compact);
        QVERIFY(table.verticalHeader()->defaultSectionSize() < normal);
        setRowRoom(RowRoom::Normal);
        QCOMPARE(table.verticalHeader()->defaultSectionSize(), normal);
    }

    void textsFollowAtOnceAndComeBack()
    {
        QWidget window;
        QLabel body{&window};
        QLabel heading{&window};
        heading.setFont(sized(window.font(), TextSize::Page));
        window.show();
        const qreal before = body.font().pointSizeF();
        const qreal large = heading.font().pointSizeF();
        setTextSize(150);
        QVERIFY(qAbs(body.font().pointSizeF() - 1.5 * before) < 0.1);
        QVERIFY(qAbs(heading.font().pointSizeF() - 1.5 * large) < 0.1);
        setTextSize(90);
        setTextSize(100);
        QVERIFY(qAbs(body.font().pointSizeF() - before) < 0.1);
        QVERIFY(qAbs(heading.font().pointSizeF() - large) < 0.1);
    }

    void reducedMotionStopsStyleAndCursor()
    {
        const MineralStyle style;
        const int flash = QApplication::cursorFlashTime();
        setReducedMotion(true);
        QVERIFY(reducedMotion());
        QCOMPARE(
            style.styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, nullptr, nullptr), 0);
        QCOMPARE(QApplication::cursorFlashTime(), 0);
        setReducedMotion(false);
        QCOMPARE(QApplication::cursorFlashTime(), flash);
    }

    void aCopiedSecretGoesAgain()
    {
        setSecretLifetime(std::chrono::milliseconds{40});
        QClipboard* clipboard = QGuiApplication::clipboard();
        copySecret(QStringLiteral("4QK7M-X2D9T"));
        QCOMPARE(clipboard->text(), QStringLiteral("4QK7M-X2D9T"));
        QTRY_VERIFY(clipboard->text().isEmpty());

        copySecret(QStringLiteral("4QK7M-X2D9T"));
        clipboard->setText(QStringLiteral("something else"));
        QTest::qWait(120);
        QCOMPARE(clipboard->text(), QStringLiteral("something else")); // is nobody's secret
        setSecretLifetime(std::chrono::seconds{30});
    }

    void languagesAreThoseThatAreThere()
    {
        const auto languages = installedLanguages();
        QCOMPARE(languages.front().code, QStringLiteral("en"));
        QCOMPARE(languageFor(QStringLiteral("system"), QLocale{QStringLiteral("en_GB")}),
            QStringLiteral("en"));
        QCOMPARE(languageFor(QStringLiteral("tlh"), QLocale::c()), QStringLiteral("en"));
        for (const LanguageLine& line : languages) {
            QCOMPARE(languageFor(line.code, QLocale::c()), line.code);
            QVERIFY(!line.ownName.isEmpty());
        }
    }

    void searchingMindsNeitherCaseNorAccents()
    {
        QCOMPARE(searchWords(QStringLiteral("  Größe  DÉCIMALE ")),
            (QStringList{QStringLiteral("grosse"), QStringLiteral("decimale")}));
        QVERIFY(searchWords(QStringLiteral("  ")).isEmpty());
    }

private:
    static QString otherValue(const SettingLine& line)
    {
        if (line.kind == SettingKind::Flag)
            return QString::fromLatin1(line.standard) == QStringLiteral("true")
                ? QStringLiteral("false")
                : QStringLiteral("true");
        return line.kind == SettingKind::Number ? QString::number(line.most)
                                                : settingChoices(line.id).back().value;
    }

    QTemporaryDir m_folder;
    int m_files{0};
    std::unique_ptr<QSettings> m_settings;
};

QTEST_MAIN(TestSettings)
#include "tst_Settings.moc"
