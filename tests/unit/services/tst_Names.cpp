// SPDX-License-Identifier: GPL-3.0-or-later
// Beside an id stands the name that its object had on the days the figure is about.
#include "core/services/OwnershipService.h"
#include "core/services/SpendService.h"
#include "tests/support/FocusRows.h"
#include "tests/support/Qt.h"
#include "tests/support/TempLedger.h"

using namespace sluice;
using sluice::test::FocusHeader;
using sluice::test::focusRow;
using sluice::test::TempLedger;

class tst_Names : public QObject {
    Q_OBJECT

private slots:
    void aRenamedUnitHasTheNameOfTheDay()
    {
        TempLedger ledger;
        const std::string organisation
            = "kind,id,name,valid_from,valid_to\n"
              "unit,search,Search,2026-01-01,2026-09-15\nunit,search,Discovery,2026-09-15,\n";
        OwnershipService ownership{ledger.workspace()};
        QVERIFY_OK(ownership.importOrganisation(organisation, "org.csv", Principal::owner(), {}));
        const std::string rules
            = R"({"name": "r", "effective_from": "2026-01-01", "rules": [{"id": "team",
            "when": [{"field": "tag:team", "equals": "search"}], "assign": {"unit": "search"}}]})";
        QVERIFY_OK(ownership.publishRuleset(rules, "r.json", std::nullopt, Principal::owner(), {}));
        QVERIFY_OK(ledger.import("a.csv",
            FocusHeader + focusRow("1", "Inference", "2026-09-03")
                + focusRow("2", "Inference", "2026-09-14")
                + focusRow("4", "Inference", "2026-09-15")));
        QCOMPARE(
            names(ledger, Grain::Day), (std::vector<std::string>{"Search", "Search", "Discovery"}));
        QCOMPARE(names(ledger, Grain::Month), std::vector<std::string>{"Discovery"});
        QCOMPARE(names(ledger, std::nullopt), std::vector<std::string>{"Discovery"});
        QCOMPARE(names(ledger, std::nullopt, "2026-09-01..2026-09-10"),
            std::vector<std::string>{"Search"});
    }

private:
    static std::vector<std::string> names(
        TempLedger& ledger, std::optional<Grain> grain, const char* period = nullptr)
    {
        SpendQuery query;
        query.by.push_back(*parseDimension("unit"));
        query.grain = grain;
        if (period)
            query.period = *parsePeriod(period, {});
        const auto answer
            = SpendService{ledger.workspace()}.spend(query, {}, Principal::owner(), {});
        std::vector<std::string> names;
        for (const SpendRow& row : answer->rows)
            names.push_back(row.names.front());
        return names;
    }
};

QTEST_GUILESS_MAIN(tst_Names)
#include "tst_Names.moc"
