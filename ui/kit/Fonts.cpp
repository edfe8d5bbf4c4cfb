// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/Fonts.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QRawFont>

#include <algorithm>
#include <array>
#include <cmath>

namespace sluice::ui {

bool hasTabularFigures(const QFont& font)
{
    return hasTabularFigures([metrics = QFontMetricsF{font}](char16_t digit) {
        return metrics.horizontalAdvance(QChar{digit});
    });
}

bool hasTabularFigures(const std::function<qreal(char16_t digit)>& advance)
{
    const qreal width = advance(u'0');
    for (char16_t digit = u'1'; digit <= u'9'; ++digit) {
        if (std::abs(advance(digit) - width) > 0.01)
            return false;
    }
    return true;
}

QFont tabularFont(const QFont& font)
{
    return tabularFont(font, [](const QFont& candidate) { return hasTabularFigures(candidate); });
}

QFont tabularFont(const QFont& font, const std::function<bool(const QFont&)>& isTabular)
{
    if (isTabular(font))
        return font;
    static constexpr std::array<const char*, 3> Families{"Open Sans", "Noto Sans", "DejaVu Sans"};
    for (const char* family : Families) {
        QFont candidate{font};
        candidate.setFamilies({QLatin1StringView{family}});
        if (QFontDatabase::hasFamily(QLatin1StringView{family}) && isTabular(candidate))
            return candidate;
    }
    return font;
}

bool hasCharacter(const QFont& font, char16_t character)
{
    return QRawFont::fromFont(font).supportsCharacter(QChar{character});
}

QFont sized(const QFont& base, TextSize size, QFont::Weight weight)
{
    static constexpr std::array<qreal, 7> Factors{
        11.0 / 13, 12.0 / 13, 1.0, 14.0 / 13, 16.0 / 13, 20.0 / 13, 28.0 / 13};
    QFont font{base};
    const qreal factor = Factors[static_cast<std::size_t>(size)];
    if (base.pixelSize() > 0)
        font.setPixelSize(static_cast<int>(std::lround(base.pixelSize() * factor)));
    else
        font.setPointSizeF(base.pointSizeF() * factor);
    font.setWeight(weight);
    return font;
}

} // namespace sluice::ui
