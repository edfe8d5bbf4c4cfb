// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QUndoStack>

#include <functional>

namespace sluice::ui {

// What can be taken back, by name: changes of drafts, saved views and the like. (What is in the
// ledger is never taken back but reversed by an event of its own: such a step's `undo` sends that
// command.) Belongs to the ledger that is open; locking forgets it. GUI thread.
class UndoSteps : public QObject {
    Q_OBJECT

public:
    explicit UndoSteps(QObject* parent = nullptr);

    // Something was done: "Deleted the view Q3". Says so, and keeps how to take it back.
    void did(const QString& text, std::function<void()> undo, std::function<void()> redo);
    void undo();
    void redo();
    void clear();

    [[nodiscard]] QString undoText() const { return m_stack.undoText(); } // empty: nothing
    [[nodiscard]] QString redoText() const { return m_stack.redoText(); }
    [[nodiscard]] QStringList steps() const; // oldest first, those taken back left out

signals:
    void changed();
    void said(const QString& text, bool canUndo); // for the snackbar

private:
    QUndoStack m_stack;
};

} // namespace sluice::ui
