// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/MainWindow.h"

#include "ui/kit/Icons.h"
#include "ui/shell/AboutBox.h"
#include "ui/shell/CommandPalette.h"
#include "ui/shell/IdleLock.h"
#include "ui/shell/LedgerFrame.h"
#include "ui/shell/Menus.h"
#include "ui/shell/WayIn.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QToolButton>

namespace sluice::ui {

namespace {

constexpr QSize WantedSize{1440, 900};
constexpr QSize MinimumSize{1024, 640};
constexpr int TitleBarHeight = 36; // the system's frame is outside of the window's own size

QStringList localFiles(const QMimeData* data)
{
    QStringList paths;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

} // namespace

MainWindow::MainWindow(WindowParts parts)
    : m_parts{std::move(parts)}
    , m_settings{m_parts.settings}
    , m_live{m_settings}
    , m_session{m_parts.pools, m_parts.environment, m_parts.makeSample, m_parts.person}
    , m_shortcuts{m_parts.settings, m_actions}
    , m_recent{m_parts.settings}
    , m_imports{m_session}
    , m_stack{new QStackedWidget{this}}
    , m_idle{new IdleLock{m_live.idleTime(m_parts.idleTime), this}}
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    const QSize room = screen()->availableGeometry().size();
    setMinimumSize(MinimumSize.boundedTo(room));
    resize(firstSize(room));
    m_wayIn
        = new WayIn{{m_session, m_imports, m_recent, m_parts.environment.clock, m_actions}, this};
    m_ledger = new LedgerFrame{{m_session, m_view, m_actions, m_undo, m_live.money()}, m_imports,
        m_settings, m_shortcuts, this};
    m_stack->addWidget(m_wayIn);
    m_stack->addWidget(m_ledger);
    setCentralWidget(m_stack);
    m_palette = new CommandPalette{m_session, m_actions, this};
    fillMenuBar(*menuBar(), m_actions);
    connectActions();
    connectParts();
    connectSettings();
    restoreGeometry(m_parts.settings.value(QStringLiteral("geometry")).toByteArray());
    m_wayIn->showStart();
}

QSize MainWindow::firstSize(const QSize& room)
{
    return WantedSize.boundedTo(room - QSize{0, TitleBarHeight});
}

MainWindow::~MainWindow()
{
    m_imports.abandon();
    m_undo.clear(); // while all that hears of it is still there
}

void MainWindow::connectActions()
{
    using enum ActionId;
    m_actions.on(
        NewLedger, this, [this] { beforeLeaving([this] { m_wayIn->startNewLedger({}); }); });
    m_actions.on(OpenLedger, m_wayIn, &WayIn::chooseLedger);
    m_actions.on(OpenSample, this, [this] { beforeLeaving([this] { openSample(); }); });
    m_actions.on(Undo, &m_undo, &UndoSteps::undo);
    m_actions.on(Redo, &m_undo, &UndoSteps::redo);
    m_actions.on(LockLedger, this, [this] { beforeLeaving([this] { lock(); }, Leaving::Locked); });
    m_actions.on(Quit, this, [this] { close(); });
    m_actions.on(ThemeSystem, this, [this] { setThemeChoice(ThemeChoice::System); });
    m_actions.on(ThemeLight, this, [this] { setThemeChoice(ThemeChoice::Light); });
    m_actions.on(ThemeDark, this, [this] { setThemeChoice(ThemeChoice::Dark); });
    m_actions.on(ShowPalette, m_palette, &CommandPalette::open);
    m_actions.on(About, this, [this] { showAboutBox(this); });
}

void MainWindow::connectParts()
{
    m_wayIn->setBeforeLeaving([this](const std::function<void()>& leave) { beforeLeaving(leave); });
    connect(m_wayIn, &WayIn::leaving, this, &MainWindow::leaveLedger);
    connect(m_wayIn, &WayIn::shown, this, [this] {
        m_stack->setCurrentWidget(m_wayIn);
        updateState();
    });
    connect(m_wayIn, &WayIn::stateChanged, this, &MainWindow::updateState);
    connect(m_wayIn, &WayIn::entered, this, [this] {
        m_entered = true;
        m_ledger->showLedger();
        m_view.setCurrency(m_live.reportCurrency());
        m_idle->setActive(!m_session.isSample());
        goTo(PageId::Today);
    });
    connect(m_ledger, &LedgerFrame::stateChanged, this, &MainWindow::updateState);
    connect(m_ledger, &LedgerFrame::pageWanted, this, &MainWindow::goTo);
    connect(&m_undo, &UndoSteps::changed, this, &MainWindow::updateState);
    connect(m_palette, &CommandPalette::chosen, this, [this](const PaletteEntry& entry) {
        if (entry.kind == PaletteKind::Action || entry.kind == PaletteKind::Page)
            m_actions.findChild<QAction*>(entry.id)->trigger();
        else
            m_ledger->goToEntry(entry);
    });
    connect(m_idle, &IdleLock::idle, this, [this] {
        if (m_imports.isRunning())
            m_idle->setActive(true); // an import goes on; ask again later
        else
            lock();
    });
}

void MainWindow::connectSettings()
{
    connect(&m_live, &LiveSettings::formatsChanged, m_ledger, &LedgerFrame::writeAnew);
    connect(&m_settings, &SettingStore::changed, this, [this](SettingId id) {
        if (id == SettingId::IdleMinutes)
            m_idle->setAfter(m_live.idleTime(m_parts.idleTime));
        else if (id == SettingId::ReportCurrency && m_entered)
            m_view.setCurrency(m_live.reportCurrency());
        updateState();
    });
    if (const SessionWatch* watch = m_parts.sessionWatch) {
        connect(watch, &SessionWatch::sessionLocked, this, &MainWindow::lockWithSession);
        connect(watch, &SessionWatch::goingToSleep, this, &MainWindow::lockBeforeSleep);
    }
    const auto importEnded = [this] {
        if (m_lockAfterImport && !m_imports.isRunning())
            lock();
    };
    connect(&m_imports, &ImportJob::finished, this, importEnded, Qt::QueuedConnection);
    connect(&m_imports, &ImportJob::retried, this, importEnded, Qt::QueuedConnection);
    connect(&m_imports, &ImportJob::failed, this, importEnded, Qt::QueuedConnection);
}

// Nobody's absence ends an import: the ledger is locked when it is done.
void MainWindow::lockWithSession()
{
    if (!m_settings.flag(SettingId::LockWithSession) || !m_session.isOpen() || m_session.isSample())
        return;
    if (m_imports.isRunning())
        m_lockAfterImport = true;
    else
        lock();
}

// A machine that sleeps keeps its memory, and the key with it, wherever it is carried: here an
// import has to give way. It brings all or nothing, and can be begun again.
void MainWindow::lockBeforeSleep()
{
    if (m_settings.flag(SettingId::LockWithSession) && m_session.isOpen())
        lock();
    m_parts.sessionWatch->readyToSleep();
}

PageId MainWindow::page() const
{
    return m_stack->currentWidget() == m_wayIn ? m_wayIn->page() : m_ledger->page();
}

void MainWindow::goTo(PageId page)
{
    if (isWayIn(page)) {
        m_stack->setCurrentWidget(m_wayIn);
        return updateState();
    }
    if (page == PageId::Help)
        m_ledger->showHelpOf(this->page());
    m_stack->setCurrentWidget(m_ledger);
    m_ledger->showPage(page);
    updateState();
}

void MainWindow::openWith(const QString& path, const std::shared_ptr<Credential>& credential)
{
    m_wayIn->openWith(path, credential);
}

void MainWindow::openWithKeyFile(const QString& path, const QString& keyFile)
{
    m_wayIn->openWithKeyFile(path, keyFile);
}

void MainWindow::askToUnlock(const QString& path)
{
    m_wayIn->askToUnlock(path);
}

void MainWindow::openSample()
{
    m_wayIn->openSample();
}

void MainWindow::beforeLeaving(const std::function<void()>& leave, Leaving how)
{
    if (const auto question = m_wayIn->questionBeforeLeaving(how))
        ask(*question, leave);
    else
        leave();
}

void MainWindow::ask(const Question& question, const std::function<void()>& goOn)
{
    connect(&m_session, &Session::locked, askFirst(this, question, goOn), &QDialog::reject);
}

void MainWindow::leaveLedger()
{
    m_wayIn->abandon();
    if (m_session.isOpen())
        lock();
}

void MainWindow::openDropped(const QStringList& paths)
{
    if (paths.isEmpty())
        return;
    if (paths.front().endsWith(QStringLiteral(".sluice"))) {
        if (!m_wayIn->makesLedger()) // else its recovery code would never be shown
            beforeLeaving([this, path = paths.front()] { askToUnlock(path); });
    } else if (page() == PageId::Create)
        m_wayIn->importLater(paths);
    else if (m_session.isOpen())
        m_imports.importPaths(paths);
    else
        m_wayIn->startNewLedger(paths);
}

void MainWindow::lock()
{
    m_entered = false;
    m_lockAfterImport = false;
    m_session.lock();
    m_idle->setActive(false);
    m_palette->clear();
    m_undo.clear();
    m_ledger->clear(); // the contents leave the widgets: covering them would not be locking
    m_wayIn->showLocked();
}

void MainWindow::setThemeChoice(ThemeChoice choice)
{
    m_live.setTheme(choice);
    updateState();
}

void MainWindow::updateState()
{
    AppState state;
    state.page = page();
    state.theme = m_live.theme();
    state.ledgerOpen = m_entered && m_session.isOpen() && !isWayIn(state.page);
    state.makingLedger = m_wayIn->makesLedger();
    m_ledger->describe(state);
    m_actions.apply(state);
    const bool locked = state.page == PageId::Unlock;
    const QString name = locked ? QFileInfo{m_wayIn->lockedPath()}.completeBaseName()
        : state.ledgerOpen      ? m_session.name()
                                : QString{};
    setWindowTitle((locked ? tr("[Locked] ") : QString{})
        + (name.isEmpty() ? QString{} : name + QStringLiteral(" \u2014 "))
        + QStringLiteral("Sluice"));
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (localFiles(event->mimeData()).isEmpty())
        return;
    m_wayIn->setDropping(true);
    event->acceptProposedAction();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent* event)
{
    m_wayIn->setDropping(false);
    QMainWindow::dragLeaveEvent(event);
}

void MainWindow::dropEvent(QDropEvent* event)
{
    m_wayIn->setDropping(false);
    event->acceptProposedAction();
    openDropped(localFiles(event->mimeData()));
}

// Return presses the button that has the focus, as it does in a dialog: Qt leaves that to the space
// bar in a window.
void MainWindow::keyPressEvent(QKeyEvent* event)
{
    auto* button = qobject_cast<QAbstractButton*>(focusWidget());
    const bool pressed = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool acts = qobject_cast<QPushButton*>(button) || qobject_cast<QToolButton*>(button);
    if (pressed && acts && event->modifiers() == Qt::NoModifier)
        button->click();
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (const auto question = m_wayIn->questionBeforeLeaving(Leaving::ForGood)) {
        event->ignore();
        return ask(*question, [this] {
            leaveLedger(); // so that there is nothing more to ask
            close();
        });
    }
    m_parts.settings.setValue(QStringLiteral("geometry"), saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace sluice::ui
