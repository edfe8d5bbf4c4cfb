// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/UndoSteps.h"

namespace sluice::ui {

namespace {

class Step : public QUndoCommand {
public:
    Step(const QString& text, std::function<void()> undo, std::function<void()> redo)
        : QUndoCommand{text}
        , m_undo{std::move(undo)}
        , m_redo{std::move(redo)}
    {
    }
    void undo() override { m_undo(); }
    void redo() override // the stack calls it at once, when it is done already
    {
        if (m_isDone)
            m_redo();
        m_isDone = true;
    }

private:
    std::function<void()> m_undo;
    std::function<void()> m_redo;
    bool m_isDone{false};
};

} // namespace

UndoSteps::UndoSteps(QObject* parent)
    : QObject{parent}
{
    connect(&m_stack, &QUndoStack::indexChanged, this, &UndoSteps::changed);
}

void UndoSteps::did(const QString& text, std::function<void()> undo, std::function<void()> redo)
{
    m_stack.push(new Step{text, std::move(undo), std::move(redo)});
    emit said(text, true);
}

void UndoSteps::undo()
{
    if (!m_stack.canUndo())
        return;
    const QString text = m_stack.undoText();
    m_stack.undo();
    emit said(tr("Taken back: %1").arg(text), false);
}

void UndoSteps::redo()
{
    if (!m_stack.canRedo())
        return;
    const QString text = m_stack.redoText();
    m_stack.redo();
    emit said(text, true);
}

void UndoSteps::clear()
{
    m_stack.clear();
}

QStringList UndoSteps::steps() const
{
    QStringList texts;
    for (int i = 0; i < m_stack.index(); ++i)
        texts << m_stack.text(i);
    return texts;
}

} // namespace sluice::ui
