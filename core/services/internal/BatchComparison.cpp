// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/BatchComparison.h"

#include "core/analytics/Dimension.h"
#include "core/ledger/Rollup.h"
#include "core/store/tables/BatchTable.h"
#include "core/store/tables/SegmentTable.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace sluice {
namespace {

using Place = std::pair<KeyId, std::int32_t>; // key of the ledger, day
using Costs = std::array<Int128, MeasureCount>;
struct Both {
    Costs before{};
    Costs after{};
};

// Adds the costs of a batch's cells whose scope is wanted.
Status addCells(Connection& connection, const StoredBatch& stored, const std::vector<bool>& wanted,
    Costs Both::*side, std::map<Place, Both>& sums, const TaskContext& context)
{
    return forEachRollupSegment(
        connection, stored.batch.id, [&](const StoredSegment&, std::string_view bytes) -> Status {
            if (context.stopRequested())
                return TaskContext::cancelled();
            SLUICE_TRY(const RollupCells cells, decodeRollup(bytes));
            for (std::size_t i = 0; i < cells.size(); ++i) {
                if (cells.scope[i] >= wanted.size() || cells.key[i] >= stored.keys.size())
                    return Error{ErrorCode::Damaged, connection.path(),
                        "a roll-up does not fit its batch",
                        "Run verify, or open the newest backup"};
                if (!wanted[cells.scope[i]])
                    continue;
                Costs& sum = sums[{stored.keys[cells.key[i]], cells.day[i]}].*side;
                for (std::size_t m = 0; m < MeasureCount; ++m)
                    sum[m] += cells.costs[m][i];
            }
            return Status::success();
        });
}

void addTotals(std::vector<CurrencyTotals>& totals, const Scope& scope)
{
    for (const CurrencyTotals& add : scope.totals) {
        auto found = std::find_if(totals.begin(), totals.end(),
            [&add](const CurrencyTotals& t) { return t.currency == add.currency; });
        if (found == totals.end())
            found = totals.insert(found, CurrencyTotals{add.currency, {}, 0});
        found->charges += add.charges;
        for (std::size_t m = 0; m < MeasureCount; ++m)
            found->costs[m] += add.costs[m];
    }
}

DiffRow describe(const LedgerSnapshot& snapshot, const Place& place, const Both& both)
{
    const auto text = [&](std::string_view field) {
        const StringId* id = snapshot.keys->strings().find(field);
        return id == nullptr
            ? std::string{}
            : std::string{snapshot.keys->text(snapshot.keys->value(place.first, *id))};
    };
    DiffRow row;
    row.day = BusinessDate{place.second}.toIso();
    row.service = text("ServiceName");
    row.sku = text("SkuId");
    row.subAccount = text("SubAccountId");
    if (const auto currency = Currency::parse(text("BillingCurrency")); currency.ok())
        row.currency = *currency;
    row.before = both.before;
    row.after = both.after;
    return row;
}

Int128 size(const DiffRow& row)
{
    const Int128 difference = row.difference(Measure::BilledCost);
    return difference < 0 ? -difference : difference;
}

// Names what tells rows apart that are alike in day, service, SKU, sub account and currency. `keys`
// by row.
void nameKeys(
    const KeyDictionary& dictionary, const std::vector<KeyId>& keys, std::vector<DiffRow>& rows)
{
    std::map<std::tuple<std::string_view, std::string_view, std::string_view, std::string_view,
                 Currency>,
        std::vector<std::size_t>>
        alike;
    for (std::size_t i = 0; i < rows.size(); ++i)
        alike[{rows[i].day, rows[i].service, rows[i].sku, rows[i].subAccount, rows[i].currency}]
            .push_back(i);
    for (const auto& entry : alike) {
        const std::vector<std::size_t>& group = entry.second;
        std::set<StringId> fields;
        for (const std::size_t row : group) {
            for (const KeyCell& cell : dictionary.cells(keys[row]))
                fields.insert(cell.field);
        }
        for (const StringId field : fields) {
            const auto valueOf
                = [&](std::size_t row) { return dictionary.value(keys[row], field); };
            if (std::all_of(group.begin(), group.end(),
                    [&](std::size_t row) { return valueOf(row) == valueOf(group.front()); }))
                continue;
            for (const std::size_t row : group) {
                const std::string value{
                    valueOf(row) == 0 ? NoValue : dictionary.text(valueOf(row))};
                rows[row].key += (rows[row].key.empty() ? "" : ", ")
                    + std::string{dictionary.text(field)} + "=" + value;
            }
        }
    }
}

} // namespace

Result<BatchDiff> compareBatches(Connection& connection, const LedgerSnapshot& snapshot,
    const std::string& batch, const std::string& against, const TaskContext& context)
{
    if (against == batch)
        return Error{ErrorCode::Usage, batch, "a batch does not differ from itself",
            "Name another batch, or none to see what it restated"};
    SLUICE_TRY(const StoredBatch after, readBatch(connection, batch));
    BatchDiff diff;
    diff.revision = snapshot.revision;
    diff.after = batch;
    diff.before = against;
    std::map<Place, Both> sums;
    SLUICE_TRY_DO(addCells(connection, after, std::vector<bool>(after.batch.scopes.size(), true),
        &Both::after, sums, context));
    for (const Scope& scope : after.batch.scopes)
        addTotals(diff.totalsAfter, scope);
    SLUICE_TRY(
        const std::vector<StoredBatch> all, readBatches(connection, snapshot.revision, false));
    SLUICE_TRY(const auto superseded, readSupersessions(connection, snapshot.revision));
    for (const StoredBatch& old : all) {
        std::vector<bool> wanted(old.batch.scopes.size(), false);
        for (std::uint32_t ordinal = 0; ordinal < wanted.size(); ++ordinal) {
            const auto by = superseded.find({old.batch.id, ordinal});
            wanted[ordinal] = against.empty()
                ? by != superseded.end() && by->second == after.batch.id
                    && old.batch.id < after.batch.id
                : old.batch.publicId == against && old.batch.id != after.batch.id;
            if (!wanted[ordinal])
                continue;
            addTotals(diff.totalsBefore, old.batch.scopes[ordinal]);
            if (against.empty())
                diff.before = old.batch.publicId;
        }
        if (std::find(wanted.begin(), wanted.end(), true) != wanted.end())
            SLUICE_TRY_DO(addCells(connection, old, wanted, &Both::before, sums, context));
    }
    std::vector<KeyId> keys;
    for (const auto& [place, both] : sums) {
        if (both.before == both.after)
            continue;
        diff.rows.push_back(describe(snapshot, place, both));
        keys.push_back(place.first);
    }
    nameKeys(*snapshot.keys, keys, diff.rows);
    std::stable_sort(diff.rows.begin(), diff.rows.end(),
        [](const DiffRow& a, const DiffRow& b) { return size(a) > size(b); });
    return diff;
}

} // namespace sluice
