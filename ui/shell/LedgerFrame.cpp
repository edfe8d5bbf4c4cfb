// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/LedgerFrame.h"

#include "ui/kit/DateText.h"
#include "ui/pages/charges/ChargesPage.h"
#include "ui/pages/imports/ImportsPage.h"
#include "ui/pages/provenance/ProvenancePanel.h"
#include "ui/pages/spendmap/SpendMapPage.h"
#include "ui/shell/JobStrip.h"
#include "ui/shell/Sidebar.h"
#include "ui/shell/TopBar.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sluice::ui {

namespace {

constexpr int DrawerWidth = 460;

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
{
    buildLayout();
    connectActions();
    connectPages();
    connectImports();
    connect(&context.session, &Session::factsChanged, this, [this] {
        m_context.view.setFacts(m_context.session.facts());
        showFreshness();
        m_importsPage->invalidate();
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
    actions.on(GoUp, this, [this] { m_map->goUp(); });
    actions.on(PreviousPeriod, this, [this] { m_context.view.stepPeriod(-1); });
    actions.on(NextPeriod, this, [this] { m_context.view.stepPeriod(1); });
    actions.on(ToggleTable, this, [this] { m_map->toggleTable(); });
    actions.on(ShowCharges, this, [this] { m_map->showCharges(); });
    actions.on(ShowSource, this, [this] {
        if (page() == PageId::Charges)
            m_charges->showSource();
        else
            m_map->showSource();
    });
    actions.on(ToggleDrawer, this, [this] { showDrawer(m_drawer->isHidden()); });
    actions.on(CopyPicture, this, [this] { m_map->copyPicture(); });
    actions.on(CopyData, this, [this] { m_map->copyData(); });
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
            m_drawer->showCharge(id);
            showDrawer(true);
        });
    }
    connect(m_map, &SpendMapPage::chargesWanted, this, [this] { emit pageWanted(PageId::Charges); });
    connect(m_map, &SpendMapPage::importWanted, this, &LedgerFrame::importWanted);
    connect(m_map, &SpendMapPage::currenciesKnown, m_topBar, &TopBar::setCurrencies);
    connect(m_charges, &ChargesPage::mapWanted, this, [this] { emit pageWanted(PageId::Map); });
    connect(m_charges, &ChargesPage::importWanted, this, &LedgerFrame::importWanted);
    connect(m_importsPage, &ImportsPage::importWanted, this, &LedgerFrame::importWanted);
    connect(m_importsPage, &ImportsPage::retryWanted, &m_imports, &ImportJob::retryQuarantine);
    connect(m_importsPage, &ImportsPage::replaceSmallerWanted, &m_imports, &ImportJob::importAgainReplacingSmaller);
    connect(m_drawer, &ProvenancePanel::closeWanted, this, [this] { showDrawer(false); });
    connect(m_drawer, &ProvenancePanel::allChargesWanted, this, [this](const FigureSource& source) {
        m_context.view.setDrill(source.drill);
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
        m_importsPage->showReport(report);
        emit pageWanted(PageId::Imports);
    });
    connect(&m_imports, &ImportJob::failed, this, [this](const Error& error) {
        m_jobs->finish();
        m_importsPage->showFailure(error, error.fix.find("--replace-smaller") != std::string::npos);
        emit pageWanted(PageId::Imports);
    });
}

void LedgerFrame::showLedger()
{
    const Session& session = m_context.session;
    m_context.view.setFacts(session.facts());
    m_sidebar->setLedger(session.isSample() ? tr("Sample company") : session.name(), session.isSample() ? tr("Nothing is saved") : tr("Finance \u00B7 all owners"));
    m_topBar->setScope(tr("Scope: the whole company"));
    showFreshness();
    for (Page* page : pages())
        page->invalidate();
}

void LedgerFrame::showFreshness()
{
    const LedgerFacts& facts = m_context.session.facts();
    QStringList lines;
    if (facts.days)
        lines << tr("Data to %1, preliminary").arg(dateText(facts.days->end.plusDays(-1)));
    if (facts.lastImport)
        lines << tr("Imported %1").arg(instantText(*facts.lastImport));
    m_sidebar->setFreshness(lines.isEmpty() ? tr("Nothing imported yet") : QStringLiteral("\u25CF ") + lines.join(u'\n'));
}

void LedgerFrame::showPage(PageId page)
{
    m_stack->setCurrentIndex(static_cast<int>(page) - static_cast<int>(PageId::Map));
}

PageId LedgerFrame::page() const
{
    return static_cast<PageId>(static_cast<int>(PageId::Map) + m_stack->currentIndex());
}

void LedgerFrame::showDrawer(bool shown)
{
    m_drawer->setVisible(shown);
    emit stateChanged();
}

void LedgerFrame::clear()
{
    m_jobs->finish();
    for (Page* page : pages())
        page->clear();
    m_drawer->clear();
    m_drawer->hide();
    m_sidebar->clear();
    m_context.view.reset();
    m_topBar->clear();
}

void LedgerFrame::describe(AppState& state) const
{
    state.mayChange = m_context.session.isOpen() && m_context.session.principal().mayChange();
    state.jobRunning = m_imports.isRunning();
    state.canGoUp = m_map->canGoUp();
    state.showsTable = m_map->showsTable();
    state.drawerOpen = !m_drawer->isHidden();
    state.hasFigure = pages()[static_cast<std::size_t>(m_stack->currentIndex())]->figure().has_value();
}

} // namespace sluice::ui
