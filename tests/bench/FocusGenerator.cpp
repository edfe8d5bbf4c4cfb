// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/FocusGenerator.h"

#include "core/base/BusinessDate.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sluice::test {
namespace {

constexpr std::string_view Header
    = "AvailabilityZone,BilledCost,BillingAccountId,BillingAccountName,BillingAccountType,BillingCurrency,BillingPeriodEnd,"
      "BillingPeriodStart,CapacityReservationId,CapacityReservationStatus,ChargeCategory,ChargeClass,ChargeDescription,"
      "ChargeFrequency,ChargePeriodEnd,ChargePeriodStart,CommitmentDiscountCategory,CommitmentDiscountId,"
      "CommitmentDiscountName,CommitmentDiscountQuantity,CommitmentDiscountStatus,CommitmentDiscountType,"
      "CommitmentDiscountUnit,ConsumedQuantity,ConsumedUnit,ContractedCost,ContractedUnitPrice,EffectiveCost,InvoiceId,"
      "InvoiceIssuerName,ListCost,ListUnitPrice,PricingCategory,PricingCurrency,PricingCurrencyContractedUnitPrice,"
      "PricingCurrencyEffectiveCost,PricingCurrencyListUnitPrice,PricingQuantity,PricingUnit,ProviderName,PublisherName,"
      "RegionId,RegionName,ResourceId,ResourceName,ResourceType,ServiceCategory,ServiceName,ServiceSubcategory,SkuId,"
      "SkuMeter,SkuPriceDetails,SkuPriceId,SubAccountId,SubAccountName,SubAccountType,Tags\n";

struct Provider {
    std::string_view name;
    std::string_view issuer;
    std::string_view account;
    std::string_view resourceHead;
    std::array<std::string_view, 3> regions;
    std::array<std::string_view, 3> regionNames;
    std::array<std::string_view, 4> computeServices;
    std::array<std::string_view, 4> storageServices;
    std::array<std::string_view, 4> otherServices;
};

constexpr std::array<Provider, 4> Clouds{{
    {"AWS", "\"Amazon Web Services, Inc.\"", "918273645501",
        "arn:aws:ec2:us-east-1:918273645501:instance/i-",
        {"us-east-1", "us-west-2", "eu-central-1"},
        {"US East (N. Virginia)", "US West (Oregon)", "EU (Frankfurt)"},
        {"Amazon Elastic Compute Cloud", "AWS Lambda", "Amazon Elastic Container Service",
            "Amazon EMR"},
        {"Amazon Simple Storage Service", "Amazon Elastic Block Store",
            "Amazon Elastic File System", "AWS Backup"},
        {"Amazon Virtual Private Cloud", "Amazon CloudFront", "Amazon Relational Database Service",
            "AmazonCloudWatch"}},
    {"Microsoft", "Microsoft", "72aa0d83-624a-4ebf-a683-1b9b45548610",
        "/subscriptions/64e355d7/resourcegroups/prod/providers/microsoft.compute/",
        {"eastus", "swedencentral", "westeurope"}, {"East US", "Sweden Central", "West Europe"},
        {"Virtual Machines", "Azure Functions", "Azure Kubernetes Service", "Azure App Service"},
        {"Storage Accounts", "Azure NetApp Files", "Backup", "Azure Data Lake Storage"},
        {"Virtual Network", "Content Delivery Network", "Azure SQL Database", "Azure Monitor"}},
    {"Google Cloud", "Google Cloud", "01B2C3-4D5E6F-7A8B9C",
        "//compute.googleapis.com/projects/sunrise-prod/instances/",
        {"us-central1", "europe-west4", "asia-east1"}, {"Iowa", "Netherlands", "Taiwan"},
        {"Compute Engine", "Cloud Run", "Kubernetes Engine", "Cloud Dataflow"},
        {"Cloud Storage", "Persistent Disk", "Filestore", "Backup and DR"},
        {"Networking", "Cloud CDN", "Cloud SQL", "Cloud Monitoring"}},
    {"Oracle", "Oracle", "ocid1.tenancy.oc1..aaaaaaaa", "ocid1.instance.oc1.phx.",
        {"us-phoenix-1", "eu-frankfurt-1", "uk-london-1"},
        {"US West (Phoenix)", "Germany Central", "UK South"},
        {"Compute", "OCI Functions", "Container Engine", "Data Flow"},
        {"Object Storage", "Block Volume", "File Storage", "Archive Storage"},
        {"Virtual Cloud Network", "Load Balancer", "Autonomous Database", "Monitoring"}},
}};

struct Model {
    std::string_view provider;
    std::string_view service;
    std::string_view publisher;
    std::string_view name;
    std::int64_t input; // list price per token, of 10^-10
    std::int64_t cached;
    std::int64_t output;
};

constexpr std::array<Model, 12> Models{{
    {"OpenAI", "OpenAI API", "OpenAI", "gpt-4.1", 20'000, 5'000, 80'000},
    {"OpenAI", "OpenAI API", "OpenAI", "gpt-4.1-mini", 4'000, 1'000, 16'000},
    {"OpenAI", "OpenAI API", "OpenAI", "o4-mini", 11'000, 2'750, 44'000},
    {"Anthropic", "Claude API", "Anthropic", "claude-sonnet-4", 30'000, 3'000, 150'000},
    {"Anthropic", "Claude API", "Anthropic", "claude-haiku-3.5", 8'000, 800, 40'000},
    {"AWS", "Amazon Bedrock", "Anthropic", "claude-sonnet-4", 30'000, 3'000, 150'000},
    {"AWS", "Amazon Bedrock", "\"Amazon Web Services, Inc.\"", "nova-lite", 600, 150, 2'400},
    {"Microsoft", "Azure OpenAI Service", "Microsoft", "gpt-4.1", 20'000, 5'000, 80'000},
    {"Microsoft", "Azure OpenAI Service", "Microsoft", "text-embedding-3-large", 1'300, 1'300,
        1'300},
    {"Google Cloud", "Vertex AI", "Google Cloud", "gemini-2.5-pro", 12'500, 3'100, 100'000},
    {"Google Cloud", "Vertex AI", "Google Cloud", "gemini-2.5-flash", 3'000, 750, 25'000},
    {"Mistral AI", "La Plateforme", "Mistral AI", "mistral-large", 20'000, 20'000, 60'000},
}};

constexpr std::array<std::string_view, 12> Teams{"search", "assistant", "support-bot", "risk",
    "marketing", "platform", "data-science", "legal", "sales-ops", "research", "finance", "people"};
constexpr std::array<std::string_view, 4> Projects{"api", "batch", "eval", "rag"};
constexpr std::array<std::string_view, 5> Environments{"prod", "prod", "prod", "staging", "dev"};

// A number of 10^-10 as plain text without trailing zeros.
void appendAmount(std::string& out, std::int64_t amount)
{
    if (amount < 0)
        out += '-';
    const std::uint64_t size
        = amount < 0 ? 0 - static_cast<std::uint64_t>(amount) : static_cast<std::uint64_t>(amount);
    constexpr std::uint64_t One = 10'000'000'000;
    out += std::to_string(size / One);
    std::uint64_t rest = size % One;
    if (rest == 0)
        return;
    char digits[11] = {'.'};
    std::size_t length = 11;
    for (std::size_t i = 10; i > 0; --i, rest /= 10)
        digits[i] = static_cast<char>('0' + rest % 10);
    while (digits[length - 1] == '0')
        --length;
    out.append(digits, length);
}

std::string amountText(std::int64_t amount)
{
    std::string text;
    appendAmount(text, amount);
    return text;
}

template <std::size_t N>
std::string_view pick(const std::array<std::string_view, N>& texts, SeededRandom& random)
{
    return texts[random.below(N)];
}

} // namespace

// Texts are already quoted for CSV where they need it.
struct FocusGenerator::Offer {
    bool isModel{false};
    std::int64_t listPrice{0}; // of 10^-10
    std::int64_t contractedPrice{0};
    double typicalQuantity{0}; // natural logarithm
    std::string beforeDescription; // account
    std::string description;
    std::string unit;
    std::string invoiceTail;
    std::string issuer;
    std::string provider; // ",ProviderName,PublisherName,RegionId,RegionName,"
    std::string resourceHead;
    std::string resourceType;
    std::string service; // ",ServiceCategory,…,SkuPriceId,"
    std::size_t subAccount{0};
    std::string resourceName;
    std::string tags;
    // account and tags of the cloud projects that use it
    std::vector<std::pair<std::size_t, std::size_t>> placements;
};

struct FocusGenerator::Charge {
    std::int64_t quantity{0}; // all of 10^-10
    std::int64_t billed{0};
    std::int64_t effective{0};
    std::int64_t list{0};
    std::int64_t contracted{0};
    std::size_t firstHour{0};
    std::size_t endHour{0};
    bool committed{false};
    std::string_view category{"Usage"};
    std::size_t resource{0};
    std::size_t account{0};
    const std::string* tags{nullptr};
};

FocusGenerator::FocusGenerator(Options options)
    : m_options{std::move(options)}
    , m_random{m_options.seed}
{
    makeCalendar();
    makeResources();
    makeClouds();
    makeModels();
}

FocusGenerator::~FocusGenerator() = default;

double FocusGenerator::normal()
{
    double sum = -6; // twelve uniform numbers: mean 6, variance 1
    for (int i = 0; i < 12; i += 2) {
        const std::uint64_t bits = m_random.next();
        sum += static_cast<double>(bits >> 32) / 4294967296.0
            + static_cast<double>(bits & 0xFFFFFFFF) / 4294967296.0;
    }
    return sum;
}

std::string FocusGenerator::word(int length)
{
    constexpr std::string_view Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    std::string text;
    for (int i = 0; i < length; ++i)
        text += Letters[m_random.below(Letters.size())];
    return text;
}

void FocusGenerator::makeCalendar()
{
    const auto first = BusinessDate::parseIso(m_options.firstDay);
    SLUICE_CHECK(first.ok() && m_options.days > 0);
    double load = 0;
    for (int day = 0; day <= m_options.days; ++day) {
        const BusinessDate date = first->plusDays(day);
        const std::string text = date.toIso();
        const std::string month = firstOfMonth(date).toIso() + "T00:00:00Z";
        if (m_months.empty() || m_months.back() != month)
            m_months.push_back(month);
        for (int hour = 0; hour < 24; ++hour) {
            m_hours.push_back(
                text + "T" + (hour < 10 ? "0" : "") + std::to_string(hour) + ":00:00Z");
            m_monthOfHour.push_back(static_cast<std::uint32_t>(m_months.size() - 1));
            const double office = date.isoWeekday() < 5 ? 1.0 : 0.6;
            load
                += office * (1 + 0.4 * std::sin((hour - 9) / 24.0 * 6.2831853)) * (1 + 0.001 * day);
            if (day < m_options.days)
                m_cumulativeLoad.push_back(load);
        }
    }
    m_months.push_back(firstOfMonth(first->plusDays(m_options.days), 1).toIso() + "T00:00:00Z");
}

void FocusGenerator::makeResources()
{
    constexpr std::string_view Hex = "0123456789abcdef";
    const std::uint64_t count = std::clamp<std::uint64_t>(m_options.rows / 6, 50, 200'000);
    for (std::uint64_t i = 0; i < count; ++i) {
        std::string id;
        for (std::uint64_t bits = m_random.next(), n = 0; n < 17;
             ++n, bits = n == 16 ? m_random.next() : bits >> 4)
            id += Hex[bits & 15];
        m_resources.push_back(std::move(id));
    }
    for (int i = 0; i < 72; ++i) {
        m_accounts.push_back(std::to_string(100'000'000'000 + m_random.below(899'999'999'999)));
        m_accountNames.push_back("Account " + word(6));
    }
    for (int i = 0; i < 420; ++i) {
        const std::string_view environment = pick(Environments, m_random);
        m_cloudTags.push_back(i % 5 == 0
                ? std::string{}
                : "\"{\"\"application\"\": \"\"" + word(12) + "\"\", \"\"environment\"\": \"\""
                    + std::string{environment} + "\"\", \"\"business_unit\"\": \"\""
                    + std::string{pick(Teams, m_random)} + "\"\"}\"");
    }
}

void FocusGenerator::makeClouds()
{
    constexpr std::array<std::string_view, 3> Categories{"Compute", "Storage", "Networking"};
    constexpr std::array<std::string_view, 3> Subcategories{
        "Virtual Machines", "Object Storage", "Network Infrastructure"};
    constexpr std::array<std::string_view, 3> Units{"Hours", "GB-Months", "GB"};
    constexpr std::array<std::string_view, 3> Types{"instance", "volume", ""};
    for (int i = 0; i < 260; ++i) {
        const Provider& cloud = Clouds[m_random.below(10) < 7 ? 0 : 1 + m_random.below(3)];
        const std::size_t kind = m_random.below(3);
        const auto& services = kind == 0
            ? cloud.computeServices
            : (kind == 1 ? cloud.storageServices : cloud.otherServices);
        const std::size_t region = m_random.below(3);
        const std::string sku = word(16);
        Offer offer;
        offer.listPrice = m_random.chance(1, 8) ? 0 : m_random.between(1, 20'000) * 50'000;
        offer.contractedPrice = offer.listPrice / 100 * 95;
        offer.typicalQuantity = 0.4;
        offer.beforeDescription
            = std::string{cloud.account} + ",Sunrise " + std::string{cloud.name};
        offer.description = "$" + std::to_string(offer.listPrice / 10'000'000) + "e-3 per "
            + std::string{Units[kind]} + " - " + std::string{cloud.regionNames[region]}
            + " on demand " + word(4);
        offer.unit = Units[kind];
        offer.invoiceTail = cloud.name;
        offer.issuer = cloud.issuer;
        offer.provider = ',' + std::string{cloud.name} + ',' + std::string{cloud.issuer} + ','
            + std::string{cloud.regions[region]} + ',' + std::string{cloud.regionNames[region]}
            + ',';
        offer.resourceHead
            = kind == 2 && i % 3 == 0 ? std::string{} : std::string{cloud.resourceHead};
        offer.resourceType = Types[kind];
        offer.service = ',' + std::string{Categories[kind]} + ','
            + std::string{pick(services, m_random)} + ',' + std::string{Subcategories[kind]} + ','
            + sku + ",,," + sku + ".JRTCKXETXF.6YS6EN2CT7,";
        for (int placement = 0; placement < 12; ++placement)
            offer.placements.emplace_back(
                m_random.below(m_accounts.size()), m_random.below(m_cloudTags.size()));
        m_cloudOffers.push_back(m_offers.size());
        m_offers.push_back(std::move(offer));
    }
}

void FocusGenerator::makeModels()
{
    constexpr std::array<std::string_view, 3> Kinds{"input", "cached input", "output"};
    for (const Model& model : Models) {
        for (std::size_t t = 0; t < Teams.size() * Projects.size(); ++t) {
            const std::string project = std::string{Teams[t / Projects.size()]} + "-"
                + std::string{Projects[t % Projects.size()]};
            for (std::size_t kind = 0; kind < Kinds.size(); ++kind) {
                const std::string name{model.name};
                Offer offer;
                offer.isModel = true;
                offer.listPrice
                    = kind == 0 ? model.input : (kind == 1 ? model.cached : model.output);
                offer.contractedPrice = offer.listPrice / 10 * 9;
                offer.typicalQuantity = kind == 0 ? 12.4 : 10.9;
                offer.beforeDescription = "acct-" + std::string{model.provider} + ",Sunrise "
                    + std::string{model.provider};
                offer.description = name + ' ' + std::string{Kinds[kind]} + " tokens";
                offer.unit = "Tokens";
                offer.invoiceTail = model.provider;
                offer.issuer = model.provider;
                offer.provider = ',' + std::string{model.provider} + ','
                    + std::string{model.publisher} + ",,,";
                offer.resourceHead = std::string{model.provider} + '/' + project + "/key-";
                offer.resourceType = "API key";
                offer.service = ",AI and Machine Learning," + std::string{model.service}
                    + ",Generative AI," + name + '-' + std::string{Kinds[kind]} + ','
                    + std::string{Kinds[kind]} + " tokens,\"{\"\"Model\"\": \"\"" + name
                    + "\"\", \"\"TokenType\"\": \"\"" + std::string{Kinds[kind]} + "\"\"}\"," + name
                    + '-' + std::string{Kinds[kind]} + "-ondemand,";
                offer.subAccount = t;
                offer.resourceName = project;
                offer.tags = "\"{\"\"team\"\": \"\"" + std::string{Teams[t / Projects.size()]}
                    + "\"\", \"\"project\"\": \"\"" + project + "\"\", \"\"env\"\": \"\""
                    + std::string{Environments[t % 5]} + "\"\", \"\"cost_center\"\": \"\"CC"
                    + std::to_string(100 + t / Projects.size()) + "\"\"}\"";
                m_modelOffers.push_back(m_offers.size());
                m_offers.push_back(std::move(offer));
            }
        }
    }
}

std::size_t FocusGenerator::drawHour()
{
    const double at
        = static_cast<double>(m_random.next() >> 11) / 9007199254740992.0 * m_cumulativeLoad.back();
    const auto found = std::upper_bound(m_cumulativeLoad.begin(), m_cumulativeLoad.end(), at);
    return std::min(
        static_cast<std::size_t>(found - m_cumulativeLoad.begin()), m_cumulativeLoad.size() - 1);
}

FocusGenerator::Charge FocusGenerator::drawCharge(const Offer& offer)
{
    constexpr std::int64_t One = 10'000'000'000;
    Charge charge;
    charge.firstHour = drawHour();
    const bool daily = !offer.isModel && m_random.chance(1, 4);
    if (daily)
        charge.firstHour -= charge.firstHour % 24;
    charge.endHour = charge.firstHour + (daily ? 24 : 1);
    const double quantity = std::exp(offer.typicalQuantity + 1.4 * normal());
    charge.quantity = offer.isModel ? (static_cast<std::int64_t>(quantity) + 1) * One
                                    : static_cast<std::int64_t>(std::min(quantity, 5e5) * 1e10) + 1;
    const auto cost = [&](std::int64_t price) {
        return static_cast<std::int64_t>(
            divideRounded(static_cast<Int128>(charge.quantity) * price, One, Rounding::HalfUp));
    };
    charge.list = cost(offer.listPrice);
    charge.contracted = cost(offer.contractedPrice);
    charge.billed = charge.contracted;
    charge.effective = charge.contracted;
    const std::uint64_t special = offer.isModel ? 1000 : m_random.below(1000);
    if (special < 60 && charge.list > 0) {
        charge.committed = true;
        charge.billed = 0;
        charge.effective = charge.list / 100 * 68;
    } else if (special < 65) {
        charge.category = "Credit";
        charge.billed = charge.effective = -charge.list / 4;
    } else if (special < 68) {
        charge.category = "Tax";
        charge.billed = charge.effective = charge.list / 100 * 19;
    }
    // squared: few resources carry most charges
    const std::uint64_t r = m_random.below(m_resources.size());
    charge.resource = offer.isModel ? offer.subAccount : r * r / m_resources.size();
    if (offer.isModel) {
        charge.tags = &offer.tags;
        return charge;
    }
    const auto& [account, tags] = offer.placements[m_random.below(offer.placements.size())];
    charge.account = account;
    charge.tags = &m_cloudTags[tags];
    return charge;
}

void FocusGenerator::appendRow(std::string& out, const Offer& offer, const Charge& charge) const
{
    const std::uint32_t month = m_monthOfHour[charge.firstHour];
    const auto add = [&](const auto&... parts) { ((out += parts), ...); };
    out += ',';
    appendAmount(out, charge.billed);
    add(",", offer.beforeDescription, ",Account,USD,", m_months[month + 1], ",", m_months[month],
        ",,,", charge.category, ",,", offer.description, ",", "Usage-Based", ",",
        m_hours[charge.endHour], ",", m_hours[charge.firstHour]);
    if (charge.committed)
        add(",Spend,arn:aws:savingsplans::918273645501:savingsplan/37985e61,Compute plan,,Used,Savings Plan,,");
    else
        add(",,,,,,,,");
    appendAmount(out, charge.quantity);
    add(",", offer.unit, ",");
    appendAmount(out, charge.contracted);
    const std::string contractedPrice = ::sluice::test::amountText(offer.contractedPrice);
    const std::string listPrice = ::sluice::test::amountText(offer.listPrice);
    add(",", contractedPrice, ",");
    appendAmount(out, charge.effective);
    add(",INV-", std::string_view{m_months[month]}.substr(0, 7), "-", offer.invoiceTail, ",",
        offer.issuer, ",");
    appendAmount(out, charge.list);
    add(",", listPrice, charge.committed ? ",Committed,USD," : ",Standard,USD,", contractedPrice,
        ",");
    appendAmount(out, charge.effective);
    add(",", listPrice, ",");
    appendAmount(out, charge.quantity);
    add(",", offer.unit, offer.provider);
    if (!offer.resourceHead.empty())
        add(offer.resourceHead, m_resources[charge.resource]);
    add(",", offer.resourceName, ",", offer.resourceType, offer.service);
    if (offer.isModel)
        add("team-", std::string_view{offer.resourceName}, ",", offer.resourceName);
    else
        add(m_accounts[charge.account], ",", m_accountNames[charge.account]);
    add(",Account,", *charge.tags, "\n");
}

FocusGenerator::Totals FocusGenerator::write(const Sink& sink)
{
    constexpr std::size_t PieceBytes = 1 << 20;
    Totals totals;
    std::string piece{Header};
    const auto flush = [&] {
        totals.bytes += piece.size();
        sink(piece);
        piece.clear();
    };
    for (; totals.rows < m_options.rows; ++totals.rows) {
        const auto& offers = m_random.chance(3, 10) ? m_modelOffers : m_cloudOffers;
        const Offer& offer = m_offers[offers[m_random.below(offers.size())]];
        const Charge charge = drawCharge(offer);
        appendRow(piece, offer, charge);
        totals.billed += charge.billed;
        totals.effective += charge.effective;
        totals.list += charge.list;
        totals.contracted += charge.contracted;
        if (piece.size() >= PieceBytes)
            flush();
    }
    flush();
    return totals;
}

} // namespace sluice::test
