// SPDX-License-Identifier: GPL-3.0-or-later
// A document packed and read back: its hash, its bytes and the text of each of its records.
#include "core/ingest/DocumentFrames.h"
#include "core/ingest/TextSource.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/ingest/Sources.h"

#include <QCryptographicHash>
#include <QStringConverter>
#include <QTest>

using namespace sluice;
using namespace sluice::test;

class DocumentPackerTest : public QObject {
    Q_OBJECT

private slots:
    void hashesAndCutsIntoFrames_data();
    void hashesAndCutsIntoFrames();
    void whatDoesNotPackIsKeptAsItIs();
    void emptyDocument();
    void sinkErrorsComeBack();
    void stops();
    void unfinishedWorkIsDropped();
    void readsAnyBytes();
    void readsRecords_data();
    void readsRecords();
    void damageIsNoticed();
};

namespace {

struct Kept {
    PackedDocument document;
    std::vector<FrameInfo> frames;
    std::vector<std::string> bytes;

    [[nodiscard]] DocumentFrames reader() const
    {
        return {"t.csv", frames, [stored = bytes](std::uint32_t index) -> Result<std::string> {
                    return stored.at(index);
                }};
    }
};

Result<Kept> keep(const std::string& text, std::size_t blockSize = BlockPool::BlockSize)
{
    Kept kept;
    DocumentPacker packer([&kept](PackedFrame&& frame) {
        kept.frames.push_back(frame.info);
        kept.bytes.push_back(std::move(frame.bytes));
        return Status::success();
    });
    MemorySource source("t.csv", text, blockSize);
    for (;;) {
        SLUICE_TRY(ByteBlock block, source.next({}));
        if (block.atEnd())
            break;
        SLUICE_TRY_DO(packer.push(std::move(block)));
    }
    SLUICE_TRY(kept.document, packer.finish());
    return kept;
}

// Rows of several lines, some of half a frame.
std::string makeTable(const std::string& lineEnd, std::size_t size)
{
    SeededRandom random(3);
    std::string text = "a;b;c" + lineEnd;
    for (int row = 0; text.size() < size; ++row) {
        const std::string filler(
            static_cast<std::size_t>(row % 4'000 == 1'999 ? 1'000'000 : random.below(60)), 'f');
        text += std::to_string(row) + ";\"Grö\"\"ße" + (row % 3 == 0 ? lineEnd : std::string())
            + "\";" + filler + lineEnd;
    }
    return text;
}

std::string noise(std::size_t size)
{
    SeededRandom random(9);
    std::string bytes;
    while (bytes.size() < size)
        bytes += static_cast<char>(random.below(256));
    return bytes;
}

} // namespace

void DocumentPackerTest::hashesAndCutsIntoFrames_data()
{
    QTest::addColumn<int>("blockSize");
    QTest::newRow("blocks as files give them") << static_cast<int>(BlockPool::BlockSize);
    QTest::newRow("small blocks") << 10'007;
    QTest::newRow("large blocks") << 5'000'000;
}

void DocumentPackerTest::hashesAndCutsIntoFrames()
{
    QFETCH(int, blockSize);
    const std::string text = makeTable("\n", 13'000'000);
    const auto kept = keep(text, static_cast<std::size_t>(blockSize));
    QVERIFY_OK(kept);
    const QByteArray expected
        = QCryptographicHash::hash(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())),
            QCryptographicHash::Sha256);
    QCOMPARE(QByteArray::fromStdString(toHex(kept->document.sha256)), expected.toHex());
    QCOMPARE(kept->document.rawSize, std::uint64_t(text.size()));
    QCOMPARE(kept->document.frames, std::uint32_t(kept->frames.size()));
    std::uint64_t stored = 0;
    for (std::size_t index = 0; index < kept->frames.size(); ++index) {
        const FrameInfo& frame = kept->frames[index];
        const auto begin = text.begin();
        const auto offset = static_cast<std::ptrdiff_t>(index * DocumentPacker::FrameSize);
        QCOMPARE(frame.index, std::uint32_t(index));
        QCOMPARE(frame.rawOffset, std::uint64_t(offset));
        QCOMPARE(frame.firstLine,
            static_cast<std::uint64_t>(std::count(begin, begin + offset, '\n')) + 1);
        QVERIFY(frame.packed && kept->bytes[index].size() < frame.rawSize / 2);
        stored += kept->bytes[index].size();
    }
    QCOMPARE(kept->document.storedSize, stored);
}

void DocumentPackerTest::whatDoesNotPackIsKeptAsItIs()
{
    const std::string bytes = noise(5'000'000);
    const auto kept = keep(bytes);
    QVERIFY_OK(kept);
    QCOMPARE(kept->document.storedSize, std::uint64_t(bytes.size()));
    QVERIFY(!kept->frames[0].packed && !kept->frames[1].packed);
    const auto read = kept->reader().bytes(0, bytes.size() + 10);
    QVERIFY_OK(read);
    QVERIFY(*read == bytes);
}

void DocumentPackerTest::emptyDocument()
{
    const auto kept = keep("");
    QVERIFY_OK(kept);
    QCOMPARE(toHex(kept->document.sha256),
        std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    QVERIFY(kept->frames.empty());
    QVERIFY(!kept->reader().record(1).ok());
}

void DocumentPackerTest::sinkErrorsComeBack()
{
    const Error full{ErrorCode::DiskFull, "ledger", "no room", {}};
    DocumentPacker packer([&full](PackedFrame&&) { return Status(full); });
    MemorySource source("t.csv", std::string(64U << 20, 'x'));
    // More than the queue holds: push() must not wait for a thread that has given up.
    Status status;
    for (;;) {
        auto block = source.next({});
        QVERIFY_OK(block);
        if (block->atEnd())
            break;
        status = packer.push(*block);
        if (!status.ok())
            break;
    }
    QVERIFY(!status.ok());
    QVERIFY(status.error() == full);
    const auto document = packer.finish();
    QVERIFY(!document.ok());
    QVERIFY(document.error() == full);
}

void DocumentPackerTest::stops()
{
    const StopToken stop;
    DocumentPacker packer(
        [&stop](PackedFrame&&) {
            stop.requestStop();
            return Status::success();
        },
        stop);
    MemorySource source("t.csv", std::string(64U << 20, 'x'));
    Status status;
    while (status.ok()) {
        auto block = source.next({});
        QVERIFY_OK(block);
        QVERIFY(!block->atEnd());
        status = packer.push(*block);
    }
    QCOMPARE(status.error().code, ErrorCode::Cancelled);
    const auto document = packer.finish();
    QVERIFY(!document.ok());
    QCOMPARE(document.error().code, ErrorCode::Cancelled);
}

void DocumentPackerTest::unfinishedWorkIsDropped()
{
    DocumentPacker packer([](PackedFrame&&) { return Status::success(); });
    MemorySource source("t.csv", std::string(3U << 20, 'x'));
    auto block = source.next({});
    QVERIFY_OK(block);
    QVERIFY_OK(packer.push(*block));
}

void DocumentPackerTest::readsAnyBytes()
{
    const std::string text = makeTable("\r\n", 9'000'000);
    const auto kept = keep(text);
    QVERIFY_OK(kept);
    DocumentFrames frames = kept->reader();
    QCOMPARE(frames.rawSize(), std::uint64_t(text.size()));
    SeededRandom random(seed(31));
    for (int round = 0; round < 50; ++round) {
        const std::size_t offset = static_cast<std::size_t>(random.below(text.size() + 10));
        const std::size_t length
            = static_cast<std::size_t>(random.below(round % 5 == 0 ? 6'000'000 : 500));
        const auto bytes = frames.bytes(offset, length);
        QVERIFY_OK(bytes);
        QVERIFY(*bytes == (offset < text.size() ? text.substr(offset, length) : std::string()));
    }
}

void DocumentPackerTest::readsRecords_data()
{
    QTest::addColumn<QByteArray>("lineEnd");
    QTest::addColumn<QByteArray>("form");
    for (const char* form : {"utf-8", "bom", "windows-1252", "utf-16"}) {
        QTest::addRow("LF, %s", form) << QByteArray("\n") << QByteArray(form);
        QTest::addRow("CRLF, %s", form) << QByteArray("\r\n") << QByteArray(form);
        QTest::addRow("CR, %s", form) << QByteArray("\r") << QByteArray(form);
    }
}

void DocumentPackerTest::readsRecords()
{
    QFETCH(QByteArray, lineEnd);
    QFETCH(QByteArray, form);
    const std::string text = makeTable(lineEnd.toStdString(), 5'400'000);
    const QString unicode = QString::fromStdString(text);
    std::string bytes = text;
    if (form == "bom")
        bytes = "\xEF\xBB\xBF" + text;
    else if (form == "windows-1252")
        bytes = unicode.toLatin1().toStdString();
    else if (form == "utf-16")
        bytes
            = QByteArray(QStringEncoder(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom)
                             .encode(unicode))
                  .toStdString();
    const auto kept = keep(bytes);
    QVERIFY_OK(kept);
    DocumentFrames frames = kept->reader();
    auto decoded = TextSource::open(frames.source());
    QVERIFY_OK(decoded);
    const auto table = readTable(std::move(decoded).value());
    QVERIFY_OK(table);
    // Records at random, those around each frame's first line, the long ones, the first and the
    // last.
    std::vector<std::size_t> wanted{0, 1'999, 2'000, table->rows.size() - 1};
    SeededRandom random(seed(32));
    for (int round = 0; round < rounds(20); ++round)
        wanted.push_back(static_cast<std::size_t>(random.below(table->rows.size())));
    for (std::size_t row = 1; row < table->rows.size(); ++row) {
        for (const FrameInfo& frame : kept->frames) {
            if (table->rows[row - 1].line <= frame.firstLine
                && table->rows[row].line > frame.firstLine)
                wanted.insert(wanted.end(), {row - 1, row});
        }
    }
    for (const std::size_t row : wanted) {
        const auto record = frames.record(table->rows[row].line);
        QVERIFY_OK(record);
        QVERIFY(*record == table->rows[row].raw);
    }
    // A walk down the lines unpacks each frame once: the first for its header, and each for its
    // lines.
    std::size_t loads = 0;
    DocumentFrames walked{"t.csv", kept->frames, [&](std::uint32_t index) -> Result<std::string> {
                              ++loads;
                              return kept->bytes.at(index);
                          }};
    for (const auto& row : table->rows) {
        const auto record = walked.record(row.line);
        QVERIFY_OK(record);
        QVERIFY(*record == row.raw);
    }
    QVERIFY2(loads <= 2 * kept->frames.size() + 2, std::to_string(loads).c_str());
    QVERIFY(!frames.record(0).ok());
    QVERIFY(!frames.record(1).ok());
    QCOMPARE(frames.record(1'000'000).error().code, ErrorCode::NotFound);
}

void DocumentPackerTest::damageIsNoticed()
{
    const auto kept = keep(makeTable("\n", 6'000'000));
    QVERIFY_OK(kept);
    Kept damaged = *kept;
    damaged.bytes[1].resize(damaged.bytes[1].size() / 2);
    const auto bytes = damaged.reader().bytes(0, 6'000'000);
    QVERIFY(!bytes.ok());
    QCOMPARE(bytes.error().code, ErrorCode::Damaged);
    QCOMPARE(bytes.error().where, std::string("t.csv, frame 1"));
    damaged.frames[1].packed = false;
    QVERIFY(!damaged.reader().bytes(0, 6'000'000).ok());
}

QTEST_GUILESS_MAIN(DocumentPackerTest)
#include "tst_DocumentPacker.moc"
