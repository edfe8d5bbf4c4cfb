// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/imports/ImportSummary.h"

#include "ui/kit/ErrorText.h"

#include <QCoreApplication>

#include <algorithm>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ImportSummary", text);
}

// The billed cost of all batches of one import, exact.
struct BilledCost {
    Currency currency;
    DecimalSum file;
    DecimalSum accepted;
    DecimalSum ledger;
};

std::vector<BilledCost> billedCosts(const ImportReport& report)
{
    const auto exact = [](const std::string& text) {
        Decimal value;
        return tryParseDecimal(text, value) ? value : Decimal{};
    };
    std::vector<BilledCost> costs;
    for (const ImportedBatch& imported : report.batches) {
        if (imported.status == BatchStatus::Unchanged)
            continue;
        for (const ControlTotal& total : imported.batch.controlTotals) {
            if (total.column != measureColumn(Measure::BilledCost))
                continue;
            auto of = std::ranges::find(costs, total.currency, &BilledCost::currency);
            if (of == costs.end())
                of = costs.insert(of, {total.currency, {}, {}, {}});
            of->file.add(exact(total.file));
            of->accepted.add(exact(total.accepted));
            of->ledger.add(exact(total.ledger));
        }
    }
    return costs;
}

// What was held back of an import. An amount that cannot be read is in no total, not in the file's
// either.
struct HeldBack {
    std::uint64_t rows{0};
    bool unread{false}; // there may be such amounts among them
};

HeldBack heldBackOf(const ImportReport& report)
{
    HeldBack held;
    for (const ImportedBatch& imported : report.batches) {
        if (imported.status == BatchStatus::Unchanged)
            continue;
        held.rows += imported.batch.rowsQuarantined;
        held.unread = held.unread
            || std::ranges::any_of(imported.batch.verdicts, [](const Verdict& verdict) {
                   return verdict.level == VerdictLevel::Quarantine
                       && (verdict.column.empty()
                           || verdict.column == measureColumn(Measure::BilledCost));
               });
    }
    return held;
}

// "Billed cost USD 1,297.25: equal to the file's." Or by how much it is not, and why.
QString proofOf(const BilledCost& cost, const HeldBack& rows, const MoneyText& money)
{
    const auto text = [&money](const DecimalSum& sum) {
        Decimal value;
        const std::string digits = sum.toString();
        return tryParseDecimal(digits, value) ? money.decimal(value)
                                              : QString::fromStdString(digits);
    };
    const QString code = currencyText(cost.currency) + QChar{u'\u00A0'};
    DecimalSum held = cost.file;
    held.subtract(cost.accepted);
    DecimalSum residual = cost.accepted;
    residual.subtract(cost.ledger);
    if (!held.isZero() && rows.unread)
        return tr(
            "Billed cost %1: the file's rows that could be read have %2, so %3 of them is held back.")
            .arg(code + text(cost.ledger), code + text(cost.file), code + text(held));
    if (!held.isZero())
        return tr("Billed cost %1: the file's is %2, so %3 is held back.")
            .arg(code + text(cost.ledger), code + text(cost.file), code + text(held));
    if (rows.rows > 0 && !residual.isZero())
        return tr(
            "Billed cost %1: equal to that of the rows that could be read, but for a rounding residual of %2.")
            .arg(code + text(cost.ledger), text(residual));
    if (rows.rows > 0)
        return tr("Billed cost %1: equal to that of the rows that could be read.")
            .arg(code + text(cost.ledger));
    if (!residual.isZero())
        return tr("Billed cost %1: equal to the file's, but for a rounding residual of %2.")
            .arg(code + text(cost.ledger), text(residual));
    return tr("Billed cost %1: equal to the file's.").arg(code + text(cost.ledger));
}

// "Line 10: BilledCost is "1e". …", in the rule's own words.
QString heldBackBy(const Verdict& verdict, const MoneyText& money)
{
    const QString column = QString::fromStdString(verdict.column);
    const QString line = money.count(verdict.firstLine);
    const QString why = ErrorText::sentence(verdict.fix);
    return verdict.sample.empty() || column.isEmpty()
        ? tr("Line %1, rule %2. %3").arg(line, QString::fromStdString(verdict.rule), why)
        : tr("Line %1: %2 is \"%3\". %4")
              .arg(line, column, QString::fromStdString(verdict.sample), why);
}

const Batch* givenWayOf(const ImportReport& report)
{
    const auto found = std::ranges::find_if(
        report.batches, [](const ImportedBatch& b) { return hasGivenWay(b.batch); });
    return found == report.batches.end() ? nullptr : &found->batch;
}

} // namespace

ImportSummary summaryOfRetry(const ImportReport& report, const MoneyText& money)
{
    constexpr qsizetype RulesShown = 3;
    std::uint64_t held = 0;
    QStringList reasons;
    for (const ImportedBatch& imported : report.batches) {
        if (imported.status != BatchStatus::Unchanged)
            return summaryOf(report, money);
        held += imported.batch.rowsQuarantined;
        for (const Verdict& verdict : imported.batch.verdicts) {
            if (verdict.level == VerdictLevel::Quarantine && reasons.size() < RulesShown)
                reasons << heldBackBy(verdict, money);
        }
    }
    if (held == 0)
        return summaryOf(report, money);
    return {InfoLevel::Warning,
        held == 1 ? tr("One row still cannot be a charge.")
                  : tr("%1 rows still cannot be charges.").arg(money.count(held)),
        reasons.join(u'\n')};
}

ImportSummary summaryOf(const ImportReport& report, const MoneyText& money)
{
    std::uint64_t accepted = 0;
    std::size_t unchanged = 0;
    std::size_t replaced = 0;
    for (const ImportedBatch& imported : report.batches) {
        if (imported.status == BatchStatus::Unchanged) {
            ++unchanged;
            continue;
        }
        accepted += imported.batch.rowsAccepted;
        replaced += static_cast<std::size_t>(std::ranges::count_if(
            imported.batch.scopes, [](const Scope& scope) { return !scope.supersedes.empty(); }));
    }
    ImportSummary summary;
    if (!report.batches.empty() && unchanged == report.batches.size()) {
        summary.level = InfoLevel::Info;
        summary.headline = tr("Nothing new: this is in the ledger already.");
        if (const Batch* batch = givenWayOf(report)) {
            summary.detail = isReplaced(*batch)
                ? tr("It does not count: a later delivery has taken its place.")
                : tr("A part of it does not count: a later delivery has taken that part's place.");
            summary.givenWay = QString::fromStdString(batch->publicId);
        }
        return summary;
    }
    summary.headline = accepted == 1 ? tr("Imported 1 row.")
                                     : tr("Imported %1 rows.").arg(money.count(accepted));
    QStringList details;
    const HeldBack held = heldBackOf(report);
    for (const BilledCost& cost : billedCosts(report))
        details << proofOf(cost, held, money);
    if (replaced > 0)
        details << (replaced == 1
                ? tr("One account and period was restated; what stood there before is kept.")
                : tr("%1 accounts and periods were restated; what stood there before is kept.")
                      .arg(money.count(replaced)));
    if (held.rows > 0) {
        summary.level = InfoLevel::Warning;
        details << (held.rows == 1 ? tr("One row cannot be a charge and is in quarantine.")
                                   : tr("%1 rows cannot be charges and are in quarantine.")
                                         .arg(money.count(held.rows)));
    }
    for (const ImportedBatch& imported : report.batches) {
        for (const std::string& sentence : imported.beside)
            details << QString::fromStdString(sentence) + u'.';
    }
    summary.detail = details.join(u' ');
    return summary;
}

} // namespace sluice::ui
