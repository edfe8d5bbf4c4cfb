// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace sluice::test {

// A small FOCUS 1.0 file of one provider: the header, and rows of September 2026.
inline const std::string FocusHeader
    = "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,"
      "EffectiveCost,ListCost,ContractedCost,ServiceName,ProviderName,ResourceId,Tags\n";

inline std::string focusRow(const std::string& cost, const std::string& service = "Inference",
    const std::string& day = "2026-09-03", const std::string& account = "acc-1")
{
    return cost + "," + account + ",USD,2026-09-01T00:00:00Z,2026-10-01T00:00:00Z,Usage," + day
        + "T00:00:00Z," + day + "T01:00:00Z," + cost + "," + cost + ",," + service
        + ",OpenAI,res-1,\"{\"\"team\"\": \"\"search\"\"}\"\n";
}

} // namespace sluice::test
