// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/SpendPlan.h"

#include "core/base/Check.h"
#include "core/base/TextFold.h"

#include <algorithm>
#include <map>
#include <set>

namespace sluice {

namespace {

using Source = Dimension::Source;

// Days outside of what a file can say would only come from damaged bytes: they get no place in the
// table.
constexpr BusinessDate FirstDayEver{std::chrono::year{0} / std::chrono::January / 1};
constexpr BusinessDate EndOfDays{std::chrono::year{10'000} / std::chrono::January / 1};

constexpr std::string_view CurrencyField = "currency";

} // namespace

std::string batchValue(const Dimension& dimension, const SnapshotBatch& batch, const Scope& scope)
{
    if (dimension.name == "batch")
        return batch.publicId;
    return dimension.name == "source" ? batch.source
                                      : billingPeriodLabel(scope.periodStart, scope.periodEnd);
}

SpendPlan::SpendPlan(const LedgerSnapshot& snapshot, const SpendQuery& query, Options options)
    : m_by{query.by}
    , m_where{query.where}
    , m_words{query.words}
    , m_kind{query.kind}
    , m_options{options}
    , m_keys{snapshot.keys}
    , m_columnCache{snapshot.columns}
    , m_attribution{snapshot.attribution}
{
    planPlaces(snapshot);
    planDays(snapshot, query);
    planEras();
    fillDays(query.grain, snapshot.settings.calendar);
    planMonths();
    planKeys();
    planEntries();
}

bool SpendPlan::overlaps(BusinessDate first, BusinessDate last) const noexcept
{
    return m_firstDay <= last.daysSinceEpoch()
        && std::int64_t{first.daysSinceEpoch()}
        < m_firstDay + static_cast<std::int64_t>(m_daysOf.size());
}

void SpendPlan::planDays(const LedgerSnapshot& snapshot, const SpendQuery& query)
{
    BusinessDate first = EndOfDays;
    BusinessDate end = FirstDayEver;
    for (const SnapshotChunk& chunk : snapshot.chunks) {
        if (!m_wanted[chunk.batch])
            continue;
        first = std::min(first, chunk.firstDay);
        end = std::max(end, std::min(chunk.lastDay, EndOfDays).plusDays(1));
    }
    m_dataFirst = std::max(first, FirstDayEver);
    m_dataEnd = end;
    if (query.period) {
        first = std::max(first, query.period->first);
        end = std::min(end, query.period->end);
    }
    first = std::max(first, FirstDayEver);
    end = std::min(end, EndOfDays);
    m_firstDay = first.daysSinceEpoch();
    if (first < end)
        m_daysOf.resize(static_cast<std::size_t>(end.daysSinceEpoch() - first.daysSinceEpoch()));
}

// Only eras that hold a day of the query cost anything; where no attribute is asked for there is
// but one.
void SpendPlan::planEras()
{
    std::set<BusinessDate> starts{BusinessDate{m_firstDay}};
    const BusinessDate end{m_firstDay + static_cast<std::int32_t>(m_daysOf.size())};
    if (usesAttributes()) {
        const std::vector<BusinessDate>& days = m_attribution->eraStarts;
        std::copy_if(days.begin(), days.end(), std::inserter(starts, starts.end()),
            [&](BusinessDate day) { return BusinessDate{m_firstDay} < day && day < end; });
    }
    for (const BusinessDate start : starts)
        m_eras.push_back({start, m_attribution->eraOf(start)});
}

void SpendPlan::fillDays(const std::optional<Grain>& grain, FiscalCalendar calendar)
{
    std::uint32_t era = 0;
    BusinessDate bucketEnd{m_firstDay};
    if (!grain) {
        m_buckets.emplace_back();
        m_bucketEnds.emplace_back();
    }
    for (std::size_t i = 0; i < m_daysOf.size(); ++i) {
        const BusinessDate day{m_firstDay + static_cast<std::int32_t>(i)};
        bool changes = i == 0;
        if (grain && day >= bucketEnd) {
            bucketEnd = bucketOf(day, *grain, calendar).end;
            m_buckets.push_back(sluice::bucketLabel(day, *grain, calendar));
            m_bucketEnds.emplace_back();
            changes = true;
        }
        m_bucketEnds.back() = day.plusDays(1);
        if (era + 1 < m_eras.size() && m_eras[era + 1].start <= day) {
            ++era;
            changes = true;
        }
        if (changes)
            m_days.push_back(
                {day.daysSinceEpoch(), 0, era, static_cast<std::uint32_t>(m_buckets.size() - 1)});
        ++m_days.back().count;
        m_daysOf[i] = static_cast<std::uint32_t>(m_days.size() - 1);
    }
}

void SpendPlan::planMonths()
{
    if (m_daysOf.empty() || m_dataFirst >= m_dataEnd)
        return;
    const std::int32_t end = m_firstDay + static_cast<std::int32_t>(m_daysOf.size());
    BusinessDate month = firstOfMonth(m_dataFirst);
    m_firstMonth = month.daysSinceEpoch();
    m_monthOf.resize(static_cast<std::size_t>(m_dataEnd.daysSinceEpoch() - m_firstMonth), None);
    m_partial.resize(m_daysOf.size(), false);
    while (month < m_dataEnd) {
        const BusinessDate next = firstOfMonth(month, 1);
        const std::int32_t first = std::max(month, m_dataFirst).daysSinceEpoch();
        const std::int32_t last = std::min(next, m_dataEnd).daysSinceEpoch() - 1;
        const auto indexOf
            = [this](std::int32_t day) { return static_cast<std::size_t>(day - m_firstDay); };
        if (first >= m_firstDay && last < end
            && m_daysOf[indexOf(first)] == m_daysOf[indexOf(last)]) {
            m_monthOf[static_cast<std::size_t>(month.daysSinceEpoch() - m_firstMonth)]
                = m_daysOf[indexOf(first)];
        } else if (first < end && last >= m_firstDay) {
            m_hasPartialMonths = true;
            for (std::int32_t day = std::max(first, m_firstDay); day <= std::min(last, end - 1);
                 ++day)
                m_partial[indexOf(day)] = true;
        }
        month = next;
    }
}

std::string_view SpendPlan::value(std::size_t by, std::uint32_t group, std::uint32_t place) const
{
    const Dimension& dimension = m_by[by];
    const auto [keyGroup, attributeGroup] = m_groups.pair(group);
    switch (dimension.source) {
    case Source::Key: {
        const KeyMatrix::Column& column = m_matrix->column(m_columnOf[by]);
        return m_matrix->text(column.values[column.numbers[m_keyOfGroup[keyGroup]]]);
    }
    case Source::Attribute: {
        const Part part = m_partOfGroup[attributeGroup];
        const AttributionPart& share
            = m_attribution->assignments[part.assignment].parts[part.share];
        return m_attribution->strings.text(
            share.values[static_cast<std::size_t>(dimension.attribute)]);
    }
    case Source::Batch:
        return m_placeOf[place][by];
    case Source::Detail:
        break;
    }
    return {};
}

void SpendPlan::planPlaces(const LedgerSnapshot& snapshot)
{
    std::map<std::vector<std::string>, std::uint32_t> numbers;
    for (const SnapshotBatch& batch : snapshot.batches) {
        std::vector<std::uint32_t>& places = m_places.emplace_back(batch.scopes.size(), None);
        SLUICE_CHECK(batch.live.size() == batch.scopes.size());
        const bool kindAsked = batch.kind == m_kind;
        for (std::size_t i = 0; i < places.size(); ++i) {
            const Scope& scope = batch.scopes[i];
            const bool wanted = kindAsked && batch.live[i]
                && std::all_of(m_where.begin(), m_where.end(), [&](const DimensionFilter& filter) {
                       return filter.dimension.source != Source::Batch
                           || filter.wants(batchValue(filter.dimension, batch, scope));
                   });
            if (!wanted)
                continue;
            std::vector<std::string> values(m_by.size());
            for (std::size_t by = 0; by < m_by.size(); ++by) {
                if (m_by[by].source == Source::Batch)
                    values[by] = batchValue(m_by[by], batch, scope);
            }
            const auto [known, isNew] = numbers.try_emplace(
                std::move(values), static_cast<std::uint32_t>(m_placeOf.size()));
            if (isNew)
                m_placeOf.push_back(known->first);
            places[i] = known->second;
        }
        m_wanted.push_back(std::any_of(
            places.begin(), places.end(), [](std::uint32_t place) { return place != None; }));
    }
}

void SpendPlan::planKeys()
{
    std::vector<std::string> fields;
    const auto columnOf = [&fields](std::string_view field) {
        const auto known = std::find(fields.begin(), fields.end(), field);
        if (known != fields.end())
            return static_cast<std::size_t>(known - fields.begin());
        fields.emplace_back(field);
        return fields.size() - 1;
    };
    const std::size_t currencyColumn = columnOf(CurrencyField);
    for (const Dimension& dimension : m_by)
        m_columnOf.push_back(dimension.source == Source::Key ? columnOf(dimension.name) : 0);
    std::vector<std::size_t> filterColumns;
    for (const DimensionFilter& filter : m_where)
        filterColumns.push_back(
            filter.dimension.source == Source::Key ? columnOf(filter.dimension.name) : 0);
    m_matrix = std::make_unique<KeyMatrix>(*m_keys, fields, m_columnCache.get());

    m_keyGroups = m_matrix->column(currencyColumn).numbers;
    for (std::size_t i = 0; i < m_where.size(); ++i) {
        if (m_where[i].dimension.source != Source::Key)
            continue;
        const KeyMatrix::Column& column = m_matrix->column(filterColumns[i]);
        std::vector<bool> wanted;
        for (const StringId value : column.values)
            wanted.push_back(m_where[i].wants(m_matrix->text(value)));
        for (KeyId key = 0; key < m_keyGroups.size(); ++key) {
            if (!wanted[column.numbers[key]])
                m_keyGroups[key] = None;
        }
    }
    keepKeysWithWords();
    for (std::size_t by = 0; by < m_by.size(); ++by) {
        if (m_by[by].source != Source::Key)
            continue;
        const KeyMatrix::Column& column = m_matrix->column(m_columnOf[by]);
        GroupNumbers numbers;
        for (KeyId key = 0; key < m_keyGroups.size(); ++key) {
            if (m_keyGroups[key] != None)
                m_keyGroups[key] = numbers.of(m_keyGroups[key], column.numbers[key]);
        }
    }
    for (KeyId key = 0; key < m_keyGroups.size(); ++key) {
        if (m_keyGroups[key] == None)
            continue;
        if (m_keyGroups[key] >= m_keyOfGroup.size())
            m_keyOfGroup.resize(m_keyGroups[key] + 1, 0);
        m_keyOfGroup[m_keyGroups[key]] = key;
    }
    const KeyMatrix::Column& currencies = m_matrix->column(currencyColumn);
    for (const KeyId key : m_keyOfGroup) {
        const auto parsed
            = Currency::parse(m_matrix->text(currencies.values[currencies.numbers[key]]));
        m_currencyOfGroup.push_back(parsed.ok() ? *parsed : Currency{});
    }
}

void SpendPlan::keepKeysWithWords()
{
    for (const TextFilter& filter : m_words) {
        std::vector<bool> holds;
        for (StringId id = 0; id < m_keys->strings().size(); ++id)
            holds.push_back(folded(m_keys->text(id)).find(filter.text) != std::string::npos);
        for (KeyId key = 0; key < m_keyGroups.size(); ++key) {
            const auto cells = m_keys->cells(key);
            const bool found = std::any_of(cells.begin(), cells.end(),
                [&holds](const KeyCell& cell) { return holds[cell.value]; });
            if (found == filter.excludes)
                m_keyGroups[key] = None;
        }
    }
}

bool SpendPlan::usesAttributes() const
{
    const auto isAttribute
        = [](const Dimension& dimension) { return dimension.source == Source::Attribute; };
    return std::any_of(m_by.begin(), m_by.end(), isAttribute)
        || std::any_of(m_where.begin(), m_where.end(),
            [&](const DimensionFilter& filter) { return isAttribute(filter.dimension); });
}

std::uint32_t SpendPlan::attributeGroup(Part part)
{
    const AttributionPart& share = m_attribution->assignments[part.assignment].parts[part.share];
    for (std::size_t i = 0; i < m_where.size(); ++i) {
        if (!m_attributeFilters[i].empty()
            && !m_attributeFilters[i][share.values[static_cast<std::size_t>(
                m_where[i].dimension.attribute)]])
            return None;
    }
    std::uint32_t group = 0;
    for (std::size_t by = 0; by < m_by.size(); ++by) {
        if (m_by[by].source != Source::Attribute)
            continue;
        const StringId value = share.values[static_cast<std::size_t>(m_by[by].attribute)];
        group = m_attributeNumbers[by].of(group, m_options.presenceOnly ? value != 0 : value);
    }
    if (group >= m_partOfGroup.size())
        m_partOfGroup.resize(group + 1, part);
    return group;
}

void SpendPlan::planAttributes()
{
    for (std::uint32_t assignment = 0; assignment < m_attribution->assignments.size();
         ++assignment) {
        const std::size_t first = m_shareGroups.size();
        const std::size_t shares = m_attribution->assignments[assignment].parts.size();
        SLUICE_CHECK(shares > 0);
        for (std::uint32_t share = 0; share < shares; ++share)
            m_shareGroups.push_back(attributeGroup({assignment, share}));
        const bool alike = std::all_of(m_shareGroups.begin() + static_cast<std::ptrdiff_t>(first),
            m_shareGroups.end(),
            [&](std::uint32_t group) { return group == m_shareGroups[first]; });
        m_firstShare.push_back(first);
        m_wholeGroup.push_back(alike ? m_shareGroups[first] : SplitBit);
    }
}

std::uint32_t SpendPlan::splitEntry(std::uint32_t keyGroup, std::uint32_t assignment)
{
    Split split;
    split.currency = m_currencyOfGroup[keyGroup];
    const std::vector<AttributionPart>& parts = m_attribution->assignments[assignment].parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        split.weights.push_back(parts[i].weight);
        const std::uint32_t attributeGroup = m_shareGroups[m_firstShare[assignment] + i];
        const std::uint32_t group
            = attributeGroup == None ? None : m_groups.of(keyGroup, attributeGroup);
        const bool first = group != None
            && std::find(split.groups.begin(), split.groups.end(), group) == split.groups.end();
        split.groups.push_back(group);
        split.counts.push_back(first);
        split.rows += first ? 1 : 0;
    }
    m_splits.push_back(std::move(split));
    return SplitBit | static_cast<std::uint32_t>(m_splits.size() - 1);
}

void SpendPlan::planEntries()
{
    m_attributeNumbers.resize(m_by.size());
    for (const DimensionFilter& filter : m_where) {
        std::vector<bool>& wanted = m_attributeFilters.emplace_back();
        if (filter.dimension.source != Source::Attribute)
            continue;
        wanted.assign(m_attribution->strings.size(), filter.excludes);
        for (const std::string& value : filter.values) {
            if (const StringId* id = m_attribution->strings.find(
                    value == NoValue ? std::string_view{} : std::string_view{value}))
                wanted[*id] = !filter.excludes;
        }
    }
    planAttributes();
    for (const Era& era : m_eras) {
        GroupNumbers splits; // of this era: (key group, assignment)
        std::vector<std::uint32_t> splitEntries;
        std::vector<std::uint32_t>& entries = m_entries.emplace_back(m_keyGroups.size(), None);
        const std::vector<std::uint32_t>& assignmentOf
            = m_attribution->assignmentOf[era.attribution];
        SLUICE_CHECK(assignmentOf.size() == m_keyGroups.size());
        for (KeyId key = 0; key < entries.size(); ++key) {
            const std::uint32_t keyGroup = m_keyGroups[key];
            const std::uint32_t whole = m_wholeGroup[assignmentOf[key]];
            if (keyGroup == None || whole == None)
                continue;
            if (whole != SplitBit) {
                entries[key] = m_groups.of(keyGroup, whole);
                continue;
            }
            m_isSplit.resize(entries.size(), false);
            m_isSplit[key] = true;
            const std::uint32_t number = splits.of(keyGroup, assignmentOf[key]);
            if (number == splitEntries.size())
                splitEntries.push_back(splitEntry(keyGroup, assignmentOf[key]));
            entries[key] = splitEntries[number];
        }
    }
}

} // namespace sluice
