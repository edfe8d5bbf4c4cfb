// SPDX-License-Identifier: GPL-3.0-or-later
// Feeds one fuzz target its committed corpus and seeded mutations of it, without libFuzzer: what
// the fuzzer once found stays found with every compiler.
#include "tests/support/Seed.h"

#include <QDir>
#include <QTest>

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

class Corpus : public QObject {
    Q_OBJECT

private slots:
    void committedInputsHold_data();
    void committedInputsHold();
    void mutationsHold();
};

namespace {

void feed(const QByteArray& input)
{
    // A copy of exactly this size, so that AddressSanitizer sees a read beyond its end.
    const std::vector<std::uint8_t> bytes{input.begin(), input.end()};
    QCOMPARE(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()), 0);
}

QByteArray fileBytes(const QString& path)
{
    QFile file{path};
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

// One random edit: a byte changed, put in, taken out, a piece repeated, or the tail cut off.
void mutate(QByteArray& input, sluice::SeededRandom& random)
{
    const auto at = [&] {
        return static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(input.size())));
    };
    const char byte = static_cast<char>(random.below(256));
    if (input.isEmpty()) {
        input.append(byte);
        return;
    }
    switch (random.below(5)) {
    case 0:
        input[at()] = byte;
        break;
    case 1:
        input.insert(at(), byte);
        break;
    case 2:
        input.remove(at(), 1 + static_cast<qsizetype>(random.below(8)));
        break;
    case 3:
        input.insert(at(), input.mid(at(), 1 + static_cast<qsizetype>(random.below(32))));
        break;
    default:
        input.truncate(at());
    }
}

} // namespace

void Corpus::committedInputsHold_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder{QStringLiteral(SLUICE_CORPUS_DIR)};
    for (const QFileInfo& file : folder.entryInfoList(QDir::Files, QDir::Name))
        QTest::newRow(qPrintable(file.fileName())) << file.filePath();
    QTest::newRow("nothing") << QString{};
}

void Corpus::committedInputsHold()
{
    QFETCH(QString, path);
    feed(path.isEmpty() ? QByteArray{} : fileBytes(path));
}

void Corpus::mutationsHold()
{
    const QDir folder{QStringLiteral(SLUICE_CORPUS_DIR)};
    const QFileInfoList files = folder.entryInfoList(QDir::Files, QDir::Name);
    QVERIFY2(!files.isEmpty(), "the target has no committed corpus");
    QList<QByteArray> inputs;
    for (const QFileInfo& file : files)
        inputs.append(fileBytes(file.filePath()));
    sluice::SeededRandom random{sluice::test::seed(20260914)};
    for (int round = sluice::test::rounds(20'000); round > 0; --round) {
        QByteArray input = inputs[static_cast<qsizetype>(
            random.below(static_cast<std::uint64_t>(inputs.size())))];
        for (std::uint64_t edits = 1 + random.below(6); edits > 0; --edits)
            mutate(input, random);
        feed(input);
    }
}

QTEST_GUILESS_MAIN(Corpus)
#include "tst_Corpus.moc"
