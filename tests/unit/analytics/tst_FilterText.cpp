// SPDX-License-Identifier: GPL-3.0-or-later
// The filter language: what it means, where a fault is, that it prints as it reads, and that a
// question asked in it has the answer of the same question asked by lists of values.
#include "core/analytics/FilterText.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/analytics/RandomLedger.h"

#include <QTest>

using namespace sluice;
using test::RandomLedger;

namespace {

constexpr FiscalCalendar April{4};

// The terms in words of their own.
QString said(const std::string& text)
{
    const auto terms = parseFilter(text, April);
    if (!terms.ok())
        return QString::fromStdString(errorSentence(terms.error()));
    QStringList words;
    for (const FilterTerm& term : *terms) {
        QString word = term.excludes ? QStringLiteral("not ") : QString{};
        switch (term.kind) {
        case FilterTerm::Kind::Dimension:
            word += QString::fromStdString(term.dimension.name) + QStringLiteral(" is");
            for (const FilterTerm::Value& value : term.values)
                word += (value.isQuoted ? QStringLiteral(" exactly ") : QStringLiteral(" "))
                    + QString::fromStdString(value.text);
            break;
        case FilterTerm::Kind::Period:
            word += QString::fromStdString(
                term.period.first.toIso() + " to " + term.period.end.toIso());
            break;
        case FilterTerm::Kind::Amount:
            if (term.amount.least)
                word += (term.amount.least->isIncluded ? QStringLiteral("from ")
                                                       : QStringLiteral("above "))
                    + QString::fromStdString(toString(term.amount.least->amount));
            if (term.amount.most)
                word += (term.amount.most->isIncluded ? QStringLiteral("up to ")
                                                      : QStringLiteral("below "))
                    + QString::fromStdString(toString(term.amount.most->amount));
            break;
        case FilterTerm::Kind::Text:
            word += QStringLiteral("has ") + QString::fromStdString(term.text);
            break;
        }
        words << word;
    }
    return words.join(QStringLiteral("; "));
}

std::string randomFilter(SeededRandom& random)
{
    const std::vector<std::string> pieces{"vendor:", "owner:", "tag:team=", "tag:", "amount:",
        "amount:>= ", "x_a:", "nobody:", "OpenAI", "-", "\"", "\\", ",", "*", "?", " ", "  ", "1.5",
        "10..20", "2026-Q3", "2026", "FY26", "(none)", "=", ":", "\u00e9", "unit-1", "<", ">"};
    std::string text;
    for (std::uint64_t left = random.below(9); left > 0; --left)
        text += pieces[random.below(pieces.size())];
    return text;
}

} // namespace

class TestFilterText : public QObject {
    Q_OBJECT

private slots:
    void whatItMeans_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("meaning");
        const auto row = [](const char* text, const char* meaning) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(meaning);
        };
        row("", "");
        row("  vendor:OpenAI  ", "vendor is OpenAI");
        row("vendor:OpenAI,\"Azure, Inc\" -unit:lab*",
            "vendor is OpenAI exactly Azure, Inc; not unit is lab*");
        row("owner:(none)", "owner is (none)");
        row("tag:team=growth tag:\"cost = centre\"=4",
            "tag:team is growth; tag:cost = centre is 4");
        row("x_project:apollo", "x_project is apollo");
        row("2026-Q3", "2026-07-01 to 2026-10-01");
        row("FY26", "2025-04-01 to 2026-04-01");
        row("2026-01-01..2026-02-15", "2026-01-01 to 2026-02-15");
        row("\"2026\"", "has 2026");
        row("amount:>=100", "from 100");
        row("amount:>= 100 amount:<  0.5", "from 100; below 0.5");
        row("amount:>-3 amount:<=1e3", "above -3; up to 1000");
        row("amount:10..20 -amount:=15", "from 10up to 20; not from 15up to 15");
        row("model gateway \"in 100 %\" -test",
            "has model; has gateway; has in 100 %; not has test");
        row("\"a \\\" b \\\\\"", "has a \" b \\");
        row("- x", "has -; has x");
    }
    void whatItMeans()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, meaning);
        QCOMPARE(said(text.toStdString()), meaning);
    }

    void aFaultIsToldWithItsPlace_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("fault");
        const auto row = [](const char* text, const char* fault) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(fault);
        };
        row("vender:x", "filter, column 1: 'vender' is not a dimension");
        row("vendor:x https://example.com", "filter, column 10: 'https' is not a dimension");
        row("vendor:", "filter, column 8: 'vendor' has no value");
        row("vendor:a,", "filter, column 10: 'vendor' has no value");
        row("tag:team", "filter, column 9: the tag has no value");
        row("\u00e9\u00e9 \"open", "filter, column 4: the quotes are not closed");
        row("\"\"", "filter, column 1: there is nothing between the quotes");
        row("vendor:\"a\"b", "filter, column 11: a term ends here");
        row("a\"b\"", "filter, column 2: a term ends here");
        row("amount:", "filter, column 8: '' is not an amount");
        row("amount:>=1,5", "filter, column 10: '1,5' is not an amount");
        row("amount:9..2", "filter, column 12: the range ends before it begins");
        row("2026 x 2027", "filter, column 8: there is a period already");
        row("-2026", "filter, column 1: a period cannot be turned round");
    }
    void aFaultIsToldWithItsPlace()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, fault);
        const auto terms = parseFilter(text.toStdString(), April);
        QVERIFY(!terms.ok());
        QCOMPARE(terms.error().code, ErrorCode::Usage);
        QVERIFY(!terms.error().fix.empty());
        QVERIFY2(said(text.toStdString()).startsWith(fault), qPrintable(said(text.toStdString())));
    }

    void itPrintsAsItReads_property()
    {
        SeededRandom random{test::seed(20'261'126)};
        int understood = 0;
        for (int round = 0; round < test::rounds(20'000); ++round) {
            const std::string text = randomFilter(random);
            const auto terms = parseFilter(text, April);
            if (!terms.ok())
                continue;
            ++understood;
            const std::string printed = filterText(*terms);
            const auto again = parseFilter(printed, April);
            QVERIFY2(again.ok(), (text + " | " + printed).c_str());
            QCOMPARE(said(printed), said(text));
            QCOMPARE(filterText(*again), printed);
        }
        QVERIFY(understood > 0);
    }

    // Any value of any dimension can be asked for as it is written in the answers.
    void aValueIsAskedForByItsText_property()
    {
        const std::uint64_t start = test::seed(20'261'127);
        for (std::uint64_t round = 0; round < static_cast<std::uint64_t>(test::rounds(300));
             ++round) {
            RandomLedger ledger{start + round};
            const LedgerSnapshot& snapshot = ledger.snapshot();
            for (const char* name :
                {"provider", "unit", "tag:team", "source", "batch", "currency"}) {
                SpendQuery by;
                by.by = {*parseDimension(name)};
                const auto rows = spend(snapshot, by, {});
                QVERIFY_OK(rows);
                for (const SpendRow& row : rows->rows) {
                    const bool excludes = ledger.random().chance(1, 3);
                    const std::string head = std::string{excludes ? "-" : ""} + name
                        + (by.by[0].name == "tag:team" ? "=" : ":");
                    SpendQuery wanted;
                    wanted.where = {{by.by[0], row.values, excludes}};
                    std::string text = row.values[0];
                    if (text != NoValue)
                        text = filterValue(text);
                    const auto terms = parseFilter(head + text, April);
                    QVERIFY_OK(terms);
                    const auto query = filtered({}, *terms, snapshot);
                    QVERIFY_OK(query);
                    const auto asked = spend(snapshot, *query, {});
                    QVERIFY_OK(asked);
                    QVERIFY(test::asNaive(*asked) == test::naiveSpend(snapshot, wanted));
                }
            }
        }
    }

    void valuesAreFoundByNameCaseAndPattern()
    {
        RandomLedger ledger{5};
        const auto values = [&](const std::string& text) {
            const auto query = filtered({}, *parseFilter(text, April), ledger.snapshot());
            std::vector<std::string> found;
            for (const DimensionFilter& filter : query->where)
                found.insert(found.end(), filter.values.begin(), filter.values.end());
            return found;
        };
        using Values = std::vector<std::string>;
        QCOMPARE(values("service:cOMPUTE"), Values{"Compute"});
        QCOMPARE(values("service:*o*"), (Values{"Compute", "Models", "Storage"}));
        QCOMPARE(values("service:\"*o*\""), Values{"*o*"});
        QCOMPARE(values("service:Compute service:models"), (Values{"Compute", "Models"}));
        QCOMPARE(values("owner:head"), Values{"p-1"});
        QCOMPARE(values("owner:(NONE)"), Values{"(none)"});
        QCOMPARE(values("owner:nobody"), Values{"nobody"});
        QCOMPARE(values("resource:r-1"), Values{"r-1"});
        QVERIFY(!filtered({}, *parseFilter("resource:r-*", April), ledger.snapshot()).ok());
    }

    void twoPeriodsAreOneTooMany()
    {
        RandomLedger ledger{5};
        SpendQuery query;
        query.period = Period{BusinessDate{0}, BusinessDate{1}};
        const auto terms = parseFilter("2026", April);
        QVERIFY_OK(terms);
        QVERIFY(!filtered(query, *terms, ledger.snapshot()).ok());
        QVERIFY(filtered({}, *terms, ledger.snapshot())->period == terms->front().period);
    }
};

QTEST_GUILESS_MAIN(TestFilterText)
#include "tst_FilterText.moc"
