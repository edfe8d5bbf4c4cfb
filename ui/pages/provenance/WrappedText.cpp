// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/provenance/WrappedText.h"

#include <QVariant>

#include <algorithm>

namespace sluice::ui {

WrappedText::WrappedText(const QString& text, QWidget* parent)
    : QPlainTextEdit{text, parent}
{
    setReadOnly(true);
    setProperty("role", QStringLiteral("plain"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAnywhere);
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    setFixedHeight(fontMetrics().lineSpacing() + 2);
}

void WrappedText::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    // QPlainTextEdit counts in lines
    const int lines = std::max(1, static_cast<int>(document()->size().height()));
    setFixedHeight(lines * fontMetrics().lineSpacing() + 2);
}

} // namespace sluice::ui
