// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/GroupNumbers.h"
#include "core/analytics/SpendQuery.h"
#include "core/attribution/KeyColumnCache.h"

#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace sluice {

// What a batch dimension (batch, source, billing period) says of a scope.
std::string batchValue(const Dimension& dimension, const SnapshotBatch& batch, const Scope& scope);

// A query worked out against a snapshot as far as keys, scopes and days go: there are thousands of
// them and millions of cells, so that what is left for a cell is three array lookups and an
// addition. Immutable and thread-safe once made; keeps what it needs of the snapshot alive.
class SpendPlan {
public:
    // not asked for
    static constexpr std::uint32_t None = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::uint32_t SplitBit = 0x8000'0000;

    struct Options {
        bool presenceOnly{false}; // cut attributes by whether there is a value, not by which
    };
    // The shares of one key in one era, where the query tells them apart.
    struct Split {
        std::vector<std::uint32_t> weights; // of all shares, those not asked for included
        std::vector<std::uint32_t> groups; // by share: group, or None
        std::vector<bool> counts; // by share: the first of its group, which counts the charges
        std::uint32_t rows{0}; // distinct groups
        Currency currency;
    };
    // Days in a row that are alike to the query.
    struct Days {
        std::int32_t first{0};
        std::uint32_t count{0};
        std::uint32_t era{0};
        std::uint32_t bucket{None};
        [[nodiscard]] bool contains(std::int32_t day) const noexcept
        {
            return static_cast<std::uint32_t>(day) - static_cast<std::uint32_t>(first) < count;
        }
    };

    SpendPlan(const LedgerSnapshot& snapshot, const SpendQuery& query, Options options);

    [[nodiscard]] std::size_t groupCount() const noexcept { return m_groups.size(); }
    [[nodiscard]] std::size_t placeCount() const noexcept { return m_placeOf.size(); }
    [[nodiscard]] std::size_t bucketCount() const noexcept { return m_buckets.size(); }
    // By key: its group, None, or SplitBit and the number of a split.
    [[nodiscard]] const std::vector<std::uint32_t>& entries(std::size_t era) const noexcept
    {
        return m_entries[era];
    }
    [[nodiscard]] const Split& split(std::uint32_t entry) const noexcept
    {
        return m_splits[entry & ~SplitBit];
    }
    // The place (tuple of batch dimensions) of each scope of a batch, or None: another kind,
    // superseded, filtered out.
    [[nodiscard]] const std::vector<std::uint32_t>& places(std::uint32_t batch) const noexcept
    {
        return m_places[batch];
    }
    [[nodiscard]] bool wants(std::uint32_t batch) const noexcept { return m_wanted[batch]; }
    // Those around `day`; without a bucket where the query does not ask for it.
    [[nodiscard]] Days days(std::int32_t day) const noexcept
    {
        // before the first: beyond the last
        const auto index = static_cast<std::size_t>(std::int64_t{day} - m_firstDay);
        return index < m_daysOf.size() ? m_days[m_daysOf[index]] : Days{day, 1, 0, None};
    }
    [[nodiscard]] bool overlaps(BusinessDate first, BusinessDate last) const noexcept;
    // The days of the month that begins on `firstOfMonth`, where all of them that the snapshot has
    // are alike to the query; without a bucket where they are not, or the query does not ask for
    // any of them.
    [[nodiscard]] Days month(std::int32_t firstOfMonth) const noexcept
    {
        const auto index = static_cast<std::size_t>(std::int64_t{firstOfMonth} - m_firstMonth);
        return index < m_monthOf.size() && m_monthOf[index] != None
            ? m_days[m_monthOf[index]]
            : Days{firstOfMonth, 1, 0, None};
    }
    // Whether a day of the query belongs to a month that month() does not answer for.
    [[nodiscard]] bool isOfPartialMonth(std::int32_t day) const noexcept
    {
        const auto index = static_cast<std::size_t>(std::int64_t{day} - m_firstDay);
        return index < m_partial.size() && m_partial[index];
    }
    [[nodiscard]] bool hasPartialMonths() const noexcept { return m_hasPartialMonths; }
    [[nodiscard]] bool hasSplits() const noexcept { return !m_splits.empty(); }
    // Whether the key is split in any era.
    [[nodiscard]] bool isSplit(KeyId key) const noexcept
    {
        return key < m_isSplit.size() && m_isSplit[key];
    }

    // The day after the last one of the bucket that is asked for.
    [[nodiscard]] BusinessDate bucketEnd(std::uint32_t bucket) const noexcept
    {
        return m_bucketEnds[bucket];
    }
    [[nodiscard]] const std::string& bucketLabel(std::uint32_t bucket) const noexcept
    {
        return m_buckets[bucket];
    }
    // Of the charges that have the key and that the query may ask for.
    [[nodiscard]] Currency currencyOf(KeyId key) const
    {
        const std::uint32_t group = m_keyGroups[key];
        return group == None ? Currency{} : m_currencyOfGroup[group];
    }
    [[nodiscard]] Currency currency(std::uint32_t group) const
    {
        return m_currencyOfGroup[m_groups.pair(group).first];
    }
    // The value of the query's dimension number `by` (not a Detail); empty for none.
    [[nodiscard]] std::string_view value(
        std::size_t by, std::uint32_t group, std::uint32_t place) const;

private:
    struct Era {
        BusinessDate start;
        std::size_t attribution{0};
    };
    struct Part {
        std::uint32_t assignment{0};
        std::uint32_t share{0};
    };

    void planDays(const LedgerSnapshot& snapshot, const SpendQuery& query);
    void planEras();
    void fillDays(const std::optional<Grain>& grain, FiscalCalendar calendar);
    void planMonths();
    void planPlaces(const LedgerSnapshot& snapshot);
    void planKeys();
    void keepKeysWithWords();
    void planEntries();
    void planAttributes();
    [[nodiscard]] std::uint32_t attributeGroup(Part part);
    [[nodiscard]] std::uint32_t splitEntry(std::uint32_t keyGroup, std::uint32_t assignment);
    [[nodiscard]] bool usesAttributes() const;

    std::vector<Dimension> m_by;
    std::vector<DimensionFilter> m_where;
    std::vector<TextFilter> m_words;
    BatchKind m_kind;
    Options m_options;
    std::shared_ptr<const KeyDictionary> m_keys;
    std::shared_ptr<KeyColumnCache> m_columnCache;
    std::shared_ptr<const AttributionTable> m_attribution;

    std::int32_t m_firstDay{0};
    std::vector<std::uint32_t> m_daysOf; // by day from the first on: index into m_days
    std::vector<Days> m_days;
    BusinessDate m_dataFirst; // days that any wanted chunk has
    BusinessDate m_dataEnd;
    std::int32_t m_firstMonth{0};
    // by day from m_firstMonth on, where a month begins: index into m_days, or None
    std::vector<std::uint32_t> m_monthOf;
    std::vector<bool> m_partial; // by day of m_daysOf
    bool m_hasPartialMonths{false};
    std::vector<std::string> m_buckets;
    std::vector<BusinessDate> m_bucketEnds; // of the days that are asked for
    std::vector<Era> m_eras;

    std::vector<std::vector<std::uint32_t>> m_places;
    std::vector<bool> m_wanted;
    // by place: the values of the batch dimensions, others empty
    std::vector<std::vector<std::string>> m_placeOf;

    std::unique_ptr<KeyMatrix> m_matrix;
    std::vector<std::size_t> m_columnOf; // by dimension of the query: column of the matrix
    std::vector<std::uint32_t> m_keyGroups; // by key
    std::vector<KeyId> m_keyOfGroup; // a key that has it
    std::vector<Currency> m_currencyOfGroup;

    // by filter, by string; empty for other filters
    std::vector<std::vector<bool>> m_attributeFilters;
    std::vector<GroupNumbers> m_attributeNumbers; // one per attribute dimension
    std::vector<Part> m_partOfGroup; // a share that has it
    std::vector<std::uint32_t> m_shareGroups; // all assignments' shares in order
    std::vector<std::size_t> m_firstShare; // by assignment
    std::vector<std::uint32_t> m_wholeGroup; // by assignment: what all its shares have, or SplitBit

    GroupNumbers m_groups; // (key group, attribute group)
    std::vector<std::vector<std::uint32_t>> m_entries;
    std::vector<Split> m_splits;
    std::vector<bool> m_isSplit; // by key; empty without splits
};

} // namespace sluice
