// SPDX-License-Identifier: GPL-3.0-or-later
// A demo that does not come to its end leaves nothing that could be taken for the company. (That a
// whole one is right, tests/cli/demo.golden tells in release.)
#include "core/services/DemoService.h"
#include "tests/support/FocusRows.h"
#include "tests/support/LedgerFacts.h"
#include "tests/support/Qt.h"
#include "tests/support/TempLedger.h"

using namespace sluice;
using sluice::test::rawKey;

class tst_DemoService : public QObject {
    Q_OBJECT

    FixedClock m_clock{Timestamp::fromSeconds(1'760'000'000)};

    static QStringList filesOf(const QTemporaryDir& folder)
    {
        return QDir{folder.path()}.entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

private slots:
    void cancelledLeavesNothing()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("sample.sluice")).toStdString();
        // One that was killed lies there still.
        QVERIFY_OK(Workspace::create(path + ".partial", {}, rawKey(), {m_clock, nullptr}));
        for (const int at : {1, 3}) {
            StopToken stop;
            int reports = 0;
            QStringList during;
            const auto made = DemoService::make(
                path, rawKey(), 7, std::nullopt, {m_clock, nullptr}, {stop, [&](const Progress&) {
                                                                          during = filesOf(folder);
                                                                          if (++reports == at)
                                                                              stop.requestStop();
                                                                      }});
            QVERIFY(!made.ok());
            QVERIFY2(
                made.error().code == ErrorCode::Cancelled, errorSentence(made.error()).c_str());
            QVERIFY(during.contains(QStringLiteral("sample.sluice.partial"))
                && !during.contains(QStringLiteral("sample.sluice")));
            QCOMPARE(filesOf(folder), QStringList{});
        }
    }

    void aTakenNameIsRefusedBeforeTheWork()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("sample.sluice")).toStdString();
        QVERIFY_OK(Workspace::create(path, {}, rawKey(), {m_clock, nullptr}));
        const QStringList before = filesOf(folder);
        const auto made
            = DemoService::make(path, rawKey(), 7, std::nullopt, {m_clock, nullptr}, {});
        QVERIFY(!made.ok());
        QCOMPARE(made.error().code, ErrorCode::AlreadyExists);
        QCOMPARE(filesOf(folder), before);
    }

    void aRenamedLedgerIsTheSame()
    {
        const QTemporaryDir folder;
        const std::string from = folder.filePath(QStringLiteral("a.sluice")).toStdString();
        const std::string to = folder.filePath(QStringLiteral("b.sluice")).toStdString();
        std::string facts;
        {
            const auto created = Workspace::create(from, {}, rawKey(), {m_clock, nullptr});
            QVERIFY_OK(created);
            ImportRequest request;
            request.inMemory.push_back({"a.csv",
                std::make_shared<const std::string>(
                    sluice::test::FocusHeader + sluice::test::focusRow("1.5"))});
            QVERIFY_OK(ImportService{*created->workspace}.import(request, Principal::owner(), {}));
            facts = sluice::test::ledgerFacts(*created->workspace);
            // while it is open
            QCOMPARE(Workspace::rename(from, to).error().code, ErrorCode::Locked);
        }
        QVERIFY_OK(Workspace::rename(from, to));
        QVERIFY(filesOf(folder).filter(QStringLiteral("a.sluice")).isEmpty());
        const auto opened = Workspace::open(to, rawKey(), {m_clock, nullptr});
        QVERIFY_OK(opened);
        QCOMPARE(sluice::test::ledgerFacts(**opened), facts);
        QVERIFY_OK(Workspace::create(from, {}, rawKey(), {m_clock, nullptr}));
        QCOMPARE(Workspace::rename(from, to).error().code, ErrorCode::AlreadyExists);
    }

    // A ledger never loses its key envelope: where the one cannot be renamed, the other keeps its
    // name.
    void whatCannotBeRenamedKeepsItsEnvelope()
    {
        const QTemporaryDir folder;
        const std::string from = folder.filePath(QStringLiteral("a.sluice")).toStdString();
        const std::string to = folder.filePath(QStringLiteral("b.sluice")).toStdString();
        QVERIFY_OK(Workspace::create(from, {}, rawKey(), {m_clock, nullptr}));
        QVERIFY(
            QFile::rename(QString::fromStdString(from), folder.filePath(QStringLiteral("aside"))));
        const QStringList before = filesOf(folder);
        QVERIFY(!Workspace::rename(from, to).ok());
        QCOMPARE(filesOf(folder), before);
        QVERIFY(
            QFile::rename(folder.filePath(QStringLiteral("aside")), QString::fromStdString(from)));
        QVERIFY_OK(Workspace::open(from, rawKey(), {m_clock, nullptr}));
    }
};

QTEST_GUILESS_MAIN(tst_DemoService)
#include "tst_DemoService.moc"
