// SPDX-License-Identifier: GPL-3.0-or-later
// What `validate` says of a file is what `import` does with it: the same rows are set aside, for
// the same rules, and the same columns are missed. Each record is checked alone, too, so that it is
// known which row breaks what.
#include "core/ingest/FileCheck.h"
#include "core/ingest/MemorySource.h"
#include "core/ingest/RuleWaiver.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/support/TempLedger.h"

#include <fstream>
#include <set>

using namespace sluice;
using sluice::test::TempLedger;

namespace {

constexpr int RowsOfFile = 12;

struct Column {
    std::string name;
    std::vector<std::string> good;
    std::vector<std::string> bad;
    bool mayLack{false}; // a file may lack it
};

// A kind of file, and the mapping that it is read with.
struct Kind {
    const char* name;
    std::vector<Column> columns;
    std::string mapping;
};

std::vector<std::string> badCosts()
{
    return {"", "NULL", "abc", "+5", "1,5", "NaN", "1e30", "1e999999999", "1e-999999999",
        std::string(45, '9'), "0." + std::string(45, '3'), "0." + std::string(1200, '1'), "1e-7",
        "9223372036.854775807", "9223372036.8547758075", "9223372036854.7758075"};
}

const std::vector<std::string> BadDates{
    "", "", "NULL", "soon", "2026-02-30T00:00:00Z", "2026-09-01", "1999-01-01T00:00:00Z"};

Kind focus(const char* name, std::string mapping)
{
    const std::vector<std::string> cost{"1.5", "-2", "1e-7"};
    return {name,
        {{"BilledCost", cost, badCosts(), true}, {"EffectiveCost", cost, badCosts(), true},
            {"ListCost", cost, badCosts(), true}, {"ContractedCost", cost, badCosts(), true},
            {"BillingAccountId", {"a"}, {""}, true},
            {"BillingCurrency", {"USD", "JPY"}, {"", "usd", "ZZZ", "NULL"}},
            {"BillingPeriodStart", {"2026-09-01T00:00:00Z"}, BadDates, true},
            {"BillingPeriodEnd", {"2026-10-01T00:00:00Z"}, BadDates, true},
            {"ChargeCategory", {"Usage", "Tax"}, {"", "Other"}, true},
            {"ChargePeriodStart", {"2026-09-03T00:00:00Z"}, BadDates, true},
            {"ChargePeriodEnd", {"2026-09-04T00:00:00Z", "2026-09-03T00:00:00Z"}, BadDates, true},
            {"ServiceName", {"S", "T"}, {""}, true}, {"ProviderName", {"P"}, {""}, true},
            {"ServiceCategory", {"Compute"}, {"", "Other"}, true},
            {"PricingQuantity", {"2", ""}, {"many"}, true}, {"Mine", {"1"}, {""}, true}},
        std::move(mapping)};
}

Kind azure(const char* name, std::string mapping)
{
    std::vector<std::string> bad = BadDates;
    bad.emplace_back("10/31/2026");
    bad.emplace_back("08/31/2026");
    return {name,
        {{"BillingAccountId", {"8"}, {""}}, {"BillingPeriodStartDate", {"09/01/2026"}, bad, true},
            {"BillingPeriodEndDate", {"09/30/2026"}, bad, true},
            {"Date", {"09/13/2026", "9/2/2026"}, bad},
            {"ChargePeriodEnd", {"09/15/2026"}, bad, true}, {"MeterCategory", {"Storage"}, {""}},
            {"Quantity", {"1"}, {"many"}, true},
            {"CostInBillingCurrency", {"3.25", "-2"}, badCosts()},
            {"BillingCurrencyCode", {"USD"}, {"", "usd"}}, {"PayGPrice", {"3.5"}, {""}, true}},
        std::move(mapping)};
}

std::string quoted(const std::string& text)
{
    return "\"" + text + "\"";
}

struct File {
    std::string header;
    std::vector<std::string> records;

    [[nodiscard]] std::string text() const
    {
        std::string all = header;
        for (const std::string& record : records)
            all += record;
        return all;
    }
};

// Nearly every value is good: one bad value in a row is what shows whether its rule is asked.
File randomFile(const Kind& kind, SeededRandom& random)
{
    File file;
    std::vector<const Column*> columns;
    for (const Column& column : kind.columns) {
        if (column.mayLack && random.below(12) == 0)
            continue;
        columns.push_back(&column);
        file.header += (file.header.empty() ? "" : ",") + column.name;
    }
    file.header += "\n";
    for (int row = 0; row < RowsOfFile; ++row) {
        std::string record;
        for (const Column* column : columns) {
            const auto& choices = random.below(12) == 0 ? column->bad : column->good;
            record += (record.empty() ? "" : ",") + quoted(choices[random.below(choices.size())]);
        }
        if (random.below(20) == 0)
            record += ",\"too many\"";
        file.records.push_back(record + "\n");
    }
    return file;
}

Result<FileReport> check(const std::string& text, const FileCheckOptions& options)
{
    return checkFile(std::make_unique<MemorySource>("a.csv", text), options);
}

VerdictLevel levelOf(const RuleResult& result, const Profile& profile)
{
    if (isWaived(result, profile))
        return VerdictLevel::Waived;
    return result.level == RuleLevel::Quarantine ? VerdictLevel::Quarantine : VerdictLevel::Finding;
}

bool breaks(const FileReport& report, RuleLevel level)
{
    return std::any_of(report.results.begin(), report.results.end(), [&](const RuleResult& r) {
        return r.outcome == RuleOutcome::Fail && r.level == level && !isWaived(r, report.profile);
    });
}

std::string shown(std::string_view rule, VerdictLevel level, std::uint64_t rows, std::uint64_t line,
    std::string_view sample)
{
    std::string text{rule};
    text.append(" ").append(verdictLevelName(level)).append(" ");
    text += std::to_string(rows) + " rows, line " + std::to_string(line) + ": ";
    return text.append(sample.substr(0, RuleRun::MaxSample)) + "\n";
}

// The samples of rows that are set aside are cut at other lengths.
std::string shownHeader(const std::string& rule, const std::string& sample)
{
    return rule == "SLUICE-F4" ? sample : std::string{};
}

using Lines = std::multiset<std::string>;

// Those of one that the other does not have.
std::string missing(const Lines& from, const Lines& other)
{
    std::vector<std::string> lines;
    std::ranges::set_difference(from, other, std::back_inserter(lines));
    std::string text;
    for (const std::string& line : lines)
        text += line;
    return text;
}

Lines verdictsOf(const FileReport& report)
{
    Lines lines;
    for (const RuleResult& r : report.results) {
        if (r.outcome == RuleOutcome::Fail)
            lines.insert(shown(r.rule, levelOf(r, report.profile), r.failingRows, r.firstLine,
                shownHeader(r.rule, r.sample)));
    }
    return lines;
}

Lines verdictsOf(const Batch& batch)
{
    Lines lines;
    for (const Verdict& v : batch.verdicts)
        lines.insert(shown(v.rule, v.level, v.rows, v.firstLine, shownHeader(v.rule, v.sample)));
    return lines;
}

std::set<std::uint64_t> setAside(TempLedger& ledger, const Batch& batch)
{
    std::set<std::uint64_t> lines;
    const auto rows = ImportService{ledger.workspace()}.quarantine(
        batch.publicId, RowsOfFile, Principal::owner());
    if (rows.ok()) {
        for (const QuarantinedRow& row : *rows)
            lines.insert(row.line);
    }
    return lines;
}

} // namespace

class tst_CheckAndImport : public QObject {
    Q_OBJECT

private slots:
    void theSameRows_data()
    {
        QTest::addColumn<int>("kind");
        for (std::size_t i = 0; i < kinds().size(); ++i)
            QTest::newRow(kinds()[i].name) << static_cast<int>(i);
    }

    void theSameRows()
    {
        QFETCH(int, kind);
        SeededRandom random{sluice::test::seed(static_cast<std::uint64_t>(kind) + 11)};
        for (int i = 0; i < sluice::test::rounds(200) && !QTest::currentTestFailed(); ++i)
            compare(kinds()[static_cast<std::size_t>(kind)], random);
    }

private:
    static const std::vector<Kind>& kinds()
    {
        static const std::vector<Kind> all{focus("FOCUS", "{}"),
            focus("waivers that would let anything pass", R"({"waivers": ["BilledCost-C-001-M",
                "BilledCost-C-003-M", "SLUICE-Q1", "SLUICE-P1", "SLUICE-Q2-ListCost",
                "ChargePeriodEnd-C-003-M", "CostAndUsage-D-006-M", "SLUICE-F4"]})"),
            focus("derived periods",
                R"({"billing_period_from_charge": true, "charge_is_one_day": true})"),
            azure("Azure cost details", "{}"),
            azure("Azure with days first", R"({"dates": "day_first"})")};
        return all;
    }

    static void compare(const Kind& kind, SeededRandom& random)
    {
        const File file = randomFile(kind, random);
        TempLedger ledger;
        ImportRequest request;
        request.mappingFile = ledger.file(QStringLiteral("mapping.json"));
        std::ofstream{request.mappingFile} << kind.mapping;
        const auto imported = ledger.import("a.csv", file.text(), request);
        FileCheckOptions options;
        auto mapping = parseProfile(kind.mapping, "mapping.json");
        QVERIFY_OK(mapping);
        options.mapping = *mapping;
        const auto whole = check(file.text(), options);
        QVERIFY_OK(whole);
        if (!imported.ok()) {
            QCOMPARE(imported.error().code, ErrorCode::MissingColumns);
            QVERIFY2(breaks(*whole, RuleLevel::Reject), file.text().c_str());
            return;
        }
        QVERIFY2(!breaks(*whole, RuleLevel::Reject), file.text().c_str());
        const Batch& batch = imported->batches.front().batch;
        const std::string unimported = missing(verdictsOf(*whole), verdictsOf(batch));
        const std::string unchecked = missing(verdictsOf(batch), verdictsOf(*whole));
        QVERIFY2(unimported.empty() && unchecked.empty(),
            ("checked alone:\n" + unimported + "imported alone:\n" + unchecked + file.text())
                .c_str());
        options.profile = batch.profile;
        const RuleModel rules = RuleModel::builtIn();
        options.model = std::make_shared<const RuleModel>(
            whole->header.isFocus ? rules.forVersion(whole->header.version) : rules);
        const std::set<std::uint64_t> lines = setAside(ledger, batch);
        for (std::size_t row = 0; row < file.records.size(); ++row) {
            const auto alone = check(file.header + file.records[row], options);
            QVERIFY_OK(alone);
            QVERIFY2(breaks(*alone, RuleLevel::Quarantine) == (lines.count(row + 2) > 0),
                (file.header + file.records[row]).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(tst_CheckAndImport)
#include "tst_CheckAndImport.moc"
