// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>
#include <QString>

#include <array>
#include <cstdint>

class QApplication;

namespace sluice::ui {

// The names of resources/theme/tokens.txt, in its order.
enum class Token : std::uint8_t {
    Window,
    Surface,
    Sunken,
    Border,
    BorderStrong,
    Text,
    Muted,
    Faint,
    Accent,
    OnAccent,
    Favourable,
    Unfavourable,
    Critical,
    Warning,
    Ok,
    Selection,
    InkOnLight,
    InkOnDark,
    Category1,
    Category2,
    Category3,
    Category4,
    Category5,
    Category6,
    Category7,
    Category8,
    Change1,
    Change2,
    Change3,
    Change4,
    Change5,
    Change6,
    Change7,
    Sequential1,
    Sequential2,
    Sequential3,
    Sequential4,
    Sequential5,
};
inline constexpr std::size_t TokenCount = static_cast<std::size_t>(Token::Sequential5) + 1;
inline constexpr int CategorySlots = 8;
inline constexpr int ChangeSteps = 7;
inline constexpr int SequentialSteps = 5;

enum class ThemeChoice : std::uint8_t { System, Light, Dark };

// One theme's colours. Widgets ask themeOf(palette()) when they paint, so a switch of the palette,
// ours or the system's, needs no other message. GUI thread.
class Theme {
public:
    [[nodiscard]] static const Theme& light();
    [[nodiscard]] static const Theme& dark();

    [[nodiscard]] QColor color(Token token) const
    {
        return m_colors[static_cast<std::size_t>(token)];
    }
    [[nodiscard]] QColor category(int slot) const; // any number; slots repeat after eight
    [[nodiscard]] QColor change(int step) const; // 0 … ChangeSteps − 1
    [[nodiscard]] QColor sequential(int step) const; // 0 … SequentialSteps − 1
    // The ink (InkOnLight or InkOnDark) that reads better on `fill`.
    [[nodiscard]] QColor inkOn(const QColor& fill) const;
    [[nodiscard]] bool isDark() const noexcept { return m_dark; }
    [[nodiscard]] QPalette palette() const;
    // `text` with each @token replaced by its colour.
    [[nodiscard]] QString filled(const QString& text) const;

private:
    explicit Theme(bool dark);

    std::array<QColor, TokenCount> m_colors;
    bool m_dark{false};
};

// The theme that belongs to a palette, by the luminance of its window colour (Qt 6.4 cannot ask the
// system).
[[nodiscard]] const Theme& themeOf(const QPalette& palette);
// Sets the style, palette and style sheet of the whole program. `systemPalette` is the palette the
// program started with.
void applyTheme(QApplication& application, ThemeChoice choice, const QPalette& systemPalette);

// WCAG 2.1 contrast of two opaque colours, 1 … 21.
[[nodiscard]] double contrastRatio(const QColor& a, const QColor& b);
// `share` of a over b, opaque.
[[nodiscard]] QColor mixed(const QColor& a, const QColor& b, double share);

} // namespace sluice::ui
