// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Gui.h"
#include "tests/support/GuiWatchdog.h"
#include "tests/support/Seed.h"
#include "tests/tables/SpendRows.h"

#include <QAbstractItemModelTester>
#include <QCollator>
#include <QItemSelectionModel>
#include <QSignalSpy>

#include <set>

using namespace sluice;
using namespace sluice::ui;
using namespace sluice::test;

namespace {

// One by one, with nothing clever.
int naiveCompare(const TableCell& a, const TableCell& b)
{
    static const QCollator collator;
    if (a.kind == CellKind::Text && !a.ranked)
        return collator.compare(QString::fromStdString(a.text), QString::fromStdString(b.text));
    if (a.currency != b.currency)
        return a.currency < b.currency ? -1 : 1;
    return compare(a.number, b.number);
}

std::vector<std::size_t> naiveOrder(
    const std::vector<SpendRow>& rows, const ArrangeRequest& request)
{
    std::vector<std::size_t> order;
    const auto columns = spendColumns();
    for (std::size_t row = 0; row < rows.size(); ++row) {
        bool shown = true;
        for (const QString& word : request.filter.split(u' ', Qt::SkipEmptyParts)) {
            bool found = false;
            for (const int column : request.columns)
                found = found
                    || columns[static_cast<std::size_t>(column)]
                           .display(rows[row], {})
                           .toCaseFolded()
                           .contains(word.toCaseFolded());
            shown = shown && found;
        }
        if (shown)
            order.push_back(row);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
        for (const SortBy& by : request.sort) {
            const auto& column = columns[static_cast<std::size_t>(by.column)];
            const TableCell a = column.value(rows[x]);
            const TableCell b = column.value(rows[y]);
            if (a.none != b.none)
                return b.none; // without a value: last
            const int compared = a.none ? 0 : naiveCompare(a, b);
            if (compared != 0)
                return by.order == Qt::AscendingOrder ? compared < 0 : compared > 0;
        }
        return false;
    });
    return order;
}

ArrangeRequest randomRequest(SeededRandom& random)
{
    static const QStringList Words{QStringLiteral("gpu"), QStringLiteral("LAB"),
        QStringLiteral("\u00E4rzte"), QStringLiteral("usd"), QStringLiteral("1"),
        QStringLiteral("over"), QStringLiteral("nowhere")};
    ArrangeRequest request;
    for (std::uint64_t i = random.below(4); i > 0; --i)
        request.sort.push_back({static_cast<int>(random.below(SpendColumnCount)),
            random.chance(1, 2) ? Qt::AscendingOrder : Qt::DescendingOrder});
    for (int column = 0; column < SpendColumnCount; ++column) {
        if (random.chance(2, 3))
            request.columns.push_back(column);
    }
    for (std::uint64_t i = random.below(3); i > 0; --i)
        request.filter += Words[static_cast<qsizetype>(random.below(7))] + u' ';
    return request;
}

} // namespace

class TestRowArranger : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale{QLocale::German, QLocale::Germany});
        m_pool.setMaxThreadCount(1);
    }
    void init() { test::failOnWarnings(); }

    void anyRequestIsAnsweredAsTheNaiveWay()
    {
        const std::uint64_t start = test::seed(7);
        SeededRandom random{start};
        for (int round = 0; round < test::rounds(120); ++round) {
            const auto rows
                = spendRows(random.below(round % 20 == 0 ? 50'000 : 600), random.next());
            SpendModel model{spendColumns(), {}, m_pool};
            model.show(rows);
            for (int again = 0; again < 3; ++again) {
                const ArrangeRequest request = randomRequest(random);
                model.setSort(request.sort);
                model.setFilter(request.filter, request.columns);
                QTRY_VERIFY_WITH_TIMEOUT(!model.isArranging(), 60'000);
                const auto expected = naiveOrder(*rows, request);
                QCOMPARE(static_cast<std::size_t>(model.rowCount()), expected.size());
                for (std::size_t i = 0; i < expected.size(); ++i)
                    QVERIFY(&model.rowAt(static_cast<int>(i)) == &(*rows)[expected[i]]);
            }
        }
    }

    void selectionAndCurrentStayWithTheirRows()
    {
        SeededRandom random{test::seed(8)};
        const auto rows = spendRows(800, random.next());
        SpendModel model{spendColumns(), {}, m_pool};
        const QAbstractItemModelTester tester{
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest};
        model.show(rows);
        QItemSelectionModel selection{&model};
        std::set<const SpendRow*> chosen;
        for (int i = 0; i < 40; ++i) {
            const int row = static_cast<int>(random.below(800));
            chosen.insert(&model.rowAt(row));
            selection.select(
                model.index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        }
        selection.setCurrentIndex(model.index(123, Amount), QItemSelectionModel::NoUpdate);
        const SpendRow* current = &model.rowAt(123);
        for (int round = 0; round < 20; ++round) {
            model.setSort(randomRequest(random).sort);
            std::set<const SpendRow*> now;
            for (const QModelIndex& index : selection.selectedRows())
                now.insert(&model.rowAt(index.row()));
            QVERIFY(now == chosen);
            QCOMPARE(&model.rowAt(selection.currentIndex().row()), current);
            QCOMPARE(selection.currentIndex().column(), static_cast<int>(Amount));
        }
        model.setFilter(QStringLiteral("gpu"), {Service});
        for (const QModelIndex& index : selection.selectedRows())
            QVERIFY(chosen.contains(&model.rowAt(index.row())));
    }

    void theLatestRequestWins()
    {
        SpendModel model{spendColumns(), {}, m_pool};
        const auto rows = spendRows(60'000, 5);
        model.show(rows);
        QSignalSpy arranged{&model, &SnapshotTable::arranged};
        model.setSort({{Service, Qt::AscendingOrder}});
        model.setFilter(QStringLiteral("lab"), {UnitName});
        model.setSort({{Charges, Qt::DescendingOrder}});
        QVERIFY(model.isArranging());
        QTRY_VERIFY_WITH_TIMEOUT(!model.isArranging(), 60'000);
        QCOMPARE(arranged.size(), 1);
        const auto expected = naiveOrder(
            *rows, {{{Charges, Qt::DescendingOrder}}, QStringLiteral("lab"), {UnitName}});
        QCOMPARE(static_cast<std::size_t>(model.rowCount()), expected.size());
        QVERIFY(&model.rowAt(0) == &(*rows)[expected[0]]);
        model.setSort({{Day, Qt::AscendingOrder}});
        model.cancelArranging();
        m_pool.waitForDone();
        QTest::qWait(20);
        QCOMPARE(arranged.size(), 1);
    }

    void aMillionRowsLeaveTheWindowFree()
    {
        const auto count = static_cast<std::size_t>(test::rounds(1'000'000));
        SpendModel model{spendColumns(), {}, m_pool};
        model.show(spendRows(count, 6, true));
        test::GuiWatchdog watchdog;
        const auto measure = [&](const char* what, const auto& act) {
            QElapsedTimer timer;
            timer.start();
            act();
            const qint64 asked = timer.elapsed();
            QTRY_VERIFY_WITH_TIMEOUT(!model.isArranging(), 120'000);
            qInfo("%zu rows, %s: %lld ms (asking took %lld ms)", count, what,
                static_cast<long long>(timer.elapsed()), static_cast<long long>(asked));
        };
        measure("sort by text", [&] { model.setSort({{Service, Qt::AscendingOrder}}); });
        measure("sort by money", [&] { model.setSort({{Amount, Qt::DescendingOrder}}); });
        measure("sort by text, then money", [&] {
            model.setSort({{Service, Qt::AscendingOrder}, {Amount, Qt::DescendingOrder}});
        });
        measure("filter in eight columns", [&] {
            model.setFilter(QStringLiteral("gpu lab"), {0, 1, 2, 3, 4, 5, 6, 7});
        });
        measure("filter again", [&] {
            model.setFilter(QStringLiteral("gpu"), {0, 1, 2, 3, 4, 5, 6, 7});
        });
        qInfo("the window waited %lld ms at most", static_cast<long long>(watchdog.longestMs()));
        QVERIFY2(watchdog.complaint().isEmpty(), qPrintable(watchdog.complaint()));
    }

private:
    QThreadPool m_pool;
};

QTEST_MAIN(TestRowArranger)
#include "tst_RowArranger.moc"
