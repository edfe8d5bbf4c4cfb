// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/KeyMatrix.h"

#include "core/attribution/KeyColumnCache.h"
#include "core/base/TextFold.h"

#include <algorithm>
#include <limits>

namespace sluice {

KeyMatrix::KeyMatrix(
    const KeyDictionary& keys, const std::vector<std::string>& fields, KeyColumnCache* cache)
    : m_keys{keys}
    , m_columns(fields.size())
{
    std::vector<std::string> missing;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (cache != nullptr)
            m_columns[i] = cache->find(fields[i]);
        if (m_columns[i])
            continue;
        missing.push_back(fields[i]);
        places.push_back(i);
    }
    if (missing.empty())
        return;
    std::vector<Column> made = makeColumns(missing);
    for (std::size_t i = 0; i < made.size(); ++i) {
        m_columns[places[i]] = std::make_shared<const Column>(std::move(made[i]));
        if (cache != nullptr)
            cache->add(missing[i], m_columns[places[i]]);
    }
}

std::vector<KeyMatrix::Column> KeyMatrix::makeColumns(const std::vector<std::string>& fields) const
{
    const std::vector<std::vector<Target>> targets = findTargets(fields);
    std::vector<std::vector<StringId>> raw(
        fields.size(), std::vector<StringId>(m_keys.keyCount(), 0));
    std::vector<std::uint32_t> best(fields.size());
    for (std::size_t key = 0; key < m_keys.keyCount(); ++key) {
        std::fill(best.begin(), best.end(), std::numeric_limits<std::uint32_t>::max());
        for (const KeyCell& cell : m_keys.cells(static_cast<KeyId>(key))) {
            if (cell.field >= targets.size() || targets[cell.field].empty()
                || trimmed(m_keys.text(cell.value)).empty())
                continue;
            for (const Target& target : targets[cell.field]) {
                if (target.priority >= best[target.column])
                    continue;
                best[target.column] = target.priority;
                raw[target.column][key] = cell.value;
            }
        }
    }
    return number(std::move(raw));
}

std::vector<std::vector<KeyMatrix::Target>> KeyMatrix::findTargets(
    const std::vector<std::string>& fields) const
{
    std::vector<std::vector<Target>> targets;
    const std::vector<StringId> present = m_keys.fields();
    for (const StringId field : present)
        targets.resize(std::max<std::size_t>(targets.size(), field + 1));
    std::vector<std::string> foldedNames;
    foldedNames.reserve(present.size());
    for (const StringId field : present)
        foldedNames.push_back(foldedFieldName(m_keys.text(field)));
    for (std::size_t column = 0; column < fields.size(); ++column) {
        const auto parsed = parseKeyField(fields[column]);
        SLUICE_CHECK(parsed.ok());
        for (std::size_t i = 0; i < present.size(); ++i) {
            const auto exact = std::find(
                parsed->columns.begin(), parsed->columns.end(), m_keys.text(present[i]));
            const bool twin = !parsed->foldedName.empty() && parsed->foldedName == foldedNames[i];
            if (exact == parsed->columns.end() && !twin)
                continue;
            // Fields come sorted by name, so that twins after the exactly named one count in that
            // order.
            const std::size_t priority = exact != parsed->columns.end()
                ? static_cast<std::size_t>(exact - parsed->columns.begin())
                : parsed->columns.size() + i;
            targets[present[i]].push_back(
                {static_cast<std::uint32_t>(column), static_cast<std::uint32_t>(priority)});
        }
    }
    return targets;
}

std::vector<KeyMatrix::Column> KeyMatrix::number(std::vector<std::vector<StringId>> raw) const
{
    std::vector<Column> columns(raw.size());
    std::vector<std::uint32_t> numberOf(m_keys.strings().size(), 0);
    for (std::size_t i = 0; i < raw.size(); ++i) {
        Column& column = columns[i];
        column.numbers.resize(raw[i].size());
        for (std::size_t key = 0; key < raw[i].size(); ++key) {
            const StringId value = raw[i][key];
            if (value == 0)
                continue;
            if (numberOf[value] == 0) {
                numberOf[value] = static_cast<std::uint32_t>(column.values.size());
                column.values.push_back(value);
            }
            column.numbers[key] = numberOf[value];
        }
        for (const StringId value : column.values)
            numberOf[value] = 0;
    }
    return columns;
}

} // namespace sluice
