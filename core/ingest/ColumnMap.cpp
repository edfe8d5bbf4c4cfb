// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/ColumnMap.h"

#include <algorithm>
#include <map>
#include <set>

namespace sluice {
namespace {

// Descriptive columns of FOCUS that real files may fill with a new text for each row.
bool isOpenEnded(std::string_view column)
{
    return column == "ChargeDescription" || column == "Tags" || column == "SkuPriceDetails"
        || column == "AllocatedTags";
}

SlotRole roleOf(
    const FocusColumn* known, std::string_view column, const std::set<std::string>& demoted)
{
    if (demoted.count(std::string{column}) > 0)
        return SlotRole::Detail;
    if (known == nullptr)
        return column.substr(0, 2) == "x_" ? SlotRole::Capped : SlotRole::Detail;
    switch (known->role) {
    case ColumnRole::Key:
        return isOpenEnded(column) ? SlotRole::Capped : SlotRole::Class;
    case ColumnRole::Value:
        return SlotRole::Value;
    case ColumnRole::Detail:
        return SlotRole::Detail;
    }
    return SlotRole::Detail;
}

class Mapper {
public:
    Mapper(std::span<const std::string> header, const Profile& profile,
        const FocusCatalogue& catalogue, const std::set<std::string>& demoted)
        : m_profile{profile}
        , m_catalogue{catalogue}
        , m_demoted{demoted}
    {
        for (std::size_t i = 0; i < header.size(); ++i)
            m_fields.emplace(foldedColumnName(header[i]), static_cast<int>(i));
    }

    ColumnMap map(std::span<const std::string> header)
    {
        m_map.fieldCount = header.size();
        const HeaderMatch match = m_catalogue.match(header);
        if (match.isFocus)
            m_map.focusVersion = focusVersionText(match.version);
        m_map.findings = match.findings;
        mapNamed();
        for (std::size_t i = 0; i < match.columns.size(); ++i) {
            const HeaderColumn& column = match.columns[i];
            const bool foreign = !match.isFocus && column.known != nullptr
                && !m_profile.recognise.empty() && column.caseDiffers;
            if (foreign)
                continue;
            if (column.repeated)
                addUnknown(column.name, static_cast<int>(i));
            else
                add(column.canonical, static_cast<int>(i), {});
        }
        for (const auto& [column, value] : m_profile.constants) {
            if (!m_map.find(column))
                add(column, -1, value);
        }
        std::stable_sort(
            m_map.columnSlots.begin(), m_map.columnSlots.end(), [](const Slot& a, const Slot& b) {
                return static_cast<unsigned>(a.field) < static_cast<unsigned>(b.field);
            });
        return std::move(m_map);
    }

private:
    // A column of the file may stand for several of FOCUS, and for itself besides.
    void mapNamed()
    {
        for (const auto& [column, names] : m_profile.columns) {
            for (const std::string& name : names) {
                const auto found = m_fields.find(foldedColumnName(name));
                if (found == m_fields.end())
                    continue;
                add(column, found->second, {});
                break;
            }
        }
    }

    void add(const std::string& column, int field, std::string constant)
    {
        if (m_map.find(column))
            return;
        const FocusColumn* known = m_catalogue.find(column);
        Slot slot;
        slot.column = column;
        slot.field = field;
        slot.constant = std::move(constant);
        slot.role = roleOf(known, column, m_demoted);
        slot.type = known != nullptr ? known->type : ColumnType::String;
        const auto values = m_profile.values.find(column);
        slot.values = values == m_profile.values.end() ? nullptr : &values->second;
        m_map.columnSlots.push_back(std::move(slot));
    }

    // A column that is kept and means nothing, whatever FOCUS once meant by its name.
    void addUnknown(const std::string& column, int field)
    {
        if (m_map.find(column))
            return;
        Slot slot;
        slot.column = column;
        slot.field = field;
        slot.role = roleOf(nullptr, column, m_demoted);
        m_map.columnSlots.push_back(std::move(slot));
    }

    const Profile& m_profile;
    const FocusCatalogue& m_catalogue;
    const std::set<std::string>& m_demoted;
    std::map<std::string, int> m_fields;
    ColumnMap m_map;
};

Status requireColumns(const ColumnMap& map, const Profile& profile)
{
    std::string missing;
    for (const std::string& column : missingColumns(map, profile))
        missing += (missing.empty() ? "" : ", ") + column;
    if (missing.empty())
        return Status::success();
    return Error{ErrorCode::MissingColumns, "line 1",
        "the file has no column for " + missing + ", so its rows cannot be charges",
        "Say with a mapping (--map FILE) which columns these are, or export the file as FOCUS"};
}

// Every FOCUS column that a mapping speaks of.
std::set<std::string> columnsOf(const Profile& mapping)
{
    std::set<std::string> columns{mapping.inclusiveEnds};
    for (const auto& entry : mapping.columns)
        columns.insert(entry.first);
    for (const auto& entry : mapping.constants)
        columns.insert(entry.first);
    for (const auto& entry : mapping.values)
        columns.insert(entry.first);
    return columns;
}

Status requireMappable(const Profile& mapping, std::span<const std::string> header,
    const FocusCatalogue& catalogue, const std::string& where)
{
    std::set<std::string> names;
    for (const std::string& name : header)
        names.insert(foldedColumnName(name));
    const auto has
        = [&names](const std::string& name) { return names.count(foldedColumnName(name)) > 0; };
    for (const std::string& column : columnsOf(mapping)) {
        const FocusColumn* known = catalogue.canonical(column);
        if (known != nullptr && known->name != column)
            return Error{ErrorCode::BadInput, where,
                "the mapping speaks of '" + column + "', which FOCUS calls " + known->name
                    + " today",
                "Write " + known->name};
        if (known == nullptr && column.substr(0, 2) != "x_" && !has(column))
            return Error{ErrorCode::BadInput, where,
                "the mapping speaks of '" + column
                    + "', which is neither a FOCUS column nor one of the file",
                "Write the column's name as FOCUS does (BilledCost, ServiceName …), or with x_ in front for one of your own"};
    }
    for (const auto& [column, given] : mapping.columns) {
        if (std::any_of(given.begin(), given.end(), has))
            continue;
        std::string wanted;
        for (const std::string& name : given)
            wanted.append(wanted.empty() ? "'" : " or '").append(name).append("'");
        std::string what{"the mapping takes "};
        what.append(column).append(" from ").append(wanted).append(
            ", and the file has no such column");
        return Error{
            ErrorCode::BadInput, where, std::move(what), "Write the name as in the file's header"};
    }
    return Status::success();
}

} // namespace

Result<Profile> profileOf(std::span<const std::string> header, const RecordBatch* first,
    const std::optional<std::string>& id, const std::optional<Profile>& mapping,
    const FocusCatalogue& catalogue, const std::string& where)
{
    Profile profile;
    if (id) {
        SLUICE_TRY(const Profile* found, findProfile(*id));
        profile = *found;
    } else {
        profile = recogniseProfile(header, first);
    }
    if (!mapping)
        return profile;
    SLUICE_TRY_DO(requireMappable(*mapping, header, catalogue, where));
    return overlaid(std::move(profile), *mapping);
}

std::optional<std::size_t> ColumnMap::find(std::string_view column) const
{
    const auto found = std::find_if(columnSlots.begin(), columnSlots.end(),
        [column](const Slot& slot) { return slot.column == column; });
    if (found == columnSlots.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - columnSlots.begin());
}

std::vector<std::string> ColumnMap::columns() const
{
    std::vector<std::string> names;
    for (const Slot& slot : columnSlots)
        names.push_back(slot.column);
    return names;
}

std::vector<bool> ColumnMap::classColumns() const
{
    std::vector<bool> flags;
    for (const Slot& slot : columnSlots)
        flags.push_back(slot.role == SlotRole::Class || slot.role == SlotRole::Capped);
    return flags;
}

ColumnMap matchColumns(std::span<const std::string> header, const Profile& profile,
    const FocusCatalogue& catalogue, const std::set<std::string>& demoted)
{
    return Mapper{header, profile, catalogue, demoted}.map(header);
}

std::vector<std::string> missingColumns(const ColumnMap& map, const Profile& profile)
{
    std::vector<std::string> needed{"BilledCost", "EffectiveCost", "ChargePeriodStart"};
    if (!profile.billingPeriodFromCharge)
        needed.insert(needed.end(), {"BillingPeriodStart", "BillingPeriodEnd"});
    if (!profile.chargeIsOneDay)
        needed.emplace_back("ChargePeriodEnd");
    std::erase_if(needed, [&map](const std::string& column) { return map.find(column); });
    return needed;
}

Result<ColumnMap> mapColumns(std::span<const std::string> header, const Profile& profile,
    const FocusCatalogue& catalogue, const std::set<std::string>& demoted)
{
    ColumnMap map = matchColumns(header, profile, catalogue, demoted);
    SLUICE_TRY_DO(requireColumns(map, profile));
    return map;
}

} // namespace sluice
