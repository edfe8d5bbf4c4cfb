// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/Profile.h"

#include "core/attribution/PlacedJson.h"
#include "core/base/Resource.h"

#include <simdjson.h>

#include <algorithm>
#include <cctype>

namespace sluice {
namespace {

using simdjson::dom::element;

// Reads the members of one profile; the first fault ends it.
class ProfileReader {
public:
    ProfileReader(std::string_view fileName, Profile& profile)
        : m_fileName{fileName}
        , m_profile{profile}
    {
    }

    Status read(simdjson::dom::object object)
    {
        for (const auto member : object)
            SLUICE_TRY_DO(readMember(member.key, member.value));
        return Status::success();
    }

private:
    Status readMember(std::string_view key, element value)
    {
        if (key == "id")
            return text(key, value, m_profile.id);
        if (key == "title")
            return text(key, value, m_profile.title);
        if (key == "source")
            return text(key, value, m_profile.source);
        if (key == "kind" || key == "delivery" || key == "dates" || key == "decimal"
            || key == "thousands")
            return readChoice(key, value);
        if (key == "recognise")
            return readRecognise(value);
        if (key == "first_row")
            return texts(key, value, m_profile.firstRow);
        if (key == "columns")
            return readColumns(value);
        if (key == "constants")
            return texts(key, value, m_profile.constants);
        if (key == "values")
            return readValues(value);
        if (key == "inclusive_ends")
            return list(key, value, m_profile.inclusiveEnds);
        if (key == "waivers")
            return list(key, value, m_profile.waivers);
        if (key == "billing_period_from_charge")
            return flag(key, value, m_profile.billingPeriodFromCharge);
        if (key == "charge_is_one_day")
            return flag(key, value, m_profile.chargeIsOneDay);
        return fault("there is no member '" + std::string{key} + "'",
            "Use columns, constants, values, dates, decimal, thousands, kind, delivery, source, inclusive_ends, "
            "billing_period_from_charge, charge_is_one_day or waivers");
    }

    Status readChoice(std::string_view key, element value)
    {
        std::string choice;
        SLUICE_TRY_DO(text(key, value, choice));
        if (key == "kind") {
            SLUICE_TRY(m_profile.kind, parseBatchKind(choice));
            return Status::success();
        }
        if (key == "delivery" && (choice == "overwrite" || choice == "append")) {
            m_profile.delivery = choice == "append" ? Delivery::Append : Delivery::Overwrite;
            return Status::success();
        }
        if (key == "dates" && (choice == "month_first" || choice == "day_first")) {
            m_profile.dateOrder
                = choice == "day_first" ? DateOrder::DayFirst : DateOrder::MonthFirst;
            return Status::success();
        }
        if ((key == "decimal" || key == "thousands") && choice.size() == 1
            && std::string_view{".,' "}.find(choice[0]) != std::string_view::npos) {
            (key == "decimal" ? m_profile.decimalPoint : m_profile.thousandsSeparator) = choice[0];
            return Status::success();
        }
        return fault("'" + choice + "' is no value of '" + std::string{key} + "'",
            "delivery is overwrite or append, dates is month_first or day_first, decimal and thousands are one character of . , ' or a blank");
    }

    Status readRecognise(element value)
    {
        for (const element group : simdjson::dom::array{value}) {
            std::vector<std::string> names;
            for (const element name : simdjson::dom::array{group})
                names.push_back(foldedColumnName(std::string_view{name}));
            m_profile.recognise.push_back(std::move(names));
        }
        return Status::success();
    }

    Status readColumns(element value)
    {
        if (!value.is_object())
            return wrongKind("columns", "an object of FOCUS column to name in the file");
        for (const auto member : simdjson::dom::object{value}) {
            std::vector<std::string>& names = m_profile.columns[std::string{member.key}];
            if (member.value.is_string()) {
                names.emplace_back(std::string_view{member.value});
                continue;
            }
            std::set<std::string> none;
            SLUICE_TRY_DO(list(member.key, member.value, none));
            for (const element name : simdjson::dom::array{member.value})
                names.emplace_back(std::string_view{name});
        }
        return Status::success();
    }

    Status readValues(element value)
    {
        if (!value.is_object())
            return wrongKind("values", "an object of FOCUS column to an object of value to value");
        for (const auto member : simdjson::dom::object{value})
            SLUICE_TRY_DO(
                texts(member.key, member.value, m_profile.values[std::string{member.key}]));
        return Status::success();
    }

    Status text(std::string_view key, element value, std::string& out)
    {
        if (!value.is_string())
            return wrongKind(key, "a text");
        out = std::string_view{value};
        return Status::success();
    }

    Status texts(std::string_view key, element value, std::map<std::string, std::string>& out)
    {
        if (!value.is_object())
            return wrongKind(key, "an object of texts");
        for (const auto member : simdjson::dom::object{value})
            SLUICE_TRY_DO(text(member.key, member.value, out[std::string{member.key}]));
        return Status::success();
    }

    Status list(std::string_view key, element value, std::set<std::string>& out)
    {
        if (!value.is_array())
            return wrongKind(key, "a list of texts");
        for (const element item : simdjson::dom::array{value}) {
            if (!item.is_string())
                return wrongKind(key, "a list of texts");
            out.emplace(std::string_view{item});
        }
        return Status::success();
    }

    Status flag(std::string_view key, element value, bool& out)
    {
        if (!value.is_bool())
            return wrongKind(key, "true or false");
        out = bool{value};
        return Status::success();
    }

    Status wrongKind(std::string_view key, std::string_view wanted)
    {
        return fault("'" + std::string{key} + "' is not " + std::string{wanted}, {});
    }

    Status fault(std::string what, std::string fix)
    {
        return Error{ErrorCode::BadInput, m_fileName, std::move(what), std::move(fix)};
    }

    std::string m_fileName;
    Profile& m_profile;
};

bool recognises(const Profile& profile, const std::set<std::string>& columns,
    const std::map<std::string, std::string_view>& firstRow)
{
    const auto groupHolds = [&](const std::vector<std::string>& group) {
        return std::any_of(group.begin(), group.end(),
            [&](const std::string& name) { return columns.count(name) > 0; });
    };
    const auto valueHolds = [&](const auto& wanted) {
        const auto found = firstRow.find(foldedColumnName(wanted.first));
        return found != firstRow.end() && found->second == wanted.second;
    };
    return std::all_of(profile.recognise.begin(), profile.recognise.end(), groupHolds)
        && std::all_of(profile.firstRow.begin(), profile.firstRow.end(), valueHolds);
}

} // namespace

std::string foldedColumnName(std::string_view name)
{
    if (!name.empty() && name.back() == ')') {
        if (const auto open = name.rfind('('); open != std::string_view::npos)
            name = name.substr(open + 1, name.size() - open - 2);
    }
    std::string folded;
    for (const char c : name) {
        if (c != ' ' && c != '_' && c != '-')
            folded.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
    return folded;
}

Result<Profile> parseProfile(std::string_view json, std::string_view fileName)
{
    simdjson::dom::parser parser;
    element root;
    if (const auto error = parser.parse(json.data(), json.size()).get(root);
        error != simdjson::SUCCESS) {
        PlacedJson placed;
        const std::optional<JsonFault> fault = readPlacedJson(json, placed);
        const std::string where = std::string{fileName}
            + (fault ? ", line " + std::to_string(fault->line) + ", column "
                        + std::to_string(fault->column)
                     : "");
        return Error{ErrorCode::BadInput, where,
            std::string{"this is not JSON: "} + simdjson::error_message(error), "Mend it there"};
    }
    if (!root.is_object())
        return Error{ErrorCode::BadInput, std::string{fileName}, "a mapping is a JSON object",
            R"(Begin it with { and end it with }: {"columns": {"BilledCost": "Cost"}})"};
    Profile profile;
    try {
        SLUICE_TRY_DO(ProfileReader(fileName, profile).read(simdjson::dom::object{root}));
    } catch (const simdjson::simdjson_error& error) {
        return Error{ErrorCode::BadInput, std::string{fileName},
            std::string{"a member has the wrong type: "} + error.what(), {}};
    }
    return profile;
}

Profile overlaid(Profile base, const Profile& mapping)
{
    const Profile untouched;
    const auto take = [](auto& target, const auto& wanted, const auto& initial) {
        if (wanted != initial)
            target = wanted;
    };
    take(base.source, mapping.source, untouched.source);
    take(base.kind, mapping.kind, untouched.kind);
    take(base.delivery, mapping.delivery, untouched.delivery);
    take(base.dateOrder, mapping.dateOrder, untouched.dateOrder);
    take(base.decimalPoint, mapping.decimalPoint, untouched.decimalPoint);
    take(base.thousandsSeparator, mapping.thousandsSeparator, untouched.thousandsSeparator);
    base.billingPeriodFromCharge |= mapping.billingPeriodFromCharge;
    base.chargeIsOneDay |= mapping.chargeIsOneDay;
    for (const auto& [column, names] : mapping.columns)
        base.columns[column] = names;
    for (const auto& [column, value] : mapping.constants)
        base.constants[column] = value;
    for (const auto& [column, table] : mapping.values) {
        for (const auto& [from, to] : table)
            base.values[column][from] = to;
    }
    base.inclusiveEnds.insert(mapping.inclusiveEnds.begin(), mapping.inclusiveEnds.end());
    base.waivers.insert(mapping.waivers.begin(), mapping.waivers.end());
    return base;
}

const std::vector<Profile>& builtInProfiles()
{
    static const std::vector<Profile> profiles = [] {
        std::vector<Profile> all;
        for (const std::string_view name : resourceLines("profiles/order.txt")) {
            const std::string path = "profiles/" + std::string{name} + ".json";
            auto profile = parseProfile(resource(path), path);
            SLUICE_CHECK(profile.ok());
            all.push_back(std::move(profile).value());
        }
        return all;
    }();
    return profiles;
}

Result<const Profile*> findProfile(std::string_view id)
{
    std::string known;
    for (const Profile& profile : builtInProfiles()) {
        if (profile.id == id)
            return &profile;
        known += (known.empty() ? "" : ", ") + profile.id;
    }
    return Error{ErrorCode::Usage, {}, "there is no profile '" + std::string{id} + "'",
        "Use one of " + known};
}

const Profile& recogniseProfile(
    std::span<const std::string> header, std::span<const std::string_view> firstRow)
{
    std::set<std::string> columns;
    std::map<std::string, std::string_view> values;
    for (std::size_t i = 0; i < header.size(); ++i) {
        columns.insert(foldedColumnName(header[i]));
        if (i < firstRow.size())
            values[foldedColumnName(header[i])] = firstRow[i];
    }
    const auto& profiles = builtInProfiles();
    const auto found = std::find_if(profiles.begin(), profiles.end(),
        [&](const Profile& profile) { return recognises(profile, columns, values); });
    return found == profiles.end() ? profiles.back() : *found;
}

} // namespace sluice
