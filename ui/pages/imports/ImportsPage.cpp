// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/imports/ImportsPage.h"

#include "ui/kit/DataTable.h"
#include "ui/kit/EmptyState.h"
#include "ui/pages/imports/ImportSummary.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>

namespace sluice::ui {

ImportsPage::ImportsPage(const PageContext& context, QWidget* parent)
    : Page{context, tr("Imports"), parent}
    , m_batches{new Model<Batch>{batchColumns(), context.money, this}}
    , m_verdicts{new Model<Verdict>{verdictColumns(), context.money, this}}
    , m_quarantine{new Model<QuarantinedRow>{quarantineColumns(), context.money, this}}
    , m_totals{new Model<ControlTotal>{controlTotalColumns(), context.money, this}}
    , m_scopes{new Model<Scope>{scopeColumns(), context.money, this}}
    , m_batchTable{new DataTable{this}}
    , m_tabs{new QTabWidget{this}}
    , m_retry{new QPushButton{tr("Retry the quarantined rows"), this}}
    , m_body{new QStackedWidget{this}}
    , m_empty{new EmptyState{this}}
    , m_task{context.session.pools().compute(), this}
    , m_quarantineTask{context.session.pools().compute(), this}
{
    setObjectName(QStringLiteral("importsPage"));
    titleMiddle()->addStretch(1);
    m_retry->setObjectName(QStringLiteral("retryButton"));
    m_retry->setAccessibleName(m_retry->text());
    m_retry->setEnabled(false);
    connect(m_retry, &QPushButton::clicked, this, [this] { emit retryWanted(m_selected); });
    auto* import = new QToolButton{this};
    import->setObjectName(QStringLiteral("importButton"));
    import->setProperty("role", QStringLiteral("picker"));
    import->setDefaultAction(context.actions.action(ActionId::ImportFiles));
    import->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    import->setAccessibleName(tr("Import files"));
    titleEnd()->addWidget(m_retry);
    titleEnd()->addWidget(import);

    m_batchTable->setObjectName(QStringLiteral("batchTable"));
    m_batchTable->setAccessibleName(tr("Imports"));
    m_batchTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_batchTable->setModel(m_batches);
    m_batchTable->setColumnWidths({24, 34, 18, 12, 8, 12, 13, 10}, 1);
    connect(m_batchTable, &DataTable::currentRowChanged, this, &ImportsPage::showBatch);
    buildDetails();

    auto* splitter = new QSplitter{Qt::Vertical, this};
    splitter->setHandleWidth(9);
    splitter->addWidget(m_batchTable);
    splitter->addWidget(m_tabs);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setChildrenCollapsible(false);
    m_body->addWidget(splitter);
    m_body->addWidget(m_empty);
    content()->addWidget(m_body, 1);
    m_empty->setText({tr("Nothing was imported yet"),
        tr("Drop cost exports here: FOCUS as CSV or CSV.GZ, several files of one delivery, or an Azure export folder."), tr("Import files\u2026"), {}});
    connect(m_empty, &EmptyState::primaryTriggered, this, &ImportsPage::importWanted);
    connect(&infoBar(), &InfoBar::actionTriggered, this, &ImportsPage::replaceSmallerWanted);
}

DataTable* ImportsPage::addTab(const QString& objectName, const QString& title, QAbstractItemModel* model, const std::vector<int>& widths, int stretching)
{
    auto* table = new DataTable{this};
    table->setObjectName(objectName);
    table->setAccessibleName(title);
    table->setModel(model);
    table->setColumnWidths(widths, stretching);
    table->setSortingEnabled(false);
    m_tabs->addTab(table, title);
    return table;
}

void ImportsPage::buildDetails()
{
    m_tabs->setObjectName(QStringLiteral("batchDetails"));
    m_tabs->setAccessibleName(tr("Details of the selected import"));
    m_tabs->setDocumentMode(true);
    addTab(QStringLiteral("verdictTable"), tr("Verdicts by rule"), m_verdicts, {16, 26, 24, 10, 11, 24, 40}, 6)
        ->setPlaceholder(tr("No rule found anything to say about this import."));
    addTab(QStringLiteral("quarantineTable"), tr("Quarantine"), m_quarantine, {8, 26, 22, 20, 40, 40}, 5)
        ->setPlaceholder(tr("Nothing is held back: every row of this import is a charge."));
    addTab(QStringLiteral("controlTotalTable"), tr("Control totals"), m_totals, {20, 10, 26, 26, 26, 22}, 0);
    addTab(QStringLiteral("scopeTable"), tr("Accounts and periods"), m_scopes, {36, 14, 12, 22, 24}, 0);
}

void ImportsPage::ask()
{
    m_task.start(
        [workspace = context().session.workspace(), principal = context().session.principal()](const TaskContext&) {
            return ImportService{*workspace}.batches(principal);
        },
        [this](Result<std::vector<Batch>> batches) {
            if (batches.ok())
                accept(std::move(*batches));
            else
                infoBar().showError(batches.error());
        });
}

void ImportsPage::accept(std::vector<Batch> batches)
{
    int row = 0;
    for (std::size_t i = 0; i < batches.size(); ++i) {
        if (QString::fromStdString(batches[i].publicId) == m_selected)
            row = static_cast<int>(i);
    }
    m_body->setCurrentIndex(batches.empty() ? 1 : 0);
    m_batches->show(std::make_shared<const std::vector<Batch>>(std::move(batches)));
    if (m_batches->rowCount() > 0)
        m_batchTable->selectRow(row);
    emit stateChanged();
}

void ImportsPage::showBatch(int row)
{
    if (row < 0 || row >= m_batches->rowCount()) {
        m_verdicts->clear();
        m_quarantine->clear();
        m_totals->clear();
        m_scopes->clear();
        m_retry->setEnabled(false);
        return;
    }
    const Batch& batch = m_batches->rowAt(row);
    m_selected = QString::fromStdString(batch.publicId);
    m_verdicts->show(std::make_shared<const std::vector<Verdict>>(batch.verdicts));
    m_verdicts->sort(0, Qt::DescendingOrder);
    m_totals->show(std::make_shared<const std::vector<ControlTotal>>(batch.controlTotals));
    m_scopes->show(std::make_shared<const std::vector<Scope>>(batch.scopes));
    const MoneyText& money = context().money;
    m_tabs->setTabText(0, tr("Verdicts by rule (%1)").arg(money.count(batch.verdicts.size())));
    m_tabs->setTabText(1, tr("Quarantine (%1)").arg(money.count(batch.rowsQuarantined)));
    m_tabs->setTabText(2, tr("Control totals"));
    m_tabs->setTabText(3, tr("Accounts and periods (%1)").arg(money.count(batch.scopes.size())));
    m_retry->setEnabled(batch.rowsQuarantined > 0 && context().session.principal().mayChange());
    m_quarantine->clear();
    if (batch.rowsQuarantined > 0)
        askQuarantine(batch.publicId);
}

void ImportsPage::askQuarantine(const std::string& batch)
{
    m_quarantineTask.start(
        [workspace = context().session.workspace(), principal = context().session.principal(), batch](const TaskContext&) {
            return ImportService{*workspace}.quarantine(batch, QuarantineRowsMax, principal);
        },
        [this](Result<std::vector<QuarantinedRow>> rows) {
            if (rows.ok())
                m_quarantine->show(std::make_shared<const std::vector<QuarantinedRow>>(std::move(*rows)));
            else
                infoBar().showError(rows.error());
        });
}

void ImportsPage::showReport(const ImportReport& report)
{
    const ImportSummary summary = summaryOf(report, context().money);
    infoBar().showMessage(summary.level, summary.headline, summary.detail);
    if (!report.batches.empty())
        m_selected = QString::fromStdString(report.batches.front().batch.publicId);
    invalidate();
}

void ImportsPage::showFailure(const Error& error, bool canReplaceSmaller)
{
    infoBar().showError(error);
    if (canReplaceSmaller)
        infoBar().setAction(tr("Replace anyway"));
}

void ImportsPage::clear()
{
    m_task.cancel();
    m_quarantineTask.cancel();
    m_selected.clear();
    m_batches->clear();
    showBatch(-1);
    infoBar().clear();
}

} // namespace sluice::ui
