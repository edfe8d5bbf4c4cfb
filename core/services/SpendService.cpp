// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/SpendService.h"

#include "core/analytics/ChargeFilter.h"
#include "core/analytics/DetailFields.h"
#include "core/analytics/VisibleShares.h"
#include "core/ingest/FocusCatalogue.h"
#include "core/services/internal/ChargeReader.h"
#include "core/services/internal/StoredDocuments.h"
#include "core/services/internal/WorkspaceState.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace sluice {
namespace {

// The snapshot of everything, whoever asks: for looking a charge up by the numbers it is stored
// with. What the principal may see of it is decided charge by charge.
Result<std::shared_ptr<const LedgerSnapshot>> wholeSnapshot(
    Workspace::State& state, const TaskContext& context)
{
    return state.snapshots.whole(
        {*state.readers, state.head.settings}, {state.revision, std::nullopt}, context);
}

// Makes views of charges; keeps the documents that it reads open.
class ViewMaker {
public:
    // `whole`: the ledger in the version that is asked, `newest`: as it is now.
    ViewMaker(Workspace::State& state, const ChargeReader& reader, const LedgerSnapshot& whole,
        const LedgerSnapshot& newest, const Principal& principal)
        : m_state{state}
        , m_reader{reader}
        , m_whole{whole}
        , m_visible{whole.attribution, newest, principal}
        , m_currencies{whole.keys->column("BillingCurrency")}
    {
    }

    // `charge` has the costs of these `shares` of the `stored` one.
    ChargeView facts(const Charge& charge, const Charge& stored, std::size_t batch,
        const std::vector<std::uint32_t>& shares) const
    {
        const Batch& info = m_reader.batches()[batch].batch;
        ChargeView view;
        view.id = ChargeId{info.publicId, charge.row}.text();
        view.batch = info.publicId;
        view.kind = info.kind;
        view.day = BusinessDate{charge.day};
        if (const auto currency = Currency::parse(m_whole.keys->text(m_currencies[charge.key]));
            currency.ok())
            view.currency = *currency;
        view.costs = charge.costs;
        view.nullCosts = charge.nullCosts;
        view.attributes = attributesOf(parts(stored, shares));
        if (m_whole.attribution->of(charge.key, view.day).parts.size() > 1)
            view.shares = sharesOf(stored);
        return view;
    }

    void addNames(ChargeView& view) const
    {
        for (const auto& [attribute, value] : view.attributes) {
            const auto known = parseAttribute(attribute);
            const std::string name = known.ok() && value != SplitValue
                ? objectName(*m_whole.organisation, *known, value, view.day)
                : std::string{};
            if (!name.empty())
                view.names.emplace_back(attribute, name);
        }
    }

    [[nodiscard]] VisiblePortion visible(const Charge& charge) const
    {
        return m_visible.of(charge.key, BusinessDate{charge.day});
    }

    [[nodiscard]] std::vector<AttributionPart> parts(
        const Charge& charge, const std::vector<std::uint32_t>& shares) const
    {
        const std::vector<AttributionPart>& all
            = m_whole.attribution->of(charge.key, BusinessDate{charge.day}).parts;
        std::vector<AttributionPart> parts;
        parts.reserve(shares.size());
        for (const std::uint32_t share : shares)
            parts.push_back(all[share]);
        return parts;
    }

    // Whether a part of the charge is kept from the row.
    [[nodiscard]] bool isShared(
        const Charge& charge, const std::vector<std::uint32_t>& shares) const
    {
        const VisiblePortion portion = visible(charge);
        return !portion.everything || shares.size() < portion.weights.size();
    }

    // The records of the charge's document.
    Result<DocumentRecords*> records(const Charge& charge, std::size_t batch)
    {
        const auto key = std::make_pair(batch, charge.document);
        auto found = m_documents.find(key);
        if (found == m_documents.end()) {
            SLUICE_TRY(DocumentRecords records,
                DocumentRecords::open(
                    *m_state.readers, m_reader.batches()[batch], charge.document));
            found = m_documents.emplace(key, std::move(records)).first;
        }
        return &found->second;
    }

private:
    [[nodiscard]] NamedValues attributesOf(const std::vector<AttributionPart>& parts) const
    {
        NamedValues attributes;
        for (std::size_t a = 0; a < AttributeCount; ++a) {
            const StringId value = parts.front().values[a];
            const bool alike = std::all_of(parts.begin(), parts.end(),
                [&](const AttributionPart& part) { return part.values[a] == value; });
            if (!alike || value != 0)
                attributes.emplace_back(attributeName(static_cast<Attribute>(a)),
                    alike ? m_whole.attribution->strings.text(value) : SplitValue);
        }
        return attributes;
    }

    [[nodiscard]] std::vector<ChargeShare> sharesOf(const Charge& charge) const
    {
        const VisiblePortion portion = visible(charge);
        const std::vector<AttributionPart> seen = parts(charge, portion.shares);
        std::vector<ChargeShare> shares(seen.size());
        for (std::size_t m = 0; m < MeasureCount; ++m) {
            const std::vector<std::int64_t> amounts
                = portion.amountsOfCharge(charge.costs[m], charge.row);
            for (std::size_t i = 0; i < seen.size(); ++i)
                shares[i].costs[m] = amounts[i];
        }
        for (std::size_t i = 0; i < seen.size(); ++i) {
            shares[i].weight = seen[i].weight;
            shares[i].attributes = attributesOf({seen[i]});
        }
        return shares;
    }

    Workspace::State& m_state;
    const ChargeReader& m_reader;
    const LedgerSnapshot& m_whole;
    VisibleShares m_visible;
    std::vector<StringId> m_currencies; // by key
    std::map<std::pair<std::size_t, std::uint32_t>, DocumentRecords> m_documents;
};

using RuleNames = std::map<std::string, std::string>; // attribute → id of the rule that set it

// The rules on which all `parts` agree, by attribute.
RuleNames rulesOf(const Ruleset& ruleset, const std::vector<AttributionPart>& parts)
{
    RuleNames names;
    for (std::size_t a = 0; a < AttributeCount; ++a) {
        const std::int32_t rule = parts.front().rules[a];
        const bool alike = std::all_of(parts.begin(), parts.end(),
            [&](const AttributionPart& part) { return part.rules[a] == rule; });
        if (alike && rule >= 0 && static_cast<std::size_t>(rule) < ruleset.rules.size())
            names.emplace(attributeName(static_cast<Attribute>(a)),
                ruleset.rules[static_cast<std::size_t>(rule)].id);
    }
    return names;
}

// `parts`: the shares that the explained row is made of.
Status nameRules(
    Workspace::State& state, Explanation& explanation, const std::vector<AttributionPart>& parts)
{
    SLUICE_TRY(ReadPool::Lease lease, state.readers->acquire());
    SLUICE_TRY(
        const std::vector<Ruleset> rulesets, loadRulesets(lease.connection(), state.revision));
    const auto ruleset = std::find_if(rulesets.begin(), rulesets.end(),
        [&](const Ruleset& r) { return r.number == explanation.ruleset; });
    if (ruleset == rulesets.end())
        return Status::success();
    explanation.rules = rulesOf(*ruleset, parts);
    for (std::size_t i = 0; i < explanation.charge.shares.size(); ++i)
        explanation.charge.shares[i].rules = rulesOf(*ruleset, {parts[i]});
    for (const Attribute attribute : {Attribute::Owner, Attribute::Unit, Attribute::Category}) {
        const auto found = explanation.rules.find(std::string{attributeName(attribute)});
        if (explanation.rule.empty() && found != explanation.rules.end())
            explanation.rule = found->second;
    }
    return Status::success();
}

// Reads the charges that a snapshot's principal may see, for the dimensions that only charges know.
// `ruleset`: the version that the snapshot was asked under.
ChargeScan scanOf(Workspace::State& state, std::shared_ptr<const LedgerSnapshot> snapshot,
    std::optional<std::uint32_t> ruleset, const TaskContext& context)
{
    return [&state, snapshot = std::move(snapshot), ruleset, &context](
               const SpendQuery& query, const ChargeVisit& visit) -> Status {
        SLUICE_TRY(const auto newest, wholeSnapshot(state, context));
        SLUICE_TRY(const auto whole,
            state.snapshots.whole(
                {*state.readers, state.head.settings}, {snapshot->revision, ruleset}, context));
        SnapshotCharges charges{*whole, *newest, *snapshot, query};
        SLUICE_TRY(ChargeReader reader, ChargeReader::open(*state.readers, snapshot->revision));
        for (std::uint32_t batch = 0; batch < snapshot->batches.size(); ++batch) {
            if (snapshot->batches[batch].kind != query.kind)
                continue;
            const std::uint32_t stored = charges.wholeBatch(batch);
            SLUICE_TRY_DO(reader.forEach(stored, {SegmentPart::All, query.period, 0}, context,
                [&](const Charge& found) -> Result<bool> {
                    Charge charge = found;
                    if (charges.apply(charge, batch))
                        visit(charge, batch, charges.shares());
                    return true;
                }));
        }
        return Status::success();
    };
}

// In the ledger's time zone.
Result<BusinessDate> todayOf(const Workspace::State& state)
{
    // one per thread
    SLUICE_TRY(const LedgerTimeZone zone, LedgerTimeZone::find(state.head.settings.timeZone));
    return zone.localDay(state.environment.clock.now().seconds());
}

bool asksForDetails(const SpendQuery& query)
{
    return !query.amounts.empty()
        || std::any_of(query.where.begin(), query.where.end(), [](const DimensionFilter& filter) {
               return filter.dimension.source == Dimension::Source::Detail;
           });
}

// What the principal may see of a record. Of a charge that is shared with other units only a share
// is theirs, so the file's own amounts, prices and quantities stay out, also numbers in columns
// that FOCUS does not know, and texts that repeat one of them ("40.04 USD for …"): any of them
// would tell the rest.
NamedValues visibleColumns(DocumentRecords::Record record, bool shared)
{
    NamedValues columns = std::move(record.columns);
    if (!shared)
        return columns;
    constexpr std::size_t LeastDigits = 3; // what is shorter is in any text by chance
    const FocusCatalogue catalogue;
    std::vector<std::string> numbers = std::move(record.numbers);
    for (auto& [column, text] : columns) {
        const FocusColumn* known = catalogue.find(column);
        const bool isNumber
            = text.find_first_not_of("0123456789+-.,'eE \u00A0\u202F\u2009$\u20AC\u00A3\u00A5%")
            == std::string::npos;
        if (known == nullptr ? isNumber : known->type == ColumnType::Decimal)
            numbers.push_back(std::exchange(text, {}));
    }
    std::erase_if(numbers, [](const std::string& number) { return number.size() < LeastDigits; });
    for (auto& [column, text] : columns) {
        if (std::any_of(numbers.begin(), numbers.end(), [&text = text](const std::string& number) {
                return text.find(number) != std::string::npos;
            }))
            text.clear();
    }
    return columns;
}

} // namespace

std::string Explanation::shownLine() const
{
    return rawLine.empty()
        ? "The row is shared with other units: its text is for those who see all of it."
        : rawLine;
}

Result<SpendQuery> SpendService::filtered(SpendQuery query, const std::vector<FilterTerm>& terms,
    const SnapshotRequest& at, const Principal& principal, const TaskContext& context) const
{
    SLUICE_TRY(const auto snapshot, m_workspace.snapshot(principal, at, context));
    return sluice::filtered(std::move(query), terms, *snapshot);
}

Result<SpendAnswer> SpendService::spend(const SpendQuery& query, const SnapshotRequest& at,
    const Principal& principal, const TaskContext& context) const
{
    SLUICE_TRY(const auto snapshot, m_workspace.snapshot(principal, at, context));
    return sluice::spend(
        *snapshot, query, context, scanOf(m_workspace.state(), snapshot, at.ruleset, context));
}

Result<SpendTree> SpendService::tree(const SpendQuery& query, const SnapshotRequest& at,
    const Principal& principal, const TaskContext& context) const
{
    SLUICE_TRY(const auto snapshot, m_workspace.snapshot(principal, at, context));
    return spendTree(
        *snapshot, query, context, scanOf(m_workspace.state(), snapshot, at.ruleset, context));
}

Result<std::vector<Coverage>> SpendService::coverage(const SpendQuery& query,
    const SnapshotRequest& at, const Principal& principal, const TaskContext& context) const
{
    SLUICE_TRY(const auto snapshot, m_workspace.snapshot(principal, at, context));
    return sluice::coverage(
        *snapshot, query, context, scanOf(m_workspace.state(), snapshot, at.ruleset, context));
}

Result<Freshness> SpendService::freshness(
    const SpendQuery& query, const Principal& principal, const TaskContext& context) const
{
    Workspace::State& state = m_workspace.state();
    SLUICE_TRY(const auto snapshot, m_workspace.snapshot(principal, {}, context));
    SLUICE_TRY(const auto whole, wholeSnapshot(state, context));
    SLUICE_TRY(const BusinessDate today, todayOf(state));
    return sluice::freshness(
        *whole, *snapshot, query, today, context, scanOf(state, snapshot, {}, context));
}

Result<std::vector<SourceFreshness>> SpendService::freshnessBySource(
    const SpendQuery& query, const Principal& principal, const TaskContext& context) const
{
    Workspace::State& state = m_workspace.state();
    SLUICE_TRY(const auto snapshot, m_workspace.snapshot(principal, {}, context));
    SLUICE_TRY(const auto whole, wholeSnapshot(state, context));
    SLUICE_TRY(const BusinessDate today, todayOf(state));
    const ChargeScan scan = scanOf(state, snapshot, {}, context);
    SLUICE_TRY(Dimension source, parseDimension("source"));
    SpendQuery ever = query;
    ever.by = {source};
    ever.grain.reset();
    ever.period.reset();
    ever.top = 0;
    SLUICE_TRY(const SpendAnswer spent, sluice::spend(*snapshot, ever, context, scan));
    std::set<std::string> names;
    for (const SpendRow& row : spent.rows)
        names.insert(row.values.front());
    std::vector<SourceFreshness> found;
    for (const std::string& name : names) {
        SpendQuery one = query;
        one.where.push_back({source, {name}, false});
        SLUICE_TRY(
            Freshness freshness, sluice::freshness(*whole, *snapshot, one, today, context, scan));
        found.push_back({name, std::move(freshness)});
    }
    return found;
}

Result<FindingsAnswer> SpendService::findings(
    FindingsQuestion question, const Principal& principal, const TaskContext& context) const
{
    Workspace::State& state = m_workspace.state();
    SLUICE_TRY(const auto snapshot, m_workspace.snapshot(principal, {}, context));
    SLUICE_TRY(const auto whole, wholeSnapshot(state, context));
    SLUICE_TRY(question.today, todayOf(state));
    std::vector<Batch> batches;
    if (principal.seesEverything()) {
        SLUICE_TRY(ReadPool::Lease lease, state.readers->acquire());
        SLUICE_TRY(std::vector<StoredBatch> stored,
            readBatches(lease.connection(), snapshot->revision, true));
        for (StoredBatch& one : stored)
            batches.push_back(std::move(one.batch));
    }
    return sluice::findings(
        *whole, *snapshot, batches, question, context, scanOf(state, snapshot, {}, context));
}

Result<ChargePage> SpendService::charges(
    const ChargeQuery& query, const Principal& principal, const TaskContext& context) const
{
    Workspace::State& state = m_workspace.state();
    SLUICE_TRY(const auto newest, wholeSnapshot(state, context));
    SLUICE_TRY(const auto whole, m_workspace.snapshot(Principal::owner(), query.at, context));
    SLUICE_TRY_DO(requireKeyFields(*whole, query.filter));
    SLUICE_TRY(ChargeReader reader, ChargeReader::open(*state.readers, whole->revision));
    std::size_t batch = 0;
    std::uint64_t afterRow = 0;
    if (!query.after.empty()) {
        SLUICE_TRY(const ChargeId after, ChargeId::parse(query.after));
        const auto found = reader.find(after.batch);
        if (!found)
            return Error{ErrorCode::NotFound, {},
                "the cursor names batch " + after.batch + ", which is not in the ledger",
                "Start again without --after"};
        batch = *found;
        afterRow = after.row;
    }
    const ChargeFilter filter{*whole, *newest, query.filter, principal};
    ViewMaker views{state, reader, *whole, *newest, principal};
    const SegmentPart part
        = query.withColumns || asksForDetails(query.filter) ? SegmentPart::All : SegmentPart::Facts;
    ChargePage page;
    page.revision = whole->revision;
    for (; batch < reader.batches().size() && page.rows.size() < query.limit;
         ++batch, afterRow = 0) {
        const auto index = static_cast<std::uint32_t>(batch);
        if (!filter.wantsBatch(index))
            continue;
        SLUICE_TRY_DO(reader.forEach(batch, {part, query.filter.period, afterRow}, context,
            [&](const Charge& found) -> Result<bool> {
                Charge charge = found;
                if (!filter.apply(charge, index))
                    return true;
                const std::vector<std::uint32_t> shares = filter.shares(found);
                ChargeView view = views.facts(charge, found, batch, shares);
                if (query.withColumns) {
                    views.addNames(view);
                    SLUICE_TRY(auto* records, views.records(found, batch));
                    SLUICE_TRY(DocumentRecords::Record record, records->at(found.line));
                    view.columns = visibleColumns(std::move(record), views.isShared(found, shares));
                }
                page.next = view.id;
                page.rows.push_back(std::move(view));
                return page.rows.size() < query.limit;
            }));
    }
    if (page.rows.size() < query.limit)
        page.next.clear();
    return page;
}

Result<Explanation> SpendService::explain(
    const std::string& chargeId, const Principal& principal, const TaskContext& context) const
{
    Workspace::State& state = m_workspace.state();
    SLUICE_TRY(const ChargeId id, ChargeId::parse(chargeId));
    SLUICE_TRY(const auto whole, wholeSnapshot(state, context));
    SLUICE_TRY(ChargeReader reader, ChargeReader::open(*state.readers, whole->revision));
    const auto batch = reader.find(id.batch);
    std::optional<Charge> charge;
    if (batch) {
        SLUICE_TRY(charge, reader.at(*batch, id.row));
    }
    if (!charge)
        return Error{ErrorCode::NotFound, chargeId, "there is no such charge",
            "`sluice-cli charges LEDGER` lists them"};
    const Charge found = *charge;
    ViewMaker views{state, reader, *whole, *whole, principal};
    const VisiblePortion portion = views.visible(found);
    if (portion.shares.empty())
        return Error{ErrorCode::OutOfScope, chargeId, "this charge is outside your scope",
            "Ask its owner, or somebody with the role Finance"};
    for (std::int64_t& cost : charge->costs) {
        const std::vector<std::int64_t> amounts = portion.amountsOfCharge(cost, found.row);
        cost = std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0});
    }

    Explanation explanation;
    explanation.revision = whole->revision;
    explanation.charge = views.facts(*charge, found, *batch, portion.shares);
    views.addNames(explanation.charge);
    SLUICE_TRY(auto* records, views.records(*charge, *batch));
    SLUICE_TRY(DocumentRecords::Record record, records->at(charge->line));
    SLUICE_TRY(const LedgerTimeZone zone, LedgerTimeZone::find(state.head.settings.timeZone));
    SLUICE_TRY(explanation.verdicts, records->verdicts(record, zone));
    StoredBatch stored;
    {
        SLUICE_TRY(ReadPool::Lease lease, state.readers->acquire());
        SLUICE_TRY(stored, readBatch(lease.connection(), id.batch));
    }
    const bool shared = !portion.everything;
    if (shared) {
        for (Verdict& verdict : explanation.verdicts)
            verdict.sample.clear(); // the file's own text
    }
    explanation.charge.columns = visibleColumns(record, shared);
    if (!shared)
        explanation.rawLine = std::move(record.raw);
    explanation.line = charge->line;
    explanation.supersededBy = reader.supersededBy(*batch, charge->scope);
    explanation.document = stored.batch.documents[charge->document];
    explanation.batch = std::move(stored.batch);
    explanation.ruleset = whole->attribution->of(charge->key, BusinessDate{charge->day}).ruleset;
    SLUICE_TRY_DO(nameRules(state, explanation, views.parts(found, portion.shares)));
    for (const auto& [attribute, value] : explanation.charge.attributes) {
        if (attribute == "owner")
            explanation.owner = value;
    }
    return explanation;
}

} // namespace sluice
