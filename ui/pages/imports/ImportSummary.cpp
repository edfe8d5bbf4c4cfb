// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/imports/ImportSummary.h"

#include <QCoreApplication>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ImportSummary", text);
}

} // namespace

ImportSummary summaryOf(const ImportReport& report, const MoneyText& money)
{
    std::uint64_t accepted = 0;
    std::uint64_t quarantined = 0;
    std::size_t unchanged = 0;
    std::size_t replaced = 0;
    QStringList totals;
    for (const ImportedBatch& imported : report.batches) {
        if (imported.status == BatchStatus::Unchanged) {
            ++unchanged;
            continue;
        }
        accepted += imported.batch.rowsAccepted;
        quarantined += imported.batch.rowsQuarantined;
        for (const Scope& scope : imported.batch.scopes)
            replaced += scope.supersedes.empty() ? 0 : 1;
        for (const ControlTotal& total : imported.batch.controlTotals) {
            if (total.column == "BilledCost")
                totals << QString::fromLatin1(total.currency.code()) + QChar{u'\u00A0'} + QString::fromStdString(total.ledger);
        }
    }
    ImportSummary summary;
    if (!report.batches.empty() && unchanged == report.batches.size()) {
        summary.level = InfoLevel::Info;
        summary.headline = tr("Nothing new: this is in the ledger already.");
        return summary;
    }
    summary.headline = tr("Imported %1 rows.").arg(money.count(accepted));
    QStringList details;
    if (!totals.isEmpty())
        details << tr("Billed cost %1: equal to the file's.").arg(totals.join(QStringLiteral(", ")));
    if (replaced > 0)
        details << tr("%1 accounts and periods were restated; what stood there before is kept.").arg(money.count(replaced));
    if (quarantined > 0) {
        summary.level = InfoLevel::Warning;
        details << tr("%1 rows cannot be charges and are in quarantine.").arg(money.count(quarantined));
    }
    summary.detail = details.join(u' ');
    return summary;
}

} // namespace sluice::ui
