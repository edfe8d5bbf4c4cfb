// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/BatchColumns.h"

#include "ui/kit/DateText.h"

#include <array>
#include <set>

namespace sluice::ui {

namespace {

constexpr Qt::Alignment Left = Qt::AlignLeft;
constexpr Qt::Alignment Right = Qt::AlignRight;

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QVariant number(std::uint64_t value)
{
    return QVariant::fromValue(static_cast<qulonglong>(value));
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

const std::array<Column<ListedBatch>, 8> BatchTable{{
    {QT_TRANSLATE_NOOP("Columns", "Imported"), Left,
        [](const ListedBatch& b, const MoneyText&) { return instantText(b.importedAt); },
        [](const ListedBatch& b) {
            return QVariant::fromValue(static_cast<qlonglong>(b.importedAt.micros()));
        }},
    {QT_TRANSLATE_NOOP("Columns", "File"), Left,
        [](const ListedBatch& b, const MoneyText&) { return fileText(b); },
        [](const ListedBatch& b) { return QVariant{fileText(b)}; }},
    {QT_TRANSLATE_NOOP("Columns", "Accepted"), Right,
        [](const ListedBatch& b, const MoneyText& m) { return m.count(b.rowsAccepted); },
        [](const ListedBatch& b) { return number(b.rowsAccepted); }},
    {QT_TRANSLATE_NOOP("Columns", "Quarantined"), Right,
        [](const ListedBatch& b, const MoneyText& m) {
            return wasTriedAgain(b) ? tr("tried again") : m.count(b.rowsQuarantined);
        },
        [](const ListedBatch& b) { return number(wasTriedAgain(b) ? 0 : b.rowsQuarantined); },
        [](const ListedBatch& b) {
            return wasTriedAgain(b)     ? std::optional{Token::Muted}
                : b.rowsQuarantined > 0 ? std::optional{Token::Warning}
                                        : std::nullopt;
        }},
    {QT_TRANSLATE_NOOP("Columns", "Findings"), Right,
        [](const ListedBatch& b, const MoneyText& m) { return m.count(b.verdicts.size()); },
        [](const ListedBatch& b) { return number(b.verdicts.size()); }},
    {QT_TRANSLATE_NOOP("Columns", "Source"), Left,
        [](const ListedBatch& b, const MoneyText&) { return text(b.source); },
        [](const ListedBatch& b) { return QVariant{text(b.source)}; }},
    {QT_TRANSLATE_NOOP("Columns", "Kind"), Left,
        [](const ListedBatch& b, const MoneyText&) { return kindText(b.kind); },
        [](const ListedBatch& b) { return QVariant{static_cast<int>(b.kind)}; }},
    {QT_TRANSLATE_NOOP("Columns", "FOCUS"), Left,
        [](const ListedBatch& b, const MoneyText&) { return text(b.focusVersion); },
        [](const ListedBatch& b) { return QVariant{text(b.focusVersion)}; }},
}};

const std::array<Column<Verdict>, 7> VerdictTable{{
    {QT_TRANSLATE_NOOP("Columns", "Level"), Left,
        [](const Verdict& v, const MoneyText&) { return levelText(v.level); },
        [](const Verdict& v) { return QVariant{static_cast<int>(v.level)}; }, levelToken},
    {QT_TRANSLATE_NOOP("Columns", "Rule"), Left,
        [](const Verdict& v, const MoneyText&) { return text(v.rule); },
        [](const Verdict& v) { return QVariant{text(v.rule)}; }},
    {QT_TRANSLATE_NOOP("Columns", "Column"), Left,
        [](const Verdict& v, const MoneyText&) { return text(v.column); },
        [](const Verdict& v) { return QVariant{text(v.column)}; }},
    {QT_TRANSLATE_NOOP("Columns", "Rows"), Right,
        [](const Verdict& v, const MoneyText& m) { return m.count(v.rows); },
        [](const Verdict& v) { return number(v.rows); }},
    {QT_TRANSLATE_NOOP("Columns", "First line"), Right,
        [](const Verdict& v, const MoneyText& m) { return m.count(v.firstLine); },
        [](const Verdict& v) { return number(v.firstLine); }},
    {QT_TRANSLATE_NOOP("Columns", "Value there"), Left,
        [](const Verdict& v, const MoneyText&) { return text(v.sample); },
        [](const Verdict& v) { return QVariant{text(v.sample)}; }},
    {QT_TRANSLATE_NOOP("Columns", "What helps"), Left,
        [](const Verdict& v, const MoneyText&) { return text(v.fix); },
        [](const Verdict& v) { return QVariant{text(v.fix)}; }},
}};

const std::array<Column<QuarantinedRow>, 6> QuarantineTable{{
    {QT_TRANSLATE_NOOP("Columns", "Line"), Right,
        [](const QuarantinedRow& r, const MoneyText& m) { return m.count(r.line); },
        [](const QuarantinedRow& r) { return number(r.line); }},
    {QT_TRANSLATE_NOOP("Columns", "Rule"), Left,
        [](const QuarantinedRow& r, const MoneyText&) { return text(r.rule); },
        [](const QuarantinedRow& r) { return QVariant{text(r.rule)}; }},
    {QT_TRANSLATE_NOOP("Columns", "Column"), Left,
        [](const QuarantinedRow& r, const MoneyText&) { return text(r.column); },
        [](const QuarantinedRow& r) { return QVariant{text(r.column)}; }},
    {QT_TRANSLATE_NOOP("Columns", "Value"), Left,
        [](const QuarantinedRow& r, const MoneyText&) { return text(r.value); },
        [](const QuarantinedRow& r) { return QVariant{text(r.value)}; },
        [](const QuarantinedRow&) { return std::optional{Token::Warning}; }},
    {QT_TRANSLATE_NOOP("Columns", "Why"), Left,
        [](const QuarantinedRow& r, const MoneyText&) { return text(r.reason); },
        [](const QuarantinedRow& r) { return QVariant{text(r.reason)}; }},
    {QT_TRANSLATE_NOOP("Columns", "As in the file"), Left,
        [](const QuarantinedRow& r, const MoneyText&) { return text(r.rawLine); },
        [](const QuarantinedRow& r) { return QVariant{text(r.rawLine)}; }},
}};

const std::array<Column<ControlTotal>, 6> ControlTotalTable{{
    {QT_TRANSLATE_NOOP("Columns", "Column"), Left,
        [](const ControlTotal& c, const MoneyText&) { return text(c.column); },
        [](const ControlTotal& c) { return QVariant{text(c.column)}; }},
    {QT_TRANSLATE_NOOP("Columns", "Currency"), Left,
        [](const ControlTotal& c, const MoneyText&) { return currencyText(c.currency); },
        [](const ControlTotal& c) { return QVariant{currencyText(c.currency)}; }},
    {QT_TRANSLATE_NOOP("Columns", "All rows of the file"), Right,
        [](const ControlTotal& c, const MoneyText& m) { return grouped(c.file, m); },
        [](const ControlTotal& c) { return QVariant{text(c.file)}; }},
    {QT_TRANSLATE_NOOP("Columns", "Accepted rows"), Right,
        [](const ControlTotal& c, const MoneyText& m) { return grouped(c.accepted, m); },
        [](const ControlTotal& c) { return QVariant{text(c.accepted)}; }},
    {QT_TRANSLATE_NOOP("Columns", "In the ledger"), Right,
        [](const ControlTotal& c, const MoneyText& m) { return grouped(c.ledger, m); },
        [](const ControlTotal& c) { return QVariant{text(c.ledger)}; }},
    {QT_TRANSLATE_NOOP("Columns", "Rounding residual"), Right,
        [](const ControlTotal& c, const MoneyText& m) { return grouped(c.residual, m); },
        [](const ControlTotal& c) { return QVariant{text(c.residual)}; }},
}};

const std::array<Column<Scope>, 5> ScopeTable{{
    {QT_TRANSLATE_NOOP("Columns", "Billing account"), Left,
        [](const Scope& s, const MoneyText&) { return text(s.billingAccount); },
        [](const Scope& s) { return QVariant{text(s.billingAccount)}; }},
    {QT_TRANSLATE_NOOP("Columns", "Period"), Left,
        [](const Scope& s, const MoneyText&) {
            return text(billingPeriodLabel(s.periodStart, s.periodEnd));
        },
        [](const Scope& s) { return QVariant::fromValue(static_cast<qlonglong>(s.periodStart)); }},
    {QT_TRANSLATE_NOOP("Columns", "Charges"), Right,
        [](const Scope& s, const MoneyText& m) { return m.count(s.rows); },
        [](const Scope& s) { return number(s.rows); }},
    {QT_TRANSLATE_NOOP("Columns", "Billed"), Right, scopeTotals,
        [](const Scope& s) { return number(s.rows); }},
    {QT_TRANSLATE_NOOP("Columns", "Replaces batch"), Left,
        [](const Scope& s, const MoneyText&) { return text(s.supersedes); },
        [](const Scope& s) { return QVariant{text(s.supersedes)}; }},
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
