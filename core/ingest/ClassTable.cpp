// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/ClassTable.h"

#include "core/base/Int128.h"
#include "core/ingest/RuleCell.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>

namespace sluice {
namespace {

    // Multiply-and-fold over 8 bytes at a time (the construction of wyhash): good enough for a table that compares
    // the bytes afterwards, and several bytes a cycle.
    std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept
    {
        const UInt128 product = static_cast<UInt128>(a) * b;
        return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
    }

    std::uint64_t hashBytes(std::string_view bytes) noexcept
    {
        constexpr std::uint64_t First = 0xA0761D6478BD642FULL;
        constexpr std::uint64_t Second = 0xE7037ED1A0B428DBULL;
        std::uint64_t hash = bytes.size() ^ First;
        while (bytes.size() >= 16) {
            std::uint64_t a = 0;
            std::uint64_t b = 0;
            std::memcpy(&a, bytes.data(), 8);
            std::memcpy(&b, bytes.data() + 8, 8);
            hash = mix(a ^ Second, b ^ hash);
            bytes.remove_prefix(16);
        }
        std::uint64_t rest[2]{};
        std::memcpy(rest, bytes.data(), bytes.size());
        return mix(hash ^ rest[0], rest[1] ^ Second);
    }

} // namespace

ClassTable::ClassTable(const ColumnMap& map, KeyDictionary& keys, std::set<std::string>& demoted)
    : m_map{map}
    , m_keys{keys}
    , m_demoted{demoted}
    , m_isClass{map.classColumns()}
    , m_table(1024, 0)
{
    for (std::size_t slot = 0; slot < m_isClass.size(); ++slot) {
        if (!m_isClass[slot])
            continue;
        m_classSlots.push_back(slot);
        const std::string& column = map.columnSlots[slot].column;
        if (column == "Tags")
            m_reduced.push_back({slot, "tag:", false, {}});
        else if (column == "SkuPriceDetails")
            m_reduced.push_back({slot, "SkuPriceDetails.", false, {}});
        else if (map.columnSlots[slot].role == SlotRole::Capped)
            m_distinct.push_back({slot, {}});
    }
}

void ClassTable::reduce(Reduced& reduced, std::string_view json) const
{
    reduced.text.clear();
    for (const auto& [name, value] : parseFlatObject(json)) {
        if (m_demoted.count(reduced.prefix + name) == 0)
            reduced.text += name + '\x1f' + value + '\x1e';
    }
}

void ClassTable::gather(std::span<const std::string_view> texts)
{
    const auto textOf = [&](std::size_t slot) { return m_anyReduced ? m_row[slot] : texts[slot]; };
    if (m_anyReduced) {
        m_row.assign(texts.begin(), texts.end());
        for (Reduced& reduced : m_reduced) {
            if (!reduced.active)
                continue;
            reduce(reduced, texts[reduced.slot]);
            m_row[reduced.slot] = reduced.text;
        }
    }
    std::size_t size = 0;
    for (const std::size_t slot : m_classSlots)
        size += sizeof(std::uint32_t) + textOf(slot).size();
    if (m_bytes.size() < size)
        m_bytes.resize(2 * size);
    char* at = m_bytes.data();
    for (const std::size_t slot : m_classSlots) {
        const std::string_view text = textOf(slot);
        const auto length = static_cast<std::uint32_t>(text.size());
        std::memcpy(at, &length, sizeof length);
        std::memcpy(at + sizeof length, text.data(), length);
        at += sizeof length + length;
    }
    m_bytes.resize(size);
}

std::uint32_t ClassTable::probe(std::uint64_t hash) const
{
    const std::size_t mask = m_table.size() - 1;
    std::size_t at = hash & mask;
    for (; m_table[at] != 0; at = (at + 1) & mask) {
        const Entry& entry = m_entries[m_table[at] - 1];
        if (entry.hash == hash && entry.size == m_bytes.size() && std::memcmp(m_arena.data() + entry.offset, m_bytes.data(), entry.size) == 0)
            break;
    }
    return static_cast<std::uint32_t>(at);
}

void ClassTable::grow()
{
    m_table.assign(m_table.size() * 2, 0);
    const std::size_t mask = m_table.size() - 1;
    for (std::uint32_t i = 0; i < m_entries.size(); ++i) {
        std::size_t at = m_entries[i].hash & mask;
        while (m_table[at] != 0)
            at = (at + 1) & mask;
        m_table[at] = i + 1;
    }
}

ClassTable::Found ClassTable::find(std::span<const std::string_view> texts)
{
    gather(texts);
    std::uint64_t hash = hashBytes(m_bytes);
    std::uint32_t at = probe(hash);
    if (m_table[at] != 0)
        return {m_table[at] - 1, false};
    if (demoteColumns(texts)) {
        gather(texts);
        hash = hashBytes(m_bytes);
        at = probe(hash);
    }
    const auto id = static_cast<std::uint32_t>(m_classes.size());
    m_entries.push_back({hash, m_arena.size(), m_bytes.size()});
    m_arena += m_bytes;
    m_classes.push_back(describe(texts));
    m_table[at] = id + 1;
    if (m_entries.size() * 2 > m_table.size())
        grow();
    return {id, true};
}

bool ClassTable::demoteColumns(std::span<const std::string_view> texts)
{
    bool changed = false;
    for (Distinct& distinct : m_distinct) {
        const std::size_t slot = distinct.slot;
        if (!m_isClass[slot])
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
    m_classSlots.erase(std::remove_if(m_classSlots.begin(), m_classSlots.end(), [this](std::size_t slot) { return !m_isClass[slot]; }),
        m_classSlots.end());
    m_entries.clear();
    m_classes.clear();
    m_arena.clear();
    std::fill(m_table.begin(), m_table.end(), 0U);
    m_columnsChanged = true;
    return true;
}

RowClass ClassTable::describe(std::span<const std::string_view> texts)
{
    m_cells.clear();
    RowClass result;
    for (const std::size_t slot : m_classSlots) {
        const Slot& info = m_map.columnSlots[slot];
        std::string_view text = texts[slot];
        if (isNullText(text))
            continue;
        if (info.column == "BillingCurrency") {
            if (const auto currency = Currency::parse(text); currency.ok())
                result.currency = *currency;
        } else if (info.column == "BillingAccountId") {
            result.billingAccount = m_keys.intern(text);
        }
        const auto reduced = std::find_if(m_reduced.begin(), m_reduced.end(), [slot](const Reduced& r) { return r.slot == slot; });
        if (reduced != m_reduced.end())
            addObject(*reduced, text);
        else
            addCell(info.column, text);
    }
    // Of a member that JSON says twice the first counts, whatever number its text has.
    std::stable_sort(m_cells.begin(), m_cells.end(), [](const KeyCell& x, const KeyCell& y) { return x.field < y.field; });
    m_cells.erase(std::unique(m_cells.begin(), m_cells.end(), [](const KeyCell& a, const KeyCell& b) { return a.field == b.field; }), m_cells.end());
    result.key = m_keys.internKey(m_cells);
    return result;
}

void ClassTable::addCell(std::string_view field, std::string_view value)
{
    const StringId fieldId = m_keys.intern(field);
    const StringId valueId = m_keys.intern(value);
    if (valueId != 0)
        m_cells.push_back({fieldId, valueId});
}

void ClassTable::addObject(Reduced& reduced, std::string_view json)
{
    for (const auto& [name, value] : parseFlatObject(json)) {
        const std::string field = reduced.prefix + name;
        if (value.empty())
            continue;
        if (countDistinct(field, value))
            addCell(field, value);
        else
            reduced.active = m_anyReduced = true;
    }
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

std::vector<std::pair<std::string, std::string>> parseFlatObject(std::string_view text)
{
    std::vector<std::pair<std::string, std::string>> members;
    std::string json{text};
    if (json.empty() || (json.front() != '{' && json.front() != '"'))
        return members;
    if (json.front() == '"')
        json = "{" + json + "}";
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    if (parser.parse(json).get(object) != simdjson::SUCCESS)
        return members;
    for (const auto member : object) {
        if (member.value.is_null())
            continue;
        std::string value;
        if (member.value.is_string())
            value = std::string_view{member.value};
        else
            value = simdjson::minify(member.value);
        members.emplace_back(member.key, std::move(value));
    }
    return members;
}

} // namespace sluice
