// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/FileSource.h"
#include "tests/support/Qt.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace sluice;

class FileSourceTest : public QObject {
    Q_OBJECT

private slots:
    void givesTheBytesBehindWhatIsCarried();
    void blocksStayWhenTheSourceGoesOn();
    void refusesWhatIsNoFile();
    void noticesAChange();
    void stops();

private:
    std::string write(const QString& name, const QByteArray& bytes);
    QTemporaryDir m_folder;
};

std::string FileSourceTest::write(const QString& name, const QByteArray& bytes)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("the test folder cannot be written");
    return file.fileName().toStdString();
}

static QByteArray pattern(int size)
{
    QByteArray bytes(size, '\0');
    for (int at = 0; at < size; ++at)
        bytes[at] = static_cast<char>((at * 7 + at / 251) & 0x7F);
    return bytes;
}

void FileSourceTest::givesTheBytesBehindWhatIsCarried()
{
    const QByteArray bytes = pattern((2 << 20) + 12'345);
    const auto source = FileSource::open(write(QStringLiteral("a.csv"), bytes));
    QVERIFY_OK(source);
    QCOMPARE((*source)->rawSize(), std::uint64_t(bytes.size()));
    std::string all;
    std::string carry;
    for (;;) {
        const auto block = (*source)->next(carry);
        QVERIFY_OK(block);
        QVERIFY(block->text().starts_with(carry));
        QCOMPARE(block->carried(), carry.size());
        if (block->atEnd())
            break;
        all += block->bytes();
        QCOMPARE((*source)->rawDone(), std::uint64_t(all.size()));
        carry = std::string(block->text().substr(block->text().size() - 100));
    }
    QVERIFY(all == bytes.toStdString());
}

void FileSourceTest::blocksStayWhenTheSourceGoesOn()
{
    const QByteArray bytes = pattern(5 << 20);
    std::vector<ByteBlock> blocks;
    {
        const auto source = FileSource::open(write(QStringLiteral("b.csv"), bytes));
        QVERIFY_OK(source);
        for (;;) {
            auto block = (*source)->next({});
            QVERIFY_OK(block);
            if (block->atEnd())
                break;
            blocks.push_back(*block);
        }
    }
    std::string all;
    for (const ByteBlock& block : blocks)
        all += block.bytes();
    QVERIFY(all == bytes.toStdString());
}

void FileSourceTest::refusesWhatIsNoFile()
{
    const auto absent
        = FileSource::open(m_folder.filePath(QStringLiteral("absent.csv")).toStdString());
    QVERIFY(!absent.ok());
    QCOMPARE(absent.error().code, ErrorCode::NotFound);
    QVERIFY(absent.error().where.ends_with("absent.csv"));

    const auto folder = FileSource::open(m_folder.path().toStdString());
    QVERIFY(!folder.ok());
    QCOMPARE(folder.error().code, ErrorCode::BadInput);
    QCOMPARE(folder.error().what, std::string("is a folder, not a file"));

    const std::string pipe = m_folder.filePath(QStringLiteral("pipe")).toStdString();
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    const auto fifo = FileSource::open(pipe);
    QVERIFY(!fifo.ok());
    QCOMPARE(fifo.error().code, ErrorCode::BadInput);

    if (::geteuid() == 0)
        return; // nothing is forbidden to root
    const std::string secret = write(QStringLiteral("secret.csv"), "a");
    QCOMPARE(::chmod(secret.c_str(), 0), 0);
    const auto forbidden = FileSource::open(secret);
    QVERIFY(!forbidden.ok());
    QCOMPARE(forbidden.error().code, ErrorCode::Io);
    QCOMPARE(forbidden.error().what, std::string("no permission to read the file"));
}

void FileSourceTest::noticesAChange()
{
    const std::string path = write(QStringLiteral("c.csv"), pattern(3 << 20));
    for (const off_t size : {off_t{2} << 20, off_t{4} << 20}) {
        const auto source = FileSource::open(path);
        QVERIFY_OK(source);
        QVERIFY_OK((*source)->next({}));
        QCOMPARE(::truncate(path.c_str(), size), 0);
        Error error{};
        for (;;) {
            const auto block = (*source)->next({});
            if (!block.ok()) {
                error = block.error();
                break;
            }
            QVERIFY(!block->atEnd());
        }
        QCOMPARE(error.code, ErrorCode::Io);
        QCOMPARE(error.what, std::string("the file changed while it was read"));
    }
}

void FileSourceTest::stops()
{
    const StopToken stop;
    const auto source = FileSource::open(write(QStringLiteral("d.csv"), "a,b\n"), stop);
    QVERIFY_OK(source);
    stop.requestStop();
    const auto block = (*source)->next({});
    QVERIFY(!block.ok());
    QCOMPARE(block.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(FileSourceTest)
#include "tst_FileSource.moc"
