// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/FindingList.h"
#include "core/analytics/Freshness.h"
#include "core/analytics/SpendLines.h"
#include "core/base/Check.h"
#include "core/base/WideDecimal.h"

#include <algorithm>
#include <map>

namespace sluice {

namespace {

// Spend by source, batch, billing period, billing account.
constexpr std::array<std::string_view, 4> Cuts{
    "source", "batch", "billing_period", "billing_account"};
enum Cut : std::size_t { Source, BatchId, BillingPeriod, Account };

FindingPlace place(std::string_view dimension, std::string_view value)
{
    return {std::string{dimension}, std::string{value.empty() ? NoValue : value}, {}};
}

Period daysOf(const Scope& scope)
{
    constexpr std::int64_t Day = Timestamp::SecondsPerDay;
    const auto nearest = [](std::int64_t seconds) {
        const std::int64_t shifted = seconds + Day / 2;
        return BusinessDate{
            static_cast<std::int32_t>((shifted - ((shifted % Day) + Day) % Day) / Day)};
    };
    return {nearest(scope.periodStart), nearest(scope.periodEnd)};
}

bool overlap(const Period& a, const Period& b)
{
    return a.first < b.end && b.first < a.end;
}

class DeliveryFindings {
public:
    DeliveryFindings(const LedgerSnapshot& snapshot, const FindingsQuestion& question,
        std::vector<SpendLine> lines, FindingList& list)
        : m_snapshot{snapshot}
        , m_question{question}
        , m_lines{std::move(lines)}
        , m_list{list}
    {
    }

    void addMissing(const LedgerSnapshot& whole, const std::set<std::string>& sources) const
    {
        const SpendQuery& query = m_question.query;
        for (const MissingDays& days : delivered(whole, sources, query, m_question.today).missing) {
            Finding finding;
            finding.kind = FindingKind::Missing;
            finding.about = {place("source", days.source)};
            finding.days = days.days;
            finding.query = narrowed(query, "source", {days.source});
            finding.query.period = days.days;
            m_list.add(std::move(finding));
        }
    }

    // What periods that are not over have come to so far.
    void addPreliminary() const
    {
        std::map<std::pair<std::string, std::string>, Period> open; // source, label
        for (const SnapshotBatch& batch : m_snapshot.batches) {
            for (std::size_t i = 0; i < batch.scopes.size(); ++i) {
                const Scope& scope = batch.scopes[i];
                const Period days = daysOf(scope);
                if (batch.kind == m_question.query.kind && batch.live[i]
                    && days.end > m_question.today)
                    open.try_emplace(
                        {batch.source, billingPeriodLabel(scope.periodStart, scope.periodEnd)},
                        days);
            }
        }
        std::map<std::tuple<Currency, std::string, std::string>, Finding> found;
        for (const SpendLine& line : m_lines) {
            const std::string& source = line.values[Source];
            const std::string& label = line.values[BillingPeriod];
            const auto period = open.find({source, label});
            if (period == open.end())
                continue;
            Finding& finding = found[{line.currency, source, label}];
            finding.amount += line.amount;
            finding.charges += line.charges;
            finding.days = period->second;
        }
        for (auto& [key, finding] : found) {
            const auto& [currency, source, label] = key;
            finding.kind = FindingKind::Preliminary;
            finding.currency = currency;
            finding.about = {place("source", source), place("billing_period", label)};
            finding.query = narrowed(
                narrowed(inCurrency(currency), "source", {source}), "billing_period", {label});
            m_list.add(std::move(finding));
        }
    }

    // Of an account, live periods of two deliveries that share days.
    void addBeside(std::span<const Batch> batches) const
    {
        struct Live {
            const SnapshotBatch* batch;
            const Scope* scope;
        };
        std::set<std::string> appending;
        for (const Batch& batch : batches) {
            if (batch.appends)
                appending.insert(batch.source);
        }
        std::map<std::string, std::vector<Live>> accounts;
        for (const SnapshotBatch& batch : m_snapshot.batches) {
            for (std::size_t i = 0; i < batch.scopes.size(); ++i) {
                if (batch.kind == m_question.query.kind && batch.live[i]
                    && !batch.scopes[i].billingAccount.empty())
                    accounts[batch.scopes[i].billingAccount].push_back({&batch, &batch.scopes[i]});
            }
        }
        for (auto& [account, scopes] : accounts) {
            std::ranges::stable_sort(
                scopes, {}, [](const Live& live) { return live.scope->periodStart; });
            for (std::size_t i = 0; i < scopes.size(); ++i) {
                for (std::size_t j = i + 1;
                     j < scopes.size() && scopes[j].scope->periodStart < scopes[i].scope->periodEnd;
                     ++j) {
                    const SnapshotBatch& a = *scopes[i].batch;
                    const SnapshotBatch& b = *scopes[j].batch;
                    const bool isAddition = a.source == b.source && appending.count(a.source) > 0;
                    if (&a != &b && !isAddition
                        && periodRelation(*scopes[i].scope, *scopes[j].scope)
                            != PeriodRelation::Apart)
                        addPair({&a, scopes[i].scope}, {&b, scopes[j].scope});
                }
            }
        }
    }

    void addVerdicts(const Batch& batch) const
    {
        for (const Verdict& verdict : batch.verdicts) {
            if (verdict.level == VerdictLevel::Finding)
                m_list.add(verdictFinding(FindingKind::RuleFinding, batch, verdict));
        }
        if (batch.rowsQuarantined == 0)
            return;
        Finding finding = batchFinding(FindingKind::Quarantined, batch);
        finding.rows = batch.rowsQuarantined;
        for (const Verdict& verdict : batch.verdicts) {
            if (verdict.level != VerdictLevel::Quarantine || !finding.rule.empty())
                continue;
            finding.rule = verdict.rule; // the first of them
            finding.column = verdict.column;
            finding.sample = verdict.sample;
            finding.fix = verdict.fix;
            finding.firstLine = verdict.firstLine;
        }
        bool isKnown = false;
        for (const ControlTotal& total : batch.controlTotals) {
            const std::optional<Int128> held = heldBack(total);
            if (total.column != measureColumn(m_question.query.measure) || !held || *held == 0)
                continue;
            Finding part = finding;
            part.currency = total.currency;
            part.amount = *held;
            // The rows are those of the batch, and told once.
            part.rows = isKnown ? 0 : finding.rows;
            isKnown = true;
            m_list.add(std::move(part));
        }
        if (!isKnown)
            m_list.add(std::move(finding));
    }

    // Whether the question is about a batch at all.
    [[nodiscard]] bool isAsked(const Batch& batch) const
    {
        if (batch.kind != m_question.query.kind || isReplaced(batch))
            return false;
        const SpendQuery& query = m_question.query;
        if (!query.where.empty() || !query.words.empty() || !query.amounts.empty())
            return std::ranges::any_of(m_lines,
                [&](const SpendLine& line) { return line.values[BatchId] == batch.publicId; });
        return batch.scopes.empty() || std::ranges::any_of(batch.scopes, [&](const Scope& scope) {
            return scope.supersededBy.empty()
                && (!query.period || overlap(daysOf(scope), *query.period));
        });
    }

private:
    struct Side {
        const SnapshotBatch* batch;
        const Scope* scope;
        [[nodiscard]] std::string label() const
        {
            return billingPeriodLabel(scope->periodStart, scope->periodEnd);
        }
    };

    [[nodiscard]] SpendQuery inCurrency(Currency currency) const
    {
        return narrowed(m_question.query, "currency", {std::string{currency.code()}});
    }

    [[nodiscard]] std::map<Currency, SpendLine> spendOf(const Side& side) const
    {
        std::map<Currency, SpendLine> found;
        for (const SpendLine& line : m_lines) {
            if (line.values[BatchId] != side.batch->publicId
                || line.values[BillingPeriod] != side.label()
                || line.values[Account] != side.scope->billingAccount)
                continue;
            SpendLine& sum = found[line.currency];
            sum.amount += line.amount;
            sum.charges += line.charges;
        }
        return found;
    }

    void addPair(const Side& a, const Side& b) const
    {
        const std::map<Currency, SpendLine> ofB = spendOf(b);
        for (const auto& [currency, line] : spendOf(a)) {
            const auto other = ofB.find(currency);
            if (other == ofB.end())
                continue;
            const auto size = [](Int128 amount) { return amount < 0 ? -amount : amount; };
            Finding finding;
            finding.kind = FindingKind::Beside;
            finding.currency = currency;
            finding.amount = size(line.amount) < size(other->second.amount) ? line.amount
                                                                            : other->second.amount;
            finding.charges = std::min(line.charges, other->second.charges);
            finding.about = {place("billing_account", a.scope->billingAccount),
                place("batch", a.batch->publicId), place("source", a.batch->source),
                place("billing_period", a.label()), place("batch", b.batch->publicId),
                place("source", b.batch->source), place("billing_period", b.label())};
            const Period of = daysOf(*a.scope);
            const Period to = daysOf(*b.scope);
            finding.days = Period{std::max(of.first, to.first), std::min(of.end, to.end)};
            finding.query = narrowed(
                narrowed(inCurrency(currency), "billing_account", {a.scope->billingAccount}),
                "batch", {a.batch->publicId, b.batch->publicId});
            m_list.add(std::move(finding));
        }
    }

    [[nodiscard]] Finding batchFinding(FindingKind kind, const Batch& batch) const
    {
        Finding finding;
        finding.kind = kind;
        finding.about = {place("source", batch.source), place("batch", batch.publicId)};
        for (const Scope& scope : batch.scopes) {
            const Period days = daysOf(scope);
            if (!scope.supersededBy.empty())
                continue;
            finding.days = finding.days ? Period{std::min(finding.days->first, days.first),
                               std::max(finding.days->end, days.end)}
                                        : days;
        }
        finding.query = narrowed(m_question.query, "batch", {batch.publicId});
        return finding;
    }

    [[nodiscard]] Finding verdictFinding(
        FindingKind kind, const Batch& batch, const Verdict& verdict) const
    {
        Finding finding = batchFinding(kind, batch);
        finding.rows = verdict.rows;
        finding.rule = verdict.rule;
        finding.column = verdict.column;
        finding.sample = verdict.sample;
        finding.fix = verdict.fix;
        finding.firstLine = verdict.firstLine;
        return finding;
    }

    // What the rows of the file come to that are no charges, as far as they have an amount.
    static std::optional<Int128> heldBack(const ControlTotal& total)
    {
        if (!total.currency.isSet())
            return std::nullopt;
        DecimalSum sum;
        WideDecimal value;
        if (WideDecimal::parse(total.file, value) != WideDecimal::Fit::Held)
            return std::nullopt;
        sum.add(value);
        DecimalSum accepted;
        if (WideDecimal::parse(total.accepted, value) != WideDecimal::Fit::Held)
            return std::nullopt;
        accepted.add(value);
        sum.subtract(accepted);
        if (WideDecimal::parse(sum.toString(), value) != WideDecimal::Fit::Held)
            return std::nullopt;
        return value.rounded(total.currency.scale());
    }

    const LedgerSnapshot& m_snapshot;
    const FindingsQuestion& m_question;
    std::vector<SpendLine> m_lines;
    FindingList& m_list;
};

} // namespace

Status addDeliveryFindings(const LedgerSnapshot& whole, const LedgerSnapshot& snapshot,
    std::span<const Batch> batches, const FindingsQuestion& question, const TaskContext& context,
    const ChargeScan& scan, FindingList& list)
{
    SpendQuery cut = question.query;
    for (const std::string_view name : Cuts) {
        SLUICE_TRY(Dimension dimension, parseDimension(name));
        cut.by.push_back(std::move(dimension));
    }
    SLUICE_TRY(std::vector<SpendLine> lines, spendLines(snapshot, cut, {}, context, scan));
    SpendQuery ever = question.query;
    ever.period.reset();
    SLUICE_TRY(Dimension source, parseDimension("source"));
    ever.by = {std::move(source)};
    SLUICE_TRY(
        const std::vector<SpendLine> ofSources, spendLines(snapshot, ever, {}, context, scan));
    std::set<std::string> sources;
    for (const SpendLine& line : ofSources)
        sources.insert(line.values.front());
    const DeliveryFindings found{snapshot, question, std::move(lines), list};
    found.addMissing(whole, sources);
    found.addPreliminary();
    if (!snapshot.principal.seesEverything())
        return Status::success();
    found.addBeside(batches);
    for (const Batch& batch : batches) {
        if (found.isAsked(batch))
            found.addVerdicts(batch);
    }
    return Status::success();
}

} // namespace sluice
