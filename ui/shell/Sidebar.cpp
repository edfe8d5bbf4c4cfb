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
constexpr int CollapsedWidth = 52;

QString groupText(PageGroup group)
{
    switch (group) {
    case PageGroup::Watch:
        return Sidebar::tr("WATCH");
    case PageGroup::Plan:
        return Sidebar::tr("PLAN");
    case PageGroup::Control:
        return Sidebar::tr("CONTROL");
    case PageGroup::Program:
        break;
    }
    return {};
}

} // namespace

Sidebar::Sidebar(const ActionRegistry& actions, QWidget* parent)
    : QFrame{parent}
    , m_name{new QLabel{this}}
    , m_who{new QLabel{this}}
    , m_freshness{new QLabel{this}}
{
    setObjectName(QStringLiteral("sidebar"));
    setProperty("role", QStringLiteral("side"));
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
    m_words = {m_name, m_who, m_freshness};
    addGroups(actions, *column);
    column->addSpacing(6);
    m_freshness->setContentsMargins(4, 0, 0, 4);
    column->addWidget(m_freshness);
    addLock(actions, *column);
    setCollapsed(false);
}

void Sidebar::addGroups(const ActionRegistry& actions, QBoxLayout& column)
{
    std::optional<PageGroup> group;
    for (const PageLine& line : pageTable()) {
        if (group != line.group) {
            group = line.group;
            if (const QString title = groupText(line.group); !title.isEmpty()) {
                auto* label = new QLabel{title, this};
                label->setProperty("role", QStringLiteral("muted"));
                label->setFont(sized(font(), TextSize::Caption, QFont::DemiBold));
                label->setContentsMargins(4, 10, 0, 2);
                column.addWidget(label);
                m_words.push_back(label);
            } else {
                column.addStretch(1); // the program's own pages are at the end
            }
        }
        auto* button = new NavButton{actions.action(line.go), this};
        m_buttons.emplace(line.page, button);
        column.addWidget(button);
    }
}

void Sidebar::addLock(const ActionRegistry& actions, QBoxLayout& column)
{
    QAction* lock = actions.action(ActionId::LockLedger);
    m_lock = new QPushButton{this};
    m_lock->setObjectName(QStringLiteral("lockButton"));
    m_lock->setProperty("role", QStringLiteral("link"));
    m_lock->setFont(sized(font(), TextSize::Caption));
    m_lock->setIcon(lock->icon());
    m_lock->setIconSize(QSize{14, 14});
    m_lock->setAccessibleName(tr("Lock the ledger"));
    const auto sayShortcut = [this, lock] {
        const QString keys = lock->shortcut().toString(QKeySequence::NativeText);
        m_lock->setToolTip(tr("Lock the ledger \u00B7 %1").arg(keys));
        m_lock->setText(m_collapsed ? QString{} : tr("Unlocked \u00B7 lock %1").arg(keys));
    };
    connect(lock, &QAction::changed, this, sayShortcut);
    connect(m_lock, &QPushButton::clicked, lock, &QAction::trigger);
    m_lock->hide(); // until a ledger is open
    column.addWidget(m_lock, 0, Qt::AlignLeft);
    m_sayShortcut = sayShortcut;
}

void Sidebar::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    fitWidth();
    layout()->setContentsMargins(collapsed ? 6 : 10, 14, collapsed ? 6 : 10, 12);
    for (QWidget* word : m_words)
        word->setVisible(!collapsed);
    for (const auto& [page, button] : m_buttons)
        button->setCollapsed(collapsed);
    m_sayShortcut();
}

void Sidebar::setCount(PageId page, std::size_t count, const QString& meaning)
{
    m_buttons.at(page)->setCount(count, meaning);
}

void Sidebar::fitWidth()
{
    setFixedWidth(
        m_collapsed ? CollapsedWidth : fontMetrics().horizontalAdvance(u'0') * WidthInCharacters);
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
    m_lock->show();
}

void Sidebar::setFreshness(const QString& text)
{
    m_freshness->setText(text);
}

void Sidebar::clear()
{
    for (QLabel* label : {m_name, m_who, m_freshness})
        label->clear();
    for (const auto& [page, button] : m_buttons)
        button->setCount(0, {});
    m_lock->hide();
}

} // namespace sluice::ui
