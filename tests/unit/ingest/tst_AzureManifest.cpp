// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/AzureManifest.h"
#include "tests/support/Qt.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sluice;

class AzureManifestTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void readsAnExportRun();
    void findsBlobsByTheEndOfTheirName();
    void namesMustStayInside_data();
    void namesMustStayInside();
    void linksMustStayInside();
    void refused_data();
    void refused();
    void filesMustBeAsSaid();

private:
    void write(const QString& name, const QByteArray& bytes);
    [[nodiscard]] Result<AzureManifest> read(const QByteArray& manifest);
    std::unique_ptr<QTemporaryDir> m_folder;
};

static const QByteArray Export = R"({
  "manifestVersion": "2024-04-01",
  "byteCount": 15,
  "blobCount": 2,
  "dataRowCount": 3,
  "exportConfig": {"exportName": "focus", "resourceId": "/x", "dataVersion": "1.0r2", "apiVersion": "2023-07-01-preview",
                   "type": "FocusCost", "timeFrame": "OneTime", "granularity": null},
  "deliveryConfig": {"partitionData": true, "dataOverwriteBehavior": "OverwritePreviousReport", "fileFormat": "Csv"},
  "blobs": [{"blobName": "root/focus/20260901-20260930/202610010412/0f/part_0_0001.csv", "byteCount": 8},
            {"blobName": "root/focus/20260901-20260930/202610010412/0f/part_1_0001.csv", "byteCount": 6}],
  "runInfo": {"executionType": "Scheduled", "submittedTime": "2026-10-01T04:12:00Z", "runId": "0f",
              "startDate": "2026-09-01T00:00:00", "endDate": "2026-09-30T00:00:00"}
})";

void AzureManifestTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    write(QStringLiteral("part_0_0001.csv"), "a,b\n1,2\n");
    write(QStringLiteral("part_1_0001.csv"), "a,b\n3\n");
}

void AzureManifestTest::write(const QString& name, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(m_folder->filePath(name)).path());
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("the test folder cannot be written");
}

Result<AzureManifest> AzureManifestTest::read(const QByteArray& manifest)
{
    write(QStringLiteral("manifest.json"), manifest);
    return AzureManifest::read(m_folder->path().toStdString());
}

void AzureManifestTest::readsAnExportRun()
{
    const auto manifest = read(Export);
    QVERIFY_OK(manifest);
    QCOMPARE(manifest->exportName, std::string("focus"));
    QCOMPARE(manifest->type, std::string("FocusCost"));
    QCOMPARE(manifest->dataVersion, std::string("1.0r2"));
    QCOMPARE(manifest->overwriteBehavior, std::string("OverwritePreviousReport"));
    QCOMPARE(manifest->runId, std::string("0f"));
    QCOMPARE(manifest->startDate, std::string("2026-09-01T00:00:00"));
    QCOMPARE(manifest->files.size(), std::size_t{2});
    QCOMPARE(manifest->files[1].path.filename().string(), std::string("part_1_0001.csv"));
    QVERIFY(manifest->files[0].byteCount == std::optional<std::uint64_t>{8});
    QVERIFY(manifest->dataRowCount == std::optional<std::uint64_t>{3});
    // The file itself may be named, too.
    const auto byFile
        = AzureManifest::read(m_folder->filePath(QStringLiteral("manifest.json")).toStdString());
    QVERIFY_OK(byFile);
    QVERIFY(*byFile == *manifest);
}

void AzureManifestTest::findsBlobsByTheEndOfTheirName()
{
    write(QStringLiteral("one/x.csv"), "1");
    write(QStringLiteral("two/x.csv"), "22");
    const auto manifest = read(
        R"({"blobs": [{"blobName": "c/one/x.csv", "byteCount": 1}, {"blobName": "c/two/x.csv"}]})");
    QVERIFY_OK(manifest);
    QVERIFY(manifest->files[0].path.string().ends_with("one/x.csv"));
    QVERIFY(manifest->files[1].path.string().ends_with("two/x.csv"));
    QVERIFY(!manifest->dataRowCount);
}

void AzureManifestTest::namesMustStayInside_data()
{
    QTest::addColumn<QByteArray>("blob");
    for (const char* blob : {"", "/etc/passwd", "../part_0_0001.csv", "x/../../part_0_0001.csv",
             "x//part_0_0001.csv", "./part_0_0001.csv", "x\\\\..\\\\part_0_0001.csv",
             "C:/part_0_0001.csv", "part_0_0001.csv/", "part\\u0000.csv", ".."})
        QTest::newRow(blob) << QByteArray(blob);
}

void AzureManifestTest::namesMustStayInside()
{
    QFETCH(QByteArray, blob);
    const auto manifest = read("{\"blobs\": [{\"blobName\": \"" + blob + "\"}]}");
    QVERIFY(!manifest.ok());
    QCOMPARE(manifest.error().code, ErrorCode::BadInput);
    QVERIFY(manifest.error().what.find("leads outside of the folder") != std::string::npos);
}

void AzureManifestTest::linksMustStayInside()
{
    const QTemporaryDir elsewhere;
    QFile secret(elsewhere.filePath(QStringLiteral("secret.csv")));
    QVERIFY(secret.open(QIODevice::WriteOnly));
    QVERIFY(QFile::link(secret.fileName(), m_folder->filePath(QStringLiteral("link.csv"))));
    QVERIFY(QFile::link(elsewhere.path(), m_folder->filePath(QStringLiteral("folder"))));
    QVERIFY(QFile::link(m_folder->filePath(QStringLiteral("part_0_0001.csv")),
        m_folder->filePath(QStringLiteral("inside.csv"))));
    for (const char* blob : {"link.csv", "folder/secret.csv"}) {
        const auto manifest = read("{\"blobs\": [{\"blobName\": \"" + QByteArray(blob) + "\"}]}");
        QVERIFY(!manifest.ok());
        QCOMPARE(manifest.error().code, ErrorCode::BadInput);
        QVERIFY(manifest.error().what.find("is a link that leads outside") != std::string::npos);
    }
    QVERIFY_OK(read("{\"blobs\": [{\"blobName\": \"inside.csv\"}]}"));
}

void AzureManifestTest::refused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("what");
    QTest::newRow("no json") << QByteArray("a,b\n") << QByteArray("is not a manifest");
    QTest::newRow("empty") << QByteArray() << QByteArray("is not a manifest");
    QTest::newRow("a list") << QByteArray("[]") << QByteArray("is not a manifest");
    QTest::newRow("deep") << QByteArray(100'000, '[') << QByteArray("is not a manifest");
    QTest::newRow("something else")
        << QByteArray("{\"a\": 1}") << QByteArray("is not the manifest of an Azure export");
    QTest::newRow("no files") << QByteArray("{\"blobs\": []}") << QByteArray("lists no files");
    QTest::newRow("entry") << QByteArray("{\"blobs\": [3]}")
                           << QByteArray("an entry of blobs is not an object");
    QTest::newRow("count") << QByteArray(
        R"({"blobs": [{"blobName": "part_0_0001.csv"}], "blobCount": 2})")
                           << QByteArray("says blobCount 2 but lists 1 files");
    QTest::newRow("rows") << QByteArray(
        R"({"blobs": [{"blobName": "part_0_0001.csv"}], "dataRowCount": -1})")
                          << QByteArray("dataRowCount is not a whole number");
    QTest::newRow("twice") << QByteArray(
        R"({"blobs": [{"blobName": "part_0_0001.csv"}, {"blobName": "x/part_0_0001.csv"}]})")
                           << QByteArray("lists the file part_0_0001.csv twice");
}

void AzureManifestTest::refused()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, what);
    const auto manifest = read(json);
    QVERIFY(!manifest.ok());
    QCOMPARE(manifest.error().code, ErrorCode::BadInput);
    QVERIFY2(QByteArray::fromStdString(manifest.error().what).startsWith(what),
        manifest.error().what.c_str());
}

void AzureManifestTest::filesMustBeAsSaid()
{
    const auto size = read(R"({"blobs": [{"blobName": "part_0_0001.csv", "byteCount": 9}]})");
    QVERIFY(!size.ok());
    QCOMPARE(size.error().what, std::string("has 8 bytes where the manifest says 9"));
    const auto absent = read(R"({"blobs": [{"blobName": "part_7.csv"}]})");
    QVERIFY(!absent.ok());
    QCOMPARE(absent.error().code, ErrorCode::NotFound);
    const auto nothing
        = AzureManifest::read(m_folder->filePath(QStringLiteral("none")).toStdString());
    QVERIFY(!nothing.ok());
    QCOMPARE(nothing.error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(AzureManifestTest)
#include "tst_AzureManifest.moc"
