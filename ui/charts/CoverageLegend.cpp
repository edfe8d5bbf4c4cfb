// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/CoverageLegend.h"

#include "ui/charts/ChartScene.h"
#include "ui/kit/Fonts.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int BoxPad = 8;
constexpr double HatchStep = 7;

QStringList boxTexts()
{
    return {CoverageLegend::tr("none"), QStringLiteral("\u2264 25 %"),
        QStringLiteral("\u2264 50 %"), QStringLiteral("\u2264 75 %"), QStringLiteral("< 100 %"),
        QStringLiteral("100 %")};
}

int boxWidth(const QFontMetrics& metrics)
{
    int width = 0;
    for (const QString& text : boxTexts())
        width = std::max(width, metrics.horizontalAdvance(text));
    return width + 2 * BoxPad;
}

} // namespace

std::optional<int> coverageStep(Int128 owned, Int128 whole)
{
    if (owned <= 0 || whole <= 0)
        return std::nullopt;
    if (owned >= whole)
        return SequentialSteps - 1;
    // Up to 25 % is step 0, and 25 % is still in it.
    return static_cast<int>(std::min<Int128>((owned * 4 - 1) / whole, 3));
}

CoverageLegend::CoverageLegend(QWidget* parent)
    : QWidget{parent}
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFont(sized(font(), TextSize::Caption, QFont::DemiBold));
    setAccessibleName(tr(
        "Colours: the share that has an owner, from light for little to dark for all; hatched for none"));
}

QSize CoverageLegend::sizeHint() const
{
    const QFontMetrics metrics{font()};
    return {metrics.horizontalAdvance(tr("Has an owner:")) + 10
            + static_cast<int>(boxTexts().size()) * (boxWidth(metrics) + 2),
        metrics.height() + 8};
}

void CoverageLegend::paintEvent(QPaintEvent*)
{
    QPainter painter{this};
    const Theme& theme = themeOf(palette());
    const QFontMetrics metrics{font()};
    painter.setPen(theme.color(Token::Muted));
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, tr("Has an owner:"));
    int x = metrics.horizontalAdvance(tr("Has an owner:")) + 10;
    const QStringList texts = boxTexts();
    for (int i = 0; i < texts.size(); ++i) {
        const QRect box{x, 0, boxWidth(metrics), height()};
        const QColor fill = theme.sequential(std::max(0, i - 1));
        painter.fillRect(box, fill);
        if (i == 0) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(mixed(theme.inkOn(fill), fill, theme.isDark() ? 0.22 : 0.16));
            for (const QLineF& line : hatchLines(QRectF{box}, HatchStep))
                painter.drawLine(line);
        }
        painter.setPen(theme.inkOn(fill));
        painter.drawText(box, Qt::AlignCenter, texts[i]);
        x += box.width() + 2;
    }
}

} // namespace sluice::ui
