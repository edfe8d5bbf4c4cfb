// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/SettingsPage.h"

#include "ui/actions/ActionTable.h"
#include "ui/kit/Fonts.h"
#include "ui/kit/Icons.h"
#include "ui/kit/SearchText.h"
#include "ui/kit/ShortcutButton.h"
#include "ui/pages/settings/SettingEditor.h"
#include "ui/pages/settings/SettingRow.h"

#include <QDir>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int MostWidth = 860; // a line that is read from end to end

} // namespace

SettingsPage::SettingsPage(
    const PageContext& context, SettingStore& store, ShortcutBook& shortcuts, QWidget* parent)
    : Page{PageId::Settings, context, tr("Settings"), parent}
    , m_store{store}
    , m_shortcuts{shortcuts}
    , m_search{new QLineEdit{this}}
    , m_area{new QScrollArea{this}}
    , m_nothing{new QLabel{this}}
{
    setObjectName(QStringLiteral("settingsPage"));
    m_search->setObjectName(QStringLiteral("settingsSearch"));
    m_search->setAccessibleName(tr("Search the settings"));
    m_search->setPlaceholderText(tr("Search the settings\u2026"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon("search"), QLineEdit::LeadingPosition);
    m_search->setMaximumWidth(MostWidth);
    connect(m_search, &QLineEdit::textChanged, this, &SettingsPage::filter);
    m_nothing->setObjectName(QStringLiteral("settingsNothing"));
    m_nothing->setProperty("role", QStringLiteral("muted"));
    m_nothing->setWordWrap(true);
    m_nothing->hide();
    buildGroups();
    m_adding.setInterval(0);
    connect(&m_adding, &QTimer::timeout, this, &SettingsPage::addSome);
    content()->addWidget(m_search);
    content()->addWidget(m_nothing);
    content()->addWidget(m_area, 1);
    setFocusProxy(m_search);
}

void SettingsPage::buildGroups()
{
    auto* all = new QWidget{m_area};
    all->setMaximumWidth(MostWidth);
    auto* column = new QVBoxLayout{all};
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(12);
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        Group& group = m_groups[i];
        group.box = new QWidget{all};
        auto* title = new QLabel{groupText(static_cast<SettingGroup>(i)), group.box};
        title->setFont(sized(font(), TextSize::Section, QFont::DemiBold));
        auto* card = new QFrame{group.box};
        card->setProperty("role", QStringLiteral("card"));
        group.rows = new QVBoxLayout{card};
        group.rows->setContentsMargins(0, 6, 0, 6);
        group.rows->setSpacing(0);
        auto* boxColumn = new QVBoxLayout{group.box};
        boxColumn->setContentsMargins(0, 0, 0, 0);
        boxColumn->setSpacing(6);
        boxColumn->addWidget(title);
        boxColumn->addWidget(card);
        column->addWidget(group.box);
    }
    column->addStretch(1);
    m_area->setObjectName(QStringLiteral("settingsArea"));
    m_area->setWidget(all);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus); // its rows have it, and bring themselves into view
}

void SettingsPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    if (!isComplete())
        m_adding.start();
}

bool SettingsPage::isComplete() const
{
    return m_added > SettingCount + ActionCount;
}

// A few at a time, so that the window goes on answering.
void SettingsPage::addSome()
{
    constexpr int AtATime = 3;
    for (int i = 0; i < AtATime && !isComplete(); ++i, ++m_added) {
        if (m_added < SettingCount)
            addSetting(static_cast<SettingId>(m_added));
        else if (m_added < SettingCount + ActionCount)
            addShortcut(static_cast<ActionId>(m_added - SettingCount));
        else
            addFacts();
    }
    filter();
    if (isComplete())
        m_adding.stop();
}

SettingRow* SettingsPage::addRow(SettingRow* row)
{
    m_groups[static_cast<std::size_t>(row->group())].rows->addWidget(row);
    m_rows.push_back(row);
    return row;
}

void SettingsPage::addSetting(SettingId id)
{
    const SettingLine& line = settingLine(id);
    SettingRow* row = addRow(new SettingRow{
        {QString::fromLatin1(line.key), settingText(id), settingHelp(id), line.group}, this});
    const SettingEditor editor
        = makeSettingEditor(id, row, [this, id](const QString& value) { choose(id, value); });
    row->setEditor(editor.widget);
    connect(row, &SettingRow::resetWanted, this, [this, id, widget = editor.widget] {
        widget->setFocus(); // the button goes
        choose(id, QString::fromLatin1(settingLine(id).standard));
    });
    const auto follow = [this, id, row, editor] {
        editor.show(m_store.value(id));
        row->setChanged(m_store.isChanged(id));
    };
    follow();
    connect(&m_store, &SettingStore::changed, row, [id, follow](SettingId changed) {
        if (changed == id)
            follow();
    });
}

void SettingsPage::addShortcut(ActionId id)
{
    const QAction& action = *context().actions.action(id);
    const QString name = actionName(action);
    const QString objectName = QStringLiteral("shortcut_") + action.objectName();
    SettingRow* row = addRow(new SettingRow{{objectName, name, {}, SettingGroup::Shortcuts}, this});
    auto* button = new ShortcutButton{objectName + QStringLiteral("_editor"), name, row};
    row->setEditor(button);
    m_shortcutRows[static_cast<std::size_t>(id)] = row;
    connect(button, &ShortcutButton::wanted, this,
        [this, id](const QKeySequence& shortcut) { chooseShortcut(id, shortcut); });
    connect(row, &SettingRow::resetWanted, this, [this, id, button] {
        button->setFocus();
        chooseShortcut(id, ShortcutBook::standard(id));
    });
    const auto follow = [this, id, row, button] {
        button->setShortcut(m_shortcuts.shortcut(id));
        row->setChanged(m_shortcuts.isChanged(id));
        row->setRemark({});
    };
    follow();
    connect(&m_shortcuts, &ShortcutBook::changed, row, [id, follow](ActionId changed) {
        if (changed == id)
            follow();
    });
}

void SettingsPage::addFacts()
{
    addFact("data_settings", tr("Where these settings are"),
        QDir::toNativeSeparators(m_store.settings().fileName()));
    addFact("data_logs", tr("Logs and crash reports"),
        tr("Sluice keeps no log and writes no crash reports. What it has to say to an expert goes to the terminal it was started from."));
    addFact("data_ledger", tr("Where a ledger is"),
        tr("In the one encrypted file that you chose, with its keys in the file NAME.sluice.keys beside it. Its path stays with these settings, so that it can be opened again."));
    addFact("data_leaves", tr("What leaves this machine"),
        tr("Nothing. Sluice opens no connection, asks for no updates and counts nobody. What you copy or export is in your hands."));
}

void SettingsPage::addFact(const char* objectName, const QString& title, const QString& text)
{
    addRow(
        new SettingRow{{QString::fromLatin1(objectName), title, text, SettingGroup::Data}, this});
}

void SettingsPage::choose(SettingId id, const QString& value)
{
    const QString before = m_store.value(id);
    if (value == before || !m_store.set(id, value))
        return;
    context().undo.did(
        tr("%1: %2", "a setting and what it is now")
            .arg(settingText(id), settingValueText(id, value)),
        [this, id, before] { m_store.set(id, before); },
        [this, id, value] { m_store.set(id, value); });
}

void SettingsPage::chooseShortcut(ActionId id, const QKeySequence& shortcut)
{
    const QKeySequence before = m_shortcuts.shortcut(id);
    if (!giveShortcut(id, shortcut) || shortcut == before)
        return;
    const QString title = m_shortcutRows[static_cast<std::size_t>(id)]->title();
    context().undo.did(
        shortcut.isEmpty() ? tr("%1 has no shortcut now").arg(title)
                           : tr("%1: %2", "an action and its shortcut")
                                 .arg(title, shortcut.toString(QKeySequence::NativeText)),
        [this, id, before] { giveShortcut(id, before); },
        [this, id, shortcut] { giveShortcut(id, shortcut); });
}

// Says in its row why not, where another action has it.
bool SettingsPage::giveShortcut(ActionId id, const QKeySequence& shortcut)
{
    const auto refused = m_shortcuts.set(id, shortcut);
    m_shortcutRows[static_cast<std::size_t>(id)]->setRemark(
        refused ? refused->why + u' ' + refused->wayOut : QString{});
    return !refused;
}

void SettingsPage::find(const QString& text)
{
    m_search->setText(text);
}

void SettingsPage::filter()
{
    const QStringList words = searchWords(m_search->text());
    std::array<bool, SettingGroupCount> any{};
    for (SettingRow* row : m_rows) {
        const bool shown = row->matches(words);
        if (row->isHidden() == shown)
            row->setVisible(shown);
        any[static_cast<std::size_t>(row->group())] |= shown;
    }
    for (std::size_t i = 0; i < m_groups.size(); ++i)
        m_groups[i].box->setVisible(any[i]);
    const bool none = isComplete() && std::ranges::none_of(any, [](bool shown) { return shown; });
    m_nothing->setText(none ? tr("No setting has \u201C%1\u201D in its name or its explanation.")
                                  .arg(m_search->text().simplified())
                            : QString{});
    m_nothing->setVisible(none);
    m_area->setVisible(!none);
}

// Down goes from the search into what it found, Escape empties it.
void SettingsPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Down && m_search->hasFocus())
        focusNextChild();
    else if (event->key() == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        m_search->setFocus();
    } else
        Page::keyPressEvent(event);
}

} // namespace sluice::ui
