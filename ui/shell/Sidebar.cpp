// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/Sidebar.h"

#include "ui/actions/PageTable.h"
#include "ui/kit/Fonts.h"
#include "ui/shell/NavButton.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <QVariant>

namespace sluice::ui {

namespace {

constexpr int WidthInCharacters = 26;

} // namespace

Sidebar::Sidebar(const ActionRegistry& actions, QWidget* parent)
    : QFrame{parent}
    , m_name{new QLabel{this}}
    , m_who{new QLabel{this}}
    , m_freshness{new QLabel{this}}
{
    setObjectName(QStringLiteral("sidebar"));
    setProperty("role", QStringLiteral("side"));
    fitWidth();
    m_name->setObjectName(QStringLiteral("ledgerName"));
    m_name->setFont(sized(font(), TextSize::Card, QFont::DemiBold));
    m_name->setWordWrap(true);
    m_who->setObjectName(QStringLiteral("sidebarWho"));
    m_who->setFont(sized(font(), TextSize::Meta));
    m_freshness->setObjectName(QStringLiteral("freshness"));
    m_freshness->setFont(sized(font(), TextSize::Caption));
    for (QLabel* label : {m_who, m_freshness}) {
        label->setProperty("role", QStringLiteral("muted"));
        label->setWordWrap(true);
    }
    auto* column = new QVBoxLayout{this};
    column->setContentsMargins(10, 14, 10, 12);
    column->setSpacing(3);
    for (QLabel* label : {m_name, m_who}) {
        label->setContentsMargins(4, 0, 0, 0);
        column->addWidget(label);
    }
    column->addSpacing(12);
    for (const PageLine& line : pageTable()) {
        if (line.group == PageGroup::Program && line.page == PageId::Settings)
            column->addStretch(1); // the program's own pages are at the end
        column->addWidget(new NavButton{actions.action(line.go), this});
    }
    column->addSpacing(6);
    m_freshness->setContentsMargins(4, 0, 0, 4);
    column->addWidget(m_freshness);
    QAction* lock = actions.action(ActionId::LockLedger);
    auto* state = new QPushButton{this};
    m_state = state;
    const auto sayShortcut = [state, lock] {
        state->setText(
            tr("Unlocked \u00B7 lock %1").arg(lock->shortcut().toString(QKeySequence::NativeText)));
    };
    sayShortcut();
    connect(lock, &QAction::changed, state, sayShortcut);
    state->hide(); // until a ledger is open
    state->setObjectName(QStringLiteral("lockButton"));
    state->setProperty("role", QStringLiteral("link"));
    state->setFont(sized(font(), TextSize::Caption));
    state->setIcon(lock->icon());
    state->setIconSize(QSize{14, 14});
    state->setAccessibleName(tr("Lock the ledger"));
    connect(state, &QPushButton::clicked, lock, &QAction::trigger);
    column->addWidget(state, 0, Qt::AlignLeft);
}

void Sidebar::fitWidth()
{
    setFixedWidth(fontMetrics().horizontalAdvance(u'0') * WidthInCharacters);
}

void Sidebar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitWidth();
}

void Sidebar::setLedger(const QString& name, const QString& who)
{
    m_name->setText(name);
    m_who->setText(who);
    m_state->show();
}

void Sidebar::setFreshness(const QString& text)
{
    m_freshness->setText(text);
}

void Sidebar::clear()
{
    for (QLabel* label : {m_name, m_who, m_freshness})
        label->clear();
    m_state->hide();
}

} // namespace sluice::ui
