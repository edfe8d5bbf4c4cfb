// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Gui.h"
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
        SnapshotTableModel<Verdict> model{verdictColumns(), {}, m_pool};
        const QAbstractItemModelTester tester{
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest};
        model.show(someVerdicts());
        QCOMPARE(model.rowCount(), 3);
        model.sort(3, Qt::DescendingOrder);
        QCOMPARE(model.rowAt(0).rule, std::string{"A"});
        model.setFilter(QStringLiteral("FIND 5"), {0, 3});
        QCOMPARE(model.rowCount(), 2);
        model.show(someVerdicts()); // sorted and filtered as before
        QCOMPARE(model.rowCount(), 2);
        model.setFilter({}, {});
        QCOMPARE(model.rowCount(), 3);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void rolesAndHeadersComeFromTheColumns()
    {
        SnapshotTableModel<Verdict> model{verdictColumns(), {}, m_pool};
        model.show(someVerdicts());
        QCOMPARE(model.headerData(3, Qt::Horizontal, Qt::DisplayRole).toString(),
            QStringLiteral("Rows"));
        QCOMPARE(model.index(1, 3).data().toString(), QStringLiteral("1,200"));
        QCOMPARE(model.index(1, 3).data(SortKeyRole).value<TableCell>().exactText(),
            std::string{"1200"});
        QVERIFY(
            model.index(1, 3).data(Qt::TextAlignmentRole).value<Qt::Alignment>() & Qt::AlignRight);
        QCOMPARE(model.index(1, 0).data(TokenRole).toInt(), static_cast<int>(Token::Warning));
        QVERIFY(!model.index(1, 1).data(TokenRole).isValid());
    }

    void theTableCopiesWhatIsSelected()
    {
        SnapshotTableModel<Verdict> model{verdictColumns(), {}, m_pool};
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
            QVERIFY(column.value(batch).kind == column.kind);
        }
        const QuarantinedRow row;
        for (const auto& column : quarantineColumns()) {
            column.display(row, {});
            QVERIFY(column.value(row).kind == column.kind);
        }
        const ControlTotal total;
        for (const auto& column : controlTotalColumns()) {
            column.display(total, {});
            column.value(total);
        }
        const Scope scope;
        for (const auto& column : scopeColumns())
            column.value(scope);
    }

private:
    QThreadPool m_pool;
};

QTEST_MAIN(TestSnapshotTableModel)
#include "tst_SnapshotTableModel.moc"
