// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/demo/DemoCsv.h"

#include "core/base/CsvText.h"

namespace sluice {

std::string demoCsvHeader()
{
    return "BilledCost,BillingAccountId,BillingAccountName,BillingAccountType,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,"
           "ChargeCategory,ChargeClass,ChargeDescription,ChargeFrequency,ChargePeriodEnd,ChargePeriodStart,CommitmentDiscountCategory,"
           "CommitmentDiscountId,CommitmentDiscountName,CommitmentDiscountStatus,CommitmentDiscountType,ConsumedQuantity,ConsumedUnit,"
           "ContractedCost,ContractedUnitPrice,EffectiveCost,InvoiceId,InvoiceIssuerName,ListCost,ListUnitPrice,PricingCategory,"
           "PricingCurrency,PricingQuantity,PricingUnit,ProviderName,PublisherName,RegionId,RegionName,ResourceId,ResourceName,"
           "ResourceType,ServiceCategory,ServiceName,ServiceSubcategory,SkuId,SkuMeter,SkuPriceDetails,SkuPriceId,SubAccountId,"
           "SubAccountName,SubAccountType,Tags\n";
}

void appendDemoRow(std::string& csv, const DemoRow& row)
{
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        if (i > 0)
            csv.push_back(',');
        const std::string& cell = row.cells[i];
        if (cell.find_first_of(",;\t\"\r\n ") == std::string::npos)
            csv += cell;
        else
            csv += csvQuoted(cell);
    }
    csv.push_back('\n');
}

} // namespace sluice
