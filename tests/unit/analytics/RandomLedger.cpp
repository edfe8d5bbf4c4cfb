// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/analytics/RandomLedger.h"

#include "core/analytics/MonthFold.h"
#include "core/base/Money.h"
#include "core/base/TextFold.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace sluice::test {

namespace {

// One thing to add up, cell or charge.
struct Item {
    KeyId key;
    std::int32_t day;
    std::uint32_t scope;
    std::uint64_t charges;
    std::int64_t cost;
    std::string_view resource;
    std::string_view invoice;
    std::int64_t before{0}; // what the charges before it in its cell come to
    std::optional<std::uint64_t> row; // its shares are those of a single charge
};

// What the item adds to the shares of its cell; or those of the charge alone.
std::vector<std::int64_t> sharesOf(const Item& item, const std::vector<std::uint32_t>& weights)
{
    if (item.row)
        return allocateInTurn(item.cost, weights, *item.row);
    std::vector<std::int64_t> shares = allocate(item.before + item.cost, weights);
    const std::vector<std::int64_t> before = allocate(item.before, weights);
    for (std::size_t i = 0; i < shares.size(); ++i)
        shares[i] -= before[i];
    return shares;
}

bool matches(const DimensionFilter& filter, const std::string& value)
{
    const bool holds
        = std::find(filter.values.begin(), filter.values.end(), value) != filter.values.end();
    return holds != filter.excludes;
}

class Naive {
public:
    Naive(const LedgerSnapshot& snapshot, const SpendQuery& query, MaySee maySee)
        : m_snapshot{snapshot}
        , m_query{query}
        , m_maySee{std::move(maySee)}
    {
    }

    void add(const SnapshotBatch& batch, const Item& item)
    {
        const BusinessDate day{item.day};
        if (batch.kind != m_query.kind || !batch.live[item.scope]
            || (m_query.period && !m_query.period->contains(day)) || !hasWords(item.key))
            return;
        const std::vector<AttributionPart>& parts = m_snapshot.attribution->of(item.key, day).parts;
        std::vector<std::uint32_t> weights;
        for (const AttributionPart& part : parts)
            weights.push_back(part.weight);
        const std::vector<std::int64_t> shares = sharesOf(item, weights);
        const StringId* field = m_snapshot.keys->strings().find("BillingCurrency");
        const std::string currency{m_snapshot.keys->text(m_snapshot.keys->value(item.key, *field))};
        std::int64_t seen = 0;
        for (std::size_t i = 0; i < parts.size(); ++i)
            seen += !m_maySee || m_maySee(parts[i], day) ? shares[i] : 0;
        if (!hasAmount(seen, currency))
            return;
        std::set<std::vector<std::string>> counted;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (m_maySee && !m_maySee(parts[i], day))
                continue;
            const auto valueOf = [&](const Dimension& dimension) {
                if (dimension.source == Dimension::Source::Detail) {
                    const std::string_view text
                        = dimension.name == "invoice" ? item.invoice : item.resource;
                    return std::string{text.empty() ? NoValue : text};
                }
                return naiveValue(m_snapshot, dimension, item.key, parts[i], batch, item.scope);
            };
            if (!std::all_of(m_query.where.begin(), m_query.where.end(),
                    [&](const DimensionFilter& f) { return matches(f, valueOf(f.dimension)); }))
                continue;
            std::vector<std::string> values;
            for (const Dimension& dimension : m_query.by)
                values.push_back(valueOf(dimension));
            const std::string bucket = m_query.grain
                ? bucketLabel(day, *m_query.grain, m_snapshot.settings.calendar)
                : std::string{};
            NaiveRow& row = m_answer.rows[{bucket, currency, values}];
            NaiveRow& total = m_answer.totals[currency];
            row.amount += shares[i];
            total.amount += shares[i];
            total.charges += counted.empty() ? item.charges : 0;
            row.charges += counted.insert(values).second ? item.charges : 0;
        }
    }
    NaiveAnswer answer() { return std::move(m_answer); }

private:
    [[nodiscard]] bool hasWords(KeyId key) const
    {
        return std::ranges::all_of(m_query.words, [&](const TextFilter& filter) {
            bool found = false;
            for (const KeyCell& cell : m_snapshot.keys->cells(key))
                found = found
                    || folded(m_snapshot.keys->text(cell.value)).find(filter.text)
                        != std::string::npos;
            return found != filter.excludes;
        });
    }
    [[nodiscard]] bool hasAmount(std::int64_t units, const std::string& currency) const
    {
        const Decimal amount{units, Currency::parse(currency)->scale()};
        return std::ranges::all_of(m_query.amounts, [&](const AmountFilter& filter) {
            const auto& [least, most] = filter.range;
            const int above = least ? compare(amount, least->amount) : 1;
            const int below = most ? compare(amount, most->amount) : -1;
            const bool within = (above > 0 || (above == 0 && least->isIncluded))
                && (below < 0 || (below == 0 && most->isIncluded));
            return within != filter.excludes;
        });
    }

    const LedgerSnapshot& m_snapshot;
    const SpendQuery& m_query;
    MaySee m_maySee;
    NaiveAnswer m_answer;
};

} // namespace

std::string naiveValue(const LedgerSnapshot& snapshot, const Dimension& dimension, KeyId key,
    const AttributionPart& part, const SnapshotBatch& batch, std::uint32_t scope)
{
    static const std::map<std::string, std::vector<std::string>> fields{
        {"provider", {"ServiceProviderName", "ProviderName"}}, {"service", {"ServiceName"}},
        {"currency", {"BillingCurrency"}}, {"billing_account", {"BillingAccountId"}},
        {"charge_category", {"ChargeCategory"}}, {"region", {"RegionId", "RegionName"}},
        {"tag:team", {"tag:team", "tag: Team", "tag:TEAM"}}};
    std::string value;
    switch (dimension.source) {
    case Dimension::Source::Key:
        for (const std::string& field : fields.at(dimension.name)) {
            const StringId* id = snapshot.keys->strings().find(field);
            if (value.empty() && id != nullptr)
                value = snapshot.keys->text(snapshot.keys->value(key, *id));
        }
        break;
    case Dimension::Source::Attribute:
        value = snapshot.attribution->strings.text(
            part.values[static_cast<std::size_t>(dimension.attribute)]);
        break;
    case Dimension::Source::Batch:
        value = dimension.name == "batch" ? batch.publicId
            : dimension.name == "source"
            ? batch.source
            : billingPeriodLabel(batch.scopes[scope].periodStart, batch.scopes[scope].periodEnd);
        break;
    case Dimension::Source::Detail:
        break;
    }
    return value.empty() ? std::string{NoValue} : value;
}

NaiveAnswer naiveSpend(
    const LedgerSnapshot& snapshot, const SpendQuery& query, const MaySee& maySee)
{
    Naive naive{snapshot, query, maySee};
    for (const SnapshotChunk& chunk : snapshot.chunks) {
        const RollupCells& cells = *chunk.cells;
        const std::vector<std::int64_t>& costs
            = cells.costs[static_cast<std::size_t>(query.measure)];
        for (std::size_t i = 0; i < cells.size(); ++i)
            naive.add(snapshot.batches[chunk.batch],
                {cells.key[i], cells.day[i], cells.scope[i], cells.charges[i], costs[i], {}, {}, 0,
                    {}});
    }
    return naive.answer();
}

NaiveAnswer naiveSpendOfCharges(
    const RandomLedger& ledger, const SpendQuery& query, const MaySee& maySee)
{
    Naive naive{ledger.snapshot(), query, maySee};
    std::map<std::tuple<std::uint32_t, std::uint32_t, KeyId, std::int32_t>, std::int64_t> sums;
    for (const RandomLedger::Placed& placed : ledger.charges()) {
        const Charge& c = placed.charge;
        const std::int64_t cost = c.costs[static_cast<std::size_t>(query.measure)];
        std::int64_t& before = sums[{placed.batch, c.scope, c.key, c.day}];
        naive.add(ledger.snapshot().batches[placed.batch],
            {c.key, c.day, c.scope, 1, cost, c.resourceId, c.invoiceId, before, {}});
        before += cost;
    }
    return naive.answer();
}

NaiveAnswer naiveListOfCharges(const RandomLedger& ledger, const SpendQuery& query)
{
    Naive naive{ledger.snapshot(), query, {}};
    for (const RandomLedger::Placed& placed : ledger.charges()) {
        const Charge& c = placed.charge;
        naive.add(ledger.snapshot().batches[placed.batch],
            {c.key, c.day, c.scope, 1, c.costs[static_cast<std::size_t>(query.measure)],
                c.resourceId, c.invoiceId, 0, c.row});
    }
    return naive.answer();
}

NaiveAnswer asNaive(const SpendAnswer& answer)
{
    NaiveAnswer naive;
    for (const SpendRow& row : answer.rows) {
        NaiveRow& to = naive.rows[{row.bucket, std::string{row.currency.code()}, row.values}];
        to.amount += row.amount;
        to.charges += row.charges;
    }
    for (const SpendTotal& total : answer.totals)
        naive.totals[std::string{total.currency.code()}] = {total.amount, total.charges};
    return naive;
}

RandomLedger::RandomLedger(std::uint64_t seed)
    : m_random{seed}
    , m_snapshot{std::make_shared<LedgerSnapshot>()}
{
    m_snapshot->revision = seed;
    m_snapshot->settings.calendar.startMonth = m_random.chance(1, 2) ? 1 : 4;
    makeOrganisation();
    makeKeys();
    m_snapshot->attribution = makeAttribution();
    makeBatches();
}

std::string RandomLedger::pick(std::initializer_list<const char*> texts)
{
    return *(texts.begin() + m_random.below(texts.size()));
}

void RandomLedger::makeOrganisation()
{
    auto organisation = std::make_shared<Organisation>();
    const std::uint64_t count = 3 + m_random.below(8);
    for (std::uint64_t i = 0; i < count; ++i) {
        Unit unit;
        unit.id = "unit-" + std::to_string(i);
        unit.name = "Unit " + std::to_string(i);
        unit.parent = i == 0 || m_random.chance(1, 4) ? std::string{}
                                                      : "unit-" + std::to_string(m_random.below(i));
        m_units.push_back(unit.id);
        if (m_random.chance(1, 3)) {
            // Moves elsewhere one day, or comes into being late, or goes.
            const BusinessDate change{FirstDay + static_cast<std::int32_t>(m_random.below(Days))};
            Unit later = unit;
            unit.effective.until = change;
            later.effective.from = change;
            later.parent = i == 0 ? std::string{} : "unit-" + std::to_string(m_random.below(i));
            later.name += " (moved)";
            if (m_random.chance(2, 3))
                organisation->units.push_back(later);
        }
        organisation->units.push_back(unit);
    }
    Person person;
    person.id = "p-1";
    person.name = "Head";
    organisation->people.push_back(person);
    person.id = "p-2";
    person.name = "Stranger";
    organisation->people.push_back(person);
    m_snapshot->organisation = organisation;
}

void RandomLedger::makeKeys()
{
    auto keys = std::make_shared<KeyDictionary>();
    const std::uint64_t count = 1 + m_random.below(40);
    while (keys->keyCount() < count) {
        std::map<std::string, std::string> fields;
        fields["BillingCurrency"] = pick({"USD", "USD", "EUR"});
        fields["ServiceName"] = pick({"Compute", "Storage", "Models"});
        fields["RegionId"] = pick({"", "eu-1", "us-1"});
        fields["RegionName"] = pick({"", "Somewhere"});
        fields["ProviderName"] = pick({"", "AWS", "Azure"});
        fields["ServiceProviderName"] = pick({"", "", "OpenAI"});
        fields["tag:team"] = pick({"", "red", "blue"});
        fields["tag: Team"] = pick({"", "", "green"});
        const std::uint64_t sku = m_random.below(50);
        fields["SkuId"] = "sku-" + std::to_string(sku);
        fields["BillingAccountId"] = sku % 3 == 0 ? "" : "acc-" + std::to_string(sku % 3);
        fields["ChargeCategory"] = sku % 4 == 0 ? "Credit" : "Usage";
        std::vector<KeyCell> cells;
        for (const auto& field : fields) {
            if (!field.second.empty())
                cells.push_back({keys->intern(field.first), keys->intern(field.second)});
        }
        std::sort(cells.begin(), cells.end());
        keys->internKey(cells);
    }
    m_snapshot->keys = keys;
}

std::shared_ptr<const AttributionTable> RandomLedger::makeAttribution()
{
    auto table = std::make_shared<AttributionTable>();
    const auto attribute = [&](AttributionPart& part, Attribute which, const std::string& value) {
        part.values[static_cast<std::size_t>(which)] = table->strings.intern(value);
    };
    const std::uint64_t assignments = 1 + m_random.below(12);
    for (std::uint64_t i = 0; i < assignments; ++i) {
        Assignment assignment;
        assignment.ruleset = 1;
        const std::uint64_t parts = m_random.chance(1, 2) ? 1 : 2 + m_random.below(3);
        for (std::uint64_t p = 0; p < parts; ++p) {
            AttributionPart part;
            part.weight = static_cast<std::uint32_t>(1 + m_random.below(7));
            attribute(part, Attribute::Unit,
                m_random.chance(1, 6) ? "" : m_units[m_random.below(m_units.size())]);
            attribute(part, Attribute::Owner, pick({"", "p-1", "p-2", "gone"}));
            attribute(part, Attribute::CostCentre, pick({"", "cc-1", "cc-2"}));
            attribute(part, Attribute::Workflow, pick({"", "w-1"}));
            attribute(part, Attribute::Category, pick({"", "agents", "evaluation"}));
            assignment.parts.push_back(part);
        }
        table->assignments.push_back(assignment);
    }
    table->eraStarts = {BusinessDate{-100'000}};
    while (m_random.chance(1, 2))
        table->eraStarts.push_back(
            BusinessDate{FirstDay - 5 + static_cast<std::int32_t>(m_random.below(Days))});
    std::sort(table->eraStarts.begin(), table->eraStarts.end());
    table->eraStarts.erase(
        std::unique(table->eraStarts.begin(), table->eraStarts.end()), table->eraStarts.end());
    for (std::size_t era = 0; era < table->eraStarts.size(); ++era) {
        std::vector<std::uint32_t>& of = table->assignmentOf.emplace_back();
        for (std::size_t key = 0; key < m_snapshot->keys->keyCount(); ++key)
            of.push_back(static_cast<std::uint32_t>(m_random.below(assignments)));
    }
    return table;
}

void RandomLedger::makeBatches()
{
    const std::uint64_t batches = m_random.below(5);
    for (std::uint32_t b = 0; b < batches; ++b) {
        SnapshotBatch batch;
        batch.id = BatchRowId{static_cast<std::int64_t>(b + 10)};
        batch.publicId = "b-" + std::to_string(b);
        batch.source = pick({"aws", "azure", ""});
        batch.kind = m_random.chance(1, 4) ? BatchKind::Estimated : BatchKind::Billed;
        const std::uint64_t scopes = 1 + m_random.below(3);
        for (std::uint64_t s = 0; s < scopes; ++s) {
            Scope scope;
            scope.billingAccount = "secret-account-" + std::to_string(b) + "-" + std::to_string(s);
            const BusinessDate month
                = firstOfMonth(BusinessDate{FirstDay}, static_cast<int>(m_random.below(3)));
            scope.periodStart = std::int64_t{month.daysSinceEpoch()} * Timestamp::SecondsPerDay;
            scope.periodEnd
                = std::int64_t{firstOfMonth(month, 1).daysSinceEpoch()} * Timestamp::SecondsPerDay;
            batch.scopes.push_back(scope);
            batch.live.push_back(m_random.chance(4, 5));
        }
        RollupBuilder builder;
        for (std::uint64_t left = m_random.below(300); left > 0; --left) {
            Charge charge;
            charge.key = static_cast<KeyId>(m_random.below(m_snapshot->keys->keyCount()));
            charge.scope = static_cast<std::uint32_t>(m_random.below(scopes));
            charge.day = FirstDay + static_cast<std::int32_t>(m_random.below(Days));
            for (std::int64_t& cost : charge.costs)
                cost = m_random.between(-100, 1'000) * (m_random.chance(1, 3) ? 1 : 1'000'003);
            charge.resourceId = m_texts.emplace_back(
                m_random.chance(1, 5) ? "" : "r-" + std::to_string(m_random.below(6)));
            charge.invoiceId = m_texts.emplace_back(pick({"", "INV-1", "INV-2"}));
            builder.add(charge);
            charge.row = m_charges.size() + 1;
            m_charges.push_back({charge, b});
            if (m_random.chance(1, 100)) // several segments of one batch
                m_snapshot->chunks.push_back(
                    {b, BusinessDate{FirstDay}, BusinessDate{FirstDay + Days - 1},
                        std::make_shared<RollupCells>(builder.take()), {}});
        }
        m_snapshot->chunks.push_back({b, BusinessDate{FirstDay}, BusinessDate{FirstDay + Days - 1},
            std::make_shared<RollupCells>(builder.take()), {}});
        m_snapshot->batches.push_back(std::move(batch));
    }
    if (m_random.chance(2, 3)) // answers are the same with and without
        foldByMonth(*m_snapshot);
}

SpendQuery RandomLedger::query(bool withDetails)
{
    const std::vector<std::string> names{"provider", "service", "region", "tag:team", "unit",
        "owner", "cost_centre", "workflow", "category", "source", "billing_period", "batch",
        "currency", "invoice", "resource"};
    const std::size_t known = names.size() - (withDetails ? 0 : 2);
    SpendQuery query;
    for (std::uint64_t left = m_random.below(4); left > 0; --left)
        query.by.push_back(*parseDimension(names[m_random.below(known)]));
    if (withDetails)
        query.by.push_back(*parseDimension(names[known - 1 - m_random.below(2)]));
    if (m_random.chance(1, 2))
        query.grain = static_cast<Grain>(m_random.below(5));
    if (m_random.chance(1, 2)) {
        const BusinessDate first{FirstDay - 10 + static_cast<std::int32_t>(m_random.below(Days))};
        query.period = m_random.chance(1, 2)
            ? Period{firstOfMonth(first),
                firstOfMonth(first, 1 + static_cast<int>(m_random.below(3)))}
            : Period{first, first.plusDays(static_cast<std::int32_t>(m_random.below(60)))};
    }
    const std::vector<std::vector<std::string>> values{{"AWS", "OpenAI"}, {"Compute", "Models"},
        {"eu-1", "(none)"}, {"red", "green"}, {m_units[0], m_units.back()}, {"p-1"},
        {"cc-1", "(none)"}, {"w-1"}, {"agents", "nothing has this"}, {"aws", "(none)"},
        {"2024-10", "2024-11"}, {"b-0", "b-2"}, {"USD", "(none)"}, {"INV-1", "(none)"},
        {"r-1", "r-2", "r-3"}};
    for (std::uint64_t left = m_random.below(3); left > 0; --left) {
        const std::size_t which = m_random.below(known);
        query.where.push_back(
            {*parseDimension(names[which]), values[which], m_random.chance(1, 4)});
    }
    if (m_random.chance(1, 4))
        query.words.push_back(
            {pick({"com", "sku-1", "eu", "usd", "nowhere"}), m_random.chance(1, 3)});
    if (withDetails && m_random.chance(1, 3)) {
        AmountRange range;
        const auto bound = [this]() -> std::optional<AmountRange::Bound> {
            const Decimal amount{m_random.between(-100, 1'000) * 1'000'003, 9};
            return m_random.chance(2, 3)
                ? std::optional{AmountRange::Bound{amount, m_random.chance(1, 2)}}
                : std::nullopt;
        };
        range.least = bound();
        range.most = bound();
        query.amounts.push_back({range, m_random.chance(1, 4)});
    }
    query.measure = static_cast<Measure>(m_random.below(MeasureCount));
    query.kind = m_random.chance(1, 5) ? BatchKind::Estimated : BatchKind::Billed;
    return query;
}

Principal RandomLedger::departmentHead()
{
    Principal principal;
    principal.person = "p-1";
    principal.roles = {Role::Department};
    for (std::uint64_t left = m_random.below(3); left > 0; --left)
        principal.scope.push_back(m_units[m_random.below(m_units.size())]);
    return principal;
}

} // namespace sluice::test
