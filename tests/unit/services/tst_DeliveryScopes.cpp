// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/MaintenanceService.h"
#include "core/services/OwnershipService.h"
#include "core/services/SpendService.h"
#include "tests/support/Qt.h"
#include "tests/support/TempLedger.h"

#include <fstream>

using namespace sluice;
using sluice::test::TempLedger;

namespace {

const std::string Header
    = "BilledCost,EffectiveCost,BillingCurrency,BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,"
      "ChargeCategory,ProviderName,ServiceName,Tags";

struct Row {
    std::string cost{"1"};
    std::string provider{"AWS"};
    std::string account{"a1"};
    std::string month{"01"};
    std::string effective{}; // empty: as billed
    std::string tags{};
};

std::string line(const Row& row)
{
    const std::string next = row.month == "01" ? "02" : (row.month == "02" ? "03" : "04");
    const std::string start = "2026-" + row.month + "-01T00:00:00Z";
    return row.cost + "," + (row.effective.empty() ? row.cost : row.effective) + ",USD,"
        + row.account + "," + start + ",2026-" + next + "-01T00:00:00Z," + start + ",2026-"
        + row.month + "-02T00:00:00Z,Usage," + row.provider + ",Compute," + row.tags;
}

// `more` are the names of further columns, which are empty.
std::string csv(const std::vector<Row>& rows, const std::string& more = {})
{
    std::string text = Header + more + "\n";
    for (const Row& row : rows)
        text += line(row)
            + std::string(static_cast<std::size_t>(std::count(more.begin(), more.end(), ',')), ',')
            + "\n";
    return text;
}

std::string total(TempLedger& ledger, const SpendQuery& query = {})
{
    const auto answer = SpendService{ledger.workspace()}.spend(query, {}, Principal::owner(), {});
    if (!answer.ok())
        return errorSentence(answer.error());
    return answer->totals.empty()
        ? "0"
        : amountText(answer->totals.front().amount, answer->totals.front().currency);
}

std::string mappingFile(TempLedger& ledger, const std::string& json)
{
    const std::string path = ledger.file(QStringLiteral("map.json"));
    std::ofstream{path} << json;
    return path;
}

bool mentions(const Error& error, const std::string& text)
{
    return errorSentence(error).find(text) != std::string::npos;
}

std::string tag(int value)
{
    return "\"{\"\"rid\"\": \"\"r" + std::to_string(value) + "\"\"}\"";
}

} // namespace

class tst_DeliveryScopes : public QObject {
    Q_OBJECT

private slots:
    void aRestatedMonthKeepsItsSource_data()
    {
        QTest::addColumn<QString>("restated");
        QTest::addColumn<QString>("expected");
        const auto text = [](const std::vector<Row>& rows, const std::string& more = {}) {
            return QString::fromStdString(csv(rows, more));
        };
        const Row m{"5", "Microsoft", "m1"};
        QTest::newRow("another order of rows")
            << text({m, {"10.5"}, {"20"}}) << QStringLiteral("35.5");
        QTest::newRow("most rows of another provider")
            << text({{"30"}, m, m, m, m}) << QStringLiteral("50");
        QTest::newRow("a renamed provider")
            << text({{"10.5", "Amazon Web Services"}, {"20", "Amazon Web Services"}, m})
            << QStringLiteral("35.5");
        QTest::newRow("columns that make another profile")
            << text({{"10.5"}, {"20"}, m}, ",x_SkuMeterId,x_SkuDetails") << QStringLiteral("35.5");
    }

    void aRestatedMonthKeepsItsSource()
    {
        QFETCH(QString, restated);
        QFETCH(QString, expected);
        TempLedger ledger;
        const auto first = ledger.import("a.csv", csv({{"10"}, {"20"}, {"5", "Microsoft", "m1"}}));
        QVERIFY_OK(first);
        QCOMPARE(first->batches.front().batch.source, std::string{"aws"});
        const auto second = ledger.import("b.csv", restated.toStdString());
        QVERIFY_OK(second);
        QCOMPARE(second->batches.front().batch.source, std::string{"aws"});
        QCOMPARE(QString::fromStdString(total(ledger)), expected);
    }

    void theFirstNameDoesNotDependOnTheOrder()
    {
        for (const auto& rows : {std::vector<Row>{{"1", "Microsoft"}, {"1"}, {"1"}},
                 std::vector<Row>{{"1"}, {"1"}, {"1", "Microsoft"}}}) {
            TempLedger ledger;
            const auto report = ledger.import("a.csv", csv(rows));
            QVERIFY_OK(report);
            QCOMPARE(report->batches.front().batch.source, std::string{"aws"});
        }
    }

    void aMonthDoesNotCountUnderTwoSources()
    {
        TempLedger ledger;
        const auto first = ledger.import("a.csv", csv({{"10"}, {"20"}}));
        QVERIFY_OK(first);
        ImportRequest request;
        request.source = "prod";
        const auto refused = ledger.import("b.csv", csv({{"11"}, {"20"}}), request);
        QVERIFY(!refused.ok());
        QVERIFY(mentions(refused.error(), "--source aws"));
        QVERIFY(mentions(refused.error(), first->batches.front().batch.publicId));
        QCOMPARE(total(ledger), std::string{"30"});
        // another month
        QVERIFY_OK(ledger.import("c.csv", csv({{"7", "AWS", "a1", "02"}}), request));
        QCOMPARE(total(ledger), std::string{"37"});
        const auto same = ledger.import("a.csv", csv({{"10"}, {"20"}}), request);
        QVERIFY(!same.ok());
        QVERIFY(mentions(same.error(), first->batches.front().batch.publicId));
    }

    void aRetryDoesNotBringReplacedFiguresBack()
    {
        TempLedger ledger;
        const auto first = ledger.import("a.csv",
            csv({{"10"}, {"bad", "AWS", "a1", "01", "7"}, {"20", "AWS", "a1", "02"},
                {"bad", "AWS", "a1", "02", "8"}}));
        QVERIFY_OK(first);
        const std::string batch = first->batches.front().batch.publicId;
        const auto second = ledger.import("b.csv", csv({{"11"}, {"8"}}));
        QVERIFY_OK(second);
        const std::string newer = second->batches.front().batch.publicId;
        QCOMPARE(second->batches.front().batch.scopes.front().supersedes, batch);

        ImportService service{ledger.workspace()};
        const auto retried = service.retry(batch,
            mappingFile(ledger, R"({"values": {"BilledCost": {"bad": "7"}}})"), Principal::owner(),
            {});
        QVERIFY_OK(retried);
        const std::vector<Scope>& scopes = retried->batches.front().batch.scopes;
        QCOMPARE(scopes.size(), std::size_t{2});
        QCOMPARE(scopes.front().supersededBy, newer);
        QCOMPARE(scopes.back().supersededBy, std::string{});
        QCOMPARE(total(ledger), std::string{"46"}); // 11 + 8 of January, 20 + 7 of February
        const auto diff = service.diff(newer, {}, Principal::owner(), {});
        QVERIFY_OK(diff);
        QCOMPARE(
            amountText(diff->totalsBefore.front().costs[0], diff->totalsBefore.front().currency),
            std::string{"10"});

        const auto third = ledger.import("c.csv", csv({{"27", "AWS", "a1", "02"}}));
        QVERIFY_OK(third);
        const auto refused = service.retry(batch,
            mappingFile(ledger,
                R"({"values": {"BilledCost": {"bad": "7"}, "EffectiveCost": {"bad": "7"}}})"),
            Principal::owner(), {});
        QVERIFY(!refused.ok()); // none of its months counts any more
        QVERIFY(mentions(refused.error(), third->batches.front().batch.publicId));
        const auto checks = MaintenanceService{ledger.workspace()}.verify(Principal::owner(), {});
        QVERIFY_OK(checks);
        for (const VerifyCheck& check : *checks)
            QVERIFY2(check.passed, (check.name + ": " + check.detail).c_str());
    }

    void aRetryOfWhatIsReplacedIsRefused()
    {
        TempLedger ledger;
        const auto first = ledger.import("a.csv", csv({{"10"}, {"bad"}}));
        QVERIFY_OK(first);
        const auto second = ledger.import("b.csv", csv({{"11"}, {"8"}}));
        QVERIFY_OK(second);
        const std::string mapping = mappingFile(
            ledger, R"({"values": {"BilledCost": {"bad": "7"}, "EffectiveCost": {"bad": "7"}}})");
        const auto refused = ImportService{ledger.workspace()}.retry(
            first->batches.front().batch.publicId, mapping, Principal::owner(), {});
        QVERIFY(!refused.ok());
        QVERIFY(mentions(refused.error(), second->batches.front().batch.publicId));
        QCOMPARE(total(ledger), std::string{"19"});
        // The first file again changes nothing, and says that it no longer counts.
        const auto again = ledger.import("a.csv", csv({{"10"}, {"bad"}}));
        QVERIFY_OK(again);
        QCOMPARE(again->batches.front().status, BatchStatus::Unchanged);
        QCOMPARE(again->batches.front().batch.scopes.front().supersededBy,
            second->batches.front().batch.publicId);
    }

    void aRetryThatMakesThingsWorseReportsWhatStands()
    {
        TempLedger ledger;
        const auto first = ledger.import("a.csv", csv({{"1"}, {"2"}, {"3"}}));
        QVERIFY_OK(first);
        const auto retried
            = ImportService{ledger.workspace()}.retry(first->batches.front().batch.publicId,
                mappingFile(ledger, R"({"values": {"BilledCost": {"2": "two"}}})"),
                Principal::owner(), {});
        QVERIFY_OK(retried);
        QCOMPARE(retried->batches.front().status, BatchStatus::Unchanged);
        QCOMPARE(retried->batches.front().batch.rowsAccepted, 3U);
        QCOMPARE(retried->batches.front().batch.controlTotals.front().ledger, std::string{"6"});
    }

    void theModeThatAMappingSaysHoldsFromThenOn()
    {
        TempLedger ledger;
        ImportRequest request;
        request.source = "ap";
        request.mappingFile = mappingFile(ledger, R"({"delivery": "append"})");
        QVERIFY_OK(ledger.import("a.csv", csv({{"1"}}), request));
        request.mappingFile.clear();
        const auto second = ledger.import("b.csv", csv({{"2"}, {"bad"}}), request);
        QVERIFY_OK(second);
        QVERIFY(second->batches.front().batch.appends);
        QCOMPARE(total(ledger), std::string{"3"});
        // A retry takes the place of its own charges only, and of those always.
        QVERIFY_OK(ImportService{ledger.workspace()}.retry(second->batches.front().batch.publicId,
            mappingFile(ledger,
                R"({"values": {"BilledCost": {"bad": "4"}, "EffectiveCost": {"bad": "4"}}})"),
            Principal::owner(), {}));
        QCOMPARE(total(ledger), std::string{"7"});
        request.mappingFile = mappingFile(ledger, R"({"delivery": "overwrite"})");
        QVERIFY_OK(ledger.import("c.csv", csv({{"100"}, {"1"}}), request));
        QCOMPARE(total(ledger), std::string{"101"});
        request.mappingFile.clear();
        const auto last = ledger.import("d.csv", csv({{"200"}, {"1"}}), request);
        QVERIFY_OK(last);
        QVERIFY(!last->batches.front().batch.appends);
        QCOMPARE(total(ledger), std::string{"201"});
    }

    void aSignThatFlipsIsAShrinkAndItsMoneyIsNamed()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", csv({{"10"}, {"10"}})));
        const auto flipped = ledger.import("b.csv", csv({{"-60"}, {"-60"}}));
        QVERIFY(!flipped.ok());
        QVERIFY2(mentions(flipped.error(), "USD -120 billed instead of 20"),
            errorSentence(flipped.error()).c_str());
        QCOMPARE(total(ledger), std::string{"20"});
    }

    void aMonthWrittenInAnotherWayIsTheSameMonth()
    {
        const auto shifted = [](std::string text) {
            return QByteArray::fromStdString(text)
                .replace("2026-01-01T00:00:00Z,2026-02-01T00:00:00Z",
                    "2026-01-01T08:00:00Z,2026-02-01T08:00:00Z")
                .toStdString();
        };
        TempLedger ledger;
        const auto first = ledger.import("a.csv", shifted(csv({{"10"}, {"20"}})));
        QVERIFY_OK(first);
        const auto second = ledger.import("b.csv", csv({{"11"}, {"20"}}));
        QVERIFY_OK(second);
        QCOMPARE(second->batches.front().batch.scopes.front().supersedes,
            first->batches.front().batch.publicId);
        QCOMPARE(total(ledger), std::string{"31"});
        // and so says the ledger when it is asked again
        const auto stored = ImportService{ledger.workspace()}.batches(Principal::owner());
        QVERIFY_OK(stored);
        const auto newer
            = std::ranges::find(*stored, second->batches.front().batch.publicId, &Batch::publicId);
        QCOMPARE(newer->scopes.front().supersedes, first->batches.front().batch.publicId);
        // both notations in one delivery, which takes the place of either
        const std::string header = Header + "\n";
        const auto both = ledger.import(
            "c.csv", header + line({"12"}) + "\n" + shifted(line({"20"})) + "\nbad,");
        QVERIFY(!both.ok()); // ends within a record
        const auto third = ledger.import("c.csv",
            header + line({"12"}) + "\n" + shifted(line({"20"})) + "\n" + line({"bad"}) + "\n"
                + shifted(line({"bad"})) + "\n");
        QVERIFY_OK(third);
        QCOMPARE(third->batches.front().batch.scopes.size(), std::size_t{1});
        QCOMPARE(total(ledger), std::string{"32"});
        QVERIFY_OK(ImportService{ledger.workspace()}.retry(third->batches.front().batch.publicId,
            mappingFile(ledger,
                R"({"values": {"BilledCost": {"bad": "1"}, "EffectiveCost": {"bad": "1"}}})"),
            Principal::owner(), {}));
        QCOMPARE(total(ledger), std::string{"34"});
        QVERIFY_OK(ledger.import("d.csv", shifted(csv({{"50"}, {"2"}}))));
        QCOMPARE(total(ledger), std::string{"52"});
        // another month stays another month
        QVERIFY_OK(ledger.import("e.csv", csv({{"5", "AWS", "a1", "02"}})));
        QCOMPARE(total(ledger), std::string{"57"});
        ImportRequest request;
        request.source = "other";
        const auto refused = ledger.import("f.csv", csv({{"49"}, {"2"}}), request);
        QVERIFY(!refused.ok());
        QVERIFY(mentions(refused.error(), "--source aws"));
        const auto checks = MaintenanceService{ledger.workspace()}.verify(Principal::owner(), {});
        QVERIFY_OK(checks);
        for (const VerifyCheck& check : *checks)
            QVERIFY2(check.passed, (check.name + ": " + check.detail).c_str());
    }

    void onlyLessIsAShrink_data()
    {
        QTest::addColumn<std::string>("before");
        QTest::addColumn<std::string>("after");
        QTest::addColumn<bool>("shrinks");
        const auto add = [](const char* before, const char* after, bool shrinks) {
            QTest::addRow("%s to %s", before, after)
                << std::string{before} << std::string{after} << shrinks;
        };
        add("0", "12", false);
        add("0", "-12", false);
        add("-5", "10", false);
        add("-5", "1", false);
        add("-5", "0", true);
        add("-5", "-20", false);
        add("-5", "-2.5", false);
        add("-5", "-2", true);
        add("20", "10", false);
        add("20", "100", false);
        add("20", "9.9", true);
        add("20", "0", true);
        add("20", "-1", true);
    }

    void onlyLessIsAShrink()
    {
        QFETCH(std::string, before);
        QFETCH(std::string, after);
        QFETCH(bool, shrinks);
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", csv({{before}})));
        const auto restated = ledger.import("b.csv", csv({{after}}));
        QCOMPARE(restated.ok(), !shrinks);
        if (shrinks)
            QCOMPARE(restated.error().code, ErrorCode::SmallerDelivery);
        QCOMPARE(total(ledger), shrinks ? before : after);
    }

    void theSameNewFileTwiceIsNamed()
    {
        TempLedger ledger;
        ImportRequest request;
        request.inMemory.push_back(
            {"first.csv", std::make_shared<const std::string>(csv({{"1"}}))});
        const auto refused = ledger.import("second.csv", csv({{"1"}}), request);
        QVERIFY(!refused.ok());
        QVERIFY(mentions(refused.error(), "first.csv"));
        QVERIFY(mentions(refused.error(), "second.csv"));
    }

    void differencesOfEveryCostAreShown()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv",
            csv({{"5", "AWS", "a1", "01", "10"},
                {"15.5", "AWS", "a1", "01", {}, "\"{\"\"team\"\": \"\"x\"\"}\""}})));
        const auto second = ledger.import("b.csv",
            csv({{"5", "AWS", "a1", "01", "7"},
                {"15.5", "AWS", "a1", "01", {}, "\"{\"\"team\"\": \"\"y\"\"}\""}}));
        QVERIFY_OK(second);
        const auto diff = ImportService{ledger.workspace()}.diff(
            second->batches.front().batch.publicId, {}, Principal::owner(), {});
        QVERIFY_OK(diff);
        QCOMPARE(diff->rows.size(), std::size_t{3});
        QCOMPARE(amountText(diff->rows.back().difference(Measure::EffectiveCost),
                     diff->rows.back().currency),
            std::string{"-3"});
        QCOMPARE(diff->rows.back().difference(Measure::BilledCost), Int128{0});
        QVERIFY(diff->rows[0].key != diff->rows[1].key);
        QVERIFY(diff->rows[0].key.find("tag:team=") != std::string::npos);
    }

    void aTagOfTooManyValuesMovesToTheDetailsAndSaysSo()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("jan.csv",
            csv({{"1", "AWS", "a1", "01", {}, tag(1)}, {"2", "AWS", "a1", "01", {}, tag(2)}})));
        std::vector<Row> many;
        for (int i = 0; i < 4'097; ++i)
            many.push_back({"1", "AWS", "a1", "02", {}, tag(i)});
        const auto crowded = ledger.import("feb.csv", csv(many)); // all charges of one key
        QVERIFY_OK(crowded);
        const Batch& batch = crowded->batches.front().batch;
        const auto moved = std::find_if(batch.verdicts.begin(), batch.verdicts.end(),
            [](const Verdict& v) { return v.rule == "SLUICE-F5"; });
        QVERIFY(moved != batch.verdicts.end());
        QCOMPARE(moved->column, std::string{"tag:rid"});
        QVERIFY_OK(ledger.import("mar.csv", csv({{"1", "AWS", "a1", "03", {}, tag(1)}})));
        QCOMPARE(total(ledger), std::string{"4101"});

        SpendQuery query;
        query.by.push_back(*parseDimension("tag:rid"));
        QVERIFY2(total(ledger, query).find(batch.publicId) != std::string::npos,
            total(ledger, query).c_str());
        query.period = Period{BusinessDate{std::chrono::year{2026} / 1 / 1},
            BusinessDate{std::chrono::year{2026} / 2 / 1}};
        QCOMPARE(total(ledger, query), std::string{"3"}); // January still has it
        SpendQuery filtered;
        filtered.where.push_back({*parseDimension("tag:rid"), {"r1"}});
        QVERIFY(total(ledger, filtered).find("tag:rid") != std::string::npos);
        ChargeQuery charges;
        charges.filter = filtered;
        QVERIFY(!SpendService{ledger.workspace()}.charges(charges, Principal::owner(), {}).ok());

        const std::string rules
            = R"({"name": "r", "rules": [{"id": "by-request", "when": [{"field": "tag:rid", "equals": "r1"}], "assign": {"unit": "u"}}]})";
        OwnershipService ownership{ledger.workspace()};
        const auto published
            = ownership.publishRuleset(rules, "rules.json", BusinessDate{}, Principal::owner(), {});
        QVERIFY(!published.ok());
        QCOMPARE(published.error().code, ErrorCode::BadInput);
        QVERIFY(mentions(published.error(), "by-request"));
        QVERIFY(!ownership.previewRuleset(rules, "rules.json", {}, Principal::owner(), {}).ok());
        QVERIFY_OK(ledger.unlock());
        QCOMPARE(total(ledger), std::string{"4101"});
    }
};

QTEST_GUILESS_MAIN(tst_DeliveryScopes)
#include "tst_DeliveryScopes.moc"
