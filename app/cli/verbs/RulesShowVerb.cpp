// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/RulesShowVerb.h"

#include "app/cli/Options.h"
#include "app/cli/verbs/RulesText.h"
#include "core/base/Money.h"

#include <algorithm>

namespace sluice {

namespace {

using Effects = std::vector<RuleEffect>;

const RuleEffect* effectOf(const Effects& effects, std::uint32_t ruleset, std::size_t rule)
{
    const auto found = std::ranges::find_if(effects,
        [&](const RuleEffect& effect) { return effect.ruleset == ruleset && effect.rule == rule; });
    return found == effects.end() ? nullptr : &*found;
}

void writeConditions(JsonWriter& json, const AttributionRule& rule)
{
    json.key("when").beginArray();
    for (const std::vector<RuleCondition>& clause : rule.when) {
        json.beginArray();
        for (const RuleCondition& condition : clause) {
            json.beginObject()
                .member("field", condition.field)
                .member("test", ruleTestName(condition.test));
            Cell::list(condition.values).writeJson(json.key("values"));
            json.key("not").boolean(condition.negated);
            json.endObject();
        }
        json.endArray();
    }
    json.endArray();
}

void writeAssigned(JsonWriter& json, const std::map<Attribute, RuleValue>& assign)
{
    json.key("assign").beginObject();
    for (const auto& [attribute, value] : assign) {
        json.key(attributeName(attribute)).beginObject();
        Cell::textOrNone(value.literal).writeJson(json.key("value"));
        Cell::textOrNone(value.field).writeJson(json.key("field"));
        Cell::textOrNone(value.table).writeJson(json.key("table"));
        json.endObject();
    }
    json.endObject();
}

void writeEffect(JsonWriter& json, const RuleEffect* effect)
{
    json.countMember("keys", effect == nullptr ? 0 : effect->keys);
    json.key("decides").beginArray();
    for (std::size_t i = 0; effect != nullptr && i < effect->totals.size(); ++i) {
        const SpendTotal& total = effect->totals[i];
        json.beginObject()
            .member("currency", total.currency.code())
            .member("amount", amountText(total.amount, total.currency));
        json.countMember("charges", total.charges).endObject();
    }
    json.endArray();
}

void writeRules(JsonWriter& json, const RulesetVersion& version, const Effects& effects)
{
    json.key("rules").beginArray();
    for (std::size_t i = 0; i < version.ruleset.rules.size(); ++i) {
        const AttributionRule& rule = version.ruleset.rules[i];
        json.beginObject().member("id", rule.id);
        json.countMember("order", i + 1);
        Cell::textOrNone(rule.note).writeJson(json.key("note"));
        json.key("extended").boolean(rule.line == 0);
        writeConditions(json, rule);
        writeAssigned(json, rule.assign);
        json.key("split").beginArray();
        for (const RuleShare& share : rule.split) {
            json.beginObject().countMember("weight", share.weight);
            writeAssigned(json, share.assign);
            json.endObject();
        }
        json.endArray();
        writeEffect(json, effectOf(effects, version.info.number, i));
        json.endObject();
    }
    json.endArray();
}

void writeVersion(JsonWriter& json, const RulesetVersion& version)
{
    json.countMember("number", version.info.number).member("name", version.info.name);
    json.member("effective_from", version.info.effectiveFrom.toIso());
    json.key("days").beginArray();
    for (const RulesetDays& days : version.days) {
        json.beginObject();
        const bool isOpen = days.from == Effective{}.from;
        Cell::textOrNone(isOpen ? std::string{} : days.from.toIso()).writeJson(json.key("from"));
        Cell::textOrNone(days.until ? days.until->toIso() : std::string{})
            .writeJson(json.key("to"));
        json.endObject();
    }
    json.endArray();
    json.member("body", version.ruleset.body);
}

Table ruleTable(const RulesetVersion& version, const Effects& effects)
{
    Table table{{{"order", "#"}, {"id", "rule"}, {"when", "when"}, {"assigns", "assigns"},
        {"keys", "keys"}, {"currency", "currency"}, {"amount", "decides"}, {"charges", "charges"}}};
    for (std::size_t i = 0; i < version.ruleset.rules.size(); ++i) {
        const AttributionRule& rule = version.ruleset.rules[i];
        const RuleEffect* effect = effectOf(effects, version.info.number, i);
        const auto add = [&](Cell currency, Cell amount, Cell charges) {
            table.addRow({Cell::count(i + 1), Cell::text(rule.id), Cell::text(conditionText(rule)),
                Cell::text(assignmentText(rule)), Cell::count(effect == nullptr ? 0 : effect->keys),
                std::move(currency), std::move(amount), std::move(charges)});
        };
        if (effect == nullptr)
            add(Cell::none(), Cell::none(), Cell::count(0));
        for (std::size_t t = 0; effect != nullptr && t < effect->totals.size(); ++t) {
            const SpendTotal& total = effect->totals[t];
            add(Cell::text(total.currency.code()), Cell::amount(total.amount, total.currency),
                Cell::count(total.charges));
        }
    }
    return table;
}

Result<std::optional<std::uint32_t>> numberOf(const std::string& text)
{
    if (text.empty())
        return std::optional<std::uint32_t>{};
    SLUICE_TRY(const std::uint32_t number, rulesetNumber(text));
    return std::optional{number};
}

} // namespace

VerbInfo RulesShowVerb::info() const
{
    return {"rules show",
        "The rules of a published version in order, and what each decides of the spend.",
        "sluice-cli rules show company.sluice 2 --period 2026-Q3",
        "A rule without keys decides nothing: none of its conditions hold, or rules before it have set all.\n"};
}

void RulesShowVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.optionalArgument("N", m_number, "the version's number (the newest)");
    m_query.declarePeriod(options);
    m_query.declareMeasureOnly(options);
}

Result<ExitCode> RulesShowVerb::run(VerbContext& context)
{
    SLUICE_TRY(const std::optional<std::uint32_t> number, numberOf(m_number));
    SLUICE_TRY(const SpendQuestion asked, m_query.ask(context, m_ledger));
    const OwnershipService service{*asked.ledger.workspace};
    SLUICE_TRY(const RulesetVersion version, service.ruleset(number));
    SLUICE_TRY(const Effects effects,
        service.effects(asked.query, asked.ledger.principal, context.task()));
    Output& output = context.output();
    output.answer(asked.ledger.workspace->revision(), [&](JsonWriter& json) {
        writeVersion(json, version);
        writeRules(json, version, effects);
    });
    output.table(ruleTable(version, effects));
    return ExitCode::Done;
}

} // namespace sluice
