// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/FigureButton.h"

#include "ui/kit/Fonts.h"
#include "ui/kit/Theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int Pad = 12;

QFont captionFont(const QFont& font)
{
    return sized(font, TextSize::Caption);
}

QFont valueFont(const QFont& font)
{
    return sized(font, TextSize::Page, QFont::DemiBold);
}

} // namespace

FigureButton::FigureButton(const QString& caption, QWidget* parent)
    : QAbstractButton{parent}
    , m_caption{caption}
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setToolTip(tr("Where does this come from?"));
    clear();
}

void FigureButton::setFigure(const QString& value, const QString& note, const QString& spoken)
{
    m_value = value;
    m_note = note;
    setAccessibleName(tr("%1: %2").arg(m_caption, spoken.isEmpty() ? value : spoken));
    setEnabled(true);
    updateGeometry();
    update();
}

void FigureButton::clear()
{
    m_value = QStringLiteral("\u2014");
    m_note.clear();
    setAccessibleName(m_caption);
    setEnabled(false);
    update();
}

QSize FigureButton::sizeHint() const
{
    const QFontMetrics captions{captionFont(font())};
    const QFontMetrics values{valueFont(font())};
    const int noteWidth = m_note.isEmpty() ? 0 : 10 + captions.horizontalAdvance(m_note);
    return {std::max(captions.horizontalAdvance(m_caption), values.horizontalAdvance(m_value) + noteWidth) + 2 * Pad,
        captions.height() + values.height() + 18};
}

void FigureButton::paintEvent(QPaintEvent*)
{
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = themeOf(palette());
    painter.setPen(hasFocus() ? QPen{theme.color(Token::Accent), 2} : QPen{theme.color(Token::Border), 1});
    painter.setBrush(theme.color(m_hovered && isEnabled() ? Token::Selection : Token::Surface));
    painter.drawRoundedRect(QRectF{rect()}.adjusted(1, 1, -1, -1), 6, 6);
    const QFontMetrics captions{captionFont(font())};
    const QFontMetrics values{valueFont(font())};
    const int room = width() - 2 * Pad;
    int y = 8;
    painter.setPen(theme.color(Token::Muted));
    painter.setFont(captionFont(font()));
    painter.drawText(QRect{Pad, y, room, captions.height()}, Qt::AlignLeft | Qt::AlignVCenter, captions.elidedText(m_caption, Qt::ElideRight, room));
    y += captions.height() + 1;
    painter.setPen(theme.color(isEnabled() ? Token::Text : Token::Faint));
    painter.setFont(valueFont(font()));
    painter.drawText(QRect{Pad, y, room, values.height()}, Qt::AlignLeft | Qt::AlignVCenter, values.elidedText(m_value, Qt::ElideRight, room));
    const int noteAt = Pad + values.horizontalAdvance(m_value) + 10;
    if (m_note.isEmpty() || noteAt >= width() - Pad)
        return;
    painter.setPen(theme.color(Token::Muted));
    painter.setFont(captionFont(font()));
    const int noteRoom = width() - Pad - noteAt;
    painter.drawText(QRect{noteAt, y + values.ascent() - captions.ascent(), noteRoom, captions.height()}, Qt::AlignLeft | Qt::AlignVCenter,
        captions.elidedText(m_note, Qt::ElideRight, noteRoom));
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
