// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/TextSource.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/ingest/Sources.h"

#include <QStringConverter>
#include <QTest>

#include <zlib.h>

using namespace sluice;
using namespace sluice::test;

class TextSourceTest : public QObject {
    Q_OBJECT

private slots:
    void encodings_data();
    void encodings();
    void utf8PassesWithoutACopy();
    void asciiThatTurnsOutToBeWindows1252();
    void mixedEncodingsAreRefused();
    void refused_data();
    void refused();
    void gzip();
    void gzipDamage();
    void gzipBombs();
    void randomTextInRandomBlocks();
};

namespace {

struct Decoded {
    std::string text;
    TextFormat format;
};

// Reads all, carrying some text from block to block as a CSV reader does.
Result<Decoded> decodeAll(std::unique_ptr<ByteSource> raw)
{
    SLUICE_TRY(const std::unique_ptr<TextSource> source, TextSource::open(std::move(raw)));
    Decoded decoded;
    std::string carry;
    for (;;) {
        SLUICE_TRY(const ByteBlock block, source->next(carry));
        SLUICE_CHECK(block.text().substr(0, block.carried()) == carry);
        decoded.text += block.bytes();
        decoded.format = source->format();
        if (block.atEnd())
            return decoded;
        carry = std::string(block.text().substr(block.text().size() / 2));
    }
}

Result<Decoded> decodeAll(std::string bytes, std::size_t blockSize = BlockPool::BlockSize)
{
    return decodeAll(std::make_unique<MemorySource>("t.csv", std::move(bytes), blockSize));
}

std::string packGzip(std::string_view text, int level = 6)
{
    z_stream stream{};
    SLUICE_CHECK(
        deflateInit2(&stream, level, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    SLUICE_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

std::string inUtf16(const QString& text, QStringConverter::Encoding encoding, bool mark)
{
    QStringEncoder encoder(
        encoding, mark ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default);
    const QByteArray bytes = encoder.encode(text);
    return bytes.toStdString();
}

} // namespace

void TextSourceTest::encodings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("encoding");
    QTest::addColumn<bool>("mark");
    const QString german
        = QStringLiteral("Straße,Größe,€\n1,2,3\n") + QString::fromUcs4(U"\U0001F600", 1);
    const auto add = [](const char* name, const std::string& bytes, const QByteArray& text,
                         TextEncoding encoding, bool mark) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << text
                            << static_cast<int>(encoding) << mark;
    };
    add("ascii", "a,b\n", "a,b\n", TextEncoding::Utf8, false);
    add("empty", "", "", TextEncoding::Utf8, false);
    add("utf-8", german.toStdString(), german.toUtf8(), TextEncoding::Utf8, false);
    add("utf-8 with mark", "\xEF\xBB\xBF" + german.toStdString(), german.toUtf8(),
        TextEncoding::Utf8, true);
    add("only a mark", "\xEF\xBB\xBF", "", TextEncoding::Utf8, true);
    add("utf-16 le with mark", inUtf16(german, QStringConverter::Utf16LE, true), german.toUtf8(),
        TextEncoding::Utf16LittleEndian, true);
    add("utf-16 be with mark", inUtf16(german, QStringConverter::Utf16BE, true), german.toUtf8(),
        TextEncoding::Utf16BigEndian, true);
    add("utf-16 le", inUtf16(german, QStringConverter::Utf16LE, false), german.toUtf8(),
        TextEncoding::Utf16LittleEndian, false);
    add("utf-16 be", inUtf16(german, QStringConverter::Utf16BE, false), german.toUtf8(),
        TextEncoding::Utf16BigEndian, false);
    add("windows-1252",
        "Stra\xDF"
        "e,Gr\xF6\xDF"
        "e,\x80\n",
        "Straße,Größe,€\n", TextEncoding::Windows1252, false);
    add("windows-1252 at the very end", "a,b\n1,\xE4", "a,b\n1,ä", TextEncoding::Windows1252,
        false);
}

void TextSourceTest::encodings()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QFETCH(int, encoding);
    QFETCH(bool, mark);
    for (const std::size_t block :
        {std::size_t{1}, std::size_t{2}, std::size_t{3}, BlockPool::BlockSize}) {
        for (const bool packed : {false, true}) {
            const auto decoded
                = decodeAll(packed ? packGzip(bytes.toStdString()) : bytes.toStdString(), block);
            QVERIFY_OK(decoded);
            QCOMPARE(QByteArray::fromStdString(decoded->text), text);
            QVERIFY(
                (decoded->format == TextFormat{packed, static_cast<TextEncoding>(encoding), mark}));
        }
    }
}

void TextSourceTest::utf8PassesWithoutACopy()
{
    auto source
        = TextSource::open(std::make_unique<MemorySource>("t.csv", std::string(3U << 20, 'x')));
    QVERIFY_OK(source);
    std::string seen;
    const auto first = (*source)->next({});
    QVERIFY_OK(first);
    QVERIFY(first->owner() != nullptr && first->owner().get() == first->text().data());
    const auto second = (*source)->next("carry");
    QVERIFY_OK(second);
    QCOMPARE(second->bytes().size(), std::size_t{1} << 20);
    QVERIFY(second->owner().get() == second->text().data());
}

void TextSourceTest::asciiThatTurnsOutToBeWindows1252()
{
    std::string bytes = "a,b\n";
    while (bytes.size() < (2U << 20))
        bytes += "plain,text\n";
    const auto decoded = decodeAll(bytes
        + "Gr\xF6\xDF"
          "e,1\n"
        + "\xE4,\xC3\xA4\n");
    QVERIFY_OK(decoded);
    QVERIFY(decoded->text == bytes + "Größe,1\nä,Ã¤\n");
    QCOMPARE(decoded->format.encoding, TextEncoding::Windows1252);
}

void TextSourceTest::mixedEncodingsAreRefused()
{
    std::string bytes = "Größe,b\n";
    while (bytes.size() < (2U << 20))
        bytes += "plain,text\n";
    const std::uint64_t line
        = static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n')) + 1;
    const auto late = decodeAll(bytes
        + "x,Gr\xF6\xDF"
          "e\n");
    QVERIFY(!late.ok());
    QCOMPARE(late.error().code, ErrorCode::BadInput);
    QCOMPARE(late.error().where,
        "t.csv, line " + std::to_string(line) + ", byte offset "
            + std::to_string(bytes.size() + 4));

    const auto early = decodeAll("Größe,Straße,\n1,Gr\xF6"
                                 "e\n",
        7);
    QVERIFY(!early.ok());
    QCOMPARE(early.error().where, std::string("t.csv, line 2, byte offset 21"));
    // The mark says UTF-8: what is not is an error, and never another encoding.
    QVERIFY(!decodeAll("\xEF\xBB\xBF"
                       "a,b\n\xE4,2\n")
                 .ok());
    QVERIFY(!decodeAll("Größe\n\xC3").ok());
}

void TextSourceTest::refused_data()
{
    using namespace std::string_literals;
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("where");
    QTest::addColumn<QByteArray>("what");
    const auto add
        = [](const char* name, const std::string& bytes, const char* where, const char* what) {
              QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(where)
                                  << QByteArray(what);
          };
    add("nul", "a,b\n1,\0,3\n"s, "t.csv, line 2, byte offset 6",
        "a NUL byte: this is binary data, not text");
    add("nul in windows-1252", "a,b\n\xE4,\0,3\n"s, "t.csv, line 2, byte offset 6",
        "a NUL byte: this is binary data, not text");
    add("nul in utf-16",
        "\xFF\xFE"
        "a\0\n\0\0\0b\0"s,
        "t.csv, line 2, byte offset 6", "a NUL character: this is binary data, not text");
    add("half a pair",
        "\xFF\xFE"
        "a\0\n\0\0\xD8"
        "b\0"s,
        "t.csv, line 2, byte offset 6", "half of a UTF-16 pair");
    add("half a unit at the end",
        "\xFF\xFE"
        "a\0\n\0b"s,
        "t.csv, line 2, byte offset 6", "the file ends within a character");
    add("parquet", "PAR1\x15\x04", "t.csv", "this is a Parquet file, which this build cannot read");
    add("zip", "PK\x03\x04\x14 costs.csv", "t.csv", "this is a zip archive, not a CSV file");
    add("xlsx", "PK\x03\x04\x14 [Content_Types].xml", "t.csv",
        "this is a spreadsheet workbook, not a CSV file");
    add("gzip in gzip", packGzip(packGzip("a,b\n")), "t.csv", "the file is packed with gzip twice");
    add("pdf", "%PDF-1.4\n", "t.csv", "this is a PDF document, not a CSV file");
}

void TextSourceTest::refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, where);
    QFETCH(QByteArray, what);
    for (const std::size_t block : {std::size_t{1}, BlockPool::BlockSize}) {
        const auto decoded = decodeAll(bytes.toStdString(), block);
        QVERIFY(!decoded.ok());
        QCOMPARE(decoded.error().code, ErrorCode::BadInput);
        QCOMPARE(QByteArray::fromStdString(decoded.error().where), where);
        QCOMPARE(QByteArray::fromStdString(decoded.error().what), what);
        QVERIFY(!decoded.error().fix.empty());
    }
}

void TextSourceTest::gzip()
{
    std::string text;
    for (int row = 0; text.size() < (3U << 20); ++row)
        text += std::to_string(row) + ",some text,1.25\n";
    const std::string members
        = packGzip(text.substr(0, 1'000)) + packGzip("") + packGzip(text.substr(1'000), 0);
    for (const std::size_t block : {std::size_t{999}, BlockPool::BlockSize}) {
        const auto decoded = decodeAll(members, block);
        QVERIFY_OK(decoded);
        QVERIFY(decoded->text == text);
        QVERIFY(decoded->format.gzip);
    }
}

void TextSourceTest::gzipDamage()
{
    std::string text;
    for (int row = 0; row < 20'000; ++row)
        text += std::to_string(row) + ",some text\n";
    const std::string packed = packGzip(text);
    for (const std::size_t cut :
        {std::size_t{5}, std::size_t{12}, packed.size() / 2, packed.size() - 1}) {
        const auto decoded = decodeAll(packed.substr(0, cut));
        QVERIFY(!decoded.ok());
        QCOMPARE(decoded.error().what, std::string("the file ends within its gzip data"));
    }
    std::string wrong = packed;
    wrong[packed.size() - 6] = static_cast<char>(wrong[packed.size() - 6] ^ 1); // its checksum
    QVERIFY(!decodeAll(wrong).ok());
    QVERIFY(!decodeAll(packed + "more").ok());
    QVERIFY_OK(decodeAll(packed + packed));
}

void TextSourceTest::gzipBombs()
{
    // Zeros, and rows as short as a row can be: what unpacks to a thousand times its size is no
    // export.
    for (const std::string& unit : {std::string(2, '\0'), std::string("1\n")}) {
        std::string plain;
        while (plain.size() < (16U << 20))
            plain += unit;
        const std::string packed = packGzip(plain, 9);
        auto source = TextSource::open(std::make_unique<MadeSource>(
            "bomb.gz", [&](std::uint64_t index) { return index < 64 ? packed : std::string(); }));
        std::uint64_t unpacked = 0;
        Error error{};
        while (source.ok() && error.code == ErrorCode::Internal) {
            const auto block = (*source)->next({});
            if (block.ok()) {
                QVERIFY(!block->atEnd());
                unpacked += block->bytes().size();
            } else {
                error = block.error();
            }
        }
        if (!source.ok())
            error = source.error();
        QCOMPARE(error.code, ErrorCode::BadInput);
        QVERIFY(unpacked < (12U << 20));
    }
}

void TextSourceTest::randomTextInRandomBlocks()
{
    SeededRandom random(seed(21));
    for (int round = 0; round < rounds(3'000); ++round) {
        QString text = QStringLiteral("header,of,the,file\n");
        for (std::uint64_t size = random.below(300); size-- > 0;) {
            const std::uint64_t kind = random.below(20);
            const char32_t unit = kind < 14 ? U'a' + static_cast<char32_t>(random.below(26))
                : kind < 17                 ? 0xA0 + static_cast<char32_t>(random.below(0x60))
                : kind < 19                 ? 0x2000 + static_cast<char32_t>(random.below(0x4000))
                            : 0x10000 + static_cast<char32_t>(random.below(0x100000));
            text += QString::fromUcs4(&unit, 1);
        }
        const std::string blockless = text.toStdString();
        const std::size_t block = static_cast<std::size_t>(1 + random.below(64));
        for (const std::string& bytes :
            {blockless, "\xEF\xBB\xBF" + blockless, inUtf16(text, QStringConverter::Utf16LE, true),
                inUtf16(text, QStringConverter::Utf16BE, true), packGzip(blockless)}) {
            const auto decoded = decodeAll(bytes, block);
            QVERIFY_OK(decoded);
            QVERIFY(decoded->text == blockless);
        }
    }
}

QTEST_GUILESS_MAIN(TextSourceTest)
#include "tst_TextSource.moc"
