// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/MainWindow.h"

#include "ui/kit/Icons.h"
#include "ui/pages/create/CreatePage.h"
#include "ui/pages/start/StartPage.h"
#include "ui/pages/unlock/UnlockPage.h"
#include "ui/shell/AboutBox.h"
#include "ui/shell/IdleLock.h"
#include "ui/shell/LedgerFrame.h"
#include "ui/shell/Menus.h"
#include "ui/shell/PathDialog.h"

#include <QApplication>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
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

// Where a new ledger is proposed to live: a folder that is there. Looks at the disk.
Result<QString> folderForLedgers()
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo{documents}.isDir() ? documents : QDir::homePath();
}

QString ledgerFilter()
{
    return MainWindow::tr("Sluice ledgers (*.sluice)");
}

} // namespace

MainWindow::MainWindow(WindowParts parts)
    : m_parts{std::move(parts)}
    , m_systemPalette{QApplication::palette()}
    , m_session{m_parts.pools, m_parts.environment, m_parts.makeSample, m_parts.person}
    , m_recent{m_parts.settings}
    , m_imports{m_session}
    , m_theme{static_cast<ThemeChoice>(m_parts.settings.value(QStringLiteral("theme"), 0).toInt())}
    , m_folder{m_parts.pools.io(), this}
    , m_stack{new QStackedWidget{this}}
    , m_idle{new IdleLock{m_parts.idleTime, this}}
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    const QSize room = screen()->availableGeometry().size();
    setMinimumSize(MinimumSize.boundedTo(room));
    resize(firstSize(room));
    applyTheme(*qApp, m_theme, m_systemPalette);
    const PageContext context{
        m_session, m_view, m_actions, MoneyText{NumberSigns::of(QLocale{}, QApplication::font())}};
    m_start = new StartPage{m_actions, m_session.hasSample(), this};
    m_unlock = new UnlockPage{this};
    m_create = new CreatePage{m_session.hasKeychain(), this};
    m_ledger = new LedgerFrame{context, m_imports, this};
    for (QWidget* widget : {static_cast<QWidget*>(m_start), static_cast<QWidget*>(m_unlock),
             static_cast<QWidget*>(m_create), static_cast<QWidget*>(m_ledger)})
        m_stack->addWidget(widget);
    setCentralWidget(m_stack);
    fillMenuBar(*menuBar(), m_actions);
    connectActions();
    connectPages();
    connectSession();
    restoreGeometry(m_parts.settings.value(QStringLiteral("geometry")).toByteArray());
    goTo(PageId::Start);
}

QSize MainWindow::firstSize(const QSize& room)
{
    return WantedSize.boundedTo(room - QSize{0, TitleBarHeight});
}

MainWindow::~MainWindow()
{
    m_imports.abandon();
}

void MainWindow::connectActions()
{
    using enum ActionId;
    m_actions.on(NewLedger, this, [this] { beforeLeaving([this] { startNewLedger({}); }); });
    m_actions.on(OpenLedger, this, [this] { chooseLedger(); });
    m_actions.on(OpenSample, this, [this] { beforeLeaving([this] { openSample(); }); });
    m_actions.on(LockLedger, this, [this] { beforeLeaving([this] { lock(); }, Leaving::Locked); });
    m_actions.on(Quit, this, [this] { close(); });
    m_actions.on(ThemeSystem, this, [this] { setThemeChoice(ThemeChoice::System); });
    m_actions.on(ThemeLight, this, [this] { setThemeChoice(ThemeChoice::Light); });
    m_actions.on(ThemeDark, this, [this] { setThemeChoice(ThemeChoice::Dark); });
    m_actions.on(About, this, [this] { showAboutBox(this); });
}

void MainWindow::connectPages()
{
    connect(m_start, &StartPage::openWanted, this, &MainWindow::askToUnlock);
    connect(m_unlock, &UnlockPage::unlockWanted, this, &MainWindow::openWith);
    connect(m_unlock, &UnlockPage::keyFileWanted, this, &MainWindow::chooseKeyFile);
    connect(m_unlock, &UnlockPage::otherWanted, this, [this] {
        leaveLedger();
        goTo(PageId::Start);
    });
    connect(m_create, &CreatePage::createWanted, this,
        [this](const QString& path, const NewLedger& wanted,
            const std::shared_ptr<Credential>& credential) {
            m_session.create(path, wanted, std::move(*credential));
            updateState();
        });
    connect(m_create, &CreatePage::browseWanted, this, &MainWindow::chooseNewPath);
    connect(m_create, &CreatePage::cancelled, this, [this] {
        leaveLedger();
        goTo(PageId::Start);
    });
    connect(m_create, &CreatePage::recoveryCodeKept, this, [this](const QStringList& bills) {
        onOpened();
        m_imports.importPaths(bills);
    });
    connect(m_ledger, &LedgerFrame::stateChanged, this, &MainWindow::updateState);
    connect(m_ledger, &LedgerFrame::pageWanted, this, &MainWindow::goTo);
    connect(m_idle, &IdleLock::idle, this, [this] {
        if (m_imports.isRunning())
            m_idle->setActive(true); // an import goes on; ask again later
        else
            lock();
    });
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::recoveryCodeMade, this, [this](const QString& code) {
        m_create->showRecoveryCode(code);
        updateState();
    });
    connect(&m_session, &Session::openingProgressed, m_start, &StartPage::showProgress);
    connect(&m_session, &Session::opened, this, [this] {
        if (!m_session.isSample())
            m_recent.add(m_session.path(),
                QDateTime::fromSecsSinceEpoch(m_parts.environment.clock.now().seconds()));
        if (!m_create->showsRecoveryCode())
            onOpened();
    });
    connect(&m_session, &Session::openFailed, this, &MainWindow::onOpenFailed);
}

void MainWindow::goTo(PageId page)
{
    m_page = page;
    switch (page) {
    case PageId::Start:
        m_start->setRecent(m_recent.list());
        m_stack->setCurrentWidget(m_start);
        break;
    case PageId::Unlock:
        m_stack->setCurrentWidget(m_unlock);
        break;
    case PageId::Create:
        m_stack->setCurrentWidget(m_create);
        break;
    case PageId::Map:
    case PageId::Charges:
    case PageId::Imports:
        m_stack->setCurrentWidget(m_ledger);
        m_ledger->showPage(page);
        break;
    }
    updateState();
}

void MainWindow::openWith(const QString& path, const std::shared_ptr<Credential>& credential)
{
    m_session.open(path, std::move(*credential));
    updateState();
}

void MainWindow::openWithKeyFile(const QString& path, const QString& keyFile)
{
    if (m_page != PageId::Unlock || m_unlock->path() != path)
        askToUnlock(path);
    m_unlock->setBusy(true);
    m_session.openWithKeyFile(path, keyFile);
    updateState();
}

void MainWindow::openSample()
{
    leaveLedger();
    goTo(PageId::Start);
    m_start->showProgress({});
    m_session.openSample();
}

void MainWindow::askToUnlock(const QString& path)
{
    leaveLedger();
    m_unlock->setLedger(path, m_session.hasKeychain());
    goTo(PageId::Unlock);
}

void MainWindow::beforeLeaving(const std::function<void()>& leave, Leaving how)
{
    if (const auto question = questionBeforeLeaving(*m_create, m_imports, how))
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
    m_session.abandonOpening();
    m_start->clearMessage();
    m_create->clear();
    if (m_session.isOpen())
        lock();
}

void MainWindow::startNewLedger(const QStringList& importAfterwards)
{
    leaveLedger();
    m_create->start(importAfterwards);
    goTo(PageId::Create);
    m_folder.start([](const TaskContext&) { return folderForLedgers(); },
        [this](Result<QString> folder) {
            if (folder.ok())
                m_create->suggestFolder(*folder);
        });
}

void MainWindow::openDropped(const QStringList& paths)
{
    if (paths.isEmpty())
        return;
    if (paths.front().endsWith(QStringLiteral(".sluice"))) {
        if (!m_create->isBusy()) // else its recovery code would never be shown
            beforeLeaving([this, path = paths.front()] { askToUnlock(path); });
    } else if (m_page == PageId::Create)
        m_create->importLater(paths);
    else if (m_session.isOpen())
        m_imports.importPaths(paths);
    else
        startNewLedger(paths);
}

void MainWindow::chooseLedger()
{
    askForPaths(this, {QStringLiteral("openLedgerDialog"), tr("Open a ledger"), ledgerFilter()},
        [this](const QStringList& paths) {
            beforeLeaving([this, path = paths.front()] { askToUnlock(path); });
        });
}

void MainWindow::chooseKeyFile()
{
    askForPaths(this, {QStringLiteral("keyFileDialog"), tr("Open with a key file"), {}},
        [this](const QStringList& paths) { openWithKeyFile(m_unlock->path(), paths.front()); });
}

void MainWindow::chooseNewPath()
{
    askForPaths(this,
        {QStringLiteral("newLedgerDialog"), tr("Where to keep the ledger"), ledgerFilter(),
            QFileDialog::AnyFile},
        [this](const QStringList& paths) { m_create->setPath(paths.front()); });
}

void MainWindow::onOpened()
{
    m_start->clearMessage();
    m_ledger->showLedger();
    m_idle->setActive(!m_session.isSample());
    goTo(PageId::Map);
}

void MainWindow::onOpenFailed(const Error& error)
{
    if (m_page == PageId::Create)
        m_create->showError(error);
    else if (m_page == PageId::Unlock)
        m_unlock->showError(error);
    else
        m_start->showError(error);
    updateState();
}

void MainWindow::lock()
{
    m_session.lock();
    m_idle->setActive(false);
    m_ledger->clear(); // the contents leave the widgets: covering them would not be locking
    m_create->clear();
    m_unlock->setLedger(m_session.path(), m_session.hasKeychain());
    goTo(m_session.isSample() || m_session.path().isEmpty() ? PageId::Start : PageId::Unlock);
}

void MainWindow::setThemeChoice(ThemeChoice choice)
{
    m_theme = choice;
    m_parts.settings.setValue(QStringLiteral("theme"), static_cast<int>(choice));
    applyTheme(*qApp, choice, m_systemPalette);
    updateState();
}

void MainWindow::updateState()
{
    AppState state;
    state.page = m_page;
    state.theme = m_theme;
    state.ledgerOpen = m_session.isOpen() && m_page >= PageId::Map;
    state.makingLedger = m_create->isBusy();
    m_ledger->describe(state);
    m_actions.apply(state);
    const bool named
        = !m_session.path().isEmpty() && m_page != PageId::Start && m_page != PageId::Create;
    const QString name = m_page == PageId::Unlock ? QFileInfo{m_unlock->path()}.completeBaseName()
                                                  : m_session.name();
    setWindowTitle((m_page == PageId::Unlock ? tr("[Locked] ") : QString{})
        + (named || m_page == PageId::Unlock ? name + QStringLiteral(" \u2014 ") : QString{})
        + QStringLiteral("Sluice"));
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (localFiles(event->mimeData()).isEmpty())
        return;
    m_start->setDropping(true);
    event->acceptProposedAction();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent* event)
{
    m_start->setDropping(false);
    QMainWindow::dragLeaveEvent(event);
}

void MainWindow::dropEvent(QDropEvent* event)
{
    m_start->setDropping(false);
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
    if (const auto question = questionBeforeLeaving(*m_create, m_imports, Leaving::ForGood)) {
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
