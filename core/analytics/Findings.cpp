// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/Findings.h"

#include "core/analytics/FindingList.h"
#include "core/analytics/Freshness.h"
#include "core/analytics/SpendLines.h"
#include "core/base/Check.h"
#include "core/base/TextFold.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace sluice {

namespace {

Dimension dimensionOf(std::string_view name)
{
    auto dimension = parseDimension(name);
    SLUICE_CHECK(dimension.ok());
    return std::move(dimension).value();
}

SpendQuery cutBy(SpendQuery query, std::initializer_list<std::string_view> names)
{
    query.by.clear();
    for (const std::string_view name : names)
        query.by.push_back(dimensionOf(name));
    return query;
}

std::optional<Period> hull(const std::optional<Period>& a, const std::optional<Period>& b)
{
    if (!a || !b)
        return a ? a : b;
    return Period{std::min(a->first, b->first), std::max(a->end, b->end)};
}

// Lines that are one finding.
struct Sum {
    Int128 amount{0};
    std::uint64_t charges{0};
    std::optional<Period> days;
    void add(const SpendLine& line)
    {
        amount += line.amount;
        charges += line.charges;
        days = hull(days, line.days);
    }
};

constexpr std::array<std::string_view, 3> Places{"provider", "service", "billing_account"};
constexpr std::array<Attribute, 4> Presence{
    Attribute::Owner, Attribute::CostCentre, Attribute::Workflow, Attribute::Category};

// Where it was spent: provider, service, billing account.
using Place = std::tuple<Currency, std::string, std::string, std::string>;
using ByPlace = std::map<Place, Sum>;

Finding placed(FindingKind kind, const Place& place, const Sum& sum, const SpendQuery& query)
{
    const auto& [currency, provider, service, account] = place;
    Finding finding;
    finding.kind = kind;
    finding.currency = currency;
    finding.amount = sum.amount;
    finding.charges = sum.charges;
    finding.days = sum.days;
    finding.query = narrowed(query, "currency", {std::string{currency.code()}});
    const std::array<const std::string*, Places.size()> values{&provider, &service, &account};
    for (std::size_t i = 0; i < Places.size(); ++i) {
        finding.query = narrowed(std::move(finding.query), Places[i], {*values[i]});
        finding.about.push_back(
            {std::string{Places[i]}, values[i]->empty() ? std::string{NoValue} : *values[i], {}});
    }
    return finding;
}

// What nobody answers for, and credits.
Status addGaps(const LedgerSnapshot& snapshot, const SpendQuery& query, const TaskContext& context,
    const ChargeScan& scan, FindingList& list)
{
    const SpendQuery cut = cutBy(query,
        {"provider", "service", "billing_account", "charge_category", "owner", "cost_centre",
            "workflow", "category"});
    SLUICE_TRY(const std::vector<SpendLine> lines,
        spendLines(snapshot, cut, {.presenceOnly = true, .days = true}, context, scan));
    std::array<ByPlace, Presence.size()> without;
    std::map<std::pair<Place, std::string>, Sum> credits; // by the category as it is written
    for (const SpendLine& line : lines) {
        const Place place{line.currency, line.values[0], line.values[1], line.values[2]};
        for (std::size_t i = 0; i < Presence.size(); ++i) {
            if (line.values[4 + i].empty())
                without[i][place].add(line);
        }
        if (folded(line.values[3]) == "credit")
            credits[{place, line.values[3]}].add(line);
    }
    for (std::size_t i = 0; i < Presence.size(); ++i) {
        const std::string_view name = attributeName(Presence[i]);
        for (const auto& [place, sum] : without[i]) {
            Finding finding = placed(i == 0 ? FindingKind::Unowned : FindingKind::Unassigned, place,
                sum, narrowed(query, name, {std::string{NoValue}}));
            if (i > 0)
                finding.attribute = Presence[i];
            list.add(std::move(finding));
        }
    }
    for (const auto& [place, sum] : credits)
        list.add(placed(FindingKind::Credit, place.first, sum,
            narrowed(query, "charge_category", {place.second})));
    return Status::success();
}

// One cut of the spend of two periods.
class Movements {
public:
    Movements(const LedgerSnapshot& snapshot, const SpendQuery& now, const SpendQuery& before)
        : m_snapshot{snapshot}
        , m_now{now}
        , m_before{before}
    {
    }

    // `by`: the place of unit (0) or service (1) in the lines.
    void add(const std::vector<SpendLine>& now, const std::vector<SpendLine>& before,
        std::size_t by, const std::set<std::string>& late, FindingList& list) const
    {
        std::map<std::pair<Currency, std::string>, Both> all;
        for (const SpendLine& line : now) {
            Both& both = all[{line.currency, line.values[by]}];
            both.now.add(line);
            both.isUncertain |= late.count(line.values[2]) > 0;
        }
        for (const SpendLine& line : before) {
            Both& both = all[{line.currency, line.values[by]}];
            both.before.add(line);
            both.isUncertain |= late.count(line.values[2]) > 0;
        }
        const bool isOneOnly = std::ranges::all_of(
            all, [&](const auto& entry) { return entry.first.second.empty(); });
        for (const auto& [key, both] : all) {
            // spend that has no unit at all is told once, by service
            if (both.now.amount != both.before.amount && !(by == 0 && isOneOnly))
                list.add(findingOf(key.first, key.second, by == 0 ? "unit" : "service", both));
        }
    }

private:
    struct Both {
        Sum now;
        Sum before;
        bool isUncertain{false};
    };

    [[nodiscard]] Finding findingOf(Currency currency, const std::string& value,
        std::string_view dimension, const Both& both) const
    {
        const bool isGone = both.now.charges == 0;
        Finding finding;
        finding.kind = isGone          ? FindingKind::VanishedSpend
            : both.before.charges == 0 ? FindingKind::NewSpend
                                       : FindingKind::Mover;
        finding.currency = currency;
        finding.amount = both.now.amount;
        finding.before = both.before.amount;
        finding.charges = isGone ? both.before.charges : both.now.charges;
        finding.days = isGone ? both.before.days : both.now.days;
        finding.isUncertain = both.isUncertain;
        const SpendQuery& query = isGone ? m_before : m_now;
        finding.query = narrowed(
            narrowed(query, "currency", {std::string{currency.code()}}), dimension, {value});
        const Dimension by = dimensionOf(dimension);
        finding.about.push_back(
            {std::string{dimension}, value.empty() ? std::string{NoValue} : value,
                by.hasName() && !value.empty() ? objectName(
                    *m_snapshot.organisation, by.attribute, value, query.period->end.plusDays(-1))
                                               : std::string{}});
        return finding;
    }

    const LedgerSnapshot& m_snapshot;
    const SpendQuery& m_now;
    const SpendQuery& m_before;
};

// The two periods that movements compare.
void setPeriods(const FindingsQuestion& question, const Freshness& known, FindingsAnswer& answer)
{
    std::optional<Period> asked = question.query.period;
    if (!known.lastDay)
        return;
    if (!asked) {
        const BusinessDate month = firstOfMonth(*known.lastDay);
        asked = Period{month, firstOfMonth(month, 1)};
    }
    Period before = question.before.value_or(previousPeriod(*asked));
    if (asked->end > question.today) {
        const BusinessDate end = std::min({asked->end, question.today, known.lastDay->plusDays(1)});
        before.end = std::min(
            before.end, before.first.plusDays(std::max(0, Period{asked->first, end}.days())));
        asked->end = std::max(end, asked->first);
    }
    if (asked->days() > 0 && before.days() > 0) {
        answer.compared = asked;
        answer.before = before;
    }
}

void addTotals(const std::vector<SpendLine>& lines, Int128 FindingsAnswer::Total::*amount,
    FindingsAnswer& answer)
{
    for (const SpendLine& line : lines) {
        auto total
            = std::ranges::find(answer.totals, line.currency, &FindingsAnswer::Total::currency);
        if (total == answer.totals.end())
            total = answer.totals.insert(total, {line.currency});
        (*total).*amount += line.amount;
    }
}

Status addMovements(const LedgerSnapshot& whole, const LedgerSnapshot& snapshot,
    const FindingsQuestion& question, const TaskContext& context, const ChargeScan& scan,
    FindingList& list, FindingsAnswer& answer)
{
    SpendQuery now = cutBy(question.query, {"unit", "service", "source"});
    SLUICE_TRY(const std::vector<SpendLine> ofAll,
        spendLines(snapshot, cutBy(question.query, {"source"}), {}, context, scan));
    addTotals(ofAll, &FindingsAnswer::Total::amount, answer);
    std::set<std::string> sources;
    for (const SpendLine& line : ofAll)
        sources.insert(line.values.front());
    setPeriods(question, delivered(whole, sources, question.query, question.today), answer);
    if (!answer.compared)
        return Status::success();
    SpendQuery before = now;
    now.period = answer.compared;
    before.period = answer.before;
    SLUICE_TRY(const std::vector<SpendLine> nowLines,
        spendLines(snapshot, now, {.days = true}, context, scan));
    SLUICE_TRY(const std::vector<SpendLine> beforeLines,
        spendLines(snapshot, before, {.days = true}, context, scan));
    if (beforeLines.empty()) { // the first period there is: all of it would be new
        answer.compared.reset();
        answer.before.reset();
        return Status::success();
    }
    for (const SpendLine& line : beforeLines)
        sources.insert(line.values[2]);
    std::set<std::string> late;
    for (const SpendQuery& query : {now, before}) {
        for (const MissingDays& days : delivered(whole, sources, query, question.today).missing)
            late.insert(days.source);
    }
    addTotals(nowLines, &FindingsAnswer::Total::compared, answer);
    addTotals(beforeLines, &FindingsAnswer::Total::before, answer);
    now.by.clear();
    before.by.clear();
    const Movements movements{snapshot, now, before};
    for (const std::size_t by : {std::size_t{0}, std::size_t{1}})
        movements.add(nowLines, beforeLines, by, late, list);
    return Status::success();
}

} // namespace

std::string_view findingKindName(FindingKind kind)
{
    switch (kind) {
    case FindingKind::Unowned:
        return "unowned";
    case FindingKind::Unassigned:
        return "unassigned";
    case FindingKind::Mover:
        return "mover";
    case FindingKind::NewSpend:
        return "new_spend";
    case FindingKind::VanishedSpend:
        return "vanished_spend";
    case FindingKind::Missing:
        return "missing";
    case FindingKind::RuleFinding:
        return "rule_finding";
    case FindingKind::Quarantined:
        return "quarantined";
    case FindingKind::Beside:
        return "beside";
    case FindingKind::Preliminary:
        return "preliminary";
    case FindingKind::Credit:
        return "credit";
    }
    return {};
}

Period previousPeriod(const Period& period)
{
    const auto isFirst = [](BusinessDate day) { return firstOfMonth(day) == day; };
    if (!isFirst(period.first) || !isFirst(period.end))
        return {period.first.plusDays(-period.days()), period.first};
    int months = 0;
    while (firstOfMonth(period.first, months) < period.end)
        ++months;
    return {firstOfMonth(period.first, -months), period.first};
}

Result<FindingsAnswer> findings(const LedgerSnapshot& whole, const LedgerSnapshot& snapshot,
    std::span<const Batch> batches, const FindingsQuestion& asked, const TaskContext& context,
    const ChargeScan& scan)
{
    FindingsQuestion question = asked;
    question.query.by.clear();
    question.query.grain.reset();
    question.query.top = 0;
    FindingsAnswer answer;
    answer.revision = snapshot.revision;
    FindingList list{snapshot.settings.currency};
    SLUICE_TRY_DO(addGaps(snapshot, question.query, context, scan, list));
    SLUICE_TRY_DO(addMovements(whole, snapshot, question, context, scan, list, answer));
    SLUICE_TRY_DO(addDeliveryFindings(whole, snapshot, batches, question, context, scan, list));
    list.write(question.perKind, answer);
    std::ranges::sort(answer.totals, [&](const auto& a, const auto& b) {
        return list.rank(a.currency) < list.rank(b.currency);
    });
    return answer;
}

} // namespace sluice
