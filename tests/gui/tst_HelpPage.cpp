// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Resource.h"
#include "tests/gui/Company.h"
#include "tests/gui/Journey.h"
#include "tests/gui/LongWords.h"
#include "ui/actions/ActionTable.h"
#include "ui/actions/PageTable.h"
#include "ui/kit/SearchText.h"
#include "ui/pages/help/HelpBrowser.h"
#include "ui/pages/help/HelpLibrary.h"

#include <QImage>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextTable>

#include <set>

using namespace sluice;
using namespace sluice::ui;
using sluice::test::Journey;
using sluice::test::messageOf;
using sluice::test::PatienceMs;

// The help: that its links lead somewhere, that words find topics, and that no mouse is needed.
class TestHelpPage : public QObject {
    Q_OBJECT

private slots:
    void init() { test::failOnWarnings(); }
    void cleanup()
    {
        const QString complaint = m_journey ? m_journey->watchdog().complaint() : QString{};
        m_journey.reset();
        QCOMPARE(complaint, QString{});
    }

    void everyLinkActionAndPictureIsThere()
    {
        static const QRegularExpression Link{QStringLiteral("(!?)\\[([^\\]]*)\\]\\(([^)]*)\\)")};
        const ActionRegistry actions;
        const HelpLibrary library{actions};
        std::set<QString> names;
        for (const ActionLine& line : actionTable())
            names.insert(QString::fromLatin1(line.objectName));
        std::set<QString> reached{library.topics().front().id};
        int links = 0;
        for (const HelpTopic& topic : library.topics()) {
            for (auto it = Link.globalMatch(topic.markdown); it.hasNext(); ++links) {
                const auto match = it.next();
                const QString target = match.captured(3);
                const QString where = topic.id + QStringLiteral(": ") + target;
                QVERIFY2(!match.captured(2).isEmpty(), qPrintable(where));
                if (!match.captured(1).isEmpty()) {
                    const auto bytes = resource("help/" + target.toStdString());
                    QVERIFY2(!QImage::fromData(reinterpret_cast<const uchar*>(bytes.data()),
                                 static_cast<int>(bytes.size()))
                                  .isNull(),
                        qPrintable(where));
                } else if (target.startsWith(QStringLiteral("action:"))) {
                    QVERIFY2(names.contains(target.mid(7)), qPrintable(where));
                } else {
                    QVERIFY2(target.endsWith(QStringLiteral(".md")), qPrintable(where));
                    QVERIFY2(library.find(target.chopped(3)), qPrintable(where));
                    reached.insert(target.chopped(3));
                }
            }
        }
        QVERIFY(links > 60);
        // each file is a topic, and one comes to each of them by links
        for (const std::string_view path : resourcePaths()) {
            if (path.starts_with("help/") && path.ends_with(".md")) {
                const QString id = QString::fromStdString(std::string{path.substr(5)}).chopped(3);
                QVERIFY2(library.find(id), qPrintable(id));
            }
        }
    }

    void everyPageHasATopic()
    {
        const ActionRegistry actions;
        const HelpLibrary library{actions};
        for (const PageId page : {PageId::Start, PageId::Create, PageId::Unlock})
            QVERIFY(library.find(helpTopicOf(page)));
        for (const PageLine& line : pageTable())
            QVERIFY2(library.find(helpTopicOf(line.page)),
                qPrintable(actions.action(line.go)->objectName()));
    }

    void theKeyboardMapIsThatOfTheActions()
    {
        const ActionRegistry actions;
        actions.action(ActionId::LockLedger)->setShortcut(QKeySequence{Qt::Key_F9});
        const QString text = HelpLibrary{actions}.find(QStringLiteral("keyboard"))->markdown;
        QVERIFY(text.contains(QStringLiteral("| [Lock](action:lockLedger) | F9 |")));
        for (const ActionLine& line : actionTable())
            QVERIFY2(text.contains(
                         QStringLiteral("](action:%1) |").arg(QLatin1StringView{line.objectName})),
                line.objectName);
        QVERIFY(!text.contains(QStringLiteral("{{")));
    }

    void theBestTopicComesFirst_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("topic");
        const auto row = [](const char* words, const char* topic) {
            QTest::newRow(words) << QString::fromUtf8(words) << QString::fromLatin1(topic);
        };
        row("first import", "first-import");
        row("spend map", "spend-map");
        row("figure comes", "where-from");
        row("quarantine", "imports");
        row("RESTATEMENT", "restatements");
        row("recovery", "locking");
        row("backup", "backup");
        row("filter", "filter");
        row("keyboard", "keyboard");
        row("promised", "threats");
        row("freshness", "periods");
        row("rules", "ownership");
        row("glossary", "glossary");
        row("swap hibernation", "threats"); // in its text alone
    }
    void theBestTopicComesFirst()
    {
        QFETCH(QString, words);
        const ActionRegistry actions;
        const HelpLibrary library{actions};
        const auto hits = library.search(searchWords(words));
        QVERIFY(!hits.empty());
        QTEST(library.topics()[hits.front().topic].id, "topic");
        for (std::size_t i = 1; i < hits.size(); ++i)
            QVERIFY(hits[i - 1].rank >= hits[i].rank);
        QCOMPARE(library.search({}).size(), library.topics().size());
        QVERIFY(library.search(searchWords(words + QStringLiteral(" qqq"))).empty());
    }

    void f1OpensTheTopicOfThePage()
    {
        m_journey = std::make_unique<Journey>();
        m_journey->press(Qt::Key_F1);
        QCOMPARE(window().page(), PageId::Help);
        QCOMPARE(topic(), QStringLiteral("first-import"));
        QTest::mouseClick(m_journey->find<QPushButton>("wayBack"), Qt::LeftButton);
        QCOMPARE(window().page(), PageId::Start);
        m_journey->openLedger(m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("company.sluice"), test::fillCompany);
        }));
        for (const PageLine& line : pageTable()) {
            (*m_journey)->action(line.go)->trigger();
            QCOMPARE(window().page(), line.page);
            QTest::qWait(1); // a place that one was at
            m_journey->press(Qt::Key_F1);
            QCOMPARE(window().page(), PageId::Help);
            if (line.page != PageId::Help)
                QCOMPARE(topic(), helpTopicOf(line.page));
        }
        (*m_journey)->action(ActionId::GoBack)->trigger();
        QVERIFY(window().page() != PageId::Help);
    }

    void findReadAndFollowWithoutAMouse()
    {
        m_journey = std::make_unique<Journey>();
        m_journey->press(Qt::Key_F1);
        auto* search = m_journey->find<QLineEdit>("helpSearch");
        auto* list = m_journey->find<QListWidget>("helpTopics");
        auto* text = m_journey->find<HelpBrowser>("helpText");
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, QStringLiteral("recovery code"));
        QCOMPARE(topic(), QStringLiteral("locking"));
        QTRY_VERIFY(!text->extraSelections().isEmpty());
        m_journey->press(Qt::Key_Down);
        QVERIFY(list->hasFocus());
        m_journey->press(Qt::Key_Down);
        QVERIFY(topic() != QStringLiteral("locking"));
        m_journey->press(Qt::Key_Up);
        QTest::qWait(20); // until it is shown
        m_journey->press(Qt::Key_Return);
        QVERIFY(text->hasFocus());
        m_journey->press(Qt::Key_Tab); // to the first link, which locks
        m_journey->press(Qt::Key_Return);
        QCOMPARE(messageOf(m_journey->find<QWidget>("helpPage")),
            QStringLiteral("\u201CLock\u201D is not possible right now."));
        m_journey->press(Qt::Key_Tab); // to the settings
        m_journey->press(Qt::Key_Return);
        QCOMPARE(window().page(), PageId::Settings);
        m_journey->press(Qt::Key_F1);
        QCOMPARE(topic(), QStringLiteral("settings"));
        QTest::keyClicks(search, QStringLiteral("no such words"));
        QCOMPARE(list->count(), 0);
        QVERIFY(m_journey->find<QLabel>("helpNothing")->isVisible());
        m_journey->press(Qt::Key_Escape);
        QVERIFY(list->count() > 10);
    }

    void linksLeadToTopics()
    {
        m_journey = std::make_unique<Journey>();
        m_journey->press(Qt::Key_F1);
        auto* text = m_journey->find<HelpBrowser>("helpText");
        emit text->anchorClicked(QUrl{QStringLiteral("locking.md")});
        QCOMPARE(topic(), QStringLiteral("locking"));
        m_journey->unwatched([&] { // to colour the whole window anew is one call of Qt
            emit text->anchorClicked(QUrl{QStringLiteral("action:themeDark")});
            QVERIFY(themeOf(window().palette()).isDark());
            QCOMPARE(topic(), QStringLiteral("locking")); // it stays, in other colours
            window().setThemeChoice(ThemeChoice::System);
        });
    }

    void everythingHasAName()
    {
        m_journey = std::make_unique<Journey>();
        m_journey->press(Qt::Key_F1);
        for (const char* name : {"helpSearch", "helpTopics", "helpText"})
            QVERIFY2(!m_journey->find<QWidget>(name)->accessibleName().isEmpty(), name);
        QCOMPARE(m_journey->find<QWidget>("helpText")->accessibleDescription(),
            QStringLiteral("Your first import"));
    }

    // No topic is wider than the smallest window has room for.
    void everyTopicFitsASmallWindow()
    {
        const test::LongWords language;
        m_journey = std::make_unique<Journey>();
        window().resize(1024, 640);
        m_journey->press(Qt::Key_F1);
        auto* list = m_journey->find<QListWidget>("helpTopics");
        auto* text = m_journey->find<HelpBrowser>("helpText");
        QTest::qWait(50);
        QVERIFY(window().width() <= 1024);
        for (int row = 0; row < list->count(); ++row) {
            list->setCurrentRow(row);
            QTest::qWait(20);
            const auto fits = [text] { return text->horizontalScrollBar()->maximum() == 0; };
            QVERIFY2(QTest::qWaitFor(fits, 2'000), qPrintable(list->item(row)->text()));
        }
    }

private:
    MainWindow& window() { return m_journey->window(); }
    QString topic()
    {
        const QListWidgetItem* item = m_journey->find<QListWidget>("helpTopics")->currentItem();
        return item ? item->data(Qt::UserRole).toString() : QString{};
    }

    std::unique_ptr<Journey> m_journey;
};

QTEST_MAIN(TestHelpPage)
#include "tst_HelpPage.moc"
