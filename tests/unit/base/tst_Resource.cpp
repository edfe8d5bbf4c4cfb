// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Resource.h"
#include "tests/support/Qt.h"

using namespace sluice;

class TestResource : public QObject {
    Q_OBJECT

private slots:
    void everyPathHasTheBytesOfItsFile();
    void missingFilesAreEmpty();
    void linesAreClean();
};

void TestResource::everyPathHasTheBytesOfItsFile()
{
    QVERIFY(!resourcePaths().empty());
    for (const std::string_view path : resourcePaths()) {
        QFile file{QStringLiteral(SLUICE_SOURCE_DIR "/resources/")
            + QString::fromStdString(std::string{path})};
        QVERIFY2(file.open(QIODevice::ReadOnly), std::string{path}.c_str());
        const std::string_view bytes = resource(path);
        QCOMPARE(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())), file.readAll());
    }
}

void TestResource::missingFilesAreEmpty()
{
    QVERIFY(resource("no/such/file").empty());
    QVERIFY(resourceLines("no/such/file").empty());
}

void TestResource::linesAreClean()
{
    for (const std::string_view line : resourceLines("focus/currencies.txt"))
        QCOMPARE(line.size(), std::size_t{3});
}

QTEST_GUILESS_MAIN(TestResource)
#include "tst_Resource.moc"
