// SPDX-License-Identifier: GPL-3.0-or-later
// Files made to exhaust: little on disk, gigabytes once unpacked. Each ends with an error or when
// it is cancelled, in bounded memory, and the ledger is as it was.
#include "tests/support/FocusRows.h"
#include "tests/support/LedgerFacts.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/support/TempLedger.h"

#include <QElapsedTimer>

#include <filesystem>
#include <sys/resource.h>
#include <zlib.h>

using namespace sluice;
using sluice::test::FocusHeader;
using sluice::test::focusRow;
using sluice::test::ledgerFacts;
using sluice::test::TempLedger;

namespace {

constexpr std::size_t MiB = 1U << 20;

// One gzip member; members behind one another are one file.
QByteArray packed(const std::string& text)
{
    z_stream stream{};
    SLUICE_CHECK(
        deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    QByteArray out{static_cast<qsizetype>(deflateBound(&stream, text.size())), '\0'};
    std::string in = text;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    SLUICE_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

std::string times(std::string_view piece, std::size_t bytes)
{
    std::string text;
    while (text.size() < bytes)
        text += piece;
    return text;
}

std::int64_t peakKib()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace

class tst_HugeInput : public QObject {
    Q_OBJECT

    // More than the readers, queues and frames of an import take; far less than what is unpacked.
    static constexpr std::int64_t AllowedKib = 250'000;
    // a sanitizer keeps what was freed
    static constexpr bool Measured = sluice::test::rounds(20) == 20;

    static std::string writeFile(
        TempLedger& ledger, const std::string& begin, const std::string& repeated, int count)
    {
        const std::string path = ledger.file(QStringLiteral("bomb.csv.gz"));
        QFile file{QString::fromStdString(path)};
        SLUICE_CHECK(file.open(QIODevice::WriteOnly));
        file.write(packed(begin));
        const QByteArray member = packed(repeated);
        for (int i = 0; i < count; ++i)
            file.write(member);
        return path;
    }

private slots:
    void aBombEndsInAnError_data()
    {
        QTest::addColumn<QByteArray>("begin");
        QTest::addColumn<QByteArray>("repeated");
        QTest::addColumn<int>("count");
        QTest::addColumn<QByteArray>("where");
        QTest::addColumn<QByteArray>("what");
        const auto add = [](const char* name, const std::string& begin, const std::string& repeated,
                             int count, const char* where, const char* what) {
            QTest::newRow(name) << QByteArray::fromStdString(begin)
                                << QByteArray::fromStdString(repeated) << count << QByteArray{where}
                                << QByteArray{what};
        };
        const std::string begin = FocusHeader + focusRow("1");
        add("a line of 1 GiB", begin, std::string(MiB, 'x'), 1'024, "bomb.csv.gz, line 3, column 1",
            "longer than 1048576 bytes");
        add("a header of 1 GiB", "BilledCost,", std::string(MiB, 'x'), 1'024,
            "bomb.csv.gz, line 1, column 1048576", "longer than 1048576 bytes");
        add("a line of 1 GiB of fields", begin, times("x,", MiB), 1'024,
            "bomb.csv.gz, line 3, column", "more than");
        add("a quote over 1 GiB", begin + "\"", times("line\n", MiB), 1'024,
            "bomb.csv.gz, line 3, column 1", "longer than 1048576 bytes");
        add("8 GiB of blank lines", begin, std::string(8 * MiB, '\n'), 1'024, "bomb.csv.gz",
            "unpacks to more than 1000 times its size");
        add("8 GiB of zeros", begin, std::string(8 * MiB, '\0'), 1'024,
            "bomb.csv.gz, line 3, byte offset", "NUL byte");
    }

    void aBombEndsInAnError()
    {
        QFETCH(QByteArray, begin);
        QFETCH(QByteArray, repeated);
        QFETCH(int, count);
        QFETCH(QByteArray, where);
        QFETCH(QByteArray, what);
        TempLedger ledger;
        QVERIFY_OK(ledger.import("good.csv", FocusHeader + focusRow("10")));
        const std::string before = ledgerFacts(ledger.workspace());
        ImportRequest request;
        request.paths.push_back(
            writeFile(ledger, begin.toStdString(), repeated.toStdString(), count));
        const std::int64_t peakBefore = peakKib();
        QElapsedTimer timer;
        timer.start();
        const auto refused
            = ImportService{ledger.workspace()}.import(request, Principal::owner(), {});
        qInfo("%lld ms, %lld KiB more at the peak", static_cast<long long>(timer.elapsed()),
            static_cast<long long>(peakKib() - peakBefore));
        QVERIFY(!refused.ok());
        const Error& error = refused.error();
        const QByteArray sentence = QByteArray::fromStdString(errorSentence(error));
        QVERIFY2(error.code == ErrorCode::BadInput && !error.fix.empty(), sentence);
        QVERIFY2(sentence.contains(where), sentence);
        QVERIFY2(sentence.contains(what), sentence);
        QVERIFY(!Measured || peakKib() - peakBefore < AllowedKib);
        QCOMPARE(ledgerFacts(ledger.workspace()), before);
    }

    // Rows that are good, only many, which a real export can pack two hundredfold: a large file. It
    // can be cancelled, and what was read of it does not stay.
    void aBombOfGoodRowsIsALargeFile()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import(
            "good.csv", FocusHeader + focusRow("10", "Before", "2026-09-03", "acc-9")));
        const std::string before = ledgerFacts(ledger.workspace());
        SeededRandom random{sluice::test::seed(11)};
        std::string rows;
        while (rows.size() < MiB)
            rows += focusRow(std::to_string(random.below(1'000'000)));
        ImportRequest request;
        request.paths.push_back(writeFile(ledger, FocusHeader, rows, 4'096));
        const std::int64_t peakBefore = peakKib();
        StopToken stop;
        const std::uint64_t enough = static_cast<std::uint64_t>(sluice::test::rounds(40));
        std::uint64_t reports = 0;
        const auto ended = ImportService{ledger.workspace()}.import(
            request, Principal::owner(), {stop, [&](const Progress&) {
                                              if (++reports == enough)
                                                  stop.requestStop();
                                          }});
        QVERIFY(!ended.ok());
        QVERIFY2(ended.error().code == ErrorCode::Cancelled, errorSentence(ended.error()).c_str());
        QVERIFY(!Measured || peakKib() - peakBefore < AllowedKib);
        QCOMPARE(ledgerFacts(ledger.workspace()), before);
        QVERIFY_OK(ledger.import("next.csv", FocusHeader + focusRow("11")));
    }

    void packedTwiceIsTold()
    {
        TempLedger ledger;
        const std::string before = ledgerFacts(ledger.workspace());
        ImportRequest request;
        request.paths.push_back(
            writeFile(ledger, packed(FocusHeader + focusRow("1")).toStdString(), {}, 0));
        const auto refused
            = ImportService{ledger.workspace()}.import(request, Principal::owner(), {});
        QVERIFY(!refused.ok());
        QVERIFY2(refused.error().what.find("packed with gzip twice") != std::string::npos,
            errorSentence(refused.error()).c_str());
        QCOMPARE(ledgerFacts(ledger.workspace()), before);
    }

    void aCutGzipFileIsTold()
    {
        TempLedger ledger;
        const std::string before = ledgerFacts(ledger.workspace());
        ImportRequest request;
        request.paths.push_back(writeFile(ledger, FocusHeader + focusRow("1"), {}, 0));
        std::filesystem::resize_file(
            request.paths.front(), std::filesystem::file_size(request.paths.front()) - 9);
        const auto refused
            = ImportService{ledger.workspace()}.import(request, Principal::owner(), {});
        QVERIFY(!refused.ok());
        QVERIFY2(refused.error().what.find("ends within its gzip data") != std::string::npos,
            errorSentence(refused.error()).c_str());
        QCOMPARE(ledgerFacts(ledger.workspace()), before);
    }
};

QTEST_GUILESS_MAIN(tst_HugeInput)
#include "tst_HugeInput.moc"
