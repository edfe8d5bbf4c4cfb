// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/LedgerFrame.h"

#include "core/analytics/FilterText.h"
#include "core/base/Check.h"
#include "ui/actions/PageTable.h"
#include "ui/kit/DateText.h"
#include "ui/kit/Icons.h"
#include "ui/kit/Snackbar.h"
#include "ui/models/FreshnessText.h"
#include "ui/models/PaletteEntries.h"
#include "ui/pages/charges/ChargesPage.h"
#include "ui/pages/imports/ImportsPage.h"
#include "ui/pages/help/HelpPage.h"
#include "ui/pages/provenance/ProvenancePanel.h"
#include "ui/pages/settings/SettingsPage.h"
#include "ui/pages/spendmap/SpendMapPage.h"
#include "ui/pages/today/TodayPage.h"
#include "ui/shell/FilterBar.h"
#include "ui/shell/ImportFlow.h"
#include "ui/shell/JobTray.h"
#include "ui/shell/Sidebar.h"
#include "ui/shell/TopBar.h"

#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int DrawerWidth = 460;
constexpr int RoomForSidebar = 1100; // below, it shows icons alone
constexpr int RoomForBoth = 1180; // below, the drawer takes the place of the page
constexpr std::size_t MissingShown = 3;

QString whoText(const LedgerFacts& facts, const ViewContext& view)
{
    const QString who
        = facts.person.empty() ? LedgerFrame::tr("Finance") : QString::fromStdString(facts.person);
    return who + QStringLiteral(" \u00B7 ")
        + (facts.scope.empty() ? LedgerFrame::tr("all owners") : view.scopeName());
}

} // namespace

LedgerFrame::LedgerFrame(const PageContext& context, ImportJob& imports, SettingStore& settings,
    ShortcutBook& shortcuts, QWidget* parent)
    : QWidget{parent}
    , m_context{context}
    , m_imports{imports}
    , m_drawer{new ProvenancePanel{context, this}}
    , m_sidebar{new Sidebar{context.actions, this}}
    , m_topBar{new TopBar{context, this}}
    , m_jobs{new JobTray{this}}
    , m_stack{new QStackedWidget{this}}
    , m_help{new HelpPage{context, this}}
    , m_wayBack{makeWayBack()}
    , m_freshness{context.session.pools().compute(), this}
{
    m_imported = new ImportsPage{context, this};
    m_settingsPage = new SettingsPage{context, settings, shortcuts, this};
    m_pages = {new TodayPage{context, this}, new SpendMapPage{context, this},
        new ChargesPage{context, this}, m_imported, m_settingsPage, m_help};
    m_flow = new ImportFlow{context, imports, *m_imported, *m_jobs, this};
    buildLayout();
    connectActions();
    for (Page* page : m_pages)
        connectPage(*page);
    connect(&m_topBar->filter(), &FilterBar::answeredAnew, this, [this] {
        if (!followsView(page()))
            emit pageWanted(PageId::Map);
    });
    connect(&m_topBar->filter(), &FilterBar::left, this, [this] { shownPage().setFocus(); });
    connect(m_flow, &ImportFlow::stateChanged, this, &LedgerFrame::stateChanged);
    connect(m_flow, &ImportFlow::resultShown, this, [this] { emit pageWanted(PageId::Imports); });
    m_snackbar = new Snackbar{m_stack};
    connect(&context.undo, &UndoSteps::said, m_snackbar, &Snackbar::say);
    connect(m_snackbar, &Snackbar::undoWanted, &context.undo, &UndoSteps::undo);
    connect(m_drawer, &ProvenancePanel::closeWanted, this, [this] { showDrawer(false); });
    connect(m_drawer, &ProvenancePanel::allChargesWanted, this, [this](const FigureSource& source) {
        m_context.view.lookAt(source.query, source.filter, source.drill);
        emit pageWanted(PageId::Charges);
    });
    connect(&context.session, &Session::factsChanged, this, [this] {
        m_context.view.setFacts(m_context.session.facts());
        m_imported->invalidate();
    });
    connect(&context.view, &ViewContext::changed, this, [this] {
        m_remember.start();
        emit stateChanged(); // at once: "up" must not wait for the answer
        askFreshness();
    });
    m_remember.setSingleShot(true);
    m_remember.setInterval(0); // what one gesture changes is one place
    connect(&m_remember, &QTimer::timeout, this, &LedgerFrame::rememberPlace);
}

void LedgerFrame::buildLayout()
{
    for (Page* page : m_pages)
        m_stack->addWidget(page);
    auto* splitter = new QSplitter{this};
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_stack);
    splitter->addWidget(m_drawer);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({2 * DrawerWidth, DrawerWidth});
    m_drawer->hide();
    setHasLedger(false);
    auto* main = new QVBoxLayout;
    main->setSpacing(0);
    main->addWidget(m_topBar);
    main->addWidget(m_wayBack);
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

// Settings and help are reachable before a ledger is open, and then there is one way on.
QWidget* LedgerFrame::makeWayBack()
{
    auto* bar = new QFrame{this};
    bar->setProperty("role", QStringLiteral("bar"));
    auto* back = new QPushButton{icon("back"), tr("Back"), bar};
    back->setObjectName(QStringLiteral("wayBack"));
    back->setAccessibleName(back->text());
    connect(back, &QPushButton::clicked, this, [this] { emit pageWanted(PageId::Start); });
    auto* row = new QHBoxLayout{bar};
    row->setContentsMargins(20, 8, 20, 8);
    row->addWidget(back);
    row->addStretch(1);
    return bar;
}

void LedgerFrame::setHasLedger(bool has)
{
    m_topBar->setVisible(has);
    m_wayBack->setVisible(!has);
}

void LedgerFrame::showHelpOf(PageId page)
{
    if (page != PageId::Help)
        m_help->showTopic(helpTopicOf(page));
}

void LedgerFrame::writeAnew()
{
    if (!m_context.session.isOpen())
        return;
    m_context.view.setFacts(m_context.session.facts()); // names of periods, sentences
    for (Page* page : m_pages)
        page->invalidate();
    m_drawer->clear();
    m_drawer->hide();
    shareRoom();
}

void LedgerFrame::connectActions()
{
    using enum ActionId;
    const ActionRegistry& actions = m_context.actions;
    for (const PageLine& line : pageTable())
        actions.on(line.go, this, [this, page = line.page] { emit pageWanted(page); });
    actions.on(GoUp, this, [this] { m_context.view.goUp(); });
    actions.on(GoBack, this, [this] { goToPlace(m_history.back()); });
    actions.on(GoForward, this, [this] { goToPlace(m_history.forward()); });
    actions.on(PreviousPeriod, this, [this] { m_context.view.stepPeriod(-1); });
    actions.on(NextPeriod, this, [this] { m_context.view.stepPeriod(1); });
    actions.on(ToggleTable, this, [this] { shownPage().toggleTable(); });
    actions.on(ShowCharges, this, [this] { shownPage().showCharges(); });
    actions.on(ShowSource, this, [this] { shownPage().showSource(); });
    actions.on(ToggleDrawer, this, [this] { showDrawer(m_drawer->isHidden()); });
    actions.on(FocusFilter, this, [this] {
        m_topBar->filter().setFocus(Qt::ShortcutFocusReason);
        m_topBar->filter().selectAll();
    });
    const auto compare = [this](Comparison comparison) {
        return [this, comparison] { m_context.view.setComparison(comparison); };
    };
    actions.on(ComparePreviousPeriod, this, compare(Comparison::PreviousPeriod));
    actions.on(ComparePreviousYear, this, compare(Comparison::PreviousYear));
    actions.on(CompareNothing, this, compare(Comparison::None));
    actions.on(CopyPicture, this, [this] { shownPage().copyPicture(); });
    actions.on(CopyData, this, [this] { shownPage().copyData(); });
}

void LedgerFrame::connectPage(Page& page)
{
    connect(&page, &Page::stateChanged, this, &LedgerFrame::stateChanged);
    connect(&page, &Page::pageWanted, this, &LedgerFrame::pageWanted);
    connect(&page, &Page::importWanted, m_flow, &ImportFlow::chooseFiles);
    connect(&page, &Page::countKnown, m_sidebar, &Sidebar::setCount);
    connect(&page, &Page::batchWanted, this, [this](const QString& batch) {
        m_imported->select(batch);
        emit pageWanted(PageId::Imports);
    });
    connect(&page, &Page::currenciesKnown, m_topBar, &TopBar::setCurrencies);
    connect(&page, &Page::figureSourceWanted, this, [this](const FigureSource& source) {
        m_drawer->showFigure(source);
        showDrawer(true);
    });
    connect(&page, &Page::chargeSourceWanted, this, [this](const QString& id) {
        m_drawer->showChargeAlone(id);
        showDrawer(true);
    });
    connect(&page, &Page::heldRowWanted, this, [this](const HeldRow& row) {
        m_drawer->showHeldRow(row);
        showDrawer(true);
    });
}

void LedgerFrame::goToEntry(const PaletteEntry& entry)
{
    switch (entry.kind) {
    case PaletteKind::Batch:
        m_imported->select(entry.id);
        return emit pageWanted(PageId::Imports);
    case PaletteKind::Setting:
        m_settingsPage->find(entry.text);
        return emit pageWanted(PageId::Settings);
    case PaletteKind::Help:
        emit pageWanted(PageId::Help);
        return m_help->showTopic(entry.id);
    default:
        break;
    }
    const QString dimension = paletteDimension(entry.kind);
    SLUICE_CHECK(!dimension.isEmpty());
    m_topBar->filter().askAnew(
        dimension + u':' + QString::fromStdString(filterValue(entry.id.toStdString())));
}

void LedgerFrame::rememberPlace()
{
    if (!m_context.session.isOpen())
        return;
    m_history.visit({page(), m_context.view.state()});
    emit stateChanged();
}

void LedgerFrame::goToPlace(ViewPlace place)
{
    m_context.view.setState(std::move(place.view));
    emit pageWanted(place.page);
}

void LedgerFrame::showLedger()
{
    const Session& session = m_context.session;
    setHasLedger(true);
    m_context.view.setFacts(session.facts());
    const QString who = whoText(session.facts(), m_context.view);
    m_sidebar->setLedger(session.isSample() ? tr("Sample company") : session.name(),
        session.isSample() ? tr("%1\nNothing is saved").arg(who) : who);
    for (Page* page : m_pages)
        page->invalidate();
}

void LedgerFrame::showFreshness(const std::optional<Freshness>& freshness)
{
    m_topBar->setFreshness(freshness);
    for (Page* page : m_pages)
        page->setFreshness(freshness);
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
    const auto shown = std::ranges::find(m_pages, page, &Page::id);
    SLUICE_CHECK(shown != m_pages.end());
    m_stack->setCurrentWidget(*shown);
    m_topBar->setUsable(followsView(page));
    if (moved)
        m_drawer->clear(); // it was about something on the page that one has left
    if ((moved && !m_drawer->isHidden()) || m_stack->isHidden())
        showDrawer(false); // who goes to a page wants to see it
    shownPage().setFocus();
    m_remember.start();
}

Page& LedgerFrame::shownPage() const
{
    return *m_pages[static_cast<std::size_t>(m_stack->currentIndex())];
}

PageId LedgerFrame::page() const
{
    return shownPage().id();
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
    m_sidebar->setCollapsed(width() < RoomForSidebar);
    shareRoom();
}

void LedgerFrame::clear()
{
    m_jobs->clear();
    m_snackbar->dismiss();
    m_freshness.cancel();
    for (Page* page : m_pages)
        page->clear();
    m_drawer->clear();
    m_drawer->hide();
    shareRoom();
    setHasLedger(false);
    m_sidebar->clear();
    m_context.view.reset();
    m_topBar->clear();
    m_remember.stop();
    m_history.clear();
}

void LedgerFrame::describe(AppState& state) const
{
    state.mayChange = m_context.session.isOpen() && m_context.session.principal().mayChange();
    state.jobRunning = m_imports.isRunning();
    state.canGoUp = !m_context.view.drill().empty();
    state.comparison = m_context.view.state().comparison;
    state.undo = m_context.undo.undoText();
    state.redo = m_context.undo.redoText();
    state.canGoBack = m_history.canGoBack();
    state.canGoForward = m_history.canGoForward();
    state.hasChart = shownPage().hasChart();
    state.leadsToCharges = shownPage().leadsToCharges();
    state.showsTable = shownPage().showsTable();
    state.drawerOpen = !m_drawer->isHidden();
    state.hasFigure = shownPage().figure().has_value();
}

} // namespace sluice::ui
