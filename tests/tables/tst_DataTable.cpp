// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Gui.h"
#include "tests/support/GuiWatchdog.h"
#include "tests/support/Seed.h"
#include "tests/tables/SpendRows.h"
#include "ui/kit/ColumnChooser.h"
#include "ui/kit/DataTable.h"
#include "ui/kit/FrozenColumn.h"
#include "ui/kit/SelectionSums.h"
#include "ui/kit/TotalsRow.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QListWidget>
#include <QScrollBar>
#include <QSignalSpy>

using namespace sluice;
using namespace sluice::ui;
using namespace sluice::test;

class TestDataTable : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale{QLocale::English, QLocale::UnitedStates});
        applyTheme(*qApp, ThemeChoice::Light, QApplication::palette());
    }
    void init()
    {
        test::failOnWarnings();
        m_model = std::make_unique<SpendModel>(spendColumns(), MoneyText{}, m_pool);
        m_table = std::make_unique<DataTable>();
        m_table->setAccessibleName(QStringLiteral("Spend"));
        m_table->setModel(m_model.get());
        m_table->setColumnWidths({24, 14, 14, 18, 40, 14, 14, 10}, 0);
        m_table->resize(700, 420);
        m_table->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_table.get()));
    }
    void cleanup()
    {
        m_table.reset();
        m_model.reset();
    }

    void theFooterAddsUpEachCurrencyExactly()
    {
        const auto rows = spendRows(500, test::seed(21));
        m_model->show(rows);
        m_table->showFooter({});
        QTRY_COMPARE(m_table->footerText(), QStringLiteral("500 rows"));
        m_table->selectAll();
        ColumnSums all;
        Int128 usd = 0;
        for (const SpendRow& row : *rows) {
            const TableCell cell = spendColumns()[Amount].value(row);
            all.add(cell);
            if (!cell.none && row.currency == Currency::literal("USD"))
                usd += row.amount;
        }
        QCOMPARE(all.parts().size(), 3U);
        QVERIFY(all.parts().at(Currency::literal("USD")).sum == usd);
        QTRY_VERIFY(m_table->footerText().contains(QStringLiteral("500 selected")));
        QVERIFY(m_table->footerText().contains(QStringLiteral("Cost: ") + all.text({})));
        QVERIFY(
            m_table->footerText().contains(MoneyText{}.withCode(usd, Currency::literal("USD"))));
    }

    void aHugeSelectionIsAddedUpAndCopiedByAWorker()
    {
        const auto count = static_cast<std::size_t>(test::rounds(1'000'000));
        m_model->show(spendRows(count, 22, true));
        m_table->showFooter({});
        m_pool.setMaxThreadCount(1);
        QTest::qWait(50);
        test::GuiWatchdog watchdog;
        QElapsedTimer timer;
        timer.start();
        QTest::keyClick(m_table.get(), Qt::Key_A, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_table->footerText().contains(QStringLiteral("Cost: sum")), 60'000);
        qInfo("%zu rows added up in %lld ms", count, static_cast<long long>(timer.restart()));
        QSignalSpy copied{m_table.get(), &DataTable::copied};
        QTest::keyClick(m_table.get(), Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(copied.size(), 1, 120'000);
        qInfo("%zu rows copied in %lld ms, the window waited %lld ms at most", count,
            static_cast<long long>(timer.elapsed()), static_cast<long long>(watchdog.longestMs()));
        QVERIFY2(watchdog.complaint().isEmpty(), qPrintable(watchdog.complaint()));
        const QString text = QGuiApplication::clipboard()->text();
        QCOMPARE(text.count(u'\n'), static_cast<qsizetype>(count));
        QVERIFY(text.startsWith(QStringLiteral("Service\tUnit\tDay\tCost\tAgainst plan")));
        QGuiApplication::clipboard()->clear();
    }

    void copiesVisibleColumnsInVisibleOrder()
    {
        m_model->show(spendRows(30, 23, true));
        m_table->moveColumn(Amount, -3);
        m_table->setColumnHidden(UnitName, true);
        m_table->selectRow(4);
        QTest::keyClick(m_table.get(), Qt::Key_C, Qt::ControlModifier);
        const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith(QStringLiteral("Cost\tService\tDay\tAgainst plan")));
        QVERIFY(lines[1].startsWith(m_model->index(4, Amount).data().toString() + u'\t'));
    }

    void totalsStayBelowTheRows()
    {
        m_model->show(spendRows(200, 24, true));
        auto* totals = m_table->findChild<TotalsRow*>();
        QVERIFY(!totals->isVisible());
        std::vector<TableCell> cells(SpendColumnCount);
        cells[Service] = TableCell::ofText("Total");
        cells[Amount] = TableCell::ofMoney(1'234'500'000'000, Currency::literal("USD"));
        m_model->setTotals(cells);
        m_table->showFooter({});
        QVERIFY(totals->isVisible());
        QCOMPARE(totals->accessibleDescription(),
            QStringLiteral("Service: Total, Cost: USD\u00A01,234.50"));
        QTest::keyClick(m_table.get(), Qt::Key_End, Qt::ControlModifier);
        const QRect last = m_table->visualRect(m_model->index(199, 0));
        QVERIFY(m_table->viewport()->rect().contains(last.center()));
        QVERIFY(last.bottom() <= m_table->viewport()->height());
        QVERIFY(totals->geometry().top() > m_table->viewport()->geometry().bottom());
        QVERIFY(totals->geometry().bottom() < m_table->height());
    }

    void theFirstColumnStays()
    {
        m_model->show(spendRows(300, 25, true));
        m_table->setFirstColumnFrozen(true);
        auto* frozen = m_table->findChild<FrozenColumn*>();
        QVERIFY(frozen && !frozen->isVisible()); // nothing is scrolled aside
        m_table->horizontalScrollBar()->setValue(300);
        QVERIFY(frozen->isVisible());
        QCOMPARE(frozen->model(), m_table->model());
        QCOMPARE(frozen->selectionModel(), m_table->selectionModel());
        QCOMPARE(frozen->columnWidth(Service), m_table->columnWidth(Service));
        m_table->verticalScrollBar()->setValue(100);
        const auto top = [](const QTableView& view, int row) {
            return view.viewport()
                ->mapTo(view.window(), QPoint{0, view.rowViewportPosition(row)})
                .y();
        };
        QCOMPARE(top(*frozen, 103), top(*m_table, 103));
        frozen->verticalScrollBar()->setValue(120);
        QCOMPARE(m_table->verticalScrollBar()->value(), 120);
        QTest::mouseClick(frozen->viewport(), Qt::LeftButton, {},
            QPoint{20, frozen->rowViewportPosition(125) + 5});
        QCOMPARE(m_table->currentIndex().row(), 125);
        // moving left by key never ends behind it
        m_table->setCurrentIndex(m_model->index(125, Charges));
        for (int step = 0; step < SpendColumnCount - 2; ++step) {
            QTest::keyClick(m_table.get(), Qt::Key_Left);
            QVERIFY(m_table->visualRect(m_table->currentIndex()).left() >= frozen->width() - 1
                || m_table->currentIndex().column() == Service);
        }
        m_table->setColumnHidden(Service, true); // the next one takes its place
        m_table->horizontalScrollBar()->setValue(200);
        frozen->follow();
        QCOMPARE(frozen->column(), static_cast<int>(UnitName));
    }

    void columnsComeBackById()
    {
        m_model->show(spendRows(30, 26, true));
        m_table->moveColumn(Amount, -2);
        m_table->setColumnHidden(Share, true);
        m_table->setColumnWidth(UnitName, 222);
        m_table->sortByColumn(Amount, false);
        m_table->sortByColumn(UnitName, true);
        const std::vector<int> shown = m_table->visibleColumns();
        const QVariant saved = m_table->saveColumns();
        DataTable other;
        SpendModel model{spendColumns(), {}, m_pool};
        model.show(spendRows(30, 26, true));
        other.setModel(&model);
        other.restoreColumns(saved);
        QCOMPARE(other.visibleColumns(), shown);
        QCOMPARE(other.columnWidth(UnitName), 222);
        QCOMPARE(model.sortedBy(), m_model->sortedBy());
        // a column that the state does not know stands after the one before it
        QVariantMap state = saved.toMap();
        QVariantList columns = state[QStringLiteral("columns")].toList();
        columns.removeIf([](const QVariant& entry) {
            return entry.toMap()[QStringLiteral("id")] == QStringLiteral("day");
        });
        columns.prepend(QVariantMap{{QStringLiteral("id"), QStringLiteral("long gone")}});
        state[QStringLiteral("columns")] = columns;
        other.restoreColumns(state);
        const std::vector<int> now = other.visibleColumns();
        QCOMPARE(*(std::ranges::find(now, static_cast<int>(UnitName)) + 1), static_cast<int>(Day));
        other.restoreColumns(QStringLiteral("nonsense"));
        QCOMPARE(other.visibleColumns(), now);
        other.resetColumns();
        QCOMPARE(other.visibleColumns().size(), static_cast<std::size_t>(SpendColumnCount));
    }

    void columnsAreChosenByKey()
    {
        m_model->show(spendRows(30, 27, true));
        m_table->chooseColumns();
        auto* chooser = m_table->findChild<ColumnChooser*>();
        QVERIFY(chooser);
        auto* list = chooser->findChild<QListWidget*>();
        QVERIFY(!list->accessibleName().isEmpty());
        list->setCurrentRow(1);
        QTest::keyClick(list, Qt::Key_Space);
        QVERIFY(m_table->isColumnHidden(UnitName));
        list->setCurrentRow(3);
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(m_table->visibleColumns()[0], static_cast<int>(Amount));
        QCOMPARE(m_table->visibleColumns()[1], static_cast<int>(Service));
        for (int row = 0; row < list->count(); ++row)
            list->item(row)->setCheckState(Qt::Unchecked);
        QCOMPARE(m_table->visibleColumns().size(), 1U); // the last one stays
        chooser->close();
    }

    void titlesSort()
    {
        m_model->show(spendRows(100, 28, true));
        const auto click = [this](int column, Qt::KeyboardModifiers keys) {
            QHeaderView& header = *m_table->horizontalHeader();
            QTest::mouseClick(header.viewport(), Qt::LeftButton, keys,
                {header.sectionViewportPosition(column) + 30, header.height() / 2});
        };
        m_table->resize(1800, 400);
        click(UnitName, {});
        QCOMPARE(m_model->sortedBy(), (std::vector<SortBy>{{UnitName, Qt::AscendingOrder}}));
        QVERIFY(m_table->selectedRanges().empty());
        m_table->sortByColumn(Amount, true);
        m_table->sortByColumn(Amount, true);
        QCOMPARE(m_model->sortedBy(),
            (std::vector<SortBy>{{UnitName, Qt::AscendingOrder}, {Amount, Qt::DescendingOrder}}));
    }

    void lettersAreLeftToActions()
    {
        m_model->show(spendRows(100, 29, true));
        m_table->setCurrentIndex(m_model->index(0, 0));
        QTest::keyClick(m_table.get(), Qt::Key_G);
        QCOMPARE(m_table->currentIndex().row(), 0);
        m_table->setTypeAhead(true);
        QTest::keyClick(m_table.get(), Qt::Key_G);
        QVERIFY(m_table->currentIndex().data().toString().startsWith(QStringLiteral("GPU")));
    }

    void aHugeScatteredSelectionIsLetGo()
    {
        m_model->show(spendRows(10'000, 30, true));
        m_table->setCurrentIndex(m_model->index(10, 0));
        m_table->selectionModel()->select(
            QItemSelection{m_model->index(0, 0), m_model->index(4'999, 0)},
            QItemSelectionModel::Select | QItemSelectionModel::Rows);
        m_table->sortByColumn(Amount, false);
        QCOMPARE(rowsIn(m_table->selectedRanges()), 1);
        m_table->selectAll();
        m_table->sortByColumn(UnitName, false);
        QCOMPARE(rowsIn(m_table->selectedRanges()), 10'000);
    }

    void aMillionRowsScroll()
    {
        const auto count = static_cast<std::size_t>(test::rounds(1'000'000));
        m_model->show(spendRows(count, 31, true));
        m_table->resize(1400, 900);
        m_table->setFirstColumnFrozen(true);
        m_table->showFooter({});
        m_table->selectRow(3);
        QTest::qWait(50);
        QImage canvas{m_table->size(), QImage::Format_RGB32};
        QElapsedTimer timer;
        timer.start();
        constexpr int Steps = 100;
        for (int step = 0; step < Steps; ++step) {
            m_table->verticalScrollBar()->setValue(
                static_cast<int>(static_cast<qint64>(count - 40) * step / Steps) + step % 3);
            m_table->render(&canvas);
        }
        const double mean = static_cast<double>(timer.nsecsElapsed()) / 1e6 / Steps;
        qInfo("%zu rows, 1400 x 900: a step takes %.2f ms on average", count, mean);
#if !defined(__SANITIZE_ADDRESS__)
        QVERIFY(mean < 16.6);
#endif
    }

private:
    QThreadPool m_pool;
    std::unique_ptr<SpendModel> m_model;
    std::unique_ptr<DataTable> m_table;
};

QTEST_MAIN(TestDataTable)
#include "tst_DataTable.moc"
