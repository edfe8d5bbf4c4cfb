// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/demo/DemoTags.h"

#include "core/base/JsonWriter.h"
#include "core/services/demo/DemoOrganisation.h"

#include <utility>
#include <vector>

namespace sluice {
namespace {

struct TagKeys {
    std::string_view team;
    std::string_view costCentre;
    std::string_view workflow;
    std::string_view environment;
};

TagKeys keysOf(DemoSource source)
{
    switch (source) {
    case DemoSource::Azure:
        return {"Department", "CostCenter", "UseCase", "Env"};
    case DemoSource::Google:
        return {"team", "cost-center", "workflow", "env"};
    case DemoSource::Oracle:
        return {"department", "costcenter", "workflow", "environment"};
    case DemoSource::OpenAi:
    case DemoSource::Anthropic:
    case DemoSource::Mistral:
        return {"team", "cost_center", "project", "env"};
    default:
        return {"team", "cost_center", "workflow", "environment"};
    }
}

std::string upper(std::string text)
{
    for (char& c : text)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 32);
    return text;
}

std::string environmentOf(SeededRandom& random)
{
    constexpr std::array<std::string_view, 12> Values{"prod", "prod", "prod", "production", "PROD",
        "prod", "prd", "staging", "stg", "dev", "Development", "test"};
    return std::string{Values[random.below(Values.size())]};
}

} // namespace

std::string demoTags(std::uint64_t seed, std::uint32_t stream, DemoSource source,
    std::size_t department, std::size_t workflow)
{
    SeededRandom random = demoRandom(seed, {71, stream});
    const auto mess = random.below(100);
    if (mess < 11)
        return {};
    const DemoDepartment& team = DemoOrganisation::department(department);
    TagKeys keys = keysOf(source);
    std::string teamValue{random.chance(1, 2) ? team.name : team.id};
    std::vector<std::pair<std::string, std::string>> tags;
    if (mess < 16)
        teamValue = team.alias;
    else if (mess < 21)
        teamValue = upper(std::string{team.id});
    else if (mess < 24)
        teamValue += " ";
    if (mess >= 24 && mess < 32)
        tags.emplace_back(upper(std::string{keys.team}), teamValue);
    else if (mess >= 38 || mess < 24)
        tags.emplace_back(keys.team, teamValue);
    if (mess >= 32 && mess < 38) {
        tags.emplace_back(keys.team, teamValue);
        tags.emplace_back(" " + std::string{keys.team}, teamValue);
    }
    if (random.chance(4, 5))
        tags.emplace_back(keys.costCentre, team.costCentre);
    if (mess < 88)
        tags.emplace_back(keys.workflow,
            random.chance(3, 4) ? DemoOrganisation::workflow(workflow).id
                                : DemoOrganisation::workflow(workflow).name);
    tags.emplace_back(keys.environment, environmentOf(random));
    JsonWriter json;
    json.beginObject();
    for (const auto& tag : tags)
        json.member(tag.first, tag.second);
    json.endObject();
    return json.take();
}

} // namespace sluice
