// SPDX-License-Identifier: GPL-3.0-or-later
// What importing a file would do, row by row, beside a plain model of multisets; and that looking
// leaves the ledger as it was.
#include "tests/support/Bills.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <QTest>

#include <algorithm>
#include <chrono>

using namespace sluice;
using namespace sluice::test;

namespace {

const std::string Columns
    = "BilledCost,EffectiveCost,BillingCurrency,BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,"
      "ChargeCategory,ProviderName,ServiceName,ResourceId,InvoiceId,Tags\n";

struct Line {
    std::string account{"a1"};
    int month{8};
    int day{1};
    std::string service{"API"};
    std::string resource{"r1"};
    std::string team{"red"};
    std::string cost{"10"};
    std::string invoice{"I-1"};

    [[nodiscard]] std::string period() const { return account + std::to_string(month); }
    [[nodiscard]] std::string likeness() const
    {
        return period() + "|" + std::to_string(day) + "|" + service + "|" + resource;
    }
    [[nodiscard]] std::string identity() const { return likeness() + "|" + team; }
    [[nodiscard]] std::string content() const { return identity() + "|" + cost + "|" + invoice; }
    [[nodiscard]] std::string text() const
    {
        const auto iso = [](int m, int d) {
            return BusinessDate{std::chrono::year{2026} / m / d}.toIso() + "T00:00:00Z";
        };
        return cost + "," + cost + ",USD," + account + "," + iso(month, 1) + "," + iso(month + 1, 1)
            + "," + iso(month, day) + "," + iso(month, day + 1) + ",Usage,OpenAI," + service + ","
            + resource + "," + invoice + ",\"{\"\"team\"\": \"\"" + team + "\"\"}\"\n";
    }
};

std::string csvOf(const std::vector<Line>& lines)
{
    std::string text = Columns;
    for (const Line& line : lines)
        text += line.text();
    return text;
}

Line anyLine(SeededRandom& random)
{
    const auto pick = [&random](std::initializer_list<const char*> texts) {
        return std::string{*(texts.begin() + random.below(texts.size()))};
    };
    Line line;
    line.account = pick({"a1", "a2"});
    line.month = 8 + static_cast<int>(random.below(2));
    line.day = 1 + static_cast<int>(random.below(3));
    line.service = pick({"API", "Batch"});
    line.resource = pick({"", "r1"});
    line.team = pick({"red", "blue"});
    line.cost = pick({"10", "20", "0.000000000001"});
    line.invoice = pick({"I-1", "I-1", "I-2"});
    return line;
}

std::vector<Line> anyLines(SeededRandom& random)
{
    std::vector<Line> lines;
    for (std::uint64_t left = 1 + random.below(40); left > 0; --left)
        lines.push_back(anyLine(random));
    return lines;
}

// The delivery once more: some rows gone, some come, some changed.
std::vector<Line> restated(std::vector<Line> lines, SeededRandom& random)
{
    std::vector<Line> later;
    for (Line& line : lines) {
        if (random.chance(1, 6))
            continue;
        if (random.chance(1, 5))
            line.cost = random.chance(1, 2) ? "11" : "21";
        if (random.chance(1, 8))
            line.team = "green";
        later.push_back(line);
        if (random.chance(1, 8))
            later.push_back(anyLine(random));
    }
    if (later.empty())
        later.push_back(anyLine(random));
    for (std::size_t i = later.size(); i > 1; --i)
        std::swap(later[i - 1], later[random.below(i)]);
    return later;
}

using Counts = std::array<std::uint64_t, PreviewStateCount>;

std::uint64_t& at(Counts& counts, PreviewState state)
{
    return counts[static_cast<std::size_t>(state)];
}

// By plain multisets: within a period that is restated, rows that say the same are the same; of
// the rest those of one identity are a change, then those that are alike.
Counts naiveCounts(const std::vector<Line>& standing, const std::vector<Line>& delivery)
{
    Counts counts{};
    std::set<std::string> before;
    std::set<std::string> periods;
    for (const Line& line : standing)
        before.insert(line.period());
    std::vector<Line> fresh;
    for (const Line& line : delivery) {
        periods.insert(line.period());
        if (before.count(line.period()) > 0)
            fresh.push_back(line);
        else
            ++at(counts, PreviewState::New);
    }
    std::vector<Line> old;
    for (const Line& line : standing) {
        if (periods.count(line.period()) > 0)
            old.push_back(line);
    }
    const auto match = [&](std::string (Line::*key)() const, PreviewState state) {
        std::multiset<std::string> left;
        for (const Line& line : old)
            left.insert((line.*key)());
        std::map<std::string, int> taken;
        std::erase_if(fresh, [&](const Line& line) {
            const auto found = left.find((line.*key)());
            if (found == left.end())
                return false;
            left.erase(found);
            ++taken[(line.*key)()];
            ++at(counts, state);
            return true;
        });
        std::erase_if(old, [&](const Line& line) { return taken[(line.*key)()]-- > 0; });
    };
    match(&Line::content, PreviewState::Duplicate);
    match(&Line::identity, PreviewState::Changed);
    match(&Line::likeness, PreviewState::Changed);
    at(counts, PreviewState::New) += fresh.size();
    at(counts, PreviewState::Removed) += old.size();
    return counts;
}

ImportRequest fileOf(const std::string& name, const std::string& text)
{
    ImportRequest request;
    request.inMemory.push_back({name, std::make_shared<const std::string>(text)});
    return request;
}

Result<ImportPreview> look(TempLedger& ledger, const ImportRequest& request,
    std::size_t samples = 200, const TaskContext& context = {})
{
    return ImportService{ledger.workspace()}.preview(request, Principal::owner(), context, samples);
}

std::vector<PreviewRow> rowsOf(const DeliveryPreview& delivery, PreviewState state)
{
    std::vector<PreviewRow> some;
    std::ranges::copy_if(delivery.rows, std::back_inserter(some),
        [state](const PreviewRow& row) { return row.state == state; });
    return some;
}

std::string say(const Counts& counts)
{
    std::string text;
    for (const std::uint64_t count : counts)
        text += std::to_string(count) + " ";
    return text;
}

// Of totals, what stands and what would.
std::pair<Int128, Int128> billed(const DeliveryPreview& delivery)
{
    std::pair<Int128, Int128> sums{0, 0};
    for (const PreviewTotal& total : delivery.totals) {
        sums.first += total.costs[0];
        sums.second += total.standingCosts[0];
    }
    return sums;
}

Int128 spentIn(TempLedger& ledger)
{
    const auto answer = SpendService{ledger.workspace()}.spend({}, {}, Principal::owner(), {});
    return answer.ok() && !answer->totals.empty() ? answer->totals.front().amount : Int128{0};
}

} // namespace

class tst_ImportPreview : public QObject {
    Q_OBJECT

private slots:
    void anEmptyLedgerTakesAllAsNew()
    {
        TempLedger ledger;
        const std::vector<Line> lines{{}, {}, {.month = 9}};
        const auto preview = look(ledger, fileOf("a.csv", csvOf(lines)));
        QVERIFY_OK(preview);
        QVERIFY(!preview->refusal);
        const DeliveryPreview& delivery = preview->deliveries.at(0);
        QCOMPARE(delivery.count(PreviewState::New), std::uint64_t{3});
        QCOMPARE(delivery.rows.size(), std::size_t{3});
        QVERIFY(delivery.rows[0].isOfNewPeriod);
        QCOMPARE(delivery.rows[2].line, std::uint64_t{4});
        QCOMPARE(delivery.totals.size(), std::size_t{2});
        QCOMPARE(delivery.totals[0].billingPeriod, std::string{"2026-08"});
        QVERIFY(delivery.totals[0].costs[0] == Int128{20'000'000'000});
        QVERIFY(delivery.totals[0].standingRows == 0);
        QCOMPARE(delivery.batch.source, std::string{"openai"});
        QCOMPARE(ledger.workspace().revision(), preview->revision);
        QVERIFY(ImportService{ledger.workspace()}.batches(Principal::owner())->empty());
    }

    void statesAreThoseOfPlainMultisets()
    {
        const std::uint64_t seed = test::seed(20'261'128);
        for (int round = 0; round < test::rounds(200); ++round) {
            SeededRandom random{seed + static_cast<std::uint64_t>(round)};
            TempLedger ledger;
            const std::vector<Line> first = anyLines(random);
            QVERIFY_OK(ledger.import("first.csv", csvOf(first)));
            const std::vector<Line> second
                = random.chance(3, 4) ? restated(first, random) : anyLines(random);
            if (csvOf(first) == csvOf(second))
                continue;
            const std::uint64_t revision = ledger.workspace().revision();
            const std::string facts = ledgerFacts(ledger.workspace());
            const std::size_t samples = random.below(30);
            const auto preview = look(ledger, fileOf("second.csv", csvOf(second)), samples);
            QVERIFY_OK(preview);
            QCOMPARE(ledger.workspace().revision(), revision);
            QCOMPARE(ledgerFacts(ledger.workspace()), facts);
            const DeliveryPreview& delivery = preview->deliveries.at(0);
            const Counts expected = naiveCounts(first, second);
            QVERIFY2(delivery.counts == expected,
                qPrintable(QString::fromStdString(std::to_string(round) + ": "
                    + say(delivery.counts) + "instead of " + say(expected))));
            for (std::size_t state = 0; state < PreviewStateCount; ++state) {
                const auto rows = rowsOf(delivery, static_cast<PreviewState>(state));
                QCOMPARE(rows.size(),
                    std::min<std::size_t>(samples, static_cast<std::size_t>(expected[state])));
                QVERIFY(std::ranges::is_sorted(rows, {}, &PreviewRow::row));
                for (const PreviewRow& row : rows) {
                    if (row.state == PreviewState::Removed || row.state == PreviewState::Error)
                        continue;
                    QCOMPARE(row.line, row.row + 1);
                    QCOMPARE(row.service, second.at(row.row - 1).service);
                    QCOMPARE(row.state == PreviewState::New, row.standing.empty());
                    QCOMPARE(row.state == PreviewState::Changed, !row.differs.empty());
                }
            }

            // and what it says of the money is what the import then does
            const auto [fresh, standing] = billed(delivery);
            const Int128 before = spentIn(ledger);
            const auto done = ledger.import("second.csv", csvOf(second), insisting());
            QVERIFY_OK(done);
            QVERIFY(spentIn(ledger) - before == fresh - standing);
            QCOMPARE(done->batches.at(0).batch.publicId, delivery.batch.publicId);
            QCOMPARE(done->batches.at(0).batch.rowsAccepted, delivery.batch.rowsAccepted);
        }
    }

    void aSmallerDeliveryIsShownWithTheReason()
    {
        TempLedger ledger;
        QVERIFY_OK(
            ledger.import("all.csv", csvOf({{}, {.day = 2}, {.day = 3}, {.service = "Batch"}})));
        const auto preview = look(ledger, fileOf("less.csv", csvOf({{.day = 2}})));
        QVERIFY_OK(preview);
        QVERIFY(preview->refusal && preview->refusal->code == ErrorCode::SmallerDelivery);
        const DeliveryPreview& delivery = preview->deliveries.at(0);
        QCOMPARE(delivery.count(PreviewState::Duplicate), std::uint64_t{1});
        QCOMPARE(delivery.count(PreviewState::Removed), std::uint64_t{3});
        ImportRequest insist = insisting();
        insist.inMemory = fileOf("less.csv", csvOf({{.day = 2}})).inMemory;
        QVERIFY(!look(ledger, insist)->refusal);
    }

    void aFileThatIsThereSaysSo()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", csvOf({{}, {.month = 9}})));
        const ImportRequest same = fileOf("again.csv", csvOf({{}, {.month = 9}}));
        const auto preview = look(ledger, same);
        QVERIFY_OK(preview);
        QVERIFY(preview->deliveries.at(0).isThere);
        QCOMPARE(preview->deliveries.at(0).count(PreviewState::Duplicate), std::uint64_t{2});
        // one of its months gives way
        QVERIFY_OK(ledger.import("b.csv", csvOf({{.month = 9, .cost = "11"}})));
        const auto later = look(ledger, same);
        QCOMPARE(later->deliveries.at(0).count(PreviewState::Duplicate), std::uint64_t{1});
        QCOMPARE(later->deliveries.at(0).givenWay, std::uint64_t{1});
    }

    void rowsInErrorHaveRuleAndReason()
    {
        TempLedger ledger;
        Line bad;
        bad.cost = "much";
        const auto preview = look(ledger, fileOf("a.csv", csvOf({{}, bad})));
        QVERIFY_OK(preview);
        const auto errors = rowsOf(preview->deliveries.at(0), PreviewState::Error);
        QCOMPARE(errors.size(), std::size_t{1});
        QCOMPARE(errors[0].line, std::uint64_t{3});
        QCOMPARE(errors[0].value, std::string{"much"});
        QVERIFY(!errors[0].rule.empty() && !errors[0].reason.empty() && !errors[0].fix.empty());
    }

    void aFileWithoutCostsTellsItsColumns()
    {
        TempLedger ledger;
        const auto preview
            = look(ledger, fileOf("a.csv", "Betrag,billingcurrency,ServiceName\n1,USD,API\n"));
        QVERIFY_OK(preview);
        QVERIFY(preview->refusal && preview->refusal->code == ErrorCode::MissingColumns);
        const DeliveryPreview& delivery = preview->deliveries.at(0);
        QCOMPARE(delivery.columns.size(), std::size_t{3});
        QCOMPARE(delivery.columns[0].match, ColumnMatch::Unknown);
        QCOMPARE(delivery.columns[0].sample, std::string{"1"});
        QCOMPARE(delivery.columns[1].match, ColumnMatch::Similar);
        QCOMPARE(delivery.columns[1].focus, std::vector<std::string>{"BillingCurrency"});
        QCOMPARE(delivery.columns[2].match, ColumnMatch::Named);
        QVERIFY(std::ranges::count(delivery.missing, "BilledCost") == 1);
    }

    // A new column in the export is a change of each row, not a month that is gone and come.
    void aNewColumnIsAChange()
    {
        TempLedger ledger;
        std::string narrow = csvOf({{}, {.day = 2}});
        std::string wide = narrow;
        wide.replace(wide.find(",Tags\n"), 6, ",Tags,RegionName\n");
        for (std::size_t end = wide.find('\n') + 1;
             (end = wide.find("}\"\n", end)) != std::string::npos; end += 8)
            wide.replace(end, 3, "}\",East\n");
        QVERIFY_OK(ledger.import("narrow.csv", narrow));
        const auto preview = look(ledger, fileOf("wide.csv", wide));
        QVERIFY_OK(preview);
        const auto changed = rowsOf(preview->deliveries.at(0), PreviewState::Changed);
        QCOMPARE(changed.size(), std::size_t{2});
        QCOMPARE(changed[0].differs, std::vector<std::string>{"RegionName"});
    }

    void whoMayNotImportMayNotLook()
    {
        TempLedger ledger;
        Principal auditor;
        auditor.roles = {Role::Auditor};
        const auto preview
            = ImportService{ledger.workspace()}.preview(fileOf("a.csv", csvOf({{}})), auditor, {});
        QVERIFY(!preview.ok() && preview.error().code == ErrorCode::NotAllowed);
    }

    void aStopIsAnsweredAtOnceAndLeavesNothing()
    {
        TempLedger ledger;
        std::vector<Line> lines(60'000);
        QVERIFY_OK(ledger.import("a.csv", csvOf(lines)));
        lines.front().cost = "12";
        const ImportRequest request = fileOf("b.csv", csvOf(lines));
        const std::string facts = ledgerFacts(ledger.workspace());
        for (const int reports : {0, 3, 1'000'000}) {
            StopToken stop;
            std::chrono::steady_clock::time_point asked;
            int left = reports;
            const TaskContext context{stop, [&](const Progress&) {
                                          if (left-- > 0)
                                              return;
                                          asked = std::chrono::steady_clock::now();
                                          stop.requestStop();
                                      }};
            const auto preview = look(ledger, request, 200, context);
            const auto answered = std::chrono::steady_clock::now();
            QCOMPARE(preview.ok(), reports > 1'000);
            if (preview.ok())
                continue;
            QCOMPARE(preview.error().code, ErrorCode::Cancelled);
            QVERIFY(answered - asked < std::chrono::milliseconds{400});
        }
        const auto preview = look(ledger, request);
        QVERIFY_OK(preview);
        QCOMPARE(preview->deliveries.at(0).count(PreviewState::Duplicate), std::uint64_t{59'999});
        QCOMPARE(preview->deliveries.at(0).count(PreviewState::Changed), std::uint64_t{1});
        QCOMPARE(ledgerFacts(ledger.workspace()), facts);
    }
};

QTEST_GUILESS_MAIN(tst_ImportPreview)
#include "tst_ImportPreview.moc"
