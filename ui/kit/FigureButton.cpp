// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/FigureButton.h"

#include "ui/kit/Fonts.h"
#include "ui/kit/Theme.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int Pad = 12;
constexpr int LineGap = 1;

QFont captionFont(const QFont& font)
{
    return sized(font, TextSize::Caption);
}

QFont valueFont(const QFont& font, TextSize size = TextSize::Page)
{
    return sized(font, size, QFont::DemiBold);
}

int widthOf(const QString& text, const QFont& font)
{
    return QFontMetrics{font}.horizontalAdvance(text);
}

// As many of the note's parts as there is room for, then as many of the first one's words: none is
// cut.
QString wholeParts(const QString& note, const QFont& font, int room)
{
    const QString separator = QStringLiteral(" \u00B7 ");
    QStringList parts = note.split(separator);
    while (parts.size() > 1 && widthOf(parts.join(separator), font) > room)
        parts.removeLast();
    QStringList words = parts.join(separator).split(u' ');
    while (!words.isEmpty() && widthOf(words.join(u' '), font) > room)
        words.removeLast();
    return words.join(u' ');
}

} // namespace

FigureButton::FigureButton(const QString& caption, const QString& brief, QWidget* parent)
    : QAbstractButton{parent}
    , m_caption{caption}
    , m_brief{brief}
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    clear();
}

void FigureButton::setFigure(const QString& value, const QString& note, const QString& compact)
{
    m_value = value;
    m_compact = compact;
    m_note = note;
    setAccessibleName(tr("%1: %2").arg(m_caption, compact.isEmpty() ? value : compact));
    setToolTip(tr("%1: %2\n%3\nWhere does this come from?").arg(m_caption, value, note));
    setEnabled(true);
    updateGeometry();
    update();
}

void FigureButton::clear()
{
    m_value = QStringLiteral("\u2014");
    m_compact.clear();
    m_note.clear();
    setAccessibleName(m_caption);
    setToolTip({});
    setEnabled(false);
    update();
}

QSize FigureButton::sizeHint() const
{
    const QFontMetrics captions{captionFont(font())};
    const QFontMetrics values{valueFont(font())};
    const int widest = std::max({captions.horizontalAdvance(m_caption),
        values.horizontalAdvance(m_value), captions.horizontalAdvance(m_note)});
    return {widest + 2 * Pad, 2 * captions.height() + values.height() + 2 * LineGap + 16};
}

QSize FigureButton::minimumSizeHint() const
{
    const QString& least = m_compact.isEmpty() ? m_value : m_compact;
    return {widthOf(least, valueFont(font(), TextSize::Body)) + 2 * Pad, sizeHint().height()};
}

FigureButton::Shown FigureButton::shownIn(int width) const
{
    const int room = width - 2 * Pad;
    const QFont small = captionFont(font());
    Shown shown;
    shown.caption = widthOf(m_caption, small) <= room ? m_caption : m_brief;
    shown.note = wholeParts(m_note, small, room);
    for (const QString& text : {m_value, m_compact}) {
        for (const TextSize size :
            {TextSize::Page, TextSize::Section, TextSize::Card, TextSize::Body}) {
            shown.value = text.isEmpty() ? m_value : text;
            shown.valueFont = valueFont(font(), size);
            if (widthOf(shown.value, shown.valueFont) <= room)
                return shown;
        }
    }
    return shown;
}

void FigureButton::paintEvent(QPaintEvent*)
{
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = themeOf(palette());
    painter.setPen(
        hasFocus() ? QPen{theme.color(Token::Accent), 2} : QPen{theme.color(Token::Border), 1});
    painter.setBrush(theme.color(m_hovered && isEnabled() ? Token::Selection : Token::Surface));
    painter.drawRoundedRect(QRectF{rect()}.adjusted(1, 1, -1, -1), 6, 6);
    const Shown shown = shownIn(width());
    const int small = QFontMetrics{captionFont(font())}.height();
    const int large = QFontMetrics{valueFont(font())}.height();
    int y = 8;
    const auto line = [&](const QFont& face, int height, Token ink, const QString& text) {
        painter.setPen(theme.color(ink));
        painter.setFont(face);
        painter.drawText(
            QRect{Pad, y, width() - 2 * Pad, height}, Qt::AlignLeft | Qt::AlignVCenter, text);
        y += height + LineGap;
    };
    line(captionFont(font()), small, Token::Muted, shown.caption);
    line(shown.valueFont, large, isEnabled() ? Token::Text : Token::Faint, shown.value);
    line(captionFont(font()), small, Token::Muted, shown.note);
}

void FigureButton::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void FigureButton::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    m_hovered = true;
    update();
}

void FigureButton::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    m_hovered = false;
    update();
}

} // namespace sluice::ui
