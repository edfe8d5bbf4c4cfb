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
    clear();
}

void FigureButton::setFigure(const QString& value, const QString& note, const QString& spoken)
{
    m_value = value;
    m_note = note;
    setAccessibleName(tr("%1: %2").arg(m_caption, spoken.isEmpty() ? value : spoken));
    setToolTip(tr("%1\nWhere does this come from?").arg(note));
    setEnabled(true);
    updateGeometry();
    update();
}

void FigureButton::clear()
{
    m_value = QStringLiteral("\u2014");
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

void FigureButton::paintEvent(QPaintEvent*)
{
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = themeOf(palette());
    painter.setPen(
        hasFocus() ? QPen{theme.color(Token::Accent), 2} : QPen{theme.color(Token::Border), 1});
    painter.setBrush(theme.color(m_hovered && isEnabled() ? Token::Selection : Token::Surface));
    painter.drawRoundedRect(QRectF{rect()}.adjusted(1, 1, -1, -1), 6, 6);
    int y = 8;
    const auto line = [&](const QFont& face, Token ink, const QString& text) {
        const QFontMetrics metrics{face};
        const int room = width() - 2 * Pad;
        painter.setPen(theme.color(ink));
        painter.setFont(face);
        painter.drawText(QRect{Pad, y, room, metrics.height()}, Qt::AlignLeft | Qt::AlignVCenter,
            metrics.elidedText(text, Qt::ElideRight, room));
        y += metrics.height() + LineGap;
    };
    line(captionFont(font()), Token::Muted, m_caption);
    line(valueFont(font()), isEnabled() ? Token::Text : Token::Faint, m_value);
    line(captionFont(font()), Token::Muted, m_note);
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
