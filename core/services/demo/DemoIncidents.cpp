// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/demo/DemoIncidents.h"

#include "core/base/Decimal.h"
#include "core/base/JsonWriter.h"
#include "core/services/demo/DemoOrganisation.h"

#include <algorithm>

namespace sluice {
namespace {

constexpr int MoneyScale = 18;

std::string_view categoryOf(const std::string& workflow)
{
    for (std::size_t i = 0; i < DemoOrganisation::WorkflowCount; ++i)
        if (DemoOrganisation::workflow(i).id == workflow)
            return DemoOrganisation::workflow(i).category;
    return {};
}

// Whether a filter on provider, service, model and sub-account cannot tell the two apart.
bool isInScopeOf(const DemoStream& other, const DemoStream& stream)
{
    return other.source == stream.source && other.service == stream.service
        && other.model == stream.model && other.subAccountId == stream.subAccountId;
}

// Fees and taxes of a month stand on its first day: three days without any charge lie between two
// of those.
int daysAgoWithin(BusinessDate end, int daysAgo, int days)
{
    for (int day = 0; day < days; ++day) {
        const BusinessDate at = end.plusDays(day - daysAgo);
        if (at == firstOfMonth(at, 0))
            return daysAgo - day - 1;
    }
    return daysAgo;
}

} // namespace

template <class Match>
void DemoIncidents::plan(Kind kind, std::string_view name, int daysAgo, int days,
    std::map<std::string, std::string> scope, Match match)
{
    Rule rule;
    rule.kind = kind;
    rule.incident = m_incidents.size();
    rule.streams.resize(m_streams.size() + 1);
    for (const DemoStream& stream : m_streams)
        rule.streams[stream.id] = match(stream);
    m_rules.push_back(std::move(rule));
    const BusinessDate first = m_calendar.end.plusDays(-daysAgo);
    m_incidents.push_back(
        {std::string{name}, std::move(scope), first, first.plusDays(days - 1), "USD", 0});
}

const DemoStream* DemoIncidents::deployment(
    DemoSource source, std::string_view category, std::size_t skip) const
{
    const auto isAlone = [&](const DemoStream& stream) {
        return std::ranges::none_of(m_streams, [&](const DemoStream& other) {
            return other.resourceId != stream.resourceId && isInScopeOf(other, stream);
        });
    };
    const DemoStream* found = nullptr;
    for (const DemoStream& stream : m_streams) {
        if (stream.source != source || stream.model.empty() || stream.from != m_calendar.firstDay
            || stream.skuMeter != "Output tokens"
            || (!category.empty() && categoryOf(stream.workflow) != category) || !isAlone(stream))
            continue;
        found = &stream;
        if (skip-- == 0)
            break;
    }
    return found;
}

// All meters of one model deployment move together.
void DemoIncidents::planDeployment(
    Kind kind, std::string_view name, int daysAgo, int days, const DemoStream* stream)
{
    if (stream == nullptr)
        return;
    const DemoSourceInfo& source = demoSource(stream->source);
    std::map<std::string, std::string> scope{{"provider", std::string{source.provider}},
        {"service", stream->service}, {"model", stream->model}};
    if (!stream->subAccountId.empty())
        scope["sub_account"] = stream->subAccountId;
    const std::string resource = stream->resourceId;
    plan(kind, name, daysAgo, days, std::move(scope),
        [resource](const DemoStream& other) { return other.resourceId == resource; });
}

DemoIncidents::DemoIncidents(const std::vector<DemoStream>& streams, const DemoCalendar& calendar)
    : m_streams{streams}
    , m_calendar{calendar}
{
    planDeployment(Kind::RetryLoop, "retry_loop", 38, 2, deployment(DemoSource::OpenAi, "", 0));
    planDeployment(Kind::RunawayAgent, "runaway_agent", 24, 11,
        deployment(DemoSource::Anthropic, "agents", 0));
    planDeployment(Kind::RetryLoop, "retry_loop", 251, 2, deployment(DemoSource::Azure, "", 0));
    planDeployment(
        Kind::RunawayAgent, "runaway_agent", 402, 5, deployment(DemoSource::OpenAi, "agents", 0));
    planDeployment(
        Kind::VanishedSpend, "vanished_spend", 41, 41, deployment(DemoSource::Azure, "", 1));
    plan(Kind::IdleGpu, "idle_gpu", 61, 61,
        {{"provider", "AWS"}, {"service", "Amazon Elastic Compute Cloud"}, {"sku", "g5.12xlarge"}},
        [](const DemoStream& stream) {
            return stream.source == DemoSource::Aws && stream.skuId == "g5.12xlarge";
        });
    plan(Kind::PriceChange, "price_change", 75, 75,
        {{"provider", "Anthropic"}, {"model", "claude-sonnet-4.5"}}, [](const DemoStream& stream) {
            return stream.source == DemoSource::Anthropic && stream.model == "claude-sonnet-4.5";
        });
    plan(Kind::DoubleDelivery, "duplicate_delivery", 52, 2, {{"provider", "Google Cloud"}},
        [](const DemoStream& stream) { return stream.source == DemoSource::Google; });
    plan(Kind::MissingDays, "missing_days", daysAgoWithin(calendar.end, 46, 3), 3,
        {{"provider", "Oracle"}},
        [](const DemoStream& stream) { return stream.source == DemoSource::Oracle; });
    plan(Kind::NewVendor, "new_vendor", 33, 33, {{"provider", "Fireworks AI"}},
        [](const DemoStream& stream) { return stream.incidentOnly; });
    const int month = DemoCalendar::Months - 4;
    DemoIncident restatement{"restatement", {{"provider", "AWS"}}, calendar.month(month),
        calendar.monthEnd(month).plusDays(-1), "USD", 0};
    m_incidents.push_back(std::move(restatement));
}

std::optional<std::size_t> DemoIncidents::on(
    const DemoStream& stream, BusinessDate day, DemoEffect& effect) const
{
    for (const Rule& rule : m_rules) {
        const DemoIncident& incident = m_incidents[rule.incident];
        if (!rule.streams[stream.id] || day < incident.firstDay || incident.lastDay < day)
            continue;
        const std::int64_t dayOfIt = day.daysSinceEpoch() - incident.firstDay.daysSinceEpoch();
        switch (rule.kind) {
        case Kind::RetryLoop:
            effect.amount = dayOfIt == 0 ? 9'000 : 6'500;
            break;
        case Kind::RunawayAgent:
            effect.amount = 1'800 + dayOfIt * 900;
            break;
        case Kind::IdleGpu:
            effect.extra = 1'150'000'000;
            break;
        case Kind::PriceChange:
            effect.price = 1'300;
            break;
        case Kind::DoubleDelivery:
            effect.copies = 2;
            break;
        case Kind::MissingDays:
        case Kind::VanishedSpend:
            effect.copies = 0;
            break;
        case Kind::NewVendor:
            break;
        }
        return rule.incident;
    }
    return std::nullopt;
}

std::string DemoIncidents::truthJson() const
{
    JsonWriter json{JsonWriter::Style::Indented};
    json.beginObject().key("incidents").beginArray();
    for (const DemoIncident& incident : m_incidents) {
        json.beginObject().member("kind", incident.kind).key("scope").beginObject();
        for (const auto& dimension : incident.scope)
            json.member(dimension.first, dimension.second);
        json.endObject()
            .member("first_day", incident.firstDay.toIso())
            .member("last_day", incident.lastDay.toIso());
        json.member("money", toString(Decimal{incident.money, MoneyScale}))
            .member("currency", incident.currency)
            .endObject();
    }
    json.endArray().endObject();
    return json.take();
}

} // namespace sluice
