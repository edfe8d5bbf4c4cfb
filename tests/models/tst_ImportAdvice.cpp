// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Qt.h"
#include "ui/pages/imports/ImportAdvice.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

using namespace sluice;
using namespace sluice::ui;

// The command line's advice in the words of the window.
class TestImportAdvice : public QObject {
    Q_OBJECT

private slots:
    void namesTheButtons_data()
    {
        using enum ImportOffer;
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("fix");
        QTest::addColumn<Refused>("what");
        QTest::addColumn<QString>("said");
        QTest::addColumn<std::vector<ImportOffer>>("offers");
        const QString twoBills = QStringLiteral(
            "If it brings these days anew, say --replace-smaller; if they are two bills, give this one a source of its own (--source NAME)");
        QTest::newRow("smaller")
            << ErrorCode::SmallerDelivery
            << QStringLiteral("If the smaller file is right, say --replace-smaller")
            << Refused::Import
            << QStringLiteral("If the smaller file is right, press \u201CReplace anyway\u201D")
            << std::vector{ReplaceAnyway};
        QTest::newRow("two ways out")
            << ErrorCode::SmallerDelivery << twoBills << Refused::Import
            << QStringLiteral(
                   "If it brings these days anew, press \u201CReplace anyway\u201D; if they are two bills, give this one a source of its own (press \u201CImport under another source\u2026\u201D)")
            << std::vector{ReplaceAnyway, Source};
        // a retry keeps the source that its batch has
        QTest::newRow("of a retry")
            << ErrorCode::SmallerDelivery << twoBills << Refused::Retry
            << QStringLiteral("If it brings these days anew, press \u201CReplace anyway\u201D")
            << std::vector{ReplaceAnyway};
        QTest::newRow("a known source")
            << ErrorCode::BadInput
            << QStringLiteral(
                   "To restate it, say --source north cloud; the parts of one month belong into one folder")
            << Refused::Import
            << QStringLiteral(
                   "To restate it, press \u201CImport under another source\u2026\u201D and say north cloud; the parts of one month belong into one folder")
            << std::vector{Source};
        QTest::newRow("columns")
            << ErrorCode::MissingColumns
            << QStringLiteral(
                   "Say with a mapping (--map FILE) which columns these are, or export the file as FOCUS")
            << Refused::Import
            << QStringLiteral(
                   "Say with a mapping which columns these are; or export the file as FOCUS")
            << std::vector{Mapping};
        QTest::newRow("what has no button")
            << ErrorCode::BadInput
            << QStringLiteral(
                   "Import the two on their own, or say what all of the delivery is with --kind")
            << Refused::Import << QStringLiteral("Import the two on their own")
            << std::vector<ImportOffer>{};
        QTest::newRow("a command")
            << ErrorCode::BadInput << QStringLiteral("Say `sluice-cli quarantine L b-1 --retry`")
            << Refused::Import << QStringLiteral("Say `sluice-cli quarantine L b-1 --retry`")
            << std::vector<ImportOffer>{};
    }
    void namesTheButtons()
    {
        QFETCH(ErrorCode, code);
        QFETCH(QString, fix);
        QFETCH(Refused, what);
        QFETCH(QString, said);
        QFETCH(std::vector<ImportOffer>, offers);
        const ImportAdvice advice
            = ImportAdvice::of({code, "a.csv", "it cannot be", fix.toStdString()}, what);
        QCOMPARE(QString::fromStdString(advice.error.fix), said);
        QCOMPARE(advice.error.what, std::string{"it cannot be"});
        QVERIFY(advice.offers == offers);
    }

    void theSourceThatIsAdvisedIsKnown()
    {
        const auto sourceIn = [](const char* fix) {
            return ImportAdvice::of({ErrorCode::BadInput, {}, "no", fix}, Refused::Import).source;
        };
        QCOMPARE(sourceIn("To restate it, say --source north; or do not"), QStringLiteral("north"));
        QCOMPARE(sourceIn("Give it one of its own (--source NAME)"), QString{});
    }

    // Whatever the services advise: no option of the command line is left in the window's words.
    void noAdviceOfTheServicesNamesAnOption()
    {
        static const QRegularExpression Literal{QStringLiteral("\"([^\"\\n]*--[a-z][^\"\\n]*)\"")};
        static const QRegularExpression Option{QStringLiteral("--[a-z]")};
        int advices = 0;
        QDirIterator files{
            QStringLiteral(SLUICE_SOURCE_DIR "/core/services/internal"), {QStringLiteral("*.cpp")}};
        while (files.hasNext()) {
            QFile file{files.next()};
            QVERIFY(file.open(QIODevice::ReadOnly));
            auto found = Literal.globalMatch(QString::fromUtf8(file.readAll()));
            while (found.hasNext()) {
                const std::string fix = found.next().captured(1).toStdString();
                if (fix.find('`') != std::string::npos)
                    continue; // the end or the beginning of a command
                ++advices; // with an x: where the text ends with an option its value follows
                for (const Refused what : {Refused::Import, Refused::Retry}) {
                    const auto said = QString::fromStdString(
                        ImportAdvice::of({ErrorCode::BadInput, {}, "no", fix + "x"}, what)
                            .error.fix);
                    QVERIFY2(!Option.match(said).hasMatch(), qPrintable(said));
                }
            }
        }
        QVERIFY(advices > 3);
    }
};

QTEST_GUILESS_MAIN(TestImportAdvice)
#include "tst_ImportAdvice.moc"
