// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Check.h"
#include "core/base/CsvText.h"
#include "core/base/Money.h"
#include "core/base/Random.h"
#include "core/services/TableExport.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/support/Unprivileged.h"
#include "tests/support/XlsxCells.h"
#include "tests/unit/ingest/Sources.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <thread>

#include <sys/resource.h>

using namespace sluice;
using sluice::test::Unprivileged;
using sluice::test::XlsxCells;

namespace {

constexpr Currency Usd = Currency::literal("USD");
constexpr Currency Jpy = Currency::literal("JPY");
constexpr Currency Kwd = Currency::literal("KWD");

// Rows that are all there.
void give(TableSheet& sheet, std::vector<TableSheet::Row> rows)
{
    sheet.rows = rows.size();
    auto at = std::make_shared<std::size_t>(0);
    sheet.next
        = [rows = std::move(rows), at](TableSheet::Row& row, const TaskContext&) -> Result<bool> {
        if (*at == rows.size())
            return false;
        row = rows[(*at)++];
        return true;
    };
}

TableSheet smallSheet()
{
    TableSheet sheet;
    sheet.title = "Spend by unit";
    sheet.filter = "vendor:OpenAI 2026-Q3";
    sheet.freshness = "final to 30 Sep";
    sheet.revision = 42;
    sheet.madeAt = *Timestamp::parseIso("2026-10-15T09:30:00Z");
    sheet.columns = {{"unit", "Unit", CellKind::Text}, {"day", "Day", CellKind::Date},
        {"amount", "Cost", CellKind::Money, true}, {"charges", "Charges", CellKind::Count},
        {"share", "Share", CellKind::Percent}};
    const auto row = [](const char* unit, Int128 units, Currency currency) {
        return TableSheet::Row{TableCell::ofText(unit),
            TableCell::ofDate(*BusinessDate::parseIso("2026-09-17")),
            TableCell::ofMoney(units, currency), TableCell::ofCount(1200),
            TableCell::ofPercent(1, 3)};
    };
    give(sheet,
        {row("Platform, EU", 12'500'000'000, Usd), row("=cmd|' /C calc'!A0", 1'500'000, Jpy),
            row("#1 \"quoted\"", -1'234'000'000, Kwd)});
    sheet.totals = {{TableCell::ofText("Total"), TableCell::nothing(CellKind::Date),
        TableCell::ofMoney(12'500'000'000, Usd), TableCell::ofCount(3600),
        TableCell::nothing(CellKind::Percent)}};
    return sheet;
}

// Many rows made as they are asked for: ten columns.
TableSheet longSheet(std::uint64_t rows)
{
    TableSheet sheet;
    sheet.title = "Charges";
    for (int i = 0; i < 10; ++i)
        sheet.columns.push_back({"c", "Column", i < 5 ? CellKind::Text : CellKind::Money});
    sheet.rows = rows;
    auto at = std::make_shared<std::uint64_t>(0);
    sheet.next = [rows, at](TableSheet::Row& row, const TaskContext&) -> Result<bool> {
        if (*at == rows)
            return false;
        row.clear();
        for (int i = 0; i < 10; ++i)
            row.push_back(i < 5 ? TableCell::ofText("service " + std::to_string(*at % 97 + 5))
                                : TableCell::ofMoney(static_cast<Int128>(*at) * 1'234'567, Usd));
        ++*at;
        return true;
    };
    return sheet;
}

std::int64_t memoryKb() // at its highest
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

// While it lives, no file may become larger.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit m_before{};
};

} // namespace

class TestTableExport : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QFile::setPermissions(m_folder->path(),
            QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadOther
                | QFile::ExeOther);
    }

    void csvIsExactAndSafe()
    {
        QVERIFY_OK(exportCsv(smallSheet(), path("a.csv"), {}, {}));
        const QByteArray bytes = content("a.csv");
        QVERIFY(
            bytes.startsWith("\xEF\xBB\xBF# Spend by unit\r\n# Filter: vendor:OpenAI 2026-Q3\r\n"
                             "# Data: final to 30 Sep\r\n# Ledger revision: 42\r\n"
                             "# Made: 2026-10-15T09:30:00Z\r\n"));
        const QList<QByteArray> lines = bytes.split('\n');
        QCOMPARE(lines[5], QByteArray{"Unit,Day,Cost,\"Cost, currency\",Charges,Share\r"});
        QCOMPARE(lines[6], QByteArray{"\"Platform, EU\",2026-09-17,12.5,USD,1200,0.333333\r"});
        QCOMPARE(
            lines[7], QByteArray{"\"'=cmd|' /C calc'!A0\",2026-09-17,1.5,JPY,1200,0.333333\r"});
        QCOMPARE(
            lines[8], QByteArray{"\"#1 \"\"quoted\"\"\",2026-09-17,-1.234,KWD,1200,0.333333\r"});
        QCOMPARE(lines[9], QByteArray{"Total,,12.5,USD,3600,\r"});
        QCOMPARE(
            QDir{m_folder->path()}.entryList(QDir::Files), QStringList{QStringLiteral("a.csv")});
    }

    void csvForProgramsHasTheTableAlone()
    {
        QVERIFY_OK(exportCsv(smallSheet(), path("a.csv"), {false, false}, {}));
        auto read = test::readTable(
            std::make_unique<MemorySource>("a.csv", content("a.csv").toStdString()));
        QVERIFY_OK(read);
        const std::vector<std::string> header{
            "Unit", "Day", "Cost", "Cost, currency", "Charges", "Share"};
        QVERIFY(read->header == header);
        QCOMPARE(read->rows.size(), 3U);
        QCOMPARE(read->rows[2].fields[0], std::string{"#1 \"quoted\""});
    }

    void xlsxHasTypedCells()
    {
        const auto report = exportXlsx(smallSheet(), path("a.xlsx"), {});
        QVERIFY_OK(report);
        QCOMPARE(report->rows, 3U);
        const XlsxCells sheet{file("a.xlsx")};
        QCOMPARE(sheet.text(QStringLiteral("A1")), QStringLiteral("Spend by unit"));
        QCOMPARE(sheet.text(QStringLiteral("A5")), QStringLiteral("Made: 2026-10-15T09:30:00Z"));
        QCOMPARE(sheet.column(u'A', 7, 11),
            (QStringList{QStringLiteral("Unit"), QStringLiteral("Platform, EU"),
                QStringLiteral("=cmd|' /C calc'!A0"), QStringLiteral("#1 \"quoted\""),
                QStringLiteral("Total")}));
        const auto number = [&sheet](const char* at) { return sheet.at(QLatin1String{at}); };
        QVERIFY(!number("A9").number); // a text, not a formula
        QVERIFY(!sheet.member("xl/worksheets/sheet1.xml").contains("<f>"));
        QVERIFY(number("B8").number);
        QCOMPARE(number("B8").text, QStringLiteral("46282")); // days since 30 Dec 1899
        QCOMPARE(sheet.format(QStringLiteral("B8")), QStringLiteral("yyyy-mm-dd"));
        QVERIFY(number("C8").number);
        QCOMPARE(number("C8").text, QStringLiteral("12.5"));
        QCOMPARE(sheet.format(QStringLiteral("C8")), QStringLiteral("#,##0.00"));
        QCOMPARE(sheet.format(QStringLiteral("C9")), QStringLiteral("#,##0"));
        QCOMPARE(sheet.format(QStringLiteral("C10")), QStringLiteral("#,##0.000"));
        QCOMPARE(sheet.column(u'D', 8, 10),
            (QStringList{QStringLiteral("USD"), QStringLiteral("JPY"), QStringLiteral("KWD")}));
        QCOMPARE(sheet.format(QStringLiteral("F8")), QStringLiteral("0.0%"));
        const QByteArray xml = sheet.member("xl/worksheets/sheet1.xml");
        QVERIFY(xml.contains("<autoFilter ref=\"A7:F10\"/>"));
        QVERIFY(xml.contains("ySplit=\"7\"") && xml.contains("state=\"frozen\""));
    }

    // What has more digits than a spreadsheet keeps is text, digit by digit, and said.
    void longNumbersBecomeText()
    {
        TableSheet sheet;
        sheet.columns = {{"amount", "Cost", CellKind::Money}};
        give(sheet,
            {{TableCell::ofMoney(Int128{123'456'789'012'345} * 1'000'000'000, Usd)},
                {TableCell::ofMoney(Int128{1'234'567'890'123'456}, Usd)},
                {TableCell::ofMoney(Int128{123'456'789'012'345}, Usd)}});
        const auto report = exportXlsx(sheet, path("a.xlsx"), {});
        QVERIFY_OK(report);
        QCOMPARE(report->longNumbers, 1U);
        const XlsxCells cells{file("a.xlsx")};
        QVERIFY(cells.at(QStringLiteral("A4")).number && cells.at(QStringLiteral("A6")).number);
        QVERIFY(!cells.at(QStringLiteral("A5")).number);
        QCOMPARE(cells.text(QStringLiteral("A5")), QStringLiteral("1234567.890123456"));
        QVERIFY(cells.text(QStringLiteral("A7")).startsWith(QStringLiteral("1 numbers have more")));
    }

    void amountsComeBackFromBothFormats()
    {
        SeededRandom random{test::seed(11)};
        for (int round = 0; round < test::rounds(40); ++round) {
            TableSheet sheet;
            sheet.columns = {{"amount", "Cost", CellKind::Money, true}};
            std::vector<TableSheet::Row> rows;
            std::vector<std::string> expected;
            for (int i = 0; i < 200; ++i) {
                const Currency currency = std::array{Usd, Jpy, Kwd}[random.below(3)];
                const Int128 wide = static_cast<Int128>(random.next() >> random.below(64))
                    * (random.chance(1, 20) ? 1'000'000'007 : 1);
                const Int128 units = random.chance(1, 2) ? wide : -wide;
                rows.push_back({TableCell::ofMoney(units, currency)});
                expected.push_back(amountText(units, currency));
            }
            give(sheet, rows);
            QVERIFY_OK(exportCsv(sheet, path("a.csv"), {false, false}, {}));
            give(sheet, rows);
            QVERIFY_OK(exportXlsx(sheet, path("a.xlsx"), {}));
            const auto csv = parseCsvText(content("a.csv").toStdString(), "a.csv");
            QVERIFY_OK(csv);
            const XlsxCells cells{file("a.xlsx")};
            for (std::size_t i = 0; i < rows.size(); ++i) {
                QCOMPARE((*csv)[i + 1][0].text, expected[i]);
                const auto cell = cells.at(QStringLiteral("A%1").arg(i + 4));
                // a spreadsheet shows fifteen digits of what it holds
                const QString text
                    = cell.number ? QString::number(cell.text.toDouble(), 'g', 15) : cell.text;
                const auto back = parseDecimal(text.toStdString());
                QVERIFY_OK(back);
                QCOMPARE(toString(*back), expected[i]);
            }
        }
    }

    void textsOfAnyKindDoNotBreakTheFile()
    {
        TableSheet sheet;
        sheet.columns = {{"text", "Text", CellKind::Text}};
        give(sheet,
            {{TableCell::ofText(std::string{"a\0b", 3})}, {TableCell::ofText("\xFF\xFE")},
                {TableCell::ofText("<&>\x01\x1B")}, {TableCell::ofText(std::string(40'000, 'x'))},
                {TableCell::ofText("two\nlines")}});
        QVERIFY_OK(exportXlsx(sheet, path("a.xlsx"), {}));
        const XlsxCells cells{file("a.xlsx")};
        QCOMPARE(cells.text(QStringLiteral("A4")), QStringLiteral("a b"));
        QCOMPARE(cells.text(QStringLiteral("A5")), QStringLiteral("\uFFFD\uFFFD"));
        QVERIFY(cells.text(QStringLiteral("A6")).startsWith(QStringLiteral("<&>")));
        QCOMPARE(cells.text(QStringLiteral("A7")).size(), 32'767);
        QCOMPARE(cells.text(QStringLiteral("A8")), QStringLiteral("two\nlines"));
    }

    void anEmptyTableIsAFileToo()
    {
        TableSheet sheet = smallSheet();
        give(sheet, {});
        sheet.totals.clear();
        QVERIFY_OK(exportXlsx(sheet, path("a.xlsx"), {}));
        QCOMPARE(XlsxCells{file("a.xlsx")}.rows(), 7);
        QVERIFY_OK(exportCsv(sheet, path("a.csv"), {}, {}));
    }

    void cancelLeavesNothing_data()
    {
        QTest::addColumn<bool>("xlsx");
        QTest::addColumn<int>("afterRows");
        QTest::newRow("csv") << false << 5'000;
        QTest::newRow("xlsx, in the rows") << true << 5'000;
        QTest::newRow("xlsx, while it packs") << true << 0;
    }
    void cancelLeavesNothing()
    {
        QFETCH(bool, xlsx);
        QFETCH(int, afterRows);
        write("a.out", "what stood there");
        const std::uint64_t rows = static_cast<std::uint64_t>(test::rounds(100'000));
        TableSheet sheet = longSheet(rows);
        StopToken stop;
        std::atomic<qint64> stoppedAt{0};
        QElapsedTimer timer;
        timer.start();
        const auto stopNow = [&] {
            stoppedAt = timer.elapsed();
            stop.requestStop();
        };
        std::thread later;
        auto pull = sheet.next;
        std::uint64_t seen = 0;
        sheet.next = [&](TableSheet::Row& row, const TaskContext& context) -> Result<bool> {
            if (++seen == static_cast<std::uint64_t>(afterRows))
                stopNow();
            auto more = pull(row, context);
            if (more.ok() && !*more && afterRows == 0)
                later = std::thread{[&] { // while the library packs
                    std::this_thread::yield();
                    QTest::qSleep(15);
                    stopNow();
                }};
            return more;
        };
        const TaskContext context{stop, {}};
        const auto report = xlsx ? exportXlsx(sheet, path("a.out"), context)
                                 : exportCsv(sheet, path("a.out"), {}, context);
        const qint64 waited = timer.elapsed() - stoppedAt;
        if (later.joinable())
            later.join();
        if (report.ok())
            QSKIP("it was done before the cancel");
        QCOMPARE(report.error().code, ErrorCode::Cancelled);
        qInfo("cancelled within %lld ms", static_cast<long long>(waited));
        QVERIFY(waited < 100);
        QCOMPARE(
            QDir{m_folder->path()}.entryList(QDir::Files), QStringList{QStringLiteral("a.out")});
        QCOMPARE(content("a.out"), QByteArray{"what stood there"});
    }

    void troubleIsNamedAndLeavesWhatStoodThere_data()
    {
        QTest::addColumn<bool>("xlsx");
        QTest::newRow("csv") << false;
        QTest::newRow("xlsx") << true;
    }
    void troubleIsNamedAndLeavesWhatStoodThere()
    {
        QFETCH(bool, xlsx);
        const auto write = [xlsx](const std::string& to, std::uint64_t rows = 2'000) {
            const TableSheet sheet = longSheet(rows);
            return xlsx ? exportXlsx(sheet, to, {}) : exportCsv(sheet, to, {}, {});
        };
        this->write("a.out", "what stood there");
        for (const rlim_t room : {rlim_t{0}, rlim_t{3'000}, rlim_t{30'000}}) {
            const FullDisk full{room};
            const auto report = write(path("a.out"));
            QVERIFY(!report.ok());
            QCOMPARE(report.error().code, ErrorCode::DiskFull);
            QCOMPARE(report.error().where, path("a.out"));
            QVERIFY(!report.error().fix.empty());
        }
        QCOMPARE(content("a.out"), QByteArray{"what stood there"});
        QCOMPARE(write(path("none/a.out")).error().code, ErrorCode::NotFound);
        QCOMPARE(write(m_folder->path().toStdString()).error().code, ErrorCode::BadInput);
        QVERIFY(QDir{m_folder->path()}.mkdir(QStringLiteral("locked")));
        QFile::setPermissions(file("locked"), QFile::ReadOwner | QFile::ExeOwner);
        {
            const Unprivileged person;
            const auto report = write(path("locked/a.out"));
            QCOMPARE(report.error().code, ErrorCode::ReadOnly);
            QCOMPARE(report.error().where, path("locked/a.out"));
        }
        QCOMPARE(
            QDir{m_folder->path()}.entryList(QDir::Files), QStringList{QStringLiteral("a.out")});
        QVERIFY_OK(write(path("a.out")));
    }

    void theErrorOfTheRowsStopsIt()
    {
        TableSheet sheet = longSheet(10);
        sheet.next = [](TableSheet::Row&, const TaskContext&) -> Result<bool> {
            return Error{ErrorCode::OutOfScope, "row", "not yours", {}};
        };
        QCOMPARE(exportXlsx(sheet, path("a"), {}).error().code, ErrorCode::OutOfScope);
        QCOMPARE(exportCsv(sheet, path("a"), {}, {}).error().code, ErrorCode::OutOfScope);
        QVERIFY(QDir{m_folder->path()}.entryList(QDir::Files).isEmpty());
    }

    void aHundredThousandRowsInLittleMemory()
    {
        const auto rows = static_cast<std::uint64_t>(test::rounds(100'000));
        std::uint64_t reports = 0;
        const TaskContext context{{}, [&reports](const Progress& progress) {
                                      ++reports;
                                      SLUICE_CHECK(progress.done <= progress.total);
                                  }};
        for (const bool xlsx : {false, true}) {
            const std::int64_t before = memoryKb();
            QElapsedTimer timer;
            timer.start();
            const std::string to = path(xlsx ? "long.xlsx" : "long.csv");
            const auto report = xlsx ? exportXlsx(longSheet(rows), to, context)
                                     : exportCsv(longSheet(rows), to, {}, context);
            QVERIFY_OK(report);
            QCOMPARE(report->rows, rows);
            const std::int64_t grown = memoryKb() - before;
            qInfo("%llu rows x 10 cells as %s: %lld ms, %lld KiB more memory, %lld KiB of file",
                static_cast<unsigned long long>(rows), xlsx ? "XLSX" : "CSV",
                static_cast<long long>(timer.elapsed()), static_cast<long long>(grown),
                static_cast<long long>(QFileInfo{QString::fromStdString(to)}.size() / 1024));
#if !defined(__SANITIZE_ADDRESS__)
            QVERIFY(grown < 32 * 1024);
#endif
        }
        QVERIFY(reports >= rows / 1024);
    }

private:
    [[nodiscard]] QString file(const char* name) const
    {
        return m_folder->filePath(QLatin1String{name});
    }
    [[nodiscard]] std::string path(const char* name) const
    {
        return file(name).toStdString();
    }
    [[nodiscard]] QByteArray content(const char* name) const
    {
        QFile opened{file(name)};
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray{};
    }
    void write(const char* name, const QByteArray& bytes) const
    {
        QFile opened{file(name)};
        QVERIFY(opened.open(QIODevice::WriteOnly) && opened.write(bytes) == bytes.size());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestTableExport)
#include "tst_TableExport.moc"
