// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Random.h"
#include "tests/support/Gui.h"
#include "tests/support/Seed.h"
#include "ui/charts/Neighbour.h"
#include "ui/charts/Treemap.h"
#include "ui/kit/Theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QPainter>
#include <QSignalSpy>

#include <deque>
#include <set>

using namespace sluice;
using namespace sluice::ui;

namespace {

TreemapItem leaf(const QString& key, const QString& name, Int128 amount, int slot)
{
    TreemapItem item;
    item.key = key;
    item.name = name;
    item.amount = amount;
    item.value = QString::number(static_cast<qlonglong>(amount));
    item.spoken = name + QStringLiteral(", ") + item.value;
    item.card = {{QStringLiteral("Spend"), item.value}};
    item.slot = slot;
    return item;
}

std::vector<TreemapItem> sampleGroups()
{
    const char* const names[]{
        "Infrastructure", "Product inference", "Internal tools", "Agents", "Evaluation"};
    const int sizes[]{6, 6, 5, 3, 2};
    std::vector<TreemapItem> groups;
    for (int g = 0; g < 5; ++g) {
        const QString name = QString::fromLatin1(names[g]);
        TreemapItem group = leaf(name, name, 0, g);
        for (int i = 0; i < sizes[g]; ++i) {
            group.children.push_back(leaf(name + QStringLiteral("/%1").arg(i),
                QStringLiteral("Workflow %1").arg(i), 9000 / ((g + 1) * (i + 1)), g));
            group.amount += group.children.back().amount;
        }
        groups.push_back(group);
    }
    TreemapItem none = leaf(QStringLiteral("(none)"), QStringLiteral("Unattributed"), 20, 7);
    none.unattributed = true;
    groups.push_back(none);
    return groups;
}

} // namespace

class TestTreemap : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light, {}); }
    void init() { test::failOnWarnings(); }

    void everyTileIsDrawnOnceInsideItsGroup()
    {
        Treemap map;
        map.resize(1200, 700);
        map.show(sampleGroups(),
            [](Int128 amount) { return QString::number(static_cast<qlonglong>(amount)); });
        map.grab();
        const Treemap::Tile* group = nullptr;
        int leaves = 0;
        for (const Treemap::Tile& tile : map.tiles()) {
            QVERIFY(QRectF{map.rect()}.contains(tile.rect));
            if (tile.kind == Treemap::Tile::Kind::Group)
                group = &tile;
            else if (group && tile.item && !tile.item->unattributed)
                QVERIFY(group->rect.contains(tile.rect));
            leaves += tile.kind == Treemap::Tile::Kind::Leaf ? 1 : 0;
        }
        QCOMPARE(leaves, 6 + 6 + 5 + 3 + 2 + 1);
        // last, though it is only 0.05 % of the whole
        QVERIFY(map.tiles().back().item->unattributed);
        QVERIFY(map.tiles().back().rect.width() >= 10 && map.tiles().back().rect.height() >= 10);
    }

    void smallTilesFoldAndKeepTheirSum()
    {
        std::vector<TreemapItem> groups{leaf(QStringLiteral("g"), QStringLiteral("Group"), 0, 0)};
        for (int i = 0; i < 400; ++i) {
            groups[0].children.push_back(leaf(QStringLiteral("g/%1").arg(i),
                QStringLiteral("W%1").arg(i), i < 5 ? 10'000 : 3, 0));
            groups[0].amount += groups[0].children.back().amount;
        }
        groups[0].children.push_back(
            leaf(QStringLiteral("g/credit"), QStringLiteral("Credit"), -500, 0));
        Treemap map;
        map.resize(800, 500);
        map.show(
            groups, [](Int128 amount) { return QString::number(static_cast<qlonglong>(amount)); });
        const auto& other = map.tiles().back();
        QCOMPARE(other.kind, Treemap::Tile::Kind::Other);
        QCOMPARE(other.value, QStringLiteral("1185"));
        QVERIFY(map.shapes().back().name.contains(QStringLiteral("395")));
    }

    // Credits make a group's figure less than its tiles: its area is theirs. One that has become
    // tiny takes no other group into the remainder.
    void aGroupIsAsLargeAsItsTiles()
    {
        std::vector<TreemapItem> groups;
        for (const auto& [name, drawn, net] :
            {std::tuple{"a", 500, 500}, std::tuple{"tiny", 1, 1}, std::tuple{"b", 500, -20}}) {
            const QString key = QString::fromLatin1(name);
            groups.push_back(leaf(key, key, net, 0));
            groups.back().children.push_back(leaf(key + QStringLiteral("/1"), key, drawn, 0));
        }
        Treemap map;
        map.resize(900, 500);
        map.show(groups, {});
        std::vector<const Treemap::Tile*> drawn;
        for (const Treemap::Tile& tile : map.tiles()) {
            if (tile.kind == Treemap::Tile::Kind::Group)
                drawn.push_back(&tile);
        }
        QCOMPARE(drawn.size(), std::size_t{2});
        QCOMPARE(drawn[1]->item->key, QStringLiteral("b"));
        const auto area
            = [&drawn](std::size_t i) { return drawn[i]->rect.width() * drawn[i]->rect.height(); };
        QVERIFY(std::abs(area(0) - area(1)) < 0.05 * area(0));
    }

    void theCursorWalksAndTypesAndOpens()
    {
        Treemap map;
        map.resize(1200, 700);
        map.show(sampleGroups(), {});
        map.setCurrent(0);
        QSignalSpy opened{&map, &ChartCanvas::activated};
        QSignalSpy up{&map, &ChartCanvas::upRequested};
        QTest::keyClick(&map, Qt::Key_Down);
        QCOMPARE(map.shapes()[*map.current()].key, QStringLiteral("Infrastructure/0"));
        QTest::keyClick(&map, Qt::Key_Return);
        QCOMPARE(opened.at(0).at(0).toString(), QStringLiteral("Infrastructure/0"));
        QTest::keyClick(&map, Qt::Key_Backspace);
        QCOMPARE(up.count(), 1);
        QTest::keyClicks(&map, QStringLiteral("prod"));
        QCOMPARE(map.shapes()[*map.current()].name, QStringLiteral("Product inference"));
        QTest::keyClick(&map, Qt::Key_End);
        QVERIFY(map.shapes()[*map.current()].name == QStringLiteral("Unattributed"));
        QTest::keyClick(&map, Qt::Key_Home);
        QCOMPARE(map.current(), std::optional<std::size_t>{0});
    }

    void theCursorStaysOnItsTileWhenAmountsChange()
    {
        Treemap map;
        map.resize(1200, 700);
        std::vector<TreemapItem> groups = sampleGroups();
        map.show(groups, {});
        map.setCurrentKey(QStringLiteral("Agents/1"));
        groups[0].children[0].amount *= 2;
        map.show(groups, {});
        QCOMPARE(map.shapes()[*map.current()].key, QStringLiteral("Agents/1"));
        groups.erase(groups.begin() + 3);
        map.show(groups, {});
        QVERIFY(!map.current().has_value());
    }

    // From any tile the arrow keys lead to any other.
    void everyTileIsWithinReach()
    {
        SeededRandom random{test::seed(77)};
        for (int round = 0; round < test::rounds(100); ++round) {
            std::vector<TreemapItem> groups = sampleGroups();
            for (TreemapItem& group : groups) {
                for (TreemapItem& child : group.children)
                    child.amount = 100 + random.below(20'000);
                std::ranges::sort(group.children, std::greater{}, &TreemapItem::amount);
                group.amount = 0;
                for (const TreemapItem& child : group.children)
                    group.amount += child.amount;
            }
            Treemap map;
            map.resize(400 + static_cast<int>(random.below(1200)),
                300 + static_cast<int>(random.below(700)));
            map.show(groups, {});
            std::vector<QRectF> rects;
            for (const ChartShape& shape : map.shapes())
                rects.push_back(shape.rect);
            std::set<std::size_t> seen{0};
            std::deque<std::size_t> open{0};
            while (!open.empty()) {
                const std::size_t at = open.front();
                open.pop_front();
                for (const Direction direction :
                    {Direction::Left, Direction::Right, Direction::Up, Direction::Down}) {
                    if (const auto next = neighbour(rects, at, direction);
                        next && seen.insert(*next).second)
                        open.push_back(*next);
                }
            }
            QCOMPARE(seen.size(), rects.size());
        }
    }

    void aScreenReaderSeesTheTiles()
    {
        Treemap map;
        map.resize(1200, 700);
        map.show(sampleGroups(), {});
        map.setCurrent(1);
        QAccessibleInterface* chart = QAccessible::queryAccessibleInterface(&map);
        QVERIFY(chart != nullptr);
        QCOMPARE(chart->childCount(), static_cast<int>(map.shapes().size()));
        QCOMPARE(chart->child(1)->text(QAccessible::Name), QStringLiteral("Workflow 0, 9000"));
        QVERIFY(chart->child(1)->state().selected);
        QCOMPARE(chart->indexOfChild(chart->child(1)), 1);
        QSignalSpy opened{&map, &ChartCanvas::activated};
        chart->child(2)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(opened.count(), 1);
    }

    void copiesPictureAndData()
    {
        Treemap map;
        map.resize(600, 400);
        map.show(sampleGroups(), {});
        map.setData([] { return QStringLiteral("Oct 2026\nInfrastructure\t9000.000000001\n"); });
        map.copyData();
        QCOMPARE(QApplication::clipboard()->text(),
            QStringLiteral("Oct 2026\nInfrastructure\t9000.000000001\n"));
        map.copyPicture();
        QVERIFY(!QApplication::clipboard()->pixmap().isNull());
    }

    // A drill moves tiles from where they were; whoever asks or copies is told where they end.
    void aDrillMoves()
    {
        Treemap map;
        map.resize(900, 600);
        map.QWidget::show();
        map.setReducedMotion(false);
        map.show(sampleGroups(), {});
        QVERIFY(!map.isMoving()); // there was nothing to come from
        map.setCurrentKey(QStringLiteral("Agents"));
        std::vector<TreemapItem> inside = sampleGroups();
        inside = {inside[3], inside[4]};
        map.show(inside, {});
        QVERIFY(map.isMoving());
        const QPixmap end = map.picture();
        const QImage onTheWay = map.grab().toImage();
        QVERIFY(onTheWay != end.toImage());
        QTRY_VERIFY(!map.isMoving());
        map.setCurrent(std::nullopt); // the cursor is no part of a picture
        QCOMPARE(map.grab().toImage(), end.toImage());
        // The same tiles with other amounts, another size, or reduced motion: at once.
        map.show(inside, {});
        QVERIFY(!map.isMoving());
        map.show(sampleGroups(), {});
        QVERIFY(map.isMoving());
        map.resize(800, 500);
        QVERIFY(!map.isMoving());
        map.setReducedMotion(true);
        map.show(inside, {});
        QVERIFY(!map.isMoving());
    }
    void halfWayIsHalfWay()
    {
        const QRectF from{0, 0, 10, 20};
        const QRectF to{100, 50, 30, 40};
        QCOMPARE(between(from, to, 0), from);
        QCOMPARE(between(from, to, 1), to);
        QCOMPARE(between(from, to, 0.5), QRectF(50, 25, 20, 30));
    }

    // Coverage has its own colours; what has no owner at all is hatched, as in no other mode.
    void coverageIsColoured()
    {
        std::vector<TreemapItem> groups;
        for (const int owned : {100, 60, 0}) {
            const QString key = QString::number(owned);
            groups.push_back(leaf(key, key, 100, 1));
            groups.back().owned = owned;
        }
        Treemap map;
        map.resize(600, 200);
        map.setColour(TreemapColour::Coverage);
        map.show(groups, {});
        const QImage image = map.grab().toImage();
        const auto colorIn = [&](std::size_t tile) {
            return image.pixelColor(
                (map.tiles()[tile].rect.bottomRight() - QPointF{20, 20}).toPoint());
        };
        QCOMPARE(colorIn(0), Theme::light().sequential(4));
        QCOMPARE(colorIn(1), Theme::light().sequential(2));
        std::set<QRgb> colors;
        for (int x = -40; x < 0; ++x)
            colors.insert(image.pixel(
                (map.tiles()[2].rect.bottomRight() + QPointF{double(x), -20}).toPoint()));
        QVERIFY(colors.size() > 2);
    }

    // The layout is a pure value: the same for the same, inside of any size.
    void aMapCanBePaintedAtAnySize()
    {
        Treemap map;
        map.resize(900, 600);
        map.show(sampleGroups(), {});
        QImage image{1600, 900, QImage::Format_RGB32};
        image.fill(Theme::light().color(Token::Surface));
        {
            QPainter painter{&image};
            map.paintChart(painter, {100, 50, 300, 200}, Theme::dark(), map.font());
        }
        QCOMPARE(image.pixelColor(99, 49), Theme::light().color(Token::Surface)); // not its area
        QCOMPARE(image.pixelColor(401, 251), Theme::light().color(Token::Surface));
        QVERIFY(image.pixelColor(250, 150) != Theme::light().color(Token::Surface));
        const std::vector<TreemapItem> groups = sampleGroups();
        const TreemapPlan plan = planTreemap(groups, {}, {300, 200}, map.font());
        for (const TreemapTile& tile : plan.tiles)
            QVERIFY(QRectF(0, 0, 300, 200).contains(tile.rect));
        QCOMPARE(map.tiles().size(), planTreemap(groups, {}, {900, 600}, map.font()).tiles.size());
    }

    void fiveThousandLeavesAreQuick()
    {
        std::vector<TreemapItem> groups = sampleGroups();
        for (int i = 0; i < 5000; ++i)
            groups[0].children.push_back(
                leaf(QStringLiteral("x%1").arg(i), QStringLiteral("Leaf"), 5000 - i, 0));
        Treemap map;
        map.resize(1440, 900);
        QElapsedTimer timer;
        timer.start();
        map.show(groups, {});
        const qint64 layout = timer.restart();
        map.grab();
        const qint64 paint = timer.elapsed();
        qInfo("5,000 leaves: layout %lld ms, first paint %lld ms", layout, paint);
        QVERIFY(layout < 500 && paint < 1000); // under the sanitizers, beside other programs
    }
};

QTEST_MAIN(TestTreemap)
#include "tst_Treemap.moc"
