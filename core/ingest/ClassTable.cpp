// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/ClassTable.h"

#include "core/ingest/RuleCell.h"

#include <algorithm>

namespace sluice {

ClassTable::ClassTable(const ColumnMap& map, KeyDictionary& keys, std::set<std::string>& demoted)
    : m_map{map}
    , m_keys{keys}
    , m_demoted{demoted}
    , m_isClass{map.classColumns()}
    , m_table(1024)
{
    for (std::size_t slot = 0; slot < m_isClass.size(); ++slot) {
        if (!m_isClass[slot])
            continue;
        m_classSlots.push_back({slot, std::nullopt, 0});
        const std::string& column = map.columnSlots[slot].column;
        if (column == "Tags")
            m_objects.push_back({slot, "tag:", false, {}, {}});
        else if (column == "SkuPriceDetails")
            m_objects.push_back({slot, "SkuPriceDetails.", false, {}, {}});
        else if (map.columnSlots[slot].role == SlotRole::Capped)
            m_distinct.push_back({slot, {}});
    }
}

void ClassTable::reduce(Object& object, std::string_view json) const
{
    object.text.clear();
    for (const auto& [name, value] : parseFlatObject(json)) {
        if (m_demoted.count(object.prefix + name) == 0)
            object.text.append(name).append("\x1f").append(value).append("\x1e");
    }
}

KeyedHash::Value ClassTable::hashOf(std::span<const std::string_view> texts)
{
    if (m_anyReduced) {
        m_row.assign(texts.begin(), texts.end());
        for (Object& object : m_objects) {
            if (!object.reduced)
                continue;
            reduce(object, texts[object.slot]);
            m_row[object.slot] = object.text;
        }
        texts = m_row;
    }
    KeyedHash hash;
    for (const ClassSlot& at : m_classSlots)
        hash.add(texts[at.slot]);
    return hash.value();
}

// The entry of the hash, or the free one where it belongs.
ClassTable::Entry& ClassTable::probe(const KeyedHash::Value& hash)
{
    const std::size_t mask = m_table.size() - 1;
    std::size_t at = hash.first & mask;
    while (m_table[at].number != 0 && !(m_table[at].hash == hash))
        at = (at + 1) & mask;
    return m_table[at];
}

void ClassTable::grow()
{
    std::vector<Entry> old(m_table.size() * 2);
    old.swap(m_table);
    for (const Entry& entry : old) {
        if (entry.number != 0)
            probe(entry.hash) = entry;
    }
}

ClassTable::Found ClassTable::find(std::span<const std::string_view> texts)
{
    KeyedHash::Value hash = hashOf(texts);
    if (const Entry& known = probe(hash); known.number != 0)
        return {known.number - 1, false};
    if (demoteColumns(texts))
        hash = hashOf(texts);
    const auto id = static_cast<std::uint32_t>(m_classes.size());
    m_classes.push_back(describe(texts));
    probe(hash) = {hash, id + 1};
    if (m_classes.size() * 2 > m_table.size())
        grow();
    return {id, true};
}

bool ClassTable::demoteColumns(std::span<const std::string_view> texts)
{
    bool changed = false;
    for (Distinct& distinct : m_distinct) {
        const std::size_t slot = distinct.slot;
        if (!m_isClass[slot] || isNullText(texts[slot]))
            continue;
        distinct.values.emplace(texts[slot]);
        if (distinct.values.size() <= MaxDistinct)
            continue;
        m_isClass[slot] = false;
        distinct.values = {};
        m_demoted.insert(m_map.columnSlots[slot].column);
        changed = true;
    }
    if (!changed)
        return false;
    std::erase_if(m_classSlots, [this](const ClassSlot& at) { return !m_isClass[at.slot]; });
    m_classes.clear();
    std::fill(m_table.begin(), m_table.end(), Entry{});
    m_columnsChanged = true;
    return true;
}

RowClass ClassTable::describe(std::span<const std::string_view> texts)
{
    m_cells.clear();
    RowClass result;
    for (ClassSlot& at : m_classSlots) {
        const std::string_view text = texts[at.slot];
        if (isNullText(text))
            continue;
        const auto object = std::find_if(m_objects.begin(), m_objects.end(),
            [&at](const Object& o) { return o.slot == at.slot; });
        if (object != m_objects.end()) {
            addObject(*object, text);
            continue;
        }
        const std::string& column = m_map.columnSlots[at.slot].column;
        addCell(at, FocusCatalogue::canonicalValue(column, text));
        if (column == "BillingAccountId")
            result.billingAccount = at.lastValue;
        else if (column != "BillingCurrency")
            continue;
        else if (const auto currency = Currency::parse(text); currency.ok())
            result.currency = *currency;
    }
    // Of a member that JSON says twice the first counts, whatever number its text has.
    std::stable_sort(m_cells.begin(), m_cells.end(),
        [](const KeyCell& x, const KeyCell& y) { return x.field < y.field; });
    m_cells.erase(std::unique(m_cells.begin(), m_cells.end(),
                      [](const KeyCell& a, const KeyCell& b) { return a.field == b.field; }),
        m_cells.end());
    result.key = m_keys.internKey(m_cells);
    return result;
}

void ClassTable::addCell(ClassSlot& at, std::string_view value)
{
    if (!at.field)
        at.field = m_keys.intern(m_map.columnSlots[at.slot].column);
    if (m_keys.text(at.lastValue) != value)
        at.lastValue = m_keys.intern(value);
    m_cells.push_back({*at.field, at.lastValue});
}

void ClassTable::addObject(Object& object, std::string_view json)
{
    const auto known = object.cellsOf.find(std::string{json});
    if (known != object.cellsOf.end()) {
        m_cells.insert(m_cells.end(), known->second.begin(), known->second.end());
        return;
    }
    std::vector<KeyCell> cells = takeApart(object, json);
    m_cells.insert(m_cells.end(), cells.begin(), cells.end());
    if (object.cellsOf.size() >= MaxRemembered)
        object.cellsOf.clear();
    object.cellsOf.emplace(json, std::move(cells));
}

std::vector<KeyCell> ClassTable::takeApart(Object& object, std::string_view json)
{
    std::vector<KeyCell> cells;
    for (const auto& [name, value] : parseFlatObject(json)) {
        const std::string field = object.prefix + name;
        if (value.empty())
            continue;
        if (countDistinct(field, value)) {
            const StringId fieldId = m_keys.intern(field);
            cells.push_back({fieldId, m_keys.intern(value)});
        } else {
            object.reduced = m_anyReduced = true;
            object.cellsOf.clear(); // those of before may hold the member
        }
    }
    return cells;
}

bool ClassTable::countDistinct(const std::string& field, std::string_view value)
{
    if (m_demoted.count(field) > 0)
        return false;
    std::unordered_set<std::string>& values = m_distinctOfField[field];
    values.emplace(value);
    if (values.size() <= MaxDistinct)
        return true;
    values = {};
    m_demoted.insert(field);
    return false;
}

} // namespace sluice
