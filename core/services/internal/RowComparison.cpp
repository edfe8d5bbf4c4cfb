// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/RowComparison.h"

#include "core/ledger/ChargeSegment.h"
#include "core/store/tables/SegmentTable.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>

namespace sluice {
namespace {

constexpr std::uint32_t NoGroup = 0xFFFF'FFFF;
// Of a key, what a provider hardly restates: which thing was used where.
constexpr std::array<std::string_view, 8> Lasting{"BillingAccountId", "BillingCurrency",
    "SubAccountId", "ServiceName", "SkuId", "RegionId", "ChargeCategory", "ChargeDescription"};

struct HashOf {
    std::size_t operator()(const KeyedHash::Value& value) const noexcept
    {
        return static_cast<std::size_t>(value.first);
    }
};

template <class Number>
void add(KeyedHash& hash, Number number)
{
    std::array<char, sizeof number> bytes{};
    std::memcpy(bytes.data(), &number, sizeof number);
    hash.add({bytes.data(), bytes.size()});
}

void add(KeyedHash& hash, const KeyedHash::Value& value)
{
    add(hash, value.first);
    add(hash, value.second);
}

std::uint32_t hashOf(const Scaled& number, bool isNull)
{
    KeyedHash hash;
    add(hash, number.mantissa);
    add(hash, number.scale);
    add(hash, isNull);
    return static_cast<std::uint32_t>(hash.value().first);
}

std::uint32_t hashOf(std::string_view text)
{
    KeyedHash hash;
    hash.add(text);
    return static_cast<std::uint32_t>(hash.value().first);
}

} // namespace

RowComparison::RowComparison(const Ledger& ledger, std::size_t samples, const TaskContext& context)
    : m_ledger{ledger}
    , m_samples{samples}
    , m_context{context}
{
}

Status RowComparison::run(DeliveryPreview& preview)
{
    SLUICE_TRY_DO(findStanding(preview.batch));
    addTotals(preview);
    SLUICE_TRY_DO(m_restated.empty() ? sampleNew(preview) : compareAll(preview));
    SLUICE_TRY_DO(addErrors(preview));
    std::ranges::stable_sort(preview.rows, {}, &PreviewRow::state);
    return Status::success();
}

// Which charges stand in the periods that the delivery takes the place of.
Status RowComparison::findStanding(const Batch& batch)
{
    SLUICE_TRY(m_batches, readBatches(m_ledger.connection, m_ledger.revision, false));
    SLUICE_TRY(const std::vector<StoredSupersession> all, readSupersessions(m_ledger.connection));
    SLUICE_TRY(
        const std::set<std::string> demoted, readDemotedFields(m_ledger.connection, batch.source));
    for (const std::string& field : demoted) {
        if (const StringId* id = m_ledger.keys.strings().find(field))
            m_left.insert(*id);
    }
    for (std::uint32_t i = 0; i < m_batches.size(); ++i) {
        if (m_batches[i].batch.id == batch.id)
            m_fresh = i;
    }
    const std::vector<Scope>& scopes = m_batches[m_fresh].batch.scopes;
    for (std::uint32_t scope = 0; scope < scopes.size(); ++scope)
        m_groups[{m_fresh, scope}] = scope;
    for (const StoredSupersession& superseded : all) {
        const auto old = std::ranges::find_if(m_batches,
            [&](const StoredBatch& stored) { return stored.batch.id == superseded.scope.batch; });
        if (superseded.by != batch.id || old == m_batches.end())
            continue;
        const Scope& standing = old->batch.scopes[superseded.scope.ordinal];
        std::uint32_t group = NoGroup;
        for (const PeriodRelation relation : {PeriodRelation::Around, PeriodRelation::Same}) {
            for (std::uint32_t scope = 0; scope < scopes.size(); ++scope) {
                if (periodRelation(scopes[scope], standing) == relation)
                    group = scope;
            }
        }
        m_groups[{static_cast<std::uint32_t>(old - m_batches.begin()), superseded.scope.ordinal}]
            = group;
        m_restated.insert(group);
    }
    return Status::success();
}

// Calls `visit` with each charge of the batch's stored segments, in the order of its rows, its key
// being the ledger's, until it returns false.
template <class Visit>
Status RowComparison::forEachCharge(std::uint32_t batch, const Visit& visit)
{
    const StoredBatch& stored = m_batches[batch];
    SLUICE_TRY(const std::vector<StoredSegment> segments,
        readChargeSegments(m_ledger.connection, stored.batch.id));
    for (const StoredSegment& info : segments) {
        SLUICE_TRY(const std::string bytes,
            readChargeSegmentBytes(m_ledger.connection, stored.batch.id, info.index));
        SLUICE_TRY(const ChargeSegment segment, ChargeSegment::decode(bytes, SegmentPart::All));
        for (std::size_t i = 0; i < segment.size(); ++i) {
            if (i % 4096 == 0 && m_context.stopRequested())
                return TaskContext::cancelled();
            Charge charge = segment.at(i);
            if (charge.key >= stored.keys.size() || charge.scope >= stored.batch.scopes.size())
                return Error{ErrorCode::Damaged, stored.batch.publicId,
                    "a charge does not fit its batch", "Run verify, or open the newest backup"};
            charge.key = stored.keys[charge.key];
            if (!visit(charge))
                return Status::success();
        }
    }
    return Status::success();
}

Status RowComparison::sampleNew(DeliveryPreview& preview)
{
    std::size_t left = std::min<std::size_t>(m_samples, preview.batch.rowsAccepted);
    if (left > 0)
        SLUICE_TRY_DO(forEachCharge(m_fresh, [&](const Charge& charge) {
            add(preview, PreviewState::New, rowOf(charge, m_fresh, charge.scope), nullptr);
            return --left > 0;
        }));
    preview.counts[static_cast<std::size_t>(PreviewState::New)] = preview.batch.rowsAccepted;
    return Status::success();
}

Status RowComparison::readStanding(std::uint32_t batch, std::vector<Row>& rows)
{
    return forEachCharge(batch, [&](const Charge& charge) {
        const auto group = m_groups.find({batch, charge.scope});
        if (group != m_groups.end())
            rows.push_back(rowOf(charge, batch, group->second));
        return true;
    });
}

Status RowComparison::compareAll(DeliveryPreview& preview)
{
    std::vector<Row> old;
    std::set<std::uint32_t> standing;
    for (const auto& entry : m_groups) {
        if (entry.first.first != m_fresh)
            standing.insert(entry.first.first);
    }
    for (const std::uint32_t batch : standing)
        SLUICE_TRY_DO(readStanding(batch, old));
    std::vector<Row> fresh;
    std::vector<Row> apart; // of periods that nothing stands in: the first of them
    std::uint64_t newRows = 0;
    SLUICE_TRY_DO(forEachCharge(m_fresh, [&](const Charge& charge) {
        const bool isRestated = m_restated.count(charge.scope) > 0;
        newRows += isRestated ? 0 : 1;
        if (isRestated || apart.size() < m_samples)
            (isRestated ? fresh : apart).push_back(rowOf(charge, m_fresh, charge.scope));
        return true;
    }));
    match(fresh, old, &Row::content,
        [&](const Row& row, const Row& is) { add(preview, PreviewState::Duplicate, row, &is); });
    std::vector<std::pair<Row, Row>> changed;
    const auto pair = [&](const Row& row, const Row& is) { changed.emplace_back(row, is); };
    match(fresh, old, &Row::identity, pair);
    match(fresh, old, &Row::likeness, pair);
    std::ranges::sort(changed, {}, [](const auto& both) { return both.first.row; });
    for (const auto& [row, is] : changed)
        add(preview, PreviewState::Changed, row, &is);
    newRows += fresh.size();
    fresh.insert(fresh.end(), apart.begin(), apart.end());
    std::ranges::sort(fresh, {}, &Row::row);
    for (const Row& row : fresh)
        add(preview, PreviewState::New, row, nullptr);
    preview.counts[static_cast<std::size_t>(PreviewState::New)] = newRows;
    for (const Row& row : old)
        add(preview, PreviewState::Removed, row, &row);
    return Status::success();
}

template <class Matched>
void RowComparison::match(std::vector<Row>& fresh, std::vector<Row>& old,
    KeyedHash::Value Row::*hash, const Matched& matched)
{
    constexpr std::uint32_t End = 0xFFFF'FFFF;
    std::unordered_map<KeyedHash::Value, std::uint32_t, HashOf> first; // of old, by hash
    std::vector<std::uint32_t> next(old.size(), End);
    first.reserve(old.size());
    for (std::size_t i = old.size(); i-- > 0;) {
        const auto [known, isNew] = first.try_emplace(old[i].*hash, static_cast<std::uint32_t>(i));
        if (!isNew)
            next[i] = std::exchange(known->second, static_cast<std::uint32_t>(i));
    }
    std::vector<bool> taken(old.size(), false);
    std::erase_if(fresh, [&](const Row& row) {
        const auto found = first.find(row.*hash);
        if (found == first.end() || found->second == End)
            return false;
        const std::uint32_t index = std::exchange(found->second, next[found->second]);
        taken[index] = true;
        matched(row, old[index]);
        return true;
    });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < old.size(); ++i) {
        if (!taken[i] && kept++ != i)
            old[kept - 1] = old[i];
    }
    old.resize(kept);
}

const RowComparison::KeyHashes& RowComparison::hashesOf(KeyId key)
{
    if (key >= m_keyHashes.size())
        m_keyHashes.resize(m_ledger.keys.keyCount());
    std::optional<KeyHashes>& known = m_keyHashes[key];
    if (known)
        return *known;
    KeyedHash whole;
    for (const KeyCell& cell : m_ledger.keys.cells(key)) {
        if (m_left.count(cell.field) > 0)
            continue;
        sluice::add(whole, cell.field);
        sluice::add(whole, cell.value);
    }
    KeyedHash likeness;
    for (const std::string_view field : Lasting) {
        const StringId* id = m_ledger.keys.strings().find(field);
        const bool counts = id != nullptr && m_left.count(*id) == 0;
        sluice::add(likeness, counts ? m_ledger.keys.value(key, *id) : StringId{0});
    }
    known = KeyHashes{whole.value(), likeness.value()};
    return *known;
}

RowComparison::Row RowComparison::rowOf(
    const Charge& charge, std::uint32_t batch, std::uint32_t group)
{
    Row row;
    row.row = charge.row;
    row.line = charge.line;
    row.document = charge.document;
    row.batch = batch;
    row.isOfNewPeriod = m_restated.count(group) == 0;
    row.key = charge.key;
    row.day = charge.day;
    row.end = charge.end;
    row.nullCosts = charge.nullCosts;
    row.costs = charge.costs;
    row.details = {hashOf(charge.pricingQuantity, charge.nullNumbers & PricingQuantityBit),
        hashOf(charge.consumedQuantity, charge.nullNumbers & ConsumedQuantityBit),
        hashOf(charge.listUnitPrice, charge.nullNumbers & ListUnitPriceBit),
        hashOf(charge.contractedUnitPrice, charge.nullNumbers & ContractedUnitPriceBit),
        hashOf(charge.resourceName), hashOf(charge.invoiceId)};
    const KeyHashes& key = hashesOf(charge.key);
    const auto place = [&](const KeyedHash::Value& of) {
        KeyedHash hash;
        sluice::add(hash, group);
        sluice::add(hash, of);
        sluice::add(hash, charge.start);
        hash.add(charge.resourceId);
        return hash;
    };
    KeyedHash content = place(key.whole);
    row.identity = content.value();
    row.likeness = place(key.likeness).value();
    sluice::add(content, charge.end);
    for (const std::int64_t cost : charge.costs)
        sluice::add(content, cost);
    sluice::add(content, charge.nullCosts);
    sluice::add(content, charge.nullNumbers);
    for (const Scaled& number : std::array<Scaled, 4>{charge.pricingQuantity,
             charge.consumedQuantity, charge.listUnitPrice, charge.contractedUnitPrice}) {
        sluice::add(content, number.mantissa);
        sluice::add(content, number.scale);
        sluice::add(content, number.exact);
    }
    content.add(charge.resourceName);
    content.add(charge.invoiceId);
    row.content = content.value();
    return row;
}

std::string_view RowComparison::text(KeyId key, std::string_view field) const
{
    const StringId* id = m_ledger.keys.strings().find(field);
    return id == nullptr ? std::string_view{} : m_ledger.keys.text(m_ledger.keys.value(key, *id));
}

PreviewRow RowComparison::shown(PreviewState state, const Row& row) const
{
    const Batch& batch = m_batches[row.batch].batch;
    PreviewRow shown;
    shown.state = state;
    shown.document
        = row.document < batch.documents.size() ? batch.documents[row.document].name : "";
    shown.row = row.row;
    shown.line = row.line;
    shown.day = BusinessDate{row.day};
    shown.service = text(row.key, "ServiceName");
    shown.description = text(row.key, "ChargeDescription");
    shown.account = text(row.key, "BillingAccountId");
    if (const auto currency = Currency::parse(text(row.key, "BillingCurrency")); currency.ok())
        shown.currency = *currency;
    shown.costs = row.costs;
    shown.isOfNewPeriod = state == PreviewState::New && row.isOfNewPeriod;
    return shown;
}

void RowComparison::add(
    DeliveryPreview& preview, PreviewState state, const Row& row, const Row* standing)
{
    const auto index = static_cast<std::size_t>(state);
    ++preview.counts[index];
    if (m_shown[index] >= m_samples)
        return;
    ++m_shown[index];
    PreviewRow& made = preview.rows.emplace_back(shown(state, row));
    if (standing == nullptr)
        return;
    made.standing = m_batches[standing->batch].batch.publicId + "-" + std::to_string(standing->row);
    if (state == PreviewState::Changed) {
        made.costsBefore = standing->costs;
        made.differs = differences(row, *standing);
    }
}

std::vector<std::string> RowComparison::differences(const Row& fresh, const Row& old) const
{
    std::vector<std::string> columns;
    for (std::size_t m = 0; m < MeasureCount; ++m) {
        const auto bit = static_cast<std::uint8_t>(1U << m);
        if (fresh.costs[m] != old.costs[m] || (fresh.nullCosts & bit) != (old.nullCosts & bit))
            columns.emplace_back(measureColumn(Measures[m]));
    }
    if (fresh.end != old.end)
        columns.emplace_back("ChargePeriodEnd");
    for (std::size_t i = 0; i < DetailColumns.size(); ++i) {
        if (fresh.details[i] != old.details[i])
            columns.emplace_back(DetailColumns[i]);
    }
    std::set<StringId> fields;
    for (const KeyId key : {fresh.key, old.key}) {
        for (const KeyCell& cell : m_ledger.keys.cells(key)) {
            if (m_left.count(cell.field) == 0)
                fields.insert(cell.field);
        }
    }
    for (const StringId field : fields) {
        if (m_ledger.keys.value(fresh.key, field) != m_ledger.keys.value(old.key, field))
            columns.emplace_back(m_ledger.keys.text(field));
    }
    return columns;
}

Status RowComparison::addErrors(DeliveryPreview& preview)
{
    const Batch& batch = preview.batch;
    preview.counts[static_cast<std::size_t>(PreviewState::Error)] = batch.rowsQuarantined;
    if (m_samples == 0 || batch.rowsQuarantined == 0)
        return Status::success();
    SLUICE_TRY(const std::vector<QuarantinedRow> rows,
        readQuarantine(m_ledger.connection, batch.id, m_samples));
    for (const QuarantinedRow& row : rows) {
        PreviewRow& shown = preview.rows.emplace_back();
        shown.state = PreviewState::Error;
        shown.document
            = row.document < batch.documents.size() ? batch.documents[row.document].name : "";
        shown.row = row.row;
        shown.line = row.line;
        shown.rule = row.rule;
        shown.column = row.column;
        shown.value = row.value;
        shown.reason = row.reason;
        shown.rawLine = row.rawLine;
        const auto verdict = std::ranges::find(batch.verdicts, row.rule, &Verdict::rule);
        if (verdict != batch.verdicts.end())
            shown.fix = verdict->fix;
    }
    return Status::success();
}

void RowComparison::addTotals(DeliveryPreview& preview) const
{
    std::map<std::pair<std::string, Currency>, PreviewTotal> totals;
    for (const auto& [place, group] : m_groups) {
        const Scope& scope = m_batches[place.first].batch.scopes[place.second];
        // What stands is told beside the period that takes its place.
        const Scope& period = group == NoGroup ? scope : m_batches[m_fresh].batch.scopes[group];
        const std::string label = billingPeriodLabel(period.periodStart, period.periodEnd);
        for (const CurrencyTotals& part : scope.totals) {
            PreviewTotal& total = totals[{label, part.currency}];
            const bool isFresh = place.first == m_fresh;
            (isFresh ? total.rows : total.standingRows) += part.charges;
            for (std::size_t m = 0; m < MeasureCount; ++m)
                (isFresh ? total.costs : total.standingCosts)[m] += part.costs[m];
        }
    }
    for (auto& [place, total] : totals) {
        total.billingPeriod = place.first;
        total.currency = place.second;
        preview.totals.push_back(total);
    }
}

} // namespace sluice
