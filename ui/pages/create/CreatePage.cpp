// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/create/CreatePage.h"

#include "core/base/Resource.h"
#include "ui/kit/Fonts.h"
#include "ui/kit/PassphraseField.h"
#include "ui/kit/SecretClipboard.h"
#include "ui/pages/create/PassphraseStrength.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimeZone>
#include <QToolButton>
#include <QVBoxLayout>

namespace sluice::ui {

namespace {

QLabel* muted(const QString& text, QWidget* parent)
{
    auto* label = new QLabel{text, parent};
    label->setProperty("role", QStringLiteral("muted"));
    label->setWordWrap(true);
    return label;
}

// A label above its field, told to screen readers as belonging together.
void addField(
    QGridLayout* grid, int row, int column, const QString& text, QWidget* field, int span = 1)
{
    auto* label = new QLabel{text, field->parentWidget()};
    label->setBuddy(field);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(QString{text}.remove(u'&'));
    grid->addWidget(label, row, column, 1, span);
    grid->addWidget(field, row + 1, column, 1, span);
}

} // namespace

CreatePage::CreatePage(bool hasKeychain, QWidget* parent)
    : QWidget{parent}
    , m_views{new QStackedWidget{this}}
{
    setObjectName(QStringLiteral("createPage"));
    m_views->setMaximumWidth(620);
    m_views->addWidget(buildForm(hasKeychain));
    m_views->addWidget(buildRecovery());
    auto* row = new QHBoxLayout{this};
    row->setContentsMargins(32, 24, 32, 24);
    row->addStretch(1);
    row->addWidget(m_views, 20, Qt::AlignVCenter);
    row->addStretch(1);
}

QWidget* CreatePage::buildForm(bool hasKeychain)
{
    auto* form = new QWidget{this};
    auto* title = new QLabel{tr("Make a new ledger"), form};
    title->setFont(sized(font(), TextSize::Page, QFont::DemiBold));
    m_then = muted({}, form);
    m_then->setObjectName(QStringLiteral("createThen"));
    m_infoBar = new InfoBar{form};
    m_path = new QLineEdit{form};
    m_path->setObjectName(QStringLiteral("createPath"));
    auto* browse = new QPushButton{tr("&Choose\u2026"), form};
    browse->setObjectName(QStringLiteral("createBrowse"));
    browse->setAccessibleName(tr("Choose where to keep the ledger"));
    connect(browse, &QPushButton::clicked, this, &CreatePage::browseWanted);
    m_currency = new QComboBox{form};
    m_currency->setObjectName(QStringLiteral("createCurrency"));
    m_currency->setEditable(false);
    for (const std::string_view code : resourceLines("focus/currencies.txt"))
        m_currency->addItem(QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size())));
    m_fiscal = new QComboBox{form};
    m_fiscal->setObjectName(QStringLiteral("createFiscal"));
    for (int month = 1; month <= 12; ++month)
        m_fiscal->addItem(QLocale{}.standaloneMonthName(month));
    m_fiscal->setMaxVisibleItems(m_fiscal->count()); // the whole year, without scrolling
    m_zone = new QComboBox{form};
    m_zone->setObjectName(QStringLiteral("createZone"));
    for (const QByteArray& id : QTimeZone::availableTimeZoneIds()) {
        if (id == "UTC" || id.contains('/'))
            m_zone->addItem(QString::fromLatin1(id));
    }
    m_first = new PassphraseField{tr("Passphrase"), form};
    m_first->setObjectName(QStringLiteral("createPassphrase"));
    m_second = new PassphraseField{tr("Passphrase again"), form};
    m_second->setObjectName(QStringLiteral("createPassphraseAgain"));
    m_strength = muted({}, form);
    m_strength->setObjectName(QStringLiteral("createStrength"));
    m_remember = new QCheckBox{tr("&Remember on this device, in the system's keychain"), form};
    m_remember->setObjectName(QStringLiteral("createRemember"));
    m_remember->setAccessibleName(tr("Remember on this device"));
    m_remember->setVisible(hasKeychain);
    m_create = new QPushButton{tr("Make the &ledger"), form};
    m_create->setObjectName(QStringLiteral("createButton"));
    m_create->setProperty("role", QStringLiteral("primary"));
    m_create->setAccessibleName(tr("Make the ledger"));
    m_cancel = new QPushButton{tr("Cancel"), form};
    m_cancel->setObjectName(QStringLiteral("createCancel"));
    m_cancel->setAccessibleName(tr("Cancel"));
    connect(m_create, &QPushButton::clicked, this, &CreatePage::create);
    connect(m_cancel, &QPushButton::clicked, this, &CreatePage::cancelled);
    for (QLineEdit* line :
        {m_path, static_cast<QLineEdit*>(m_first), static_cast<QLineEdit*>(m_second)}) {
        connect(line, &QLineEdit::textChanged, this, &CreatePage::refresh);
        connect(line, &QLineEdit::returnPressed, m_create, &QPushButton::click);
    }

    layOutForm(form, title, browse);
    return form;
}

void CreatePage::layOutForm(QWidget* form, QLabel* title, QPushButton* browse)
{
    auto* grid = new QGridLayout{form};
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->addWidget(title, 0, 0, 1, 3);
    grid->addWidget(m_then, 1, 0, 1, 3);
    grid->addWidget(m_infoBar, 2, 0, 1, 3);
    grid->setRowMinimumHeight(3, 10);
    addField(grid, 4, 0, tr("&Where"), m_path, 2);
    grid->addWidget(browse, 5, 2, Qt::AlignLeft);
    addField(grid, 6, 0, tr("C&urrency of reports"), m_currency);
    addField(grid, 6, 1, tr("F&iscal year starts in"), m_fiscal);
    addField(grid, 6, 2, tr("&Time zone of days"), m_zone);
    addField(grid, 8, 0, tr("&Passphrase"), m_first, 3);
    addField(grid, 10, 0, tr("Passphrase &again"), m_second, 3);
    grid->addWidget(m_strength, 12, 0, 1, 3);
    grid->addWidget(m_remember, 13, 0, 1, 3);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_create);
    buttons->addWidget(m_cancel);
    buttons->addStretch(1);
    grid->setRowMinimumHeight(14, 12);
    grid->addLayout(buttons, 15, 0, 1, 3);
}

QWidget* CreatePage::buildRecovery()
{
    auto* view = new QWidget{this};
    auto* title = new QLabel{tr("Keep this recovery code"), view};
    title->setFont(sized(font(), TextSize::Page, QFont::DemiBold));
    auto* why = muted(
        tr("It opens the ledger when the passphrase is lost. It is shown once and stored nowhere: write it down or print it, and keep it away from this machine. "
           "Without passphrase and code nobody can open the ledger, nor can we."),
        view);
    auto* card = new QFrame{view};
    card->setProperty("role", QStringLiteral("card"));
    m_code = new QLabel{card};
    m_code->setObjectName(QStringLiteral("recoveryCode"));
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(sized(font(), TextSize::Section).pointSizeF());
    m_code->setFont(fixed);
    m_code->setWordWrap(true);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    (new QVBoxLayout{card})->addWidget(m_code);
    card->layout()->setContentsMargins(18, 16, 18, 16);
    auto* copy = new QPushButton{tr("&Copy"), view};
    copy->setObjectName(QStringLiteral("recoveryCopy"));
    copy->setAccessibleName(tr("Copy the recovery code"));
    connect(copy, &QPushButton::clicked, this, [this] { copySecret(m_code->text()); });
    m_kept = new QCheckBox{tr("I have &kept the code in a safe place"), view};
    m_kept->setObjectName(QStringLiteral("recoveryKept"));
    m_kept->setAccessibleName(tr("I have kept the code in a safe place"));
    m_done = new QPushButton{tr("G&o on"), view};
    m_done->setObjectName(QStringLiteral("recoveryDone"));
    m_done->setProperty("role", QStringLiteral("primary"));
    m_done->setAccessibleName(tr("Go on"));
    m_done->setEnabled(false);
    connect(m_kept, &QCheckBox::toggled, m_done, &QPushButton::setEnabled);
    connect(m_done, &QPushButton::clicked, this, [this] {
        const QStringList importAfterwards = m_importAfterwards;
        clear();
        emit recoveryCodeKept(importAfterwards);
    });
    m_thenToo = muted({}, view);
    m_thenToo->setObjectName(QStringLiteral("recoveryThen"));
    auto* column = new QVBoxLayout{view};
    column->setSpacing(12);
    for (QWidget* widget : std::initializer_list<QWidget*>{title, why, card})
        column->addWidget(widget);
    column->addWidget(copy, 0, Qt::AlignLeft);
    column->addWidget(m_kept);
    column->addWidget(m_thenToo);
    column->addWidget(m_done, 0, Qt::AlignLeft);
    column->addStretch(1);
    return view;
}

void CreatePage::start(const QStringList& importAfterwards)
{
    clear();
    importLater(importAfterwards);
    m_path->clear();
    m_currency->setCurrentText(QStringLiteral("USD"));
    m_zone->setCurrentText(QStringLiteral("UTC"));
    m_first->setFocus();
    refresh();
}

void CreatePage::importLater(const QStringList& paths)
{
    m_importAfterwards += paths;
    QString then;
    if (!m_importAfterwards.isEmpty()) {
        const QString first = QFileInfo{m_importAfterwards.front()}.fileName();
        const auto more = static_cast<int>(m_importAfterwards.size()) - 1;
        then = more == 0 ? tr("Then %1 is imported.").arg(first)
                         : tr("Then %1 and %n more are imported.", nullptr, more).arg(first);
    }
    for (QLabel* label : {m_then, m_thenToo}) {
        label->setText(then);
        label->setVisible(!then.isEmpty());
    }
}

void CreatePage::setPath(const QString& path)
{
    m_path->setText(path);
}

void CreatePage::suggestFolder(const QString& folder)
{
    if (m_path->text().isEmpty())
        m_path->setText(folder + QStringLiteral("/AI spend.sluice"));
}

void CreatePage::refresh()
{
    const PassphraseStrength strength = PassphraseStrength::of(m_first->text());
    const bool same = m_first->text() == m_second->text();
    const bool differs = !m_second->text().isEmpty() && !same;
    m_strength->setText(differs ? tr("The two passphrases differ.") : strength.text());
    m_create->setEnabled(
        !m_busy && strength.isEnough() && same && !m_path->text().trimmed().isEmpty());
}

void CreatePage::create()
{
    NewLedger wanted;
    wanted.currency = m_currency->currentText().toStdString();
    wanted.fiscalYearStart = m_fiscal->currentIndex() + 1;
    wanted.timeZone = m_zone->currentText().toStdString();
    wanted.rememberInKeychain = m_remember->isChecked();
    QString path = m_path->text().trimmed();
    if (!path.endsWith(QStringLiteral(".sluice")))
        path += QStringLiteral(".sluice");
    auto credential = std::make_shared<Credential>();
    credential->kind = Credential::Kind::Passphrase;
    credential->secret = m_first->copy();
    m_infoBar->clear();
    setBusy(true);
    emit createWanted(path, wanted, credential);
}

void CreatePage::setBusy(bool busy)
{
    m_busy = busy;
    m_create->setText(busy ? tr("Making it\u2026") : tr("Make the &ledger"));
    m_cancel->setEnabled(!busy);
    refresh();
}

void CreatePage::showError(const Error& error)
{
    setBusy(false);
    m_infoBar->showError(error);
}

void CreatePage::showRecoveryCode(const QString& code)
{
    m_first->clear();
    m_second->clear();
    m_code->setText(code);
    m_kept->setChecked(false);
    m_views->setCurrentIndex(1);
    m_kept->setFocus();
    setBusy(false);
}

bool CreatePage::showsRecoveryCode() const
{
    return !m_code->text().isEmpty();
}

bool CreatePage::isRecoveryCodeKept() const
{
    return m_kept->isChecked();
}

void CreatePage::clear()
{
    m_first->clear();
    m_second->clear();
    m_code->clear();
    m_kept->setChecked(false);
    m_infoBar->clear();
    m_views->setCurrentIndex(0);
    m_importAfterwards.clear();
    importLater({});
    setBusy(false);
}

} // namespace sluice::ui
