// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/RulesDiffVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "app/cli/verbs/RulesText.h"

namespace sluice {

namespace {

Cell placeCell(const std::optional<std::size_t>& place)
{
    return Cell::countOrNone(place ? std::optional<std::uint64_t>{*place + 1} : std::nullopt);
}

std::string ruleText(const Ruleset& ruleset, const std::optional<std::size_t>& place)
{
    if (!place)
        return {};
    const AttributionRule& rule = ruleset.rules[*place];
    return conditionText(rule) + " -> " + assignmentText(rule);
}

Table changeTable(const RulesetDiff& diff, const Ruleset& before, const Ruleset& after)
{
    Table table{{{"change", "change"}, {"id", "rule"}, {"before", "# before"}, {"after", "#"},
        {"parts", "what"}, {"moved", ""}, {"rule_before", "before"}, {"rule_after", "after"}}};
    for (const RuleChange& change : diff.rules)
        table.addRow({Cell::text(ruleChangeKindName(change.kind)), Cell::text(change.id),
            placeCell(change.before), placeCell(change.after), Cell::list(change.parts),
            Cell::text(change.isMoved ? "yes" : "no"),
            Cell::textOrNone(ruleText(before, change.before)),
            Cell::textOrNone(ruleText(after, change.after))});
    return table;
}

void writeChange(
    JsonWriter& json, const RuleChange& change, const Ruleset& before, const Ruleset& after)
{
    json.beginObject().member("change", ruleChangeKindName(change.kind)).member("id", change.id);
    placeCell(change.before).writeJson(json.key("before"));
    placeCell(change.after).writeJson(json.key("after"));
    Cell::list(change.parts).writeJson(json.key("parts"));
    json.key("moved").boolean(change.isMoved);
    Cell::textOrNone(ruleText(before, change.before)).writeJson(json.key("rule_before"));
    Cell::textOrNone(ruleText(after, change.after)).writeJson(json.key("rule_after"));
    json.endObject();
}

} // namespace

VerbInfo RulesDiffVerb::info() const
{
    return {"rules diff", "What one version of the rules changed against another.",
        "sluice-cli rules diff company.sluice 1 2"};
}

void RulesDiffVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.argument("A", m_before, "the number of the version before");
    options.argument("B", m_after, "the number of the version after");
}

Result<ExitCode> RulesDiffVerb::run(VerbContext& context)
{
    SLUICE_TRY(const std::uint32_t first, rulesetNumber(m_before));
    SLUICE_TRY(const std::uint32_t second, rulesetNumber(m_after));
    SLUICE_TRY(const OpenLedger ledger, context.open(m_ledger));
    const OwnershipService service{*ledger.workspace};
    SLUICE_TRY(const RulesetVersion before, service.ruleset(first));
    SLUICE_TRY(const RulesetVersion after, service.ruleset(second));
    const RulesetDiff diff = rulesetDiff(before.ruleset, after.ruleset);
    const Table table = changeTable(diff, before.ruleset, after.ruleset);
    Output& output = context.output();
    output.answer(ledger.workspace->revision(), [&](JsonWriter& json) {
        json.key("rules").beginArray();
        for (const RuleChange& change : diff.rules)
            writeChange(json, change, before.ruleset, after.ruleset);
        json.endArray();
        Cell::list(diff.tables).writeJson(json.key("tables"));
        Cell::list(diff.normalise).writeJson(json.key("normalise"));
    });
    output.table(table);
    for (const std::string& name : diff.tables)
        output.line("The table '" + name + "' differs.");
    for (const std::string& field : diff.normalise)
        output.line("'" + field + "' is normalised otherwise.");
    if (table.empty() && diff.tables.empty() && diff.normalise.empty())
        output.note("The two say the same.");
    return ExitCode::Done;
}

} // namespace sluice
