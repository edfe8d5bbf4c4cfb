// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/start/StartPage.h"

#include "ui/kit/Fonts.h"
#include "ui/kit/IconLabel.h"
#include "ui/kit/Icons.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStyle>
#include <QVariant>

namespace sluice::ui {

namespace {

constexpr int Width = 760;
constexpr int IconSize = 28;

QLabel* mutedLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel{text, parent};
    label->setProperty("role", QStringLiteral("muted"));
    label->setWordWrap(true);
    return label;
}

} // namespace

StartPage::StartPage(const ActionRegistry& actions, bool hasSample, QWidget* parent)
    : CentredColumn{Width, parent}
    , m_actions{actions}
    , m_infoBar{new InfoBar{this}}
    , m_recent{new QVBoxLayout}
    , m_recentBox{new QWidget{this}}
{
    setObjectName(QStringLiteral("startPage"));
    auto* mark = new IconLabel{applicationIcon(), 48, this};
    auto* name = new QLabel{tr("Sluice"), this};
    name->setFont(sized(font(), TextSize::Figure, QFont::DemiBold));
    auto* promise = mutedLabel(
        tr("Every figure of your AI spend walks back to the line of the bill that made it."), this);
    buildRecent();

    column()->setSpacing(10);
    column()->addWidget(mark);
    column()->addWidget(name);
    column()->addWidget(promise);
    column()->addSpacing(10);
    column()->addWidget(m_infoBar);
    column()->addLayout(makeChoices(hasSample));
    column()->addWidget(m_recentBox);
    setRecent({});
}

QGridLayout* StartPage::makeChoices(bool hasSample)
{
    auto* grid = new QGridLayout;
    grid->setSpacing(12);
    if (hasSample)
        grid->addWidget(
            makeChoice(ActionId::OpenSample, tr("Look at a sample"),
                tr("A made-up company with two years of spend. Nothing is saved."), true),
            0, 0);
    grid->addWidget(makeDropZone(), 0, 1);
    grid->addWidget(makeChoice(ActionId::OpenLedger, tr("Open a ledger"),
                        tr("A .sluice file on this machine."), !hasSample),
        1, 0);
    grid->addWidget(makeChoice(ActionId::NewLedger, tr("Make a new ledger"),
                        tr("Encrypted from the first byte; yours alone."), false),
        1, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    return grid;
}

void StartPage::buildRecent()
{
    auto* column = new QVBoxLayout{m_recentBox};
    column->setContentsMargins(0, 8, 0, 0);
    auto* title = new QLabel{tr("Opened last"), m_recentBox};
    title->setFont(sized(font(), TextSize::Card, QFont::DemiBold));
    column->addWidget(title);
    column->addLayout(m_recent);
    m_recent->setSpacing(2);
}

QWidget* StartPage::makeChoice(ActionId id, const QString& title, const QString& text, bool primary)
{
    QAction* action = m_actions.action(id);
    auto* card = new QFrame{this};
    card->setProperty("role", QStringLiteral("card"));
    const char* iconName = id == ActionId::OpenSample ? "sample"
        : id == ActionId::OpenLedger                  ? "open"
                                                      : "new";
    auto* heading = new QLabel{title, card};
    heading->setFont(sized(font(), TextSize::Section, QFont::DemiBold));
    auto* button = new QPushButton{action->text().remove(QLatin1Char('&')), card};
    button->setObjectName(QStringLiteral("start_") + action->objectName());
    button->setAccessibleName(title);
    button->setAccessibleDescription(text);
    if (primary)
        button->setProperty("role", QStringLiteral("primary"));
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    auto* column = new QVBoxLayout{card};
    column->setContentsMargins(18, 16, 18, 16);
    column->setSpacing(6);
    column->addWidget(new IconLabel{icon(iconName, Token::Accent), IconSize, card});
    column->addWidget(heading);
    column->addWidget(mutedLabel(text, card));
    column->addStretch(1);
    column->addSpacing(4);
    column->addWidget(button, 0, Qt::AlignLeft);
    return card;
}

QWidget* StartPage::makeDropZone()
{
    m_drop = new QFrame{this};
    m_drop->setObjectName(QStringLiteral("dropZone"));
    m_drop->setProperty("role", QStringLiteral("drop"));
    auto* heading = new QLabel{tr("Drop a bill here"), m_drop};
    heading->setFont(sized(font(), TextSize::Section, QFont::DemiBold));
    auto* column = new QVBoxLayout{m_drop};
    column->setContentsMargins(18, 16, 18, 16);
    column->setSpacing(6);
    column->addWidget(new IconLabel{icon("imports", Token::Accent), IconSize, m_drop});
    column->addWidget(heading);
    column->addWidget(mutedLabel(
        tr("A FOCUS export as CSV or CSV.GZ, several of them, or an Azure export folder. Its format is recognised."),
        m_drop));
    column->addStretch(1);
    return m_drop;
}

void StartPage::setRecent(const std::vector<RecentLedger>& ledgers)
{
    while (QLayoutItem* item = m_recent->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    for (const RecentLedger& ledger : ledgers) {
        const QFileInfo file{ledger.path};
        auto* button = new QPushButton{
            tr("%1   %2   opened %3")
                .arg(file.completeBaseName(), file.absolutePath(),
                    QLocale{}.toString(ledger.opened.date(), QStringLiteral("d MMM yyyy"))),
            m_recentBox};
        button->setProperty("role", QStringLiteral("link"));
        button->setAccessibleName(tr("Open %1").arg(ledger.path));
        connect(button, &QPushButton::clicked, this,
            [this, path = ledger.path] { emit openWanted(path); });
        m_recent->addWidget(button, 0, Qt::AlignLeft);
    }
    m_recentBox->setVisible(!ledgers.empty());
}

void StartPage::showError(const Error& error)
{
    m_infoBar->showError(error);
}

void StartPage::showProgress(const Progress& progress)
{
    m_infoBar->showMessage(
        InfoLevel::Info, tr("One moment\u2026"), QString::fromStdString(progress.what));
}

void StartPage::clearMessage()
{
    m_infoBar->clear();
}

void StartPage::setDropping(bool dropping)
{
    m_drop->setProperty("over", dropping);
    m_drop->style()->unpolish(m_drop);
    m_drop->style()->polish(m_drop);
}

} // namespace sluice::ui
