// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/SpendQuery.h"

#include "core/analytics/DetailFields.h"
#include "core/analytics/DetailNumbers.h"
#include "core/analytics/SpendSums.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace sluice {

namespace {

using Row = SpendSums::Row;

// What a top-N answer keeps or leaves out as a whole, over all buckets.
using Series = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

Series seriesOf(const Row& row)
{
    return {row.place, row.group, row.detail};
}

class AnswerWriter {
public:
    AnswerWriter(const LedgerSnapshot& snapshot, const SpendQuery& query, const SpendPlan& plan,
        const DetailNumbers& details)
        : m_snapshot{snapshot}
        , m_query{query}
        , m_plan{plan}
        , m_details{details}
        , m_namesOn{query.period ? query.period->end.plusDays(-1) : latestDay(snapshot)}
    {
    }

    SpendAnswer write(const SpendSums& sums)
    {
        SpendAnswer answer;
        answer.revision = m_snapshot.revision;
        const std::vector<Row> rows = sums.rows();
        answer.totals = totals(rows, sums.recounted());
        std::vector<Placed> placed;
        placed.reserve(rows.size());
        for (const Row& row : rows)
            placed.push_back({row.bucket, false, spendRow(row)});
        if (m_query.top > 0)
            foldRest(rows, placed);
        std::sort(placed.begin(), placed.end(),
            [](const Placed& a, const Placed& b) { return a.before(b); });
        answer.rows.reserve(placed.size());
        for (Placed& row : placed)
            answer.rows.push_back(std::move(row.row));
        return answer;
    }

private:
    struct Placed {
        std::uint32_t bucket{0};
        bool isRest{false};
        SpendRow row;
        [[nodiscard]] bool before(const Placed& other) const
        {
            const auto head = std::tie(bucket, row.currency, isRest);
            const auto otherHead = std::tie(other.bucket, other.row.currency, other.isRest);
            if (head != otherHead)
                return head < otherHead;
            return row.amount != other.row.amount ? row.amount > other.row.amount
                                                  : row.values < other.row.values;
        }
    };

    static BusinessDate latestDay(const LedgerSnapshot& snapshot)
    {
        BusinessDate latest;
        for (const SnapshotChunk& chunk : snapshot.chunks)
            latest = std::max(latest, chunk.lastDay);
        return latest;
    }

    [[nodiscard]] std::vector<SpendTotal> totals(
        const std::vector<Row>& rows, const std::map<Currency, std::uint64_t>& recounted) const
    {
        std::map<Currency, SpendTotal> byCurrency;
        for (const Row& row : rows) {
            SpendTotal& total = byCurrency[m_plan.currency(row.group)];
            total.amount += row.amount;
            total.charges += row.charges;
        }
        std::vector<SpendTotal> totals;
        for (auto& entry : byCurrency) {
            entry.second.currency = entry.first;
            if (const auto again = recounted.find(entry.first); again != recounted.end())
                entry.second.charges -= again->second;
            totals.push_back(entry.second);
        }
        return totals;
    }

    [[nodiscard]] SpendRow spendRow(const Row& row)
    {
        SpendRow made;
        for (std::size_t by = 0; by < m_query.by.size(); ++by) {
            const Dimension& dimension = m_query.by[by];
            const std::string_view value = dimension.source == Dimension::Source::Detail
                ? m_details.value(by, row.detail)
                : m_plan.value(by, row.group, row.place);
            made.names.push_back(dimension.hasName() && !value.empty()
                    ? nameOf(dimension, value, row.bucket)
                    : std::string{});
            made.values.emplace_back(value.empty() ? NoValue : value);
        }
        made.bucket = m_plan.bucketLabel(row.bucket);
        made.currency = m_plan.currency(row.group);
        made.amount = row.amount;
        made.charges = row.charges;
        return made;
    }

    // The name of the bucket's last day; of the last day of all where there are no buckets.
    const std::string& nameOf(const Dimension& dimension, std::string_view id, std::uint32_t bucket)
    {
        const BusinessDate day = m_query.grain ? m_plan.bucketEnd(bucket).plusDays(-1) : m_namesOn;
        const auto [known, isNew]
            = m_names.try_emplace({dimension.attribute, day, std::string{id}});
        if (isNew)
            known->second = objectName(*m_snapshot.organisation, dimension.attribute, id, day);
        return known->second;
    }

    // Keeps the rows of the N largest series of each currency; the others become one row per bucket
    // and currency.
    void foldRest(const std::vector<Row>& rows, std::vector<Placed>& placed) const
    {
        struct Whole {
            Int128 amount{0};
            const SpendRow* example{nullptr};
        };
        std::map<Series, Whole> wholes;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            Whole& whole = wholes[seriesOf(rows[i])];
            whole.amount += rows[i].amount;
            whole.example = &placed[i].row;
        }
        std::map<Currency, std::vector<std::pair<Series, Whole>>> ranked;
        for (const auto& entry : wholes)
            ranked[entry.second.example->currency].push_back(entry);
        std::map<Series, bool> kept;
        for (auto& entry : ranked) {
            std::sort(entry.second.begin(), entry.second.end(), [](const auto& a, const auto& b) {
                return a.second.amount != b.second.amount
                    ? a.second.amount > b.second.amount
                    : a.second.example->values < b.second.example->values;
            });
            for (std::size_t i = 0; i < std::min(m_query.top, entry.second.size()); ++i)
                kept[entry.second[i].first] = true;
        }
        std::vector<Placed> result;
        std::map<std::pair<std::uint32_t, Currency>, SpendRow> rests;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (kept.count(seriesOf(rows[i])) != 0) {
                result.push_back(std::move(placed[i]));
                continue;
            }
            SpendRow& rest = rests[{placed[i].bucket, placed[i].row.currency}];
            rest.bucket = placed[i].row.bucket;
            rest.currency = placed[i].row.currency;
            rest.amount += rows[i].amount;
            rest.charges += rows[i].charges;
        }
        for (auto& entry : rests) {
            entry.second.values.assign(m_query.by.size(), std::string{OtherValue});
            entry.second.names.resize(m_query.by.size());
            result.push_back({entry.first.first, true, std::move(entry.second)});
        }
        placed = std::move(result);
    }

    const LedgerSnapshot& m_snapshot;
    const SpendQuery& m_query;
    const SpendPlan& m_plan;
    const DetailNumbers& m_details;
    BusinessDate m_namesOn;
    std::map<std::tuple<Attribute, BusinessDate, std::string>, std::string> m_names;
};

} // namespace

bool AmountRange::contains(const Decimal& amount) const
{
    const auto isWithin = [](const std::optional<Bound>& bound, int order) {
        return !bound || order > 0 || (order == 0 && bound->isIncluded);
    };
    return isWithin(least, least ? compare(amount, least->amount) : 0)
        && isWithin(most, most ? compare(most->amount, amount) : 0);
}

Result<SpendAnswer> spend(const LedgerSnapshot& snapshot, const SpendQuery& query,
    const TaskContext& context, const ChargeScan& scan)
{
    SLUICE_TRY_DO(requireKeyFields(snapshot, query));
    const SpendPlan plan{snapshot, query, {}};
    DetailNumbers details{query};
    SpendSums sums{plan, {.measure = query.measure, .details = details.asked()}};
    SLUICE_TRY_DO(sums.addAsked(snapshot, query, scan, details, context));
    return AnswerWriter{snapshot, query, plan, details}.write(sums);
}

} // namespace sluice
