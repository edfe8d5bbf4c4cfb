// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/Theme.h"

#include "core/base/Check.h"
#include "core/base/Resource.h"
#include "ui/kit/Fonts.h"
#include "ui/kit/MineralStyle.h"

#include <QApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {

struct TokenLine {
    QString name;
    QColor light;
    QColor dark;
};

std::vector<TokenLine> readTokens()
{
    std::vector<TokenLine> lines;
    const QString text = QString::fromUtf8(resource("theme/tokens.txt"));
    for (const QString& line : text.split(u'\n', Qt::SkipEmptyParts)) {
        if (line.startsWith(QStringLiteral("# ")))
            continue;
        const QStringList parts = line.simplified().split(u' ');
        SLUICE_CHECK(parts.size() == 3);
        lines.push_back({parts[0], QColor{parts[1]}, QColor{parts[2]}});
        SLUICE_CHECK(lines.back().light.isValid() && lines.back().dark.isValid());
    }
    SLUICE_CHECK(lines.size() == TokenCount);
    return lines;
}

const std::vector<TokenLine>& tokenLines()
{
    static const std::vector<TokenLine> lines = readTokens();
    return lines;
}

double luminance(const QColor& color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

} // namespace

Theme::Theme(bool dark)
    : m_dark{dark}
{
    std::ranges::transform(tokenLines(), m_colors.begin(),
        [dark](const TokenLine& line) { return dark ? line.dark : line.light; });
}

const Theme& Theme::light()
{
    static const Theme theme{false};
    return theme;
}

const Theme& Theme::dark()
{
    static const Theme theme{true};
    return theme;
}

QColor Theme::category(int slot) const
{
    return m_colors[static_cast<std::size_t>(Token::Category1)
        + static_cast<std::size_t>(slot) % CategorySlots];
}

QColor Theme::change(int step) const
{
    return m_colors[static_cast<std::size_t>(Token::Change1)
        + static_cast<std::size_t>(std::clamp(step, 0, ChangeSteps - 1))];
}

QColor Theme::sequential(int step) const
{
    return m_colors[static_cast<std::size_t>(Token::Sequential1)
        + static_cast<std::size_t>(std::clamp(step, 0, SequentialSteps - 1))];
}

QColor Theme::inkOn(const QColor& fill) const
{
    const QColor dark = color(Token::InkOnLight);
    const QColor light = color(Token::InkOnDark);
    return contrastRatio(dark, fill) >= contrastRatio(light, fill) ? dark : light;
}

QPalette Theme::palette() const
{
    QPalette palette;
    palette.setColor(QPalette::Window, color(Token::Window));
    palette.setColor(QPalette::WindowText, color(Token::Text));
    palette.setColor(QPalette::Base, color(Token::Surface));
    palette.setColor(QPalette::AlternateBase, color(Token::Window));
    palette.setColor(QPalette::Text, color(Token::Text));
    palette.setColor(QPalette::PlaceholderText, color(Token::Faint));
    palette.setColor(QPalette::Button, color(Token::Surface));
    palette.setColor(QPalette::ButtonText, color(Token::Text));
    palette.setColor(QPalette::BrightText, color(Token::Critical));
    palette.setColor(QPalette::ToolTipBase, color(Token::Surface));
    palette.setColor(QPalette::ToolTipText, color(Token::Text));
    palette.setColor(QPalette::Highlight, color(Token::Selection));
    palette.setColor(QPalette::HighlightedText, color(Token::Text));
    palette.setColor(QPalette::Link, color(Token::Accent));
    palette.setColor(QPalette::LinkVisited, color(Token::Accent));
    palette.setColor(QPalette::Light, color(Token::Surface));
    palette.setColor(QPalette::Midlight, color(Token::Sunken));
    palette.setColor(QPalette::Mid, color(Token::Border));
    palette.setColor(QPalette::Dark, color(Token::BorderStrong));
    palette.setColor(QPalette::Shadow, color(Token::BorderStrong));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(Token::Faint));
    return palette;
}

QString Theme::filled(const QString& text) const
{
    static const QRegularExpression token{QStringLiteral("@(\\w+)")};
    QString out;
    qsizetype from = 0;
    for (auto it = token.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const auto line = std::ranges::find(tokenLines(), match.captured(1), &TokenLine::name);
        SLUICE_CHECK(line != tokenLines().end());
        out += text.mid(from, match.capturedStart() - from);
        out += (m_dark ? line->dark : line->light).name();
        from = match.capturedEnd();
    }
    return out + text.mid(from);
}

const Theme& themeOf(const QPalette& palette)
{
    return luminance(palette.color(QPalette::Window)) < 0.18 ? Theme::dark() : Theme::light();
}

void applyTheme(QApplication& application, ThemeChoice choice, const QPalette& systemPalette)
{
    const Theme& theme = choice == ThemeChoice::System ? themeOf(systemPalette)
        : choice == ThemeChoice::Dark                  ? Theme::dark()
                                                       : Theme::light();
    // Each of these goes through every widget there is, so only what is new is set.
    const QString name = QStringLiteral("mineral");
    if (application.property("sluiceStyle") != name) {
        QApplication::setStyle(new MineralStyle);
        application.setProperty("sluiceStyle", name);
    }
    const QFont figures = tabularFont(QApplication::font());
    if (figures != QApplication::font())
        QApplication::setFont(figures);
    QApplication::setPalette(theme.palette());
    const QString sheet = theme.filled(QString::fromUtf8(resource("theme/mineral.qss")));
    if (sheet != application.styleSheet())
        application.setStyleSheet(sheet);
}

double contrastRatio(const QColor& a, const QColor& b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto channel = [share](int x, int y) {
        return static_cast<int>(std::lround(x * share + y * (1.0 - share)));
    };
    return QColor{
        channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())};
}

} // namespace sluice::ui
