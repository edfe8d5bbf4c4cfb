// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/provenance/ExplanationFacts.h"

#include "ui/kit/DateText.h"
#include "ui/kit/ErrorText.h"
#include "ui/models/BatchColumns.h"
#include "ui/models/MapNode.h"
#include "ui/pages/ViewContext.h"

#include <QCoreApplication>

#include <algorithm>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ExplanationFacts", text);
}

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

FactSheet::Section chargeSection(const Explanation& explanation, const MoneyText& money)
{
    const ChargeView& charge = explanation.charge;
    FactSheet::Section section{
        tr("The charge"), {{tr("Id"), text(charge.id)}, {tr("Day"), dateText(charge.day)}}};
    for (const Measure measure : Measures) {
        const auto m = static_cast<std::size_t>(measure);
        const bool null = ((charge.nullCosts >> m) & 1) != 0;
        section.facts.emplace_back(measureText(measure),
            null ? tr("not in the file, counts as 0")
                 : QString::fromLatin1(charge.currency.code()) + QChar{u'\u00A0'}
                    + money.exact(charge.costs[m], charge.currency));
    }
    return section;
}

// The rule that gave it; or the organisation did, to what a rule had found.
QString givenBy(const Explanation& explanation, const std::string& attribute)
{
    const auto rule = explanation.rules.find(attribute);
    if (rule != explanation.rules.end())
        return tr("rule %1").arg(text(rule->second));
    // The owner is asked of the workflow, the unit and those above, and the cost centre: one of the
    // rules that led to these led to it. The rest is asked of the nearest alone.
    const std::vector<std::string> places = attribute == "owner"
        ? std::vector<std::string>{"workflow", "unit", "cost_centre"}
        : std::vector<std::string>{"unit", "workflow"};
    QStringList led;
    for (const std::string& place : places) {
        const auto through = explanation.rules.find(place);
        const bool enough = attribute != "owner" && !led.isEmpty();
        if (through != explanation.rules.end() && !enough && !led.contains(text(through->second)))
            led << text(through->second);
    }
    if (led.size() == 1)
        return tr("the organisation, through rule %1").arg(led.front());
    if (!led.isEmpty())
        return tr("the organisation, through rules %1").arg(led.join(QStringLiteral(", ")));
    return tr("the organisation");
}

FactSheet::Section ownerSection(const Explanation& explanation)
{
    FactSheet::Section section{tr("Whose it is"), {}};
    for (const auto& [attribute, value] : explanation.charge.attributes) {
        const auto name = std::ranges::find(
            explanation.charge.names, attribute, &NamedValues::value_type::first);
        const QString shown = name == explanation.charge.names.end()
            ? valueText(attribute, value, {})
            : tr("%1, %2").arg(text(name->second), text(value));
        section.facts.emplace_back(
            dimensionText(attribute), tr("%1 (%2)").arg(shown, givenBy(explanation, attribute)));
    }
    if (explanation.charge.attributes.empty())
        section.facts.emplace_back(tr("Owner"), tr("No rule gives it to anybody"));
    if (explanation.ruleset > 0)
        section.facts.emplace_back(tr("Ruleset"), tr("version %1").arg(explanation.ruleset));
    return section;
}

FactSheet::Section verdictSection(const Explanation& explanation)
{
    FactSheet::Section section{tr("What the rules found in this row"), {}};
    for (const Verdict& verdict : explanation.verdicts) {
        QString found = tr("%1: %2").arg(levelText(verdict.level), text(verdict.column));
        if (!verdict.sample.empty())
            found += QStringLiteral(" = ") + text(verdict.sample);
        if (!verdict.fix.empty())
            found += QStringLiteral(". ") + text(verdict.fix);
        section.facts.emplace_back(text(verdict.rule), found);
    }
    return section;
}

} // namespace

std::vector<FactSheet::Section> explanationFacts(
    const Explanation& explanation, const MoneyText& money)
{
    std::vector<FactSheet::Section> sections{
        chargeSection(explanation, money), ownerSection(explanation)};
    const Batch& batch = explanation.batch;
    sections.push_back({tr("The import that brought it"),
        {{tr("Batch"), text(batch.publicId)}, {tr("Imported"), instantText(batch.importedAt)},
            {tr("Source"), text(batch.source)}, {tr("Kind"), kindText(batch.kind)},
            {tr("FOCUS version"), text(batch.focusVersion)}}});
    sections.push_back({tr("The document"),
        {{tr("File"), text(explanation.document.name)},
            {tr("SHA-256"), text(toHex(explanation.document.sha256))},
            {tr("Line"), money.count(explanation.line)}}});
    if (!explanation.verdicts.empty())
        sections.push_back(verdictSection(explanation));
    FactSheet::Section columns{tr("Every column of the row"), {}};
    for (const auto& [column, value] : explanation.charge.columns) {
        if (!value.empty())
            columns.facts.emplace_back(text(column), text(value));
    }
    sections.push_back(std::move(columns));
    return sections;
}

std::vector<FactSheet::Section> heldRowFacts(const HeldRow& held, const MoneyText& money)
{
    const QuarantinedRow& row = held.row;
    return {{tr("Why it is held back"),
                {{tr("Why"), ErrorText::sentence(row.reason)}, {tr("Rule"), text(row.rule)},
                    {tr("Column"), text(row.column)}, {tr("Value"), text(row.value)}}},
        {tr("Where it is"),
            {{tr("File"), held.file}, {tr("Line"), money.count(row.line)},
                {tr("Row"), money.count(row.row)}, {tr("Batch"), held.batch}}}};
}

} // namespace sluice::ui
