// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/BatchColumns.h"

#include "ui/kit/DateText.h"

#include <array>
#include <set>

namespace sluice::ui {

namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

TableCell textCell(const std::string& utf8)
{
    return TableCell::ofText(utf8);
}

TableCell textCell(const QString& text)
{
    return TableCell::ofText(text.toStdString());
}

// What is longer than any number stays the text that it is.
TableCell decimalCell(const std::string& digits)
{
    const auto number = parseDecimal(digits);
    return number.ok() ? TableCell::ofNumber(*number) : TableCell::ofText(digits);
}

QString tr(const char* source)
{
    return QCoreApplication::translate("Columns", source);
}

QString kindText(BatchKind kind)
{
    switch (kind) {
    case BatchKind::Billed:
        return tr("billed");
    case BatchKind::Estimated:
        return tr("estimated");
    case BatchKind::Committed:
        return tr("committed");
    }
    return {};
}

std::optional<Token> levelToken(const Verdict& verdict)
{
    switch (verdict.level) {
    case VerdictLevel::Finding:
        return Token::Muted;
    case VerdictLevel::Quarantine:
        return Token::Warning;
    case VerdictLevel::Reject:
        return Token::Critical;
    case VerdictLevel::Waived:
        return Token::Faint;
    }
    return std::nullopt;
}

QString fileText(const Batch& batch)
{
    if (batch.documents.empty())
        return {};
    const QString first = text(batch.documents.front().name);
    return batch.documents.size() == 1
        ? first
        : tr("%1 and %2 more").arg(first).arg(batch.documents.size() - 1);
}

QString totalText(const CurrencyTotals& totals, const MoneyText& money)
{
    return money.withCode(
        totals.costs[static_cast<std::size_t>(Measure::BilledCost)], totals.currency);
}

// An exact decimal with its digits grouped; as it stands where it is none.
QString grouped(const std::string& decimal, const MoneyText& money)
{
    Decimal value;
    return tryParseDecimal(decimal, value) ? money.decimal(value) : text(decimal);
}

QString scopeTotals(const Scope& scope, const MoneyText& money)
{
    QStringList parts;
    for (const CurrencyTotals& totals : scope.totals)
        parts << totalText(totals, money);
    return parts.join(QStringLiteral(", "));
}

// One amount, or the text of several.
TableCell scopeTotal(const Scope& scope)
{
    if (scope.totals.size() != 1)
        return TableCell::ofText(scopeTotals(scope, {}).toStdString());
    const CurrencyTotals& totals = scope.totals.front();
    return TableCell::ofMoney(
        totals.costs[static_cast<std::size_t>(Measure::BilledCost)], totals.currency);
}

const std::array<Column<ListedBatch>, 8> BatchTable{{
    {"imported", QT_TRANSLATE_NOOP("Columns", "Imported"), CellKind::Instant,
        [](const ListedBatch& b, const MoneyText&) { return instantText(b.importedAt); },
        [](const ListedBatch& b) { return TableCell::ofInstant(b.importedAt); }},
    {"file", QT_TRANSLATE_NOOP("Columns", "File"), CellKind::Text,
        [](const ListedBatch& b, const MoneyText&) { return fileText(b); },
        [](const ListedBatch& b) { return textCell(fileText(b)); }},
    {"accepted", QT_TRANSLATE_NOOP("Columns", "Accepted"), CellKind::Count,
        [](const ListedBatch& b, const MoneyText& m) { return m.count(b.rowsAccepted); },
        [](const ListedBatch& b) { return TableCell::ofCount(b.rowsAccepted); }},
    {"quarantined", QT_TRANSLATE_NOOP("Columns", "Quarantined"), CellKind::Count,
        [](const ListedBatch& b, const MoneyText& m) {
            return wasTriedAgain(b) ? tr("tried again") : m.count(b.rowsQuarantined);
        },
        [](const ListedBatch& b) {
            return TableCell::ofCount(wasTriedAgain(b) ? 0 : b.rowsQuarantined);
        },
        [](const ListedBatch& b) {
            return wasTriedAgain(b)     ? std::optional{Token::Muted}
                : b.rowsQuarantined > 0 ? std::optional{Token::Warning}
                                        : std::nullopt;
        }},
    {"findings", QT_TRANSLATE_NOOP("Columns", "Findings"), CellKind::Count,
        [](const ListedBatch& b, const MoneyText& m) { return m.count(b.verdicts.size()); },
        [](const ListedBatch& b) { return TableCell::ofCount(b.verdicts.size()); }},
    {"source", QT_TRANSLATE_NOOP("Columns", "Source"), CellKind::Text,
        [](const ListedBatch& b, const MoneyText&) { return text(b.source); },
        [](const ListedBatch& b) { return textCell(b.source); }},
    {"kind", QT_TRANSLATE_NOOP("Columns", "Kind"), CellKind::Text,
        [](const ListedBatch& b, const MoneyText&) { return kindText(b.kind); },
        [](const ListedBatch& b) {
            return TableCell::ofRanked(kindText(b.kind).toStdString(), static_cast<int>(b.kind));
        }},
    {"focus", QT_TRANSLATE_NOOP("Columns", "FOCUS"), CellKind::Text,
        [](const ListedBatch& b, const MoneyText&) { return text(b.focusVersion); },
        [](const ListedBatch& b) { return textCell(b.focusVersion); }},
}};

const std::array<Column<Verdict>, 7> VerdictTable{{
    {"level", QT_TRANSLATE_NOOP("Columns", "Level"), CellKind::Text,
        [](const Verdict& v, const MoneyText&) { return levelText(v.level); },
        [](const Verdict& v) {
            return TableCell::ofRanked(levelText(v.level).toStdString(), static_cast<int>(v.level));
        },
        levelToken, CellLook::Chip},
    {"rule", QT_TRANSLATE_NOOP("Columns", "Rule"), CellKind::Text,
        [](const Verdict& v, const MoneyText&) { return text(v.rule); },
        [](const Verdict& v) { return textCell(v.rule); }},
    {"column", QT_TRANSLATE_NOOP("Columns", "Column"), CellKind::Text,
        [](const Verdict& v, const MoneyText&) { return text(v.column); },
        [](const Verdict& v) { return textCell(v.column); }},
    {"rows", QT_TRANSLATE_NOOP("Columns", "Rows"), CellKind::Count,
        [](const Verdict& v, const MoneyText& m) { return m.count(v.rows); },
        [](const Verdict& v) { return TableCell::ofCount(v.rows); }},
    {"first_line", QT_TRANSLATE_NOOP("Columns", "First line"), CellKind::Count,
        [](const Verdict& v, const MoneyText& m) { return m.count(v.firstLine); },
        [](const Verdict& v) { return TableCell::ofCount(v.firstLine); }},
    {"value", QT_TRANSLATE_NOOP("Columns", "Value there"), CellKind::Text,
        [](const Verdict& v, const MoneyText&) { return text(v.sample); },
        [](const Verdict& v) { return textCell(v.sample); }},
    {"fix", QT_TRANSLATE_NOOP("Columns", "What helps"), CellKind::Text,
        [](const Verdict& v, const MoneyText&) { return text(v.fix); },
        [](const Verdict& v) { return textCell(v.fix); }},
}};

const std::array<Column<QuarantinedRow>, 6> QuarantineTable{{
    {"line", QT_TRANSLATE_NOOP("Columns", "Line"), CellKind::Count,
        [](const QuarantinedRow& r, const MoneyText& m) { return m.count(r.line); },
        [](const QuarantinedRow& r) { return TableCell::ofCount(r.line); }},
    {"rule", QT_TRANSLATE_NOOP("Columns", "Rule"), CellKind::Text,
        [](const QuarantinedRow& r, const MoneyText&) { return text(r.rule); },
        [](const QuarantinedRow& r) { return textCell(r.rule); }},
    {"column", QT_TRANSLATE_NOOP("Columns", "Column"), CellKind::Text,
        [](const QuarantinedRow& r, const MoneyText&) { return text(r.column); },
        [](const QuarantinedRow& r) { return textCell(r.column); }},
    {"value", QT_TRANSLATE_NOOP("Columns", "Value"), CellKind::Text,
        [](const QuarantinedRow& r, const MoneyText&) { return text(r.value); },
        [](const QuarantinedRow& r) { return textCell(r.value); },
        [](const QuarantinedRow&) { return std::optional{Token::Warning}; }},
    {"reason", QT_TRANSLATE_NOOP("Columns", "Why"), CellKind::Text,
        [](const QuarantinedRow& r, const MoneyText&) { return text(r.reason); },
        [](const QuarantinedRow& r) { return textCell(r.reason); }},
    {"raw_line", QT_TRANSLATE_NOOP("Columns", "As in the file"), CellKind::Text,
        [](const QuarantinedRow& r, const MoneyText&) { return text(r.rawLine); },
        [](const QuarantinedRow& r) { return textCell(r.rawLine); }},
}};

const std::array<Column<ControlTotal>, 6> ControlTotalTable{{
    {"column", QT_TRANSLATE_NOOP("Columns", "Column"), CellKind::Text,
        [](const ControlTotal& c, const MoneyText&) { return text(c.column); },
        [](const ControlTotal& c) { return textCell(c.column); }},
    {"currency", QT_TRANSLATE_NOOP("Columns", "Currency"), CellKind::Text,
        [](const ControlTotal& c, const MoneyText&) { return currencyText(c.currency); },
        [](const ControlTotal& c) { return textCell(currencyText(c.currency)); }},
    {"file_total", QT_TRANSLATE_NOOP("Columns", "All rows of the file"), CellKind::Number,
        [](const ControlTotal& c, const MoneyText& m) { return grouped(c.file, m); },
        [](const ControlTotal& c) { return decimalCell(c.file); }},
    {"accepted_total", QT_TRANSLATE_NOOP("Columns", "Accepted rows"), CellKind::Number,
        [](const ControlTotal& c, const MoneyText& m) { return grouped(c.accepted, m); },
        [](const ControlTotal& c) { return decimalCell(c.accepted); }},
    {"ledger_total", QT_TRANSLATE_NOOP("Columns", "In the ledger"), CellKind::Number,
        [](const ControlTotal& c, const MoneyText& m) { return grouped(c.ledger, m); },
        [](const ControlTotal& c) { return decimalCell(c.ledger); }},
    {"residual", QT_TRANSLATE_NOOP("Columns", "Rounding residual"), CellKind::Number,
        [](const ControlTotal& c, const MoneyText& m) { return grouped(c.residual, m); },
        [](const ControlTotal& c) { return decimalCell(c.residual); }},
}};

const std::array<Column<Scope>, 5> ScopeTable{{
    {"billing_account", QT_TRANSLATE_NOOP("Columns", "Billing account"), CellKind::Text,
        [](const Scope& s, const MoneyText&) { return text(s.billingAccount); },
        [](const Scope& s) { return textCell(s.billingAccount); }},
    {"period", QT_TRANSLATE_NOOP("Columns", "Period"), CellKind::Text,
        [](const Scope& s, const MoneyText&) {
            return text(billingPeriodLabel(s.periodStart, s.periodEnd));
        },
        [](const Scope& s) {
            return TableCell::ofRanked(
                billingPeriodLabel(s.periodStart, s.periodEnd), s.periodStart);
        }},
    {"charges", QT_TRANSLATE_NOOP("Columns", "Charges"), CellKind::Count,
        [](const Scope& s, const MoneyText& m) { return m.count(s.rows); },
        [](const Scope& s) { return TableCell::ofCount(s.rows); }},
    {"billed", QT_TRANSLATE_NOOP("Columns", "Billed"), CellKind::Money, scopeTotals, scopeTotal},
    {"supersedes", QT_TRANSLATE_NOOP("Columns", "Replaces batch"), CellKind::Text,
        [](const Scope& s, const MoneyText&) { return text(s.supersedes); },
        [](const Scope& s) { return textCell(s.supersedes); }},
}};

} // namespace

QString levelText(VerdictLevel level)
{
    switch (level) {
    case VerdictLevel::Finding:
        return tr("\u25CF finding");
    case VerdictLevel::Quarantine:
        return tr("\u25B2 quarantined");
    case VerdictLevel::Reject:
        return tr("\u2715 rejected");
    case VerdictLevel::Waived:
        return tr("\u25CB waived");
    }
    return {};
}

std::vector<ListedBatch> listed(std::vector<Batch> newestFirst)
{
    std::vector<ListedBatch> batches;
    std::set<std::string> seen;
    for (Batch& batch : newestFirst) {
        const bool newest = seen.insert(batch.publicId).second;
        batches.push_back({std::move(batch), !newest});
    }
    return batches;
}

bool wasTriedAgain(const ListedBatch& batch)
{
    return batch.older && batch.rowsQuarantined > 0;
}

std::span<const Column<ListedBatch>> batchColumns()
{
    return BatchTable;
}

std::span<const Column<Verdict>> verdictColumns()
{
    return VerdictTable;
}

std::span<const Column<QuarantinedRow>> quarantineColumns()
{
    return QuarantineTable;
}

std::span<const Column<ControlTotal>> controlTotalColumns()
{
    return ControlTotalTable;
}

std::span<const Column<Scope>> scopeColumns()
{
    return ScopeTable;
}

} // namespace sluice::ui
