// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/demo/DemoFile.h"

#include "core/base/Decimal.h"
#include "core/base/JsonWriter.h"
#include "core/services/demo/DemoAmount.h"

#include <limits>

namespace sluice {
namespace {

constexpr std::size_t None = std::numeric_limits<std::size_t>::max();
constexpr int CostScale = 18;
constexpr int PriceScale = 12;
constexpr std::int64_t Permille = 1'000;

std::string midnight(BusinessDate day)
{
    return day.toIso() + "T00:00:00Z";
}
std::string monthLabel(BusinessDate day)
{
    return day.toIso().substr(0, 7);
}
std::string costText(Int128 cost)
{
    return toString(Decimal{cost, CostScale});
}

// What that much costs after the discount, 10^-18 of the currency: exact, because a quantity has at
// most 3 decimals.
Int128 costOf(const DemoStream& stream, Int128 quantity, std::int64_t price, int discount)
{
    return quantity * price * (Permille - discount) * powerOfTen(3 - stream.quantityScale);
}

// The quantity whose list cost is nearest below the amount (10^-6 of the currency).
Int128 quantityFor(const DemoStream& stream, std::int64_t amount)
{
    return static_cast<Int128>(amount) * 1'000'000 * powerOfTen(stream.quantityScale)
        / stream.price;
}

bool isModelProvider(DemoSource source)
{
    return source == DemoSource::OpenAi || source == DemoSource::Anthropic
        || source == DemoSource::Mistral;
}

} // namespace

std::string DemoFile::write(DemoSource source, int firstMonth, int lastMonth, Version version)
{
    m_version = version;
    m_csv = demoCsvHeader();
    for (int month = firstMonth; month <= lastMonth; ++month)
        writeMonth(source, month);
    return std::move(m_csv);
}

void DemoFile::writeMonth(DemoSource source, int month)
{
    m_quietSum = 0;
    m_rows.assign(m_streams.size() + 1, std::nullopt);
    for (BusinessDate day = m_calendar.month(month); day < m_calendar.deliveredUntil(month);
         day = day.plusDays(1))
        for (const DemoStream& stream : m_streams)
            if (stream.source == source && (m_version != Version::Estimate || stream.id % 2 == 0))
                writeLine(stream, month, day);
    if (m_version != Version::Estimate)
        writeMonthEnd(source, month);
}

DemoFile::Usage DemoFile::usageOn(
    const DemoStream& stream, BusinessDate day, Usage& quiet, std::size_t& incident) const
{
    const std::int64_t amount = demoAmount(m_seed, stream, day, m_calendar);
    const auto quantity = [&](std::int64_t wanted) {
        return stream.committed ? Int128{48'000} : quantityFor(stream, wanted);
    };
    quiet = {amount == 0 ? 0 : quantity(amount), stream.price, stream.incidentOnly ? 0 : 1};
    Usage usage = quiet;
    DemoEffect effect;
    const auto found = m_incidents == nullptr ? std::nullopt : m_incidents->on(stream, day, effect);
    incident = found.value_or(None);
    if (found && amount != 0) {
        usage.quantity = quantity(amount * effect.amount / Permille + effect.extra);
        usage.price = stream.price / Permille * effect.price;
        usage.copies = effect.copies;
    }
    if (m_version == Version::Early)
        usage.quantity = usage.quantity * 960 / Permille;
    if (m_version == Version::Estimate)
        usage.quantity = usage.quantity
            * demoRandom(m_seed, {12, stream.id, static_cast<std::uint64_t>(day.daysSinceEpoch())})
                  .between(965, 1'015)
            / Permille;
    return usage;
}

void DemoFile::writeLine(const DemoStream& stream, int month, BusinessDate day)
{
    Usage quiet;
    std::size_t incident = None;
    const Usage usage = usageOn(stream, day, quiet, incident);
    if (quiet.quantity == 0 && usage.quantity == 0)
        return;
    const Int128 quietCost
        = costOf(stream, quiet.quantity, quiet.price, stream.discount) * quiet.copies;
    const Int128 cost = costOf(stream, usage.quantity, usage.price, stream.discount) * usage.copies;
    if (m_version == Version::Final && m_incidents != nullptr) {
        if (incident != None)
            m_incidents->account(incident, cost - quietCost);
        if (DemoIncidents::isRestated(stream.source, month) && !stream.committed)
            m_incidents->accountRestatement(cost
                - costOf(stream, usage.quantity * 960 / Permille, usage.price, stream.discount)
                    * usage.copies);
    }
    m_quietSum += quietCost;
    if (usage.quantity == 0 || usage.copies == 0)
        return;
    std::optional<DemoRow>& known = m_rows[stream.id];
    if (!known)
        known = commonRow(stream, month);
    DemoRow& row = *known;
    setPeriod(row, stream, day);
    setCosts(row, stream, usage);
    for (int copy = 0; copy < usage.copies; ++copy)
        appendDemoRow(m_csv, row);
}

DemoRow DemoFile::commonRow(const DemoStream& stream, int month) const
{
    using enum DemoColumn;
    const DemoSourceInfo& source = demoSource(stream.source);
    const bool estimate = m_version == Version::Estimate;
    const std::string provider
        = stream.provider.empty() ? std::string{source.provider} : stream.provider;
    DemoRow row;
    row[BillingAccountId]
        = estimate ? "llm-gateway-" + std::string{source.name} : std::string{source.accountId};
    row[BillingAccountName] = estimate ? "LLM gateway" : source.accountName;
    row[BillingAccountType] = source.accountType;
    row[BillingCurrency] = source.currency;
    row[BillingPeriodStart] = midnight(m_calendar.month(month));
    row[BillingPeriodEnd] = midnight(m_calendar.monthEnd(month));
    row[ChargeCategory] = stream.purchase ? "Purchase" : "Usage";
    row[ChargeDescription] = stream.description;
    row[ChargeFrequency] = stream.purchase ? "Recurring" : "Usage-Based";
    if (!estimate && m_calendar.monthEnd(month) <= m_calendar.end)
        row[InvoiceId]
            = "INV-" + std::string{source.name} + "-" + monthLabel(m_calendar.month(month));
    row[InvoiceIssuerName] = source.issuer.empty() ? provider : std::string{source.issuer};
    row[PricingCategory] = stream.committed ? "Committed" : "Standard";
    row[PricingCurrency] = source.currency;
    row[ProviderName] = provider;
    row[PublisherName] = stream.publisher;
    row[RegionId] = stream.regionId;
    row[RegionName] = stream.regionName;
    row[ResourceId] = stream.resourceId;
    row[ResourceName] = stream.resourceName;
    row[ResourceType] = stream.resourceType;
    row[ServiceCategory] = stream.serviceCategory;
    row[ServiceName] = stream.service;
    row[ServiceSubcategory] = stream.serviceSubcategory;
    row[SkuId] = stream.skuId;
    row[SkuMeter] = stream.skuMeter;
    row[SkuPriceId] = stream.skuId + "-standard";
    if (!stream.model.empty() && isModelProvider(stream.source))
        row[SkuPriceDetails]
            = JsonWriter{}.beginObject().member("Model", stream.model).endObject().take();
    row[SubAccountId] = stream.subAccountId;
    row[SubAccountName] = stream.subAccountName;
    if (!stream.subAccountId.empty())
        row[SubAccountType] = source.subAccountType;
    row[Tags] = stream.tags;
    return row;
}

void DemoFile::setPeriod(DemoRow& row, const DemoStream& stream, BusinessDate day) const
{
    const bool wholeMonth
        = stream.rhythm == DemoRhythm::Monthly && stream.source != DemoSource::Cards;
    const BusinessDate end = wholeMonth ? firstOfMonth(day, 1)
                                        : day.plusDays(stream.rhythm == DemoRhythm::Weekly ? 7 : 1);
    row[DemoColumn::ChargePeriodStart] = midnight(day);
    row[DemoColumn::ChargePeriodEnd] = midnight(end);
}

void DemoFile::setCosts(DemoRow& row, const DemoStream& stream, const Usage& usage) const
{
    using enum DemoColumn;
    const std::string contracted
        = costText(costOf(stream, usage.quantity, usage.price, stream.discount));
    row[ListCost] = costText(costOf(stream, usage.quantity, usage.price, 0));
    row[ContractedCost] = contracted;
    row[EffectiveCost] = contracted;
    row[BilledCost] = stream.committed ? "0" : contracted;
    row[ListUnitPrice] = toString(Decimal{usage.price, PriceScale});
    row[ContractedUnitPrice] = toString(
        Decimal{static_cast<Int128>(usage.price) * (Permille - stream.discount), PriceScale + 3});
    row[PricingQuantity] = toString(Decimal{usage.quantity, stream.quantityScale});
    row[PricingUnit] = stream.unit;
    if (!stream.purchase) {
        row[ConsumedQuantity] = row[PricingQuantity];
        row[ConsumedUnit] = stream.unit;
    }
    if (!stream.committed)
        return;
    row[CommitmentDiscountCategory] = "Spend";
    row[CommitmentDiscountId] = "arn:aws:savingsplans::482910557310:savingsplan/7f21c9e0";
    row[CommitmentDiscountName] = "GPU savings plan";
    row[CommitmentDiscountStatus] = "Used";
    row[CommitmentDiscountType] = "Savings Plan";
}

void DemoFile::writeMonthEnd(DemoSource source, int month)
{
    const DemoStream* any = nullptr;
    for (const DemoStream& stream : m_streams) {
        if (stream.source != source)
            continue;
        any = any == nullptr ? &stream : any;
        if (stream.committed)
            writeCommitmentFee(stream, month);
    }
    if (any == nullptr || m_calendar.end < m_calendar.monthEnd(month))
        return;
    constexpr Int128 Cent = Int128{10'000'000} * 1'000'000'000;
    const auto share = [&](int permille) { return m_quietSum / Permille * permille / Cent * Cent; };
    if (source == DemoSource::Aws)
        writeAdjustment(*any, month, "Credit", "Enterprise discount programme credit", -share(15));
    if (source == DemoSource::Oracle)
        writeAdjustment(*any, month, "Tax", "Sales tax", share(80));
    if (source == DemoSource::Mistral)
        writeAdjustment(*any, month, "Tax", "VAT 20 %", share(200));
    if (source == DemoSource::Azure && month % 9 == 8)
        writeAdjustment(
            *any, month, "Usage", "Refund for an outage of the month before", -184'025 * Cent);
}

// The plan is paid for the whole month at its start; the hours it covers are then billed at
// nothing.
void DemoFile::writeCommitmentFee(const DemoStream& stream, int month)
{
    using enum DemoColumn;
    const BusinessDate first = m_calendar.month(month);
    const std::int32_t days = m_calendar.monthEnd(month).daysSinceEpoch() - first.daysSinceEpoch();
    const Usage hours{Int128{48'000} * days, stream.price, 1};
    DemoRow row = commonRow(stream, month);
    setPeriod(row, stream, first);
    setCosts(row, stream, hours);
    row[ChargePeriodEnd] = midnight(m_calendar.monthEnd(month));
    row[BilledCost] = row[ContractedCost];
    row[EffectiveCost] = "0";
    row[ChargeCategory] = "Purchase";
    row[ChargeFrequency] = "Recurring";
    row[ChargeDescription] = "GPU savings plan, monthly fee";
    row[PricingCategory] = "Standard";
    row[CommitmentDiscountStatus].clear();
    row[ConsumedQuantity].clear();
    row[ConsumedUnit].clear();
    row[ResourceId] = row[CommitmentDiscountId];
    row[ResourceName] = row[CommitmentDiscountName];
    row[ResourceType] = "Savings Plan";
    row[SkuId] = row[SkuId] + "-plan";
    row[SkuPriceId] = row[SkuId];
    row[SkuMeter] = "Savings plan fee";
    appendDemoRow(m_csv, row);
}

// A line that no meter made. A correction counts for the month before it.
void DemoFile::writeAdjustment(const DemoStream& like, int month, std::string_view category,
    std::string_view description, Int128 amount)
{
    using enum DemoColumn;
    const bool correction = category == "Usage";
    DemoRow row = commonRow(like, month);
    for (const DemoColumn column : {ResourceId, ResourceName, ResourceType, RegionId, RegionName,
             SkuPriceDetails, SkuId, SkuMeter, SkuPriceId, PricingCategory, SubAccountId,
             SubAccountName, SubAccountType, Tags})
        row[column].clear();
    row[ChargeCategory] = category;
    row[ChargeClass] = correction ? "Correction" : "";
    row[ChargeDescription] = description;
    row[ChargeFrequency] = correction ? "Usage-Based" : "One-Time";
    row[ServiceName] = category == "Tax" ? "Tax" : row[ServiceName];
    row[ServiceCategory] = category == "Tax" ? "Other" : row[ServiceCategory];
    row[ServiceSubcategory] = category == "Tax" ? "Other (Other)" : row[ServiceSubcategory];
    row[PublisherName] = row[InvoiceIssuerName];
    row[ChargePeriodStart]
        = midnight(correction ? m_calendar.month(month - 1) : m_calendar.month(month));
    row[ChargePeriodEnd]
        = midnight(correction ? m_calendar.month(month) : m_calendar.monthEnd(month));
    for (const DemoColumn cost : {BilledCost, EffectiveCost, ListCost, ContractedCost})
        row[cost] = costText(amount);
    appendDemoRow(m_csv, row);
}

} // namespace sluice
