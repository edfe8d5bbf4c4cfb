// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/unlock/UnlockPage.h"

#include "ui/kit/ErrorText.h"
#include "ui/kit/Fonts.h"
#include "ui/kit/IconLabel.h"
#include "ui/kit/Icons.h"
#include "ui/kit/PassphraseField.h"

#include <QCheckBox>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShowEvent>
#include <QTimer>

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::ui {

namespace {

constexpr int Width = 520;
constexpr std::array<int, 5> BackOffMs{0, 0, 1000, 2000, 4000};

} // namespace

UnlockPage::UnlockPage(QWidget* parent)
    : CentredColumn{Width, parent}
    , m_name{new QLabel{this}}
    , m_folder{new QLabel{this}}
    , m_infoBar{new InfoBar{this}}
    , m_secret{new PassphraseField{tr("Passphrase"), this}}
    , m_recovery{new QCheckBox{tr("Use the &recovery code instead"), this}}
    , m_unlock{new QPushButton{tr("&Unlock"), this}}
    , m_keychain{new QPushButton{tr("Unlock with this machine's &keychain"), this}}
    , m_keyFile{new QPushButton{tr("Use a ke&y file\u2026"), this}}
{
    setObjectName(QStringLiteral("unlockPage"));
    auto* lock = new IconLabel{icon("lock", Token::Accent), 36, this};
    m_name->setFont(sized(font(), TextSize::Page, QFont::DemiBold));
    m_folder->setProperty("role", QStringLiteral("muted"));
    m_folder->setWordWrap(true);
    auto* label = new QLabel{tr("&Passphrase"), this};
    label->setBuddy(m_secret);
    m_secret->setObjectName(QStringLiteral("unlockSecret"));
    m_recovery->setObjectName(QStringLiteral("useRecovery"));
    m_recovery->setAccessibleName(tr("Use the recovery code instead"));
    m_unlock->setObjectName(QStringLiteral("unlockButton"));
    m_unlock->setProperty("role", QStringLiteral("primary"));
    m_unlock->setAccessibleName(tr("Unlock"));
    m_keychain->setObjectName(QStringLiteral("keychainButton"));
    m_keychain->setAccessibleName(tr("Unlock with this machine's keychain"));
    m_keyFile->setObjectName(QStringLiteral("keyFileButton"));
    m_keyFile->setProperty("role", QStringLiteral("link"));
    m_keyFile->setAccessibleName(tr("Use a key file"));
    auto* other = new QPushButton{tr("Another ledger\u2026"), this};
    other->setObjectName(QStringLiteral("otherLedger"));
    other->setProperty("role", QStringLiteral("link"));
    other->setAccessibleName(tr("Open another ledger"));
    connect(m_recovery, &QCheckBox::toggled, this, [this, label](bool code) {
        label->setText(code ? tr("&Recovery code") : tr("&Passphrase"));
        m_secret->setAccessibleName(code ? tr("Recovery code") : tr("Passphrase"));
        m_secret->setPlaceholderText(code ? QStringLiteral("XXXXX-XXXXX-XXXXX-\u2026") : QString{});
        m_secret->setFocus();
    });
    connect(m_secret, &QLineEdit::textChanged, this, &UnlockPage::refresh);
    connect(m_secret, &QLineEdit::returnPressed, m_unlock, &QPushButton::click);
    connect(m_unlock, &QPushButton::clicked, this, [this] {
        unlock(m_recovery->isChecked() ? Credential::Kind::RecoveryCode
                                       : Credential::Kind::Passphrase);
    });
    connect(
        m_keychain, &QPushButton::clicked, this, [this] { unlock(Credential::Kind::Keychain); });
    connect(m_keyFile, &QPushButton::clicked, this, &UnlockPage::keyFileWanted);
    connect(other, &QPushButton::clicked, this, &UnlockPage::otherWanted);

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_unlock);
    buttons->addWidget(m_keychain);
    buttons->addStretch(1);
    buttons->addWidget(other);
    auto* otherWays = new QHBoxLayout;
    otherWays->addWidget(m_recovery);
    otherWays->addStretch(1);
    otherWays->addWidget(m_keyFile);
    for (QWidget* widget :
        std::initializer_list<QWidget*>{lock, m_name, m_folder, m_infoBar, label, m_secret})
        column()->addWidget(widget);
    column()->addLayout(otherWays);
    column()->addSpacing(8);
    column()->addLayout(buttons);
}

void UnlockPage::setLedger(const QString& path, bool hasKeychain)
{
    const QFileInfo file{path};
    if (path != m_path)
        m_failures = 0;
    m_path = path;
    m_name->setText(tr("%1 is locked").arg(file.completeBaseName()));
    m_folder->setText(QDir::toNativeSeparators(file.absoluteFilePath()));
    m_keychain->setVisible(hasKeychain);
    m_tried = Credential::Kind::RawKey; // what comes from elsewhere is a key file
    m_recovery->setChecked(false);
    m_infoBar->clear();
    m_secret->clear();
    setBusy(false);
}

void UnlockPage::setBusy(bool busy)
{
    m_busy = busy;
    m_unlock->setText(busy ? tr("Unlocking\u2026") : tr("&Unlock"));
    m_secret->setReadOnly(busy);
    refresh();
}

void UnlockPage::refresh()
{
    m_unlock->setEnabled(!m_busy && !m_waiting && !m_secret->text().isEmpty());
    m_keychain->setEnabled(!m_busy);
    m_keyFile->setEnabled(!m_busy);
}

void UnlockPage::unlock(Credential::Kind kind)
{
    auto credential = std::make_shared<Credential>();
    credential->kind = m_tried = kind;
    if (kind != Credential::Kind::Keychain)
        credential->secret = m_secret->copy();
    m_infoBar->clear();
    setBusy(true);
    emit unlockWanted(m_path, credential);
}

void UnlockPage::showError(const Error& error)
{
    setBusy(false);
    showWhy(error, std::exchange(m_tried, Credential::Kind::RawKey));
    m_secret->selectAll();
    m_secret->setFocus();
    if (error.code != ErrorCode::WrongPassphrase)
        return;
    m_failures = std::min(m_failures + 1, static_cast<int>(BackOffMs.size()) - 1);
    const int wait = BackOffMs[static_cast<std::size_t>(m_failures)];
    if (wait == 0)
        return;
    m_waiting = true;
    refresh();
    QTimer::singleShot(wait, this, [this] {
        m_waiting = false;
        refresh();
    });
}

// In the words of what was tried; which ledger it was the page says already.
void UnlockPage::showWhy(const Error& error, Credential::Kind tried)
{
    using enum Credential::Kind;
    const QString what = ErrorText::sentence(error.what);
    const QString fix = ErrorText::sentence(error.fix);
    const bool malformed
        = error.code == ErrorCode::BadInput && (tried == RecoveryCode || tried == RawKey);
    const bool wrong = error.code == ErrorCode::WrongPassphrase && tried != Passphrase;
    if (error.code == ErrorCode::Locked || error.code == ErrorCode::NotALedger)
        m_infoBar->showMessage(InfoLevel::Critical, what, fix);
    else if (malformed || wrong)
        m_infoBar->showMessage(InfoLevel::Critical,
            tried == RecoveryCode ? tr("Recovery code not accepted.")
                : tried == RawKey ? tr("Key file not accepted.")
                                  : tr("The keychain's key is not accepted."),
            what + u' ' + fix);
    else
        m_infoBar->showError(error);
}

void UnlockPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_secret->setFocus();
}

} // namespace sluice::ui
