// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/ingest/Sources.h"

#include <QTest>

using namespace sluice;
using namespace sluice::test;

class CsvReaderTest : public QObject {
    Q_OBJECT

private slots:
    void recordsHaveFieldsLineAndRaw();
    void quotedFields();
    void lineEnds_data();
    void lineEnds();
    void delimiters_data();
    void delimiters();
    void raggedRowsAreReported();
    void blankLinesAreSkipped();
    void lastLineWithoutEnd();
    void headerOnly();
    void bareQuotesAreText();
    void refused_data();
    void refused();
    void wideValuesCrossBlocks();
    void batchesOutliveTheReader();
    void goodRecordsComeBeforeTheFault();
    void endlessLineIsRefusedInBoundedMemory_data();
    void endlessLineIsRefusedInBoundedMemory();
    void limitsAreExact();
    void stops();
    void sampleFiles();
};

static std::vector<std::string> fieldsOf(const std::string& text)
{
    const auto table = readTable(text);
    if (!table.ok())
        return {errorSentence(table.error())};
    return table->rows.empty() ? std::vector<std::string>{} : table->rows.front().fields;
}

void CsvReaderTest::recordsHaveFieldsLineAndRaw()
{
    const auto table = readTable("a,b,c\r\n1,,\"x,y\"\r\n\"l1\r\nl2\",2,3\r\n4,5,6\r\n");
    QVERIFY_OK(table);
    QCOMPARE(table->header, (std::vector<std::string>{"a", "b", "c"}));
    QCOMPARE(table->rows.size(), std::size_t{3});
    QVERIFY((table->rows[0] == TestRow{{"1", "", "x,y"}, 2, "1,,\"x,y\""}));
    QVERIFY((table->rows[1] == TestRow{{"l1\r\nl2", "2", "3"}, 3, "\"l1\r\nl2\",2,3"}));
    QVERIFY((table->rows[2] == TestRow{{"4", "5", "6"}, 5, "4,5,6"}));
    QVERIFY(!table->endedWithoutNewline);
}

void CsvReaderTest::quotedFields()
{
    QCOMPARE(fieldsOf("a,b\n\"\",\"\"\"\"\n"), (std::vector<std::string>{"", "\""}));
    QCOMPARE(
        fieldsOf("a,b\n\"\"\"x\"\"\",\"y\"\"\"\n"), (std::vector<std::string>{"\"x\"", "y\""}));
    QCOMPARE(fieldsOf("a,b\n\"{\"\"k\"\": \"\"v\"\"}\",z"),
        (std::vector<std::string>{"{\"k\": \"v\"}", "z"}));
    QCOMPARE(fieldsOf("\"a\",\"b\"\n1,2\n"), (std::vector<std::string>{"1", "2"}));
}

void CsvReaderTest::lineEnds_data()
{
    QTest::addColumn<QByteArray>("end");
    QTest::newRow("LF") << QByteArray("\n");
    QTest::newRow("CRLF") << QByteArray("\r\n");
    QTest::newRow("CR") << QByteArray("\r");
}

void CsvReaderTest::lineEnds()
{
    QFETCH(QByteArray, end);
    const std::string e = end.toStdString();
    std::string text = "a,b" + e;
    for (int row = 0; row < 200; ++row)
        text += std::to_string(row) + ",\"value " + e + " " + std::to_string(row) + "\"" + e;
    const auto table = readTable(text);
    QVERIFY_OK(table);
    QCOMPARE(table->rows.size(), std::size_t{200});
    for (std::size_t row = 0; row < 200; ++row) {
        QCOMPARE(table->rows[row].line, 2 + 2 * row);
        QCOMPARE(table->rows[row].fields[1], "value " + e + " " + std::to_string(row));
    }
}

void CsvReaderTest::delimiters_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<char>("delimiter");
    QTest::newRow("comma") << QByteArray("a,b\n1,2\n") << ',';
    QTest::newRow("semicolon") << QByteArray("a;b\n1;2\n") << ';';
    QTest::newRow("tab") << QByteArray("a\tb\n1\t2\n") << '\t';
    QTest::newRow("bar") << QByteArray("a|b\n1|2\n") << '|';
    QTest::newRow("quoted commas do not count") << QByteArray("\"a,,,\";b\n1;2\n") << ';';
    QTest::newRow("sep line") << QByteArray("sep=;\r\na;b\r\n1;2\r\n") << ';';
    QTest::newRow("sep line with another sign") << QByteArray("sep=^\na^b\n1^2\n") << '^';
}

void CsvReaderTest::delimiters()
{
    QFETCH(QByteArray, text);
    QFETCH(char, delimiter);
    for (const std::size_t block : {std::size_t{1}, std::size_t{3}, BlockPool::BlockSize}) {
        const auto table = readTable(text.toStdString(), block);
        QVERIFY_OK(table);
        QCOMPARE(table->delimiter, delimiter);
        QCOMPARE(table->header.size(), std::size_t{2});
        QCOMPARE(table->rows.front().fields, (std::vector<std::string>{"1", "2"}));
        QCOMPARE(table->rows.front().line, std::uint64_t(text.startsWith("sep") ? 3 : 2));
    }
}

void CsvReaderTest::raggedRowsAreReported()
{
    const auto table = readTable("a,b,c\n1\n1,2,3,4\n1,2,3\n");
    QVERIFY_OK(table);
    QCOMPARE(table->rows[0].fields.size(), std::size_t{1});
    QCOMPARE(table->rows[1].fields.size(), std::size_t{4});
    QCOMPARE(table->rows[2].fields.size(), std::size_t{3});
}

void CsvReaderTest::blankLinesAreSkipped()
{
    const auto table = readTable("\r\n\na,b\n\n1,2\n\r\n\n3,4\n\n\n");
    QVERIFY_OK(table);
    QCOMPARE(table->rows.size(), std::size_t{2});
    QCOMPARE(table->rows[0].line, std::uint64_t{5});
    QCOMPARE(table->rows[1].line, std::uint64_t{8});
}

void CsvReaderTest::lastLineWithoutEnd()
{
    const auto table = readTable("a,b\n1,2\n3,4");
    QVERIFY_OK(table);
    QVERIFY(table->endedWithoutNewline);
    QCOMPARE(table->rows.size(), std::size_t{2});
    const auto empty = readTable("a,b\n1,");
    QVERIFY_OK(empty);
    QCOMPARE(empty->rows.front().fields, (std::vector<std::string>{"1", ""}));
}

void CsvReaderTest::headerOnly()
{
    for (const char* text : {"a,b", "a,b\n", "a,b\r\n\r\n"}) {
        const auto table = readTable(std::string(text));
        QVERIFY_OK(table);
        QCOMPARE(table->header.size(), std::size_t{2});
        QVERIFY(table->rows.empty());
    }
}

void CsvReaderTest::bareQuotesAreText()
{
    QCOMPARE(fieldsOf("a,b\n5\" disk,x\"\"y\n"), (std::vector<std::string>{"5\" disk", "x\"\"y"}));
    QCOMPARE(fieldsOf("a,b\n1, \"x\n"), (std::vector<std::string>{"1", " \"x"}));
}

void CsvReaderTest::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("where");
    QTest::addColumn<QByteArray>("what");
    QTest::newRow("empty") << QByteArray() << QByteArray("t.csv")
                           << QByteArray("the file is empty");
    QTest::newRow("blank") << QByteArray("\n\r\n\n") << QByteArray("t.csv")
                           << QByteArray("the file has no header line");
    QTest::newRow("no name") << QByteArray("a,,c\n") << QByteArray("t.csv, line 1")
                             << QByteArray("column 2 of 3 has no name in the header");
    QTest::newRow("twice")
        << QByteArray("a,b,a,b\n") << QByteArray("t.csv, line 1")
        << QByteArray("the header names columns twice: a (columns 1 and 3), b (columns 2 and 4)");
    QTest::newRow("cut within a record")
        << QByteArray("a,b,c\n1,2,3\n4,5") << QByteArray("t.csv, line 3, column 4")
        << QByteArray("the file ends within a record: 2 of 3 fields and no line end");
    QTest::newRow("cut within quotes")
        << QByteArray("a,b\n1,2\n3,\"xyz\n\n") << QByteArray("t.csv, line 3, column 3")
        << QByteArray(
               "the file ends within a record (begun on line 3): the quote opened here is never closed");
    QTest::newRow("cut within quotes of a record of several lines")
        << QByteArray("a,b\n\"1\n\",\"\xC3\xA4") << QByteArray("t.csv, line 3, column 3")
        << QByteArray(
               "the file ends within a record (begun on line 2): the quote opened here is never closed");
    QTest::newRow("behind a quote")
        << QByteArray("a,b\n\"\xC3\xA4\" x,2\n") << QByteArray("t.csv, line 2, column 4")
        << QByteArray("text after the quote that closes a field");
    QTest::newRow("separator is a quote")
        << QByteArray("sep=\"") << QByteArray("t.csv, line 1, column 5")
        << QByteArray("the separator named here cannot be one");
}

void CsvReaderTest::refused()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, where);
    QFETCH(QByteArray, what);
    for (const std::size_t block : {std::size_t{1}, std::size_t{5}, BlockPool::BlockSize}) {
        const auto table = readTable(text.toStdString(), block);
        QVERIFY(!table.ok());
        QCOMPARE(table.error().code, ErrorCode::BadInput);
        QCOMPARE(QByteArray::fromStdString(table.error().where), where);
        QCOMPARE(QByteArray::fromStdString(table.error().what), what);
        QVERIFY(!table.error().fix.empty());
    }
}

void CsvReaderTest::wideValuesCrossBlocks()
{
    // Values of up to a MiB, in records of several, in blocks of 64 KiB.
    std::string text = "a,b,c\n";
    for (const std::size_t size : {std::size_t{1}, std::size_t{70'000}, std::size_t{1} << 20})
        text += std::string(size, 'x') + ",\"" + std::string(size, 'y') + "\","
            + std::string(size, 'z') + "\n";
    const auto table = readTable(text, 65'536);
    QVERIFY_OK(table);
    QCOMPARE(table->rows.size(), std::size_t{3});
    QVERIFY((table->rows[2].fields[1] == std::string(1U << 20, 'y')));
    QCOMPARE(table->rows[2].line, std::uint64_t{4});
}

void CsvReaderTest::batchesOutliveTheReader()
{
    std::string text = "a,b\n";
    for (int row = 0; row < 2'000; ++row)
        text += std::to_string(row) + ",\"\"\"" + std::to_string(row) + "\"\n";
    std::vector<RecordBatch> batches;
    {
        auto reader = CsvReader::open(std::make_unique<MemorySource>("t.csv", text, 4'096));
        QVERIFY_OK(reader);
        for (;;) {
            RecordBatch batch;
            const auto more = reader->next(batch);
            QVERIFY_OK(more);
            if (!*more)
                break;
            batches.push_back(std::move(batch));
        }
    }
    std::uint64_t expected = 0;
    for (const RecordBatch& batch : batches) {
        for (std::size_t row = 0; row < batch.size(); ++row, ++expected) {
            QCOMPARE(std::string(batch.fields(row)[0]), std::to_string(expected));
            QCOMPARE(std::string(batch.fields(row)[1]), "\"" + std::to_string(expected));
        }
    }
    QCOMPARE(expected, std::uint64_t{2'000});
}

void CsvReaderTest::goodRecordsComeBeforeTheFault()
{
    auto reader
        = CsvReader::open(std::make_unique<MemorySource>("t.csv", "a,b\n1,2\n3,4\n\"5\"x,6\n"));
    QVERIFY_OK(reader);
    RecordBatch batch;
    const auto first = reader->next(batch);
    QVERIFY_OK(first);
    QCOMPARE(batch.size(), std::size_t{2});
    const auto second = reader->next(batch);
    QVERIFY(!second.ok());
    QCOMPARE(second.error().where, std::string("t.csv, line 4, column 4"));
}

void CsvReaderTest::endlessLineIsRefusedInBoundedMemory_data()
{
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("fill");
    QTest::newRow("in the header") << QByteArray() << QByteArray("x");
    QTest::newRow("one field") << QByteArray("a,b\n1,") << QByteArray("x");
    QTest::newRow("quoted") << QByteArray("a,b\n1,\"") << QByteArray("x\n");
    QTest::newRow("quotes") << QByteArray("a,b\n1,\"") << QByteArray("\"\"");
    QTest::newRow("many fields") << QByteArray("a,b\n") << QByteArray("1,");
    QTest::newRow("blank lines") << QByteArray("") << QByteArray("\r\n");
}

void CsvReaderTest::endlessLineIsRefusedInBoundedMemory()
{
    QFETCH(QByteArray, begin);
    QFETCH(QByteArray, fill);
    // 1 GiB, of which next to nothing may be kept.
    std::string block;
    while (block.size() < BlockPool::BlockSize)
        block += fill.toStdString();
    const std::uint64_t blocks = static_cast<std::uint64_t>(rounds(1'024));
    auto source = std::make_unique<MadeSource>("long.csv", [&](std::uint64_t index) {
        return index == 0 ? begin.toStdString() + block : index < blocks ? block : std::string();
    });
    const MadeSource* const made = source.get();
    auto reader = CsvReader::open(std::move(source));
    std::size_t carryMax = 0;
    if (reader.ok()) {
        RecordBatch batch;
        const auto more = reader->next(batch);
        QVERIFY(!more.ok());
        QCOMPARE(more.error().code, ErrorCode::BadInput);
        QVERIFY(more.error().where.starts_with("long.csv, line 2, column "));
        carryMax = made->carryMax();
    } else {
        QCOMPARE(reader.error().code, ErrorCode::BadInput);
        QVERIFY(reader.error().where.starts_with("long.csv"));
    }
    QVERIFY(carryMax < (4U << 20));
}

void CsvReaderTest::limitsAreExact()
{
    const CsvLimits limits{.columns = 3, .fieldBytes = 10, .recordBytes = 20};
    for (const std::size_t block : {std::size_t{1}, std::size_t{7}, BlockPool::BlockSize}) {
        QVERIFY_OK(readTable("a,b\n1,2,3\n", block, limits));
        QVERIFY(!readTable("a,b\n1,2,3,4\n", block, limits).ok());
        QVERIFY_OK(readTable("a,b\n1,1234567890\n", block, limits));
        QVERIFY(!readTable("a,b\n1,12345678901\n", block, limits).ok());
        QVERIFY_OK(readTable("a,b\n1,\"1234567890\"\n", block, limits));
        QVERIFY(!readTable("a,b\n1,\"12345678901\"\n", block, limits).ok());
        QVERIFY_OK(readTable("a,b\n12345678,\"123456789\"\n", block, limits));
        QVERIFY(!readTable("a,b\n123456789,\"1234567890\"\n", block, limits).ok());
    }
    std::string wide = "c1";
    for (int column = 2; column <= 4'096; ++column)
        wide += ",c" + std::to_string(column);
    QVERIFY_OK(readTable(wide + "\n"));
    QVERIFY(!readTable(wide + ",more\n").ok());
    QVERIFY_OK(readTable(wide + "\n" + std::string(4'095, ',') + "\n"));
    QVERIFY(!readTable(wide + "\n" + std::string(4'096, ',') + "\n").ok());
}

void CsvReaderTest::stops()
{
    const StopToken stop;
    auto reader = CsvReader::open(std::make_unique<MemorySource>("t.csv", "a,b\n1,2\n"), stop);
    QVERIFY_OK(reader);
    stop.requestStop();
    RecordBatch batch;
    const auto more = reader->next(batch);
    QVERIFY(!more.ok());
    QCOMPARE(more.error().code, ErrorCode::Cancelled);
}

void CsvReaderTest::sampleFiles()
{
    const QString path
        = sharedPath(QStringLiteral("data/focus/focus_sample_data_1.0/focus_sample.csv"));
    if (path.isEmpty())
        QSKIP("the shared sample data is not there");
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string text = file.readAll().toStdString();
    const auto table = readTable(text);
    QVERIFY_OK(table);
    QCOMPARE(table->rows.size(), std::size_t{1'000});
    for (const TestRow& row : table->rows)
        QCOMPARE(row.fields.size(), table->header.size());
    QCOMPARE(table->rows.back().line, std::uint64_t{1'001});
}

QTEST_GUILESS_MAIN(CsvReaderTest)
#include "tst_CsvReader.moc"
