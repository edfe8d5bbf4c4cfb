// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/SpendService.h"

#include "core/analytics/ChargeFilter.h"
#include "core/analytics/DetailFields.h"
#include "core/analytics/UnitScope.h"
#include "core/ingest/FocusCatalogue.h"
#include "core/ingest/RuleDriver.h"
#include "core/services/internal/ChargeReader.h"
#include "core/services/internal/StoredDocuments.h"
#include "core/services/internal/WorkspaceState.h"

#include <algorithm>
#include <utility>

namespace sluice {
namespace {

    // The snapshot of everything, whoever asks: for looking a charge up by the numbers it is stored with. What the
    // principal may see of it is decided charge by charge.
    Result<std::shared_ptr<const LedgerSnapshot>> wholeSnapshot(Workspace::State& state, const TaskContext& context)
    {
        return state.snapshots.whole({*state.readers, state.head.settings}, state.revision, std::nullopt, context);
    }

    // Makes views of charges; keeps the documents that it reads open.
    class ViewMaker {
    public:
        ViewMaker(Workspace::State& state, const ChargeReader& reader, const LedgerSnapshot& whole, const Principal& principal)
            : m_state{state}
            , m_reader{reader}
            , m_whole{whole}
            , m_principal{principal}
            , m_scope{whole, principal}
            , m_currencies{whole.keys->column("BillingCurrency")}
        {
        }

        // `charge` has the principal's share already.
        ChargeView facts(const Charge& charge, std::size_t batch) const
        {
            const Batch& info = m_reader.batches()[batch].batch;
            ChargeView view;
            view.id = ChargeId{info.publicId, charge.row}.text();
            view.batch = info.publicId;
            view.kind = info.kind;
            view.day = BusinessDate{charge.day};
            if (const auto currency = Currency::parse(m_whole.keys->text(m_currencies[charge.key])); currency.ok())
                view.currency = *currency;
            view.costs = charge.costs;
            view.nullCosts = charge.nullCosts;
            const AttributionPart& part = visiblePart(charge);
            for (std::size_t a = 0; a < AttributeCount; ++a) {
                if (part.values[a] != 0)
                    view.attributes.emplace_back(attributeName(static_cast<Attribute>(a)), m_whole.attribution->strings.text(part.values[a]));
            }
            return view;
        }

        Result<DocumentRecords::Record> record(const Charge& charge, std::size_t batch)
        {
            const auto key = std::make_pair(batch, charge.document);
            auto found = m_documents.find(key);
            if (found == m_documents.end()) {
                SLUICE_TRY(DocumentRecords records, DocumentRecords::open(*m_state.readers, m_reader.batches()[batch], charge.document));
                found = m_documents.emplace(key, std::move(records)).first;
            }
            return found->second.at(charge.line);
        }

    private:
        // The first share that the principal may see.
        const AttributionPart& visiblePart(const Charge& charge) const
        {
            const BusinessDate day{charge.day};
            const auto& parts = m_whole.attribution->of(charge.key, day).parts;
            const std::size_t era = m_scope.eraOf(day);
            const auto seen = std::find_if(parts.begin(), parts.end(), [&](const AttributionPart& part) { return m_principal.seesEverything() || m_scope.sees(era, part); });
            return seen == parts.end() ? parts.front() : *seen;
        }

        Workspace::State& m_state;
        const ChargeReader& m_reader;
        const LedgerSnapshot& m_whole;
        const Principal& m_principal;
        UnitScope m_scope;
        std::vector<StringId> m_currencies; // by key
        std::map<std::pair<std::size_t, std::uint32_t>, DocumentRecords> m_documents;
    };

    // Reads the charges that a snapshot's principal may see, for the dimensions that only charges know.
    ChargeScan scanOf(Workspace::State& state, std::shared_ptr<const LedgerSnapshot> snapshot, const TaskContext& context)
    {
        return [&state, snapshot = std::move(snapshot), &context](const SpendQuery& query, const std::function<void(const Charge&, std::uint32_t)>& visit) -> Status {
            SLUICE_TRY(const auto whole, wholeSnapshot(state, context));
            const SnapshotCharges charges{*whole, *snapshot, query};
            SLUICE_TRY(ChargeReader reader, ChargeReader::open(*state.readers, snapshot->revision));
            for (std::uint32_t batch = 0; batch < snapshot->batches.size(); ++batch) {
                if (snapshot->batches[batch].kind != query.kind)
                    continue;
                const std::uint32_t stored = charges.wholeBatch(batch);
                SLUICE_TRY_DO(reader.forEach(stored, {SegmentPart::All, query.period, 0}, context, [&](const Charge& found) -> Result<bool> {
                    Charge charge = found;
                    if (charges.apply(charge, batch))
                        visit(charge, batch);
                    return true;
                }));
            }
            return Status::success();
        };
    }

    bool asksForDetails(const SpendQuery& query)
    {
        return std::any_of(query.where.begin(), query.where.end(), [](const DimensionFilter& filter) { return filter.dimension.source == Dimension::Source::Detail; });
    }

    using Columns = std::vector<std::pair<std::string, std::string>>;

    // The rules that this one row breaks: they run again on it alone.
    Result<std::vector<Verdict>> verdictsOfRow(const Columns& record, std::uint64_t line)
    {
        std::vector<std::string> columns;
        std::vector<std::string_view> texts;
        for (const auto& [column, text] : record) {
            columns.push_back(column);
            texts.push_back(text);
        }
        RuleDriver driver{std::make_shared<const RuleModel>(RuleModel::builtIn()), columns, std::vector<bool>(columns.size(), false)};
        bool given = false;
        SLUICE_TRY(const std::vector<RuleResult> results, driver.run([&](RuleRecord& out) -> Result<bool> {
            out = {texts, line};
            return !std::exchange(given, true);
        }));
        std::vector<Verdict> verdicts;
        for (const RuleResult& result : results) {
            if (result.outcome == RuleOutcome::Fail && result.failingRows > 0)
                verdicts.push_back({result.rule, result.column, VerdictLevel::Finding, 1, line, result.sample, result.fix});
        }
        return verdicts;
    }

    // What the principal may see of a record. Of a charge that is shared with other units only a share is theirs, so the
    // file's own amounts, prices and quantities stay out: any of them would tell the rest.
    Columns visibleColumns(Columns columns, bool shared)
    {
        const FocusCatalogue catalogue;
        const auto hidden = [&](const auto& column) {
            const FocusColumn* known = shared ? catalogue.find(column.first) : nullptr;
            return column.second.empty() || (known != nullptr && known->type == ColumnType::Decimal);
        };
        columns.erase(std::remove_if(columns.begin(), columns.end(), hidden), columns.end());
        return columns;
    }

} // namespace

Result<SpendAnswer> SpendService::spend(const SpendQuery& query, const SnapshotRequest& at, const Principal& principal, const TaskContext& context) const
{
    SLUICE_TRY(const auto snapshot, m_workspace.snapshot(principal, at, context));
    return sluice::spend(*snapshot, query, context, scanOf(m_workspace.state(), snapshot, context));
}

Result<SpendTree> SpendService::tree(const SpendQuery& query, const SnapshotRequest& at, const Principal& principal, const TaskContext& context) const
{
    SLUICE_TRY(const auto snapshot, m_workspace.snapshot(principal, at, context));
    return spendTree(*snapshot, query, context, scanOf(m_workspace.state(), snapshot, context));
}

Result<std::vector<Coverage>> SpendService::coverage(const SpendQuery& query, const Principal& principal, const TaskContext& context) const
{
    SLUICE_TRY(const auto snapshot, m_workspace.snapshot(principal, {}, context));
    return sluice::coverage(*snapshot, query, context);
}

Result<ChargePage> SpendService::charges(const ChargeQuery& query, const Principal& principal, const TaskContext& context) const
{
    Workspace::State& state = m_workspace.state();
    SLUICE_TRY(const auto whole, wholeSnapshot(state, context));
    SLUICE_TRY_DO(requireKeyFields(*whole, query.filter));
    SLUICE_TRY(ChargeReader reader, ChargeReader::open(*state.readers, whole->revision));
    std::size_t batch = 0;
    std::uint64_t afterRow = 0;
    if (!query.after.empty()) {
        SLUICE_TRY(const ChargeId after, ChargeId::parse(query.after));
        const auto found = reader.find(after.batch);
        if (!found)
            return Error{ErrorCode::NotFound, {}, "the cursor names batch " + after.batch + ", which is not in the ledger", "Start again without --after"};
        batch = *found;
        afterRow = after.row;
    }
    const ChargeFilter filter{*whole, query.filter, principal};
    ViewMaker views{state, reader, *whole, principal};
    const SegmentPart part = asksForDetails(query.filter) ? SegmentPart::All : SegmentPart::Facts;
    ChargePage page;
    page.revision = whole->revision;
    for (; batch < reader.batches().size() && page.rows.size() < query.limit; ++batch, afterRow = 0) {
        const auto index = static_cast<std::uint32_t>(batch);
        if (!filter.wantsBatch(index))
            continue;
        SLUICE_TRY_DO(reader.forEach(batch, {part, query.filter.period, afterRow}, context, [&](const Charge& found) -> Result<bool> {
            Charge charge = found;
            if (!filter.apply(charge, index))
                return true;
            ChargeView view = views.facts(charge, batch);
            if (query.withColumns) {
                SLUICE_TRY(const std::optional<Charge> whereFrom, reader.at(batch, charge.row));
                SLUICE_TRY(DocumentRecords::Record record, views.record(whereFrom.value_or(charge), batch));
                view.columns = visibleColumns(std::move(record.columns), charge.costs != found.costs);
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

Result<Explanation> SpendService::explain(const std::string& chargeId, const Principal& principal, const TaskContext& context) const
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
        return Error{ErrorCode::NotFound, chargeId, "there is no such charge", "`sluice-cli charges LEDGER` lists them"};
    SpendQuery anything;
    anything.kind = reader.batches()[*batch].batch.kind;
    const auto wholeCosts = charge->costs;
    if (!ChargeFilter{*whole, anything, principal}.apply(*charge, static_cast<std::uint32_t>(*batch)))
        return Error{ErrorCode::OutOfScope, chargeId, "this charge is outside your scope", "Ask its owner, or somebody with the role Finance"};

    Explanation explanation;
    explanation.revision = whole->revision;
    ViewMaker views{state, reader, *whole, principal};
    explanation.charge = views.facts(*charge, *batch);
    SLUICE_TRY(DocumentRecords::Record record, views.record(*charge, *batch));
    StoredBatch stored;
    {
        SLUICE_TRY(ReadPool::Lease lease, state.readers->acquire());
        SLUICE_TRY(stored, readBatch(lease.connection(), id.batch));
    }
    SLUICE_TRY(explanation.verdicts, verdictsOfRow(record.columns, charge->line));
    const bool shared = charge->costs != wholeCosts;
    explanation.charge.columns = visibleColumns(std::move(record.columns), shared);
    if (!shared)
        explanation.rawLine = std::move(record.raw);
    explanation.line = charge->line;
    explanation.document = stored.batch.documents[charge->document];
    explanation.batch = std::move(stored.batch);
    const Assignment& assignment = whole->attribution->of(charge->key, BusinessDate{charge->day});
    explanation.ruleset = assignment.ruleset;
    SLUICE_TRY_DO(nameRules(explanation, assignment));
    for (const auto& [attribute, value] : explanation.charge.attributes) {
        if (attribute == "owner")
            explanation.owner = value;
    }
    return explanation;
}

Status SpendService::nameRules(Explanation& explanation, const Assignment& assignment) const
{
    Workspace::State& state = m_workspace.state();
    SLUICE_TRY(ReadPool::Lease lease, state.readers->acquire());
    SLUICE_TRY(const std::vector<Ruleset> rulesets, loadRulesets(lease.connection(), state.revision));
    const auto ruleset = std::find_if(rulesets.begin(), rulesets.end(), [&](const Ruleset& r) { return r.number == assignment.ruleset; });
    if (ruleset == rulesets.end())
        return Status::success();
    for (std::size_t a = 0; a < AttributeCount; ++a) {
        const std::int32_t rule = assignment.rules[a];
        if (rule >= 0 && static_cast<std::size_t>(rule) < ruleset->rules.size())
            explanation.rules[std::string{attributeName(static_cast<Attribute>(a))}] = ruleset->rules[static_cast<std::size_t>(rule)].id;
    }
    for (const Attribute attribute : {Attribute::Owner, Attribute::Unit, Attribute::Category}) {
        const auto found = explanation.rules.find(std::string{attributeName(attribute)});
        if (explanation.rule.empty() && found != explanation.rules.end())
            explanation.rule = found->second;
    }
    return Status::success();
}

} // namespace sluice
