// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/Profile.h"

#include "core/attribution/PlacedJson.h"
#include "core/base/Decimal.h"
#include "core/base/Resource.h"
#include "core/ingest/RuleCell.h"

#include <simdjson.h>

#include <algorithm>
#include <cctype>
#include <tuple>

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
        if (m_profile.decimalPoint == m_profile.thousandsSeparator)
            return fault("decimal and thousands are both '" + std::string{m_profile.decimalPoint}
                    + "', so that 1" + m_profile.decimalPoint
                    + "234 could be either; a mapping that leaves decimal out means '.'",
                "Say another sign for one of them");
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
        if (key == "lacks")
            return foldedList(key, value, m_profile.lacks);
        if (key == "rows")
            return readRows(value);
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

    Status readRows(element value)
    {
        for (const auto mark : simdjson::dom::object{value}) {
            const std::string_view key = mark.key;
            if (key == "empty") {
                SLUICE_TRY_DO(foldedList(key, mark.value, m_profile.rows.empty));
            } else if (key == "same") {
                for (const element group : simdjson::dom::array{mark.value})
                    SLUICE_TRY_DO(foldedList(key, group, m_profile.rows.same.emplace_back()));
            } else if (key == "equal") {
                for (const auto column : simdjson::dom::object{mark.value})
                    SLUICE_TRY_DO(text(
                        key, column.value, m_profile.rows.equal[foldedColumnName(column.key)]));
            } else if (key == "differ") {
                for (const auto column : simdjson::dom::object{mark.value})
                    SLUICE_TRY_DO(list(
                        key, column.value, m_profile.rows.differ[foldedColumnName(column.key)]));
            } else {
                return fault("'" + std::string{key} + "' is no mark of rows",
                    "Use equal, differ, empty or same");
            }
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

    Status foldedList(std::string_view key, element value, std::set<std::string>& out)
    {
        std::set<std::string> names;
        SLUICE_TRY_DO(list(key, value, names));
        for (const std::string& name : names)
            out.insert(foldedColumnName(name));
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

bool sameValue(std::string_view a, std::string_view b)
{
    if (a == b)
        return true;
    Decimal x;
    Decimal y;
    return tryParseDecimal(a, x) && tryParseDecimal(b, y) && compare(x, y) == 0;
}

// A file's header, by folded names, and the rows that a profile may look at.
class Specimen {
public:
    Specimen(std::span<const std::string> header, const RecordBatch* rows)
        : m_width{header.size()}
        , m_rows{rows}
    {
        for (std::size_t i = 0; i < header.size(); ++i)
            m_columns.emplace(foldedColumnName(header[i]), i);
    }

    [[nodiscard]] bool has(const std::string& column) const { return m_columns.count(column) > 0; }

    [[nodiscard]] bool bears(const RowMarks& marks) const
    {
        if (marks.none())
            return true;
        bool any = false;
        for (std::size_t row = 0; m_rows != nullptr && row < m_rows->size(); ++row) {
            const Fields fields = m_rows->fields(row);
            if (fields.size() < m_width) // cut short: it says nothing
                continue;
            if (!bears(marks, fields))
                return false;
            any = true;
        }
        return any;
    }

private:
    using Fields = std::span<const std::string_view>;

    // Nothing where the file does not have the column.
    [[nodiscard]] std::optional<std::string_view> value(
        Fields fields, const std::string& column) const
    {
        const auto found = m_columns.find(column);
        if (found == m_columns.end())
            return std::nullopt;
        const std::string_view text = fields[found->second];
        return isNullText(text) ? std::string_view{} : text;
    }

    [[nodiscard]] bool areSame(const std::set<std::string>& columns, Fields fields) const
    {
        std::optional<std::string_view> first;
        for (const std::string& column : columns) {
            const auto text = value(fields, column);
            if (text && first && !sameValue(*first, *text))
                return false;
            first = first ? first : text;
        }
        return true;
    }

    [[nodiscard]] bool bears(const RowMarks& marks, Fields fields) const
    {
        const auto equals = [&](const auto& wanted) {
            const auto text = value(fields, wanted.first);
            return text && sameValue(*text, wanted.second);
        };
        const auto differs = [&](const auto& others) {
            const auto text = value(fields, others.first);
            return !text || others.second.count(std::string{*text}) == 0;
        };
        return std::all_of(marks.equal.begin(), marks.equal.end(), equals)
            && std::all_of(marks.differ.begin(), marks.differ.end(), differs)
            && std::all_of(marks.empty.begin(), marks.empty.end(),
                [&](const std::string& column) {
                    return value(fields, column).value_or("").empty();
                })
            && std::all_of(marks.same.begin(), marks.same.end(),
                [&](const auto& columns) { return areSame(columns, fields); });
    }

    std::size_t m_width;
    const RecordBatch* m_rows;
    std::map<std::string, std::size_t> m_columns;
};

bool recognises(const Profile& profile, const Specimen& file)
{
    const auto has = [&file](const std::string& column) { return file.has(column); };
    return std::all_of(profile.recognise.begin(), profile.recognise.end(),
               [&](const auto& group) { return std::any_of(group.begin(), group.end(), has); })
        && std::none_of(profile.lacks.begin(), profile.lacks.end(), has)
        && file.bears(profile.rows);
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

bool Profile::derives(std::string_view column) const
{
    return (chargeIsOneDay && column == "ChargePeriodEnd")
        || (billingPeriodFromCharge
            && (column == "BillingPeriodStart" || column == "BillingPeriodEnd"));
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

bool readsAlike(const Profile& a, const Profile& b)
{
    const auto reading = [](const Profile& p) {
        return std::tie(p.columns, p.constants, p.values, p.inclusiveEnds, p.dateOrder,
            p.decimalPoint, p.thousandsSeparator, p.billingPeriodFromCharge, p.chargeIsOneDay);
    };
    return reading(a) == reading(b);
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

const Profile& recogniseProfile(std::span<const std::string> header, const RecordBatch* first)
{
    const Specimen file{header, first};
    const auto& profiles = builtInProfiles();
    const auto found = std::find_if(profiles.begin(), profiles.end(),
        [&file](const Profile& profile) { return recognises(profile, file); });
    return found == profiles.end() ? profiles.back() : *found;
}

} // namespace sluice
