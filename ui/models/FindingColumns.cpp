// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/FindingColumns.h"

#include "ui/kit/DateText.h"
#include "ui/models/MapNode.h"

#include <array>

namespace sluice::ui {

namespace {

QString tr(const char* source)
{
    return QCoreApplication::translate("Findings", source);
}

// The n-th value of a dimension that the finding names, as people call it.
QString valueOf(const Finding& finding, std::string_view dimension, int number = 0)
{
    for (const FindingPlace& place : finding.about) {
        if (place.dimension == dimension && number-- == 0)
            return valueText(place.dimension, place.value, place.name);
    }
    return {};
}

QString placeOf(const Finding& finding)
{
    QStringList parts{valueOf(finding, "provider"), valueOf(finding, "service")};
    const auto account
        = std::ranges::find(finding.about, "billing_account", &FindingPlace::dimension);
    if (account != finding.about.end() && account->value != NoValue)
        parts << tr("account %1").arg(QString::fromStdString(account->value));
    return parts.join(QStringLiteral(", "));
}

QString movedText(const Finding& finding)
{
    const FindingPlace& place = finding.about.front();
    return valueText(place.dimension, place.value, place.name);
}

QString attributeText(const Finding& finding)
{
    return dimensionText(
        std::string{attributeName(finding.attribute.value_or(Attribute::CostCentre))});
}

QString ruleText(const Finding& finding)
{
    const QString rule = QString::fromStdString(finding.rule);
    return finding.column.empty() ? rule
                                  : tr("%1 (%2)").arg(rule, QString::fromStdString(finding.column));
}

QString rowsText(const Finding& finding)
{
    return finding.rows == 1 ? tr("1 row") : tr("%1 rows").arg(finding.rows);
}

QString sentenceOf(const Finding& finding)
{
    switch (finding.kind) {
    case FindingKind::Unowned:
        return tr("Nobody owns %1").arg(placeOf(finding));
    case FindingKind::Unassigned:
        return tr("%1 is missing: %2").arg(attributeText(finding), placeOf(finding));
    case FindingKind::Mover:
        return (finding.amount > finding.before ? tr("%1 costs more than before")
                                                : tr("%1 costs less than before"))
            .arg(movedText(finding));
    case FindingKind::NewSpend:
        return tr("%1 is new").arg(movedText(finding));
    case FindingKind::VanishedSpend:
        return tr("%1 costs nothing any more").arg(movedText(finding));
    case FindingKind::Missing:
        return tr("%1 has not delivered %2")
            .arg(valueOf(finding, "source"), finding.days ? rangeText(*finding.days) : QString{});
    case FindingKind::RuleFinding:
        return tr("%1 of %2 against a rule: %3")
            .arg(rowsText(finding), findingBatch(finding), ruleText(finding));
    case FindingKind::Quarantined:
        return tr("%1 of %2 held back: %3")
            .arg(rowsText(finding), findingBatch(finding), ruleText(finding));
    case FindingKind::Beside:
        return tr("%1 and %2 share days of account %3, and both count")
            .arg(findingBatch(finding), valueOf(finding, "batch", 1),
                valueOf(finding, "billing_account"));
    case FindingKind::Preliminary:
        return tr("%1 of %2 is not over: it may still be restated")
            .arg(valueOf(finding, "billing_period"), valueOf(finding, "source"));
    case FindingKind::Credit:
        return tr("Credit from %1").arg(placeOf(finding));
    }
    return {};
}

std::optional<Token> kindToken(const Finding& finding)
{
    switch (finding.kind) {
    case FindingKind::Quarantined:
    case FindingKind::Beside:
    case FindingKind::Missing:
        return Token::Critical;
    case FindingKind::Unowned:
    case FindingKind::Unassigned:
    case FindingKind::RuleFinding:
        return Token::Warning;
    case FindingKind::Mover:
    case FindingKind::NewSpend:
    case FindingKind::VanishedSpend:
        return finding.amount > finding.before ? Token::Unfavourable : Token::Favourable;
    default:
        return Token::Muted;
    }
}

// A sign and a word, so that nothing is in the colour alone.
QString chipText(const Finding& finding)
{
    const bool moved = finding.kind == FindingKind::Mover || finding.kind == FindingKind::NewSpend
        || finding.kind == FindingKind::VanishedSpend;
    const QString sign = moved
        ? finding.amount > finding.before ? QStringLiteral("\u25B2") : QStringLiteral("\u25BC")
        : needsSomebody(finding) ? QStringLiteral("\u25C6")
                                 : QStringLiteral("\u25CF");
    return sign + u' ' + findingKindText(finding);
}

Int128 shownAmount(const Finding& finding)
{
    return finding.amount - finding.before;
}

QString amountText(const Finding& finding, const MoneyText& money)
{
    if (!finding.currency)
        return {};
    const QString text = money.withCode(shownAmount(finding), *finding.currency);
    return finding.isUncertain ? tr("about %1").arg(text) : text;
}

// Beside the chip with its kind, which need not be said again.
QString shortText(const Finding& finding)
{
    switch (finding.kind) {
    case FindingKind::Unowned:
    case FindingKind::Credit:
        return placeOf(finding);
    case FindingKind::Unassigned:
        return tr("%1: %2").arg(attributeText(finding), placeOf(finding));
    case FindingKind::Mover:
    case FindingKind::NewSpend:
    case FindingKind::VanishedSpend:
        return movedText(finding);
    default:
        return sentenceOf(finding);
    }
}

} // namespace

QString findingText(const Finding& finding)
{
    return sentenceOf(finding);
}

QString findingKindText(const Finding& finding)
{
    switch (finding.kind) {
    case FindingKind::Unowned:
        return tr("No owner");
    case FindingKind::Unassigned:
        return tr("Not assigned");
    case FindingKind::Mover:
        return finding.amount > finding.before ? tr("More") : tr("Less");
    case FindingKind::NewSpend:
        return tr("New");
    case FindingKind::VanishedSpend:
        return tr("Gone");
    case FindingKind::Missing:
        return tr("Missing days");
    case FindingKind::RuleFinding:
        return tr("Rule");
    case FindingKind::Quarantined:
        return tr("Held back");
    case FindingKind::Beside:
        return tr("Counted twice?");
    case FindingKind::Preliminary:
        return tr("Preliminary");
    case FindingKind::Credit:
        return tr("Credit");
    }
    return {};
}

bool needsSomebody(const Finding& finding)
{
    switch (finding.kind) {
    case FindingKind::Unowned:
    case FindingKind::Missing:
    case FindingKind::Quarantined:
    case FindingKind::Beside:
        return true;
    default:
        return false;
    }
}

QString findingBatch(const Finding& finding)
{
    return valueOf(finding, "batch");
}

std::span<const Column<Finding>> findingColumns()
{
    static const std::array<Column<Finding>, 4> columns{
        {{"kind", QT_TRANSLATE_NOOP("Columns", "Kind"), CellKind::Text,
             [](const Finding& finding, const MoneyText&) { return chipText(finding); },
             [](const Finding& finding) {
                 return TableCell::ofText(findingKindText(finding).toStdString());
             },
             kindToken, CellLook::Chip},
            {"what", QT_TRANSLATE_NOOP("Columns", "What"), CellKind::Text,
                [](const Finding& finding, const MoneyText&) { return shortText(finding); },
                [](const Finding& finding) {
                    return TableCell::ofText(shortText(finding).toStdString());
                }},
            {"money", QT_TRANSLATE_NOOP("Columns", "Money"), CellKind::Money, amountText,
                [](const Finding& finding) {
                    return finding.currency
                        ? TableCell::ofMoney(shownAmount(finding), *finding.currency)
                        : TableCell{};
                },
                nullptr, CellLook::Money},
            {"days", QT_TRANSLATE_NOOP("Columns", "Days"), CellKind::Text,
                [](const Finding& finding, const MoneyText&) {
                    return finding.days ? rangeText(*finding.days) : QString{};
                },
                [](const Finding& finding) {
                    return finding.days ? TableCell::ofDate(finding.days->first) : TableCell{};
                }}}};
    return columns;
}

} // namespace sluice::ui
