// SPDX-License-Identifier: GPL-3.0-or-later
// NNNN_words.expected is the whole schema after the migration of that number, as SQLite keeps it: a
// change of a schema that shipped shows up here. SLUICE_GOLDEN_UPDATE=1 writes the newest one anew.
#include "core/store/Connection.h"
#include "core/store/Migrator.h"
#include "tests/support/Qt.h"

#include <QDir>
#include <QTemporaryDir>

using namespace sluice;

namespace {

const QString Folder = QStringLiteral(SLUICE_SOURCE_DIR "/tests/migrations/");

SecureBytes key()
{
    SecureBytes bytes{32};
    bytes.data()[0] = 1;
    return bytes;
}

Result<Connection> migrated(const QString& path, std::size_t steps)
{
    ConnectionOptions options;
    options.mode = OpenMode::Create;
    SLUICE_TRY(Connection connection, Connection::open(path.toStdString(), key(), options));
    MigratorOptions wanted;
    SLUICE_TRY(wanted.migrations, Migrator::embedded());
    wanted.migrations.resize(steps);
    wanted.applicationId = 1;
    SLUICE_TRY_DO(Migrator{std::move(wanted)}.migrate(connection, key(), {}));
    return connection;
}

Result<QString> schemaOf(Connection& connection)
{
    SLUICE_TRY(Statement query,
        connection.prepare(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"));
    QString text;
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return text;
        text += QString::fromStdString(std::string{query.columnText(0)}) + QStringLiteral(";\n");
    }
}

} // namespace

class tst_Migrations : public QObject {
    Q_OBJECT

private slots:
    void schemaIsAsExpected_data()
    {
        QTest::addColumn<int>("number");
        const auto steps = Migrator::embedded();
        QVERIFY_OK(steps);
        for (const Migration& step : *steps)
            QTest::newRow(std::string{step.name}.c_str()) << step.number;
    }

    void schemaIsAsExpected()
    {
        QFETCH(int, number);
        QTemporaryDir folder;
        auto connection = migrated(
            folder.filePath(QStringLiteral("m.sluice")), static_cast<std::size_t>(number));
        QVERIFY_OK(connection);
        const auto schema = schemaOf(*connection);
        QVERIFY_OK(schema);
        const QStringList found = QDir{Folder}.entryList(
            {QStringLiteral("%1_*.expected").arg(number, 4, 10, QLatin1Char('0'))});
        QCOMPARE(found.size(), 1);
        QFile expected{Folder + found.front()};
        if (qEnvironmentVariableIsSet("SLUICE_GOLDEN_UPDATE")) {
            QVERIFY(expected.open(QIODevice::WriteOnly));
            expected.write(schema->toUtf8());
            return;
        }
        QVERIFY(expected.open(QIODevice::ReadOnly));
        QCOMPARE(*schema, QString::fromUtf8(expected.readAll()));
    }

    void factsAreAppendOnly()
    {
        QTemporaryDir folder;
        auto connection
            = migrated(folder.filePath(QStringLiteral("m.sluice")), Migrator::embedded()->size());
        QVERIFY_OK(connection);
        QVERIFY_OK(connection->execute(
            "INSERT INTO documents VALUES (1, zeroblob(32), 3);"
            "INSERT INTO document_frames VALUES (1, 0, 0, 3, 1, 0, x'616263');"
            "INSERT INTO document_frames VALUES (2, 0, 0, 3, 1, 0, x'616263')"));
        QVERIFY(!connection->execute("UPDATE documents SET byte_count = 4").ok());
        QVERIFY(!connection->execute("DELETE FROM documents").ok());
        QVERIFY(!connection->execute("DELETE FROM document_frames WHERE document = 1").ok());
        // staged, and no document came of it
        QVERIFY_OK(connection->execute("DELETE FROM document_frames WHERE document = 2"));
        QCOMPARE(*connection->queryInt("SELECT count(*) FROM document_frames"), 1);
    }
};

QTEST_GUILESS_MAIN(tst_Migrations)
#include "tst_Migrations.moc"
