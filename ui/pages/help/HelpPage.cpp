// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/help/HelpPage.h"

#include "ui/actions/ActionTable.h"
#include "ui/actions/ShortcutBook.h"
#include "ui/kit/Icons.h"
#include "ui/kit/SearchText.h"
#include "ui/pages/help/HelpBrowser.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int ListCharacters = 34;
constexpr int TextWidth = 820; // longer lines are hard to read

} // namespace

HelpPage::HelpPage(const PageContext& context, QWidget* parent)
    : Page{PageId::Help, context, tr("Help"), parent}
    , m_library{context.actions}
    , m_search{new QLineEdit{this}}
    , m_list{new QListWidget{this}}
    , m_nothing{new QLabel{this}}
    , m_text{new HelpBrowser{this}}
{
    setObjectName(QStringLiteral("helpPage"));
    m_search->setObjectName(QStringLiteral("helpSearch"));
    m_search->setAccessibleName(tr("Search the help"));
    m_search->setPlaceholderText(tr("Search the help\u2026"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon("search"), QLineEdit::LeadingPosition);
    m_list->setObjectName(QStringLiteral("helpTopics"));
    m_list->setAccessibleName(tr("Topics"));
    m_list->setProperty("role", QStringLiteral("navigation"));
    m_list->setWordWrap(true);
    m_list->setSpacing(3);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_nothing->setObjectName(QStringLiteral("helpNothing"));
    m_nothing->setProperty("role", QStringLiteral("muted"));
    m_nothing->setWordWrap(true);
    m_nothing->hide();
    m_text->setMaximumWidth(TextWidth);
    auto* left = new QWidget{this};
    left->setFixedWidth(fontMetrics().horizontalAdvance(u'0') * ListCharacters);
    auto* column = new QVBoxLayout{left};
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_search);
    column->addWidget(m_nothing);
    column->addWidget(m_list, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(left);
    row->addWidget(m_text, 4);
    row->addStretch(0);
    content()->addLayout(row, 1);
    connect(m_search, &QLineEdit::textChanged, this, &HelpPage::fillList);
    connect(m_search, &QLineEdit::returnPressed, m_text, [this] { m_text->setFocus(); });
    connect(m_list, &QListWidget::currentRowChanged, this, [this] { m_show.start(); });
    m_show.setSingleShot(true);
    m_show.setInterval(0); // once for what is typed or pressed at one go
    connect(&m_show, &QTimer::timeout, this, &HelpPage::showCurrent);
    connect(m_list, &QListWidget::itemActivated, m_text, [this] { m_text->setFocus(); });
    connect(m_text, &QTextBrowser::anchorClicked, this, &HelpPage::follow);
    setFocusProxy(m_search);
    fillList();
}

void HelpPage::fillList()
{
    const QStringList words = searchWords(m_search->text());
    {
        const QSignalBlocker quiet{m_list};
        m_list->clear();
        for (const HelpHit& hit : m_library.search(words)) {
            const HelpTopic& topic = m_library.topics()[hit.topic];
            auto* item = new QListWidgetItem{topic.title, m_list};
            item->setData(Qt::UserRole, topic.id);
        }
        m_list->setCurrentRow(0); // the best one
    }
    const bool none = m_list->count() == 0;
    m_nothing->setText(none
            ? tr("No topic has all of these words. Try fewer of them, or other ones.")
            : QString{});
    m_nothing->setVisible(none);
    m_list->setVisible(!none);
    m_show.start();
}

void HelpPage::showCurrent()
{
    const QListWidgetItem* item = m_list->currentItem();
    if (!item)
        return;
    const HelpTopic* topic = m_library.find(item->data(Qt::UserRole).toString());
    m_text->showTopic(*topic);
    m_text->mark(searchWords(m_search->text()));
}

void HelpPage::showTopic(const QString& id)
{
    m_search->clear();
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(Qt::UserRole).toString() == id)
            m_list->setCurrentRow(row);
    }
}

void HelpPage::follow(const QUrl& link)
{
    infoBar().clear();
    if (link.scheme() != QStringLiteral("action")) {
        showTopic(link.path().chopped(3)); // ".md"
        return;
    }
    for (const ActionLine& line : actionTable()) {
        QAction* action = context().actions.action(line.id);
        if (action->objectName() != link.path())
            continue;
        if (action->isEnabled())
            action->trigger();
        else
            infoBar().showMessage(InfoLevel::Info,
                tr("\u201C%1\u201D is not possible right now.").arg(actionName(*action)),
                context().session.isOpen() ? QString{} : tr("It needs a ledger that is open."));
        return;
    }
}

void HelpPage::forget()
{
    infoBar().clear();
}

// Shortcuts may have been changed since the keyboard map was made.
void HelpPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_library = HelpLibrary{context().actions};
    m_show.start();
}

// Down goes from the search into the topics, Escape empties it or goes back to it.
void HelpPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Down && m_search->hasFocus() && m_list->count() > 0)
        m_list->setFocus();
    else if (event->key() == Qt::Key_Escape && !m_search->hasFocus())
        m_search->setFocus();
    else if (event->key() == Qt::Key_Escape && !m_search->text().isEmpty())
        m_search->clear();
    else
        Page::keyPressEvent(event);
}

} // namespace sluice::ui
