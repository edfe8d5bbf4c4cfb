// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/demo/DemoStreams.h"

#include "core/services/demo/DemoOrganisation.h"
#include "core/services/demo/DemoTags.h"

#include <array>

namespace sluice {
namespace {

constexpr std::string_view Ai = "AI and Machine Learning";

// A model as one provider sells it: list prices in 10^-12 of the currency per token.
struct ModelOffer {
    DemoSource source;
    std::string_view publisher;
    std::string_view service;
    std::string_view model;
    std::int64_t input;
    std::int64_t cached;
    std::int64_t output;
};
constexpr std::array<ModelOffer, 17> Offers{{
    {DemoSource::OpenAi, "OpenAI", "OpenAI API", "gpt-5", 1'250'000, 125'000, 10'000'000},
    {DemoSource::OpenAi, "OpenAI", "OpenAI API", "gpt-5-mini", 250'000, 25'000, 2'000'000},
    {DemoSource::OpenAi, "OpenAI", "OpenAI API", "gpt-4.1", 2'000'000, 500'000, 8'000'000},
    {DemoSource::OpenAi, "OpenAI", "OpenAI API", "gpt-4o-mini", 150'000, 75'000, 600'000},
    {DemoSource::OpenAi, "OpenAI", "OpenAI API", "text-embedding-3-large", 130'000, 0, 0},
    {DemoSource::Anthropic, "Anthropic", "Claude API", "claude-sonnet-4.5", 3'000'000, 300'000,
        15'000'000},
    {DemoSource::Anthropic, "Anthropic", "Claude API", "claude-haiku-4.5", 1'000'000, 100'000,
        5'000'000},
    {DemoSource::Anthropic, "Anthropic", "Claude API", "claude-opus-4.1", 15'000'000, 1'500'000,
        75'000'000},
    {DemoSource::Mistral, "Mistral AI", "Mistral API", "mistral-large", 1'800'000, 0, 5'400'000},
    {DemoSource::Mistral, "Mistral AI", "Mistral API", "mistral-small", 90'000, 0, 280'000},
    {DemoSource::Aws, "Anthropic", "Amazon Bedrock", "claude-sonnet-4.5", 3'000'000, 300'000,
        15'000'000},
    {DemoSource::Aws, "Amazon Web Services, Inc.", "Amazon Bedrock", "nova-lite", 60'000, 15'000,
        240'000},
    {DemoSource::Azure, "Microsoft", "Azure OpenAI Service", "gpt-4.1", 2'000'000, 500'000,
        8'000'000},
    {DemoSource::Azure, "Microsoft", "Azure OpenAI Service", "gpt-4o-mini", 150'000, 75'000,
        600'000},
    {DemoSource::Google, "Google Cloud", "Vertex AI", "gemini-2.5-pro", 1'250'000, 310'000,
        10'000'000},
    {DemoSource::Google, "Google Cloud", "Vertex AI", "gemini-2.5-flash", 300'000, 75'000,
        2'500'000},
    {DemoSource::Oracle, "Cohere", "OCI Generative AI", "command-a", 2'500'000, 0, 10'000'000},
}};

// A service that is billed by time or size, for one department and workflow.
struct ServiceOffer {
    DemoSource source;
    std::string_view service;
    std::string_view category;
    std::string_view subcategory;
    std::string_view sku;
    std::string_view meter;
    std::string_view unit;
    std::int64_t price; // 10^-12 of the currency
    // whole units of the currency on a normal day (week, month) in the first month
    std::int64_t daily;
    std::size_t workflow;
    DemoRhythm rhythm;
    std::string_view provider{}; // of an invoice
};
constexpr std::int64_t Cent = 10'000'000'000;
constexpr std::array<ServiceOffer, 34> Services{{
    {DemoSource::Aws, "Amazon Elastic Compute Cloud", "Compute", "Virtual Machines", "p4d.24xlarge",
        "BoxUsage:p4d.24xlarge", "Hours", 2'196 * Cent, 740, 46, DemoRhythm::Flat},
    {DemoSource::Aws, "Amazon Elastic Compute Cloud", "Compute", "Virtual Machines", "g5.12xlarge",
        "BoxUsage:g5.12xlarge", "Hours", 567 * Cent, 290, 10, DemoRhythm::Consumer},
    {DemoSource::Aws, "Amazon Elastic Compute Cloud", "Compute", "Virtual Machines", "g5.2xlarge",
        "BoxUsage:g5.2xlarge", "Hours", 121 * Cent, 150, 36, DemoRhythm::Office},
    {DemoSource::Aws, "Amazon SageMaker", Ai, "Machine Learning", "ml.p4d",
        "Training:ml.p4d.24xlarge", "Hours", 2'524 * Cent, 270, 12, DemoRhythm::Office},
    {DemoSource::Aws, "Amazon Simple Storage Service", "Storage", "Object Storage", "s3-standard",
        "TimedStorage-ByteHrs", "GB-Hours", 31'500'000, 130, 11, DemoRhythm::Flat},
    {DemoSource::Aws, "Amazon OpenSearch Service", "Databases", "NoSQL Databases", "opensearch-vec",
        "OCU-Hours", "Hours", 24 * Cent, 110, 1, DemoRhythm::Flat},
    {DemoSource::Aws, "AWS Glue", "Analytics", "Data Processing", "glue-dpu", "ETL-DPU-Hour",
        "Hours", 44 * Cent, 60, 2, DemoRhythm::Office},
    {DemoSource::Aws, "Amazon SageMaker Ground Truth", Ai, "Machine Learning", "gt-object",
        "Labeled objects", "Objects", 8 * Cent, 80, 45, DemoRhythm::Office},
    {DemoSource::Aws, "Amazon Bedrock AgentCore", Ai, "Generative AI", "agentcore-rt",
        "Runtime vCPU-Hours", "Hours", 9 * Cent, 100, 8, DemoRhythm::Consumer},
    {DemoSource::Aws, "AmazonCloudWatch", "Management and Governance", "Observability", "cw-logs",
        "DataProcessing-Bytes", "GB", 50 * Cent, 40, 13, DemoRhythm::Flat},
    {DemoSource::Azure, "Virtual Machines", "Compute", "Virtual Machines", "NC24ads_A100",
        "NC24ads A100 v4", "Hours", 367 * Cent, 320, 32, DemoRhythm::Office},
    {DemoSource::Azure, "Azure Machine Learning", Ai, "Machine Learning", "aml-compute",
        "ML compute", "Hours", 310 * Cent, 170, 34, DemoRhythm::Office},
    {DemoSource::Azure, "Storage Accounts", "Storage", "Object Storage", "blob-hot",
        "Hot LRS Data Stored", "GB-Hours", 25'000'000, 60, 35, DemoRhythm::Flat},
    {DemoSource::Azure, "Azure AI Document Intelligence", Ai, "Generative AI", "doc-layout",
        "Layout pages", "Pages", Cent, 90, 31, DemoRhythm::MonthEnd},
    {DemoSource::Azure, "Azure AI Search", Ai, "Generative AI", "s2-unit", "Standard S2 unit",
        "Hours", 134 * Cent, 70, 53, DemoRhythm::Flat},
    {DemoSource::Azure, "Azure AI Agent Service", Ai, "Generative AI", "agent-run", "Agent runs",
        "Runs", 3 * Cent, 60, 41, DemoRhythm::MonthEnd},
    {DemoSource::Azure, "Azure Data Factory", "Integration", "Workflow Orchestration", "adf-diu",
        "Data movement DIU-hours", "Hours", 25 * Cent, 50, 44, DemoRhythm::MonthEnd},
    {DemoSource::Google, "Compute Engine", "Compute", "Virtual Machines", "a2-highgpu-1g",
        "A2 GPU instance", "Hours", 367 * Cent, 230, 36, DemoRhythm::Consumer},
    {DemoSource::Google, "BigQuery", "Analytics", "Analytics Platforms", "bq-slot", "Slot-hours",
        "Hours", 6 * Cent, 150, 29, DemoRhythm::Office},
    {DemoSource::Google, "Cloud Storage", "Storage", "Object Storage", "gcs-standard",
        "Standard storage", "GB-Hours", 27'000'000, 40, 48, DemoRhythm::Flat},
    {DemoSource::Google, "Vertex AI Training", Ai, "Machine Learning", "vertex-train",
        "Training A100", "Hours", 310 * Cent, 130, 48, DemoRhythm::Office},
    {DemoSource::Google, "Vertex AI Gen AI Evaluation", Ai, "Generative AI", "vertex-eval",
        "Evaluation runs", "Runs", 20 * Cent, 50, 9, DemoRhythm::Office},
    {DemoSource::Google, "Cloud Dataflow", "Analytics", "Data Processing", "dataflow-vcpu",
        "vCPU-hours", "Hours", 5 * Cent, 40, 54, DemoRhythm::Flat},
    {DemoSource::Oracle, "COMPUTE", "Compute", "Virtual Machines", "BM.GPU4.8", "GPU4 hours",
        "Hours", 305 * Cent, 170, 46, DemoRhythm::Flat},
    {DemoSource::Oracle, "BLOCK_STORAGE", "Storage", "Block Storage", "block-perf",
        "Performance units", "GB-Hours", 34'000'000, 30, 46, DemoRhythm::Flat},
    {DemoSource::Oracle, "OCI Data Labeling", Ai, "Machine Learning", "oci-label",
        "Labelling records", "Records", 2 * Cent, 20, 45, DemoRhythm::Office},
    {DemoSource::Invoices, "Labelbox", Ai, "Machine Learning", "lbx-units", "Annotation units",
        "Units", 10 * Cent, 1610, 45, DemoRhythm::Weekly, "Labelbox"},
    {DemoSource::Invoices, "Scale Data Engine", Ai, "Machine Learning", "scale-task",
        "Annotation tasks", "Tasks", 85 * Cent, 2170, 36, DemoRhythm::Weekly, "Scale AI"},
    {DemoSource::Invoices, "LangSmith", "Developer Tools", "Development Environments", "ls-trace",
        "Traces", "Traces", 50'000'000'000, 1330, 13, DemoRhythm::Monthly, "LangChain"},
    {DemoSource::Invoices, "Weights & Biases", "Developer Tools", "Development Environments",
        "wb-team", "Tracked hours", "Hours", 100 * Cent, 2940, 47, DemoRhythm::Monthly,
        "Weights & Biases"},
    {DemoSource::Invoices, "Braintrust", "Developer Tools", "Development Environments", "bt-eval",
        "Evaluation runs", "Runs", 15 * Cent, 1470, 49, DemoRhythm::Monthly, "Braintrust"},
    {DemoSource::Invoices, "CoreWeave GPU Compute", "Compute", "Virtual Machines", "cw-h100",
        "H100 hours", "Hours", 476 * Cent, 6650, 46, DemoRhythm::Weekly, "CoreWeave"},
    {DemoSource::Invoices, "Pinecone", "Databases", "NoSQL Databases", "pc-rcu", "Read units",
        "Million units", 16 * 100 * Cent, 1820, 4, DemoRhythm::Monthly, "Pinecone"},
    {DemoSource::Invoices, "Databricks", "Analytics", "Analytics Platforms", "dbx-dbu", "DBU",
        "Units", 55 * Cent, 6160, 11, DemoRhythm::Monthly, "Databricks"},
}};

struct SeatOffer {
    std::string_view provider;
    std::string_view service;
    std::string_view sku;
    std::int64_t price; // 10^-12 of the currency a month
    int seats;
    std::size_t workflow;
    bool tagged;
};
constexpr std::array<SeatOffer, 13> Seats{{
    {"GitHub", "GitHub Copilot Enterprise", "copilot-ent", 3'900 * Cent, 420, 55, false},
    {"OpenAI", "ChatGPT Enterprise", "chatgpt-ent", 6'000 * Cent, 310, 56, false},
    {"Anysphere", "Cursor Business", "cursor-biz", 4'000 * Cent, 120, 55, false},
    {"Anthropic", "Claude Team", "claude-team", 3'000 * Cent, 90, 56, true},
    {"Microsoft", "Microsoft 365 Copilot", "m365-copilot", 3'000 * Cent, 260, 56, true},
    {"Notion Labs", "Notion AI", "notion-ai", 1'000 * Cent, 340, 58, true},
    {"Glean", "Glean", "glean-seat", 4'500 * Cent, 180, 58, true},
    {"Grammarly", "Grammarly Business", "grammarly-biz", 1'500 * Cent, 210, 25, true},
    {"Windsurf", "Windsurf Teams", "windsurf-team", 3'000 * Cent, 60, 55, true},
    {"Otter.ai", "Otter Business", "otter-biz", 2'000 * Cent, 95, 22, true},
    {"Jasper AI", "Jasper Business", "jasper-biz", 5'900 * Cent, 35, 25, true},
    {"Perplexity", "Perplexity Enterprise", "pplx-ent", 4'000 * Cent, 70, 21, true},
    {"Zoom", "Zoom AI Companion", "zoom-ai", 1'200 * Cent, 400, 59, true},
}};

struct CardItem {
    std::string_view provider;
    std::string_view service;
    std::int64_t monthly;
    std::size_t workflow;
};
constexpr std::array<CardItem, 10> CardItems{{{"ElevenLabs", "ElevenLabs", 330, 7},
    {"Midjourney", "Midjourney", 240, 26}, {"Replicate", "Replicate", 410, 26},
    {"OpenRouter", "OpenRouter", 520, 14}, {"Hugging Face", "Hugging Face Inference", 290, 12},
    {"RunPod", "RunPod GPU", 640, 48}, {"Writesonic", "Writesonic", 160, 25},
    {"DeepL", "DeepL Pro", 380, 27}, {"Deepgram", "Deepgram", 450, 18}, {"Poe", "Poe", 120, 21}}};

// Ordered for the months to come: what the contract binds the company to.
struct OrderItem {
    std::string_view provider;
    std::string_view service;
    std::int64_t monthly;
    std::size_t workflow;
};
constexpr std::array<OrderItem, 4> Orders{{{"CoreWeave", "CoreWeave GPU Compute", 42'000, 46},
    {"Databricks", "Databricks", 9'000, 11}, {"Scale AI", "Scale Data Engine", 12'000, 36},
    {"OpenAI", "ChatGPT Enterprise", 18'600, 56}}};

constexpr std::array<DemoSourceInfo, DemoSourceCount> Sources{{
    {"aws", "AWS", "Amazon Web Services, Inc.", "482910557310", "Marlow AWS", "Management account",
        "Linked account", "USD", BatchKind::Billed},
    {"azure", "Microsoft", "Microsoft", "/providers/billingaccounts/7748120", "Marlow Azure",
        "Billing profile", "Subscription", "USD", BatchKind::Billed},
    {"google-cloud", "Google Cloud", "Google Cloud", "01A9F2-77C3B0-5E1D42", "Marlow Google",
        "Billing account", "Project", "USD", BatchKind::Billed},
    {"oracle", "Oracle", "Oracle", "ocid1.tenancy.marlow", "Marlow OCI", "Tenancy", "Compartment",
        "USD", BatchKind::Billed},
    {"openai", "OpenAI", "OpenAI, LLC", "org-marlow", "Marlow OpenAI", "Organization", "Project",
        "USD", BatchKind::Billed},
    {"anthropic", "Anthropic", "Anthropic, PBC", "anthropic-marlow", "Marlow Anthropic",
        "Organization", "Workspace", "USD", BatchKind::Billed},
    {"mistral", "Mistral AI", "Mistral AI SAS", "mistral-marlow", "Marlow Mistral", "Organization",
        "Workspace", "EUR", BatchKind::Billed},
    {"software", "", "", "software-contracts", "Software contracts", "Contract", "Department",
        "USD", BatchKind::Billed},
    {"cards", "", "Corporate card", "card-programme", "Card programme", "Programme", "Card", "USD",
        BatchKind::Billed},
    {"vendor-invoices", "", "", "accounts-payable", "Accounts payable", "Ledger", "Department",
        "USD", BatchKind::Billed},
    {"review-time", "Marlow Group", "Marlow Group", "people-time", "People's time", "Ledger",
        "Department", "USD", BatchKind::Billed},
    {"purchase-orders", "", "", "purchase-orders", "Purchase orders", "Ledger", "Department", "USD",
        BatchKind::Committed},
}};

class Builder {
public:
    Builder(std::uint64_t seed, const DemoCalendar& calendar)
        : m_seed{seed}
        , m_calendar{calendar}
    {
    }

    std::vector<DemoStream> run()
    {
        for (std::size_t workflow = 0; workflow < DemoOrganisation::WorkflowCount; ++workflow)
            addModelCalls(workflow);
        for (const ServiceOffer& offer : Services)
            addService(offer);
        addSharedCluster();
        for (const SeatOffer& offer : Seats)
            addSeats(offer);
        for (const CardItem& item : CardItems)
            addCard(item);
        for (std::size_t workflow = 0; workflow < DemoOrganisation::WorkflowCount; ++workflow)
            if (DemoOrganisation::workflow(workflow).category == "human_review"
                || workflow % 7 == 0)
                addReview(workflow);
        for (const OrderItem& item : Orders)
            addOrder(item);
        addNewcomer();
        return std::move(m_streams);
    }

private:
    DemoStream& add(DemoSource source, std::size_t workflow)
    {
        DemoStream& stream = m_streams.emplace_back();
        stream.id = static_cast<std::uint32_t>(m_streams.size());
        stream.source = source;
        stream.from = m_calendar.firstDay;
        stream.until = m_calendar.end;
        stream.workflow = DemoOrganisation::workflow(workflow).id;
        return stream;
    }

    void place(DemoStream& stream, SeededRandom& random, std::size_t workflow)
    {
        static constexpr std::array<std::array<std::string_view, 2>, 8> Regions{
            {{"us-east-1", "US East (N. Virginia)"}, {"eu-central-1", "Europe (Frankfurt)"},
                {"eastus", "East US"}, {"swedencentral", "Sweden Central"}, {"us-central1", "Iowa"},
                {"europe-west4", "Netherlands"}, {"us-ashburn-1", "US East (Ashburn)"},
                {"eu-frankfurt-1", "Germany Central (Frankfurt)"}}};
        const auto source = static_cast<std::size_t>(stream.source);
        if (source < 4) {
            const auto& region = Regions[source * 2 + random.below(2)];
            stream.regionId = region[0];
            stream.regionName = region[1];
        }
        const DemoDepartment& department
            = DemoOrganisation::department(DemoOrganisation::departmentOf(workflow));
        const bool project = stream.source == DemoSource::OpenAi
            || stream.source == DemoSource::Anthropic || stream.source == DemoSource::Mistral;
        stream.subAccountName = project
            ? std::string{DemoOrganisation::workflow(workflow).name}
            : std::string{department.id} + (random.chance(4, 5) ? "-prod" : "-dev");
        stream.subAccountId = std::string{demoSource(stream.source).name} + "-"
            + (project ? stream.workflow : stream.subAccountName);
    }

    void addModelCalls(std::size_t workflow)
    {
        const std::string_view category = DemoOrganisation::workflow(workflow).category;
        if (category == "human_review" || category == "infrastructure")
            return;
        SeededRandom random = demoRandom(m_seed, {1, workflow});
        const std::size_t count = random.chance(1, 3) ? 2 : 1;
        for (std::size_t n = 0; n < count; ++n) {
            const bool embeds = category == "data_preparation" && n == 0 && workflow % 2 == 0;
            // Each workflow starts from its own place in the list, so that every offer has users
            // whatever the seed.
            const ModelOffer& offer = embeds
                ? Offers[4]
                : Offers[(workflow * 5 + n * 7 + (n == 0 ? 0 : random.below(3))) % Offers.size()];
            const std::int64_t daily = random.between(45, 150)
                * (category == "product_inference" || category == "agents" ? 2 : 1);
            const int startMonth
                = n == 0 && workflow % 3 != 0 ? 0 : static_cast<int>(random.between(0, 14));
            const int growth = static_cast<int>(random.between(10, 42));
            addMeters(workflow, offer, daily, m_calendar.month(startMonth), growth, random);
        }
    }

    void addMeters(std::size_t workflow, const ModelOffer& offer, std::int64_t daily,
        BusinessDate from, int growth, SeededRandom& random)
    {
        struct Meter {
            std::string_view name;
            std::string_view sku;
            std::int64_t price;
            std::int64_t share; // percent
        };
        const std::array<Meter, 3> meters{{{"Input tokens", "input", offer.input, 38},
            {"Cached input tokens", "cached-input", offer.cached, 7},
            {"Output tokens", "output", offer.output, 55}}};
        SeededRandom where = demoRandom(m_seed, {2, workflow, random.next()});
        std::string tags;
        for (const Meter& meter : meters) {
            if (meter.price == 0 || (meter.share < 10 && daily < 200))
                continue;
            DemoStream& stream = add(offer.source, workflow);
            SeededRandom same = where; // the meters of one deployment stand in one place
            place(stream, same, workflow);
            if (tags.empty())
                tags = demoTags(m_seed, stream.id, offer.source,
                           DemoOrganisation::departmentOf(workflow), workflow)
                    + " ";
            stream.tags = tags.substr(0, tags.size() - 1);
            stream.publisher = offer.publisher;
            stream.service = offer.service;
            stream.serviceCategory = Ai;
            stream.serviceSubcategory = "Generative AI";
            stream.model = offer.model;
            stream.skuMeter = meter.name;
            stream.skuId = std::string{offer.model} + "-" + std::string{meter.sku};
            stream.description = std::string{offer.model} + " " + std::string{meter.name};
            stream.resourceName = stream.workflow + "-" + std::string{offer.model};
            stream.resourceId = std::string{demoSource(offer.source).name} + "/deployments/"
                + stream.resourceName;
            stream.resourceType = "Model deployment";
            stream.unit = "Tokens";
            stream.price = meter.price;
            stream.discount = offer.source == DemoSource::Aws
                ? 80
                : (offer.source == DemoSource::Azure ? 120 : 0);
            stream.daily = daily * meter.share * 10'000;
            stream.growth = growth;
            stream.noise = 150;
            const std::string_view category = DemoOrganisation::workflow(workflow).category;
            stream.rhythm = DemoOrganisation::departmentOf(workflow) == 8 ? DemoRhythm::MonthEnd
                : category == "product_inference"                         ? DemoRhythm::Consumer
                                                                          : DemoRhythm::Office;
            stream.from = from;
        }
    }

    void addService(const ServiceOffer& offer)
    {
        DemoStream& stream = add(offer.source, offer.workflow);
        SeededRandom random = demoRandom(m_seed, {3, stream.id});
        place(stream, random, offer.workflow);
        const bool invoice = offer.source == DemoSource::Invoices;
        stream.provider = offer.provider;
        stream.publisher = invoice ? stream.provider : std::string{demoSource(offer.source).issuer};
        stream.service = offer.service;
        stream.serviceCategory = offer.category;
        stream.serviceSubcategory = offer.subcategory;
        stream.skuId = offer.sku;
        stream.skuMeter = offer.meter;
        stream.description = std::string{offer.service} + " " + std::string{offer.meter};
        stream.resourceName = stream.workflow + "-" + std::string{offer.sku};
        stream.resourceId
            = std::string{demoSource(offer.source).name} + "/resources/" + stream.resourceName;
        stream.resourceType = offer.category == "Compute" ? "Instance" : "Service";
        stream.unit = offer.unit;
        stream.price = offer.price;
        stream.discount = invoice ? 0 : 60;
        stream.quantityScale = 3;
        stream.daily = offer.daily * 1'000'000;
        stream.growth = static_cast<int>(random.between(10, 30));
        stream.noise = offer.rhythm == DemoRhythm::Flat ? 40 : 110;
        stream.rhythm = offer.rhythm;
        stream.tags = demoTags(m_seed, stream.id, offer.source,
            DemoOrganisation::departmentOf(offer.workflow), offer.workflow);
        stream.committed = offer.sku == "p4d.24xlarge";
        if (stream.committed) {
            stream.discount = 340;
            stream.growth = 0;
            stream.noise = 0;
        }
    }

    // A cluster that four departments share; nobody tags it, a rule splits it.
    void addSharedCluster()
    {
        for (const std::string_view size : {"p5.48xlarge", "g6e.12xlarge"}) {
            DemoStream& stream = add(DemoSource::Aws, 10);
            SeededRandom random = demoRandom(m_seed, {4, stream.id});
            place(stream, random, 10);
            stream.workflow.clear();
            stream.subAccountName = "shared-ml-platform";
            stream.subAccountId = "aws-shared-ml-platform";
            stream.publisher = demoSource(DemoSource::Aws).issuer;
            stream.service = "Amazon Elastic Compute Cloud";
            stream.serviceCategory = "Compute";
            stream.serviceSubcategory = "Virtual Machines";
            stream.skuId = size;
            stream.skuMeter = "BoxUsage:" + std::string{size};
            stream.description = "On-demand " + std::string{size} + " instance hour";
            stream.resourceName = "shared-" + std::string{size};
            stream.resourceId = "aws/resources/" + stream.resourceName;
            stream.resourceType = "Instance";
            stream.unit = "Hours";
            stream.price = size == "p5.48xlarge" ? 5'504 * Cent : 1'049 * Cent;
            stream.discount = 60;
            stream.quantityScale = 3;
            stream.daily = (size == "p5.48xlarge" ? 900 : 240) * std::int64_t{1'000'000};
            stream.growth = 18;
            stream.noise = 60;
            stream.rhythm = DemoRhythm::Consumer;
            stream.tags = R"({"environment":"prod"})";
        }
    }

    void addSeats(const SeatOffer& offer)
    {
        DemoStream& stream = add(DemoSource::Software, offer.workflow);
        stream.provider = offer.provider;
        stream.publisher = offer.provider;
        stream.service = offer.service;
        stream.serviceCategory = "Business Applications";
        stream.serviceSubcategory = "Productivity and Collaboration";
        stream.skuId = offer.sku;
        stream.skuMeter = "Seats";
        stream.description = std::string{offer.service} + " seats";
        stream.subAccountName = offer.tagged ? std::string{DemoOrganisation::department(
                                    DemoOrganisation::departmentOf(offer.workflow))
                                                               .name}
                                             : "";
        stream.subAccountId = stream.subAccountName.empty() ? "" : "dept-" + stream.workflow;
        stream.unit = "Seats";
        stream.price = offer.price;
        stream.purchase = true;
        stream.daily = offer.price / 1'000'000 * offer.seats;
        stream.growth = 12;
        stream.noise = 0;
        stream.rhythm = DemoRhythm::Monthly;
        if (offer.tagged)
            stream.tags = demoTags(m_seed, stream.id, DemoSource::Software,
                DemoOrganisation::departmentOf(offer.workflow), offer.workflow);
    }

    void addCard(const CardItem& item)
    {
        DemoStream& stream = add(DemoSource::Cards, item.workflow);
        const DemoDepartment& department
            = DemoOrganisation::department(DemoOrganisation::departmentOf(item.workflow));
        stream.provider = item.provider;
        stream.publisher = item.provider;
        stream.service = item.service;
        stream.serviceCategory = Ai;
        stream.serviceSubcategory = "Generative AI";
        stream.skuId = "card";
        stream.skuMeter = "Card purchase";
        stream.description = "Card purchase " + std::string{item.provider};
        stream.subAccountName = "Card " + std::string{department.name};
        stream.subAccountId = "card-" + std::string{department.id};
        stream.unit = "Purchases";
        stream.purchase = true;
        stream.price = Cent;
        stream.daily = item.monthly * 1'000'000;
        stream.growth = 25;
        stream.noise = 300;
        stream.rhythm = DemoRhythm::Monthly;
        if (item.workflow % 2 == 0)
            stream.tags = demoTags(m_seed, stream.id, DemoSource::Cards,
                DemoOrganisation::departmentOf(item.workflow), item.workflow);
    }

    // The team that reviews is often not the team that calls the model: both costs show, each with
    // its owner.
    void addReview(std::size_t workflow)
    {
        DemoStream& stream = add(DemoSource::Review, workflow);
        SeededRandom random = demoRandom(m_seed, {5, workflow});
        const std::size_t team = DemoOrganisation::workflow(workflow).category == "human_review"
            ? DemoOrganisation::departmentOf(workflow)
            : 3;
        stream.publisher = "Marlow Group";
        stream.service = "Human review";
        stream.serviceCategory = "Other";
        stream.serviceSubcategory = "Other (Other)";
        stream.skuId = "review-" + std::string{DemoOrganisation::department(team).id};
        stream.skuMeter = "Review hours";
        stream.description
            = "Review of outputs: " + std::string{DemoOrganisation::workflow(workflow).name};
        stream.subAccountName = DemoOrganisation::department(team).name;
        stream.subAccountId = "dept-" + std::string{DemoOrganisation::department(team).id};
        stream.unit = "Hours";
        stream.price = random.between(38, 72) * 100 * Cent;
        stream.quantityScale = 2;
        stream.daily = random.between(45, 165) * 1'000'000;
        stream.growth = static_cast<int>(random.between(5, 25));
        stream.noise = 180;
        stream.rhythm = DemoRhythm::Office;
        stream.tags = demoTags(m_seed, stream.id, DemoSource::Review, team, workflow);
    }

    void addOrder(const OrderItem& item)
    {
        DemoStream& stream = add(DemoSource::Orders, item.workflow);
        stream.provider = item.provider;
        stream.publisher = item.provider;
        stream.service = item.service;
        stream.serviceCategory
            = item.service == "ChatGPT Enterprise" ? "Business Applications" : "Compute";
        stream.serviceSubcategory = item.service == "ChatGPT Enterprise"
            ? "Productivity and Collaboration"
            : "Other (Compute)";
        stream.skuId = "order";
        stream.skuMeter = "Ordered month";
        stream.description = "Annual order, one month of " + std::string{item.service};
        stream.unit = "Orders";
        stream.purchase = true;
        stream.price = Cent;
        stream.daily = item.monthly * 1'000'000;
        stream.noise = 0;
        stream.rhythm = DemoRhythm::Monthly;
        stream.tags = demoTags(m_seed, stream.id, DemoSource::Orders,
            DemoOrganisation::departmentOf(item.workflow), item.workflow);
    }

    // A vendor nobody knew of until a month ago.
    void addNewcomer()
    {
        DemoStream& stream = add(DemoSource::Invoices, 16);
        stream.provider = "Fireworks AI";
        stream.publisher = "Fireworks AI";
        stream.service = "Fireworks AI";
        stream.serviceCategory = Ai;
        stream.serviceSubcategory = "Generative AI";
        stream.model = "llama-3.3-70b";
        stream.skuId = "llama-3.3-70b-tokens";
        stream.skuMeter = "Tokens";
        stream.description = "llama-3.3-70b serverless tokens";
        stream.resourceName = "reply-drafts-trial";
        stream.resourceId = "fireworks/reply-drafts-trial";
        stream.resourceType = "Model deployment";
        stream.unit = "Tokens";
        stream.price = 900'000;
        stream.daily = 240'000'000;
        stream.incidentOnly = true;
    }

    std::uint64_t m_seed;
    const DemoCalendar& m_calendar;
    std::vector<DemoStream> m_streams;
};

} // namespace

const DemoSourceInfo& demoSource(DemoSource source)
{
    return Sources[static_cast<std::size_t>(source)];
}

std::vector<DemoStream> demoStreams(std::uint64_t seed, const DemoCalendar& calendar)
{
    return Builder{seed, calendar}.run();
}

} // namespace sluice
