// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Random.h"
#include "tests/support/Gui.h"
#include "tests/support/Seed.h"
#include "ui/kit/DataTable.h"
#include "ui/models/BatchColumns.h"

#include <QAbstractItemModelTester>

using namespace sluice;
using namespace sluice::ui;

namespace {

Verdict verdict(const char* rule, std::uint64_t rows, VerdictLevel level)
{
    Verdict made;
    made.rule = rule;
    made.rows = rows;
    made.level = level;
    made.firstLine = rows + 1;
    return made;
}

std::shared_ptr<const std::vector<Verdict>> someVerdicts()
{
    return std::make_shared<const std::vector<Verdict>>(
        std::vector<Verdict>{verdict("B", 5, VerdictLevel::Finding),
            verdict("A", 1200, VerdictLevel::Quarantine), verdict("C", 5, VerdictLevel::Finding)});
}

} // namespace

class TestSnapshotTableModel : public QObject {
    Q_OBJECT

private slots:
    void init() { test::failOnWarnings(); }

    void keepsTheRulesOfModels()
    {
        SnapshotTableModel<Verdict> model{verdictColumns(), {}};
        const QAbstractItemModelTester tester{
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest};
        model.show(someVerdicts());
        QCOMPARE(model.rowCount(), 3);
        model.sort(3, Qt::DescendingOrder);
        model.show(someVerdicts(), {2, 0});
        QCOMPARE(model.rowCount(), 2);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void rolesAndHeadersComeFromTheColumns()
    {
        SnapshotTableModel<Verdict> model{verdictColumns(), {}};
        model.show(someVerdicts());
        QCOMPARE(model.headerData(3, Qt::Horizontal, Qt::DisplayRole).toString(),
            QStringLiteral("Rows"));
        QCOMPARE(model.index(1, 3).data().toString(), QStringLiteral("1,200"));
        QCOMPARE(model.index(1, 3).data(SortKeyRole).toULongLong(), 1200ULL);
        QVERIFY(
            model.index(1, 3).data(Qt::TextAlignmentRole).value<Qt::Alignment>() & Qt::AlignRight);
        QCOMPARE(model.index(1, 0).data(TokenRole).toInt(), static_cast<int>(Token::Warning));
        QVERIFY(!model.index(1, 1).data(TokenRole).isValid());
    }

    void sortingIsStableAndExact()
    {
        SeededRandom random{test::seed(3)};
        std::vector<Verdict> rows;
        for (std::uint64_t i = 0; i < 2000; ++i) {
            rows.push_back(verdict("x", random.below(40), VerdictLevel::Finding));
            rows.back().firstLine = i;
        }
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            const RowOrder sorted = sortedOrder(rows, verdictColumns()[3], order);
            for (std::size_t i = 1; i < sorted.size(); ++i) {
                const Verdict& a = rows[sorted[i - 1]];
                const Verdict& b = rows[sorted[i]];
                QVERIFY(order == Qt::AscendingOrder ? a.rows <= b.rows : a.rows >= b.rows);
                if (a.rows == b.rows)
                    QVERIFY(a.firstLine < b.firstLine);
            }
        }
    }

    void theTableCopiesWhatIsSelected()
    {
        SnapshotTableModel<Verdict> model{verdictColumns(), {}};
        model.show(someVerdicts());
        DataTable table;
        table.setModel(&model);
        table.selectRow(1);
        const QStringList lines = table.selectionText().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith(QStringLiteral("Level\tRule\tColumn\tRows")));
        QVERIFY(lines[1].contains(QStringLiteral("A\t\t1,200\t1,201")));
    }

    // A delivery whose held-back rows were tried again has one id for both attempts: the newer one
    // says what is held back.
    void theOlderAttemptSaysThatItWasTriedAgain()
    {
        Batch newer;
        newer.publicId = "b-1";
        newer.rowsAccepted = 29;
        Batch older = newer;
        older.rowsAccepted = 0;
        older.rowsQuarantined = 29;
        Batch other = older;
        other.publicId = "b-2";
        const std::vector<ListedBatch> batches = listed({newer, other, older});
        const auto columns = batchColumns();
        const auto quarantined = std::ranges::find(columns, std::string_view{"Quarantined"},
            [](const Column<ListedBatch>& column) { return std::string_view{column.title}; });
        QVERIFY(quarantined != columns.end());
        QCOMPARE(quarantined->display(batches[0], {}), QStringLiteral("0"));
        QCOMPARE(quarantined->display(batches[1], {}), QStringLiteral("29"));
        QCOMPARE(quarantined->display(batches[2], {}), QStringLiteral("tried again"));
        QVERIFY(wasTriedAgain(batches[2]) && !wasTriedAgain(batches[1]));
    }

    void everyColumnTableIsWhole()
    {
        const ListedBatch batch{};
        for (const auto& column : batchColumns()) {
            column.display(batch, {});
            QVERIFY(column.sortKey(batch).isValid());
        }
        const QuarantinedRow row;
        for (const auto& column : quarantineColumns()) {
            column.display(row, {});
            QVERIFY(column.sortKey(row).isValid());
        }
        const ControlTotal total;
        for (const auto& column : controlTotalColumns()) {
            column.display(total, {});
            QVERIFY(column.sortKey(total).isValid());
        }
        const Scope scope;
        for (const auto& column : scopeColumns())
            QVERIFY(column.sortKey(scope).isValid());
    }
};

QTEST_MAIN(TestSnapshotTableModel)
#include "tst_SnapshotTableModel.moc"
