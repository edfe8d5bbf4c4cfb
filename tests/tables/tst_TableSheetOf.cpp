// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/CsvText.h"
#include "core/services/TableExport.h"
#include "tests/support/Gui.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/tables/SpendRows.h"
#include "ui/kit/DataTable.h"
#include "ui/kit/TablePdf.h"
#include "ui/models/SpendTreeModel.h"
#include "ui/models/TableSheetOf.h"

#include <QHeaderView>
#include <QTemporaryDir>

using namespace sluice;
using namespace sluice::ui;
using namespace sluice::test;

namespace {

constexpr Currency Usd = Currency::literal("USD");

SheetCaption caption()
{
    return {QStringLiteral("Spend"), QStringLiteral("unit:lab"), {}, 7,
        *Timestamp::parseIso("2026-10-15T09:30:00Z")};
}

} // namespace

class TestTableSheetOf : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale{QLocale::English, QLocale::UnitedStates}); }
    void init() { test::failOnWarnings(); }

    void exportsExactlyWhatIsShown()
    {
        SpendModel model{spendColumns(), {}, m_pool};
        const auto rows = spendRows(700, test::seed(41));
        model.show(rows);
        std::vector<TableCell> totals(SpendColumnCount);
        totals[Service] = TableCell::ofText("Total");
        totals[Charges] = TableCell::ofCount(99);
        model.setTotals(totals);
        DataTable table;
        table.setModel(&model);
        table.moveColumn(Amount, -3);
        table.setColumnHidden(UnitName, true);
        table.sortByColumn(Amount, false);
        model.setFilter(QStringLiteral("gpu"), {Service});
        const std::string path = m_folder.filePath(QStringLiteral("a.csv")).toStdString();
        const TableSheet sheet = tableSheetOf(model, table.visibleColumns(), caption());
        QCOMPARE(sheet.rows, static_cast<std::uint64_t>(model.rowCount()));
        const auto report = exportCsv(sheet, path, {false, true}, {});
        QVERIFY_OK(report);
        QCOMPARE(report->rows, sheet.rows);
        std::string text;
        for (const QByteArray& line : read("a.csv").split('\n')) {
            if (!line.startsWith('#'))
                text += line.toStdString() + '\n';
        }
        const auto lines = parseCsvText(text, "a.csv");
        QVERIFY_OK(lines);
        QCOMPARE((*lines)[0][0].text, std::string{"Cost"});
        QCOMPARE((*lines)[0][1].text, std::string{"Cost, currency"});
        QCOMPARE((*lines)[0][2].text, std::string{"Service"});
        QCOMPARE((*lines)[0][3].text, std::string{"Day"});
        for (int row = 0; row < model.rowCount(); ++row) {
            const CsvRow& line = (*lines)[static_cast<std::size_t>(row) + 1];
            QCOMPARE(line[0].text, spendColumns()[Amount].value(model.rowAt(row)).exactText());
            QCOMPARE(line[2].text, model.rowAt(row).service);
            QCOMPARE(line[3].text, model.rowAt(row).day.toIso());
        }
        QCOMPARE(lines->back()[2].text, std::string{"Total"});
        QCOMPARE(lines->back().back().text, std::string{"99"});
        QVERIFY(read("a.csv").contains("# Filter: unit:lab\r\n# Ledger revision: 7"));
    }

    void aTreeKeepsItsLevels()
    {
        auto view = std::make_shared<MapView>();
        view->currency = Usd;
        view->total = 5'000'000'000;
        MapNode group;
        group.name = QStringLiteral("Lab");
        group.amount = 5'000'000'000;
        MapNode leaf = group;
        leaf.name = QStringLiteral("GPU");
        leaf.amount = 1'000'000'000;
        group.children.push_back(leaf);
        view->groups.push_back(group);
        SpendTreeModel model{MoneyText{}};
        model.show(view, QStringLiteral("Unit"));
        const TableSheet sheet = tableSheetOf(model, {0, 1, 2}, caption());
        const std::string path = m_folder.filePath(QStringLiteral("t.csv")).toStdString();
        QVERIFY_OK(exportCsv(sheet, path, {false, false}, {}));
        QCOMPARE(read("t.csv"),
            QByteArray{"Unit,\"Spend, USD\",\"Spend, USD, currency\",Share\r\n"
                       "Lab,5,USD,1\r\n  GPU,1,USD,0.2\r\n"});
    }

    void aPdfHasPagesAndItsTitlesOnEach()
    {
        SpendModel model{spendColumns(), {}, m_pool};
        model.show(spendRows(static_cast<std::size_t>(test::rounds(4'000)), 42, true));
        const MoneyText money;
        PdfChoice choice;
        choice.text = [&money](const TableCell& cell) { return cellText(cell, money); };
        const std::string path = m_folder.filePath(QStringLiteral("a.pdf")).toStdString();
        std::uint64_t done = 0;
        QElapsedTimer timer;
        timer.start();
        const auto report = exportPdf(tableSheetOf(model, {0, 1, 2, 3, 4, 5, 6, 7}, caption()),
            path, choice, {{}, [&done](const Progress& progress) { done = progress.done; }});
        QVERIFY_OK(report);
        const QByteArray pdf = read("a.pdf");
        QVERIFY(pdf.startsWith("%PDF-"));
        const qsizetype pages = pdf.count("/Type /Page\n");
        qInfo("%llu rows on %lld pages in %lld ms", static_cast<unsigned long long>(report->rows),
            static_cast<long long>(pages), static_cast<long long>(timer.elapsed()));
        QVERIFY(pages > 1 && static_cast<std::uint64_t>(pages) < report->rows / 10);
        QCOMPARE(done, report->rows);
    }

    void aCancelledPdfLeavesNothing()
    {
        SpendModel model{spendColumns(), {}, m_pool};
        model.show(spendRows(static_cast<std::size_t>(test::rounds(20'000)), 43, true));
        StopToken stop;
        QElapsedTimer timer;
        const TaskContext context{stop, [&](const Progress&) {
                                      if (!timer.isValid())
                                          timer.start();
                                      stop.requestStop();
                                  }};
        const std::string path = m_folder.filePath(QStringLiteral("none.pdf")).toStdString();
        const auto report
            = exportPdf(tableSheetOf(model, {0, 1, 2, 3}, caption()), path, {}, context);
        QVERIFY(!report.ok());
        QCOMPARE(report.error().code, ErrorCode::Cancelled);
        QVERIFY(timer.elapsed() < 100);
        QVERIFY(!QFile::exists(QString::fromStdString(path)));
        QVERIFY(!QFile::exists(QString::fromStdString(path + ".new")));
        QCOMPARE(
            exportPdf(tableSheetOf(model, {0}, caption()), "/nowhere/a.pdf", {}, {}).error().code,
            ErrorCode::NotFound);
    }

private:
    [[nodiscard]] QByteArray read(const char* name) const
    {
        QFile file{m_folder.filePath(QLatin1String{name})};
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
    }

    QTemporaryDir m_folder;
    QThreadPool m_pool;
};

QTEST_MAIN(TestTableSheetOf)
#include "tst_TableSheetOf.moc"
