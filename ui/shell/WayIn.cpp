// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/WayIn.h"

#include "ui/pages/create/CreatePage.h"
#include "ui/pages/start/StartPage.h"
#include "ui/pages/unlock/UnlockPage.h"
#include "ui/shell/PathDialog.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace sluice::ui {

namespace {

// Where a new ledger is proposed to live: a folder that is there. Looks at the disk.
Result<QString> folderForLedgers()
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo{documents}.isDir() ? documents : QDir::homePath();
}

QString ledgerFilter()
{
    return WayIn::tr("Sluice ledgers (*.sluice)");
}

} // namespace

WayIn::WayIn(const Parts& parts, QWidget* parent)
    : QStackedWidget{parent}
    , m_session{parts.session}
    , m_imports{parts.imports}
    , m_recent{parts.recent}
    , m_clock{parts.clock}
    , m_folder{parts.session.pools().io(), this}
    , m_start{new StartPage{parts.actions, parts.session.hasSample(), this}}
    , m_unlock{new UnlockPage{this}}
    , m_create{new CreatePage{parts.session.hasKeychain(), this}}
{
    for (QWidget* page : {static_cast<QWidget*>(m_start), static_cast<QWidget*>(m_unlock),
             static_cast<QWidget*>(m_create)})
        addWidget(page);
    connectPages();
    connectSession();
}

void WayIn::connectPages()
{
    connect(m_start, &StartPage::openWanted, this, &WayIn::askToUnlock);
    connect(m_unlock, &UnlockPage::unlockWanted, this, &WayIn::openWith);
    connect(m_unlock, &UnlockPage::keyFileWanted, this, &WayIn::chooseKeyFile);
    connect(m_create, &CreatePage::createWanted, this,
        [this](const QString& path, const NewLedger& wanted,
            const std::shared_ptr<Credential>& credential) {
            m_session.create(path, wanted, std::move(*credential));
            emit stateChanged();
        });
    connect(m_create, &CreatePage::browseWanted, this, &WayIn::chooseNewPath);
    connect(m_create, &CreatePage::recoveryCodeKept, this, [this](const QStringList& bills) {
        onOpened();
        m_imports.importPaths(bills);
    });
    const auto leave = [this] {
        emit leaving();
        showStart();
    };
    connect(m_unlock, &UnlockPage::otherWanted, this, leave);
    connect(m_create, &CreatePage::cancelled, this, leave);
}

void WayIn::connectSession()
{
    connect(&m_session, &Session::recoveryCodeMade, this, [this](const QString& code) {
        m_create->showRecoveryCode(code);
        emit stateChanged();
    });
    connect(&m_session, &Session::openingProgressed, m_start, &StartPage::showProgress);
    connect(&m_session, &Session::opened, this, [this] {
        if (!m_session.isSample())
            m_recent.add(m_session.path(), QDateTime::fromSecsSinceEpoch(m_clock.now().seconds()));
        if (!m_create->showsRecoveryCode())
            onOpened();
    });
    connect(&m_session, &Session::openFailed, this, &WayIn::onOpenFailed);
}

void WayIn::show(QWidget* page)
{
    setCurrentWidget(page);
    emit shown();
}

void WayIn::showStart()
{
    m_start->setRecent(m_recent.list());
    show(m_start);
}

PageId WayIn::page() const
{
    return currentWidget() == m_start ? PageId::Start
        : currentWidget() == m_unlock ? PageId::Unlock
                                      : PageId::Create;
}

void WayIn::openWith(const QString& path, const std::shared_ptr<Credential>& credential)
{
    m_session.open(path, std::move(*credential));
    emit stateChanged();
}

void WayIn::openWithKeyFile(const QString& path, const QString& keyFile)
{
    if (page() != PageId::Unlock || m_unlock->path() != path)
        askToUnlock(path);
    m_unlock->setBusy(true);
    m_session.openWithKeyFile(path, keyFile);
    emit stateChanged();
}

void WayIn::openSample()
{
    emit leaving();
    showStart();
    m_start->showProgress({});
    m_session.openSample();
}

void WayIn::askToUnlock(const QString& path)
{
    emit leaving();
    m_unlock->setLedger(path, m_session.hasKeychain());
    show(m_unlock);
}

void WayIn::startNewLedger(const QStringList& importAfterwards)
{
    emit leaving();
    m_create->start(importAfterwards);
    show(m_create);
    m_folder.start([](const TaskContext&) { return folderForLedgers(); },
        [this](Result<QString> folder) {
            if (folder.ok())
                m_create->suggestFolder(*folder);
        });
}

void WayIn::importLater(const QStringList& paths)
{
    m_create->importLater(paths);
}

void WayIn::chooseLedger()
{
    askForPaths(this, {QStringLiteral("openLedgerDialog"), tr("Open a ledger"), ledgerFilter()},
        [this](const QStringList& paths) {
            m_beforeLeaving([this, path = paths.front()] { askToUnlock(path); });
        });
}

void WayIn::chooseKeyFile()
{
    askForPaths(this, {QStringLiteral("keyFileDialog"), tr("Open with a key file"), {}},
        [this](const QStringList& paths) { openWithKeyFile(m_unlock->path(), paths.front()); });
}

void WayIn::chooseNewPath()
{
    askForPaths(this,
        {QStringLiteral("newLedgerDialog"), tr("Where to keep the ledger"), ledgerFilter(),
            QFileDialog::AnyFile},
        [this](const QStringList& paths) { m_create->setPath(paths.front()); });
}

void WayIn::onOpened()
{
    m_start->clearMessage();
    emit entered();
}

void WayIn::onOpenFailed(const Error& error)
{
    if (page() == PageId::Create)
        m_create->showError(error);
    else if (page() == PageId::Unlock)
        m_unlock->showError(error);
    else
        m_start->showError(error);
    emit stateChanged();
}

void WayIn::showLocked()
{
    m_create->clear();
    m_unlock->setLedger(m_session.path(), m_session.hasKeychain());
    if (m_session.isSample() || m_session.path().isEmpty())
        showStart();
    else
        show(m_unlock);
}

void WayIn::abandon()
{
    m_session.abandonOpening();
    m_start->clearMessage();
    m_create->clear();
}

void WayIn::setDropping(bool dropping)
{
    m_start->setDropping(dropping);
}

bool WayIn::makesLedger() const
{
    return m_create->isBusy();
}

QString WayIn::lockedPath() const
{
    return m_unlock->path();
}

std::optional<Question> WayIn::questionBeforeLeaving(Leaving how) const
{
    return ui::questionBeforeLeaving(*m_create, m_imports, how);
}

} // namespace sluice::ui
