// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChangeLegend.h"

#include "ui/kit/Fonts.h"
#include "ui/kit/Theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <array>

namespace sluice::ui {

namespace {

constexpr int BoxPad = 8;

std::array<QString, ChangeSteps> stepTexts()
{
    return {QStringLiteral("< \u221225 %"), QStringLiteral("\u221225\u2026\u221210"),
        QStringLiteral("\u221210\u2026\u22123"), QStringLiteral("\u00B13 %"),
        QStringLiteral("+3\u2026+10"), QStringLiteral("+10\u2026+25"), QStringLiteral("> +25 %")};
}

int boxWidth(const QFontMetrics& metrics)
{
    int width = 0;
    for (const QString& text : stepTexts())
        width = std::max(width, metrics.horizontalAdvance(text));
    return width + 2 * BoxPad;
}

} // namespace

ChangeLegend::ChangeLegend(QWidget* parent)
    : QWidget{parent}
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFont(sized(font(), TextSize::Caption, QFont::DemiBold));
}

void ChangeLegend::setCaption(const QString& caption)
{
    m_caption = caption;
    setAccessibleName(tr("Colours: %1, from blue for less to orange for more").arg(caption));
    updateGeometry();
    update();
}

QSize ChangeLegend::sizeHint() const
{
    const QFontMetrics metrics{font()};
    return {metrics.horizontalAdvance(m_caption) + 10 + ChangeSteps * (boxWidth(metrics) + 2),
        metrics.height() + 8};
}

void ChangeLegend::paintEvent(QPaintEvent*)
{
    QPainter painter{this};
    const Theme& theme = themeOf(palette());
    const QFontMetrics metrics{font()};
    painter.setPen(theme.color(Token::Muted));
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, m_caption);
    int x = metrics.horizontalAdvance(m_caption) + 10;
    const auto texts = stepTexts();
    for (int step = 0; step < ChangeSteps; ++step) {
        const QRect box{x, 0, boxWidth(metrics), height()};
        painter.fillRect(box, theme.change(step));
        painter.setPen(theme.inkOn(theme.change(step)));
        painter.drawText(box, Qt::AlignCenter, texts[static_cast<std::size_t>(step)]);
        x += box.width() + 2;
    }
}

} // namespace sluice::ui
