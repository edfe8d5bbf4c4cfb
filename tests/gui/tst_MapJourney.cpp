// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/Company.h"
#include "tests/gui/Journey.h"
#include "ui/charts/Treemap.h"
#include "ui/kit/FigureButton.h"
#include "ui/kit/Picker.h"
#include "ui/kit/RowTree.h"
#include "ui/models/SpendTreeModel.h"
#include "ui/pages/spendmap/SpendMapPage.h"

#include <QHeaderView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

using namespace sluice;
using namespace sluice::ui;
using sluice::test::Journey;
using sluice::test::PatienceMs;

namespace {

QStringList namesOf(const std::vector<DrillStep>& drill)
{
    QStringList names;
    for (const DrillStep& step : drill)
        names << step.name;
    return names;
}

} // namespace

// From the whole company's spend down to one model, by keyboard and by mouse, and back.
class TestMapJourney : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_journey = std::make_unique<Journey>();
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("marlow.sluice"), test::fillCompany);
        });
        m_journey->openLedger(path);
        m_map = m_journey->find<Treemap>("treemap");
        m_table = m_journey->find<RowTree>("spendTable");
        m_total = m_journey->find<FigureButton>("totalFigure");
        QTRY_VERIFY_WITH_TIMEOUT(!m_map->shapes().empty(), PatienceMs);
    }
    void init()
    {
        test::failOnWarnings();
        m_journey->watchdog().reset();
    }
    void cleanup() { QCOMPARE(m_journey->watchdog().complaint(), QString{}); }
    void cleanupTestCase() { m_journey.reset(); }

    void itOpensOnTheLastWholeMonth()
    {
        QCOMPARE(view().periodName(), QStringLiteral("Oct 2026"));
        QCOMPARE(m_total->value(), QStringLiteral("USD\u00A01,297.25"));
        QVERIFY(m_total->note().contains(QStringLiteral("8 charges")));
        QVERIFY(shapeNames().contains(QStringLiteral("Product inference")));
        QVERIFY(m_map->hasFocus());
    }

    void theWayDownByKeyboardAndBackUp()
    {
        QAction* up = (*m_journey)->action(ActionId::GoUp);
        QVERIFY(!up->isEnabled());
        enter(QStringLiteral("Product inference"));
        QCOMPARE(namesOf(view().drill()), QStringList{QStringLiteral("Product inference")});
        QVERIFY(up->isEnabled());
        enter(QStringLiteral("Search ranking"));
        QVERIFY(namesOf(view().drill()).contains(QStringLiteral("Search ranking")));
        QCOMPARE(m_total->value(), QStringLiteral("USD\u00A0520.75"));
        enter(QStringLiteral("Large")); // the last level: its charges
        QTRY_COMPARE(window().page(), PageId::Charges);
        auto* charges = m_journey->find<QTableView>("chargesTable");
        QTRY_COMPARE_WITH_TIMEOUT(charges->model()->rowCount(), 1, PatienceMs);
        QVERIFY(charges->hasFocus());
        QCOMPARE(charges->currentIndex().row(), 0); // what Enter opens
        QVERIFY(up->isEnabled());

        m_journey->press(Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(window().page(), PageId::Map);
        while (!view().drill().empty()) {
            const auto before = view().drill().size();
            waitForAnswer([this] { m_journey->press(Qt::Key_Backspace); });
            QCOMPARE(view().drill().size(), before - 1);
        }
        QVERIFY(!up->isEnabled());
        QCOMPARE(m_total->value(), QStringLiteral("USD\u00A01,297.25"));
        QVERIFY2(m_map->current().has_value(), "the keyboard has no tile to go on from");
    }

    void upIsOffAsSoonAsOneIsAtTheTop()
    {
        QAction* up = (*m_journey)->action(ActionId::GoUp);
        enter(QStringLiteral("Product inference"));
        QSignalSpy answered{page(), &SpendMapPage::answered};
        m_journey->press(Qt::Key_Up, Qt::AltModifier);
        QVERIFY(view().drill().empty());
        QVERIFY(!up->isEnabled()); // before the answer is there
        QVERIFY(answered.wait(PatienceMs));
        QVERIFY(!up->isEnabled());
        // where one came from
        QCOMPARE(m_map->shapes()[*m_map->current()].name, QStringLiteral("Product inference"));
    }

    void theWayDownByMouseAndBackByTheBreadcrumb()
    {
        const auto& shapes = m_map->shapes();
        const auto leaf
            = std::ranges::find(shapes, QStringLiteral("Research Lab"), &ChartShape::name);
        QVERIFY(leaf != shapes.end());
        const QPoint where = leaf->rect.center().toPoint();
        waitForAnswer([&] { QTest::mouseDClick(m_map, Qt::LeftButton, {}, where); });
        QCOMPARE(view().drill().size(), std::size_t{2});
        QCOMPARE(view().drill().back().name, QStringLiteral("Research Lab"));
        waitForAnswer([this] {
            QTest::mouseClick(m_journey->find<QPushButton>("breadcrumb0"), Qt::LeftButton);
        });
        QVERIFY(view().drill().empty());
    }

    void aTileIsExplainedFromItsMenu()
    {
        m_map->setCurrent(0);
        const QPoint where = m_map->shapes()[0].rect.center().toPoint();
        QContextMenuEvent event{QContextMenuEvent::Mouse, where, m_map->mapToGlobal(where)};
        QCoreApplication::sendEvent(m_map, &event);
        auto* menu = m_map->findChild<QMenu*>(QStringLiteral("chartMenu"));
        QVERIFY(menu);
        QAction* source = menu->actions().at(2);
        QCOMPARE(source->text(), QStringLiteral("Where does this come from?"));
        source->trigger();
        menu->close();
        m_journey->comeBack();
        QVERIFY(m_journey->find<QWidget>("provenancePanel")->isVisible());
        m_journey->press(Qt::Key_Escape);
        QTRY_VERIFY(!m_journey->find<QWidget>("provenancePanel")->isVisible());
        QVERIFY(m_map->hasFocus());
    }

    void thePeriodPickerOpensByKeyAndChooses()
    {
        auto* picker = m_journey->find<Picker>("periodPicker");
        picker->setFocus();
        QTest::keyClick(picker, Qt::Key_Space);
        QTRY_VERIFY(picker->choices()->isVisible());
        QCOMPARE(picker->choices()->activeAction()->text(), QStringLiteral("Oct 2026"));
        waitForAnswer([&] {
            QTest::keyClick(picker->choices(), Qt::Key_Down);
            QTest::keyClick(picker->choices(), Qt::Key_Return);
        });
        QVERIFY(!picker->choices()->isVisible());
        m_journey->comeBack();
        QCOMPARE(view().periodName(), QStringLiteral("Sep 2026"));
        QVERIFY(picker->text().contains(QStringLiteral("Sep 2026")));
        choose("periodPicker", QStringLiteral("Q4 2026"));
        QCOMPARE(m_total->value(), QStringLiteral("USD\u00A02,594.50"));
        choose("periodPicker", QStringLiteral("All days"));
        QCOMPARE(m_total->value(), QStringLiteral("USD\u00A03,891.75"));
        choose("periodPicker", QStringLiteral("Oct 2026"));
        waitForAnswer([this] { (*m_journey)->action(ActionId::PreviousPeriod)->trigger(); });
        waitForAnswer([this] { (*m_journey)->action(ActionId::NextPeriod)->trigger(); });
        QCOMPARE(view().periodName(), QStringLiteral("Oct 2026"));
    }

    void freshnessIsThatOfThePeriod()
    {
        QTRY_COMPARE_WITH_TIMEOUT(
            m_journey->text("periodFreshness"), QStringLiteral("Final"), PatienceMs);
        QTRY_VERIFY(m_total->note().endsWith(QStringLiteral("final")));
        choose("periodPicker", QStringLiteral("Nov 2026"));
        // Its bills come on a few days of each month: ten days later nothing is late.
        QTRY_COMPARE_WITH_TIMEOUT(
            m_journey->text("periodFreshness"), QStringLiteral("Preliminary"), PatienceMs);
        QTRY_VERIFY(m_total->note().endsWith(QStringLiteral("preliminary")));
        waitForAnswer([this] { (*m_journey)->action(ActionId::NextPeriod)->trigger(); });
        QTRY_COMPARE_WITH_TIMEOUT(
            m_journey->text("periodFreshness"), QStringLiteral("No data"), PatienceMs);
        // unknown, not nothing
        const auto* empty = page()->findChild<QWidget*>(QStringLiteral("emptyState"));
        QVERIFY(empty->isVisible());
        QCOMPARE(
            empty->findChildren<QLabel*>().at(0)->text(), QStringLiteral("No data for Dec 2026"));
        QCOMPARE(empty->findChildren<QLabel*>().at(1)->text(),
            QStringLiteral("The latest data are of Nov 2026."));
        waitForAnswer(
            [empty] { empty->findChild<QPushButton*>(QStringLiteral("emptyPrimary"))->click(); });
        QCOMPARE(view().periodName(), QStringLiteral("Nov 2026"));
        choose("periodPicker", QStringLiteral("Oct 2026"));
    }

    void theMeasurePickerChangesTheFigures()
    {
        choose("measurePicker", QStringLiteral("List cost"));
        QCOMPARE(view().measure(), Measure::ListCost);
        QCOMPARE(m_total->value(), QStringLiteral("USD\u00A01,297.31"));
        choose("measurePicker", QStringLiteral("Billed cost"));
        QCOMPARE(m_total->value(), QStringLiteral("USD\u00A01,297.25"));
    }

    void groupsAndColoursAreChosen()
    {
        choose("groupPicker", QStringLiteral("Unit \u203A Category"));
        QVERIFY(shapeNames().contains(QStringLiteral("Research Lab")));
        QVERIFY(m_map->accessibleName().contains(QStringLiteral("Unit")));
        auto* colour = m_journey->find<Picker>("colourPicker");
        // colours are those of units now
        QVERIFY2(colour->text().contains(QStringLiteral("Group")), qPrintable(colour->text()));
        choose("groupPicker", QStringLiteral("Category \u203A Unit \u203A Workflow"));
        QVERIFY2(colour->text().contains(QStringLiteral("Category")), qPrintable(colour->text()));
        actionOf(colour, QStringLiteral("Change"))->trigger();
        QVERIFY(colour->text().contains(QStringLiteral("Change")));
        QVERIFY(m_journey->find<QWidget>("changeLegend")->isVisible());
        actionOf(colour, QStringLiteral("Category"))->trigger();
    }

    // The table says what the map says, and to the cent.
    void theTableTwinHasTheSameNumbers()
    {
        m_map->setFocus();
        m_journey->press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(m_table->isVisible());
        QVERIFY(m_table->hasFocus());
        const QAbstractItemModel* model = m_table->model();
        QStringList inTable;
        for (int row = 0; row < model->rowCount(); ++row) {
            const QModelIndex group = model->index(row, 0);
            for (int child = 0; child < model->rowCount(group); ++child)
                inTable << model->index(child, 0, group).data().toString();
            inTable << group.data().toString();
        }
        for (const Treemap::Tile& tile : m_map->tiles()) {
            if (!tile.item)
                continue;
            QVERIFY2(inTable.contains(tile.item->name), qPrintable(tile.item->name));
            const auto* tree = static_cast<const SpendTreeModel*>(model);
            const QModelIndex row = tree->indexOfKey(tile.item->key);
            QVERIFY(row.isValid());
            QVERIFY(tree->node(row)->amount == tile.item->amount);
            QCOMPARE(tile.item->card.front().value,
                QStringLiteral("USD\u00A0")
                    + row.siblingAtColumn(SpendTreeModel::AmountColumn).data().toString());
        }
        m_table->setCurrentIndex(model->index(0, 0));
        waitForAnswer([this] { m_journey->press(Qt::Key_Return); });
        QCOMPARE(view().drill().size(), std::size_t{1});
        waitForAnswer([this] { m_journey->press(Qt::Key_Backspace); });
        QVERIFY(view().drill().empty());
        m_journey->press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(m_map->isVisible());
    }

    // With the drawer beside it and in the least window names can still be read, and no heading or
    // figure is cut.
    void theTableTwinCanBeReadInLittleRoom()
    {
        (*m_journey)->action(ActionId::ToggleTable)->trigger();
        const auto readable = [this] {
            QTest::qWait(50);
            const QFontMetrics metrics = m_table->fontMetrics();
            QVERIFY(m_table->isVisible());
            QVERIFY(m_table->columnWidth(0) >= 24 * metrics.horizontalAdvance(u'0'));
            for (int column = 1; column < m_table->model()->columnCount(); ++column)
                QVERIFY2(m_table->header()->sectionSizeHint(column) <= m_table->columnWidth(column),
                    qPrintable(m_table->model()->headerData(column, Qt::Horizontal).toString()));
        };
        (*m_journey)->action(ActionId::ToggleDrawer)->trigger();
        readable();
        for (const char* name : {"totalFigure", "coverage_owner", "coverage_cost_centre"}) {
            const auto* figure = m_journey->find<FigureButton>(name);
            const FigureButton::Shown shown = figure->shownIn(figure->width());
            QVERIFY2(
                figure->width() >= figure->minimumSizeHint().width() && !shown.caption.isEmpty(),
                name);
        }
        (*m_journey)->action(ActionId::ToggleDrawer)->trigger();
        window().resize(1024, 640);
        readable();
        window().resize(1280, 800);
        (*m_journey)->action(ActionId::ToggleTable)->trigger();
    }

    // On a small screen the window is smaller than it asks for.
    void thePickersAreWholeOnASmallScreen()
    {
        const QSize least = window().minimumSize();
        window().setMinimumSize(0, 0);
        window().resize(800, 600);
        QTest::qWait(50);
        for (const char* name : {"periodPicker", "measurePicker"}) {
            const auto* picker = m_journey->find<Picker>(name);
            QVERIFY2(picker->isVisible() && picker->width() >= picker->sizeHint().width(), name);
        }
        window().setMinimumSize(least);
        window().resize(1280, 800);
    }

    void creditsAreListedNotDrawn()
    {
        auto* credits = m_journey->find<QPushButton>("credits");
        QVERIFY(credits->isVisible());
        QVERIFY2(credits->text().startsWith(
                     QStringLiteral("Drawn: USD\u00A01.3k. Credits, not drawn: USD\u00A0"))
                && credits->text().endsWith(QStringLiteral("20.50")),
            qPrintable(credits->text()));
        QTest::mouseClick(credits, Qt::LeftButton);
        QTRY_VERIFY(m_table->isVisible());
        // in its place: the rows of the table add up to the total
        const auto* model = static_cast<const SpendTreeModel*>(m_table->model());
        QVERIFY(model->node(m_table->currentIndex())->amount < 0);
        Int128 sum = 0;
        for (int row = 0; row < model->rowCount(); ++row)
            sum += model->node(model->index(row, 0))->amount;
        QCOMPARE(QStringLiteral("USD\u00A0") + MoneyText{}.plain(sum, Currency::literal("USD")),
            m_total->value());
        (*m_journey)->action(ActionId::ToggleTable)->trigger();
        QVERIFY(m_map->isVisible());
    }

private:
    MainWindow& window() { return m_journey->window(); }
    ViewContext& view() { return window().view(); }
    SpendMapPage* page() const { return m_journey->find<SpendMapPage>("spendMapPage"); }
    QStringList shapeNames() const
    {
        QStringList names;
        for (const ChartShape& shape : m_map->shapes())
            names << shape.name;
        return names;
    }
    template <class Do>
    void waitForAnswer(Do act)
    {
        QSignalSpy answered{page(), &SpendMapPage::answered};
        act();
        QVERIFY(answered.count() > 0 || answered.wait(PatienceMs));
    }
    // Types the tile's name and opens it.
    void enter(const QString& name)
    {
        m_map->setFocus();
        QTest::keyClicks(m_map, name);
        QVERIFY(m_map->current());
        QCOMPARE(m_map->shapes()[*m_map->current()].name, name);
        QTest::qWait(0);
        QSignalSpy changed{&view(), &ViewContext::changed};
        QSignalSpy answered{page(), &SpendMapPage::answered};
        m_journey->press(Qt::Key_Return);
        QCOMPARE(changed.count(), 1);
        if (window().page() == PageId::Map)
            QVERIFY(answered.count() > 0 || answered.wait(PatienceMs));
    }
    static QAction* actionOf(const Picker* picker, const QString& text)
    {
        const auto actions = picker->choices()->actions();
        const auto found = std::ranges::find(
            actions, text, [](const QAction* action) { return action->text(); });
        return found == actions.end() ? nullptr : *found;
    }
    void choose(const char* picker, const QString& text)
    {
        QAction* action = actionOf(m_journey->find<Picker>(picker), text);
        QVERIFY2(action, qPrintable(text));
        waitForAnswer([action] { action->trigger(); });
    }

    std::unique_ptr<Journey> m_journey;
    Treemap* m_map{nullptr};
    RowTree* m_table{nullptr};
    FigureButton* m_total{nullptr};
};

QTEST_MAIN(TestMapJourney)
#include "tst_MapJourney.moc"
