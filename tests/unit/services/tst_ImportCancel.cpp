// SPDX-License-Identifier: GPL-3.0-or-later
// An import that is cancelled, wherever it stands, answers at once and leaves the ledger as it was.
#include "tests/support/FocusRows.h"
#include "tests/support/LedgerFacts.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/support/TempLedger.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <thread>

using namespace sluice;
using sluice::test::FocusHeader;
using sluice::test::focusRow;
using sluice::test::ledgerFacts;
using sluice::test::TempLedger;

namespace {

using Steady = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

// five times as much under the sanitizers
constexpr double AllowedMs = sluice::test::rounds(20) == 20 ? 100 : 500;

// Many rows over many keys and days: what is read is staged in several transactions.
std::string bigFile(int rows)
{
    std::string text = FocusHeader;
    for (int i = 0; i < rows; ++i) {
        const std::string day
            = "2026-09-" + std::string(i % 30 < 9 ? "0" : "") + std::to_string(i % 30 + 1);
        text += focusRow(std::to_string(i % 977) + "." + std::to_string(i),
            "Service " + std::to_string(i % 211), day);
    }
    return text;
}

// Asks for a stop at an instant or at a progress report, and knows when.
class Canceller {
public:
    void stopNow()
    {
        if (!m_asked.exchange(true))
            m_at = Steady::now();
        m_stop.requestStop();
    }
    [[nodiscard]] const StopToken& token() const { return m_stop; }
    // How long before `end` it asked; 0: it did not, or later.
    [[nodiscard]] double msUntil(Steady::time_point end) const
    {
        return m_asked && m_at < end ? Milliseconds{end - m_at}.count() : 0;
    }
    [[nodiscard]] double msSince() const { return msUntil(Steady::now()); }

private:
    StopToken m_stop;
    std::atomic<bool> m_asked{false};
    Steady::time_point m_at;
};

} // namespace

class tst_ImportCancel : public QObject {
    Q_OBJECT

    std::string m_text = bigFile(sluice::test::rounds(200'000));

    // The import ended, one way or the other: soon enough, and the ledger is whole.
    static void compareOutcome(TempLedger& ledger, const Result<ImportReport>& outcome, double ms,
        const std::string& before)
    {
        QVERIFY2(ms <= AllowedMs, (std::to_string(ms) + " ms").c_str());
        if (outcome.ok())
            return; // the stop came when all was committed
        QVERIFY2(
            outcome.error().code == ErrorCode::Cancelled, errorSentence(outcome.error()).c_str());
        QCOMPARE(ledgerFacts(ledger.workspace()), before);
    }

    // The outcome of an import that is asked to stop after that time, and how long after that it
    // ended.
    static std::pair<Result<ImportReport>, double> cancelledAfter(
        TempLedger& ledger, const ImportRequest& request, Milliseconds time)
    {
        Canceller canceller;
        std::mutex mutex;
        std::condition_variable_any ended;
        std::jthread watch{[&](const std::stop_token& over) {
            std::unique_lock lock{mutex};
            ended.wait_for(lock, over, time, [] { return false; });
            if (!over.stop_requested())
                canceller.stopNow();
        }};
        auto outcome = ImportService{ledger.workspace()}.import(
            request, Principal::owner(), {canceller.token(), {}});
        const auto end = Steady::now();
        watch.request_stop();
        watch.join();
        return {std::move(outcome), canceller.msUntil(end)};
    }

private slots:
    void atEveryProgressReport()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import(
            "small.csv", FocusHeader + focusRow("1", "Before", "2026-09-03", "acc-9")));
        const std::string before = ledgerFacts(ledger.workspace());
        int reports = 0;
        ImportRequest dry;
        dry.dryRun = true;
        QVERIFY_OK(ledger.import(
            "big.csv", m_text, dry, {StopToken{}, [&reports](const Progress&) { ++reports; }}));
        QVERIFY(reports >= 4);
        for (const int at : {1, 2, reports / 4, reports / 2, reports * 3 / 4, reports}) {
            Canceller canceller;
            int seen = 0;
            const auto outcome
                = ledger.import("big.csv", m_text, {}, {canceller.token(), [&](const Progress&) {
                                                            if (++seen == at)
                                                                canceller.stopNow();
                                                        }});
            const double ms = canceller.msSince();
            qInfo("report %d of %d: %.1f ms", at, reports, ms);
            QVERIFY(!outcome.ok());
            compareOutcome(ledger, outcome, ms, before);
        }
        QVERIFY_OK(ledger.import("big.csv", m_text));
        const std::string after = ledgerFacts(ledger.workspace());
        QVERIFY2(sluice::test::isSound(after) && after != before, after.c_str());
    }

    // Also while the first byte is waited for, the last transaction is prepared and the file's hash
    // is looked up.
    void atAnyInstant()
    {
        TempLedger ledger;
        const auto begun = Steady::now();
        QVERIFY_OK(ledger.import("big.csv", m_text));
        const Milliseconds whole = Steady::now() - begun;
        constexpr int Points = 24;
        // A machine that is busy with other things holds up any thread at times, but not at the
        // same point again and again.
        constexpr int Tries = 3;
        double longest = 0;
        for (int point = 0; point <= Points; ++point) {
            double shortest = std::numeric_limits<double>::max();
            for (int attempt = 0; attempt < Tries && shortest > AllowedMs; ++attempt) {
                // One row more, or the file would be known.
                ImportRequest request;
                request.inMemory.push_back({"big.csv",
                    std::make_shared<const std::string>(
                        m_text + focusRow(std::to_string(Tries * point + attempt)))});
                const std::string before = ledgerFacts(ledger.workspace());
                const auto [outcome, ms] = cancelledAfter(ledger, request, whole * point / Points);
                qInfo("at %d of %d: %.1f ms, %s", point, Points, ms,
                    outcome.ok() ? "imported" : "cancelled");
                shortest = std::min(shortest, ms);
                compareOutcome(ledger, outcome,
                    shortest > AllowedMs && attempt + 1 < Tries ? 0 : shortest, before);
            }
            longest = std::max(longest, shortest);
        }
        qInfo("longest %.1f ms", longest);
    }

    void whileAnotherImportIsRunning()
    {
        TempLedger ledger;
        std::mutex mutex;
        std::condition_variable changed;
        bool begun = false;
        bool mayGoOn = false;
        std::jthread first{[&] {
            const auto outcome = ledger.import(
                "big.csv", m_text, {}, {StopToken{}, [&](const Progress&) {
                                            std::unique_lock lock{mutex};
                                            begun = true;
                                            changed.notify_all();
                                            changed.wait(lock, [&mayGoOn] { return mayGoOn; });
                                        }});
            QVERIFY_OK(outcome);
        }};
        {
            std::unique_lock lock{mutex};
            changed.wait(lock, [&begun] { return begun; });
        }
        Canceller canceller;
        canceller.stopNow();
        const auto second = ledger.import("small.csv",
            FocusHeader + focusRow("1", "Second", "2026-09-03", "acc-9"), {},
            {canceller.token(), {}});
        const double ms = canceller.msSince();
        {
            const std::lock_guard lock{mutex};
            mayGoOn = true;
        }
        changed.notify_all();
        first.join();
        QVERIFY(!second.ok());
        QCOMPARE(second.error().code, ErrorCode::Cancelled);
        QVERIFY2(ms <= AllowedMs, std::to_string(ms).c_str());
        const std::string facts = ledgerFacts(ledger.workspace());
        QVERIFY2(sluice::test::isSound(facts) && facts.starts_with("revision 2\n"), facts.c_str());
    }

    void aKnownFileIsNotHashedToItsEnd()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("big.csv", m_text));
        const std::string before = ledgerFacts(ledger.workspace());
        ImportRequest request;
        request.inMemory.push_back({"big.csv", std::make_shared<const std::string>(m_text)});
        Canceller canceller;
        canceller.stopNow();
        const auto outcome = ImportService{ledger.workspace()}.import(
            request, Principal::owner(), {canceller.token(), {}});
        const double ms = canceller.msSince();
        QVERIFY(!outcome.ok());
        compareOutcome(ledger, outcome, ms, before);
    }
};

QTEST_GUILESS_MAIN(tst_ImportCancel)
#include "tst_ImportCancel.moc"
