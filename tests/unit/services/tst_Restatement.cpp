// SPDX-License-Identifier: GPL-3.0-or-later
// What a delivery takes the place of: each day of an account counts once within a source, whatever
// periods the deliveries are cut into, and nothing stops counting unless its period was brought
// anew.
#include "tests/support/Bills.h"
#include "tests/support/NaivePeriods.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <fstream>

using namespace sluice;
using namespace sluice::test;

namespace {

std::string september(int day)
{
    return BusinessDate{std::chrono::year{2026} / 9 / 1}.plusDays(day).toIso();
}

// No two deliveries give the same file.
std::vector<Bill> billsOf(const std::vector<NaivePeriods::Part>& parts, int delivery)
{
    std::vector<Bill> bills;
    for (const NaivePeriods::Part& part : parts)
        bills.push_back({std::to_string(part.cost), september(part.start), september(part.end),
            "a" + std::to_string(part.account), "OpenAI", {}, "Step " + std::to_string(delivery)});
    return bills;
}

} // namespace

class tst_Restatement : public QObject {
    Q_OBJECT

private slots:
    void eachDayOfAnAccountCountsOnce_property()
    {
        SeededRandom random{seed(4'711)};
        int refused = 0;
        int taken = 0;
        int restated = 0;
        for (int run = 0; run < rounds(100); ++run) {
            TempLedger ledger;
            NaivePeriods naive;
            std::map<int, int> brought; // the step that brought a file last, by its first step
            std::vector<std::vector<NaivePeriods::Part>> deliveries;
            const bool mixes = random.chance(1, 2); // deliveries of several parts
            for (int step = 0; step < 25; ++step) {
                const bool insists = random.chance(1, 3);
                const bool again = step > 0 && random.chance(1, 3);
                std::vector<NaivePeriods::Part> parts;
                if (again)
                    parts = deliveries[static_cast<std::size_t>(
                        random.between(0, std::ssize(deliveries) - 1))];
                else
                    deliveries.push_back(parts = randomParts(random, mixes, step));
                ImportRequest request = insists ? insisting() : ImportRequest{};
                request.restate = again;
                const int delivery = parts.front().delivery;
                for (auto& part : parts)
                    part.delivery = step; // what is brought again is a delivery of its own
                const auto report = ledger.import("b.csv", csv(billsOf(parts, delivery)), request);
                const bool isKnown = again && brought.count(delivery) > 0;
                const bool counts
                    = isKnown && naive.counting(brought[delivery]) == std::ssize(parts);
                const bool wanted = counts || naive.bring(parts, insists);
                if (wanted && !counts)
                    brought[delivery] = step;
                const std::string said = report.ok() ? "imported" : errorSentence(report.error());
                QVERIFY2(report.ok() == wanted, said.c_str());
                if (report.ok())
                    QCOMPARE(report->batches.front().status,
                        counts ? BatchStatus::Unchanged : BatchStatus::Imported);
                QCOMPARE(total(ledger), std::to_string(naive.total()));
                ++(wanted ? taken : refused);
                restated += isKnown && wanted && !counts ? 1 : 0;
            }
            QVERIFY(isSoundLedger(ledger));
        }
        qInfo("%d deliveries, %d refused, %d brought again", taken + refused, refused, restated);
        QVERIFY(taken > 0 && refused > 0 && restated > 0);
    }

    void aRetryThatMovesItsRowsCountsThemOnce()
    {
        for (const char* source : {"", "log"}) {
            TempLedger ledger;
            if (*source != '\0') { // a source whose deliveries append
                ImportRequest first = from(source);
                first.mappingFile = mapping(ledger, R"({"delivery": "append"})");
                QVERIFY_OK(ledger.import("0.csv", csv({{"0", "2026-01-01", "2026-02-01"}}), first));
            }
            // 03/09 is read as 9 March, and 13/09 cannot be
            std::string text = BillColumns;
            for (const auto& [cost, day] : {std::pair{"10", "03/09/2026"}, {"20", "13/09/2026"}})
                text += std::string{cost} + "," + cost + ",USD,a1,2026-09-01,2026-10-01," + day
                    + "," + day + " 01:00,Usage,OpenAI,API\n";
            const auto report = ledger.import("a.csv", text, from(source));
            QVERIFY_OK(report);
            QCOMPARE(report->batches.front().batch.rowsQuarantined, 1U);
            ImportService service{ledger.workspace()};
            const std::string id = report->batches.front().batch.publicId;
            QVERIFY_OK(service.retry(id,
                mapping(ledger,
                    R"({"dates": "day_first", "values": {"BillingAccountId": {"a1": "a2"}}})"),
                Principal::owner(), {}));
            QCOMPARE(total(ledger), std::string{"30"});
            QVERIFY(isSoundLedger(ledger));
            // and once more, to where it was
            QVERIFY_OK(service.retry(
                id, mapping(ledger, R"({"dates": "day_first"})"), Principal::owner(), {}));
            QCOMPARE(total(ledger), std::string{"30"});
            QVERIFY(isSoundLedger(ledger));
        }
    }

    // Nothing was held back, and still it was read wrongly.
    void aFileWithoutQuarantineIsReadAnewUnderAnotherMapping()
    {
        TempLedger ledger;
        const auto report = ledger.import("a.csv", csv({{"1.234"}}));
        QVERIFY_OK(report);
        ImportService service{ledger.workspace()};
        const std::string id = report->batches.front().batch.publicId;
        const std::string german = mapping(ledger, R"({"decimal": ",", "thousands": "."})");
        const auto again = service.retry(id, german, Principal::owner(), {});
        QVERIFY_OK(again);
        QCOMPARE(again->batches.front().status, BatchStatus::Imported);
        QCOMPARE(total(ledger), std::string{"1234"});
        const auto once = service.retry(id, german, Principal::owner(), {});
        QVERIFY_OK(once);
        QCOMPARE(once->batches.front().status, BatchStatus::Unchanged);
        QVERIFY(isSoundLedger(ledger));
    }

    void aMonthTakesTheDaysInOnlyWhenAsked()
    {
        TempLedger ledger;
        for (int day = 0; day < 3; ++day)
            QVERIFY_OK(ledger.import("d.csv", csv({{"10", september(day), september(day + 1)}})));
        const auto refused = ledger.import("m.csv", csv({{"31"}}));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::SmallerDelivery);
        QVERIFY2(mentions(refused.error(), "a1, 2026-09-02..2026-09-03"),
            errorSentence(refused.error()).c_str());
        QCOMPARE(total(ledger), std::string{"30"});
        QVERIFY_OK(ledger.import("m.csv", csv({{"31"}}), insisting()));
        QCOMPARE(total(ledger), std::string{"31"});
        // a day of that month
        const auto within
            = ledger.import("d.csv", csv({{"5", september(1), september(2)}}), insisting());
        QVERIFY(!within.ok());
        QCOMPARE(within.error().code, ErrorCode::BadInput);
        QVERIFY2(mentions(within.error(), "--source NAME"), errorSentence(within.error()).c_str());
        QVERIFY_OK(ledger.import("d.csv", csv({{"5", september(1), september(2)}}), from("seats")));
        QCOMPARE(total(ledger), std::string{"36"});
        QVERIFY(isSoundLedger(ledger));
    }

    // An annual bill begins with its first month, and a quarter too.
    void whatBeginsTogetherAndIsLongerIsAnotherBill()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("m.csv", csv({{"900", "2026-01-01", "2026-02-01"}})));
        const Bill year{"1200", "2026-01-01", "2027-01-01"};
        const auto asked = ledger.import("y.csv", csv({year}));
        QVERIFY(!asked.ok());
        QCOMPARE(asked.error().code, ErrorCode::SmallerDelivery);
        QVERIFY_OK(ledger.import("y.csv", csv({year}), from("annual")));
        QCOMPARE(total(ledger), std::string{"2100"});
        QVERIFY_OK(ledger.import("q.csv", csv({{"160", "2026-07-01", "2026-10-01"}})));
        QVERIFY(
            !ledger.import("j.csv", csv({{"200", "2026-07-01", "2026-08-01"}}), insisting()).ok());
        QCOMPARE(total(ledger), std::string{"2260"});
        QVERIFY(isSoundLedger(ledger));
    }

    // To date it grows each day; what ends earlier than what stands is asked about.
    void aMonthToDateGrows()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("1.csv", csv({{"10", "2026-09-01", "2026-09-11"}})));
        QVERIFY_OK(ledger.import("2.csv", csv({{"20", "2026-09-01", "2026-09-21"}})));
        QVERIFY_OK(ledger.import("3.csv", csv({{"30"}})));
        QCOMPARE(total(ledger), std::string{"30"});
        const auto earlier = ledger.import("4.csv", csv({{"29", "2026-09-01", "2026-09-16"}}));
        QVERIFY(!earlier.ok());
        QVERIFY2(mentions(earlier.error(), "2026-09-01..2026-09-16 instead of a1, 2026-09"),
            errorSentence(earlier.error()).c_str());
        QCOMPARE(total(ledger), std::string{"30"});
    }

    // Whichever is mended first, the later delivery stands.
    void mendingTwoDeliveriesEndsWithTheLater()
    {
        for (const bool oldestFirst : {true, false}) {
            TempLedger ledger;
            const auto dollars = [](std::string text) {
                return QByteArray::fromStdString(text).replace(",USD,", ",US$,").toStdString();
            };
            const auto a = ledger.import("a.csv", dollars(csv({{"100"}})));
            const auto b = ledger.import("b.csv", dollars(csv({{"140"}})));
            QVERIFY_OK(a);
            QVERIFY_OK(b);
            const std::string map
                = mapping(ledger, R"({"values": {"BillingCurrency": {"US$": "USD"}}})");
            ImportService service{ledger.workspace()};
            const auto retry = [&](const Result<ImportReport>& report) {
                return service.retry(
                    report->batches.front().batch.publicId, map, Principal::owner(), {});
            };
            QVERIFY_OK(retry(oldestFirst ? a : b));
            const auto second = retry(oldestFirst ? b : a);
            QCOMPARE(second.ok(), oldestFirst); // the older one has nothing to say any more
            QCOMPARE(total(ledger), std::string{"140"});
            QVERIFY(isSoundLedger(ledger));
        }
    }

    void aRetryAsksBeforeItTakesTheMoneyOfAnother()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("big.csv", csv({{"500", "2026-07-01", "2026-08-01"}})));
        const auto little
            = ledger.import("little.csv", csv({{"1", "2026-07-01", "2026-08-01", "a2"}}));
        QVERIFY_OK(little);
        ImportService service{ledger.workspace()};
        const std::string id = little->batches.front().batch.publicId;
        const std::string map
            = mapping(ledger, R"({"values": {"BillingAccountId": {"a2": "a1"}}})");
        const auto asked = service.retry(id, map, Principal::owner(), {});
        QVERIFY(!asked.ok());
        QCOMPARE(asked.error().code, ErrorCode::SmallerDelivery);
        QCOMPARE(total(ledger), std::string{"501"});
        QVERIFY_OK(service.retry(id, map, Principal::owner(), {}, true));
        QCOMPARE(total(ledger), std::string{"1"});
        QVERIFY(isSoundLedger(ledger));
    }

    // Under another mapping the same rows may be of another account: nothing would replace them.
    void aDocumentIsReadWithOneMapping()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", csv({{"100"}})));
        ImportRequest both;
        both.mappingFile = mapping(ledger, R"({"values": {"BillingAccountId": {"a1": "a2"}}})");
        const QDir root{QString::fromStdString(ledger.file({}))};
        QVERIFY(root.mkdir(QStringLiteral("both")));
        for (const auto& [name, text] : {std::pair{"a.csv", csv({{"100"}})},
                 std::pair{"c.csv", csv({{"7", "2026-10-01", "2026-11-01"}})}})
            std::ofstream{root.filePath(QStringLiteral("both/")).toStdString() + name} << text;
        both.paths.push_back(root.filePath(QStringLiteral("both")).toStdString());
        const auto refused = ImportService{ledger.workspace()}.import(both, Principal::owner(), {});
        QVERIFY(!refused.ok());
        QVERIFY2(mentions(refused.error(), "--retry"), errorSentence(refused.error()).c_str());
        QCOMPARE(total(ledger), std::string{"100"});
        // What counts no more says nothing, neither a batch nor its reading before a retry.
        QVERIFY_OK(ledger.import("b.csv", csv({{"101"}})));
        QVERIFY_OK(ImportService{ledger.workspace()}.import(both, Principal::owner(), {}));
        QCOMPARE(total(ledger), std::string{"208"});
        QVERIFY(isSoundLedger(ledger));
    }

    // The way out that the refusal names is one.
    void aFileOfTwoSourcesIsTakenApart()
    {
        TempLedger ledger;
        const Bill p{"10", "2026-09-01", "2026-10-01", "a1", "P"};
        const Bill q{"20", "2026-09-01", "2026-10-01", "a2", "Q"};
        QVERIFY_OK(ledger.import("p.csv", csv({p}), from("p")));
        QVERIFY_OK(ledger.import("q.csv", csv({q}), from("q")));
        Bill more = p;
        more.cost = "11";
        for (const char* source : {"", "p", "q"}) {
            const auto refused = ledger.import("both.csv", csv({more, q}), from(source));
            QVERIFY(!refused.ok());
            QVERIFY2(mentions(refused.error(), "as a file of its own"),
                errorSentence(refused.error()).c_str());
        }
        QVERIFY_OK(ledger.import("more.csv", csv({more})));
        QCOMPARE(total(ledger), std::string{"31"});
    }

    // A yearly fee and the months of use come together, and each is restated on its own.
    void whatOneDeliveryBringsTogetherStandsTogether()
    {
        for (const bool togetherFirst : {true, false}) {
            TempLedger ledger;
            const Bill year{"1200", "2026-01-01", "2027-01-01"};
            const std::vector<std::string> files{csv({{"90", "2026-05-01", "2026-06-01"}, year}),
                csv({{"80", "2026-06-01", "2026-07-01"}})};
            const auto first = ledger.import("1.csv", files[togetherFirst ? 0 : 1]);
            QVERIFY_OK(first);
            QVERIFY(first->batches.front().beside.empty());
            const auto second = ledger.import("2.csv", files[togetherFirst ? 1 : 0]);
            QVERIFY_OK(second);
            QCOMPARE(second->batches.front().beside.size(), std::size_t{1});
            QCOMPARE(total(ledger), std::string{"1370"});
            QVERIFY_OK(ledger.import("3.csv", csv({{"81", "2026-06-01", "2026-07-01"}})));
            QVERIFY_OK(ledger.import("4.csv", csv({{"1300", "2026-01-01", "2027-01-01"}})));
            QCOMPARE(total(ledger), std::string{"1471"});
            QVERIFY(isSoundLedger(ledger));
        }
    }

    // Two accounts that a mapping took for one had bills that share days; the right reading has
    // none.
    void whatWasMisreadShowsNothing()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("june.csv", csv({{"80", "2026-06-01", "2026-07-01"}})));
        ImportRequest request;
        request.mappingFile = mapping(ledger, R"({"values": {"BillingAccountId": {"a2": "a1"}}})");
        const auto report = ledger.import("year.csv",
            csv({{"1200", "2026-01-01", "2027-01-01"}, {"90", "2026-05-01", "2026-06-01", "a2"}}),
            request);
        QVERIFY_OK(report);
        QCOMPARE(total(ledger), std::string{"1370"});
        const std::string id = report->batches.front().batch.publicId;
        const std::string right
            = mapping(ledger, R"({"values": {"BillingAccountId": {"nobody": "a1"}}})");
        ImportService service{ledger.workspace()};
        const auto asked = service.retry(id, right, Principal::owner(), {});
        QVERIFY(!asked.ok());
        QCOMPARE(asked.error().code, ErrorCode::SmallerDelivery);
        QVERIFY_OK(service.retry(id, right, Principal::owner(), {}, true));
        QCOMPARE(total(ledger), std::string{"1290"});
        QVERIFY(isSoundLedger(ledger));
    }

    // The provider takes its correction back: the bytes are known, the figures count no more.
    void aFileThatGaveWayComesBackWhenAsked()
    {
        TempLedger ledger;
        const std::string first = csv({{"100"}, {"7", "2026-08-01", "2026-09-01"}});
        QVERIFY_OK(ledger.import("a.csv", first));
        const std::string second = csv({{"250"}});
        QVERIFY_OK(ledger.import("b.csv", second));
        ImportRequest again;
        again.restate = true;
        const auto unasked = ledger.import("a.csv", first);
        QVERIFY_OK(unasked);
        QCOMPARE(unasked->batches.front().status, BatchStatus::Unchanged);
        const auto asked = ledger.import("a.csv", first, again);
        QVERIFY(!asked.ok()); // less than half
        QCOMPARE(asked.error().code, ErrorCode::SmallerDelivery);
        again.replaceSmaller = true;
        const auto back = ledger.import("a.csv", first, again);
        QVERIFY_OK(back);
        const Batch& batch = back->batches.front().batch;
        QVERIFY2(batch.publicId.ends_with(".2"), batch.publicId.c_str());
        QCOMPARE(total(ledger), std::string{"107"});
        const auto nothing = ledger.import("a.csv", first, again);
        QVERIFY_OK(nothing);
        QCOMPARE(nothing->batches.front().status, BatchStatus::Unchanged);
        // by its id, the file is not wanted
        ImportService service{ledger.workspace()};
        const auto byId = service.restate(
            batchPublicId({{{}, "b.csv", sha256(second), second.size()}}), Principal::owner(), {});
        QVERIFY_OK(byId);
        QCOMPARE(total(ledger), std::string{"257"});
        const auto counts
            = service.restate(byId->batches.front().batch.publicId, Principal::owner(), {});
        QVERIFY_OK(counts);
        QCOMPARE(counts->batches.front().status, BatchStatus::Unchanged);
        QVERIFY(isSoundLedger(ledger));
    }

    // It is read as it was, also where the one who brings it back does not say how.
    void whatComesBackIsReadAsItWas()
    {
        TempLedger ledger;
        ImportRequest request = from("invoices");
        request.kind = BatchKind::Committed;
        request.mappingFile = mapping(ledger, R"({"decimal": ",", "thousands": "."})");
        const std::string first = csv({{"1.234"}});
        QVERIFY_OK(ledger.import("a.csv", first, request));
        QVERIFY_OK(ledger.import("b.csv", csv({{"1.235"}}), request));
        ImportRequest again;
        again.restate = true;
        const auto back = ledger.import("a.csv", first, again);
        QVERIFY_OK(back);
        const Batch& batch = back->batches.front().batch;
        QCOMPARE(batch.source, std::string{"invoices"});
        QCOMPARE(batch.kind, BatchKind::Committed);
        QCOMPARE(batch.controlTotals.front().ledger, std::string{"1234"});
        QVERIFY(isSoundLedger(ledger));
    }

    // Read so that its rows are another account's, an old file would count beside its successor.
    void whatGaveWayStaysBehindUnderAnotherMapping()
    {
        TempLedger ledger;
        const auto a = ledger.import("a.csv", csv({{"100"}}));
        const auto b = ledger.import("b.csv", csv({{"140"}}));
        const auto c = ledger.import("c.csv", csv({{"150"}}));
        QVERIFY_OK(c);
        const std::string map
            = mapping(ledger, R"({"values": {"BillingAccountId": {"a1": "a2"}}})");
        ImportService service{ledger.workspace()};
        const auto retry = [&](const Result<ImportReport>& report) {
            return service.retry(
                report->batches.front().batch.publicId, map, Principal::owner(), {});
        };
        for (const auto* old : {&a, &b}) {
            const auto refused = retry(*old);
            QVERIFY(!refused.ok());
            QVERIFY2(mentions(refused.error(), c->batches.front().batch.publicId),
                errorSentence(refused.error()).c_str());
        }
        QVERIFY_OK(retry(c));
        for (const auto* old : {&a, &b})
            QVERIFY(!retry(*old).ok()); // there is nothing left to it
        QCOMPARE(total(ledger), std::string{"150"});
        QVERIFY(isSoundLedger(ledger));
    }

    void twoEndsOfOnePeriodAreOnePeriod()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("1.csv", csv({{"10", "2026-09-01", "2026-09-30"}, {"20"}})));
        const auto second
            = ledger.import("2.csv", csv({{"11", "2026-09-01", "2026-09-30"}, {"21"}}));
        QVERIFY_OK(second);
        QCOMPARE(second->batches.front().batch.scopes.size(), std::size_t{1});
        QCOMPARE(total(ledger), std::string{"32"});
        QVERIFY_OK(ledger.import("3.csv", csv({{"33"}})));
        QCOMPARE(total(ledger), std::string{"33"});
        QVERIFY(isSoundLedger(ledger));
    }

    void twoProvidersMayCallAnAccountTheSame()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", csv({{"100"}})));
        const Bill other{"90", "2026-09-01", "2026-10-01", "a1", "Anthropic"};
        const auto second = ledger.import("b.csv", csv({other}));
        QVERIFY_OK(second);
        QCOMPARE(second->batches.front().batch.source, std::string{"anthropic"});
        QCOMPARE(second->batches.front().beside.size(), std::size_t{1});
        QCOMPARE(total(ledger), std::string{"190"});
        // each is restated on its own, and by its own name too
        QVERIFY_OK(ledger.import("c.csv", csv({{"101"}})));
        Bill restated = other;
        restated.cost = "91";
        QVERIFY_OK(ledger.import("d.csv", csv({restated}), from("anthropic")));
        QCOMPARE(total(ledger), std::string{"192"});
        QVERIFY(!ledger.import("e.csv", csv({{"102"}}), from("anthropic")).ok());
        QVERIFY(isSoundLedger(ledger));
    }

    void theSameRowsWithoutAccountDoNotCountTwice()
    {
        TempLedger ledger;
        const std::string text = csv({{"10", "2026-09-01", "2026-10-01", ""}});
        QVERIFY_OK(ledger.import("a.csv", text, from("s1")));
        ImportRequest packed = from("s2");
        packed.paths.push_back(gzipped(ledger, text));
        const auto refused
            = ImportService{ledger.workspace()}.import(packed, Principal::owner(), {});
        QVERIFY(!refused.ok());
        QVERIFY2(mentions(refused.error(), "s1"), errorSentence(refused.error()).c_str());
        // other rows without an account are another account's
        QVERIFY_OK(
            ledger.import("b.csv", csv({{"11", "2026-09-01", "2026-10-01", ""}}), from("s2")));
        QCOMPARE(total(ledger), std::string{"21"});
    }

    void whatWasUsedIsGuardedAsWhatIsOwed()
    {
        TempLedger ledger;
        const Bill covered{"0", "2026-09-01", "2026-10-01", "a1", "OpenAI", "1001"};
        QVERIFY_OK(ledger.import("a.csv", csv({covered})));
        Bill little = covered;
        little.effective = "2";
        const auto refused = ledger.import("b.csv", csv({little}));
        QVERIFY(!refused.ok());
        QVERIFY2(mentions(refused.error(), "USD 2 effective instead of 1001"),
            errorSentence(refused.error()).c_str());
        QVERIFY_OK(ledger.import("b.csv", csv({little}), insisting()));
        QCOMPARE(total(ledger, Measure::EffectiveCost), std::string{"2"});
    }
};

QTEST_GUILESS_MAIN(tst_Restatement)
#include "tst_Restatement.moc"
