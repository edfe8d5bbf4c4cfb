// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/imports/ImportsPage.h"

#include "core/base/Check.h"
#include "core/ingest/ColumnMap.h"
#include "ui/kit/DataTable.h"
#include "ui/kit/EmptyState.h"
#include "ui/kit/ErrorText.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

ImportsPage::ImportsPage(const PageContext& context, QWidget* parent)
    : Page{PageId::Imports, context, tr("Imports"), parent}
    , m_batches{new Model<ListedBatch>{
          batchColumns(), context.money, context.session.pools().compute(), this}}
    , m_verdicts{new Model<Verdict>{
          verdictColumns(), context.money, context.session.pools().compute(), this}}
    , m_quarantine{new Model<QuarantinedRow>{
          quarantineColumns(), context.money, context.session.pools().compute(), this}}
    , m_totals{new Model<ControlTotal>{
          controlTotalColumns(), context.money, context.session.pools().compute(), this}}
    , m_scopes{new Model<Scope>{
          scopeColumns(), context.money, context.session.pools().compute(), this}}
    , m_batchTable{new DataTable{this}}
    , m_tabs{new QTabWidget{this}}
    , m_retry{new QPushButton{tr("Retry the quarantined rows"), this}}
    , m_retryMapped{new QPushButton{tr("Retry with a mapping\u2026"), this}}
    , m_body{new QStackedWidget{this}}
    , m_empty{new EmptyState{this}}
    , m_task{context.session.pools().compute(), this}
    , m_quarantineTask{context.session.pools().compute(), this}
{
    setObjectName(QStringLiteral("importsPage"));
    buildTitle();
    m_batchTable->setObjectName(QStringLiteral("batchTable"));
    m_batchTable->setAccessibleName(tr("Imports"));
    m_batchTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_batchTable->setModel(m_batches);
    m_batchTable->setColumnWidths({22, 34, 11, 12, 10, 18, 12, 8}, 1);
    setFocusProxy(m_batchTable);
    connect(m_batchTable, &DataTable::currentRowChanged, this, &ImportsPage::showBatch);
    buildDetails();
    for (DataTable* table : {m_batchTable, m_quarantineTable, m_totalTable, m_scopeTable}) {
        table->setContextMenuPolicy(Qt::ActionsContextMenu);
        table->addAction(context.actions.action(ActionId::ShowSource));
        connect(table, &DataTable::rowActivated, this, &ImportsPage::showSource);
        connect(table, &DataTable::currentRowChanged, this, &ImportsPage::stateChanged);
    }

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
    connect(m_empty, &EmptyState::primaryTriggered, this, &ImportsPage::importWanted);
    connect(&infoBar(), &InfoBar::actionTriggered, this, [this] { take(m_advice.offers.front()); });
    connect(&infoBar(), &InfoBar::secondActionTriggered, this,
        [this] { take(m_advice.offers.back()); });
}

void ImportsPage::buildTitle()
{
    titleMiddle()->addStretch(1);
    m_retry->setObjectName(QStringLiteral("retryButton"));
    m_retryMapped->setObjectName(QStringLiteral("retryMappedButton"));
    m_retryMapped->setToolTip(
        tr("A mapping says how the file's columns and numbers are to be read."));
    for (QPushButton* button : {m_retry, m_retryMapped}) {
        button->setAccessibleName(button->text());
        button->setEnabled(false);
        titleEnd()->addWidget(button);
    }
    connect(m_retry, &QPushButton::clicked, this, [this] { emit retryWanted(m_selected); });
    connect(m_retryMapped, &QPushButton::clicked, this,
        [this] { emit retryWithMappingWanted(m_selected); });
    auto* import = new QToolButton{this};
    import->setObjectName(QStringLiteral("importButton"));
    import->setProperty("role", QStringLiteral("picker"));
    import->setDefaultAction(context().actions.action(ActionId::ImportFiles));
    import->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    import->setAccessibleName(tr("Import files"));
    titleEnd()->addWidget(import);
}

DataTable* ImportsPage::makeTable(const QString& objectName, const QString& title,
    QAbstractItemModel* model, const std::vector<int>& widths, int stretching)
{
    auto* table = new DataTable{this};
    table->setObjectName(objectName);
    table->setAccessibleName(title);
    table->setModel(model);
    table->setColumnWidths(widths, stretching);
    return table;
}

void ImportsPage::buildDetails()
{
    m_tabs->setObjectName(QStringLiteral("batchDetails"));
    m_tabs->setAccessibleName(tr("Details of the selected import"));
    m_tabs->setDocumentMode(true);
    buildVerdicts();
    m_quarantineTable = makeTable(QStringLiteral("quarantineTable"), tr("Quarantine"), m_quarantine,
        {8, 26, 22, 20, 40, 40}, 5);
    m_totalTable = makeTable(QStringLiteral("controlTotalTable"), tr("Control totals"), m_totals,
        {20, 10, 26, 26, 26, 22}, 0);
    m_scopeTable = makeTable(QStringLiteral("scopeTable"), tr("Accounts and periods"), m_scopes,
        {36, 14, 12, 22, 24}, 0);
    m_quarantineTable->setFirstColumnFrozen(true);
    m_quarantineTable->showFooter(context().money);
    m_scopeTable->showFooter(context().money);
    for (DataTable* table : {m_quarantineTable, m_totalTable, m_scopeTable})
        m_tabs->addTab(table, table->accessibleName());
}

// What helps is a sentence or two: the row has its beginning, and the line below all of it.
void ImportsPage::buildVerdicts()
{
    m_verdictTable = makeTable(QStringLiteral("verdictTable"), tr("Verdicts by rule"), m_verdicts,
        {15, 24, 20, 8, 10, 14, 60}, 6);
    m_whatHelps = new QLabel{this};
    m_whatHelps->setObjectName(QStringLiteral("whatHelps"));
    m_whatHelps->setWordWrap(true);
    m_whatHelps->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* tab = new QWidget{this};
    auto* column = new QVBoxLayout{tab};
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_verdictTable, 1);
    column->addWidget(m_whatHelps);
    m_tabs->addTab(tab, m_verdictTable->accessibleName());
    connect(m_verdictTable, &DataTable::currentRowChanged, this, &ImportsPage::showVerdict);
    showVerdict(-1);
}

void ImportsPage::showVerdict(int row)
{
    const bool known = row >= 0 && row < m_verdicts->rowCount();
    m_whatHelps->setText(known ? QString::fromStdString(m_verdicts->rowAt(row).fix) : QString{});
    m_whatHelps->setVisible(known);
}

// Before the first answer nothing is known: neither that there are imports nor that there are none.
void ImportsPage::sayReading()
{
    m_empty->setText({tr("Reading\u2026"), {}, {}, {}});
    if (m_batches->rowCount() == 0)
        m_body->setCurrentWidget(m_empty);
}

void ImportsPage::ask()
{
    sayReading();
    m_task.start(
        [workspace = context().session.workspace(), principal = context().session.principal()](
            const TaskContext&) { return ImportService{*workspace}.batches(principal); },
        [this](Result<std::vector<Batch>> batches) {
            if (batches.ok())
                accept(std::move(*batches));
            else
                showProblem(batches.error());
        });
}

void ImportsPage::showProblem(const Error& error)
{
    if (error.code != ErrorCode::NotAllowed) {
        m_empty->setText({tr("The imports could not be read"), {}, {}, {}});
        infoBar().showError(error);
        return;
    }
    // no mishap but how things are: said in the page's own place
    const ErrorText text = ErrorText::of(error);
    m_empty->setText({text.headline, text.detail, {}, {}});
    m_body->setCurrentWidget(m_empty);
}

void ImportsPage::accept(std::vector<Batch> batches)
{
    m_empty->setText({tr("Nothing was imported yet"),
        tr("Drop cost exports here: FOCUS as CSV or CSV.GZ, several files of one delivery, or an Azure export folder."),
        context().session.principal().mayChange() ? tr("Import files\u2026") : QString{}, {}});
    m_body->setCurrentIndex(batches.empty() ? 1 : 0);
    m_batches->show(std::make_shared<const std::vector<ListedBatch>>(listed(std::move(batches))));
    if (m_batches->rowCount() > 0)
        m_batchTable->selectRow(rowOfSelected());
    emit stateChanged();
}

// The attempt that was looked at, else the newest of its delivery, else the newest of all.
int ImportsPage::rowOfSelected() const
{
    int newest = -1;
    for (int row = 0; row < m_batches->rowCount(); ++row) {
        const ListedBatch& batch = m_batches->rowAt(row);
        if (QString::fromStdString(batch.publicId) != m_selected)
            continue;
        if (batch.revision == m_selectedRevision)
            return row;
        newest = newest < 0 ? row : newest;
    }
    return std::max(newest, 0);
}

void ImportsPage::select(const QString& batch)
{
    m_selected = batch;
    m_selectedRevision = 0;
    if (m_batches->rowCount() > 0)
        m_batchTable->selectRow(rowOfSelected());
}

const ListedBatch& ImportsPage::countingBatch(int row) const
{
    const ListedBatch& batch = m_batches->rowAt(row);
    for (int other = 0; batch.older && other < m_batches->rowCount(); ++other) {
        const ListedBatch& newer = m_batches->rowAt(other);
        if (!newer.older && newer.publicId == batch.publicId)
            return newer;
    }
    return batch;
}

void ImportsPage::showBatch(int row)
{
    if (row < 0 || row >= m_batches->rowCount()) {
        m_verdicts->clear();
        m_quarantine->clear();
        m_totals->clear();
        m_scopes->clear();
        m_retry->setEnabled(false);
        m_retryMapped->setEnabled(false);
        return;
    }
    const ListedBatch& batch = m_batches->rowAt(row);
    m_selected = QString::fromStdString(batch.publicId);
    m_selectedRevision = batch.revision;
    m_verdicts->show(std::make_shared<const std::vector<Verdict>>(batch.verdicts));
    m_verdicts->sort(0, Qt::DescendingOrder);
    if (m_verdicts->rowCount() > 0)
        m_verdictTable->selectRow(0); // what helps is said of the current one
    m_totals->show(std::make_shared<const std::vector<ControlTotal>>(batch.controlTotals));
    m_totalTable->resizeColumnsToContents(); // a few rows; half a number would be a wrong number
    m_scopes->show(std::make_shared<const std::vector<Scope>>(batch.scopes));
    const MoneyText& money = context().money;
    m_tabs->setTabText(0, tr("Verdicts by rule (%1)").arg(money.count(batch.verdicts.size())));
    const bool triedAgain = wasTriedAgain(batch);
    const std::uint64_t held = triedAgain ? 0 : batch.rowsQuarantined;
    m_tabs->setTabText(
        1, triedAgain ? tr("Quarantine") : tr("Quarantine (%1)").arg(money.count(held)));
    m_tabs->setTabText(2, tr("Control totals"));
    m_tabs->setTabText(3, tr("Accounts and periods (%1)").arg(money.count(batch.scopes.size())));
    const bool retry = held > 0 && context().session.principal().mayChange();
    m_retry->setEnabled(retry);
    m_retryMapped->setEnabled(retry);
    m_verdictTable->setPlaceholder(tr("No rule found anything to say about this import."));
    m_quarantineTable->setPlaceholder(
        triedAgain ? tr(
            "What was held back here was tried again: the newer attempt of this file says what became of it.")
            : held > 0 ? tr("Reading\u2026")
                       : tr("Nothing is held back: every row of this import is a charge."));
    m_quarantineTask.cancel();
    m_quarantine->clear();
    if (held > 0)
        askQuarantine(batch.publicId);
}

void ImportsPage::askQuarantine(const std::string& batch)
{
    m_quarantineTask.start(
        [workspace = context().session.workspace(), principal = context().session.principal(),
            batch](const TaskContext&) {
            return ImportService{*workspace}.quarantine(batch, QuarantineRowsMax, principal);
        },
        [this](Result<std::vector<QuarantinedRow>> rows) {
            if (rows.ok())
                m_quarantine->show(
                    std::make_shared<const std::vector<QuarantinedRow>>(std::move(*rows)));
            else
                infoBar().showError(rows.error());
        });
}

void ImportsPage::showReport(const ImportReport& report)
{
    say(summaryOf(report, context().money), report);
}

void ImportsPage::showRetried(const ImportReport& report)
{
    say(summaryOfRetry(report, context().money), report);
}

void ImportsPage::say(const ImportSummary& summary, const ImportReport& report)
{
    infoBar().showMessage(summary.level, summary.headline, summary.detail);
    m_givenWay = summary.givenWay;
    m_advice = {};
    if (!m_givenWay.isEmpty()) {
        m_advice.offers.push_back(ImportOffer::BringBack);
        infoBar().setActions(offerText(ImportOffer::BringBack));
    }
    if (!report.batches.empty())
        m_selected = QString::fromStdString(report.batches.front().batch.publicId);
    m_selectedRevision = 0;
    invalidate();
}

void ImportsPage::showFailure(const Error& error, Refused what)
{
    m_advice = ImportAdvice::of(error, what);
    infoBar().showError(m_advice.error);
    const auto& offers = m_advice.offers;
    infoBar().setActions(offers.empty() ? QString{} : offerText(offers.front()),
        offers.size() < 2 ? QString{} : offerText(offers.back()));
}

void ImportsPage::take(ImportOffer offer)
{
    switch (offer) {
    case ImportOffer::Mapping:
        return emit importWithMappingWanted();
    case ImportOffer::ReplaceAnyway:
        return emit replaceSmallerWanted();
    case ImportOffer::Source:
        return emit importUnderSourceWanted(m_advice.source);
    case ImportOffer::BringBack:
        return emit bringBackWanted(m_givenWay);
    }
}

QStringList ImportsPage::sources() const
{
    QStringList names;
    for (int row = 0; row < m_batches->rowCount(); ++row)
        names << QString::fromStdString(m_batches->rowAt(row).source);
    names.removeDuplicates();
    names.sort();
    return names;
}

FigureSource ImportsPage::sourceOf(const Batch& batch) const
{
    const auto dimension = parseDimension("batch");
    SLUICE_CHECK(dimension.ok());
    const QString file = batch.documents.empty()
        ? QString{}
        : QString::fromStdString(batch.documents.front().name);
    FigureSource source;
    source.title = tr("%1 \u00B7 batch %2").arg(file, QString::fromStdString(batch.publicId));
    source.value = batch.rowsAccepted == 1
        ? tr("1 row accepted")
        : tr("%1 rows accepted").arg(context().money.count(batch.rowsAccepted));
    source.query.kind = batch.kind;
    source.query.measure = context().view.measure();
    source.query.where.push_back({*dimension, {batch.publicId}});
    source.drill.push_back({dimension->name, batch.publicId, file});
    source.charges = batch.rowsAccepted;
    return source;
}

FigureSource ImportsPage::sourceOf(const Batch& batch, const ControlTotal& total) const
{
    FigureSource source = sourceOf(batch);
    const std::string code{total.currency.code()};
    const auto currency = parseDimension("currency");
    SLUICE_CHECK(currency.ok());
    const auto measure = std::ranges::find(Measures, total.column, measureColumn);
    if (measure != Measures.end())
        source.query.measure = *measure;
    source.query.where.push_back({*currency, {code}});
    source.drill.push_back({currency->name, code, QString::fromStdString(code)});
    Decimal exact;
    const QString amount = tryParseDecimal(total.ledger, exact)
        ? context().money.decimal(exact)
        : QString::fromStdString(total.ledger);
    source.title = tr("Control total of %1 \u00B7 %2")
                       .arg(QString::fromStdString(total.column), source.title);
    source.value = currencyText(total.currency) + QChar{u'\u00A0'} + amount;
    source.charges = 0;
    return source;
}

FigureSource ImportsPage::sourceOf(const Batch& batch, const Scope& scope) const
{
    FigureSource source = sourceOf(batch);
    const std::string period = billingPeriodLabel(scope.periodStart, scope.periodEnd);
    for (const auto& [name, value] :
        {std::pair{std::string{"billing_account"}, scope.billingAccount},
            std::pair{std::string{"billing_period"}, period}}) {
        const auto dimension = parseDimension(name);
        SLUICE_CHECK(dimension.ok());
        source.query.where.push_back({*dimension, {value}});
        source.drill.push_back({name, value, QString::fromStdString(value)});
    }
    source.query.measure = Measure::BilledCost;
    source.title = tr("%1, %2 \u00B7 %3")
                       .arg(QString::fromStdString(scope.billingAccount),
                           QString::fromStdString(period), source.title);
    QStringList totals;
    for (const CurrencyTotals& total : scope.totals)
        totals << context().money.withCode(
            total.costs[static_cast<std::size_t>(Measure::BilledCost)], total.currency);
    source.value = totals.join(QStringLiteral(" \u00B7 "));
    source.charges = scope.rows;
    return source;
}

std::optional<FigureSource> ImportsPage::figure() const
{
    const int row = m_batchTable->currentIndex().row();
    if (row < 0 || row >= m_batches->rowCount())
        return std::nullopt;
    const ListedBatch& batch = countingBatch(row);
    const auto chosen = [older = m_batches->rowAt(row).older](const DataTable* table) {
        return table->hasFocus() && !older ? table->currentIndex().row() : -1;
    };
    if (const int total = chosen(m_totalTable); total >= 0)
        return sourceOf(batch, m_totals->rowAt(total));
    if (const int scope = chosen(m_scopeTable); scope >= 0)
        return sourceOf(batch, m_scopes->rowAt(scope));
    return sourceOf(batch);
}

void ImportsPage::showSource()
{
    const int at = m_quarantineTable->currentIndex().row();
    const int batch = m_batchTable->currentIndex().row();
    if (!m_quarantineTable->hasFocus() || at < 0 || batch < 0)
        return Page::showSource();
    const QuarantinedRow& row = m_quarantine->rowAt(at);
    const Batch& of = m_batches->rowAt(batch);
    const QString file = row.document < of.documents.size()
        ? QString::fromStdString(of.documents[row.document].name)
        : QString{};
    emit heldRowWanted({file, QString::fromStdString(of.publicId), row});
}

void ImportsPage::forget()
{
    m_task.cancel();
    m_quarantineTask.cancel();
    m_selected.clear();
    m_selectedRevision = 0;
    m_advice = {};
    m_givenWay.clear();
    m_batches->clear();
    showBatch(-1);
    infoBar().clear();
}

} // namespace sluice::ui
