// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/ShortcutBook.h"

#include "ui/actions/ActionTable.h"

#include <QSettings>

#include <algorithm>
#include <array>

namespace sluice::ui {

namespace {

QString keyOf(ActionId id)
{
    return QStringLiteral("shortcuts/")
        + QLatin1StringView{actionTable()[static_cast<std::size_t>(id)].objectName};
}

bool isFunctionKey(int key)
{
    return key >= Qt::Key_F1 && key <= Qt::Key_F35;
}

// Keys that do not write and that no field or list needs.
bool mayStandAlone(int key)
{
    static constexpr std::array Keys{Qt::Key_Back, Qt::Key_Forward, Qt::Key_Refresh, Qt::Key_Search,
        Qt::Key_Help, Qt::Key_HomePage, Qt::Key_Print, Qt::Key_Pause};
    return isFunctionKey(key) || std::ranges::find(Keys, key) != Keys.end();
}

bool isLetterOrDigit(int key)
{
    return (key >= Qt::Key_A && key <= Qt::Key_Z) || (key >= Qt::Key_0 && key <= Qt::Key_9);
}

// What fields, lists and tables do with keys, so that it works everywhere.
bool belongsToFields(const QKeySequence& shortcut)
{
    static constexpr std::array Uses{QKeySequence::Copy, QKeySequence::Cut, QKeySequence::Paste,
        QKeySequence::SelectAll, QKeySequence::Undo, QKeySequence::Redo};
    return std::ranges::any_of(Uses, [&shortcut](QKeySequence::StandardKey use) {
        return QKeySequence::keyBindings(use).contains(shortcut);
    });
}

} // namespace

ShortcutBook::ShortcutBook(QSettings& settings, ActionRegistry& actions, QObject* parent)
    : QObject{parent}
    , m_settings{settings}
    , m_actions{actions}
{
    load();
}

void ShortcutBook::load()
{
    std::vector<ActionId> chosen;
    for (const ActionLine& line : actionTable()) {
        if (m_settings.contains(keyOf(line.id))) {
            m_actions.action(line.id)->setShortcut({}); // two may have swapped theirs
            chosen.push_back(line.id);
        }
    }
    std::vector<ActionId> clashing;
    for (const ActionId id : chosen) {
        const auto kept = QKeySequence::fromString(
            m_settings.value(keyOf(id)).toString(), QKeySequence::PortableText);
        if (refusal(id, kept))
            clashing.push_back(id);
        else
            m_actions.action(id)->setShortcut(kept);
    }
    for (const ActionId id : clashing) {
        if (!refusal(id, standard(id)))
            m_actions.action(id)->setShortcut(standard(id));
    }
}

QKeySequence ShortcutBook::shortcut(ActionId id) const
{
    return m_actions.action(id)->shortcut();
}

QKeySequence ShortcutBook::standard(ActionId id)
{
    return actionTable()[static_cast<std::size_t>(id)].shortcut;
}

std::optional<ShortcutRefusal> ShortcutBook::refusal(
    ActionId id, const QKeySequence& shortcut) const
{
    if (shortcut.isEmpty())
        return std::nullopt;
    const QString keys = shortcut.toString(QKeySequence::NativeText);
    for (const ActionLine& line : actionTable()) {
        if (line.id != id && this->shortcut(line.id) == shortcut)
            return ShortcutRefusal{tr("%1 is the shortcut of \u201C%2\u201D.")
                                       .arg(keys, actionName(*m_actions.action(line.id))),
                tr("Give that one another shortcut first, or choose other keys."), line.id};
    }
    if (shortcut == standard(id))
        return std::nullopt; // what the program itself gives needs no leave
    const QString others = tr("Choose keys with Ctrl or Alt, or a function key.");
    const QKeyCombination pressed = shortcut[0];
    const Qt::KeyboardModifiers modifiers = pressed.keyboardModifiers();
    const bool ctrl = modifiers & Qt::ControlModifier;
    const bool alt = modifiers & Qt::AltModifier;
    if (shortcut.count() > 1)
        return ShortcutRefusal{tr("%1 is more than one stroke.").arg(keys), others, {}};
    if (!ctrl && !alt && !(modifiers & Qt::MetaModifier) && !mayStandAlone(pressed.key()))
        return ShortcutRefusal{
            tr("%1 alone is for writing and for moving about.").arg(keys), others, {}};
    if (ctrl && alt)
        return ShortcutRefusal{
            tr("Ctrl and Alt together are AltGr, which writes signs on many keyboards."),
            tr("Choose keys with one of them, or with Ctrl and Shift."), {}};
    if (modifiers & Qt::MetaModifier)
        return ShortcutRefusal{
            tr("Keys with the system's own key belong to the desktop."), others, {}};
    if (alt && isLetterOrDigit(pressed.key()))
        return ShortcutRefusal{tr("%1 opens a menu or presses a button.").arg(keys),
            tr("Choose keys with Ctrl, or a function key."), {}};
    if (belongsToFields(shortcut))
        return ShortcutRefusal{
            tr("%1 copies, cuts, pastes, selects or undoes in every field and list.").arg(keys),
            others, {}};
    return std::nullopt;
}

std::optional<ShortcutRefusal> ShortcutBook::set(ActionId id, const QKeySequence& shortcut)
{
    if (auto refused = refusal(id, shortcut))
        return refused;
    if (shortcut == this->shortcut(id))
        return std::nullopt;
    m_actions.action(id)->setShortcut(shortcut);
    if (shortcut == standard(id))
        m_settings.remove(keyOf(id));
    else
        m_settings.setValue(keyOf(id), shortcut.toString(QKeySequence::PortableText));
    emit changed(id);
    return std::nullopt;
}

QString actionName(const QAction& action)
{
    QString name = action.text();
    name.remove(u'&');
    while (name.endsWith(u'\u2026'))
        name.chop(1);
    return name;
}

} // namespace sluice::ui
