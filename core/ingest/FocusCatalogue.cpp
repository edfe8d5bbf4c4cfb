// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/FocusCatalogue.h"

#include "core/base/Check.h"
#include "core/base/Resource.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace sluice {
namespace {

constexpr std::array<std::pair<std::string_view, FocusVersion>, 7> Versions{{
    {"0.5", FocusVersion::V0_5},
    {"1.0", FocusVersion::V1_0},
    {"1.1", FocusVersion::V1_1},
    {"1.2", FocusVersion::V1_2},
    {"1.3", FocusVersion::V1_3},
    {"1.4", FocusVersion::V1_4},
    {"1.0-preview", FocusVersion::V1_0},
}};
constexpr std::array<FocusVersion, 6> NewestFirst{FocusVersion::V1_4, FocusVersion::V1_3,
    FocusVersion::V1_2, FocusVersion::V1_1, FocusVersion::V1_0, FocusVersion::V0_5};
// Fewer columns than this of FOCUS and the file is somebody else's table.
constexpr std::size_t FewestColumns = 6;

struct ValueRename {
    std::string_view column;
    std::string_view old;
    std::string_view now;
};
constexpr std::array<ValueRename, 3> ValueRenames{{
    {"PricingCategory", "On-Demand", "Standard"},
    {"PricingCategory", "Commitment-Based", "Committed"},
    {"PricingCategory", "Commitment Discount", "Committed"},
}};

bool sameFolded(std::string_view a, std::string_view b) noexcept
{
    const auto lower
        = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return a.size() == b.size()
        && std::equal(a.begin(), a.end(), b.begin(),
            [lower](char x, char y) { return lower(x) == lower(y); });
}

std::vector<std::string_view> fieldsOf(std::string_view line)
{
    std::vector<std::string_view> fields;
    while (true) {
        const std::size_t comma = line.find(',');
        fields.push_back(line.substr(0, comma));
        if (comma == std::string_view::npos)
            return fields;
        line.remove_prefix(comma + 1);
    }
}

template <class Value, std::size_t Size>
Value pick(const std::array<std::pair<std::string_view, Value>, Size>& table, std::string_view text)
{
    const auto found = std::find_if(
        table.begin(), table.end(), [text](const auto& entry) { return entry.first == text; });
    SLUICE_CHECK(found != table.end());
    return found->second;
}

// column,type,role,level,introduced,removed,renamed_to,superseded_by
FocusColumn parseColumn(std::string_view line)
{
    constexpr std::array<std::pair<std::string_view, ColumnType>, 4> Types{
        {{"string", ColumnType::String}, {"decimal", ColumnType::Decimal},
            {"datetime", ColumnType::DateTime}, {"json", ColumnType::Json}}};
    constexpr std::array<std::pair<std::string_view, ColumnRole>, 3> Roles{
        {{"key", ColumnRole::Key}, {"value", ColumnRole::Value}, {"detail", ColumnRole::Detail}}};
    constexpr std::array<std::pair<std::string_view, FeatureLevel>, 3> FeatureLevels{
        {{"mandatory", FeatureLevel::Mandatory}, {"recommended", FeatureLevel::Recommended},
            {"conditional", FeatureLevel::Conditional}}};
    const auto fields = fieldsOf(line);
    SLUICE_CHECK(fields.size() == 8);
    FocusColumn column;
    column.name = std::string{fields[0]};
    column.type = pick(Types, fields[1]);
    column.role = pick(Roles, fields[2]);
    column.level = pick(FeatureLevels, fields[3]);
    column.introduced = pick(Versions, fields[4]);
    if (!fields[5].empty())
        column.removed = pick(Versions, fields[5]);
    column.renamedTo = std::string{fields[6]};
    column.supersededBy = std::string{fields[7]};
    return column;
}

// Of the columns that mean the same the one with today's name is used, wherever it stands; of two
// older names the first.
void markRepeated(std::vector<HeaderColumn>& columns)
{
    const auto age = [](const HeaderColumn& column) {
        return (column.renamed ? 2 : 0) + (column.caseDiffers ? 1 : 0);
    };
    std::map<std::string_view, HeaderColumn*> used; // by canonical name
    for (HeaderColumn& column : columns) {
        const auto [known, isNew] = used.try_emplace(column.canonical, &column);
        if (isNew)
            continue;
        const bool wins = age(column) < age(*known->second);
        (wins ? known->second : &column)->repeated = true;
        if (wins)
            known->second = &column;
    }
}

std::string listed(const std::vector<std::string>& names)
{
    constexpr std::size_t Most = 4;
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < Most; ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > Most ? text + " and " + std::to_string(names.size() - Most) + " more"
                               : text;
}

} // namespace

std::string_view focusVersionText(FocusVersion version)
{
    return Versions[static_cast<std::size_t>(version)].first;
}

std::optional<FocusVersion> parseFocusVersion(std::string_view text)
{
    for (const auto& [name, version] : Versions) {
        if (name == text)
            return version;
    }
    return {};
}

std::vector<std::string> HeaderMatch::canonicalNames() const
{
    std::vector<std::string> names;
    for (const HeaderColumn& column : columns)
        names.push_back(column.repeated ? std::string{} : column.canonical);
    return names;
}

FocusCatalogue::FocusCatalogue()
{
    for (const std::string_view line : resourceLines("focus/columns.csv")) {
        if (!line.starts_with("column,"))
            m_columns.push_back(parseColumn(line));
    }
    SLUICE_CHECK(!m_columns.empty());
}

const FocusColumn* FocusCatalogue::find(std::string_view name) const
{
    const auto found = std::find_if(m_columns.begin(), m_columns.end(),
        [name](const FocusColumn& column) { return column.name == name; });
    return found == m_columns.end() ? nullptr : &*found;
}

const FocusColumn* FocusCatalogue::findFolded(std::string_view name) const
{
    const auto found = std::find_if(m_columns.begin(), m_columns.end(),
        [name](const FocusColumn& column) { return sameFolded(column.name, name); });
    return found == m_columns.end() ? nullptr : &*found;
}

const FocusColumn* FocusCatalogue::canonical(std::string_view name) const
{
    const FocusColumn* column = find(name);
    for (std::size_t step = 0;
         column != nullptr && !column->renamedTo.empty() && step < m_columns.size(); ++step)
        column = find(column->renamedTo);
    return column;
}

std::string_view FocusCatalogue::canonicalValue(std::string_view column, std::string_view value)
{
    for (const ValueRename& rename : ValueRenames) {
        if (rename.column == column && rename.old == value)
            return rename.now;
    }
    return value;
}

HeaderMatch FocusCatalogue::match(std::span<const std::string> header) const
{
    HeaderMatch match;
    for (const std::string& name : header)
        match.columns.push_back(describe(name));
    markRepeated(match.columns);
    std::vector<std::string> unknown;
    for (const HeaderColumn& column : match.columns) {
        if (column.repeated)
            match.findings.push_back("Column " + column.name + " is another name of "
                + column.canonical + ", which the file has too: it is kept as " + column.name
                + " and not used");
        else if (column.caseDiffers)
            match.findings.push_back("Column " + column.name + " is read as " + nameOfThen(column)
                + "; FOCUS writes it so");
        else if (column.known == nullptr && !column.custom)
            unknown.push_back(column.name);
    }
    if (!unknown.empty())
        match.findings.push_back("FOCUS does not know " + listed(unknown)
            + "; such columns are kept as they are, their names should start with x_");
    detectVersion(match);
    return match;
}

std::optional<std::size_t> FocusCatalogue::locate(
    const HeaderMatch& match, std::string_view name) const
{
    const FocusColumn* wanted = find(name);
    std::optional<std::size_t> related;
    for (std::size_t i = 0; i < match.columns.size(); ++i) {
        const HeaderColumn& column = match.columns[i];
        if (column.repeated)
            continue;
        if (column.canonical == name)
            return i;
        const bool older = column.known != nullptr && column.known->supersededBy == name;
        const bool newer = wanted != nullptr && wanted->supersededBy == column.canonical;
        if (older || newer)
            related = i;
    }
    return related;
}

// The name as FOCUS writes it, be it an older one.
std::string FocusCatalogue::nameOfThen(const HeaderColumn& column) const
{
    const FocusColumn* known = findFolded(column.name);
    return known != nullptr ? known->name : column.name;
}

HeaderColumn FocusCatalogue::describe(const std::string& name) const
{
    HeaderColumn column;
    column.name = name;
    column.canonical = name;
    column.custom = name.size() > 2 && (name[0] == 'x' || name[0] == 'X') && name[1] == '_';
    const FocusColumn* known = column.custom ? nullptr : find(name);
    if (known == nullptr && !column.custom) {
        known = findFolded(name);
        column.caseDiffers = known != nullptr;
    }
    if (known == nullptr)
        return column;
    column.known = canonical(known->name);
    column.canonical = column.known->name;
    column.renamed = column.known != known;
    return column;
}

// A column of the header speaks for the versions that have that very name and against the others. A
// column that is missing speaks a little against the versions that have it, more so a mandatory
// one: otherwise the newest would always win, as it has nearly all columns of the older ones.
void FocusCatalogue::detectVersion(HeaderMatch& match) const
{
    const auto holds = [&match](std::string_view name) {
        return std::any_of(match.columns.begin(), match.columns.end(),
            [name](const HeaderColumn& c) { return sameFolded(c.name, name); });
    };
    constexpr long Telling = 6;
    constexpr long MissingMandatory = 3;
    long bestScore = 0;
    bool any = false;
    std::vector<std::string> telling;
    for (const FocusVersion version : NewestFirst) {
        long score = 0;
        std::vector<std::string> newHere;
        for (const FocusColumn& column : m_columns) {
            const bool present = holds(column.name);
            if (present)
                score += column.isIn(version) ? Telling : -Telling;
            else if (column.isIn(version))
                score -= column.level == FeatureLevel::Mandatory ? MissingMandatory : 1;
            if (present && column.isIn(version)
                && (column.introduced == version
                    || (version == FocusVersion::V0_5 && column.removed)))
                newHere.push_back(column.name);
        }
        if (any && score <= bestScore)
            continue;
        any = true;
        bestScore = score;
        match.version = version;
        telling = std::move(newHere);
    }
    const auto known = std::count_if(match.columns.begin(), match.columns.end(),
        [](const HeaderColumn& column) { return column.known != nullptr && !column.repeated; });
    match.isFocus = static_cast<std::size_t>(known) >= FewestColumns;
    match.why = std::to_string(known) + " of " + std::to_string(match.columns.size())
        + " columns are of FOCUS";
    if (match.isFocus)
        match.why += "; they fit version " + std::string{focusVersionText(match.version)} + " best"
            + (telling.empty() ? std::string{} : ", told by " + listed(telling));
}

} // namespace sluice
