// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/SpendService.h"
#include "tests/support/LedgerFacts.h"
#include "tests/support/TempLedger.h"

#include <zlib.h>

#include <fstream>

// Small bills as files, and what a ledger makes of them.
namespace sluice::test {

inline const std::string BillColumns
    = "BilledCost,EffectiveCost,BillingCurrency,BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,"
      "ChargeCategory,ProviderName,ServiceName\n";

struct Bill {
    std::string cost{"10"};
    std::string start{"2026-09-01"};
    std::string end{"2026-10-01"};
    std::string account{"a1"};
    std::string provider{"OpenAI"};
    std::string effective{}; // empty: as billed
    std::string service{"API"};
};

// One charge on the first day of its billing period.
inline std::string row(const Bill& bill)
{
    return bill.cost + "," + (bill.effective.empty() ? bill.cost : bill.effective) + ",USD,"
        + bill.account + "," + bill.start + "T00:00:00Z," + bill.end + "T00:00:00Z," + bill.start
        + "T00:00:00Z," + bill.start + "T01:00:00Z,Usage," + bill.provider + "," + bill.service
        + "\n";
}

inline std::string csv(const std::vector<Bill>& bills)
{
    std::string text = BillColumns;
    for (const Bill& bill : bills)
        text += row(bill);
    return text;
}

inline std::string total(TempLedger& ledger, Measure measure = Measure::BilledCost)
{
    SpendQuery query;
    query.measure = measure;
    const auto answer = SpendService{ledger.workspace()}.spend(query, {}, Principal::owner(), {});
    if (!answer.ok())
        return errorSentence(answer.error());
    return answer->totals.empty()
        ? "0"
        : amountText(answer->totals.front().amount, answer->totals.front().currency);
}

inline ImportRequest insisting()
{
    ImportRequest request;
    request.replaceSmaller = true;
    return request;
}

inline ImportRequest from(const std::string& source)
{
    ImportRequest request;
    request.source = source;
    return request;
}

inline std::string mapping(TempLedger& ledger, const std::string& json)
{
    const std::string path = ledger.file(QStringLiteral("map.json"));
    std::ofstream{path} << json;
    return path;
}

inline std::string gzipped(TempLedger& ledger, const std::string& text)
{
    const std::string path = ledger.file(QStringLiteral("packed.csv.gz"));
    gzFile file = gzopen(path.c_str(), "wb");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
    return path;
}

inline bool isSoundLedger(TempLedger& ledger)
{
    const std::string facts = ledgerFacts(ledger.workspace());
    if (!isSound(facts))
        qWarning("%s", facts.c_str());
    return isSound(facts);
}

inline bool mentions(const Error& error, const std::string& text)
{
    return errorSentence(error).find(text) != std::string::npos;
}

} // namespace sluice::test
