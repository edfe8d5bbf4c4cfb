// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/ExplainVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "app/cli/verbs/BatchText.h"
#include "app/cli/verbs/ChargeText.h"

namespace sluice {

namespace {

void writeExplanation(JsonWriter& json, const Explanation& explained)
{
    json.member("charge", explained.charge.id)
        .member("raw_line", explained.rawLine)
        .countMember("line", explained.line);
    json.key("document")
        .beginObject()
        .member("sha256", toHex(explained.document.sha256))
        .member("name", explained.document.name)
        .endObject();
    json.member("batch", explained.batch.publicId).member("source", explained.batch.source);
    Cell::textOrNone(explained.supersededBy).writeJson(json.key("superseded_by"));
    Cell::textOrNone(explained.rule).writeJson(json.key("rule"));
    json.countMember("ruleset", explained.ruleset);
    Cell::textOrNone(explained.owner).writeJson(json.key("owner"));
    json.key("rules").beginObject();
    for (const auto& entry : explained.rules)
        json.member(entry.first, entry.second);
    json.endObject();
    writeVerdicts(json, explained.verdicts);
    json.key("row");
    writeCharge(json, explained.charge);
}

std::string withRule(const std::pair<std::string, std::string>& attribute,
    const std::map<std::string, std::string>& rules)
{
    const auto rule = rules.find(attribute.first);
    return attribute.second
        + (rule == rules.end() ? std::string{} : "  (rule " + rule->second + ")");
}

// "weight 3, 30.03 USD: unit lab  (rule split), owner ann"
std::string shareText(const ChargeShare& share, Currency currency)
{
    const Cell amount
        = Cell::amount(share.costs[static_cast<std::size_t>(Measure::BilledCost)], currency);
    std::string text = "weight " + std::to_string(share.weight) + ", " + amount.shown() + " "
        + std::string{currency.code()};
    std::string_view separator = ": ";
    for (const auto& attribute : share.attributes) {
        text += std::string{separator} + attribute.first + " " + withRule(attribute, share.rules);
        separator = ", ";
    }
    return text;
}

void printExplanation(Output& output, const Explanation& explained)
{
    Table facts{{{"what", "what"}, {"value", "value"}}};
    const auto fact = [&facts](std::string_view what, std::string_view value) {
        facts.addRow({Cell::text(what), Cell::text(value)});
    };
    const ChargeView& charge = explained.charge;
    fact("charge", charge.id);
    fact("day", charge.day.toIso());
    for (const Measure measure : Measures)
        fact(measureName(measure),
            chargeCost(charge, measure).shown() + " " + std::string{charge.currency.code()});
    for (const auto& attribute : charge.attributes)
        fact(attribute.first, withRule(attribute, explained.rules));
    for (const ChargeShare& share : charge.shares)
        fact("share", shareText(share, charge.currency));
    fact("ruleset", std::to_string(explained.ruleset));
    fact("batch",
        explained.batch.publicId + " from " + explained.batch.source + ", imported "
            + explained.batch.importedAt.toIso());
    if (!explained.supersededBy.empty())
        fact("superseded", "by batch " + explained.supersededBy + ": it counts no more");
    fact("document", explained.document.name);
    fact("sha256", toHex(explained.document.sha256));
    fact("line", std::to_string(explained.line));
    output.peopleTable(facts);
    for (const Verdict& verdict : explained.verdicts)
        output.line(std::string{verdictLevelName(verdict.level)} + " " + verdict.rule + ": "
            + verdict.column + (verdict.sample.empty() ? "" : " = '" + verdict.sample + "'"));
    output.line("");
    output.line(explained.shownLine());
}

} // namespace

VerbInfo ExplainVerb::info() const
{
    return {"explain",
        "Where a charge comes from: the line of the file, its hash, the rules that gave it an owner.",
        "sluice-cli explain company.sluice b-0123456789abcdef-42"};
}

void ExplainVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.argument("CHARGE", m_charge, "the charge's id, as 'charges' lists it");
}

Result<ExitCode> ExplainVerb::run(VerbContext& context)
{
    SLUICE_TRY(const OpenLedger ledger, context.open(m_ledger));
    SLUICE_TRY(const Explanation explained,
        SpendService{*ledger.workspace}.explain(m_charge, ledger.principal, context.task()));
    Output& output = context.output();
    output.answer(explained.revision, [&](JsonWriter& json) { writeExplanation(json, explained); });
    output.csv(chargeTable({explained.charge}));
    printExplanation(output, explained);
    return ExitCode::Done;
}

} // namespace sluice
