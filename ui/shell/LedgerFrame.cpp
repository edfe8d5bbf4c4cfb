// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/LedgerFrame.h"

#include "ui/kit/DateText.h"
#include "ui/models/FreshnessText.h"
#include "ui/pages/charges/ChargesPage.h"
#include "ui/pages/imports/ImportsPage.h"
#include "ui/pages/provenance/ProvenancePanel.h"
#include "ui/pages/spendmap/SpendMapPage.h"
#include "ui/shell/JobStrip.h"
#include "ui/shell/PathDialog.h"
#include "ui/shell/Question.h"
#include "ui/shell/Sidebar.h"
#include "ui/shell/SourceQuestion.h"
#include "ui/shell/TopBar.h"

#include <QFile>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sluice::ui {

namespace {

constexpr int DrawerWidth = 460;
constexpr int RoomForBoth = 1180; // below, the drawer takes the place of the page
constexpr std::size_t MissingShown = 3;

QString scopeNames(const LedgerFacts& facts)
{
    QStringList names;
    for (const std::string& name : facts.scope)
        names << QString::fromStdString(name);
    return names.join(QStringLiteral(", "));
}

QString whoText(const LedgerFacts& facts)
{
    const QString who
        = facts.person.empty() ? LedgerFrame::tr("Finance") : QString::fromStdString(facts.person);
    return who + QStringLiteral(" \u00B7 ")
        + (facts.scope.empty() ? LedgerFrame::tr("all owners") : scopeNames(facts));
}

// Enough to write one by: the rest is in the command line's help.
constexpr const char* MappingExample = R"({
  "columns": {
    "BilledCost": ["Cost"],
    "EffectiveCost": ["Cost"],
    "ChargePeriodStart": ["Date"]
  },
  "constants": {"BillingCurrency": "USD"},
  "billing_period_from_charge": true,
  "charge_is_one_day": true,
  "dates": "day_first", "decimal": ",", "thousands": "."
})";

Question mappingQuestion()
{
    return {QStringLiteral("mappingQuestion"),
        LedgerFrame::tr("A mapping says how a file's columns and numbers are to be read."),
        QStringLiteral("<p>%1</p><pre>%2</pre><p>%3</p>")
            .arg(LedgerFrame::tr(
                     "It is a JSON file. To the left stands the FOCUS column, to the right its "
                     "names in your file:"),
                QLatin1StringView{MappingExample},
                LedgerFrame::tr("What your file says in FOCUS's own words may be left out.")),
        LedgerFrame::tr("Choose the mapping\u2026"), LedgerFrame::tr("Cancel"), true};
}

QString scopeText(const LedgerFacts& facts)
{
    return LedgerFrame::tr("Scope: %1")
        .arg(facts.scope.empty() ? LedgerFrame::tr("the whole company") : scopeNames(facts));
}

} // namespace

LedgerFrame::LedgerFrame(const PageContext& context, ImportJob& imports, QWidget* parent)
    : QWidget{parent}
    , m_context{context}
    , m_imports{imports}
    , m_map{new SpendMapPage{context, this}}
    , m_charges{new ChargesPage{context, this}}
    , m_importsPage{new ImportsPage{context, this}}
    , m_drawer{new ProvenancePanel{context, this}}
    , m_sidebar{new Sidebar{context.actions, this}}
    , m_topBar{new TopBar{context.view, this}}
    , m_jobs{new JobStrip{this}}
    , m_stack{new QStackedWidget{this}}
    , m_freshness{context.session.pools().compute(), this}
{
    buildLayout();
    connectActions();
    connectPages();
    connectImports();
    connect(&context.session, &Session::factsChanged, this, [this] {
        m_context.view.setFacts(m_context.session.facts());
        m_importsPage->invalidate();
    });
    connect(&context.view, &ViewContext::changed, this, [this] {
        emit stateChanged(); // at once: "up" must not wait for the answer
        askFreshness();
    });
}

std::array<Page*, 3> LedgerFrame::pages() const
{
    return {m_map, m_charges, m_importsPage};
}

void LedgerFrame::buildLayout()
{
    for (Page* page : pages())
        m_stack->addWidget(page);
    auto* splitter = new QSplitter{this};
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_stack);
    splitter->addWidget(m_drawer);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({2 * DrawerWidth, DrawerWidth});
    m_drawer->hide();
    auto* main = new QVBoxLayout;
    main->setSpacing(0);
    main->addWidget(m_topBar);
    main->addWidget(splitter, 1);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(20, 0, 20, 8);
    foot->addWidget(m_jobs);
    main->addLayout(foot);
    auto* row = new QHBoxLayout{this};
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_sidebar);
    row->addLayout(main, 1);
}

void LedgerFrame::connectActions()
{
    using enum ActionId;
    const ActionRegistry& actions = m_context.actions;
    actions.on(GoMap, this, [this] { emit pageWanted(PageId::Map); });
    actions.on(GoCharges, this, [this] { emit pageWanted(PageId::Charges); });
    actions.on(GoImports, this, [this] { emit pageWanted(PageId::Imports); });
    actions.on(GoUp, this, [this] { m_context.view.goUp(); });
    actions.on(PreviousPeriod, this, [this] { m_context.view.stepPeriod(-1); });
    actions.on(NextPeriod, this, [this] { m_context.view.stepPeriod(1); });
    actions.on(ToggleTable, this, [this] { m_map->toggleTable(); });
    actions.on(ShowCharges, this, [this] { m_map->showCharges(); });
    actions.on(ShowSource, this, [this] { shownPage().showSource(); });
    actions.on(ToggleDrawer, this, [this] { showDrawer(m_drawer->isHidden()); });
    actions.on(CopyPicture, this, [this] { m_map->copyPicture(); });
    actions.on(CopyData, this, [this] { m_map->copyData(); });
    actions.on(ImportFiles, this, [this] { chooseFiles(); });
    actions.on(ImportFolder, this, [this] { chooseFolder(); });
    actions.on(CancelJob, &m_imports, &ImportJob::cancel);
}

void LedgerFrame::connectPages()
{
    for (Page* page : pages()) {
        connect(page, &Page::stateChanged, this, &LedgerFrame::stateChanged);
        connect(page, &Page::figureSourceWanted, this, [this](const FigureSource& source) {
            m_drawer->showFigure(source);
            showDrawer(true);
        });
        connect(page, &Page::chargeSourceWanted, this, [this](const QString& id) {
            m_drawer->showChargeAlone(id);
            showDrawer(true);
        });
        connect(page, &Page::heldRowWanted, this, [this](const HeldRow& row) {
            m_drawer->showHeldRow(row);
            showDrawer(true);
        });
    }
    connect(
        m_map, &SpendMapPage::chargesWanted, this, [this] { emit pageWanted(PageId::Charges); });
    connect(m_map, &SpendMapPage::importWanted, this, &LedgerFrame::chooseFiles);
    connect(m_map, &SpendMapPage::currenciesKnown, m_topBar, &TopBar::setCurrencies);
    connect(m_charges, &ChargesPage::mapWanted, this, [this] { emit pageWanted(PageId::Map); });
    connect(m_charges, &ChargesPage::importWanted, this, &LedgerFrame::chooseFiles);
    connect(m_charges, &ChargesPage::currenciesKnown, m_topBar, &TopBar::setCurrencies);
    connect(m_importsPage, &ImportsPage::importWanted, this, &LedgerFrame::chooseFiles);
    connect(m_importsPage, &ImportsPage::retryWanted, &m_imports,
        [this](const QString& batch) { m_imports.retryQuarantine(batch); });
    connect(
        m_importsPage, &ImportsPage::retryWithMappingWanted, this, [this](const QString& batch) {
            chooseMapping(
                [this, batch](const QString& file) { m_imports.retryQuarantine(batch, file); });
        });
    connect(m_importsPage, &ImportsPage::importWithMappingWanted, this, [this] {
        chooseMapping([this, request = m_imports.refused()](const QString& file) mutable {
            request.mappingFile = QFile::encodeName(file).toStdString();
            m_imports.import(request);
        });
    });
    connect(m_importsPage, &ImportsPage::importUnderSourceWanted, this, &LedgerFrame::chooseSource);
    connect(m_importsPage, &ImportsPage::bringBackWanted, &m_imports, &ImportJob::bringBack);
    connect(
        m_importsPage, &ImportsPage::replaceSmallerWanted, &m_imports, &ImportJob::replaceAnyway);
    connect(m_drawer, &ProvenancePanel::closeWanted, this, [this] { showDrawer(false); });
    connect(m_drawer, &ProvenancePanel::allChargesWanted, this, [this](const FigureSource& source) {
        m_context.view.lookAt(source.query, source.drill);
        emit pageWanted(PageId::Charges);
    });
}

void LedgerFrame::connectImports()
{
    connect(&m_imports, &ImportJob::started, this, [this](const QString& what) {
        m_jobs->start(what);
        m_jobs->setWaiting(m_imports.waiting());
        emit stateChanged();
    });
    connect(&m_imports, &ImportJob::progressed, m_jobs, &JobStrip::setProgress);
    connect(m_jobs, &JobStrip::cancelWanted, &m_imports, &ImportJob::cancel);
    connect(&m_imports, &ImportJob::finished, this, [this](const ImportReport& report) {
        m_jobs->finish();
        m_context.view.expect(report.revision);
        m_importsPage->showReport(report);
        emit pageWanted(PageId::Imports);
    });
    connect(&m_imports, &ImportJob::retried, this, [this](const ImportReport& report) {
        m_jobs->finish();
        m_context.view.expect(report.revision);
        m_importsPage->showRetried(report);
        emit pageWanted(PageId::Imports);
    });
    connect(&m_imports, &ImportJob::failed, this, [this](const Error& error) {
        m_jobs->finish();
        m_importsPage->showFailure(
            error, m_imports.refused().paths.empty() ? Refused::Retry : Refused::Import);
        emit pageWanted(PageId::Imports);
    });
}

void LedgerFrame::choose(
    const PathQuestion& question, const std::function<void(const QStringList&)>& chosen)
{
    connect(&m_context.session, &Session::locked, askForPaths(this, question, chosen),
        &QDialog::reject);
}

void LedgerFrame::chooseFiles()
{
    choose(
        {QStringLiteral("importFilesDialog"), tr("Import files"),
            tr("Cost exports (*.csv *.gz *.tsv *.txt);;All files (*)"), QFileDialog::ExistingFiles},
        [this](const QStringList& paths) { m_imports.importPaths(paths); });
}

void LedgerFrame::chooseFolder()
{
    choose(
        {QStringLiteral("importFolderDialog"), tr("Import a folder"), {}, QFileDialog::Directory},
        [this](const QStringList& paths) { m_imports.importPaths(paths); });
}

void LedgerFrame::chooseMapping(const std::function<void(const QString&)>& chosen)
{
    const auto chooseFile = [this, chosen] {
        choose({QStringLiteral("mappingDialog"), tr("Choose a mapping"),
                   tr("Mappings (*.json);;All files (*)")},
            [chosen](const QStringList& paths) { chosen(paths.front()); });
    };
    connect(&m_context.session, &Session::locked, askFirst(this, mappingQuestion(), chooseFile),
        &QDialog::reject);
}

void LedgerFrame::chooseSource(const QString& proposed)
{
    const auto importAgain = [this, request = m_imports.refused()](const QString& name) mutable {
        request.source = name.toStdString();
        m_imports.import(request);
    };
    connect(&m_context.session, &Session::locked,
        askForSource(
            this, {m_imports.whatWasRefused(), proposed, m_importsPage->sources()}, importAgain),
        &QDialog::reject);
}

void LedgerFrame::showLedger()
{
    const Session& session = m_context.session;
    m_context.view.setFacts(session.facts());
    const QString who = whoText(session.facts());
    m_sidebar->setLedger(session.isSample() ? tr("Sample company") : session.name(),
        session.isSample() ? tr("%1\nNothing is saved").arg(who) : who);
    m_topBar->setScope(scopeText(session.facts()));
    for (Page* page : pages())
        page->invalidate();
}

void LedgerFrame::showFreshness(const std::optional<Freshness>& freshness)
{
    m_topBar->setFreshness(freshness);
    m_map->setFreshness(freshness);
    const LedgerFacts& facts = m_context.session.facts();
    QStringList lines;
    if (facts.days)
        lines << tr("Data to %1").arg(dateText(facts.days->end.plusDays(-1)));
    if (facts.lastImport)
        lines << tr("Imported %1").arg(instantText(*facts.lastImport));
    if (freshness)
        lines << missingLines(*freshness, MissingShown);
    m_sidebar->setFreshness(lines.isEmpty() ? tr("Nothing imported yet")
                                            : QStringLiteral("\u25CF ") + lines.join(u'\n'));
}

void LedgerFrame::askFreshness()
{
    showFreshness(std::nullopt);
    if (!m_context.session.isOpen())
        return;
    m_freshness.start(
        [workspace = m_context.session.workspace(), principal = m_context.session.principal(),
            query = m_context.view.query()](const TaskContext& task) {
            return SpendService{*workspace}.freshness(query, principal, task);
        },
        [this](Result<Freshness> freshness) {
            if (freshness.ok()) // else the page that asks the same ledger says what is wrong
                showFreshness(*freshness);
        });
}

void LedgerFrame::showPage(PageId page)
{
    const bool moved = page != this->page();
    m_stack->setCurrentIndex(static_cast<int>(page) - static_cast<int>(PageId::Map));
    if (moved)
        m_drawer->clear(); // it was about something on the page that one has left
    if ((moved && !m_drawer->isHidden()) || m_stack->isHidden())
        showDrawer(false); // who goes to a page wants to see it
    shownPage().setFocus();
}

Page& LedgerFrame::shownPage() const
{
    return *pages()[static_cast<std::size_t>(m_stack->currentIndex())];
}

PageId LedgerFrame::page() const
{
    return static_cast<PageId>(static_cast<int>(PageId::Map) + m_stack->currentIndex());
}

void LedgerFrame::showDrawer(bool shown)
{
    m_drawer->setVisible(shown);
    shareRoom();
    (shown ? static_cast<QWidget*>(m_drawer) : &shownPage())->setFocus();
    emit stateChanged();
}

void LedgerFrame::shareRoom()
{
    m_stack->setVisible(m_drawer->isHidden() || width() >= RoomForBoth);
}

void LedgerFrame::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    shareRoom();
}

void LedgerFrame::clear()
{
    m_jobs->finish();
    m_freshness.cancel();
    for (Page* page : pages())
        page->clear();
    m_drawer->clear();
    m_drawer->hide();
    shareRoom();
    m_sidebar->clear();
    m_context.view.reset();
    m_topBar->clear();
}

void LedgerFrame::describe(AppState& state) const
{
    state.mayChange = m_context.session.isOpen() && m_context.session.principal().mayChange();
    state.jobRunning = m_imports.isRunning();
    state.canGoUp = !m_context.view.drill().empty();
    state.showsTable = m_map->showsTable();
    state.drawerOpen = !m_drawer->isHidden();
    state.hasFigure = shownPage().figure().has_value();
}

} // namespace sluice::ui
