// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/demo/DemoOrganisation.h"

#include "core/base/JsonWriter.h"
#include "core/ledger/Organisation.h"

namespace sluice {
namespace {

constexpr std::array<DemoDepartment, DemoOrganisation::DepartmentCount> Departments{{
    {"search", "Search", "product", "ines.moreau", "CC-110", "srch"},
    {"assistant", "Assistant", "product", "tomasz.nowak", "CC-120", "copilot-team"},
    {"platform", "Platform", "product", "priya.raman", "CC-130", "plat"},
    {"support", "Customer Support", "customer", "daniel.okafor", "CC-210", "cx"},
    {"sales", "Sales", "customer", "marta.silva", "CC-220", "revenue"},
    {"marketing", "Marketing", "customer", "jonas.weber", "CC-230", "mktg"},
    {"logistics", "Logistics", "operations", "aiko.tanaka", "CC-310", "ops-logistics"},
    {"claims", "Claims", "operations", "ruth.adeyemi", "CC-320", "claims-handling"},
    {"finance-ops", "Finance Operations", "operations", "lars.holm", "CC-330", "finops-team"},
    {"data-science", "Data Science", "technology", "sofia.rossi", "CC-410", "ds"},
    {"security", "Security", "technology", "omar.haddad", "CC-420", "secops"},
    {"workplace", "Workplace IT", "technology", "emma.clarke", "CC-430", "it"},
}};

struct Division {
    std::string_view id;
    std::string_view name;
    std::string_view head;
};
constexpr std::array<Division, 4> Divisions{
    {{"product", "Product", "nadia.fischer"}, {"customer", "Customer", "peter.lang"},
        {"operations", "Operations", "grace.mbeki"}, {"technology", "Technology", "victor.chen"}}};

constexpr std::array<DemoWorkflow, DemoOrganisation::WorkflowCount> Workflows{{
    {"query-rewriting", "Query rewriting", "product_inference"},
    {"semantic-ranking", "Semantic ranking", "product_inference"},
    {"catalogue-embeddings", "Catalogue embeddings", "data_preparation"},
    {"search-quality-eval", "Search quality evaluation", "evaluation"},
    {"zero-result-rescue", "Zero result rescue", "product_inference"},
    {"chat-answers", "Chat answers", "product_inference"},
    {"trip-planner", "Trip planner", "product_inference"},
    {"voice-assistant", "Voice assistant", "product_inference"},
    {"booking-agent", "Booking agent", "agents"},
    {"assistant-red-team", "Assistant red team", "evaluation"},
    {"model-gateway", "Model gateway", "infrastructure"},
    {"feature-store", "Feature store", "infrastructure"},
    {"fine-tuning", "Fine-tuning", "infrastructure"},
    {"regression-suite", "Model regression suite", "evaluation"},
    {"incident-agent", "Incident agent", "agents"},
    {"ticket-triage", "Ticket triage", "product_inference"},
    {"reply-drafts", "Reply drafts", "product_inference"},
    {"refund-agent", "Refund agent", "agents"},
    {"call-summaries", "Call summaries", "product_inference"},
    {"reply-review", "Reply review", "human_review"},
    {"lead-scoring", "Lead scoring", "product_inference"},
    {"proposal-writer", "Proposal writer", "internal_tools"},
    {"meeting-notes", "Meeting notes", "internal_tools"},
    {"outreach-agent", "Outreach agent", "agents"},
    {"crm-enrichment", "CRM enrichment", "data_preparation"},
    {"campaign-copy", "Campaign copy", "product_inference"},
    {"image-studio", "Image studio", "internal_tools"},
    {"localisation", "Localisation", "product_inference"},
    {"brand-review", "Brand review", "human_review"},
    {"audience-segments", "Audience segments", "data_preparation"},
    {"route-planning", "Route planning", "product_inference"},
    {"customs-documents", "Customs documents", "product_inference"},
    {"eta-forecast", "Arrival forecast", "infrastructure"},
    {"carrier-agent", "Carrier agent", "agents"},
    {"freight-audit", "Freight audit", "human_review"},
    {"claim-intake", "Claim intake", "product_inference"},
    {"damage-vision", "Damage recognition", "product_inference"},
    {"claim-decision-review", "Claim decision review", "human_review"},
    {"policy-lookup", "Policy lookup", "product_inference"},
    {"fraud-signals", "Fraud signals", "product_inference"},
    {"invoice-matching", "Invoice matching", "product_inference"},
    {"expense-audit", "Expense audit", "agents"},
    {"close-assistant", "Close assistant", "internal_tools"},
    {"ledger-review", "Ledger review", "human_review"},
    {"supplier-scoring", "Supplier scoring", "data_preparation"},
    {"label-factory", "Label factory", "data_preparation"},
    {"training-cluster", "Training cluster", "infrastructure"},
    {"experiment-tracking", "Experiment tracking", "evaluation"},
    {"synthetic-data", "Synthetic data", "data_preparation"},
    {"judge-panel", "Judge panel", "evaluation"},
    {"alert-triage", "Alert triage", "agents"},
    {"phishing-scan", "Phishing scan", "product_inference"},
    {"code-scanning", "Code scanning", "internal_tools"},
    {"policy-qa", "Policy questions", "internal_tools"},
    {"log-embeddings", "Log embeddings", "data_preparation"},
    {"coding-assistants", "Coding assistants", "internal_tools"},
    {"office-assistants", "Office assistants", "internal_tools"},
    {"helpdesk-agent", "Helpdesk agent", "agents"},
    {"knowledge-search", "Knowledge search", "internal_tools"},
    {"meeting-transcripts", "Meeting transcripts", "internal_tools"},
}};

// Owners of workflows besides the heads; the second one leaves.
constexpr std::array<std::string_view, 24> Owners{"anna.kowalska", "ben.turner", "carla.mendes",
    "david.kim", "elif.yilmaz", "felix.braun", "gita.shah", "hugo.laurent", "iris.jansen",
    "jack.obrien", "kofi.mensah", "lena.virtanen", "mia.larsen", "noah.steiner", "olga.petrova",
    "paul.dubois", "quinn.hayes", "rosa.marin", "samir.aziz", "tara.nolan", "uma.iyer",
    "viktor.horvat", "wendy.zhou", "yusuf.kaya"};

std::string nameOf(std::string_view id)
{
    std::string name{id};
    bool start = true;
    for (char& c : name) {
        if (start && c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 32);
        start = c == '.';
        c = start ? ' ' : c;
    }
    return name;
}

Person person(std::string_view id, std::vector<std::string> roles, std::vector<std::string> scope)
{
    return {std::string{id}, nameOf(id), std::string{id} + "@marlow.example", std::move(roles),
        std::move(scope), {}};
}

void addPeople(Organisation& org, const DemoCalendar& calendar)
{
    org.people.push_back(person("clara.winter", {"Finance"}, {}));
    org.people.push_back(person("hassan.ali", {"Finance"}, {}));
    org.people.push_back(person("robin.meyer", {"Admin"}, {}));
    org.people.push_back(person("judith.stone", {"Auditor"}, {}));
    org.people.push_back(person("simon.park", {"Procurement"}, {}));
    for (const DemoDepartment& department : Departments)
        org.people.push_back(person(department.head, {"Department"}, {std::string{department.id}}));
    for (const Division& division : Divisions)
        org.people.push_back(person(division.head, {"Department"}, {std::string{division.id}}));
    for (std::size_t i = 0; i < Owners.size(); ++i) {
        const bool engineer = i % 3 == 0;
        org.people.push_back(person(Owners[i],
            engineer ? std::vector<std::string>{"Engineering"} : std::vector<std::string>{},
            engineer ? std::vector<std::string>{std::string{Departments[i / 2].id}}
                     : std::vector<std::string>{}));
    }
    for (Person& leaver : org.people)
        if (leaver.id == Owners[1])
            leaver.effective.until = calendar.month(21);
}

void addUnits(Organisation& org, const DemoCalendar& calendar)
{
    org.units.push_back({"marlow", "", "Marlow Group", "clara.winter", "CC-100", {}});
    for (const Division& division : Divisions)
        org.units.push_back({std::string{division.id}, "marlow", std::string{division.name},
            std::string{division.head}, "CC-100", {}});
    const BusinessDate change = DemoOrganisation::reorganisation(calendar);
    for (const DemoDepartment& department : Departments) {
        Unit unit{std::string{department.id}, std::string{department.division},
            std::string{department.name}, std::string{department.head},
            std::string{department.costCentre}, {}};
        const bool moves = unit.id == "security" || unit.id == "data-science";
        if (moves) {
            Unit before = unit;
            before.effective.until = change;
            org.units.push_back(before);
            unit.effective.from = change;
            unit.parent = unit.id == "security" ? "operations" : "product";
            unit.name = unit.id == "security" ? unit.name : "Applied AI";
        }
        org.units.push_back(unit);
    }
}

void addWorkflows(Organisation& org)
{
    for (std::size_t i = 0; i < Workflows.size(); ++i) {
        const DemoDepartment& department = Departments[DemoOrganisation::departmentOf(i)];
        std::string owner{i % 5 == 0 ? department.head : Owners[(i * 7) % Owners.size()]};
        if (i % 15 == 13)
            owner.clear();
        org.workflows.push_back({std::string{Workflows[i].id}, std::string{Workflows[i].name},
            std::string{department.id}, owner, std::string{Workflows[i].category}, {}});
    }
}

class RulesWriter {
public:
    explicit RulesWriter(JsonWriter& json)
        : m_json{json}
    {
    }
    RulesWriter& rule(std::string_view id)
    {
        m_json.beginObject().member("id", id);
        return *this;
    }
    RulesWriter& when(std::string_view field, std::string_view test, std::string_view value)
    {
        m_json.key("when")
            .beginArray()
            .beginObject()
            .member("field", field)
            .member(test, value)
            .endObject()
            .endArray();
        return *this;
    }
    RulesWriter& whenModelCall()
    {
        m_json.key("when")
            .beginArray()
            .beginObject()
            .member("field", "ServiceCategory")
            .member("equals", "AI and Machine Learning");
        m_json.endObject().endArray();
        return *this;
    }
    void assign(std::string_view attribute, std::string_view value)
    {
        m_json.key("assign").beginObject().member(attribute, value).endObject().endObject();
    }
    void assignField(std::string_view attribute, std::string_view field, std::string_view table)
    {
        m_json.key("assign")
            .beginObject()
            .key(attribute)
            .beginObject()
            .member("field", field)
            .member("table", table);
        m_json.endObject().endObject().endObject();
    }
    void split(
        std::initializer_list<std::pair<std::size_t, int>> shares, std::string_view workflow = {})
    {
        m_json.key("split").beginArray();
        for (const auto& share : shares) {
            m_json.beginObject().key("weight").integer(share.second).key("assign").beginObject();
            m_json.member("unit", Departments[share.first].id);
            if (!workflow.empty())
                m_json.member("workflow", workflow);
            m_json.endObject().endObject();
        }
        m_json.endArray().endObject();
    }

private:
    JsonWriter& m_json;
};

void writeTables(JsonWriter& json)
{
    json.key("tables").beginObject();
    json.key("team_alias").beginObject();
    for (const DemoDepartment& department : Departments)
        json.member(department.alias, department.id);
    json.endObject();
    json.key("workflow_category").beginObject();
    for (const DemoWorkflow& workflow : Workflows)
        json.member(workflow.id, workflow.category);
    json.endObject();
    json.endObject();
}

} // namespace

const DemoDepartment& DemoOrganisation::department(std::size_t index)
{
    return Departments[index];
}

const DemoWorkflow& DemoOrganisation::workflow(std::size_t index)
{
    return Workflows[index];
}

std::string DemoOrganisation::csv(const DemoCalendar& calendar)
{
    Organisation org;
    addPeople(org, calendar);
    addUnits(org, calendar);
    org.costCentres.push_back({"CC-100", "Group", "clara.winter", {}});
    for (const DemoDepartment& department : Departments)
        org.costCentres.push_back({std::string{department.costCentre}, std::string{department.name},
            std::string{department.head}, {}});
    addWorkflows(org);
    return organisationCsv(org);
}

std::string DemoOrganisation::rulesetJson(const DemoCalendar& calendar)
{
    JsonWriter json{JsonWriter::Style::Indented};
    json.beginObject()
        .member("name", "Marlow Group")
        .member("effective_from", calendar.firstDay.toIso())
        .member("extends", "default-1");
    writeTables(json);
    json.key("rules").beginArray();
    RulesWriter rules{json};
    rules.rule("marlow-team-alias").assignField("unit", "tag:team", "team_alias");
    rules.rule("marlow-department-alias").assignField("unit", "tag:department", "team_alias");
    rules.rule("marlow-workflow-project")
        .whenModelCall()
        .assignField("category", "tag:workflow", "workflow_category");
    rules.rule("marlow-workflow-project-tag")
        .whenModelCall()
        .assignField("category", "tag:project", "workflow_category");
    rules.rule("marlow-second-coding-assistant")
        .when("ServiceName", "starts_with", "Windsurf")
        .assign("category", "vendor_overlap");
    rules.rule("marlow-second-transcriber")
        .when("ServiceName", "starts_with", "Otter")
        .assign("category", "vendor_overlap");
    rules.rule("marlow-shared-gpu")
        .when("SubAccountName", "equals", "shared-ml-platform")
        .split({{0, 30}, {1, 30}, {3, 20}, {7, 20}});
    rules.rule("marlow-coding-seats")
        .when("ServiceName", "starts_with", "GitHub Copilot")
        .split({{0, 25}, {1, 25}, {2, 30}, {9, 15}, {10, 5}}, "coding-assistants");
    rules.rule("marlow-cursor-seats")
        .when("ServiceName", "starts_with", "Cursor")
        .split({{1, 50}, {2, 50}}, "coding-assistants");
    rules.rule("marlow-chat-seats")
        .when("ServiceName", "starts_with", "ChatGPT")
        .split({{3, 20}, {4, 20}, {5, 20}, {6, 10}, {7, 15}, {8, 15}}, "office-assistants");
    json.endArray().endObject();
    return json.take();
}

} // namespace sluice
